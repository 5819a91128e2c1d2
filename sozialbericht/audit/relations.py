"""Relations: what the contract says about counts, as a system of unknown whole numbers.

Areas add up to the area above, the parts of a declared sum to their whole, and a part is not larger than what it is
part of. What is known goes in as a number, everything else as an unknown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cached_property

import pandas as pd

from sozialbericht.audit.bounds import System
from sozialbericht.audit.cells import Cell, Shown
from sozialbericht.data.tableset import lives

Pair = tuple[str, str]
"""A merkmal and a Stichtag."""


class Contract:
    """The sums that the contract declares, for those counts that are not known."""

    def __init__(self, shown: Shown, known: Mapping[Cell, float]) -> None:
        self.shown, self.known = shown, known
        self.system = System()
        self._days: dict[str, pd.Series] = {}

    def over(self, pairs: Iterable[Pair]) -> System:
        """The system of all sums that touch these merkmale and Stichtage, and of those they are tied to."""
        done: set[Pair] = set()
        waiting = list(dict.fromkeys(pairs))
        while waiting:
            pair = waiting.pop()
            if pair in done or pair not in self._counted:
                continue
            done.add(pair)
            self._areas(pair)
            waiting += [other for other in self._tied(pair) if self._open(other)]
        for feature, date in sorted(done):
            self._parts(feature, date, done)
        return self.system

    @cached_property
    def _counted(self) -> set[Pair]:
        return {(cell.feature, cell.date) for cell in (*self.shown.known, *self.shown.withheld)}

    @cached_property
    def _unknown_pairs(self) -> set[Pair]:
        return {(cell.feature, cell.date) for cell in self.shown.withheld} | {
            (cell.feature, cell.date) for cell in self.shown.known if cell not in self.known
        }

    def _open(self, pair: Pair) -> bool:
        return pair in self._unknown_pairs

    def _tied(self, pair: Pair) -> list[Pair]:
        feature, date = pair
        names = [self._wholes[feature]] if self._wholes[feature] else []
        names += [name for name, whole in self._wholes.items() if whole == feature]
        for partition in self.shown.partitions:
            members = [partition.whole, *partition.parts]
            names += members if feature in members else []
        return [(name, date) for name in dict.fromkeys(names) if name != feature]

    def _areas(self, pair: Pair) -> None:
        """The areas add up to the area above, but for what is *räumlich nicht zuordenbar*."""
        there = self._there(pair[1])
        for parent, children in self._children.items():
            total = Cell(parent, *pair)
            terms = {total: 1.0, **{Cell(child, *pair): -1.0 for child in children if there[child]}}
            rest = self.shown.rests.get(total, 0.0)
            open_ended = total not in self.shown.rests and total not in self.known
            free = total in self.shown.delivered and (open_ended or total in self.shown.unassigned)
            self._relate(terms, rest, math.inf if free else rest, f"Summe der Teilgebiete: {self._names[parent]}")
        for area in self._names:
            cell = Cell(area, *pair)
            if cell not in self.known:
                self.system.limit(cell)

    def _parts(self, feature: str, date: str, within: set[Pair]) -> None:
        """The parts of a declared sum add up to it, and no part is larger than its whole."""
        names = self.shown.tables.features["bezeichnung"]
        areas = list(self._names)
        for partition in self.shown.partitions:
            members = [partition.whole, *partition.parts]
            if feature != next((name for name in members if (name, date) in within), None):
                continue
            if all((name, date) in self._counted for name in members):
                more = 0.0 if partition.complete else math.inf
                for area in areas:
                    terms = {Cell(area, name, date): -1.0 for name in partition.parts}
                    terms = {Cell(area, partition.whole, date): 1.0, **terms}
                    self._relate(terms, 0.0, more, f"Zerlegung: {names[partition.whole]}")
        whole = self._wholes[feature]
        if whole and (whole, date) in self._counted:
            for area in areas:
                terms = {Cell(area, whole, date): 1.0, Cell(area, feature, date): -1.0}
                self._relate(terms, 0.0, math.inf, f"Teil von: {names[whole]}")

    def _relate(self, terms: Mapping[Cell, float], low: float, high: float, why: str) -> None:
        relate(self.system, self.known, terms, (low, high), why)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {str(area): str(name) for area, name in self.shown.tables.areas["kurzname"].items()}

    @cached_property
    def _wholes(self) -> dict[str, str]:
        return {str(name): str(whole) for name, whole in self.shown.tables.features["teil_von"].items()}

    def _there(self, date: str) -> pd.Series:
        """Which areas exist on a day."""
        if date not in self._days:
            day = pd.Timestamp(date)
            self._days[date] = lives(self.shown.tables.areas, [day])[day]
        return self._days[date]

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        parents = self.shown.tables.areas["teil_von"]
        found: dict[str, list[str]] = {}
        for area, parent in parents.items():
            if parent:
                found.setdefault(str(parent), []).append(str(area))
        return found


def relate(
    system: System, known: Mapping[Cell, float], terms: Mapping[Cell, float], ends: tuple[float, float], why: str
) -> None:
    """Add a relation between counts, those known put in as numbers."""
    constant = sum(factor * known[cell] for cell, factor in terms.items() if cell in known)
    unknown = {cell: factor for cell, factor in terms.items() if cell not in known}
    system.relate(unknown, ends[0] - constant, ends[1] - constant, why)
