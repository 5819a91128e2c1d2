"""How far two groups of areas lie apart, and whether that has changed.

Each group is taken together, Σ counts / Σ wholes. The interval of the gap is that of the difference of two shares or
rates (``comparison.compare``), that of a change of the gap the same rule once more, from the intervals of both gaps
(``mover``).
"""

from __future__ import annotations

import numpy as np

from sozialbericht.statistics.intervals import mover
from sozialbericht.statistics.intervals.comparison import Comparison, compare, named
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.intervals.interval import Interval


def gap(one: Estimate, other: Estimate) -> Comparison:
    """The gap between two groups of different areas, one − other, each given as its areas or as one; arrays of one
    element. A gap of changes in per cent is not known.
    """
    first, second = one.pooled(), other.pooled()
    known = np.isfinite(first.value - second.value) & (first.art != "veraenderung")
    return compare(first, second, known)


def widening(now: Comparison, before: Comparison) -> Comparison:
    """By how much a gap has grown (+) or shrunk (−) whichever way it points.

    A gap that has changed its direction has no interval, because then its size says nothing of the change.
    """
    sign = np.sign(now.difference)
    grown = np.abs(now.difference) - np.abs(before.difference)
    same = sign == np.sign(before.difference)
    bounds = mover.mover(
        now.difference, Interval(now.lower, now.upper), before.difference, Interval(before.lower, before.upper)
    )
    turned = Interval(np.where(sign < 0, -bounds.upper, bounds.lower), np.where(sign < 0, -bounds.lower, bounds.upper))
    lower, upper = turned.where(same)
    with np.errstate(invalid="ignore"):
        side = np.where(lower > 0, 1.0, np.where(upper < 0, -1.0, 0.0))
    return Comparison(grown, lower, upper, named(np.where(np.isfinite(lower), side, np.nan)))
