"""Chapters as Markdown: what the stitchers read of a text or of an executed notebook."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sozialbericht.faults import Fault, InputError


def read_notebook(path: Path) -> dict[str, Any]:
    """A notebook as a dictionary; broken JSON is a fault with its line."""
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise InputError(
            [
                Fault(
                    f"{path.parent.name}/{path.name}",
                    f"Das Notebook ist kein gültiges JSON (Spalte {error.colno}).",
                    "Das Notebook in JupyterLab öffnen und speichern oder die letzte Fassung zurückholen.",
                    row=error.lineno,
                )
            ]
        ) from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise InputError([Fault(f"{path.parent.name}/{path.name}", "Die Datei ist kein Notebook (Zellen fehlen).")])
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
