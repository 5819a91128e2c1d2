"""Course: what the numbers of a Merkmal are expected to be by each area's own past and the change of all areas.

The method follows Hidiroglou and Berthelot (1986, *Statistical editing and imputation for periodic business surveys*,
Survey Methodology 12, 73–83), the standard of official statistics for changes between two periods: a ratio is measured
against the ratio of all units, its size counts with an exponent U, and the usual spread comes from the data themselves.
Here U is 1/2: on the scale of square roots (:func:`yardstick.root`) a change that chance makes is as large for small
areas as for large ones, zeros have a place, and the effect of the original follows to first order. Their quartiles are
replaced by :func:`yardstick.spread` over all areas and Stände of the series, which holds for overdispersed counts
(negative binomial and the like) as well as for stocks that change less than by chance.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from sozialbericht.plausibility.yardstick import LIMIT, root, spread

#: Amounts have no chance of their own; a change by this share of the median one is taken as usual for few of them.
USUAL_CHANGE = 0.02
#: Numbers that differ by less tell the same.
AGREED = 2.0
#: So many times as large as else are the changes at a Stand at which many areas change.
UPHEAVAL = 5.0
#: From so many areas (Stände) on what is common to all can be told from each.
LEAST = 3


class Course:
    """A series without a break: ``values`` has a row per area and a column per Stichtag, NaN where nothing is known.

    ``base`` marks the areas that the common change and the spread are taken from; ``counted`` says whether the numbers
    are counts (else amounts).
    """

    def __init__(self, values: np.ndarray, base: np.ndarray, *, counted: bool = True) -> None:
        self.values, self.base, self.counted = values, base, counted
        self.level = _level(values[base])
        self.relative = values / self.level

    @cached_property
    def before(self) -> np.ndarray:
        """What is expected by the last known Stand before."""
        return expected(self.relative, self.level)[0]

    @cached_property
    def both(self) -> np.ndarray:
        """What is expected by the Stände before and after."""
        return expected(self.relative, self.level)[1]

    @cached_property
    def steps(self) -> np.ndarray:
        """How far each number is from what the Stand before lets expect, in usual deviations."""
        found: np.ndarray = deviation(self.values, self.before, 1) / self.spreads[0]
        return found

    @cached_property
    def spikes(self) -> np.ndarray:
        """How far each number is from what the Stände before and after let expect, in usual deviations."""
        found: np.ndarray = deviation(self.values, self.both, 2) / self.spreads[1]
        return found

    @cached_property
    def spreads(self) -> tuple[float, float]:
        """The usual deviation from the Stand before, and from those before and after."""
        prior = 1.0
        known = self.values[np.isfinite(self.values)]
        if not self.counted and len(known):
            prior = USUAL_CHANGE * float(np.sqrt(np.median(known)))
        steps = deviation(self.values, self.before, 1)[self.base]
        spikes = deviation(self.values, self.both, 2)[self.base]
        for column in upheavals(np.abs(steps)):
            steps[:, column] = spikes[:, max(column - 1, 0) : column + 1] = np.nan
        usual = spread(steps, prior)
        for row, column in np.argwhere(np.abs(steps) > LIMIT * usual):  # what is found is no measure of the others
            spikes[row, max(column - 1, 0) : column + 1] = np.nan
        return usual, spread(spikes, prior)

    @cached_property
    def best(self) -> np.ndarray:
        """What is expected by all that is known: Stände before and after, or the one that there is."""
        after = expected(self.relative[:, ::-1], self.level[::-1])[0][:, ::-1]
        one = np.where(np.isfinite(self.before), self.before, after)
        return np.where(np.isfinite(self.both), self.both, one)

    @cached_property
    def agreed(self) -> np.ndarray:
        """Where the numbers before and after tell the same, or only one of them is there."""
        after = 2 * self.both - self.before
        apart = np.abs(deviation(after, self.before, 1)) / self.spreads[0]
        found: np.ndarray = ~(apart > AGREED)
        return found

    @cached_property
    def weight(self) -> np.ndarray:
        """How many Stände :attr:`best` rests on: 2, or 1 at the ends."""
        return np.where(np.isfinite(self.both), 2, 1)

    @cached_property
    def unusual(self) -> np.ndarray:
        """How far each number is from :attr:`best`, in usual deviations; the sign says in which direction."""
        found: np.ndarray = deviation(self.values, self.best, self.weight) / self._usual
        return found

    @cached_property
    def _usual(self) -> np.ndarray:
        return np.where(self.weight == 2, self.spreads[1], self.spreads[0])

    def at(self, rows: Any, column: int, values: Any) -> Any:
        """How far other values would be from :attr:`best` in these places, in usual deviations."""
        places = (rows, column)
        return deviation(values, self.best[places], self.weight[places]) / self._usual[places]


def expected(relative: np.ndarray, level: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the last known Stand before, and those before and after, let expect of each number (NaN: nothing)."""
    before = _last_known(relative)
    after = _last_known(relative[:, ::-1])[:, ::-1]
    return before * level, (before + after) / 2 * level


def deviation(values: Any, wanted: Any, stands: Any) -> Any:
    """The deviation in units of chance, that of the number and that of the ``stands`` behind what is expected."""
    return (root(values) - root(wanted)) / np.sqrt(1 + 1 / np.asarray(stands))


def upheavals(sizes: np.ndarray) -> list[int]:
    """The columns in which not single areas but many are further off than ever.

    Compared is the 90 % quantile of each column of ``sizes`` with the median of those of the others: it is at least
    ``UPHEAVAL`` times as large, and its logarithm by more than ``LIMIT`` of its own standard deviations (that of a
    quantile of absolute normal residuals, 0.89 / √n). At least three columns are needed.
    """
    numbers = np.isfinite(sizes).sum(axis=0)
    columns = np.flatnonzero(numbers >= LEAST)
    if len(columns) < LEAST:
        return []
    high = np.nanquantile(sizes[:, columns], 0.9, axis=0)
    others = np.array([np.median(np.delete(high, at)) for at in range(len(high))])
    least = np.maximum(UPHEAVAL, np.exp(LIMIT * 0.89 / np.sqrt(numbers[columns])))
    return [int(column) for column in columns[(high > least * others) & (high > 1)]]


def _last_known(values: np.ndarray) -> np.ndarray:
    """The last number before each place of a row; NaN where there is none."""
    places = np.where(np.isfinite(values), np.arange(values.shape[1]), -1)
    last = np.maximum.accumulate(places, axis=1)
    last = np.concatenate([np.full((len(values), 1), -1), last[:, :-1]], axis=1)
    found: np.ndarray = np.where(last >= 0, np.take_along_axis(values, np.maximum(last, 0), axis=1), np.nan)
    return found


def _level(values: np.ndarray) -> np.ndarray:
    """The common change of all areas, from the first Stand on (there 1): the weighted median of the areas' ratios.

    Each ratio counts by the root of the smaller of its two numbers, as the median of Poisson ratios should be taken, so
    that one wrong number decides nothing.
    """
    level = np.ones(values.shape[1])
    last = 0
    for at in range(1, len(level)):
        earlier, later = values[:, last], values[:, at]
        known = (earlier > 0) & (later > 0)
        level[at] = level[last]
        if known.sum() >= LEAST:
            ratios, weights = later[known] / earlier[known], np.sqrt(np.minimum(earlier, later)[known])
            order = np.argsort(ratios, kind="stable")
            reached = np.cumsum(weights[order])
            level[at] *= ratios[order][np.searchsorted(reached, reached[-1] / 2)]
        if np.isfinite(later).sum() >= LEAST:
            last = at
    return level
