"""Primary rule: which counts are too small to be shown, or give a small one away by themselves.

Of a sensitive Merkmal are withheld: counts from 1 up to the one below its minimum (zero only where its rule says so);
a part whose whole has as few others, or none (*12 of 12* tells something of each of the twelve); and all parts of a
whole that is itself below the minimum. Dominance cannot be seen from totals; a delivery brings such a value as
withheld.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sozialbericht.disclosure.rules import Rules
from sozialbericht.status import Status

KEYS = ["raum_id", "merkmal", "stichtag"]


def primary(cube: pd.DataFrame, rules: Rules) -> pd.Series:
    """Whether each row of a cube is withheld by the primary rule; rows delivered as withheld are not asked."""
    value = cube["wert"].to_numpy(dtype=float)
    minimum = cube["merkmal"].map({name: rule.minimum for name, rule in rules.of.items()}).to_numpy(dtype=float)
    asked = cube["merkmal"].map({name: rule.sensitive for name, rule in rules.of.items()}).to_numpy(dtype=bool)
    counted = cube["merkmal"].map({name: rule.count for name, rule in rules.of.items()}).to_numpy(dtype=bool)
    zeros = cube["merkmal"].map({name: rule.zero for name, rule in rules.of.items()}).to_numpy(dtype=bool)
    asked = asked & counted & cube["status"].isin([Status.OK, Status.UNRELIABLE]).to_numpy()
    hidden = small(value, minimum) | (~zeros & (value == 0))

    place = pd.Series(np.arange(len(cube)), index=pd.MultiIndex.from_frame(cube[KEYS]))
    features = cube["merkmal"].to_numpy(dtype=object)
    wholes: dict[str, list[str]] = {}
    for part, whole in [*rules.pairs, *((p, q.whole) for q in rules.partitions for p in q.parts)]:
        wholes.setdefault(whole, []).append(part)
    for whole, parts in wholes.items():
        rows = np.flatnonzero(asked & np.isin(features, parts))
        keys = cube.iloc[rows][KEYS].assign(merkmal=whole)
        found = place.reindex(pd.MultiIndex.from_frame(keys)).to_numpy()
        total = np.where(np.isnan(found), np.nan, value[np.nan_to_num(found).astype(int)])
        others = total - value[rows]
        few = (value[rows] > 0) & ((others == 0) | small(others, minimum[rows]))
        hidden[rows] |= few | small(total, minimum[rows])
    return pd.Series(asked & hidden, index=cube.index)


def small(value: np.ndarray, minimum: np.ndarray | float) -> np.ndarray:
    """Whether counts are above zero and below the minimum."""
    found: np.ndarray = (value > 0) & (value < minimum)
    return found
