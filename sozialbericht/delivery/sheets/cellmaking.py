"""Cell making: what a reader of some format finds in a cell, as a cell of a grid."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal

from babel.dates import format_date

from sozialbericht.data.reading.characters import printable
from sozialbericht.data.reading.packedparts import Refused
from sozialbericht.data.reading.parsing import german
from sozialbericht.delivery.sheets.grid import EMPTY, UNCOMPUTED, Cell
from sozialbericht.numbers import LOCALE

MOST_CELLS = 5_000_000
"""A sheet of more cells, empty ones counted, is none of an office's."""
MOST_ROWS = 1_048_576
"""The rows of the largest sheet that Excel knows."""
RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
"""Digits as they look when raised: marks of footnotes must not run into a number."""

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_EXACT = 2**53


class Format:
    """What of a number format changes what a cell says: per cent, a date without day, leading zeros."""

    __slots__ = ("months", "percent", "years", "zeros")

    def __init__(self, code: str) -> None:
        bare = _QUOTED.sub("", code).split(";")[0].lower()
        self.percent = "%" in bare
        dated = not re.search(r"[0#?hs]", bare) and "y" in bare and "d" not in bare
        self.months, self.years = dated and "m" in bare, dated and "m" not in bare
        self.zeros = len(bare) if re.fullmatch("00+", bare) else 0

    def __bool__(self) -> bool:
        return self.percent or self.months or self.years or self.zeros > 0


class CellMaker:
    """Makes cells, those of the same content once."""

    def __init__(self) -> None:
        self._strings: dict[str, Cell] = {"": EMPTY}
        self._numbers: dict[float, Cell] = {}

    def plain(self, value: object) -> Cell:
        """A cell without a format of its own."""
        if value.__class__ is float or value.__class__ is int:
            found = self._numbers.get(value)
            if found is None:
                found = self._numbers[value] = _number(value)
            return found
        if value.__class__ is str:
            found = self._strings.get(value)
            if found is None:
                found = self._strings[value] = text_cell(value)
            return found
        return _other(value)

    def row(self, values: list[object]) -> list[Cell]:
        """The cells of a row without formats, those at its end left out that are empty."""
        numbers, strings, plain = self._numbers, self._strings, self.plain
        cells = [
            (numbers.get(v) if v.__class__ is float else strings.get(v) if v.__class__ is str else None)
            or plain(v)
            for v in values
        ]
        return trimmed(cells)

    def formatted(self, value: object, form: Format) -> Cell:
        """A cell with a format that changes what it says."""
        if isinstance(value, dt.date) and (form.months or form.years):
            return dated(value, "LLLL yyyy" if form.months else "yyyy")
        if isinstance(value, int | float) and not isinstance(value, bool):
            if form.percent and math.isfinite(value):
                return Cell(f"{german(float(Decimal(repr(value)) * 100))} %", _whole(value), percent=True)
            if form.zeros and float(value).is_integer() and 0 <= value < _EXACT:
                return Cell(str(int(value)).zfill(form.zeros), int(value))
        return self.plain(value)


def dates(code: str) -> bool:
    """Whether a number format shows dates or times."""
    return re.search("[ymdhs]", _QUOTED.sub("", code).lower().replace("standard", "")) is not None


def text_cell(text: str) -> Cell:
    """A cell of text; blanks, line ends and invisible characters are not part of what is seen."""
    seen = printable(" ".join(text.split()))
    return Cell(seen, text) if seen else EMPTY


def dated(value: dt.date, pattern: str = "dd.MM.yyyy") -> Cell:
    """A cell with a date, shown by a pattern of babel's."""
    day = value.date() if isinstance(value, dt.datetime) else value
    return Cell(str(format_date(day, pattern, locale=LOCALE)), day)


def uncomputed() -> Cell:
    """A formula without a result."""
    return Cell(UNCOMPUTED, None, formula=True)


def check_size(rows: int, columns: int, sheet: str) -> None:
    """Raise :class:`Refused` where a sheet is larger than can be read in bounded memory."""
    if rows * columns > MOST_CELLS or rows > MOST_ROWS:
        where = f"Das Blatt „{sheet}“" if sheet else "Die Tabelle"
        what = f"{where} reicht über {rows} Zeilen und {columns} Spalten; gelesen werden höchstens {MOST_CELLS} Zellen."
        raise Refused(what, "Löschen Sie, was weit unter oder rechts neben der Tabelle steht, oder kopieren Sie die "
                      "Tabelle in eine neue Mappe.")  # fmt: skip


def trimmed(cells: list[Cell]) -> list[Cell]:
    """The row without its empty cells at the end."""
    while cells and cells[-1] is EMPTY:
        cells.pop()
    return cells


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() and abs(value) < _EXACT else value


def _number(value: float) -> Cell:
    if not math.isfinite(value):
        return Cell(str(value), str(value))
    return Cell(german(value), _whole(value))


def _other(value: object) -> Cell:
    if isinstance(value, bool):
        return Cell("ja" if value else "nein", value)
    if isinstance(value, dt.date):
        return dated(value)
    return EMPTY if value is None else text_cell(str(value))
