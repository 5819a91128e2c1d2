"""Permitted: the numbers that the protected tables allow to be printed about an area, in every form a report uses."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from sozialbericht.audit.cells import Row, Shown, is_number
from sozialbericht.audit.mentions import Topic
from sozialbericht.data.sums import terms
from sozialbericht.status import Status


class Permitted:
    """What may be printed, and what may not."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown

    @cached_property
    def secrets(self) -> dict[tuple[Topic, str], set[str]]:
        """(topic, area) → the Stände at which its number is withheld."""
        found: dict[tuple[Topic, str], set[str]] = defaultdict(set)
        for cell in self.shown.withheld:
            found[("merkmal", cell.feature), cell.area].add(cell.date)
        for (indicator, _, area), row in self.shown.rows.items():
            if row.status == Status.WITHHELD:
                found[("indikator", indicator), area].add(row.numerator_date)
        return dict(found)

    def values(self, topic: Topic, area: str, years: frozenset[int]) -> frozenset[float]:
        """The values and counts of this topic and area that may be printed for the report year and these years."""
        key = (topic, area, years)
        if key not in self._values:
            self._values[key] = frozenset(self._plain(topic, area, {*years, self.shown.year}))
        return self._values[key]

    def all_numbers(self, area: str) -> frozenset[float]:
        """All values and counts of an area that may be printed, of whatever topic and year."""
        if area not in self._everything:
            years = {year for _, year, _ in self.shown.rows}
            names = self._topics
            self._everything[area] = frozenset(number for topic in names for number in self._plain(topic, area, years))
        return self._everything[area]

    @cached_property
    def _topics(self) -> list[Topic]:
        tables = self.shown.tables
        topics: list[Topic] = [("indikator", str(name)) for name in tables.indicators.index]
        return topics + [("merkmal", str(name)) for name in tables.features.index]

    @cached_property
    def _values(self) -> dict[tuple[Topic, str, frozenset[int]], frozenset[float]]:
        return {}

    @cached_property
    def _everything(self) -> dict[str, frozenset[float]]:
        return {}

    @cached_property
    def _counting(self) -> dict[str, list[str]]:
        """The indicators that a merkmal is counted in."""
        found: dict[str, list[str]] = defaultdict(list)
        for indicator, expression in self.shown.tables.indicators["zaehler"].items():
            for feature in terms(str(expression)):
                found[feature].append(str(indicator))
        return found

    @cached_property
    def _rows(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for (indicator, _, area), row in self.shown.rows.items():
            found[indicator, area].append(row)
        return found

    def _plain(self, topic: Topic, area: str, years: set[int]) -> Iterable[float]:
        """Values and counts without anything computed from several of them."""
        kind, name = topic
        if kind == "merkmal":
            counts = self.shown.counted.get((name, area), {})
            yield from (_rounded(count) for cell, count in counts.items() if int(cell.date[:4]) in years)
            for indicator in self._counting.get(name, []):
                yield from self._plain(("indikator", indicator), area, years)
            return
        for row in self._rows.get((name, area), []):
            if row.year in years or int(row.numerator_date[:4] or 0) in years:
                for number in (row.number, row.bracketed, row.lower, row.upper):
                    yield from printed(number, self.shown.decimals[name])
                numerator = math.nan if row.status == Status.WITHHELD else row.numerator
                yield from (_rounded(count) for count in (numerator, row.denominator) if is_number(count))


def printed(number: float, decimals: int) -> Iterable[float]:
    """A number as it may be printed: with its decimals or fewer, with and without its sign."""
    if is_number(number):
        for places in range(decimals + 1):
            value = _rounded(number, places)
            yield value
            yield abs(value)


def _rounded(number: float, places: int = 0) -> float:
    """The number rounded as :func:`sozialbericht.numbers.rounded` does it, for hundreds of thousands of them."""
    factor = 10.0**places
    return math.copysign(math.floor(abs(number) * factor + 0.5 + 1e-9 * factor) / factor, number)
