"""The rows that a table and the picture beside it share: both take their heights from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from sozialbericht.drawing.canvas.style import POINT, text_width, wrap

#: Size of the text in pt, what it takes of a row for each line, in mm.
SIZE, LINE = 7.6, 3.1
#: Size of the heads and of what stands in grey, in pt.
SMALL = 7.2


@dataclass(frozen=True)
class Rowgrid:
    """Heights in mm: of the head, and of each row below it."""

    head: float
    rows: tuple[float, ...]

    @classmethod
    def of(cls, head: float, names: Sequence[str], *, width: float, row: float) -> Rowgrid:
        """A grid for names in a column of ``width`` mm: rows of ``row`` mm, higher where a name needs more lines."""
        return cls(head, tuple(height(name, width, row) for name in names))

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return round(self.head + sum(self.rows), 2)

    def tops(self) -> list[float]:
        """Where each row begins."""
        return [round(top, 2) for top in accumulate(self.rows, initial=self.head)][:-1]

    def middles(self) -> list[float]:
        """Where the middle of each row lies."""
        return [top + height / 2 for top, height in zip(self.tops(), self.rows, strict=True)]


def lines_of(name: str, width: float) -> int:
    """How many lines a name needs in a column of ``width`` mm."""
    return len(wrap(name, width, SIZE))


def height(name: str, width: float, row: float) -> float:
    """The height in mm of the row of a name in a column of ``width`` mm, at least ``row``."""
    return max(row, round(LINE * lines_of(name, width), 1))


def fitting(words: Sequence[str], least: float, *, weight: int = 400) -> float:
    """The width in mm of a column that holds the widest of these words, at least ``least``."""
    return max([least, *(round(text_width(word, SIZE, weight) + 2 * POINT, 1) for word in words)])
