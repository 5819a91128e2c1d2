"""Yardstick: a robust spread, probabilities as deviations, the root that makes chance alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels import robust

from sozialbericht.plausibility import yardstick
from sozialbericht.plausibility.yardstick import (
    LIMIT,
    PSEUDO,
    SLIP_LIMIT,
    deviations,
    many_events,
    many_hits,
    much_spread,
    root,
    spread,
)  # fmt: skip


def test_spread_of_many_normal_residuals_is_their_deviation():
    for sigma in (0.4, 1.0, 3.0):
        residuals = np.random.default_rng(1).normal(0, sigma, 20_000)
        assert spread(residuals, prior=sigma) == pytest.approx(sigma, rel=0.02)


def test_spread_is_the_median_deviation_pooled_with_chance():
    residuals = np.random.default_rng(2).normal(0, 0.5, 300)
    typical = robust.mad(residuals, center=0)
    assert spread(residuals) == pytest.approx(np.sqrt((300 * typical**2 + PSEUDO) / (300 + PSEUDO)), rel=1e-3)


def test_few_wrong_residuals_change_nothing():
    residuals = np.random.default_rng(3).normal(0, 1, 300)
    for wrong in (1, 2, 3):
        spoilt = residuals.copy()
        spoilt[:wrong] = 1e6
        assert spread(spoilt) == pytest.approx(spread(residuals), rel=0.1)


def test_a_long_tail_widens_the_spread():
    residuals = stats.t(2).rvs(2000, random_state=4)
    assert spread(residuals) > 1.5 * robust.mad(residuals, center=0)


@given(st.integers(1, 3000), st.sampled_from([2, 5, 10, 100, 1000]), st.data())
def test_tails_of_distributions_are_those_of_scipy(number, step, data):
    def same(ours, logarithm):
        assert ours == pytest.approx(deviations(float(logarithm)), rel=1e-9, abs=1e-9)  # the last bit is the machine's

    hits = data.draw(st.integers(0, number))
    with np.errstate(divide="ignore"):
        same(many_hits(hits, number, 1 / step), stats.binom.logsf(hits - 1, number, 1 / step))
        expected = data.draw(st.floats(1e-9, 200))
        same(many_events(hits, expected), stats.poisson.logsf(hits - 1, expected))
        statistic = data.draw(st.floats(0, 3000))
        same(much_spread(statistic, 9), stats.chi2.logsf(statistic, 9))


def test_without_residuals_chance_decides():
    assert spread([]) == spread([np.nan, np.inf]) == 1.0
    assert spread([], prior=7.0) == 7.0


@given(st.lists(st.floats(-1e6, 1e6), max_size=60), st.floats(0.01, 100))
def test_spread_is_a_positive_number(residuals, prior):
    assert 0 < spread(residuals, prior) < np.inf
    assert spread(residuals, prior) == spread(residuals[::-1], prior) == spread([-r for r in residuals], prior)


@pytest.mark.parametrize("z", [0.5, 2, LIMIT, 20, 30])
def test_a_probability_becomes_the_deviation_that_is_as_rare(z):
    assert deviations(stats.norm.logsf(z) + np.log(2)) == pytest.approx(z, rel=1e-6)


def test_deviations_of_what_is_certain_and_of_what_is_impossible():
    assert deviations(0.0) == deviations(1.0) == 0.0
    assert deviations(-1e6) > deviations(-2e3) > deviations(-700) > 30


def test_the_root_of_a_poisson_count_has_variance_one():
    rng = np.random.default_rng(5)
    for mean in (5, 20, 500, 20_000):
        assert np.var(root(rng.poisson(mean, 50_000))) == pytest.approx(1, abs=0.06)
    assert root(-3.0) == root(0.0)


def test_the_limits_are_what_their_comment_says():
    assert 5000 * 2 * stats.norm.sf(LIMIT) == pytest.approx(0.003, abs=0.0005)
    assert SLIP_LIMIT < LIMIT
    assert pytest.approx(stats.norm.ppf(0.75), abs=1e-4) == yardstick.MEDIAN
