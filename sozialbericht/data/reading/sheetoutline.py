"""Outline of a sheet: what of it is filled, hidden or merged, read from its XML in one pass.

The size that a sheet states about itself is not believed, and cells that are formatted only do not count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

_MOST = 50


class SheetError(ValueError):
    """The XML of a sheet is none that can be read without doubt; the message is German."""


@dataclass
class Outline:
    """Where a sheet has content: the last row and column with any, and what makes its reading doubtful."""

    last_row: int = 0
    last_column: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    """Rows with content that nobody sees."""
    hidden_columns: list[int] = field(default_factory=list)
    """Columns with content that nobody sees."""
    merged: list[str] = field(default_factory=list)
    filtered: bool = False
    uncomputed: list[tuple[int, int]] = field(default_factory=list)
    """Row and column of formulas without a result."""
    marked: list[tuple[int, int]] = field(default_factory=list)
    """Row and column of cells with raised or struck text."""

    @property
    def empty(self) -> bool:
        """Whether nothing stands in the sheet."""
        return not self.last_row


def outline(xml: Any, marked_strings: frozenset[int]) -> Outline:
    """The outline of a sheet from its XML file; raises :class:`SheetError`.

    ``marked_strings`` are the numbers of the shared strings with raised or struck text.
    """
    reader = _Reader(marked_strings)
    reader.parse(xml)
    return reader.finished()


def marked_strings(xml: Any) -> frozenset[int]:
    """The numbers of the shared strings that hold raised, lowered or struck text; raises :class:`SheetError`."""
    found: set[int] = set()
    number = -1

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal number
        if _local(name) == "si":
            number += 1
        elif is_mark(_local(name), attributes):
            found.add(number)

    _parsed(xml, start, None, None)
    return frozenset(found)


def is_mark(name: str, attributes: dict[str, str]) -> bool:
    """Whether an element says that text is raised, lowered or struck through."""
    value = attributes.get("val", "1")
    return (name == "vertAlign" and value != "baseline") or (name == "strike" and value not in ("0", "false"))


def refuse_doctype(*_: object) -> None:
    """Stop at a document type: workbooks have none, and it is how a small file becomes a huge one."""
    raise SheetError("Die Datei enthält eine Dokumenttyp-Angabe, wie keine Excel-Mappe sie hat")


def _parsed(xml: Any, start: Any, end: Any, text: Any) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.ParseFile(xml)
    except expat.ExpatError as error:
        raise SheetError(f"Das XML ist in Zeile {error.lineno} kaputt") from error


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


class _Reader:
    """Gathers an outline while the XML goes by."""

    def __init__(self, marked: frozenset[int]) -> None:
        self._marked = marked
        self._out = Outline()
        self._row = self._column = 0
        self._hidden_row = False
        self._columns: list[tuple[int, int]] = []
        self._filled: set[int] = set()
        self._kind = ""
        self._formula = self._mark = False
        self._content: list[str] | None = None
        self._text = ""

    def parse(self, xml: Any) -> None:
        _parsed(xml, self._start, self._end, self._characters)

    def finished(self) -> Outline:
        out = self._out
        out.hidden_columns = sorted(c for c in self._filled if any(a <= c <= b for a, b in self._columns))
        out.last_column = max(self._filled, default=0)
        return out

    def _start(self, name: str, given: dict[str, str]) -> None:
        local = _local(name)
        if local == "c":
            self._column = _column(given.get("r", ""), self._row) or self._column + 1
            self._kind, self._formula, self._mark, self._text = given.get("t", "n"), False, False, ""
        elif local in ("v", "t"):
            self._content = []
        elif local == "f":
            self._formula = True
        elif local == "row":
            row = whole_number(given.get("r", ""), self._row + 1)
            if row <= self._row:
                raise SheetError(f"Die Zeile {row} kommt zweimal vor oder steht an falscher Stelle")
            self._row, self._column = row, 0
            self._hidden_row = given.get("hidden") in ("1", "true") or is_zero(given.get("ht", ""))
        elif local == "col" and (given.get("hidden") in ("1", "true") or is_zero(given.get("width", ""))):
            self._columns.append((whole_number(given.get("min", ""), 1), whole_number(given.get("max", ""), 1)))
        elif local == "mergeCell":
            self._out.merged.append(given.get("ref", ""))
        elif local == "filterColumn":
            self._out.filtered = True
        elif is_mark(local, given):
            self._mark = True

    def _characters(self, text: str) -> None:
        if self._content is not None:
            self._content.append(text)

    def _end(self, name: str) -> None:
        local = _local(name)
        if local in ("v", "t"):
            self._text += "".join(self._content or ())
            self._content = None
        elif local == "c" and (self._text or self._formula):
            self._cell()

    def _cell(self) -> None:
        out, at = self._out, (self._row, self._column)
        out.last_row = self._row
        self._filled.add(self._column)
        if self._hidden_row and (not out.hidden_rows or out.hidden_rows[-1] != self._row):
            out.hidden_rows.append(self._row)
        if self._formula and not self._text and self._kind != "str" and len(out.uncomputed) < _MOST:
            out.uncomputed.append(at)
        shared = (
            self._kind == "s" and self._text.isdecimal() and len(self._text) < 9 and int(self._text) in self._marked
        )
        if (shared or self._mark) and len(out.marked) < _MOST:
            out.marked.append(at)


def _column(reference: str, row: int) -> int:
    """The column of a cell such as ``AB12``, 0 where there is no reference."""
    number = 0
    for at, sign in enumerate(reference):
        if not "A" <= sign <= "Z":
            if reference[at:] != str(row):
                raise SheetError(f"Die Zelle {reference[:20]} steht in Zeile {row}")
            break
        number = number * 26 + ord(sign) - 64
    if number > 16_384:
        raise SheetError(f"Die Zelle {reference[:20]} gibt es in Excel nicht")
    return number


def whole_number(text: str, default: int) -> int:
    """The number that an attribute states, ``default`` where it is none."""
    return int(text) if text.isdecimal() and len(text) < 9 else default


def is_zero(text: str) -> bool:
    """Whether an attribute states a size of nothing."""
    try:
        return bool(text) and float(text) == 0
    except ValueError:
        return False
