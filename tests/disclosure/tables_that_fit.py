"""All tables that agree with what is shown, found by trying: a second opinion that shares no code with the attacker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from sozialbericht.data.partitions import Partition
from sozialbericht.disclosure.protection import Protection

WHOLE, REST = "alle", "rest"
DAY = pd.Timestamp("2006-12-31")


@dataclass
class City:
    """A small city: areas with the area above each, counts of parts in the lowest, and whether all parts are told.

    ``counts[area, part]`` are numbers; with an incomplete partition the part ``rest`` is counted in the whole only.
    ``secret`` are cells that are delivered as withheld.
    """

    parents: dict[str, str]
    parts: tuple[str, ...]
    counts: dict[tuple[str, str], int]
    complete: bool = True
    day: pd.Timestamp = DAY
    secret: tuple[tuple[str, str], ...] = ()
    told: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.told = self.parts if self.complete else tuple(p for p in self.parts if p != REST)
        self.leaves = [a for a in self.parents if a not in self.parents.values()]

    def cube(self) -> pd.DataFrame:
        """All counts of all areas."""
        rows = [
            (area, feature, self.day, np.nan, "withheld", 0.0) if (area, feature) in self.secret
            else (area, feature, self.day, float(sum(self.counts[m] for m in self.members(area, feature))), "ok", 0.0)
            for area in (*self.leaves, *(a for a in self.parents if a not in self.leaves))
            for feature in (*self.told, WHOLE)
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["raum_id", "merkmal", "stichtag", "wert", "status", "rest"])

    def areas(self) -> pd.DataFrame:
        return pd.DataFrame({"teil_von": self.parents})

    def features(self) -> pd.DataFrame:
        names = [WHOLE, *self.told]
        return pd.DataFrame({"sensibel": dict.fromkeys(names, True), "teil_von": dict.fromkeys(names, "")}).assign(
            teil_von=["", *[WHOLE] * len(self.told)]
        )

    def partitions(self) -> list[Partition]:
        return [Partition("teile", WHOLE, self.told, self.complete)]

    def protected(self) -> Protection:
        return Protection(self.cube(), self.features(), self.areas(), self.partitions())

    def below(self, area: str) -> list[str]:
        """The lowest areas in an area."""
        children = [a for a, above in self.parents.items() if above == area]
        return [leaf for child in children for leaf in self.below(child)] or [area]

    def members(self, area: str, feature: str) -> list[tuple[str, str]]:
        """The counts that a cell is the sum of."""
        parts = self.parts if feature == WHOLE else (feature,)
        return [(leaf, part) for leaf in self.below(area) for part in parts]


def shown_of(protection: Protection) -> dict[tuple[str, str], float]:
    """What everyone can read."""
    cube = protection.cube()
    cube = cube[cube["status"] == "ok"]
    return {(row.raum_id, row.merkmal): row.wert for row in cube.itertuples()}


def fitting(city: City, shown: dict[tuple[str, str], float], beyond: int = 6) -> Iterator[dict[tuple[str, str], int]]:
    """Every table of the smallest counts that agrees with what is shown, up to ``beyond`` above the true ones."""
    unknowns = [(leaf, part) for leaf in city.leaves for part in city.parts]
    place = {unknown: n for n, unknown in enumerate(unknowns)}
    sums = [([place[m] for m in city.members(*cell)], value) for cell, value in shown.items()]
    at = [[(members, value) for members, value in sums if n in members] for n in range(len(unknowns))]
    table = np.zeros(len(unknowns), dtype=int)

    def go_on(n: int) -> Iterator[dict[tuple[str, str], int]]:
        if n == len(unknowns):
            yield {unknown: int(table[m]) for unknown, m in place.items()}
            return
        for number in range(city.counts[unknowns[n]] + beyond + 1):
            table[n] = number
            totals = [(sum(table[m] for m in members if m <= n), max(members), value) for members, value in at[n]]
            if any(total > value for total, _, value in totals):
                break
            if all(total == value for total, last, value in totals if last == n):
                yield from go_on(n + 1)
        table[n] = 0

    yield from go_on(0)


def ranges(city: City, shown: dict[tuple[str, str], float], cells: list[tuple[str, str]], enough: float) -> dict:
    """The least and the greatest value of cells over all tables that fit; stops once all are ``enough`` apart."""
    found = dict.fromkeys(cells, (np.inf, -np.inf))
    for table in fitting(city, shown):
        for cell, (least, most) in found.items():
            value = sum(table[m] for m in city.members(*cell))
            found[cell] = (min(least, value), max(most, value))
        if all(most - least >= enough for least, most in found.values()):
            break
    return found


def computed(
    city: City, shown: dict[tuple[str, str], float], cell: tuple[str, str], enough: float = np.inf
) -> tuple[float, float]:
    """The same for one cell by integer programs over the smallest counts: where the greatest value is ``enough`` above
    the true one, which fits, nobody asks for the least."""
    unknowns = {(leaf, part): n for n, (leaf, part) in enumerate((a, p) for a in city.leaves for p in city.parts)}
    matrix = np.zeros((len(shown), len(unknowns)))
    for row, key in enumerate(shown):
        matrix[row, [unknowns[m] for m in city.members(*key)]] = 1
    goal = np.zeros(len(unknowns))
    goal[[unknowns[m] for m in city.members(*cell)]] = 1
    told = np.array(list(shown.values()))

    def end(sign: int) -> float:
        solved = milp(
            sign * goal,
            constraints=LinearConstraint(matrix, told, told) if shown else (),
            integrality=np.ones(len(unknowns)),
            bounds=Bounds(0, sum(city.counts.values()) + 50),
        )
        return float(sign * solved.fun)

    true, most = float(sum(city.counts[m] for m in city.members(*cell))), end(-1)
    return (true if most - true >= enough else end(1)), most
