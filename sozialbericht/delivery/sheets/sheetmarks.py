"""Sheet marks: what calamine does not tell of a sheet of Excel, in one pass over the tags of its XML.

The size that a sheet states about itself is not believed: calamine is asked only after its real size is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from sozialbericht.data.reading.sheetoutline import SheetError, is_zero, refuse_doctype, whole_number

_DIGITS = "0123456789"
_SPAN = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


@dataclass
class Marks:
    """Where a sheet has content, and what of it is hidden, merged, formatted, a formula, an error."""

    last_row: int = 0
    last_column: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    """Rows with content that nobody sees."""
    hidden_spans: list[tuple[int, int]] = field(default_factory=list)
    """First and last of columns that nobody sees."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    styles: dict[tuple[int, int], str] = field(default_factory=dict)
    """The numbers of the styles that were asked for."""
    strings: dict[tuple[int, int], str] = field(default_factory=dict)
    """The numbers of the shared strings that were asked for."""
    raised: dict[tuple[int, int], str] = field(default_factory=dict)
    """What is raised at the end of a text that stands in the cell itself."""


def marks(xml: Any, styles: Collection[str], strings: Collection[str]) -> Marks:
    """The marks of a sheet from its XML file; raises :class:`SheetError`. ``styles`` and ``strings`` are the numbers
    of the cell styles and shared strings whose cells matter."""
    reader = _Reader(frozenset(styles), frozenset(strings))
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = reader.start
    reader.parser = parser
    try:
        parser.ParseFile(xml)
    except expat.ExpatError as error:
        raise SheetError(f"Das XML ist in Zeile {error.lineno} kaputt") from error
    return reader.finished()


def column_number(letters: str) -> int:
    """The number of a column from its letters; raises :class:`SheetError` for what Excel has not."""
    number = 0
    for sign in letters:
        if not "A" <= sign <= "Z" or len(letters) > 3:
            raise SheetError(f"Die Spalte {letters[:20]} gibt es in Excel nicht")
        number = number * 26 + ord(sign) - 64
    if number > 16_384:
        raise SheetError(f"Die Spalte {letters} gibt es in Excel nicht")
    return number


class _Reader:
    """Gathers marks while the tags go by; text is listened to only where it matters."""

    def __init__(self, styles: frozenset[str], strings: frozenset[str]) -> None:
        self._strings = strings
        self._marks = Marks()
        self._columns: set[int] = set()
        self._row = self._column = 0
        self._row_text = ""
        self._hidden = False
        self._kind: str | None = None
        self._up = False
        self.parser: Any = None
        self.start = self._starter(styles)

    def finished(self) -> Marks:
        self._marks.last_column = max(self._columns, default=0)
        return self._marks

    def _starter(self, styles: frozenset[str]) -> Callable[[str, dict[str, str]], None]:
        """What is called at each tag; cells are by far the most, so they are dealt with here, in local names."""
        names: dict[str, str] = {}
        columns: dict[str, int] = {}
        found = self._marks.styles

        def start(name: str, given: dict[str, str]) -> None:
            local = names.get(name)
            if local is None:
                local = names[name] = name.rpartition(" ")[2]
            if local == "c":
                reference = given.get("r")
                if reference is None:
                    self._column += 1
                else:
                    letters = reference.rstrip(_DIGITS)
                    if reference[len(letters) :] != self._row_text:
                        raise SheetError(f"Die Zelle {reference[:20]} steht in Zeile {self._row}")
                    self._column = columns.get(letters) or columns.setdefault(letters, column_number(letters))
                self._kind = given.get("t")
                if styles and (style := given.get("s", "")) in styles:
                    found[self._row, self._column] = style
            elif local == "v" and self._kind is None:
                self._filled()
            else:
                self._other(local, given)

        return start

    def _filled(self) -> None:
        """Note that the cell has content."""
        if self._row != self._marks.last_row:
            self._marks.last_row = self._row
            if self._hidden:
                self._marks.hidden_rows.add(self._row)
        self._columns.add(self._column)

    def _other(self, local: str, given: dict[str, str]) -> None:
        """Deal with what is no cell and no plain number."""
        if local in ("v", "f", "is"):
            self._filled()
            at = (self._row, self._column)
            if local == "f":
                if self._kind != "str":
                    self._marks.formulas.add(at)
            elif local == "v" and (self._kind == "e" or (self._kind == "s" and self._strings)):
                self._listen(self._marks.errors if self._kind == "e" else self._marks.strings, at)
        elif local == "vertAlign":
            self._up = given.get("val") == "superscript"
        elif local == "t" and self._up:
            self._up = False
            self._listen(self._marks.raised, (self._row, self._column))
        elif local == "row":
            self._start_row(given)
        elif local == "mergeCell":
            self._merge(given.get("ref", ""))
        elif local == "col" and (given.get("hidden") in ("1", "true") or is_zero(given.get("width", ""))):
            first, last = (whole_number(given.get(name, ""), 1) for name in ("min", "max"))
            self._marks.hidden_spans.append((first, last))

    def _listen(self, wanted: dict[tuple[int, int], str], at: tuple[int, int]) -> None:
        """Take the text up to the end of this tag."""
        wanted[at] = ""

        def listen(text: str) -> None:
            wanted[at] += text

        def end(_: str) -> None:
            self.parser.CharacterDataHandler = self.parser.EndElementHandler = None

        self.parser.CharacterDataHandler, self.parser.EndElementHandler = listen, end

    def _start_row(self, given: dict[str, str]) -> None:
        row = whole_number(given.get("r", ""), self._row + 1)
        if row <= self._row:
            raise SheetError(f"Die Zeile {row} kommt zweimal vor oder steht an falscher Stelle")
        self._row, self._row_text, self._column = row, str(row), 0
        self._hidden = given.get("hidden") in ("1", "true") or is_zero(given.get("ht", ""))

    def _merge(self, reference: str) -> None:
        if found := _SPAN.fullmatch(reference):
            first, last = column_number(found[1]), column_number(found[3] or found[1])
            self._marks.merged.append((int(found[2]), first, int(found[4] or found[2]), last))
