"""What an area's position lets expect of an indicator, and how far the counted value lies from it.

A line is fitted through the other areas, least squares of the value on the position, every area counting the same; the
area itself is left out, so that it does not pull the expectation towards its own value. What follows from leaving one
out is closed: D. A. Belsley, E. Kuh, R. E. Welsch, Regression Diagnostics, 1980, chapter 2. The expectation has the
interval of a mean from Student's t with n − 3 degrees of freedom, the counted value its own (Wilson, Byar), their
difference that of :mod:`sozialbericht.statistics.intervals.mover`: both are independent, because the area is not in its
own line.

The interval says whether the difference is more than chance in counting and in the line. It does not say that such a
difference is rare: areas of the same position differ. How far the others usually lie off is ``spread``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, stdtrit

from sozialbericht.statistics.intervals import mover
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.intervals.interval import Interval, Quantile, Z

#: Fewer areas than this give no line.
FEWEST = 10


@dataclass(frozen=True)
class Residual:
    """Counted values beside expected ones, arrays of one shape in the indicator's unit; NaN where there is none.

    ``expected`` with its interval ``around``; ``difference`` is counted − expected with its interval ``bounds`` and the
    two-sided ``p`` that it is 0, not yet corrected; ``spread`` is the standard deviation of the other areas about their
    line.
    """

    expected: np.ndarray
    around: Interval
    difference: np.ndarray
    bounds: Interval
    p: np.ndarray
    spread: np.ndarray


def residual(estimate: Estimate, position: np.ndarray) -> Residual:
    """The residuals of all areas from the lines through the others; ``position``: one number an area, NaN: unknown.

    Areas without value, interval or position take no part. All NaN with fewer than :data:`FEWEST` areas or where all
    have one position.
    """
    value, counted = estimate.value, estimate.interval()
    used = np.isfinite(value) & np.isfinite(position) & np.isfinite(counted.lower)
    expected, error, spread = (np.full(value.shape, np.nan) for _ in range(3))
    free = int(used.sum()) - 3
    if used.sum() >= FEWEST and np.ptp(position[used]) > 0:
        expected[used], error[used], spread[used] = _left_out(position[used], value[used])
    low, high = _possible(estimate)
    sensible = (expected >= low) & (expected <= high)
    expected = np.where(sensible, expected, np.nan)

    def around(z: Quantile) -> Interval:
        reach = -stdtrit(max(free, 1), ndtr(-np.asarray(z, dtype=float))) * error
        return Interval(np.maximum(expected - reach, low), np.minimum(expected + reach, high))

    def bounds(z: Quantile) -> Interval:
        return mover.mover(value, estimate.interval(z), expected, around(z))

    difference = value - expected
    return Residual(expected, around(Z), difference, bounds(Z), mover.p_value(bounds, difference), spread)


def _left_out(position: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each area, from the line through the others: the expectation, its standard error, the spread about it."""
    n, away = len(value), position - position.mean()
    squares = float(away @ away)
    leverage = 1 / n + away**2 / squares
    rest = value - value.mean() - away * float(away @ value) / squares
    spread = np.sqrt(np.maximum(float(rest @ rest) - rest**2 / (1 - leverage), 0.0) / (n - 3))
    return value - rest / (1 - leverage), spread * np.sqrt(leverage / (1 - leverage)), spread


def _possible(estimate: Estimate) -> tuple[float, float]:
    """The least and the greatest value that an indicator of a kind can have."""
    if estimate.art == "veraenderung":
        return -estimate.factor, np.inf
    return 0.0, estimate.factor if estimate.art == "anteil" else np.inf
