"""Byar's interval of a Poisson count, and exact limits where it is small.

x(1 − 1/9x − z/3√x)³ to (x + 1)(1 − 1/9(x + 1) + z/3√(x + 1))³: N. E. Breslow, N. E. Day, Statistical Methods in Cancer
Research II, IARC 1987, p. 69. Below ten cases the exact limits of Garwood take its place, as in the English public
health profiles (PHEindicatormethods, ``phe_rate``).
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from sozialbericht.statistics.intervals import garwood
from sozialbericht.statistics.intervals.interval import Interval, Quantile, Z

#: From this count on Byar's approximation is used.
ENOUGH = 10.0


def byar(count: np.ndarray, z: Quantile = Z) -> Interval:
    """Byar's interval of an expected count of which ``count`` > 0 was seen; NaN where it is not above 0."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        above = count + 1
        lower = count * np.maximum(1 - 1 / (9 * count) - z / (3 * np.sqrt(count)), 0.0) ** 3
        upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
        return Interval(lower, upper).where(count > 0)


def events(count: np.ndarray, z: Quantile = Z) -> Interval:
    """The interval that a rate's count has: Byar's from :data:`ENOUGH` on, exact below; NaN below 0."""
    with np.errstate(invalid="ignore"):
        few = count < ENOUGH
    near, exact = byar(count, z), garwood.garwood(np.where(few, count, 0.0), z)
    return Interval(*(np.where(few, b, a) for a, b in zip(near, exact, strict=True)))


def p_value(count: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """The two-sided p that ``expected`` is the mean of ``count``: below 0.05 where :func:`events` at 95 % excludes it.

    From :data:`ENOUGH` on the bounds of Byar solved for z, else the exact tails.
    """
    with np.errstate(invalid="ignore"):
        many = np.maximum(count, ENOUGH)
        low = 3 * np.sqrt(many) * (1 - 1 / (9 * many) - np.cbrt(expected / many))
        above = many + 1
        high = 3 * np.sqrt(above) * (np.cbrt(expected / above) - 1 + 1 / (9 * above))
        near = np.where(expected >= 0, 2 * ndtr(-np.maximum(np.maximum(low, high), 0.0)), np.nan)
        return np.where(count >= ENOUGH, near, garwood.p_value(count, expected))
