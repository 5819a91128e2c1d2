"""Cells: the counts a report is made of, and what of them its protected tables show."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from sozialbericht.data import partitions
from sozialbericht.data.partitions import Partition
from sozialbericht.data.sums import terms
from sozialbericht.data.tableset import Tables
from sozialbericht.statistics.cube import aggregate
from sozialbericht.status import Status

#: How many values must remain possible for a withheld count where the catalogue says nothing else.
LEAST = 3


class Cell(NamedTuple):
    """The count of one merkmal in one area on one Stichtag (ISO)."""

    area: str
    feature: str
    date: str


class Row(NamedTuple):
    """One value of an indicator as the protected tables have it."""

    status: str
    number: float
    numerator: float
    denominator: float
    lower: float
    upper: float
    numerator_date: str
    denominator_date: str
    year: int
    bracketed: float = math.nan


@dataclass(frozen=True)
class Shown:
    """What the protected tables of a report allow to be printed.

    ``cube`` has the columns raum_id, merkmal, stichtag, wert, status, rest and a row for each count up to the report
    year; ``values`` the indicators, indexed by indikator, jahr, raum_id. ``released`` are counts that released reports
    have shown and that are today's, too, whatever the tables say now; ``told`` what they have shown of counts that have
    no number today. ``listed`` are all counts that released reports had leave to show and that are today's.
    """

    tables: Tables
    cube: pd.DataFrame
    values: pd.DataFrame
    released: Mapping[Cell, float] = field(default_factory=dict)
    told: Mapping[Cell, float] = field(default_factory=dict)
    listed: frozenset[Cell] = frozenset()

    @cached_property
    def known(self) -> dict[Cell, float]:
        """The counts that may be printed, and those that have been."""
        cube = self.cube
        open_rows = cube[(cube["status"] != Status.WITHHELD) & cube["wert"].notna()]
        found = dict(zip(cells(open_rows), open_rows["wert"].tolist(), strict=True))
        return {**found, **self.released}

    @cached_property
    def before(self) -> dict[Cell, float]:
        """The counts that readers knew before this report: those that are no secret, and those of released reports."""
        sensitive = self.tables.features["sensibel"]
        return {
            cell: count
            for cell, count in self.known.items()
            if not sensitive[cell.feature] or cell in self.listed or cell in self.released
        }

    @cached_property
    def counted(self) -> dict[tuple[str, str], dict[Cell, float]]:
        """(merkmal, area) → its counts that may be printed."""
        found: dict[tuple[str, str], dict[Cell, float]] = {}
        for cell, count in self.known.items():
            found.setdefault((cell.feature, cell.area), {})[cell] = count
        return found

    @cached_property
    def withheld(self) -> list[Cell]:
        """The counts that may not be printed, in the order of merkmale, Stichtage and areas."""
        rows = self.cube[self.cube["status"] == Status.WITHHELD]
        features = {name: place for place, name in enumerate(self.tables.features.index)}
        areas = {name: place for place, name in enumerate(self.tables.areas.index)}
        return sorted(cells(rows), key=lambda cell: (features[cell.feature], cell.date, areas[cell.area]))

    @cached_property
    def rests(self) -> dict[Cell, float]:
        """What a count of a higher level has beyond its parts, where that is known."""
        rows = self.cube[self.cube["rest"].notna()]
        rows = rows[rows["rest"] != 0]
        return dict(zip(cells(rows), rows["rest"].tolist(), strict=True))

    @cached_property
    def unassigned(self) -> set[Cell]:
        """The counts that hold persons of no part (*räumlich nicht zuordenbar*) whose number is not shown.

        Who takes a whole for the sum of its parts is wrong about these: the parts do not add up to it.
        """
        cube = aggregate(self.tables.values, self.tables.areas)
        rows = cube[cube["rest"].notna() & (cube["rest"] != 0)]
        return set(cells(rows)) - set(self.rests)

    @cached_property
    def delivered(self) -> set[Cell]:
        """The counts of higher levels that were delivered, so that their parts need not add up to them."""
        lowest = self.tables.levels[-1]
        inner = set(self.tables.areas.index[self.tables.areas["ebene"] != lowest])
        values = self.tables.values
        return set(cells(values[values["raum_id"].isin(inner)]))

    @cached_property
    def rows(self) -> dict[tuple[str, int, str], Row]:
        """(indikator, jahr, raum_id) → its value."""
        table = self.values
        numbers = (table[name].tolist() for name in ("wert", "zaehler", "nenner", "unten", "oben"))
        status = [str(entry) for entry in table["status"].tolist()]
        dates = (_iso(table[name]) for name in ("stand_zaehler", "stand_nenner"))
        keys = [(str(a), int(b), str(c)) for a, b, c in table.index.tolist()]
        years, brackets = [year for _, year, _ in keys], table["klammer"].tolist()
        rows = zip(status, *numbers, *dates, years, brackets, strict=True)
        return dict(zip(keys, map(Row._make, rows), strict=True))

    @cached_property
    def year(self) -> int:
        """The report year."""
        return max(year for _, year, _ in self.rows)

    def at(self, year: int | None) -> Shown:
        """The same tables as a report of an earlier year has them; without a year, or one unknown, as they are."""
        years = self.values.index.get_level_values(1)
        if year is None or year >= self.year or year not in years:
            return self
        return replace(self, values=self.values[years <= year])

    @cached_property
    def decimals(self) -> dict[str, int]:
        """How many decimals each indicator is printed with."""
        names = map(str, self.tables.indicators.index)
        return dict(zip(names, map(int, self.tables.indicators["nachkommastellen"].tolist()), strict=True))

    def level(self, area: str) -> list[str]:
        """The areas of the same level."""
        levels = self.tables.areas["ebene"]
        return [str(name) for name in levels.index[levels == levels[area]]]

    @cached_property
    def widths(self) -> dict[str, int]:
        """merkmal → how many whole values must remain possible for a withheld count of it: what the catalogue declares
        as ``schutzbreite``, else as ``mindestzahl``."""
        table = self.tables.features
        found = dict.fromkeys(map(str, table.index), LEAST)
        for column in ("mindestzahl", "schutzbreite"):
            if column in table.columns:
                given = pd.to_numeric(table[column], errors="coerce").dropna()
                found |= {str(name): max(int(number), 2) for name, number in given.items()}
        return found

    @cached_property
    def partitions(self) -> list[Partition]:
        """The declared sums."""
        return partitions.of(self.tables.others.get(partitions.NAME))

    @cached_property
    def _terms(self) -> dict[str, tuple[list[str], list[str]]]:
        found = {}
        for name, entry in self.tables.indicators.iterrows():
            above = terms(str(entry["zaehler"]))
            found[str(name)] = (above, above if entry["art"] == "veraenderung" else terms(str(entry["nenner"])))
        return found

    def summands(self, indicator: str, year: int, area: str) -> tuple[list[Cell], list[Cell]]:
        """The counts an indicator's numerator and denominator are sums of; empty where they have no Stand."""
        row = self.rows.get((indicator, year, area))
        if row is None or not row.numerator_date:
            return [], []
        above, below = self._terms[indicator]
        return (
            [Cell(area, name, row.numerator_date) for name in above],
            [Cell(area, name, row.denominator_date) for name in below if row.denominator_date],
        )


def cells(rows: pd.DataFrame) -> Iterable[Cell]:
    """The cells of the rows of a cube."""
    return map(Cell._make, zip(rows["raum_id"].tolist(), rows["merkmal"].tolist(), _iso(rows["stichtag"]), strict=True))


def _iso(dates: pd.Series[Any]) -> list[str]:
    codes, known = pd.factorize(dates)
    words = [f"{day:%Y-%m-%d}" for day in pd.DatetimeIndex(known)]
    return [words[code] if code >= 0 else "" for code in codes]


def is_number(value: float) -> bool:
    """Whether there is a number."""
    return math.isfinite(value)
