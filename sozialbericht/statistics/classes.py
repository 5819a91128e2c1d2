"""Classes of a map: five, the same for all years of an indicator."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd

CLASSES = 5
#: More different values than this are thinned out before natural breaks are sought: the search is quadratic.
MOST = 400


def class_bounds(declared: str, values: pd.Series, most: int = MOST) -> list[float]:
    """The four bounds between the classes of a map, ascending; each is the first value of the higher class.

    ``declared`` are the catalogue's klassengrenzen ("8 10 12,5 16"). Where there are none, natural breaks
    (Fisher–Jenks) of ``values``, the values of all years together, rounded to two significant steps; of more than
    ``most`` different values as many evenly spaced quantiles stand for all.
    """
    if declared:
        return [float(bound.replace(",", ".")) for bound in declared.split()]
    known = values.dropna().to_numpy(dtype=float)
    if len(np.unique(known)) < CLASSES:
        low, high = (known.min(), known.max()) if len(known) else (0.0, 1.0)
        step = (high - low) / CLASSES or 1.0
        return [low + step * k for k in range(1, CLASSES)]
    import mapclassify

    if len(different := np.unique(known)) > most:
        places = np.linspace(0, 1, most)
        known = np.quantile(known, places, method="inverted_cdf")
        if len(np.unique(known)) < CLASSES:  # nearly all alike
            known = np.quantile(different, places, method="inverted_cdf")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Numba not installed", UserWarning)  # fast enough for some hundred values
        bins = mapclassify.FisherJenks(known, k=CLASSES).bins[:-1]
    step = 10 ** math.floor(math.log10((known.max() - known.min()) / CLASSES)) / 2
    bounds = [round(float(np.ceil(b / step) * step), 6) for b in bins]
    return bounds if len(set(bounds)) == len(bounds) else [float(b) for b in bins]
