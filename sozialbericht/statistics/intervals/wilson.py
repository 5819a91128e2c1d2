"""Wilson's score interval of a share.

(p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n) with p = x/n: E. B. Wilson, Probable inference, the law of
succession, and statistical inference, JASA 22 (1927), 209–212. It inverts the score test, holds its level for small
n, too, and is the method of the English public health profiles (PHEindicatormethods, ``phe_proportion``).
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from sozialbericht.statistics.intervals.interval import Interval, Quantile, Z


def wilson(count: np.ndarray, total: np.ndarray, z: Quantile = Z) -> Interval:
    """The interval of ``count`` of ``total``, as shares of one; neither must be whole. NaN unless 0 ≤ count ≤ total and
    total > 0.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = count / total
        centre = (share + z**2 / (2 * total)) / (1 + z**2 / total)
        half = z / (1 + z**2 / total) * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
        # 0 and 1 are exact ends of what the formula gives up to rounding
        made = Interval(np.where(count == 0, 0.0, centre - half), np.where(count == total, 1.0, centre + half))
        return made.where((count >= 0) & (count <= total) & (total > 0))


def p_value(count: np.ndarray, total: np.ndarray, reference: np.ndarray | float) -> np.ndarray:
    """The two-sided p of the score test that the share is ``reference``: below 0.05 where the 95 % interval excludes
    it.

    z = (p − r) / √(r(1 − r)/n), the test that Wilson's interval inverts. NaN where there is no interval.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = count / total
        score = np.abs(share - reference) / np.sqrt(reference * (1 - np.asarray(reference)) / total)
        score = np.where(share == reference, 0.0, score)
        fits = (count >= 0) & (count <= total) & (total > 0)
        return np.where(fits, 2 * ndtr(-score), np.nan)
