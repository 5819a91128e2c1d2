"""The ranks of an area that agree with the numbers: its *95-%-Bereich* of ranks.

An area has at least as many areas above it as are recognisably higher, and at most as many as are not recognisably
lower. If every one of its n − 1 differences is told at 5 %/(n − 1), the range holds the true rank with at least 95 %
(M. Mogstad, J. P. Romano, A. M. Shaikh, D. Wilhelm, Inference for ranks with applications to mobility across
neighbourhoods and academic achievement across countries, Rev. Econ. Stud. 91 (2024), 476–518, with Bonferroni's bound
for their critical value).

Simulated ranks would be narrower, but wrong where it matters: they add chance to numbers that hold chance already, so
close areas are driven to the middle and the range of the highest area need not even hold rank 1 (M. Xie, K. Singh,
C.-H. Zhang, Confidence intervals for population ranks in the presence of ties and near ties, JASA 104 (2009), 775–788).
Nothing here is drawn at random: the ranges are the same on every machine.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.stats import norm

from sozialbericht.statistics.intervals import mover
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.intervals.interval import Interval

#: How often a range may miss the true rank, at most.
ERROR = 0.05


class RankRange(NamedTuple):
    """Rank with the first and the last rank that agree with the numbers, 1 for the highest value; 0 for none."""

    rank: np.ndarray
    first: np.ndarray
    last: np.ndarray


def rank_range(estimate: Estimate, shown: np.ndarray) -> RankRange:
    """The ranks of the areas ``shown``, which must be of one level; like values share the smaller rank.

    Areas without an interval have a rank and no range (``first`` and ``last`` 0).
    """
    value = np.where(shown, estimate.value, np.nan)
    known = np.isfinite(value)
    with np.errstate(invalid="ignore"):
        rank = np.where(known, 1 + (value[None, :] > value[:, None]).sum(axis=1), 0)
    own = estimate.on_base()
    n = int(known.sum())
    level = own.interval(norm.isf(ERROR / 2 / max(n - 1, 1)))
    pairs = mover.mover(own.value[:, None], _along(level, 0), own.value[None, :], _along(level, 1))
    both = known[:, None] & known[None, :] & ~np.eye(len(known), dtype=bool)
    with np.errstate(invalid="ignore"):
        higher, lower = ((side & both).sum(axis=1) for side in (pairs.upper < 0, pairs.lower > 0))
    ranged = known & np.isfinite(level.lower)
    return RankRange(rank, np.where(ranged, 1 + higher, 0), np.where(ranged, n - lower, 0))


def _along(level: Interval, axis: int) -> Interval:
    """The bounds as rows (0) or columns (1) of all pairs."""
    return Interval(*(bound[:, None] if axis == 0 else bound[None, :] for bound in level))
