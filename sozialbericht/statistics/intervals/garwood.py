"""The exact interval of a Poisson count.

χ²(α/2; 2x)/2 to χ²(1 − α/2; 2x + 2)/2: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936),
437–442. The χ² distribution with 2x degrees of freedom is, halved, the Gamma distribution of shape x: its inverse gives
the bounds. Used for rates of fewer than ten cases.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammainc, gammaincc, gammainccinv, gammaincinv, ndtr

from sozialbericht.statistics.intervals.interval import Interval, Quantile, Z


def garwood(count: np.ndarray, z: Quantile = Z) -> Interval:
    """The interval of an expected count of which ``count`` was seen; it need not be whole. NaN below 0."""
    tail = ndtr(-np.asarray(z))
    with np.errstate(invalid="ignore"):
        lower = np.where(count > 0, gammaincinv(np.maximum(count, 1e-300), tail), 0.0)
        return Interval(lower, gammainccinv(count + 1, tail)).where(count >= 0)


def p_value(count: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Twice the smaller tail of the Poisson distribution, at most 1: below 0.05 where the 95 % interval excludes
    ``expected``. NaN below 0.
    """
    with np.errstate(invalid="ignore"):
        at_most = gammaincc(count + 1, expected)
        at_least = np.where(count > 0, gammainc(np.maximum(count, 1e-300), expected), 1.0)
        return np.where((count >= 0) & (expected >= 0), np.minimum(1.0, 2 * np.minimum(at_most, at_least)), np.nan)
