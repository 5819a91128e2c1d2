"""The interval of a ratio of two Poisson counts: for changes in per cent.

(a/b)·exp(±z·√(1/a + 1/b)): K. Rothman, S. Greenland, Modern Epidemiology, 2nd ed. 1998, ch. 14. The counts are taken as
independent. Where the same people are counted in both years, as with a population, chance does less than that: the
interval is too wide rather than too narrow.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from sozialbericht.statistics.intervals.interval import Interval, Quantile, Z


def logratio(count: np.ndarray, base: np.ndarray, z: Quantile = Z) -> Interval:
    """The interval of ``count`` / ``base``; NaN where one of them is not above 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.exp(z * np.sqrt(1 / count + 1 / base))
        return Interval(count / base / reach, count / base * reach).where((count > 0) & (base > 0))


def p_value(count: np.ndarray, base: np.ndarray, reference: np.ndarray | float) -> np.ndarray:
    """The two-sided p that the ratio is ``reference``: below 0.05 where the 95 % interval excludes it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.abs(np.log(count / base / reference)) / np.sqrt(1 / count + 1 / base)
        return np.where((count > 0) & (base > 0) & (np.asarray(reference) > 0), 2 * ndtr(-score), np.nan)
