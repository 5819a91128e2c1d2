"""Chapterpreview: one chapter of a notebook that is being written, as pictures of its printed pages, in a few seconds.

A process of its own, asked by :mod:`sozialbericht.writing.pageview`, which names a folder: in it lies, pickled, what
the notebook's kernel knows, and into it go, as JSON, the pages and what is to be said of them. It writes nowhere else.
"""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import pickle
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from sozialbericht.data.settings import Settings
from sozialbericht.execution.chapters import read_notebook, source
from sozialbericht.faults import InputError, ReportError
from sozialbericht.fitting import absence
from sozialbericht.order.project import ANNEX_FROM, NOTEBOOK, Chapter, Project, open_project
from sozialbericht.stitching import assembly, manuscript, quartosettings, typesetting
from sozialbericht.writing import pageview
from sozialbericht.writing.blocks import MEDIA_TYPE

#: The pages' resolution, and how many colours a picture of one has.
DPI, COLOURS = 120, 96
#: So many pages are shown: more would make a notebook slow that is saved with them.
MOST = 40
#: Pages without cover and contents, and what stands in the place of references to other chapters.
ALONE, ELSEWHERE = {"umfang": "einzeln"}, "[anderes Kapitel]"
MARK = "Entwurf"


def made(asked: dict[str, Any]) -> dict[str, Any]:
    """The pages of a chapter (``seiten``: PNG in base64) and what is said of them (``zeilen``).

    Raises :class:`InputError` and :class:`ReportError` with what does not belong into a report or cannot be set.
    """
    path = Path(asked["notebook"]).resolve()
    project = open_project(Path(asked["root"]))
    chapter = _chapter(project, path)
    notebook, lines = _executed(read_notebook(path), asked["cells"], asked["texts"])
    with tempfile.TemporaryDirectory(prefix="sozialbericht-") as folder:
        executed, stage = Path(folder) / path.name, Path(folder) / "projekt"
        executed.write_text(json.dumps(notebook), encoding="utf-8")
        decided: Settings = asked["decided"]
        cover = assembly.Cover(
            asked["year"], asked["status_text"], decided, MARK, audited=False, levels=asked["levels"]
        )
        assembly.assemble(project, (chapter,), {chapter.name: executed}, stage, cover, more=ALONE)
        absence.soften_references(stage, ELSEWHERE)
        manuscript.closed_texts(stage)
        pages = typesetting.pictures(stage, typesetting.book(stage, quartosettings.read(stage)), DPI)
    saved = dt.datetime.fromtimestamp(path.stat().st_mtime)
    shown = path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else path.name
    count = "Eine Seite" if len(pages) == 1 else f"{len(pages)} Seiten"
    head = [
        f"Vorschau von {shown} – Entwurf, nicht geprüft",
        f"{count} mit den Daten für {asked['year']}, wie im PDF, aus dem, was in diesem "
        f"Kernel ausgeführt ist; feste Texte wie zuletzt gespeichert ({saved:%H:%M:%S} Uhr).",
        "Die Nummer des Kapitels und Verweise auf andere Kapitel stehen erst im Bericht.",
    ]
    if len(pages) > MOST:
        head.append(f"Gezeigt sind die ersten {MOST}; alle macht: python render.py --only {chapter.name} --draft")
    return {"seiten": [base64.b64encode(_small(page)).decode() for page in pages[:MOST]], "zeilen": [*head, *lines]}


def _chapter(project: Project, path: Path) -> Chapter:
    """The chapter of a notebook: one of the project's, else as it would be one."""
    own = [c for c in project.chapters if c.source.resolve() == path]
    named = NOTEBOOK.fullmatch(path.name)
    return own[0] if own else Chapter(
        named[2] if named else path.stem, path, bool(named and int(named[1]) >= ANNEX_FROM)
    )  # fmt: skip


def _executed(
    notebook: dict[str, Any], ran: dict[str, dict[str, Any]], texts: set[str]
) -> tuple[dict[str, Any], list[str]]:
    """The notebook with the outputs of the cells that were run, and what has to be said of it."""
    left = dict(ran)
    waiting, other = [], []
    for number, cell in enumerate(notebook["cells"], 1):
        if cell["cell_type"] != "code":
            continue
        text = source(cell)
        key = next((k for k in (cell.get("id", ""), text) if k in left), None)
        found: dict[str, Any] = left.pop(key) if key is not None else {"source": text, "blocks": []}
        cell["outputs"] = [_output(block) for block in found["blocks"]]
        if key is None and text.strip() and text not in texts:
            waiting.append(number)
        elif found["source"] != text:
            other.append(number)
    new = [one for one in left.values() if one["blocks"]]
    notebook["cells"] += [
        {"cell_type": "code", "metadata": {}, "source": one["source"], "outputs": [_output(b) for b in one["blocks"]]}
        for one in new
    ]
    return notebook, [
        *([f"Noch nicht ausgeführt und darum nicht dabei: {_numbered(waiting)}."] if waiting else []),
        *([f"Gezeigt ist, was ausgeführt wurde; gespeichert ist etwas anderes: {_numbered(other)}."] if other else []),
        *(["Was aus noch nicht gespeicherten Zellen kommt, steht am Ende: speichern (Strg+S)."] if new else []),
    ]


def _output(block: dict[str, Any]) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {MEDIA_TYPE: block}}


def _numbered(cells: list[int]) -> str:
    return f"{'Zelle' if len(cells) == 1 else 'Zellen'} {', '.join(map(str, cells))}"


def _small(page: bytes) -> bytes:
    """A picture of a page with few colours: a notebook that is saved with it stays small."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(page)) as picture:
        picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def main(folder: Path) -> None:
    """Answer what is asked in a folder."""
    tempfile.tempdir = str(folder)
    try:
        answer = made(pickle.loads((folder / pageview.ASKED).read_bytes()))
    except (InputError, ReportError) as error:
        answer = {"fehler": str(error)}
    (folder / pageview.ANSWER).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
