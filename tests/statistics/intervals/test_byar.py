"""Byar's and the exact interval of a rate's count: against statsmodels, published figures, by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm, poisson
from statsmodels.stats.rates import confint_poisson

from sozialbericht.statistics.intervals import byar, garwood
from sozialbericht.statistics.intervals.interval import Z


def bounds(made: tuple[np.ndarray, np.ndarray]) -> tuple[float, float]:
    return float(made[0][0]), float(made[1][0])


def of(count: float) -> np.ndarray:
    return np.array([count], dtype=float)


@pytest.mark.parametrize(
    ("count", "level", "lower", "upper"),
    [
        (65, 0.95, 50.16318771045945368, 82.84913854593983729),
        (1045, 0.95, 982.59320180733254801, 1110.33121298564992685),
        (1, 0.95, 0.01307213290150435, 5.56375558247526047),
        (65, 0.998, 42.88026147148020328, 94.00029084431801607),
        (1045, 0.998, 947.94070356103736685, 1148.80616098803307068),
        (10, 0.998, 2.91631837469568600, 24.19372492788053464),
    ],
)
def test_byar_against_pheindicatormethods(count: int, level: float, lower: float, upper: float) -> None:
    """The figures that ``byars_lower`` and ``byars_upper`` of PHEindicatormethods 2.1.0 are tested with
    (testdata_Byars_Wilson.xlsx).
    """
    found = bounds(byar.byar(of(count), norm.isf((1 - level) / 2)))
    assert found == pytest.approx((lower, upper), rel=1e-9)


@pytest.mark.parametrize(
    ("count", "people", "level", "lower", "upper"),
    [
        (1, 100, 0.95, 25.31780798428989598, 5571.64339093889793730),
        (5, 100, 0.95, 1623.48639011841987667, 11668.33207932266850548),
        (1, 100, 0.998, 1.00050033358353430, 9233.41347645158566593),
        (5, 100, 0.998, 739.37173191783892889, 16454.74520368010416860),
        (2, 200, 0.95, 121.10463927198257750, 3612.34383386197941945),
        (20, 100, 0.95, 12211.42883487593644531, 30889.88036919706428307),
        (65, 100, 0.998, 42880.26147148020390887, 94000.29084431800583843),
        (9856, 12345, 0.95, 78269.49058976757805794, 81430.01654272140876856),
        (7776456, 7564336677, 0.95, 102.73196005302074241, 102.87648334092831703),
        (222, 3215, 0.998, 5560.73769525985335349, 8461.04668173341087822),
        (10, 200, 0.95, 2393.72495698378224915, 9195.72930287823692197),
        (250, 220, 0.95, 99984.94738532876363024, 128631.14487455782364123),
    ],
)
def test_rates_against_pheindicatormethods(count: int, people: int, level: float, lower: float, upper: float) -> None:
    """The figures that ``phe_rate`` of PHEindicatormethods 2.1.0 is tested with, per 100.000: exact below ten cases,
    Byar's from ten on (testdata_Rate.xlsx).
    """
    found = byar.events(of(count), norm.isf((1 - level) / 2)).times(100_000 / people)
    assert bounds(found) == pytest.approx((lower, upper), rel=1e-9)


@pytest.mark.parametrize("count", [0, 1, 2, 5, 9, 10, 37, 410])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.998])
def test_exact_limits_against_statsmodels(count: int, level: float) -> None:
    expected = confint_poisson(count, 1, method="exact-c", alpha=1 - level)
    found = bounds(garwood.garwood(of(count), norm.isf((1 - level) / 2)))
    assert found == pytest.approx(tuple(np.nan_to_num(expected)), abs=1e-9)


@given(st.integers(0, 30_000))
def test_byar_lies_near_the_exact_limits(count: int) -> None:
    exact, found = bounds(garwood.garwood(of(count))), bounds(byar.events(of(count)))
    assert found == pytest.approx(exact, rel=0.002, abs=1e-9)
    assert found[0] <= count <= found[1]


@given(st.integers(0, 3000))
def test_limits_grow_with_the_count(count: int) -> None:
    """Also from the last count with exact limits to the first of Byar's."""
    lower, upper = byar.events(np.array([count, count + 1.0]))
    assert lower[0] < lower[1] and upper[0] < upper[1]


@given(st.floats(0, 400), st.floats(0.01, 900))
def test_p_decides_like_the_interval(count: float, expected: float) -> None:
    p = float(byar.p_value(of(count), of(expected))[0])
    low, high = bounds(byar.events(of(count)))
    assume(min(abs(low - expected), abs(high - expected)) > 1e-7 * expected)
    assert 0 <= p <= 1 and (p < 0.05) == (not low <= expected <= high)


@given(st.integers(0, 9), st.floats(0.01, 40))
def test_exact_p_doubles_the_smaller_tail(count: int, expected: float) -> None:
    tails = poisson.cdf(count, expected), poisson.sf(count - 1, expected)
    assert float(garwood.p_value(of(count), of(expected))[0]) == pytest.approx(min(1, 2 * min(tails)), abs=1e-9)


def test_there_is_none_below_nothing() -> None:
    assert np.isnan(byar.events(np.array([-1.0, np.nan]))).all()
    assert np.isnan(byar.p_value(np.array([-1.0, np.nan, 5.0, 50.0]), np.array([3.0, 3.0, -1.0, -1.0]))).all()
    assert byar.events(of(0))[0][0] == 0


@pytest.mark.parametrize("mean", [2.5, 8, 12, 60, 700])
def test_covers_at_least_as_often_as_it_says(mean: float) -> None:
    counts = np.random.default_rng(16).poisson(mean, 20_000).astype(float)
    lower, upper = byar.events(counts, Z)
    assert 0.945 <= np.mean((lower <= mean) & (mean <= upper)) <= 0.99
