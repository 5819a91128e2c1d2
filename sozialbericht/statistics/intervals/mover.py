"""The interval of a difference, from the intervals of its two parts (MOVER, method of variance estimates recovery).

d − √((a − lₐ)² + (u_b − b)²) to d + √((uₐ − a)² + (b − l_b)²) with d = a − b. With Wilson's bounds of two shares this
is the hybrid score interval, method 10 of R. G. Newcombe, Interval estimation for the difference between independent
proportions, Statist. Med. 17 (1998), 873–890. It holds for other parts, such as rates, and for differences of
differences, too: A. Donner, G. Y. Zou, Closed-form confidence intervals for functions of the normal mean and standard
deviation, Stat. Methods Med. Res. 21 (2012), 347–359. The parts must be independent.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import ndtr

from sozialbericht.statistics.intervals.interval import Interval, Quantile

#: Quantiles beyond which p counts as 0, and how often the search for p halves its interval.
FARTHEST, HALVINGS = 37.0, 40


def mover(one: np.ndarray, of_one: Interval, other: np.ndarray, of_other: Interval) -> Interval:
    """The interval of ``one`` − ``other``; NaN where a part has none."""
    return Interval(
        one - other - np.hypot(one - of_one.lower, of_other.upper - other),
        one - other + np.hypot(of_one.upper - one, other - of_other.lower),
    )


def p_value(difference: Callable[[Quantile], Interval], like: np.ndarray) -> np.ndarray:
    """The two-sided p that a difference is 0: one minus the level at which its interval first touches 0.

    ``difference`` gives the interval for a quantile z, one for each element; the intervals must grow with z. ``like``
    has the shape of the result. The place is found by halving, to far below what a comparison with 0.05 needs.
    """
    low, high = np.zeros(like.shape), np.full(like.shape, FARTHEST)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        lower, upper = difference(middle)
        with np.errstate(invalid="ignore"):
            outside = (lower > 0) | (upper < 0)
        low, high = np.where(outside, middle, low), np.where(outside, high, middle)
    known = np.isfinite(difference(1.0).lower)
    return np.where(known, 2 * ndtr(-low), np.nan)
