"""The draft for Word of the built-in stitcher: all chapters in one document, numbered as the print is."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

from sozialbericht.drawing.canvas import bitmaps
from sozialbericht.execution.chapters import markdown
from sozialbericht.order import moment
from sozialbericht.stitching import assembly, crossref, pandoc, quartosettings
from sozialbericht.stitching.crossref import Document, Target
from sozialbericht.stitching.manuscript import Manuscript, staged_chapters
from sozialbericht.stitching.pandoc import Element, attributes
from sozialbericht.stitching.word import reference

#: The filter for Word, and the reference document in an assembled project.
FILTER, REFERENCE = Path("filter") / "word.lua", Path("druck") / "vorlage.docx"
#: A picture in the text of a chapter.
_PICTURE = re.compile(r"\]\((bilder/[\w-]+\.svg)\)")
_CAPTIONS = {"fig": "Image Caption", "tbl": "Table Caption"}


def prepare(stage: Path) -> None:
    """Put into an assembled project what both engines need for Word beside the chapters: drawings as bitmaps,
    the reference document, and settings for Quarto."""
    own = quartosettings.read(stage)
    texts = [markdown(chapter.path) for chapter in staged_chapters(stage, own)]
    bitmaps.put([stage / name for name in sorted({name for text in texts for name in _PICTURE.findall(text)})])
    word = {"reference-doc": REFERENCE.as_posix(), "toc": True, "toc-depth": 2, "toc-title": "Inhalt",
            "filters": [{"at": "pre-ast", "path": FILTER.as_posix()}]}  # fmt: skip
    quartosettings.write(stage, {"format": {"docx": word}}, quartosettings.WORD)
    (stage / REFERENCE).write_bytes(reference.made(_title(own), _status(own)))


def dated(own: dict[str, Any]) -> dict[str, str]:
    """By what variable pandoc, alone or within Quarto, writes the report's date in place of the clock's."""
    return {"SOURCE_DATE_EPOCH": moment.epoch(own["zeitpunkt"])} if own.get("zeitpunkt") else {}


def document(stage: Path, own: dict[str, Any]) -> bytes:
    """The document of an assembled project; raises :class:`InputError` as :class:`Manuscript` does."""
    manuscript = Manuscript(stage, own, "docx", FILTER)
    blocks: list[Element] = []
    for text, chapter in zip(manuscript.texts, manuscript.documents, strict=True):
        own_blocks = pandoc.walk(manuscript.blocks(text), partial(_to_word, known=manuscript.known))
        for position, heading in enumerate(crossref.headings(own_blocks)):
            _number(heading, chapter, position)
        blocks += own_blocks
    return _written(stage, blocks, own)


def _title(own: dict[str, Any]) -> str:
    return quartosettings.words(f"{own['book']['title']} {own['book']['subtitle']}")


def _status(own: dict[str, Any]) -> str:
    told = (quartosettings.words(own.get(name, "")) for name in (assembly.DRAFT, "status-text"))
    return " · ".join(filter(None, told))


def _written(stage: Path, blocks: list[Element], own: dict[str, Any]) -> bytes:
    book = own["book"]
    meta = {"title": quartosettings.words(book["title"]), "subtitle": quartosettings.words(str(book["subtitle"])),
            "date": _status(own), "lang": "de-DE", "toc-title": "Inhalt"}  # fmt: skip
    arguments = [
        "-f", "json", "-t", "docx", "-o", "-", "--toc", "--toc-depth=2", f"--reference-doc={stage / REFERENCE}",
        f"--resource-path={stage}",
    ]  # fmt: skip
    return pandoc.made(arguments, pandoc.tree(blocks, **meta), dated(own))


def _to_word(element: Element, known: dict[str, Target]) -> list[Element] | None:
    """Floats with a caption above, references as links to it."""
    if element["t"] == "Cite":
        return [
            {"t": "Link", "c": [["", [], []], [_text(f"{t.word}\u00a0{t.number}")], [f"#{t.label}", ""]]}
            for t in crossref.cited(element, known)
        ]
    if element["t"] == "Link":
        address = element["c"][2][0]
        if "#" in address and "://" not in address:
            element["c"][2][0] = "#" + address.split("#")[1]
    if element["t"] == "Div" and (label := attributes(element)[0]) in known:
        target = known[label]
        place = {"t": "Span", "c": [[label, [], []], [_text(f"{target.word}\u00a0{target.number}: ")]]}
        return [_styled(_CAPTIONS[target.kind], [place, *crossref.caption(element)]), *element["c"][1][:-1]]
    return None


def _styled(style: str, inlines: list[Element]) -> Element:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [{"t": "Para", "c": inlines}]]}


def _text(words: str) -> Element:
    return {"t": "Str", "c": words}


def _number(heading: Element, chapter: Document, position: int) -> None:
    number = chapter.sections.get(position, "")
    if number:
        heading["c"][2][:0] = [_text(f"{number}\u2003")]
