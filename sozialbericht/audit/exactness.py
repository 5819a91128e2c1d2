"""Exactness: the numbers of open tables, each judged by the one that the protected tables have in its place.

A row that names area, subject and Stand leaves no doubt what its numbers are: whatever else stands there is a fault.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from sozialbericht.audit.cells import Cell, Row, Shown, is_number
from sozialbericht.audit.evidence import Statement
from sozialbericht.audit.permitted import printed
from sozialbericht.audit.readers.readings import Record
from sozialbericht.status import Status


class Exactness:
    """Judges by what may be printed."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    def statements(self, file: str, records: Iterable[Record]) -> Iterator[Statement]:
        """The numbers that the protected tables do not have in their place."""
        areas, tables = self._shown.tables.areas.index, self._shown.tables
        for record in records:
            subjects = tables.features if record.kind == "merkmal" else tables.indicators
            known = record.subject in subjects.index and record.area in areas
            for column, number in record.numbers:
                if known and any(math.isclose(number, one, abs_tol=1e-9) for one in self._allowed(record, column)):
                    continue
                topics = frozenset({(record.kind, record.subject)}) if record.subject in subjects.index else frozenset()
                words = f"{record.subject}, {column}, {record.date or record.year or self._shown.year}"
                area = record.area if record.area in areas else tables.city
                yield Statement(file, "Tabelle", area, topics, f"{number:g}", words, certain=True)

    def _allowed(self, record: Record, column: str) -> Iterator[float]:
        if record.kind == "merkmal":
            count = self._shown.known.get(Cell(record.area, record.subject, record.date))
            if count is not None and column == "wert":
                yield count
            return
        row = self._shown.rows.get((record.subject, record.year or self._shown.year, record.area))
        if row is not None:
            yield from filter(is_number, self._of(row, column, self._shown.decimals[record.subject]))

    def _of(self, row: Row, column: str, decimals: int) -> Iterator[float]:
        """What a column may hold: values with their decimals, counts as they are."""
        match column:
            case "wert":
                yield from printed(row.number, decimals)
                yield from printed(row.bracketed, decimals)
            case "unten":
                yield from printed(row.lower, decimals)
            case "oben":
                yield from printed(row.upper, decimals)
            case "zaehler" if row.status != Status.WITHHELD:
                yield row.numerator
            case "nenner":
                yield row.denominator
