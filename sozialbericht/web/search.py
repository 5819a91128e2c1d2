"""The search index of the web report: the text of every section, in a script that loads from disk too."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_HEADINGS = {"h1", "h2", "h3"}
_SILENT = {"script", "style", "svg"}
_BLOCKS = {
    "p",
    "div",
    "li",
    "td",
    "th",
    "tr",
    "dt",
    "dd",
    "figcaption",
    "figure",
    "table",
    "ul",
    "ol",
    "dl",
    "section",
}
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
    def record(self) -> dict[str, str]:
        """The section as the search script reads it."""
        address = f"{self.page}#{self.anchor}" if self.anchor else self.page
        return {"adresse": address, "titel": self.title, "text": _squeeze(self.text)}


class _Reader(HTMLParser):
    """Collects the sections of a page's main part; an anchor is the id of the heading or of its section."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.found: list[Section] = []
        self._inside = False
        self._heading = False
        self._silent = 0
        self._anchor = ""
        self._chapter = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open the main part, a section or a heading."""
        known = dict(attrs)
        if tag == "main":
            self._inside = True
        elif self._inside and tag == "section":
            self._anchor = known.get("id") or ""
        elif self._inside and tag in _HEADINGS:
            anchor = "" if tag == "h1" else known.get("id") or self._anchor
            self.found.append(Section(self.page, anchor, "" if tag == "h1" else self._chapter))
            self._heading = True
        elif tag in _SILENT:
            self._silent += 1
        if tag in _BLOCKS:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag == "main":
            self._inside = False
        elif tag in _HEADINGS and self._heading:
            self._heading = False
            self._anchor = ""
            if tag == "h1":
                self._chapter = _squeeze(self.found[-1].words)
        elif tag in _SILENT:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        """Keep text for the heading or the section."""
        if not self._inside or self._silent:
            return
        if not self.found:
            self.found.append(Section(self.page))
        (self.found[-1].words if self._heading else self.found[-1].text).append(data)


def sections(page: str, name: str) -> list[Section]:
    """The sections of a page by its headings of the first three levels; without those that say nothing."""
    reader = _Reader(name)
    reader.feed(page)
    reader.close()
    return [s for s in reader.found if _squeeze(s.words) or _squeeze(s.text)]


def write_index(found: list[Section], path: Path) -> None:
    """Write the index as a script that sets ``window.suchdaten``."""
    lines = ",\n".join(json.dumps(s.record, ensure_ascii=False) for s in found)
    path.write_text(f"window.suchdaten = [\n{lines}\n];\n", encoding="utf-8")


def _squeeze(parts: list[str]) -> str:
    return " ".join("".join(parts).translate(_INVISIBLE).split())
