"""Chapters as Markdown: what the stitchers read of a text or of an executed notebook."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sozialbericht.execution import notebookform
from sozialbericht.faults import Fault, InputError

LARGEST = 50_000_000
"""A notebook or text of more bytes is none of a report's."""


def read_text(path: Path) -> str:
    """A text in UTF-8; raises :class:`InputError` with the line where it is in another encoding."""
    place = f"{path.parent.name}/{path.name}"
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        what = f"Die Datei lässt sich nicht lesen ({error.strerror})."
        raise InputError([Fault(place, what, "Die Zugriffsrechte prüfen.")]) from error
    if size > LARGEST:
        what = f"Die Datei ist {size / 1e6:.0f} MB groß; gelesen werden höchstens {LARGEST / 1e6:.0f} MB."
        raise InputError([Fault(place, what, "In JupyterLab die Ausgaben löschen (Edit → Clear Outputs).")])
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        what = "Die Datei beginnt mit einer Kodierungsmarke (BOM)."
        raise InputError([Fault(place, what, "Mit der Kodierung UTF-8 ohne BOM speichern.", row=1)])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        what = "Die Datei ist nicht in UTF-8 gespeichert."
        raise InputError([Fault(place, what, "Mit der Kodierung UTF-8 speichern.", row=row)]) from error


def read_notebook(path: Path) -> dict[str, Any]:
    """A notebook whose cells have a kind and a source; what keeps it from being read is a fault with its place."""
    place = f"{path.parent.name}/{path.name}"
    text = read_text(path)
    again = "Das Notebook in JupyterLab öffnen und speichern oder die letzte Fassung zurückholen."
    try:
        notebook: dict[str, Any] = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"Das Notebook ist kein gültiges JSON (Spalte {error.colno})."
        raise InputError([Fault(place, what, again, row=error.lineno)]) from error
    except (RecursionError, ValueError) as error:
        what = "Das Notebook ist zu tief verschachtelt oder enthält eine riesige Zahl."
        raise InputError([Fault(place, what, again)]) from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        old = isinstance(notebook, dict) and "worksheets" in notebook
        what = (
            "Das Notebook hat ein altes Format (nbformat 3)." if old else "Die Datei ist kein Notebook (Zellen fehlen)."
        )
        raise InputError([Fault(place, what, again if old else "")])
    if faults := notebookform.check_cells(place, notebook):
        raise InputError(faults)
    return notebook


def source(cell: dict[str, Any]) -> str:
    """The source of a cell as one text."""
    text = cell.get("source", "")
    return text if isinstance(text, str) else "".join(text)


def markdown(path: Path) -> str:
    """The Markdown of a chapter: a .qmd file as it is; of a notebook its Markdown cells and Markdown outputs."""
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8")
    parts = []
    for cell in read_notebook(path)["cells"]:
        if cell["cell_type"] == "markdown":
            parts.append(source(cell))
        for output in cell.get("outputs", []):
            data = output.get("data", {}).get("text/markdown")
            if data is not None:
                parts.append(data if isinstance(data, str) else "".join(data))
    return "\n\n".join(parts) + "\n"


@dataclass(frozen=True)
class StagedChapter:
    """A chapter of an assembled Quarto project: file, web page, whether it belongs to the annex."""

    path: Path
    annex: bool

    @property
    def page(self) -> str:
        """Name of the chapter's web page."""
        return self.path.stem + ".html"
