"""The interval of a ratio of counts: against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson_2indep
from statsmodels.stats.rates import test_poisson_2indep as poisson_2indep

from sozialbericht.statistics.intervals.logratio import logratio, p_value

COUNT = st.integers(1, 60_000)


@given(COUNT, COUNT)
def test_against_statsmodels(new: int, old: int) -> None:
    lower, upper = logratio(np.array([new], float), np.array([old], float))
    expected = confint_poisson_2indep(new, 1, old, 1, method="wald-log", compare="ratio", alpha=0.05)
    assert (lower[0], upper[0]) == pytest.approx(expected, rel=1e-9)
    assert lower[0] < new / old < upper[0]


@given(COUNT, COUNT, st.floats(0.05, 20))
def test_p_against_statsmodels_and_like_the_interval(new: int, old: int, city: float) -> None:
    p = float(p_value(np.array([new], float), np.array([old], float), city)[0])
    expected = poisson_2indep(new, 1, old, 1, value=city, method="wald-log", compare="ratio").pvalue
    assert p == pytest.approx(expected, abs=1e-9)
    lower, upper = logratio(np.array([new], float), np.array([old], float))
    assume(min(abs(lower[0] / city - 1), abs(upper[0] / city - 1)) > 1e-9)
    assert (p < 0.05) == (not lower[0] <= city <= upper[0])


def test_nothing_has_none() -> None:
    new, old = np.array([0.0, 5.0, np.nan]), np.array([5.0, 0.0, 5.0])
    assert np.isnan(logratio(new, old)).all() and np.isnan(p_value(new, old, 1.0)).all()
    assert np.isnan(p_value(np.array([5.0]), np.array([5.0]), 0.0)).all()


@pytest.mark.parametrize(("new", "old"), [(12, 15), (90, 80), (1200, 1100)])
def test_covers_as_often_as_it_says(new: float, old: float) -> None:
    draw = np.random.default_rng(16)
    counts, bases = (draw.poisson(mean, 20_000).astype(float) for mean in (new, old))
    lower, upper = logratio(counts, bases)
    assert np.mean((lower <= new / old) & (new / old <= upper)) == pytest.approx(0.95, abs=0.015)
