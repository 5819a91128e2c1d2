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

#: Quantiles beyond which p counts as 0, and how exactly the quantile is found at which an interval touches 0.
FARTHEST, NEAR = 37.0, 1e-11


def mover(one: np.ndarray, of_one: Interval, other: np.ndarray, of_other: Interval) -> Interval:
    """The interval of ``one`` − ``other``; NaN where a part has none."""
    return Interval(
        one - other - np.hypot(one - of_one.lower, of_other.upper - other),
        one - other + np.hypot(of_one.upper - one, other - of_other.lower),
    )


def p_value(difference: Callable[[Quantile], Interval], like: np.ndarray) -> np.ndarray:
    """The two-sided p that a difference is 0: one minus the level at which its interval first touches 0.

    ``difference`` gives the interval for a quantile z, one for each element; the intervals must grow with z. ``like``
    has the shape of the result. The place is found far more exactly than a comparison with 0.05 needs.
    """
    known = np.isfinite(difference(1.0).lower)
    if not known.any():
        return np.full(like.shape, np.nan)

    def outside(z: np.ndarray) -> np.ndarray:
        """How far 0 lies outside of the interval; negative inside."""
        with np.errstate(invalid="ignore"):  # of the farthest quantile a part may have no bounds
            lower, upper = difference(z)
            apart: np.ndarray = np.nan_to_num(np.maximum(lower, -upper), nan=-1.0)
        return apart

    return np.where(known, 2 * ndtr(-_crossing(outside, np.zeros(like.shape), np.full(like.shape, FARTHEST))), np.nan)


def _crossing(of: Callable[[np.ndarray], np.ndarray], low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Where a falling function passes 0 between ``low`` and ``high``, each element for itself; ``low`` where it never
    is above, ``high`` where it always is.

    Inverse quadratic interpolation where it is safe, else halving: T. R. Chandrupatla, A new hybrid
    quadratic/bisection algorithm for finding the zero of a nonlinear function without using derivatives, Adv. Eng.
    Softw. 28 (1997), 145–149.
    """
    one, other = low, high
    at_one, at_other = of(one), of(other)
    never, always = at_one <= 0, at_other > 0
    share = np.full(low.shape, 0.5)
    while True:
        between = one + share * (other - one)
        value = of(between)
        same = (value > 0) == (at_one > 0)
        last, at_last = np.where(same, one, other), np.where(same, at_one, at_other)
        other, at_other = np.where(same, other, one), np.where(same, at_other, at_one)
        one, at_one = between, value
        nearer = np.where(np.abs(at_one) < np.abs(at_other), one, other)
        width = np.abs(other - one)
        if ((width <= 2 * NEAR) | never | always).all():
            return np.where(never, low, np.where(always, high, nearer))
        with np.errstate(all="ignore"):
            place, height = (one - other) / (last - other), (at_one - at_other) / (at_last - at_other)
            smooth = (height**2 < place) & ((1 - height) ** 2 < 1 - place)
            quadratic = at_one / (at_other - at_one) * at_last / (at_other - at_last)
            quadratic += (last - one) / (other - one) * at_one / (at_last - at_one) * at_other / (at_last - at_other)
            least = np.minimum(NEAR / width, 0.5)
            share = np.where(smooth & np.isfinite(quadratic), np.clip(quadratic, least, 1 - least), 0.5)
