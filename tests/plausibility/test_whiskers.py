"""Whiskers: the medcouple against statsmodels, fences that hold for skewed data."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.stattools import medcouple as published

from sozialbericht.plausibility.whiskers import NORMAL, medcouple, outlying
from sozialbericht.plausibility.yardstick import LIMIT


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(-1000, 1000), min_size=3, max_size=60))
def test_medcouple_is_that_of_statsmodels(values):
    numbers = np.array(values, dtype=float)
    if np.ptp(numbers) == 0:
        assert medcouple(numbers) == 0
    else:
        assert medcouple(numbers) == pytest.approx(float(published(numbers, use_fast=False)), abs=1e-9)


def test_medcouple_tells_the_side():
    rng = np.random.default_rng(1)
    skewed = rng.gamma(2, size=2000)
    assert 0.15 < medcouple(skewed) < 0.35
    assert medcouple(-skewed) == pytest.approx(-medcouple(skewed))
    assert abs(medcouple(rng.normal(size=4000))) < 0.03
    assert medcouple([1.0, 2.0]) == 0


def test_normal_data_have_the_scale_of_a_normal_distribution():
    numbers = np.random.default_rng(2).normal(3, 2, 20_000)
    assert np.std(outlying(numbers)) == pytest.approx(1, abs=0.05)
    assert pytest.approx(4.7214, abs=1e-4) == NORMAL


@pytest.mark.parametrize(
    ("distribution", "share"), [(stats.norm(), 0.001), (stats.gamma(2), 0.003), (stats.lognorm(0.7), 0.01)]
)
def test_clean_data_are_seldom_far_out(distribution, share):
    found = [np.abs(outlying(distribution.rvs(40, random_state=seed))) > LIMIT for seed in range(500)]
    assert np.mean(found) < share


def test_what_is_far_out_is_found_on_both_sides():
    numbers = np.random.default_rng(3).normal(0, 1, 40)
    numbers[:2] = 12, -12
    found = outlying(numbers)
    assert found[0] > LIMIT
    assert found[1] < -LIMIT
    assert np.abs(found[2:]).max() < LIMIT


def test_chance_of_small_numbers_moves_the_fence():
    numbers = np.append(np.random.default_rng(4).normal(0, 0.1, 40), 1.0)
    assert outlying(numbers)[-1] > LIMIT
    assert outlying(numbers, np.append(np.zeros(40), 0.5))[-1] < LIMIT


def test_missing_few_and_equal_numbers():
    assert np.isnan(outlying([1.0, np.nan])).all()
    assert np.isnan(outlying([1.0, 2.0, 3.0, np.nan])[-1])
    assert outlying([2.0, 2.0, 2.0, 2.0]).tolist() == [0, 0, 0, 0]
