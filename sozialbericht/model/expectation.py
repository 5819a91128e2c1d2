"""Expectation: what the generator expects of each count before chance, so that tests can compare.

A feature is a share of another one as that came out; its count is binomial around it. Sums of features that share a
whole add up their shares; other sums add up means and variances.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Expectation:
    """Of one feature on one day: share of the ``whole`` by area; ``free``: areas whose value is not given;

    ``tied``: how many totals the free areas meet. ``family``: features of the same family are parts of one whole.
    """

    family: str
    whole: Array
    share: Array
    free: NDArray[np.bool_]
    tied: int

    @property
    def mean(self) -> Array:
        """n p."""
        return self.whole * self.share


Expectations = dict[str, dict[date, Expectation]]


def added(parts: Iterable[Expectation]) -> tuple[Array, Array, NDArray[np.bool_], int]:
    """Mean, variance (n p (1 − p) of each whole), free areas and totals met of a sum of features of one day."""
    families: dict[str, list[Expectation]] = {}
    for part in parts:
        families.setdefault(part.family, []).append(part)
    means, variances, free, tied = [], [], [], 1
    for family in families.values():
        share = np.sum([part.share for part in family], axis=0)
        means.append(family[0].whole * share)
        variances.append(family[0].whole * share * (1 - share))
        free.append(np.all([part.free for part in family], axis=0))
        tied = max(tied, *(part.tied for part in family))
    return np.sum(means, axis=0), np.sum(variances, axis=0), np.all(free, axis=0), tied
