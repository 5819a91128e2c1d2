"""Segregation: how unevenly a group is spread over the areas, and how far the ends lie apart.

The index of dissimilarity is D = ½ Σ |aᵢ/A − bᵢ/B| over the areas, aᵢ the group, bᵢ all others in area i (O. D. Duncan
and B. Duncan, A methodological analysis of segregation indexes, American Sociological Review 20 (1955), 210–217). It is
the share of the group that would have to move for the group to be spread like the others: 0 even, 1 wholly apart.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd


def dissimilarity(group: pd.Series, others: pd.Series) -> float:
    """The index of dissimilarity of two groups counted in the same areas, 0 to 1; NaN where one of them is empty.

    Raises ValueError for counts that are missing or negative and for different areas: a sum over some of the areas
    would be another index.
    """
    if set(group.index) != set(others.index) or not group.index.is_unique:
        raise ValueError("both groups must be counted in the same areas")
    a = group.sort_index().to_numpy(dtype=float)
    b = others.reindex(group.index).sort_index().to_numpy(dtype=float)
    if not (np.isfinite(a) & np.isfinite(b) & (a >= 0) & (b >= 0)).all():
        raise ValueError("counts must be numbers of at least 0")
    total_a, total_b = math.fsum(a), math.fsum(b)
    if total_a == 0 or total_b == 0:
        return math.nan
    return min(math.fsum(np.abs(a / total_a - b / total_b)) / 2, 1.0)


def fifth(areas: int, share: float = 0.2) -> int:
    """How many of so many areas stand at each end: the share, rounded, at least one."""
    return max(1, round(share * areas))


def ends(rates: pd.Series, share: float = 0.2) -> tuple[list[str], list[str]]:
    """The areas with the highest and those with the lowest rates, each ``share`` of all (rounded, at least one).

    Equal rates are taken in the order of the areas' names, so that the order of the rows does not matter.
    """
    known = rates.dropna().sort_index(kind="stable")
    count = fifth(len(known), share)
    if 2 * count > len(known):
        raise ValueError(f"{len(known)} areas cannot be parted into ends of {count}")
    order = [str(area) for area in known.sort_values(ascending=False, kind="stable").index]
    return order[:count], order[::-1][:count]


def pooled_rate(numerators: pd.Series, denominators: pd.Series, areas: list[str], factor: float = 100) -> float:
    """The rate of several areas together: sum over sum; NaN where one of them has no number."""
    top, bottom = (column.reindex(sorted(areas)).astype(float) for column in (numerators, denominators))
    if top.isna().any() or bottom.isna().any() or math.fsum(bottom) == 0:
        return math.nan
    return math.fsum(top) / math.fsum(bottom) * factor
