"""Permitted: the numbers that the protected tables allow to be printed about an area, in every form a report uses."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import combinations

from sozialbericht.data.sums import terms
from sozialbericht.disclosure.cells import Row, Shown, is_number
from sozialbericht.disclosure.vocabulary import Topic
from sozialbericht.numbers import rounded
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

    @cached_property
    def secretive(self) -> set[str]:
        """The areas of which some number is withheld."""
        return {area for _, area in self.secrets}

    def values(self, topic: Topic, area: str, years: frozenset[int]) -> frozenset[float]:
        """The values and counts of this topic and area that may be printed for the report year and these years."""
        key = (topic, area, years)
        if key not in self._values:
            self._values[key] = frozenset(self._plain(topic, area, {*years, self.shown.year}))
        return self._values[key]

    def numbers(self, topic: Topic, area: str) -> frozenset[float]:
        """All numbers that may be printed about this topic and area, of whatever year, changes among them."""
        key = (topic, area)
        if key not in self._numbers:
            self._numbers[key] = frozenset(self._derived(topic, area))
        return self._numbers[key]

    def all_numbers(self, area: str) -> frozenset[float]:
        """All numbers that may be printed about an area."""
        if area not in self._everything:
            tables = self.shown.tables
            topics: list[Topic] = [("indikator", str(name)) for name in tables.indicators.index]
            topics += [("merkmal", str(name)) for name in tables.features.index]
            self._everything[area] = frozenset().union(*(self.numbers(topic, area) for topic in topics))
        return self._everything[area]

    @cached_property
    def _numbers(self) -> dict[tuple[Topic, str], frozenset[float]]:
        return {}

    @cached_property
    def _values(self) -> dict[tuple[Topic, str, frozenset[int]], frozenset[float]]:
        return {}

    @cached_property
    def _everything(self) -> dict[str, frozenset[float]]:
        return {}

    def _counts(self, feature: str, area: str) -> list[float]:
        return list(self.shown.counted.get((feature, area), {}).values())

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
            yield from (rounded(count) for cell, count in counts.items() if int(cell.date[:4]) in years)
            for indicator in self._counting.get(name, []):
                yield from self._plain(("indikator", indicator), area, years)
            return
        for row in self._rows.get((name, area), []):
            if row.year in years or int(row.numerator_date[:4] or 0) in years:
                for number in (row.number, row.lower, row.upper):
                    yield from _printed(number, self.shown.decimals[name])
                numerator = math.nan if row.status == Status.WITHHELD else row.numerator
                yield from (rounded(count) for count in (numerator, row.denominator) if is_number(count))

    def _derived(self, topic: Topic, area: str) -> Iterable[float]:
        kind, name = topic
        if kind == "merkmal":
            counts = self._counts(name, area)
            yield from map(rounded, counts)
            yield from _changes(counts)
            return
        entry = self.shown.tables.indicators.loc[name]
        decimals = self.shown.decimals[name]
        city = self._rows.get((name, self.shown.tables.city), [])
        rows = self._rows.get((name, area), [])
        values = [row.number for row in rows if is_number(row.number)]
        for row in rows:
            for number in (row.number, row.lower, row.upper):
                yield from _printed(number, decimals)
            if row.status != Status.WITHHELD:
                yield from (rounded(count) for count in (row.numerator, row.denominator) if is_number(count))
            elif is_number(row.denominator):
                yield rounded(row.denominator)
            for reference in city:
                if is_number(row.number) and is_number(reference.number):
                    yield from _printed(abs(row.number - reference.number), decimals)
                    yield from _changes([reference.number, row.number])
        for one, other in combinations(values, 2):
            yield from _printed(abs(one - other), decimals)
        yield from _changes(values)
        for feature in dict.fromkeys(terms(str(entry["zaehler"])) + terms(str(entry["nenner"]))):
            yield from map(rounded, self._counts(feature, area))


def _printed(number: float, decimals: int) -> Iterable[float]:
    """A number as it may be printed: with its decimals or fewer, with and without its sign."""
    if is_number(number):
        for places in range(decimals + 1):
            yield rounded(number, places)
            yield abs(rounded(number, places))


def _changes(numbers: list[float]) -> Iterable[float]:
    """Differences and changes in % between two of these."""
    for one, other in combinations(numbers, 2):
        yield abs(rounded(other - one))
        for before, after in ((one, other), (other, one)):
            if before:
                change = (after / before - 1) * 100
                yield from (abs(rounded(change, places)) for places in (0, 1))
                yield from (rounded(100 + change, places) for places in (0, 1))
