"""Costs: how much a reader loses when a cell is withheld.

An area costs least, every level above it far more; a Merkmal that no indicator of the report needs on that day costs
least, one that typology, status index or the lead indicator need costs most; a cell that is small enough to be withheld
on a neighbouring day costs a little less, so that one area is left out of a series and not now one and now another.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sozialbericht.data.partitions import Partition, stored
from sozialbericht.data.sums import terms
from sozialbericht.disclosure.system import System

#: How many times as much a cell costs as one of the level below it.
LEVEL = 1000.0
#: What an indicator adds that prints the cell, and what one adds on which decisions rest.
PRINTED = 10.0
MAIN = 200.0
#: What is left of the cost of a cell that is withheld on a neighbouring day; days are neighbours up to so many apart.
KNOWN = 0.8
NEIGHBOURS = pd.Timedelta(days=400)
#: Of two cells that cost the same, the smaller one is withheld: this much of the cost depends on its usual size.
SIZE = 0.1


def main_indicators(indicators: pd.DataFrame) -> set[str]:
    """The indicators on which typology and status index rest (typ_vorzeichen), and the lead indicator (leit)."""
    columns = [name for name in ("typ_vorzeichen", "leit") if name in indicators.columns]
    chosen = indicators[columns].astype(object).replace(False, None).notna().any(axis=1)
    return set(indicators.index[chosen])


def weights(indicators: pd.DataFrame, partitions: Sequence[Partition]) -> dict[tuple[str, int], float]:
    """What the indicators add to the cost of a Merkmal in a month; month 0 holds for all."""
    main = main_indicators(indicators)
    found: dict[tuple[str, int], float] = {}
    for name, row in indicators.iterrows():
        much = MAIN if name in main else PRINTED
        month = int(row["bezug_monat"]) if pd.notna(row["bezug_monat"]) else 0
        used = [(term, month) for term in stored(row["zaehler"], partitions)]
        used += [(term, 0 if row["nenner_stand"] not in ("", "gleich") else month) for term in terms(row["nenner"])]
        for key in used:
            found[key] = found.get(key, 0.0) + much
    return found


def costs(system: System, parents: pd.Series, added: dict[tuple[str, int], float]) -> np.ndarray:
    """What each column costs; infinite for what no cell holds and for what readers of released reports know."""
    cells = system.cells
    height = _heights(parents)
    level = LEVEL ** cells["raum_id"].map(height).fillna(0).to_numpy(dtype=float)
    features, days = cells["merkmal"], cells["stichtag"]
    month = days.dt.month
    extra = [
        added.get((feature, 0), 0.0) + added.get((feature, number), 0.0)
        for feature, number in zip(features, month, strict=True)
    ]
    value = pd.Series(system.value[: len(cells)], index=cells.index)
    size = value.groupby([cells["raum_id"], features]).transform("mean").fillna(0.0)
    size = np.log1p(size) / max(float(np.log1p(size).max()), 1.0)
    cost = level * (1.0 + np.array(extra)) * (1.0 + SIZE * size.to_numpy())
    cost = np.where(_known_before(system), KNOWN, 1.0) * cost
    cost = np.concatenate([cost, np.full(len(system.value) - len(cells), np.inf)])
    return np.where(system.released, np.inf, cost)


def _heights(parents: pd.Series) -> dict[str, int]:
    """How many levels lie below each area."""
    height = dict.fromkeys(parents.index, 0)
    for area in parents.index:
        above, steps = parents.get(area, ""), 1
        while isinstance(above, str) and above and steps <= len(parents):
            height[above] = max(height.get(above, 0), steps)
            above, steps = parents.get(above, ""), steps + 1
    return height


def _known_before(system: System) -> np.ndarray:
    """Whether a cell is withheld by the primary rule on a neighbouring day."""
    cells = system.cells
    first = cells[["raum_id", "merkmal", "stichtag"]].assign(first=system.first[: len(cells)])
    first = first.sort_values("stichtag", kind="stable")
    groups = first.groupby(["raum_id", "merkmal"], sort=False)
    found = pd.Series(False, index=first.index)
    for step in (-2, -1, 1, 2):
        day, there = groups["stichtag"].shift(step), groups["first"].shift(step)
        found |= ((day - first["stichtag"]).abs() <= NEIGHBOURS) & there.eq(True)
    return found.reindex(cells.index).to_numpy(dtype=bool)
