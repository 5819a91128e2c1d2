"""An interval: two bounds of the same shape, and the quantile that both were computed with."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np

#: A quantile of the normal distribution, one for all or one for each element.
Quantile = float | np.ndarray
#: Quantile of the normal distribution for a 95 % interval.
Z = NormalDist().inv_cdf(0.975)


class Interval(NamedTuple):
    """Lower and upper bounds, NaN where there is no interval; arrays of one shape."""

    lower: np.ndarray
    upper: np.ndarray

    def times(self, factor: np.ndarray | float) -> Interval:
        """Both bounds multiplied by a positive factor."""
        return Interval(self.lower * factor, self.upper * factor)

    def where(self, condition: np.ndarray) -> Interval:
        """The bounds where the condition holds, else NaN."""
        return Interval(*(np.where(condition, bound, np.nan) for bound in self))
