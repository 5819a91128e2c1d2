"""Oddity (*Hinweis*): one thing that is unusual in the data, where, how unusual, and what to do about it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

#: More than this says nothing more.
MOST_UNUSUAL = 99.9

RULES = {
    "sprung": "Sprung",
    "bruch": "Bruch einer Reihe",
    "groessenordnung": "Größenordnung",
    "vertauscht": "Gebiete vertauscht",
    "wiederholung": "Wiederholte Zahlen",
    "ausreisser": "Ausreißer",
    "gerundet": "Gerundete Zahlen",
    "summe": "Summe",
    "rest": "Rest",
    "stichtag": "Stichtag",
    "flaeche": "Fläche",
}
"""The rules by their key in ``hinweise.csv`` and the German word for what they find."""


class Cell(NamedTuple):
    """One value: of which area, merkmal and Stichtag."""

    area: str
    feature: str
    date: dt.date


@dataclass(frozen=True)
class Oddity:
    """One thing that is unusual.

    ``rule`` is a key of :data:`RULES`; ``unusual`` says how much, in usual deviations (standard deviations of a normal
    distribution that would be as rare; at most ``MOST_UNUSUAL``). ``area``, ``feature``, ``date`` say what it is about,
    empty (None) where it is about all or none; ``cells`` are the values that it may explain, the leading one first.
    ``observed`` and ``expected`` are in the unit of what is compared. ``what`` and ``remedy`` are German; they name
    counts that may have to be withheld and are for the analyst alone.
    """

    rule: str
    unusual: float
    what: str
    remedy: str
    file: str
    rows: tuple[int, ...] = ()
    area: str = ""
    feature: str = ""
    date: dt.date | None = None
    observed: float | None = None
    expected: float | None = None
    cells: tuple[Cell, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "unusual", round(min(float(self.unusual), MOST_UNUSUAL), 1))

    @property
    def key(self) -> str:
        """By what the oddity is called on the command line: ``sprung/sr_altstadt/alo/2006-09-30``."""
        return key(self.rule, self.area, self.feature, self.date)

    @property
    def years(self) -> set[int]:
        """The years that it is about; none for what holds at all times (polygons)."""
        return {cell.date.year for cell in self.cells} | ({self.date.year} if self.date else set())

    def told(self) -> dict[str, Any]:
        """All of it as plain values that JSON can hold."""
        return {
            **dataclasses.asdict(self),
            "date": self.date.isoformat() if self.date else None,
            "cells": [[cell.area, cell.feature, cell.date.isoformat()] for cell in self.cells],
        }

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        """What :meth:`told` has told."""
        cells = tuple(Cell(area, feature, dt.date.fromisoformat(date)) for area, feature, date in told["cells"])
        date = dt.date.fromisoformat(told["date"]) if told["date"] else None
        return cls(**{**told, "cells": cells, "date": date, "rows": tuple(told["rows"])})


def key(rule: str, area: str, feature: str, date: dt.date | None) -> str:
    """Rule, area, Merkmal and Stichtag in one word, „-“ for what is left open."""
    return "/".join(part or "-" for part in (rule, area, feature, date.isoformat() if date else ""))
