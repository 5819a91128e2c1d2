"""Grids: the cells of one sheet as they were delivered, nothing left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what a reader sees of it (as far as that is known) and what it holds."""

    text: str
    """As a German reader would write it; "" for an empty cell."""
    value: str | int | float | bool | dt.date | None
    """What is stored; per cent cells hold the share (0.125), dates are days of either date system."""
    percent: bool = False
    """Whether the cell shows its number in per cent; ``text`` then ends with " %"."""
    formula: bool = False
    """Whether this is a formula without a computed result."""


UNCOMPUTED = "Formel ohne Ergebnis"
"""What a cell with a formula without a computed result shows."""
EMPTY = Cell("", None)
"""The cell in which nothing stands."""


@dataclass(frozen=True)
class Grid:
    """A sheet as rows of cells; rows and columns are counted from 1, ``rows`` starts with row 1 and column A."""

    file: str
    """The name of the file, in an archive with the archive's: ``Lieferung.zip/Tabelle.xlsx``."""
    sheet: str
    """The name of the sheet, "" where the format has none."""
    rows: list[list[Cell]]
    """May be of different lengths; what is missing at the end of a row is empty."""
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row, first column, last row, last column of each merged range."""
    remarks: tuple[str, ...] = ()
    """What a reader should know of this sheet, in German: comments, a guessed encoding."""
    since_1904: bool = False
    """Whether bare numbers of days count from 1904 on, as on old Macs."""
