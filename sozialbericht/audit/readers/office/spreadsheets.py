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
import string
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
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: Attributes that number or place something, if nothing but numbers and places stands in them. All others are read.
_STRUCTURE = {"authorId", "fmtid", "localSheetId", "numFmtId", "pid", "ref", "shapeId", "sheetId", "sqref", _ID}
_PLACE = re.compile(r"(?:rId)?\d*|\{[-0-9A-F]+\}|[A-Z]{1,3}\d+(?:[: ][A-Z]{1,3}\d+)*")
_OF_ROWS = {"r", "spans", "s", "customFormat", "ht", "customHeight", "hidden", "outlineLevel", "collapsed"}
_OF_CELLS, _KINDS = {"r", "s", "t"}, {"b", "d", "e", "inlineStr", "n", "s", "str"}
_FIGURE = re.compile(r"\d+(?:[.:]\d+)?|true|false")
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
        else:
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
        self._strings = _taken(parts[_STRINGS], f"{_M}sst") if _STRINGS in parts else []
        self._texts = [_text(entry) for entry in self._strings]
        self._seen: set[int] = set()
        self._formatted: list[ET.Element] = []
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
        entry, root, related = self._named.get(part), self.parts[part], self._related(part)
        title = "" if entry is None else entry.get("name", "")
        hidden = entry is None or entry.get("state", "visible") != "visible"
        name, heads = self._name, (self._name, title)
        numbered = [self._row(row) for row in _taken(root, _DATA)]
        rows = [cells for _, cells in numbered]
        passages = list(_headers(_taken(root, f"{_M}headerFooter"), name, heads))
        for link in _taken(root, f"{_M}hyperlinks"):
            words = clean(f"{related.get(link.get(_ID, ''), '')} {_words(link)}")
            passages.append(Passage("verborgen", name, words, heads))
        passages += _entries(root, "verborgen", name, heads)
        passages += (Passage("verborgen", name, clean(_words(text)), heads) for text in self._formatted)
        self._formatted.clear()
        for other in related.values():
            if other.startswith(_COMMENTS) and other in self.parts:
                passages += _comments(self.parts[other], dict(numbered), name, heads)
        if rows and opentables.is_open(rows[0]):
            records, said = opentables.read(rows[0], rows[1:], name, title)
            return records, passages + said
        return [], [*passages, *opentables.loose(rows, name, heads, "verborgen" if hidden else "Tabelle")]

    def _row(self, row: ET.Element) -> tuple[str, list[str]]:
        """The number of a row and its cells as texts, "" where there is none."""
        if row.tag != _ROW or not _OF_ROWS.issuperset(row.keys()) or _loose(row):
            raise ValueError("unbekannte Zeile")
        if not all(map(_FIGURE.fullmatch, (value for _, value in row.items()))):
            raise ValueError("ein Text, wo eine Zahl stehen muss")
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
        style = cell.get("s", "0")
        if cell.tag != _CELL or len(cell) > 1 or not _OF_CELLS.issuperset(cell.keys()) or _loose(cell):
            raise ValueError("unbekannte Zelle")
        if not style.isdecimal():
            raise ValueError("ein Text, wo eine Zahl stehen muss")
        kind, value = cell.get("t", "n"), cell[0] if len(cell) else None
        if value is not None and value.tag == _INLINE and kind == "inlineStr":
            if _is_plain(value):
                return _plain(value[0].text or "")
            self._formatted.append(value)
            return _text(value)
        if kind not in _KINDS or (value is not None and (value.tag != _VALUE or not _bare(value))):
            raise ValueError("unbekannte Zelle")
        said = "" if value is None else value.text or ""
        if kind == "s" and said:
            self._seen.add(int(said))
            return self._texts[int(said)]
        if kind != "n" or not said:
            return _plain(said)
        number = float(said)
        if number != int(number):
            return str(number)
        if style in self._days:
            return (self._first + dt.timedelta(int(number))).isoformat()
        return str(int(number))

    def unseen(self) -> Iterator[Passage]:
        """The strings that no cell shows, and how others are written."""
        for at, entry in enumerate(self._strings):
            if at not in self._seen or not _is_plain(entry):
                yield Passage("verborgen", self._name, clean(_words(entry)), (self._name,))


def _taken(root: ET.Element, tag: str) -> list[ET.Element]:
    """What is listed in a part under a tag, taken out of it."""
    found: list[ET.Element] = []
    for part in [root] if root.tag == tag else root.findall(tag):
        found += part
        del part[:]
    return found


def _days(styles: ET.Element | None) -> set[str]:
    """The styles of cells that show a day."""
    formats = {} if styles is None else {one.get("numFmtId"): one for one in styles.iter(f"{_M}numFmt")}
    days = {_DAY, *(key for key, one in formats.items() if _DAYS.fullmatch(one.get("formatCode", "")))}
    cells = None if styles is None else styles.find(f"{_M}cellXfs")
    return set() if cells is None else {str(at) for at, one in enumerate(cells) if one.get("numFmtId") in days}


def _headers(parts: list[ET.Element], name: str, heads: tuple[str, ...]) -> Iterator[Passage]:
    """Headers and footers, what stands left, in the middle and right each by itself."""
    for part in parts:
        for text in _SECTIONS.split(_words(part)):
            if words := clean(_CODES.sub("", text)):
                yield Passage("Text", name, words, heads)


def _comments(
    root: ET.Element, rows: dict[str, list[str]], name: str, heads: tuple[str, ...]
) -> Iterator[Passage]:
    """The comments of cells, each with the words of the row."""
    for entry in root.iter(f"{_M}comment"):
        number = entry.get("ref", "").lstrip(string.ascii_uppercase)
        beside = [cell for cell in rows.get(number, ()) if cell]
        yield Passage("verborgen", name, clean(_words(entry)), (*heads, *beside))


def _entries(root: ET.Element, kind: str, name: str, heads: tuple[str, ...]) -> Iterator[Passage]:
    """All that stands in a part and is no table: what is in an entry of a list belongs together."""
    texts = [_own(root)]
    for part in root:
        texts += [_own(part), part.tail or "", *map(_words, part)]
    yield from (Passage(kind, name, text, heads) for text in map(clean, texts) if text)


def _words(element: ET.Element) -> str:
    """All attributes and texts inside, as they follow one another."""
    return "".join([_own(element), *map(_words, element), _plain(element.tail or "")])


def _own(element: ET.Element) -> str:
    """The attributes of an element and the text before those inside."""
    said = [value for name, value in element.items() if name not in _STRUCTURE or not _PLACE.fullmatch(value)]
    return _plain(" ".join([*said, element.text or ""]))


def _text(written: ET.Element) -> str:
    """A string as a cell shows it."""
    return _plain("".join(text.text or "" for text in written.iter(_TEXT)))


def _is_plain(written: ET.Element) -> bool:
    """Whether a string is one text and nothing else."""
    one = len(written) == 1 and not written.keys() and not _loose(written)
    return one and written[0].tag == _TEXT and _bare(written[0])


def _bare(element: ET.Element) -> bool:
    """Whether an element is a text and nothing else."""
    if len(element) or (element.tail and element.tail.strip()):
        return False
    return not element.keys() or (len(element.keys()) == 1 and element.get(_SPACE) == "preserve")


def _loose(element: ET.Element) -> bool:
    """Whether a text stands where only elements belong."""
    text, tail = element.text, element.tail
    return bool((text and text.strip()) or (tail and tail.strip()))


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
