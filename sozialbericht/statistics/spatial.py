"""Spatial structure: do similar areas lie beside each other?

Moran's I = (n / S₀) · Σᵢⱼ wᵢⱼ zᵢ zⱼ / Σᵢ zᵢ², z the deviations from the mean, w the row-standardised neighbourhood (P.
A. P. Moran, Notes on continuous stochastic phenomena, Biometrika 37 (1950), 17–23). Its local part says where (L.
Anselin, Local indicators of spatial association – LISA, Geographical Analysis 27 (1995), 93–115). Probabilities come
from shuffling the values over the areas, two-sided, with a fixed seed; computed with esda (PySAL) in one thread and in
the order of the values, so that neither the order of the rows nor the areas' names nor the machine change a result.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht.statistics.intervals.discovery import discovered

PERMUTATIONS = 9999
SEED = 20070612
LEVEL = 0.05

HIGH_HIGH, LOW_LOW, HIGH_LOW, LOW_HIGH = "hoch-hoch", "niedrig-niedrig", "hoch-niedrig", "niedrig-hoch"
QUADRANTS = {1: HIGH_HIGH, 2: LOW_HIGH, 3: LOW_LOW, 4: HIGH_LOW}
NONE = "nicht signifikant"
ALONE = "ohne Nachbarn"


@dataclass(frozen=True)
class Moran:
    """Moran's I of all areas together.

    ``value`` lies between about −1 and 1; ``expected`` = −1/(n − 1) without any pattern; ``p`` the two-sided
    probability of a value as far out when the values are shuffled ``permutations`` times; ``areas`` took part,
    ``islands`` did not.
    """

    value: float
    expected: float
    p: float
    permutations: int
    areas: int
    islands: tuple[str, ...] = ()


def weights(neighbours: Iterable[tuple[str, str]], areas: Iterable[str]) -> tuple[Any, list[str], list[str]]:
    """The row-standardised weights of the areas that have a neighbour among them, their names as given, the islands."""
    from libpysal.weights import W

    chosen = [str(area) for area in areas]
    place = {area: at for at, area in enumerate(chosen)}
    around: dict[str, set[str]] = {area: set() for area in chosen}
    for a, b in neighbours:
        if a in around and b in around and a != b:
            around[a].add(b)
            around[b].add(a)
    linked = [area for area in chosen if around[area]]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The weights matrix is not fully connected", UserWarning)
        matrix = W({area: sorted(around[area], key=place.__getitem__) for area in linked}, id_order=linked)
    matrix.transform = "r"
    return matrix, linked, [area for area in chosen if not around[area]]


def moran(
    values: pd.Series, neighbours: Iterable[tuple[str, str]], permutations: int = PERMUTATIONS, seed: int = SEED
) -> Moran:
    """Moran's I of ``values`` (index raum_id; areas without a value take no part). Raises ValueError for a constant."""
    from esda.moran import Moran as Statistic

    known = _varying(values)
    matrix, linked, islands = weights(neighbours, known.index)
    state = np.random.get_state()
    np.random.seed(seed)  # esda takes its permutations from the global generator
    try:
        with np.errstate(divide="ignore", invalid="ignore"):  # of the normal approximation, which is not used
            found = Statistic(known[linked].to_numpy(dtype=float), matrix, permutations=permutations)
    finally:
        np.random.set_state(state)
    return Moran(
        float(found.I), float(found.EI), min(1.0, 2 * float(found.p_sim)), permutations, len(linked), tuple(islands)
    )


def local_moran(
    values: pd.Series, neighbours: Iterable[tuple[str, str]], permutations: int = PERMUTATIONS, seed: int = SEED
) -> pd.DataFrame:
    """The local part of Moran's I of every area with a value, in the order of ``values``: columns moran, p, lage,
    haelt.

    ``lage`` is the area's own side and that of its neighbours' mean („hoch-niedrig“: a high value among low ones),
    whether significant or not, „ohne Nachbarn“ for an island; ``p`` is two-sided; ``haelt``: significant also when the
    share of false alarms over all areas is held at 5 % (Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical
    Society B 57 (1995), 289–300).
    """
    from esda.moran import Moran_Local

    known = _varying(values)
    matrix, linked, islands = weights(neighbours, known.index)
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.filterwarnings("ignore", "The alternative hypothesis", DeprecationWarning)  # doubled here
        found = Moran_Local(known[linked].to_numpy(dtype=float), matrix, permutations=permutations, n_jobs=1, seed=seed)
    p = np.minimum(1.0, 2 * found.p_sim)
    table = pd.DataFrame(
        {
            "moran": found.Is,
            "p": p,
            "lage": [QUADRANTS[int(q)] for q in found.q],
            "haelt": discovered(p),
        },
        index=pd.Index(linked, name="raum_id"),
    )
    alone = pd.DataFrame({"moran": np.nan, "p": np.nan, "lage": ALONE, "haelt": False}, index=islands)
    whole = pd.concat([table, alone]) if islands else table
    return whole.loc[[name for name in map(str, values.index) if name in known.index]].rename_axis("raum_id")


def clusters(local: pd.DataFrame, level: float = LEVEL) -> pd.Series:
    """The class of every area on a map of local clusters: its ``lage`` where ``p`` is below ``level``,
    else „nicht signifikant“.
    """
    lage: pd.Series = local["lage"]
    return lage.where((local["p"] < level) | (lage == ALONE), NONE)


def _varying(values: pd.Series) -> pd.Series:
    """The known values from the lowest to the highest, equal ones by name; raises ``ValueError`` for a constant."""
    known = values.dropna()
    known.index = known.index.map(str)
    known = known.sort_index(kind="stable").sort_values(kind="stable")
    if known.nunique() < 2:
        raise ValueError("a constant has no spatial pattern")
    return known
