"""The ranks of an area that agree with the numbers: its *95-%-Bereich* of ranks.

An area has at least as many areas above it as are recognisably higher, and at most as many as are not recognisably
lower; recognisably means that the 95 % interval of the difference (``mover``) leaves out 0. Counting the areas that are
surely above and below is the way of M. Klein, T. Wright, J. Wieczorek, A joint confidence region for an overall ranking
of populations, JRSS C 69 (2020), 589–606, and of M. Mogstad, J. P. Romano, A. M. Shaikh, D. Wilhelm, Inference for
ranks with applications to mobility across neighbourhoods and academic achievement across countries, Rev. Econ. Stud. 91
(2024), 476–518; here each pair of areas is judged at 5 %, so the range holds for one area, not for all at once.

Why not simulated ranks: they add chance to numbers that hold chance already, which drives close areas to the middle
(M. Xie, K. Singh, C.-H. Zhang, Confidence intervals for population ranks in the presence of ties and near ties, JASA
104 (2009), 775–788). With counts like those of the demonstration data their range holds an area's true rank in 84 to
99 of 100 runs, that of the area on top in as few as 27; the range of this module in 98 to 99 and 91 or more
(``tests/statistics/intervals/test_rank_range.py``). A correction for all pairs would hold always, and say nothing: with
it, most ranges go from the first to the last rank. Nothing here is drawn at random, so every machine finds the same.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sozialbericht.statistics.intervals import mover
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.intervals.interval import Interval


class RankRange(NamedTuple):
    """Rank with the first and the last rank that agree with the numbers, 1 for the highest value; 0 for none."""

    rank: np.ndarray
    first: np.ndarray
    last: np.ndarray


def rank_range(value: np.ndarray, estimate: Estimate) -> RankRange:
    """The ranks of areas of one level by their values (NaN: not shown), with the ranges that their counts leave.

    Like values share the smaller rank. Areas without an interval have a rank and no range (``first`` and ``last`` 0);
    beside them others have none that says anything, so an indicator has intervals or has none.
    """
    known = np.isfinite(value)
    with np.errstate(invalid="ignore"):
        rank = np.where(known, 1 + (value[None, :] > value[:, None]).sum(axis=1), 0)
    own = estimate.interval()
    pairs = mover.mover(value[:, None], _along(own, 0), value[None, :], _along(own, 1))
    with np.errstate(invalid="ignore"):
        higher, lower = (pairs.upper < 0).sum(axis=1), (pairs.lower > 0).sum(axis=1)
    ranged = known & np.isfinite(own.lower)
    return RankRange(rank, np.where(ranged, 1 + higher, 0), np.where(ranged, known.sum() - lower, 0))


def _along(own: Interval, axis: int) -> Interval:
    """The bounds as rows (0) or columns (1) of all pairs."""
    return Interval(*(bound[:, None] if axis == 0 else bound[None, :] for bound in own))
