"""The manuscript: the chapters of an assembled project as the stitchers read them,
numbered and free of dead references.
"""

from __future__ import annotations

import dataclasses
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sozialbericht.cache.textstore import Entry
from sozialbericht.execution.chapters import StagedChapter, markdown
from sozialbericht.faults import Fault, InputError
from sozialbericht.stitching import crossref, fences, pandoc, quartosettings
from sozialbericht.stitching.crossref import Document, Float, Heading, Outline, Target
from sozialbericht.stitching.pandoc import Element, attributes

FILTER = Path("filter") / "bericht.lua"


def staged_chapters(project: Path, own: dict[str, Any]) -> list[StagedChapter]:
    """The chapters of an assembled project with the settings ``own``, in order."""
    book = own["book"]
    return [StagedChapter(project / name, False) for name in book["chapters"]] + [
        StagedChapter(project / name, True) for name in book.get("appendices") or []
    ]


class Manuscript:
    """The chapters of a project for one format, ``typst``, ``html`` or ``docx`` (with a ``lua_filter`` of its own):
    texts, numbered documents, what can be referred to.

    Raises :class:`InputError` for references into nothing, labels used twice and figures without a caption.
    """

    def __init__(self, project: Path, own: dict[str, Any], target: str, lua_filter: Path = FILTER) -> None:
        self.project, self.target, self._filter = project, target, project / lua_filter
        chapters = staged_chapters(project, own)
        self.texts = [markdown(chapter.path) for chapter in chapters]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            outlines = list(pool.map(self._outline, self.texts))
        self.documents = [Document(c.page, c.annex, o) for c, o in zip(chapters, outlines, strict=True)]
        crossref.number_chapters(self.documents)
        self.known = refuse_unresolved(self.documents)

    def blocks(self, text: str) -> list[Element]:
        """The blocks of a chapter's text as pandoc and the project's filter make them; they belong to the caller."""
        parsed = pandoc.parse(text, target=self.target, lua_filter=self._filter)
        return visible(parsed, self.target)

    def entry(self, name: str, text: str, given: str = "") -> Entry:
        """The entry of what is made of a chapter's text under a name, and of whatever else is ``given``."""
        return pandoc.entry(name, text, given, target=self.target, lua_filter=self._filter)

    def _outline(self, text: str) -> Outline:
        entry = self.entry("outline", text)
        stored = entry.get()
        if stored is None:
            found = crossref.outline(self.blocks(text))
            entry.put(json.dumps(dataclasses.asdict(found)))
            return found
        parts = json.loads(stored)
        return Outline(
            tuple(Heading(**h) for h in parts["headings"]),
            tuple(Float(**f) for f in parts["floats"]),
            tuple(parts["references"]),
            parts["empty"],
        )


def verify(project: Path, *, typst: bool = False) -> None:
    """Refuse what both stitchers would pass in silence: dead references, labels used twice, empty chapters.

    Both engines run it before they stitch. With ``typst`` the chapters are also read for print, at the same time, which
    the built-in stitcher will ask for. Raises :class:`InputError`.
    """
    pandoc.read_ahead(closed_texts(project), ("typst", "html") if typst else ("html",), project / FILTER)
    with ThreadPoolExecutor(1) as thread:
        printed = thread.submit(Manuscript, project, quartosettings.read(project), "typst") if typst else None
        documents = Manuscript(project, quartosettings.read(project, web=True), "html").documents
    if printed:
        printed.result()
    empty = [document.page for document in documents if document.outline.empty]
    if empty:
        raise InputError([Fault(page, "Das Kapitel ist leer.", "Text oder Ausgaben ergänzen.") for page in empty])
    if quartosettings.has_web(project):  # the printed report must not refer to what is on the web only
        pages = {c.page for c in staged_chapters(project, quartosettings.read(project))}
        refuse_unresolved([d for d in documents if d.page in pages])


def closed_texts(project: Path) -> list[str]:
    """The texts of all chapters; raises :class:`InputError` for blocks ``:::`` that a chapter's outputs leave open; in
    texts of data ``:::`` is text.
    """
    faults, chapters = [], staged_chapters(project, quartosettings.read(project, web=True))
    texts = [markdown(chapter.path) for chapter in chapters]
    for chapter, text in zip(chapters, texts, strict=True):
        found = fences.blocks(text)
        if found.unclosed or found.stray:
            faults.append(
                Fault(chapter.page, "Ein Block ::: ist nicht geschlossen oder endet zweimal.",
                      "Zu jedem Block genau eine Zeile ::: an sein Ende setzen; Werte mit b.text(…, name=wert) "
                      "einsetzen.")
            )  # fmt: skip
    if faults:
        raise InputError(faults)
    return texts


def refuse_unresolved(documents: list[Document]) -> dict[str, Target]:
    """Everything in numbered chapters that can be referred to;
    raises :class:`InputError` for references into nothing.
    """
    known, faults = crossref.targets(documents)
    faults += crossref.unresolved(documents, known)
    if faults:
        raise InputError(faults)
    return known


def visible(blocks: list[Element], target: str) -> list[Element]:
    """The blocks without what is meant for the other format (``content-visible``, ``content-hidden``)."""

    def rewrite(element: Element) -> list[Element] | None:
        if element["t"] != "Div":
            return None
        _, classes, pairs = attributes(element)
        if "content-visible" in classes:
            return list(element["c"][1]) if pairs.get("when-format") == target else []
        if "content-hidden" in classes:
            return [] if pairs.get("when-format") == target else list(element["c"][1])
        return None

    shown: list[Element] = pandoc.walk(blocks, rewrite)
    return shown
