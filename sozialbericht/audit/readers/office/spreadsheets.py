"""Spreadsheets (XLSX): every part of the archive is read – the cells of all sheets, also of hidden ones, as tables, and
whatever else stands in a part, entry by entry: comments, headers, rules, names, properties, formats, strings that no
cell shows.

What such a file could hold beside these – formulas with their last result, charts, macros, other files – makes it
unreadable, and nothing unreadable is published.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree as ET

from sozialbericht.audit.readers import opentables
from sozialbericht.audit.readers.office import archives
from sozialbericht.audit.readers.readings import Passage, Reading, Record, clean

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core|custom)\.xml|xl/(?:workbook|styles|sharedStrings)\.xml|"
    r"xl/theme/theme\d+\.xml|xl/worksheets/sheet\d+\.xml|xl/_rels/workbook\.xml\.rels|"
    r"xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/comments/comment\d+\.xml|xl/drawings/commentsDrawing\d+\.vml"
)
_BOOK, _STYLES, _STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
_SHEETS, _COMMENTS = "xl/worksheets/", "xl/comments/"
_M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DATA, _ROW, _CELL, _VALUE, _INLINE, _TEXT = (f"{_M}{tag}" for tag in ("sheetData", "row", "c", "v", "is", "t"))
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: Attributes of named things that count or place them. Everything else in an attribute is read.
_STRUCTURE = {"authorId", "fmtid", "localSheetId", "numFmtId", "pid", "ref", "shapeId", "sheetId", "sqref", _ID}
_OF_ROWS = {"r", "spans", "s", "customFormat", "ht", "customHeight", "hidden", "outlineLevel", "collapsed"}
_OF_CELLS = {"r", "s", "t"}
#: What no part of ours has: instructions, comments, sections and entities of XML, and formulas.
_FOREIGN = re.compile(r"<[?!]|<(?:\w+:)?f[ />]")
_DECLARATION = re.compile(r"\s*<\?xml [^?>]*\?>")
_SECTIONS, _CODES = re.compile("&[LCR]"), re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d{1,3} ?')
_REFERENCE = re.compile(r"([A-Z]{1,3})\d+")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: Formats of days: the built-in one, and those that have nothing but parts of a day.
_DAY, _DAYS = "14", re.compile(r"[dmy.\-/ ]+", re.IGNORECASE)


def read(content: bytes, name: str) -> Reading:
    """All that a workbook says. Raises ValueError for parts that nobody reads."""
    archive = archives.unpacked(content, name)
    if strange := [part for part in archive.parts if not _PARTS.fullmatch(part)]:
        raise ValueError(f"unbekannter Teil {strange[0]}")
    book = _Book({part: _parsed(xml) for part, xml in archive.parts.items()}, name)
    records: list[Record] = []
    passages = list(archive.comments)
    for part, root in book.parts.items():
        if part.startswith(_SHEETS) and not part.endswith(".rels"):
            found, said = book.sheet(part)
            records += found
            passages += said
        elif part not in (_STRINGS, *book.comments.values()):
            passages += _entries(root, "Metadaten", name, (name,))
    return Reading((*passages, *book.unseen()), records=tuple(records))


def _parsed(xml: bytes) -> ET.Element:
    text = xml.decode("utf-8-sig")
    declared = _DECLARATION.match(text)
    if _FOREIGN.search(text, declared.end() if declared else 0):
        raise ValueError("Formel, Anweisung oder Kommentar im Quelltext")
    return ET.fromstring(xml)


class _Book:
    """The parsed parts of a workbook, and what belongs to what."""

    def __init__(self, parts: dict[str, ET.Element], name: str) -> None:
        self.parts, self._name = parts, name
        named = {entry.get(_ID, ""): entry for entry in parts[_BOOK].iter(f"{_M}sheet")}
        self._named = {part: named[key] for key, part in self._related(_BOOK).items() if key in named}
        around = {part: self._related(part) for part in parts if part.startswith(_SHEETS)}
        self._related_to = around
        self.comments = {
            part: other for part, related in around.items() for other in related.values()
            if other.startswith(_COMMENTS) and other in parts
        }  # fmt: skip
        strings = parts.get(_STRINGS)
        self._strings = [] if strings is None else list(strings)
        self._texts = ["".join(text.text or "" for text in entry.iter(_TEXT)) for entry in self._strings]
        self._seen: set[int] = set()
        self._days = _days(parts.get(_STYLES))
        properties = parts[_BOOK].find(f"{_M}workbookPr")
        since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._first = dt.date(1904, 1, 1) if since_1904 else dt.date(1899, 12, 30)

    def _related(self, part: str) -> dict[str, str]:
        """What a part refers to, by the ids: other parts, or addresses outside."""
        folder, leaf = posixpath.split(part)
        found = {}
        for one in self.parts.get(f"{folder}/_rels/{leaf}.rels", ()):
            target = one.get("Target", "")
            inside = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
            found[one.get("Id", "")] = target if one.get("TargetMode") == "External" else inside
        return found

    def sheet(self, part: str) -> tuple[list[Record], list[Passage]]:
        """The numbers of a sheet and what else it says."""
        entry, root = self._named.get(part), self.parts[part]
        title = "" if entry is None else entry.get("name", "")
        hidden = entry is None or entry.get("state", "visible") != "visible"
        name, heads, data = self._name, (self._name, title), ET.Element(_DATA)
        passages: list[Passage] = []
        for child in root:
            if child.tag == _DATA:
                data.extend(child)
            elif child.tag == f"{_M}headerFooter":
                passages += _headers(child, name, heads)
            elif child.tag == f"{_M}hyperlinks":
                passages += self._links(child, part, heads)
            else:
                passages += _entries([child], "verborgen", name, heads)
        numbered = [self._row(row) for row in data]
        rows = [cells for _, cells in numbered]
        passages += _formatted(data, name, heads)
        if part in self.comments:
            passages += self._comments(self.parts[self.comments[part]], dict(numbered), heads)
        if rows and opentables.is_open(rows[0]):
            records, said = opentables.read(rows[0], rows[1:], name, title)
            return records, passages + said
        return [], [*passages, *opentables.loose(rows, name, heads, "verborgen" if hidden else "Tabelle")]

    def _row(self, row: ET.Element) -> tuple[str, list[str]]:
        """The number of a row and its cells as texts, "" where there is none."""
        if row.tag != _ROW or not _OF_ROWS.issuperset(row.keys()) or _loose(row):
            raise ValueError("unbekannte Zeile")
        cells: list[str] = []
        for cell in row:
            if (reference := cell.get("r")) is not None:
                gap = _column(reference) - len(cells)
                if gap < 0:
                    raise ValueError("eine Zelle, die zweimal da ist")
                cells += [""] * gap
            cells.append(self._cell(cell))
        return row.get("r", ""), cells

    def _cell(self, cell: ET.Element) -> str:
        """A cell as text, numbers with a decimal point; raises ValueError for what is no cell."""
        if cell.tag != _CELL or len(cell) > 1 or not _OF_CELLS.issuperset(cell.keys()) or _loose(cell):
            raise ValueError("unbekannte Zelle")
        if not len(cell):
            return ""
        kind, value = cell.get("t", "n"), cell[0]
        if kind == "inlineStr" and value.tag == _INLINE:
            return _plain("".join(text.text or "" for text in value.iter(_TEXT)))
        if value.tag != _VALUE or len(value) or value.tail:
            raise ValueError("unbekannte Zelle")
        said = value.text or ""
        if kind == "s":
            self._seen.add(int(said))
            return _plain(self._texts[int(said)])
        if kind != "n" or not said:
            return _plain(said)
        number = float(said)
        if number != int(number):
            return str(number)
        if cell.get("s") in self._days:
            return (self._first + dt.timedelta(int(number))).isoformat()
        return str(int(number))

    def _links(self, links: ET.Element, part: str, heads: tuple[str, ...]) -> Iterator[Passage]:
        for link in links:
            target = self._related_to[part].get(link.get(_ID, ""), "")
            yield Passage("verborgen", self._name, clean(f"{target} {_words(link)}"), heads)

    def _comments(
        self, root: ET.Element, rows: dict[str, list[str]], heads: tuple[str, ...]
    ) -> Iterator[Passage]:
        """The comments of cells, each with the words of the row, and who has written them."""
        for part in root:
            for entry in part:
                number = entry.get("ref", "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                beside = [cell for cell in rows.get(number, ()) if cell]
                yield Passage("verborgen", self._name, clean(_words(entry)), (*heads, *beside))

    def unseen(self) -> Iterator[Passage]:
        """The strings that no cell shows, and how others are written."""
        for at, entry in enumerate(self._strings):
            if at not in self._seen or not _is_plain(entry):
                yield Passage("verborgen", self._name, clean(_words(entry)), (self._name,))


def _days(styles: ET.Element | None) -> set[str]:
    """The styles of cells that show a day."""
    formats = {} if styles is None else {one.get("numFmtId"): one for one in styles.iter(f"{_M}numFmt")}
    days = {_DAY, *(key for key, one in formats.items() if _DAYS.fullmatch(one.get("formatCode", "")))}
    cells = None if styles is None else styles.find(f"{_M}cellXfs")
    return set() if cells is None else {str(at) for at, one in enumerate(cells) if one.get("numFmtId") in days}


def _headers(part: ET.Element, name: str, heads: tuple[str, ...]) -> Iterator[Passage]:
    """Headers and footers, what stands left, in the middle and right each by itself."""
    for one in part:
        for text in _SECTIONS.split(_words(one)):
            if words := clean(_CODES.sub("", text)):
                yield Passage("Text", name, words, heads)


def _formatted(data: ET.Element, name: str, heads: tuple[str, ...]) -> Iterator[Passage]:
    """Texts in cells that are written in several ways, with all that says how."""
    for text in data.iter(_INLINE):
        if not _is_plain(text):
            yield Passage("verborgen", name, clean(_words(text)), heads)


def _is_plain(string: ET.Element) -> bool:
    """Whether a string is one text and nothing else."""
    return len(string) == 1 and string[0].tag == _TEXT and not (len(string[0]) or string.keys() or _loose(string))


def _entries(parts: ET.Element | list[ET.Element], kind: str, name: str, heads: tuple[str, ...]) -> Iterator[Passage]:
    """All that stands in a part that is no table: what is in an entry of a list belongs together."""
    for part in parts:
        own = " ".join([*_attributes(part), part.text or "", part.tail or ""])
        texts = [own, *map(_words, part)]
        yield from (Passage(kind, name, text, heads) for text in map(clean, texts) if text)


def _words(element: ET.Element) -> str:
    """All texts and attributes inside, as they follow one another."""
    inner = "".join(_words(child) for child in element)
    return " ".join([*_attributes(element), _plain(f"{element.text or ''}{inner}")]) + (element.tail or "")


def _attributes(element: ET.Element) -> Iterator[str]:
    return (_plain(value) for name, value in element.items() if name not in _STRUCTURE)


def _loose(element: ET.Element) -> bool:
    """Whether a text stands where only elements belong."""
    return bool((element.text and element.text.strip()) or (element.tail and element.tail.strip()))


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


@lru_cache(maxsize=20_000)
def _column(reference: str) -> int:
    """The place of a cell in its row, from 0."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError("eine Zelle ohne Ort")
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    return place - 1
