"""Documents: the passages of a page or a tagged PDF, each with what it stands under."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any
from xml.etree import ElementTree as ET

from sozialbericht.audit.readers import pictures
from sozialbericht.audit.readers.readings import Node, Passage, Picture, Reading, clean, json_lines

_INLINE = {
    "a", "abbr", "b", "bdi", "br", "cite", "code", "dfn", "em", "i", "kbd", "lbl", "link", "mark", "nobr", "q", "quote",
    "ruby", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
    "formula", "math", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace", "msqrt",
    "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "semantics",
}  # fmt: skip
_HEADINGS = {"h": 1, **{f"h{n}": n for n in range(1, 7)}}
_CELLS = {"td", "th"}
#: Attributes that say how something looks or where it leads. Everything else in an attribute is read.
_STRUCTURE = {
    "aria-describedby", "aria-labelledby", "charset", "class", "colspan", "cols", "crossorigin", "dir", "for", "height",
    "href", "id", "lang", "loading", "media", "rel", "role", "rowspan", "sizes", "src", "srcset", "style", "tabindex",
    "type", "width", "xml:lang", "xmlns", "#teil",
}  # fmt: skip
#: The part of a table that a row belongs to.
_PART = "#teil"
_ALTERNATIVE = {"alt", "title", "aria-label", "actualtext"}
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.I)
#: The frame of a drawing, whose size says as little as width and height do.
_FRAME = re.compile(r"0 0 \d+(?:\.\d+)? \d+(?:\.\d+)?")
_ADDRESSES = ("src", "href", "srcset")


@dataclass(frozen=True)
class _Under:
    """What an element stands under."""

    heads: tuple[str, ...] = ()
    hidden: bool = False
    kind: str = "Text"

    def below(self, *heads: str) -> _Under:
        return _Under((*self.heads, *(head for head in map(clean, heads) if head)), self.hidden, self.kind)


def passages(root: Node, place: str, page: str = "") -> list[Passage]:
    """All passages of a document. ``page`` is what its name says, for what has no heading of its own."""
    return list(_Reader(place).children(root, _Under().below(page)))


def reading(root: Node, place: str, page: str = "") -> Reading:
    """The passages of a document, and the pictures that are drawn in it."""
    reader = _Reader(place)
    reader.stored = dict(reversed(list(_stored(root))))
    found = tuple(reader.children(root, _Under().below(page)))
    return Reading(found, tuple(reader.pictures))


class _Reader:
    def __init__(self, place: str) -> None:
        self.place = place
        self.sections: list[tuple[int, str]] = []
        self.pictures: list[Picture] = []
        self.stored: pictures.Stored = {}

    def children(self, node: Node, under: _Under) -> Iterator[Passage]:
        """The passages inside an element; texts and inline elements that follow one another are one passage."""
        run: list[str] = []
        for child in node.children:
            if isinstance(child, str):
                run.append(child)
            elif child.tag in _INLINE and not _hides(child) and not _has_block(child):
                run.append(" " if child.tag == "br" else child.words())
                if _attributed(child):
                    yield from self._attributes_inside(child, under, clean(node.words())[:200])
            else:
                yield from self._flush(run, under)
                run = []
                yield from self.element(child, under)
        yield from self._flush(run, under)

    def element(self, node: Node, under: _Under) -> Iterator[Passage]:
        """The passages of one element."""
        inner = replace(under, hidden=True) if not under.hidden and _hides(node) else under
        if node.tag in _HEADINGS:
            level = _HEADINGS[node.tag]
            self.sections = [*(entry for entry in self.sections if entry[0] < level), (level, clean(node.words()))]
        elif node.tag in ("figure", "div") and (caption := _caption(node)):
            inner = inner.below(_about(node), caption)
        elif node.tag == "dl":
            yield from self._definitions(node, inner)
            return
        yield from self._attributes(node, inner)
        match node.tag:
            case "svg":
                yield from self._picture(node, inner)
            case "table":
                yield from self._table(node, inner)
            case "#comment":
                yield from self._flush([node.words()], replace(inner, hidden=True))
            case "script" | "style":
                yield from self._script(node, inner)
            case _:
                yield from self.children(node, inner)

    def _flush(self, run: list[str], under: _Under) -> Iterator[Passage]:
        text = clean("".join(run))
        if text:
            kind = "verborgen" if under.hidden else under.kind
            sections = tuple(title for _, title in self.sections)
            yield Passage(kind, self.place, text, (*under.heads[:1], *sections, *under.heads[1:]))

    def _attributes_inside(self, node: Node, under: _Under, near: str) -> Iterator[Passage]:
        yield from self._attributes(node, under.below(near))
        for child in node.children:
            if isinstance(child, Node):
                yield from self._attributes_inside(child, under, near)

    def _attributes(self, node: Node, under: _Under) -> Iterator[Passage]:
        """What stands in attributes; a name like ``data-wert`` counts as what the text is about."""
        about = under.below(_about(node)) if node.attributes else under
        for name, value in node.attributes.items():
            if name in _STRUCTURE and not (name == "style" and "--" in value):
                continue
            if node.tag == "svg" and name.lower() == "viewbox" and _FRAME.fullmatch(value):
                continue
            kind = "Alternativtext" if name in _ALTERNATIVE else "Attribut"
            own = about.below(name.replace("-", " "), clean(node.words())[:200])
            heads = about if kind == "Alternativtext" else own
            yield from self._flush([value], replace(heads, kind=kind, hidden=False))

    def _definitions(self, node: Node, under: _Under) -> Iterator[Passage]:
        """A list of terms: what is said of a term stands under it."""
        term = ""
        for child in node.children:
            if not isinstance(child, Node):
                continue
            entries = [part for part in child.children if isinstance(part, Node)] if child.tag == "div" else [child]
            for entry in entries:
                if entry.tag == "dt":
                    term = clean(entry.words())
                    yield from self._flush([term], under)
                else:
                    yield from self.element(entry, under.below(term))

    def _picture(self, node: Node, under: _Under) -> Iterator[Passage]:
        """A picture drawn in the page; what it is called says what it is about."""
        called = node.attributes.get("data-bild", "")
        heads = (*under.heads[:1], *(title for _, title in self.sections), *under.heads[1:])
        heads = (*heads, *filter(None, [called]))
        name = (called or heads[-1]) + pictures.NARROW * ("schmal" in node.attributes.get("class", "").split())
        found, picture = pictures.said(_drawn(node), self.place, heads, name, self.stored)
        self.pictures.append(picture)
        yield from found

    def _script(self, node: Node, under: _Under) -> Iterator[Passage]:
        text = node.words()
        hidden = replace(under, kind="Skript", hidden=False)
        try:
            content = json.loads(text)
        except ValueError:
            for line in text.splitlines():
                yield from self._flush([line], hidden)
            return
        for piece in json_lines(content):
            yield from self._flush([piece], hidden)

    def _table(self, table: Node, under: _Under) -> Iterator[Passage]:
        """The cells of a table, each under its column and its row."""
        rows = list(_inside(table, "tr"))
        bare = not any(_heads_columns(row) for row in rows)
        heading: dict[int, str] = {}
        for child in table.children:
            if isinstance(child, Node) and child.tag == "caption":
                under = under.below(child.words())
                yield from self.element(child, under)
        group = ""
        for row in rows:
            cells = [cell for cell in row.children if isinstance(cell, Node) and cell.tag in _CELLS]
            inner = replace(under, kind="Tabelle", hidden=under.hidden or _hides(row))
            yield from self._attributes(row, inner.below(cells[0].words() if cells else ""))
            if _heads_columns(row):
                for place, cell in _placed(cells):
                    heading[place] = clean(f"{heading.get(place, '')} {cell.words()}")
                yield from self._cells(cells, inner)
                continue
            if bare and not heading:  # perhaps the headings, perhaps not
                heading = {place: clean(cell.words()) for place, cell in _placed(cells)}
                yield from self._cells(cells, inner)
            first = clean(cells[0].words()) if cells else ""
            if len(cells) == 1:
                group = first
            for place, cell in _placed(cells):
                about = inner.below(group, heading.get(place, ""), first if place else "")
                yield from self._cells([cell], about)

    def _cells(self, cells: list[Node], under: _Under) -> Iterator[Passage]:
        for cell in cells:
            yield from self.element(Node("div", cell.attributes, cell.children), under)


def _stored(node: Node, in_store: bool = False) -> Iterator[tuple[str, tuple[ET.Element, bool]]]:
    """The elements that have an id: drawings on the page may draw them once more."""
    for child in node.children:
        if isinstance(child, Node):
            within = in_store or child.tag == "defs"
            if name := child.attributes.get("id", ""):
                yield name, (ET.Element(child.tag, child.attributes), within)
            yield from _stored(child, within)


def _drawn(node: Node) -> Any:
    """A drawing as the reader of pictures takes it."""
    element = ET.Comment() if node.tag == "#comment" else ET.Element(node.tag, node.attributes)
    element.text = "".join(child for child in node.children if isinstance(child, str))
    element.extend(_drawn(child) for child in node.children if isinstance(child, Node))
    return element


def _placed(cells: list[Node]) -> Iterator[tuple[int, Node]]:
    place = 0
    for cell in cells:
        yield place, cell
        span = cell.attributes.get("colspan", "1")
        place += int(span) if span.isdigit() else 1


def _heads_columns(row: Node) -> bool:
    """Whether a row holds the headings of the columns."""
    cells = [child for child in row.children if isinstance(child, Node) and child.tag in _CELLS]
    return bool(cells) and (all(cell.tag == "th" for cell in cells) or row.attributes.get(_PART) == "thead")


def _inside(node: Node, tag: str, within: str = "") -> Iterator[Node]:
    for child in node.children:
        if not isinstance(child, Node):
            continue
        part = child.tag if child.tag in ("thead", "tbody", "tfoot") else within
        if child.tag == tag:
            yield Node(child.tag, {**child.attributes, _PART: part}, child.children)
        elif child.tag not in ("table", "caption"):
            yield from _inside(child, tag, part)


def _hides(node: Node) -> bool:
    given = node.attributes
    return (bool(given) and (
        "hidden" in given
        or given.get("aria-hidden") == "true"
        or given.get("type") == "hidden"
        or bool(_HIDING.search(given.get("style", "")))
    )) or node.tag in ("#comment", "template", "noscript")


def _attributed(node: Node) -> bool:
    """Whether an element or one inside it has attributes."""
    return bool(node.attributes) or any(isinstance(child, Node) and _attributed(child) for child in node.children)


def _has_block(node: Node) -> bool:
    inner = [child for child in node.children if isinstance(child, Node)]
    return any(child.tag not in _INLINE or _hides(child) or _has_block(child) for child in inner)


def _caption(node: Node) -> str:
    """The caption of a figure or a floating table."""
    for child in node.children:
        if isinstance(child, Node) and child.tag in ("figcaption", "caption"):
            return child.words()
    return ""


def _about(node: Node) -> str:
    """What the addresses of a picture and an id say."""
    names = [node.attributes.get("id", "")]
    for name in _ADDRESSES:
        address = node.attributes.get(name, "").split(" ")[0].split("#")[0]
        names.append(PurePosixPath(address).name.split(".")[0] if address else "")
    return " ".join(name for name in names if name)
