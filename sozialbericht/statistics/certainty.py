"""How sure the values of an indicator are: their intervals and positions beside the city, and which of them are not
sure enough – too few people behind them, too wide an interval –, for all areas at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht.data.reading.parsing import SHARE, is_count
from sozialbericht.data.sums import terms
from sozialbericht.position import Position
from sozialbericht.statistics.intervals import comparison
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.kind import Kind
from sozialbericht.status import Status

#: What this adds to a table of values.
COLUMNS = ["unten", "oben", "intervall", "lage", "haeufung"]
#: The columns of the catalogue that say how uncertain a value may be that is shown, and how large its denominator must
#: be so that the value is ranked.
UNSURE, LEAST = "unsicher_ab", "mindestnenner"


@dataclass(frozen=True)
class Smallness:
    """How few people live in each area at a Stand (NaN: not known), and how many there must be."""

    people: np.ndarray
    least: int

    def few(self, row: pd.Series, denominator: np.ndarray) -> np.ndarray:
        """Which areas have too few for an indicator: by its denominator where the catalogue gives it a least one
        (``mindestnenner``), else by the inhabitants."""
        given = row.get(LEAST, np.nan)
        with np.errstate(invalid="ignore"):
            if pd.notna(given):
                found: np.ndarray = denominator < float(given)
            else:
                found = self.people < self.least
        return found


@dataclass(frozen=True)
class Certainty:
    """The areas of a city: which rows are compared with one another, and which row is the city.

    ``levels``: a mask of rows for each level; ``city``: the place of the city's row; ``amounts``: the Merkmale that are
    measured (Euro, m²), not counted; ``shares``: those of them that were delivered as shares.
    """

    levels: tuple[np.ndarray, ...]
    city: int
    amounts: frozenset[str] = frozenset()
    shares: frozenset[str] = frozenset()

    @classmethod
    def of(cls, areas: pd.DataFrame, features: pd.DataFrame | None = None) -> Certainty:
        """That of areas with ebene and teil_von, and of Merkmale with einheit; without these all are counted."""
        levels = tuple((areas["ebene"] == level).to_numpy() for level in areas["ebene"].unique())
        units = pd.Series(dtype=object) if features is None else features["einheit"].astype(str)
        amounts = frozenset(str(name) for name, unit in units.items() if not is_count(unit))
        shares = frozenset(str(name) for name in units.index[units == SHARE])
        return cls(levels, int(np.flatnonzero(~areas["teil_von"].astype(bool))[0]), amounts, shares)

    def judged(self, row: pd.Series, made: dict[str, np.ndarray], small: Smallness) -> dict[str, np.ndarray]:
        """The columns wert, klammer and status after it was asked how far each value can be relied on.

        A value that chance leaves too open is *unreliable* and not shown (:func:`too_uncertain`); one with too few
        people behind it (``small``) is *limited*: it moves to the column ``klammer`` and takes no part in ranks,
        extremes, classes, typology. The city's own value stays.
        """
        value: np.ndarray = made["wert"]
        unsure, few = too_uncertain(row, made), small.few(row, made["nenner"]) & np.isfinite(value)
        few[self.city] = False
        few &= ~unsure
        status = np.where(unsure, Status.UNRELIABLE, np.where(few, Status.LIMITED, made["status"]))
        kept = ~(unsure | few)
        return {"wert": np.where(kept, value, np.nan), "klammer": np.where(few, value, np.nan), "status": status}

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
        if self.shares.intersection(terms(row["zaehler"])):
            kinds[kinds == Kind.AMOUNT] = Kind.DELIVERED
        return dict(zip(COLUMNS, (lower, upper, kinds, position, np.where(shown, factors, np.nan)), strict=True))


def too_uncertain(row: pd.Series, made: dict[str, Any]) -> np.ndarray:
    """Which values say nothing because chance alone could have made them so different: half the width of the 95 %
    interval is more than so many times the value as the catalogue's ``unsicher_ab`` says (empty: once).

    Shares and rates only: a change may be near nothing and sure of it. 0 is nothing, and is shown.
    """
    limit = row.get(UNSURE, np.nan)
    limit = 1.0 if pd.isna(limit) else float(limit)
    value: np.ndarray = made["wert"]
    if row["art"] not in ("anteil", "rate"):
        return np.zeros(value.shape, dtype=bool)
    with np.errstate(invalid="ignore"):
        wide: np.ndarray = ((made["oben"] - made["unten"]) / 2 > limit * value) & (value > 0)
    return wide
