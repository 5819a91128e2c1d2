"""Material: what the rules look at, prepared once: the panels of a data folder, places of values, names and dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.data import partitions
from sozialbericht.data.reading.parsing import german, is_count
from sozialbericht.data.sums import Cube
from sozialbericht.data.tableset import Tables
from sozialbericht.plausibility.oddity import Cell
from sozialbericht.plausibility.panel import Panel


class Material:
    """Checked tables as the rules of plausibility look at them; signs in place of numbers are unknown to them."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.areas: tuple[str, ...] = tuple(map(str, tables.areas.index))
        self.base: np.ndarray = (tables.areas["ebene"] == tables.levels[-1]).to_numpy()
        self._cube = Cube(tables)

    @cached_property
    def panels(self) -> dict[str, Panel]:
        """The panel of each Merkmal that has numbers, in the order of the catalogue."""
        wide = self._cube.wide.dropna(how="all").sort_index()
        rows = wide.to_numpy(dtype=float)
        keys = zip(wide.index.get_level_values(0), wide.index.get_level_values(1).date, range(len(wide)), strict=True)
        breaks: Any = self.tables.breaks
        found = {}
        for feature, group in groupby(keys, key=lambda key: str(key[0])):
            _, dates, places = zip(*group, strict=True)
            starts = {pd.Timestamp(day).date() for day in breaks["ab"][breaks["merkmal"] == feature]}
            cuts = tuple(sum(date < start for date in dates) for start in sorted(starts))
            found[feature] = Panel(
                feature, self.areas, dates, rows[list(places)].T, self.base,
                tuple(cut for cut in cuts if 0 < cut < len(dates)),
                is_count(str(self.tables.features.at[feature, "einheit"])),
            )  # fmt: skip
        return {str(name): found[name] for name in self.tables.features.index if name in found}

    @cached_property
    def lowest(self) -> tuple[str, ...]:
        """The smallest areas, in the order of their list."""
        return tuple(area for area, chosen in zip(self.areas, self.base, strict=True) if chosen)

    @cached_property
    def bound(self) -> frozenset[str]:
        """The Merkmale of declared sums that leave nothing out: none of them can be wrong alone."""
        declared = partitions.of(self.tables.others.get(partitions.NAME))
        return frozenset(name for one in declared if one.complete for name in (one.whole, *one.parts))

    def place(self, cell: Cell) -> tuple[str, int]:
        """File and line of a value."""
        return self._cube.place((cell.area, cell.feature, pd.Timestamp(cell.date)))

    def places(self, cells: Iterable[Cell]) -> tuple[str, tuple[int, ...]]:
        """The file of the first of several values, and the lines of those that stand in it."""
        found = [self.place(cell) for cell in cells]
        return found[0][0], tuple(row for file, row in found if file == found[0][0])

    # -- words -------------------------------------------------------------------------------------------

    def area(self, area: str) -> str:
        """What an area is called: its short name, above the smallest level its full one."""
        row = self.tables.areas.loc[area]
        return str(row["kurzname"] if row["ebene"] == self.tables.levels[-1] else row["name"])

    def feature(self, feature: str) -> str:
        """What a Merkmal is called."""
        return str(self.tables.features.at[feature, "bezeichnung"])

    def stand(self, feature: str, date: dt.date) -> str:
        """When something was counted: „am 31.12.2006“, „im Jahr 2006“, „im Schuljahr 2005/2006“."""
        period = self.tables.features.at[feature, "zeitbezug"]
        if period == "schuljahr":
            return f"im Schuljahr {date.year}/{date.year + 1}"
        return f"im Jahr {date.year}" if period == "jahr" else f"am {date:%d.%m.%Y}"

    @staticmethod
    def number(value: float) -> str:
        """A number as it was delivered, with German separators."""
        whole, _, part = german(round(float(value), 6)).partition(",")
        return numbers.number(float(whole.replace(".", ""))) + (f",{part}" if part else "")

    @staticmethod
    def about(value: float) -> str:
        """What is expected, rounded to what can be meant: three digits."""
        if abs(value) < 3:
            return numbers.number(value, 0 if abs(value) < 0.05 else 1)
        return numbers.number(round(float(value), min(3 - len(f"{abs(value):.0f}"), 0)))

    def list_of(self, features: Iterable[str], most: int = 4) -> str:
        """Several Merkmale by name, and how many more there are."""
        names = [self.feature(feature) for feature in features]
        more = f" und {len(names) - most} weitere" if len(names) > most else ""
        return ", ".join(names[:most]) + more
