"""Found tables: what stands in a sheet, each row in its part."""

from __future__ import annotations

from dataclasses import dataclass

from sozialbericht.delivery.sheets.grid import Cell


@dataclass(frozen=True)
class Column:
    """A column of a found table: its number in the sheet from 1, its letters, the words of its head from top to
    bottom (filled over merged cells, without footnote marks)."""

    number: int
    letter: str
    head: tuple[str, ...]
    hidden: bool


@dataclass(frozen=True)
class Row:
    """A row of the body: its number in the sheet from 1; ``cells`` stand parallel to the columns of the table."""

    number: int
    cells: tuple[Cell, ...]
    total: bool
    """Whether it adds up others: „Insgesamt“, „Summe“, a city or a district among its parts."""
    hidden: bool
    section: str = ""
    """The last line above that stands alone between the rows, as „Männer“ or the district of the following areas."""


@dataclass(frozen=True)
class FoundTable:
    """A table in a sheet. Each filled row of the sheet is in a head, among ``rows``, ``notes``, ``left_out``, or in
    ``title``, in one of the tables of the sheet."""

    file: str
    sheet: str
    title: tuple[str, ...]
    """The rows above the head, from top to bottom."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[int, str], ...]
    """Row and text of footnotes, sources and the like."""
    left_out: tuple[tuple[int, str, str], ...]
    """Row, reason in German, and text of what belongs to no table."""
    remarks: tuple[str, ...]
    """What a reader should know, in German: hidden rows, columns, sheets."""
    title_rows: tuple[int, ...] = ()
    """The rows of the sheet in which the title stands."""
    head_rows: tuple[int, ...] = ()
    """The rows of the sheet in which the head stands."""
    elsewhere: tuple[tuple[str, int, str], ...] = ()
    """Place, row and text of what stands in sheets without a table, told with the first table of a delivery."""
    since_1904: bool = False
    """Whether bare numbers of days count from 1904 on."""
