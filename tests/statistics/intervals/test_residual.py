"""What the position lets expect: against regressions fitted one by one, and on worlds where nothing is there."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from sozialbericht.statistics.intervals.discovery import discovered
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.intervals.residual import FEWEST, Residual, residual


def city(seed: int, areas: int = 39, beyond: float = 0.0) -> tuple[Estimate, np.ndarray]:
    """Shares that depend on the position, with chance of counting, and ``beyond`` as their spread about the line."""
    rng = np.random.default_rng(seed)
    position, total = rng.normal(size=areas), rng.integers(150, 6000, areas).astype(float)
    share = np.clip(0.25 + 0.05 * position + rng.normal(scale=beyond, size=areas), 0.01, 0.99) if beyond else (
        np.clip(0.25 + 0.05 * position, 0.01, 0.99)
    )  # fmt: skip
    count = rng.binomial(total.astype(int), share).astype(float)
    return Estimate("anteil", count, total, 100.0, np.ones(areas)), position


@pytest.mark.parametrize("seed", range(3))
def test_every_area_against_a_regression_without_it(seed: int) -> None:
    made, position = city(seed, beyond=0.03)
    found, value = residual(made, position), made.value
    for k in range(len(value)):
        rest = np.arange(len(value)) != k
        fit = sm.OLS(value[rest], sm.add_constant(position[rest])).fit()
        mean = fit.get_prediction([[1.0, position[k]]])
        low, high = mean.conf_int(alpha=0.05)[0]
        assert found.expected[k] == pytest.approx(mean.predicted_mean[0])
        assert (found.around.lower[k], found.around.upper[k]) == pytest.approx((max(low, 0.0), high))
        assert found.spread[k] == pytest.approx(np.sqrt(fit.scale))
        own = [100 * bound for bound in proportion_confint(made.count[k], made.total[k], method="wilson")]
        gap = value[k] - mean.predicted_mean[0]
        assert found.bounds.lower[k] == pytest.approx(gap - np.hypot(value[k] - own[0], high - mean.predicted_mean[0]))


def test_chance_and_interval_agree() -> None:
    for seed in range(6):
        made, position = city(seed, beyond=0.03)
        found = residual(made, position)
        outside = (found.bounds.lower > 0) | (found.bounds.upper < 0)
        assert ((found.p < 0.05) == outside).all()


def test_the_interval_covers_the_true_difference_and_few_are_told_where_there_is_none() -> None:
    """200 cities whose areas lie on the line: 95 % of the intervals hold 0, and the correction tells hardly any."""
    held, told = [], []
    for seed in range(200):
        made, position = city(seed)
        found = residual(made, position)
        held.append(np.mean((found.bounds.lower <= 0) & (found.bounds.upper >= 0)))
        told.append(bool(discovered(found.p).any()))
    assert 0.93 <= np.mean(held) <= 0.97
    assert np.mean(told) <= 0.09, "in one city of twenty, but for chance"


def test_what_is_there_is_found_with_its_sign() -> None:
    made, position = city(7)
    count = made.count.copy()
    count[3] = round(made.total[3] * 0.6)
    found = residual(Estimate("anteil", count, made.total, 100.0, made.clustering), position)
    assert discovered(found.p)[3] and found.difference[3] > 20
    assert found.expected[3] == pytest.approx(residual(made, position).expected[3]), "its own value does not count"


@given(st.integers(0, 50), st.floats(0.1, 20), st.floats(-50, 50))
def test_the_unit_and_zero_of_the_position_do_not_matter(seed: int, scale: float, shift: float) -> None:
    made, position = city(seed, areas=14, beyond=0.02)
    one, other = residual(made, position), residual(made, position * scale + shift)
    assert other.expected == pytest.approx(one.expected, nan_ok=True)
    assert other.p == pytest.approx(one.p, abs=1e-6, nan_ok=True)


@given(st.integers(0, 50), st.integers(0, 13))
def test_an_area_without_a_value_or_position_changes_nothing_but_itself(seed: int, gone: int) -> None:
    made, position = city(seed, areas=14, beyond=0.02)
    lacking = position.copy()
    lacking[gone] = np.nan
    count = made.count.copy()
    count[gone] = np.nan
    one = residual(made, lacking)
    other = residual(Estimate("anteil", count, made.total, 100.0, made.clustering), position)
    assert np.isnan(one.p[gone]) and np.isnan(other.p[gone])
    assert one.p == pytest.approx(other.p, nan_ok=True)


def nothing(found: Residual) -> bool:
    return bool(np.isnan(found.p).all() and np.isnan(found.expected).all())


def test_few_areas_or_one_position_give_nothing() -> None:
    made, position = city(1, areas=FEWEST)
    assert np.isfinite(residual(made, position).p).all()
    assert nothing(residual(made.at(np.arange(FEWEST - 1)), position[:-1]))
    assert nothing(residual(made, np.ones(FEWEST)))


def test_an_expectation_that_no_share_can_have_is_none() -> None:
    total = np.full(12, 1000.0)
    count = np.array([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22], dtype=float)
    position = np.append(np.arange(11) * 2.0, -30.0)
    found = residual(Estimate("anteil", count, total, 100.0, np.ones(12)), position)
    assert np.isnan(found.expected[-1]) and np.isnan(found.p[-1])


def test_means_have_no_expectation() -> None:
    made, position = city(2)
    assert nothing(residual(Estimate("mittel", made.count, made.total, 1.0, made.clustering), position))


def test_the_students_interval_is_wider_than_the_normal_one() -> None:
    made, position = city(4, areas=FEWEST, beyond=0.04)
    found = residual(made, position)
    reach = (found.around.upper - found.expected) / stats.t.isf(0.025, FEWEST - 3)
    assert (found.around.upper - found.expected > 1.96 * reach).all()
