"""Stock: the tables of a data folder and their protected values, computed once per process and content.

Who asks again gets the same values without waiting; after a change in the folder the new ones. Everything handed out
belongs to the caller: changing it does not change the stock.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from sozialbericht.data import contract
from sozialbericht.data.fingerprint import fingerprint
from sozialbericht.data.tables import Tables
from sozialbericht.statistics import indicators
from sozialbericht.statistics.cube import aggregate
from sozialbericht.statistics.disclosure import protect


class Stock:
    """What one data folder holds at one time. ``key`` tells one content of a folder from another."""

    def __init__(self, folder: Path, content: str) -> None:
        self.key = (str(folder), content)
        self._tables = contract.load(folder)
        self._values: dict[int, pd.DataFrame] = {}
        self._derived: dict[Any, Any] = {}

    def tables(self) -> Tables:
        """The checked tables."""
        found = self._tables
        frames = ("areas", "features", "indicators", "values", "breaks")
        return replace(
            found,
            descriptor=copy.deepcopy(found.descriptor),
            geometry=None if found.geometry is None else found.geometry.copy(),
            years=list(found.years),
            others={name: table.copy() for name, table in found.others.items()},
            **{name: getattr(found, name).copy() for name in frames},
        )

    def cube(self) -> pd.DataFrame:
        """The protected counts: raum_id, merkmal, stichtag, wert, status, rest."""
        return self._cube.copy()

    @cached_property
    def _cube(self) -> pd.DataFrame:
        return protect(aggregate(self._tables.values, self._tables.areas), self._tables.features)

    def values(self, year: int) -> pd.DataFrame:
        """The protected values of all indicators up to ``year``: index indikator, jahr, raum_id, sorted; else the
        columns of :data:`sozialbericht.statistics.indicators.COLUMNS`."""
        if year not in self._values:
            found = self._tables
            years = [y for y in found.years if y <= year]
            table = indicators.compute(self._cube, found.areas, found.indicators, found.breaks, years)
            self._values[year] = table.set_index(["indikator", "jahr", "raum_id"]).sort_index()
        return self._values[year].copy()

    def rows(self, year: int) -> Mapping[Any, Any]:
        """The same values row by row, for look-ups of single ones: (indikator, jahr, raum_id) → named tuple."""

        def compute() -> Mapping[Any, Any]:
            table = self.values(year)
            return MappingProxyType(dict(zip(table.index, table.itertuples(index=False), strict=True)))

        found: Mapping[Any, Any] = self.derived(("rows", year), compute)
        return found

    def derived(self, name: Any, compute: Callable[[], Any]) -> Any:
        """What ``compute`` makes of this folder, computed once per name; must not be changed by those who get it."""
        if name not in self._derived:
            self._derived[name] = compute()
        return self._derived[name]


def of(folder: Path) -> Stock:
    """The stock of a data folder as it is now; raises ``InputError`` with every fault found."""
    path = Path(folder).resolve()
    try:
        content = fingerprint(path)
    except OSError:  # the contract says what cannot be read
        return Stock(path, "")
    return _stock(path, content)


_stock = lru_cache(maxsize=2)(Stock)
