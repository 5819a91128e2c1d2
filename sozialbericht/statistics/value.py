"""A value and its status: no number travels without numerator, denominator, Stand and the reason if it is not shown."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from sozialbericht.position import Position
from sozialbericht.statistics.kind import Kind
from sozialbericht.status import Status


@dataclass(frozen=True)
class Value:
    """One indicator's value of one area in one report year, after disclosure control.

    ``number`` is NaN unless ``status`` is ok or unreliable; ``bracketed`` is the number of a limited one. ``lower`` and
    ``upper`` bound the 95 % interval,
    ``interval`` says which one it is, or why there is none (both bounds NaN). ``position``: beside the city, by the one
    rule of :mod:`~sozialbericht.statistics.intervals.comparison`. ``clustering``: how many people stand behind each
    independent case. ``segment`` counts the breaks before the Stand: values of different segments must not be
    compared. ``unit``, ``decimals``, ``art`` and ``factor`` come from the catalogue.
    """

    area: str
    indicator: str
    year: int
    number: float
    numerator: float
    denominator: float
    numerator_date: dt.date | None
    denominator_date: dt.date | None
    status: Status
    bracketed: float = math.nan
    lower: float = math.nan
    upper: float = math.nan
    interval: Kind = Kind.COUNT
    position: Position = Position.UNKNOWN
    clustering: float = 1.0
    segment: int = 0
    unit: str = ""
    decimals: int = 1
    area_name: str = ""
    period: str = "stichtag"
    art: str = ""
    factor: float = 1.0

    @property
    def shown(self) -> bool:
        """Whether the number may be printed."""
        return self.status in (Status.OK, Status.UNRELIABLE) and not math.isnan(self.number)

    @property
    def in_table(self) -> float:
        """The number that a table shows, in brackets where it is limited; NaN where there is none."""
        return self.bracketed if self.status == Status.LIMITED else self.number

    def comparable(self, other: Value) -> bool:
        """Whether a change between the two may be stated: both shown, no break between them, different Stände."""
        return (
            self.shown and other.shown and self.segment == other.segment and self.numerator_date != other.numerator_date
        )
