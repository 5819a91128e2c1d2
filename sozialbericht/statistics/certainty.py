"""How sure the values of an indicator are: their intervals and positions beside the city, for all areas at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialbericht.data.reading.parsing import is_count
from sozialbericht.data.sums import terms
from sozialbericht.position import Position
from sozialbericht.statistics.intervals import comparison
from sozialbericht.statistics.intervals.estimate import Estimate

#: What this adds to a table of values.
COLUMNS = ["unten", "oben", "intervall", "lage", "haeufung"]


@dataclass(frozen=True)
class Certainty:
    """The areas of a city: which rows are compared with one another, and which row is the city.

    ``levels``: a mask of rows for each level; ``city``: the place of the city's row; ``amounts``: the Merkmale that are
    measured (Euro, m²), not counted.
    """

    levels: tuple[np.ndarray, ...]
    city: int
    amounts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, areas: pd.DataFrame, features: pd.DataFrame | None = None) -> Certainty:
        """That of areas with ebene and teil_von, and of Merkmale with einheit; without these all are counted."""
        levels = tuple((areas["ebene"] == level).to_numpy() for level in areas["ebene"].unique())
        units = pd.Series(dtype=object) if features is None else features["einheit"].astype(str)
        amounts = frozenset(str(name) for name, unit in units.items() if not is_count(unit))
        return cls(levels, int(np.flatnonzero(~areas["teil_von"].astype(bool))[0]), amounts)

    def columns(self, row: pd.Series, made: dict[str, np.ndarray], factors: np.ndarray) -> dict[str, np.ndarray]:
        """The columns :data:`COLUMNS` for an indicator's row of the catalogue.

        ``made`` has the columns wert, zaehler and nenner, one entry an area; ``factors`` the design effects. Areas
        without a shown value have no interval and count nowhere.
        """
        shown = np.isfinite(made["wert"])
        count, total = (np.where(shown, part, np.nan) for part in (made["zaehler"], made["nenner"]))
        cases = not self.amounts.intersection(terms(row["zaehler"]))
        estimate = Estimate(str(row["art"]), count, total, float(row["faktor"]), factors, cases)
        lower, upper = estimate.interval()
        position = np.array([Position.UNKNOWN] * len(shown), dtype=object)
        for level in self.levels:
            position[level] = comparison.positions(estimate.at(level), made["wert"][self.city], shown[level])
        kinds = estimate.kinds()
        return dict(zip(COLUMNS, (lower, upper, kinds, position, np.where(shown, factors, np.nan)), strict=True))
