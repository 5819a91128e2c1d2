"""The design effect: by simulation of households."""

from __future__ import annotations

import numpy as np
import pytest

from sozialbericht.statistics.intervals import design_effect
from sozialbericht.statistics.intervals.byar import events


def test_people_in_households_vary_as_much_as_it_says() -> None:
    """Households of three: an interval of the people alone is wrong far too often, of the effective count it is not."""
    households = np.random.default_rng(16).poisson(70, 20_000)
    people = 3.0 * households

    def covered(factor: float) -> float:
        found = events(design_effect.effective(people, np.full(people.shape, factor))).times(factor)
        return float(np.mean((found.lower <= 210) & (found.upper >= 210)))

    assert covered(3.0) == pytest.approx(0.95, abs=0.01) and covered(1.0) < 0.8


def test_of_households_of_many_sizes_the_mean_size_says_most() -> None:
    """The right factor is Σm²/Σm; the mean is less, and its interval a little too narrow."""
    draw = np.random.default_rng(16)
    sizes = np.arange(1, 6)
    often = draw.poisson([30, 20, 12, 6, 2], (20_000, 5))
    people, mean = often @ sizes.astype(float), np.average(sizes, weights=[30, 20, 12, 6, 2])
    exact = np.average(sizes, weights=sizes * [30, 20, 12, 6, 2])
    true = float(np.dot(sizes, [30, 20, 12, 6, 2]))
    covered = {}
    for factor in (1.0, mean, exact):
        found = events(people / factor).times(factor)
        covered[factor] = np.mean((found.lower <= true) & (found.upper >= true))
    assert covered[1.0] < covered[mean] < covered[exact] == pytest.approx(0.95, abs=0.01)
    assert covered[mean] > 0.89


def test_mean_size_takes_the_city_s_where_an_area_has_none_and_is_never_below_one() -> None:
    people, units = np.array([30.0, np.nan, 8.0, 4.0]), np.array([15.0, 5.0, np.nan, 8.0])
    assert design_effect.mean_size(people, units, 0).tolist() == [2.0, 2.0, 2.0, 1.0]
    assert np.isnan(design_effect.mean_size(people * np.nan, units, 0)).all()


def test_areas_together_have_the_mean_weighted_by_their_counts() -> None:
    assert design_effect.pooled(np.array([30.0, 10.0]), np.array([2.0, 1.0])) == 1.75
    assert design_effect.pooled(np.array([0.0, 0.0]), np.array([2.0, 1.0])) == 1.5
