"""The search index of the web report: the text of every section, in a script that loads from disk too.

Paragraphs, list items and rows of tables are lines, and tabs part the cells of a row: what stands in two of them says
nothing together. A row of headings begins with a tab, a row of one cell ends with one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from sozialbericht.web.entry.wordlist import Wordlist
from sozialbericht.web.tree import Element

_HEADINGS = {"h1", "h2", "h3"}
_SILENT = {"script", "style", "svg"}
_LINES = {
    "p", "div", "li", "tr", "dt", "dd", "figcaption", "figure", "table", "caption", "ul", "ol", "dl", "section",
}  # fmt: skip
_CELLS = {"td", "th"}
_LINE, _CELL = "\n", "\t"
#: Characters that only guide line breaks: the soft hyphen and the zero-width space.
_INVISIBLE = {0x00AD: None, 0x200B: None}


@dataclass
class Section:
    """A section as the search shows it: address, title with the chapter's one in front, text."""

    page: str
    anchor: str = ""
    chapter: str = ""
    words: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Chapter and section, „1 Arbeitslosigkeit: 1.2 Frauen und Männer“."""
        own = _squeeze(self.words)
        return f"{self.chapter}: {own}" if self.chapter else own

    @property
    def record(self) -> tuple[str, str, str]:
        """Address, title and text of the section."""
        address = f"{self.page}#{self.anchor}" if self.anchor else self.page
        return address, self.title, _lines(self.text)


class _Reader:
    """Collects the sections of a page's main part; an anchor is the id of the heading or of its section."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.found: list[Section] = []
        self._heading = False
        self._silent = 0
        self._row: Element | None = None
        self._anchor = ""
        self._chapter = ""

    def read(self, main: Element) -> None:
        """Read the main part of a page, in the order of the page."""
        for event, element in etree.iterwalk(main, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._open(element)
                self._keep(_plain(element.text))
            elif event == "end":
                self._close(element)
            if event != "start" and element is not main:
                self._keep(_plain(element.tail))

    def _open(self, element: Element) -> None:
        tag = element.tag
        if tag == "section":
            self._anchor = element.get("id", "")
        elif tag in _HEADINGS:
            anchor = "" if tag == "h1" else element.get("id") or self._anchor
            self.found.append(Section(self.page, anchor, "" if tag == "h1" else self._chapter))
            self._heading = True
        elif tag in _SILENT:
            self._silent += 1
        if tag == "tr":
            self._keep(_LINE)
            self._row = element
            if all(cell.tag == "th" for cell in element):
                self._keep(_CELL)
        elif tag in _CELLS and element.getprevious() is not None:
            before = element.getprevious().get("colspan", "1")
            self._keep(_CELL * (int(before) if before.isdigit() else 1))
        else:
            self._part(tag)

    def _part(self, tag: str) -> None:
        """Keep apart what stands before and in, or in and after an element."""
        if tag in _LINES or tag == "br":
            self._keep(_LINE if tag != "br" and self._row is None else " ")

    def _close(self, element: Element) -> None:
        tag = element.tag
        if tag == "tr":
            if len(element) == 1:
                self._keep(_CELL)
            self._row = None
        if tag in _HEADINGS and self._heading:
            self._heading = False
            self._anchor = ""
            if tag == "h1":
                self._chapter = _squeeze(self.found[-1].words)
        elif tag in _SILENT:
            self._silent -= 1
        self._part(tag)

    def _keep(self, text: str | None) -> None:
        """Keep text for the heading or the section."""
        if not text or self._silent:
            return
        if not self.found:
            self.found.append(Section(self.page))
        (self.found[-1].words if self._heading else self.found[-1].text).append(text)


def sections(page: Element, name: str) -> list[Section]:
    """The sections of a page by its headings of the first three levels; without those that say nothing."""
    reader = _Reader(name)
    for main in page.iter("main"):
        reader.read(main)
    return [s for s in reader.found if _squeeze(s.words) or _squeeze(s.text)]


def write_index(found: list[Section], path: Path) -> None:
    """Write the index as a script that sets ``window.suchdaten``: address, title, text of each section, the last two by
    the places of their words.
    """
    records = [section.record for section in found]
    words = Wordlist(text for _, *texts in records for text in texts)
    index = [[address, *map(words.told, texts)] for address, *texts in records]
    content = {"format": "suche", "woerter": words.words, "texte": index}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"window.suchdaten = {text};\n", encoding="utf-8")


def _plain(text: str | None) -> str | None:
    """Text of the page, in which line ends and tabs are blanks."""
    return text and text.translate({ord(sign): " " for sign in "\r\n\t"})


def _lines(parts: list[str]) -> str:
    """Text with its lines and cells, each with single spaces."""
    rows = [[_squeeze([cell]) for cell in line.split(_CELL)] for line in "".join(parts).split(_LINE)]
    return _LINE.join(_CELL.join(cells) for cells in rows if any(cells))


def _squeeze(parts: list[str]) -> str:
    return " ".join("".join(parts).translate(_INVISIBLE).split())
