"""Whether a series of five and more values goes up or down, as a whole.

The test of Mann and Kendall: S = Σ sign(xⱼ − xᵢ) over all pairs i < j of years; H. B. Mann, Nonparametric tests against
trend, Econometrica 13 (1945), 245–259; M. G. Kendall, Rank Correlation Methods, 1948. Its p is that of Kendall's τ with
time: exact without ties, else from the normal distribution with the variance corrected for ties.

Chosen in place of a Poisson regression, because it needs no counts and no model of them: it judges shares, rates, means
and indices of small and large areas alike, by how steadily they move. A regression of a stock of thousands calls every
drift significant, and takes for independent what is mostly the same people a year later. The price: five values must
all follow one another in order to be a trend.
"""

from __future__ import annotations

import numpy as np

from sozialbericht.position import Position
from sozialbericht.statistics.intervals.discovery import discovered

#: The fewest values that may be called a trend.
FEWEST = 5


def trends(series: np.ndarray) -> np.ndarray:
    """The :class:`Position` of the end of each series beside its beginning; areas in rows, years in columns, oldest
    first.

    NaN is a year without a value. Corrected over the areas that have a series of :data:`FEWEST` values; *kein
    Intervall* for the others. All years must belong to one segment of the series.
    """
    found = [_mann_kendall(row[np.isfinite(row)]) for row in series]
    tau, p = np.array(found, dtype=float).reshape(-1, 2).T
    told = discovered(p)
    positions = [
        Position.UNKNOWN if np.isnan(one) else Position.WITHIN if not sure else _side(up)
        for up, one, sure in zip(tau, p, told, strict=True)
    ]
    return np.array(positions, dtype=object)


def _side(tau: float) -> Position:
    return Position.ABOVE if tau > 0 else Position.BELOW


def _mann_kendall(values: np.ndarray) -> tuple[float, float]:
    """Kendall's τ with time and its p; NaN for a series that is too short, 0 and 1 for one that never moves."""
    if len(values) < FEWEST:
        return np.nan, np.nan
    if np.ptp(values) == 0:
        return 0.0, 1.0
    from scipy.stats import kendalltau  # see discovery

    found = kendalltau(np.arange(len(values)), values)
    return float(found.statistic), float(found.pvalue)
