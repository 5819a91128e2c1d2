"""Clustering: how many people stand behind each independent case of an indicator, as the catalogue says it.

The column ``haeufung`` holds a number („1,7“) or a quotient of two Merkmale („sgb2 / bg“: persons per
Bedarfsgemeinschaft); empty means that the cases are independent of each other.
"""

from __future__ import annotations

from typing import NamedTuple

from sozialbericht.data.reading import parsing

COLUMN = "haeufung"


class Clustering(NamedTuple):
    """A fixed ``factor``, or ``people`` per ``units`` (Merkmale) where these are given."""

    factor: float = 1.0
    people: str = ""
    units: str = ""


def clustering(text: object) -> Clustering:
    """What a cell of the column says; raises ``CellError`` where it is neither a number nor a quotient."""
    given = str(text or "").strip()
    if not given:
        return Clustering()
    people, sign, units = (part.strip() for part in given.partition("/"))
    return Clustering(people=people, units=units) if sign else Clustering(parsing.number(given))
