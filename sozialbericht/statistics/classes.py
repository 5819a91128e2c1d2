"""Classes of a map: five, the same for all years of an indicator."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

CLASSES = 5


def class_bounds(declared: str, values: pd.Series) -> list[float]:
    """The four bounds between the classes of a map, ascending; each is the first value of the higher class.

    ``declared`` are the catalogue's klassengrenzen ("8 10 12,5 16"). Where there are none, natural breaks
    (Fisher–Jenks) of ``values``, the values of all years together, rounded to two significant steps.
    """
    if declared:
        return [float(bound.replace(",", ".")) for bound in declared.split()]
    known = values.dropna().to_numpy(dtype=float)
    if len(np.unique(known)) < CLASSES:
        low, high = (known.min(), known.max()) if len(known) else (0.0, 1.0)
        step = (high - low) / CLASSES or 1.0
        return [low + step * k for k in range(1, CLASSES)]
    bins = natural_breaks(known, CLASSES)[:-1]
    step = 10 ** math.floor(math.log10((known.max() - known.min()) / CLASSES)) / 2
    bounds = [round(float(np.ceil(b / step) * step), 6) for b in bins]
    return bounds if len(set(bounds)) == len(bounds) else [float(b) for b in bins]


def natural_breaks(values: npt.NDArray[np.float64], k: int) -> npt.NDArray[np.float64]:
    """The largest value of each of ``k`` classes whose sum of squared deviations from the class means is least.

    Exact, by dynamic programming (Fisher, W. D. 1958, JASA 53: 789–798; in cartography Jenks 1977). Never worse than
    ``mapclassify.FisherJenks``, which adds in single precision, and row by row instead of cell by cell, so that
    thousands of values take a second instead of minutes.
    Needs at least ``k`` different values.
    """
    found, counts = np.unique(values, return_counts=True)
    centred = found - found.mean()
    weight, total, square = (
        np.cumsum(np.r_[0.0, counts * part]) for part in (np.ones_like(centred), centred, centred**2)
    )
    number = len(found)
    best = np.r_[0.0, square[1:] - total[1:] ** 2 / weight[1:]]
    starts = []
    for classes in range(2, k + 1):
        row, start = np.full(number + 1, np.inf), np.zeros(number + 1, dtype=int)
        for end in range(classes, number + 1):
            begin = np.arange(classes - 1, end)
            n, t, q = weight[end] - weight[begin], total[end] - total[begin], square[end] - square[begin]
            costs = best[begin] + q - t * t / n
            start[end] = begin[costs.argmin()]
            row[end] = costs.min()
        best = row
        starts.append(start)
    ends = [number]
    for start in reversed(starts):
        ends.append(int(start[ends[-1]]))
    upper: npt.NDArray[np.float64] = found[np.array(ends[::-1]) - 1]
    return upper
