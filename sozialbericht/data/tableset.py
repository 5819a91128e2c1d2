"""The tables of a data folder, typed and checked: what the contract hands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sozialbericht.data import descriptor, levels
from sozialbericht.data.levels import Ebenen
from sozialbericht.data.settings import Settings

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True)
class Tables:
    """All tables of a data folder, typed and checked.

    ``areas``, ``features`` and ``indicators`` are indexed by their keys in the order of their files, which is
    the order in the report. ``values`` holds raum_id, merkmal, stichtag, wert (NaN where there is no number),
    status (ok, withheld, unreliable, missing, not_meaningful), datei, zeile. ``geometry`` has a polygon and a
    label point (``geometry``, ``label``, in metres) per area of the lowest level. ``revised`` says which values were
    counted anew (raum_id, merkmal, stichtag, fassung), ``versions`` in which years such values came.
    """

    folder: Path
    descriptor: dict[str, Any]
    areas: pd.DataFrame
    features: pd.DataFrame
    indicators: pd.DataFrame
    values: pd.DataFrame
    breaks: pd.DataFrame
    geometry: gpd.GeoDataFrame | None
    years: list[int]
    status_text: str
    others: dict[str, pd.DataFrame] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    revised: pd.DataFrame = field(default_factory=pd.DataFrame)
    versions: list[int] = field(default_factory=list)

    @property
    def levels(self) -> list[str]:
        """The keys of the levels of areas from the city down to the smallest areas."""
        return [level.schluessel for level in self.ebenen]

    @cached_property
    def ebenen(self) -> Ebenen:
        """The levels of areas with their German words."""
        return levels.of(descriptor.levels(self.descriptor), self.settings.ebenen)

    @cached_property
    def city(self) -> str:
        """The raum_id of the whole city."""
        return str(self.areas.index[self.areas["ebene"] == self.ebenen.stadt.schluessel][0])

    @cached_property
    def neighbours(self) -> frozenset[tuple[str, str]]:
        """Pairs of adjoining areas, sorted: from ``nachbarn.csv`` if there is one, else from the polygons."""
        from sozialbericht.data.polygons import geometry

        if "nachbarn" in self.others:
            table = self.others["nachbarn"]
            return frozenset(
                (min(a, b), max(a, b)) for a, b in zip(table["raum_id_a"], table["raum_id_b"], strict=True)
            )
        return geometry.neighbours(self.geometry) if self.geometry is not None else frozenset()


def lives(areas: pd.DataFrame, days: Iterable[pd.Timestamp]) -> pd.DataFrame:
    """Whether each area (row) exists on each day (column): by ``gueltig_von`` and ``gueltig_bis``, where there are
    such columns, and an area with parts only as long as one of them does.
    """
    columns = {}
    inner = [a for a in _upwards(areas) if (areas["teil_von"] == a).any()]
    for day in dict.fromkeys(days):
        there: Any = pd.Series(True, index=areas.index)
        if "gueltig_von" in areas:
            there &= ~(areas["gueltig_von"] > day)
        if "gueltig_bis" in areas:
            there &= ~(areas["gueltig_bis"] < day)
        if not there.all():
            for area in inner:
                there[area] &= there[areas["teil_von"] == area].any()
        columns[day] = there
    return pd.DataFrame(columns, index=areas.index, dtype=bool)


def _upwards(areas: pd.DataFrame) -> list[str]:
    """The areas, each behind all of its parts."""
    above = {str(area): str(whole) for area, whole in areas["teil_von"].items()}

    def depth(area: str) -> int:
        seen: set[str] = set()
        while area in above and area not in seen:
            seen.add(area)
            area = above[area]
        return len(seen)

    return sorted(above, key=depth, reverse=True)
