"""Yardstick: how large a deviation is beside the usual ones, on one scale for all rules.

The scale is the standard deviation of a normal distribution. Residuals are divided by their usual spread; a probability
becomes the deviation that would be as rare.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import special

#: From here on a value is reported. Of the 5,000 numbers of a large year 0.003 lie beyond by chance, were they normal.
LIMIT = 5.0
#: From here on where a slip of the hand (digits exchanged, the neighbour's number) would explain the value at once.
SLIP_LIMIT = 4.0
#: So many residuals from chance alone are added to the observed ones, so that few of them prove no small spread.
PSEUDO = 10
#: The share of the largest residuals that the tail may hold, and their least number, before they count as usual.
TAIL, FEWEST = 0.025, 3
#: The median of the absolute value of a standard normal variable.
MEDIAN = 0.6745


def spread(residuals: Any, prior: float = 1.0) -> float:
    """The usual spread of residuals: robust, not misled by few of them, and by a long tail only upwards.

    The median absolute deviation from 0 (times 1/0.6745), pooled with ``PSEUDO`` residuals of the spread ``prior``
    (that of chance alone); or, where that is larger, what the 97.5 % quantile of the absolute residuals stands for:
    real series have longer tails than a normal distribution, and what happens in one place of forty each year is not
    unusual. The three largest residuals never decide. Residuals that are no numbers are left out.
    """
    sizes = np.abs(np.asarray(residuals, dtype=float).ravel())
    sizes = sizes[np.isfinite(sizes)]
    if not len(sizes):
        return prior
    typical = float(np.median(sizes)) / MEDIAN
    pooled = np.sqrt((len(sizes) * typical**2 + PSEUDO * prior**2) / (len(sizes) + PSEUDO))
    share = 1 - max(FEWEST / len(sizes), TAIL)
    if share <= 0:
        return float(pooled)
    tail = float(np.quantile(sizes, share)) / float(special.ndtri((1 + share) / 2))
    return max(float(pooled), tail)


def deviations(log_p: float) -> float:
    """The deviation of a standard normal variable that is as rare (both sides) as a probability, given as its log."""
    if log_p >= 0:
        return 0.0
    if log_p > np.log(1e-280):
        return float(-special.ndtri(np.exp(log_p) / 2))
    return float(np.sqrt(-2 * log_p))


def many_hits(hits: int, number: int, share: float) -> float:
    """:func:`deviations` of so many hits or more among ``number``, each with the probability ``share`` (binomial)."""
    return _rare(special.betainc(hits, number - hits + 1, share) if hits > 0 else 1.0)


def many_events(events: int, expected: float) -> float:
    """:func:`deviations` of so many events or more where ``expected`` are expected (Poisson)."""
    return _rare(special.pdtrc(events - 1, expected) if events > 0 else 1.0)


def much_spread(statistic: float, freedom: int) -> float:
    """:func:`deviations` of a χ² statistic or a larger one."""
    return _rare(special.chdtrc(freedom, statistic))


def _rare(p: float) -> float:
    with np.errstate(divide="ignore"):
        return deviations(float(np.log(p)))


def root(counts: Any) -> Any:
    """The square root that makes chance alike for all sizes: of a Poisson count it has variance 1 (Anscombe 1948)."""
    return 2 * np.sqrt(np.maximum(counts, 0) + 0.375)
