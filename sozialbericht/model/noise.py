"""Noise: the chance in counts, kept from one Stichtag to the next as far as the same people are counted.

Behind every count stands a standard normal score z; the count is the quantile Φ(z) of its binomial or Poisson
distribution. From one Stichtag to the next z_t = κ z_{t−1} + √(1 − κ²) ε_t with κ = (1 − turnover)^months: the
autocorrelation of a stock of which a share is renewed every month (binomial thinning, E. McKenzie, Some simple models
for discrete variate time series, Water Resources Bulletin 21 (1985), 645–650). A turnover of 1 draws afresh.

The scores of a Stichtag are balanced over the areas: columns sum to 0, have the norm √(k − 1) and are orthogonal to
one another (second-order exact sampling, J. Barraquand, Numerical valuation of high dimensional multivariate European
securities, Management Science 41 (1995), 1882–1891). So the areas of each feature, and of sums of features drawn
together, scatter as much as chance does on average, whatever the seed; which area gets which deviation is chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import binom, poisson

from sozialbericht.model.assumptions import Assumptions, Rate
from sozialbericht.model.chance import Chance

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


def together(inputs: Assumptions, rate: Rate) -> list[Rate]:
    """The features drawn with this one: of the same draw (``ziehung``), the same cells, or it alone."""
    if rate.draw:
        return [r for r in inputs.rates if r.draw == rate.draw]
    if rate.method == "atom":
        return [r for r in inputs.rates if r.method == "atom" and r.whole == rate.whole]
    return [rate]


def scores(inputs: Assumptions, chance: Chance, years: Sequence[int], rate: Rate) -> dict[str, dict[date, Array]]:
    """Standard normal scores of all features drawn with ``rate``: feature → day → one score per area.

    The path always runs over all ``years``, so that it does not depend on where a feature begins.
    """
    family = together(inputs, rate)
    moments = sorted({when for r in family for when in r.dates})
    turnover = np.array([r.turnover for r in family])
    result: dict[str, dict[date, Array]] = {r.feature: {} for r in family}
    state, before = None, None
    for day in (date(year, *moment) for year in years for moment in moments):
        fresh = ndtri(
            [[(chance.uniform("zufall", r.feature, a.id, day) + 1) / 2 for r in family] for a in inputs.areas]
        )
        if state is not None and before is not None:
            months = 12 * (day.year - before.year) + day.month - before.month
            kept = (1 - turnover) ** months
            fresh = kept * state + np.sqrt(1 - kept**2) * fresh
        state, before = balanced(np.asarray(fresh, dtype=np.float64)), day
        for column, r in enumerate(family):
            result[r.feature][day] = state[:, column]
    return result


def balanced(table: Array) -> Array:
    """The nearest table (areas × columns) whose columns sum to 0, have the norm √(areas − 1) and are orthogonal.

    The orthogonal factor of the polar decomposition. Where there are too many columns for it, the table stays.
    """
    areas, columns = table.shape
    if columns > areas - 1:
        return table
    left, _, right = np.linalg.svd(table - table.mean(axis=0), full_matrices=False)
    return np.asarray(left @ right * np.sqrt(areas - 1), dtype=np.float64)


def binomial(score: Array, size: Counts, share: Array) -> Counts:
    """The quantiles of binomial distributions that belong to standard normal scores."""
    return np.asarray(binom.ppf(ndtr(score), size, share), dtype=np.int64)


def counted(score: Array, expected: Array) -> Counts:
    """The quantiles of Poisson distributions that belong to standard normal scores."""
    return np.asarray(poisson.ppf(ndtr(score), expected), dtype=np.int64)
