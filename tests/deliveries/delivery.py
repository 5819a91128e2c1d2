"""Delivery: what an office sends, what must come out of it, what a person has to say to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.deliveries import figures
from tests.deliveries.areas import AREAS, Area
from tests.deliveries.sheets import Book

Sign = Callable[[int], str | None]


def no_sign(count: int) -> str | None:
    """All counts are shown."""
    return None


def small(sign: str, most: int = 2) -> Sign:
    """Counts from 1 to ``most`` are withheld under a sign."""
    return lambda count: sign if 1 <= count <= most else None


@dataclass
class Made:
    """A file's content with the rows that must come out of it."""

    content: Book | bytes = b""
    expected: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def taken(self, area: Area, merkmal: str, stichtag: str, shown: object, stored: str | None = None) -> Any:
        """The cell ``shown`` of a file, noted as to come out as ``stored`` (as it is shown where this says nothing)."""
        self.expected[area.id, merkmal, stichtag] = str(shown if stored is None else stored)
        return shown

    def counts(
        self, area: Area, merkmale: Sequence[str], stichtag: str, sign: Sign = no_sign, stored: str | None = None
    ) -> list[Any]:
        """The cells of one area for several merkmale, noted as to come out."""
        cells = []
        for merkmal in merkmale:
            count = figures.value(area.id, merkmal, stichtag)
            mark = sign(count)
            cells.append(self.taken(area, merkmal, stichtag, count if mark is None else mark, mark and stored))
        return cells

    def table(self) -> str:
        """The long table, sorted by area, merkmal and date."""
        ordered = sorted(self.expected, key=lambda key: (*key[:2], key[2][6:], key[2][3:5], key[2][:2]))
        lines = ["raum_id;merkmal;stichtag;wert", *(";".join((*key, self.expected[key])) for key in ordered)]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Delivery:
    """A source: its folder, the suffix of its files, what makes them for a year, years, and a person's answers."""

    folder: str
    suffix: str
    made: Callable[[int], Made]
    answers: dict[str, Any]
    years: tuple[int, ...] = (2008,)

    def files(self) -> list[tuple[str, Made]]:
        """The names (without suffix) of the delivery and its successor, with what they hold."""
        return [(name, self.made(year)) for name, year in zip(("lieferung", "folgejahr"), self.years, strict=False)]


def total(merkmal: str, stichtag: str, areas: Sequence[Area] = tuple(AREAS)) -> int:
    """The sum of several areas."""
    return sum(figures.value(area.id, merkmal, stichtag) for area in areas)


def grouped(count: float, sign: str, places: int = 0) -> str:
    """A number with a sign between thousands."""
    return f"{count:,.{places}f}".replace(".", "§").replace(",", sign).replace("§", ",")
