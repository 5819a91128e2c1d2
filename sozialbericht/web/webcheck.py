"""Checks of the finished web report: nothing is loaded from another host, no address leads into nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from sozialbericht.web.tree import Element, drawing, read

#: Attributes that make a browser load something, by element. Ordinary links are free to lead elsewhere.
_LOADING = {
    "link": ("href",), "script": ("src", "href"), "img": ("src", "srcset"), "source": ("src", "srcset"),
    "iframe": ("src",), "video": ("src", "poster"), "audio": ("src",), "object": ("data",), "embed": ("src",),
    **dict.fromkeys(("image", "use", "feimage"), ("href",)),
}  # fmt: skip
_STYLE_ADDRESS = re.compile(r"""(?:@import\s*(?:url\()?|url\(|image-set\()\s*["']?([^"')\s;]+)""", re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.I)


@dataclass
class _Addresses:
    """What a page or a drawing loads, where its links lead, the places in it."""

    found: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def note(self, root: Element) -> None:
        """Note the addresses of a tree."""
        for element in root.iter(etree.Element):
            tag = _local(element.tag)
            for name, value in element.items():
                if value:
                    self._note_attribute(tag, _local(name), value)
            if tag == "style":
                self.found += _STYLE_ADDRESS.findall("".join(element.itertext()))

    def _note_attribute(self, tag: str, name: str, value: str) -> None:
        if name == "id":
            self.anchors.add(value)
        elif tag == "a" and name == "href":
            self.links.append(value)
        elif name in _LOADING.get(tag, ()):
            many = [part.split()[0] for part in value.split(",") if part.strip()]
            self.found += many if name == "srcset" else [value.strip()]
        elif name == "style" or "(" in value:
            self.found += _STYLE_ADDRESS.findall(value)

    def note_sheets(self, root: Any) -> None:
        """Note the style sheets that a drawing names, in front of its root or anywhere in it."""
        for sheet in root.xpath("//processing-instruction('xml-stylesheet')"):
            self.found += [address for name, address in sheet.attrib.items() if name == "href"]


def addresses_at_fault(
    folder: Path, pages: Mapping[Path, Element] | None = None, beside: Collection[str] = ()
) -> list[str]:
    """One German line per address that another host would answer or that leads into nothing.

    ``pages`` are trees of pages in ``folder`` that are known already; all else is read. ``beside`` are the addresses
    of what is put beside the folder: the report's PDF, its open data.
    """
    lines = []
    known = pages or {}
    seen_pages: dict[Path, _Addresses] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".html", ".css", ".svg"}:
            continue
        seen = _seen(path, known.get(path))
        if path.suffix == ".html":
            seen_pages[path.resolve()] = seen
        place = path.relative_to(folder).as_posix()
        for address in dict.fromkeys(seen.found):
            if address.startswith(("data:", "#")):
                continue
            if _ELSEWHERE.match(address):
                lines.append(f"{place}: „{address}“ würde von einem fremden Server geladen.")
            elif not (path.parent / unquote(re.split(r"[?#]", address)[0])).is_file():
                lines.append(f"{place}: Die Datei „{address}“ fehlt.")
    return lines + _dead_links(folder, seen_pages, beside)


def _dead_links(folder: Path, pages: dict[Path, _Addresses], beside: Collection[str]) -> list[str]:
    """Links within the report to a page or a place that does not exist."""
    lines = []
    for path, page in pages.items():
        for link in dict.fromkeys(page.links):
            if link in beside or _SCHEME.match(link) or _ELSEWHERE.match(link):
                continue
            name, _, anchor = unquote(link).partition("#")
            target = (path.parent / name).resolve() if name else path
            there = pages[target].anchors if target in pages else None
            place = anchor and "=" not in anchor  # „#indikator=…“ is a view of the atlas
            if not target.is_file() or (place and there is not None and anchor not in there):
                lines.append(f"{path.relative_to(folder.resolve()).as_posix()}: Der Verweis „{link}“ führt ins Leere.")
    return lines


def _seen(path: Path, page: Element | None) -> _Addresses:
    """The addresses in a file; ``page`` is its tree if it is known."""
    seen = _Addresses()
    if path.suffix == ".html":
        seen.note(read(path.read_bytes(), path.name) if page is None else page)
        return seen
    if path.suffix == ".css":
        text = path.read_text(encoding="utf-8")
        seen.found = _STYLE_ADDRESS.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.S))
    elif (root := drawing(path.read_bytes())) is not None:
        seen.note(root)
        seen.note_sheets(root)
    return seen


@cache
def _local(name: str) -> str:
    """The name of an element or an attribute without its namespace, in lower case."""
    return name.rpartition("}")[2].rpartition(":")[2].lower()
