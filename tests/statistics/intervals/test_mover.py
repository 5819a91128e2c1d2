"""Intervals of differences: against statsmodels, Newcombe's table, by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson_2indep

from sozialbericht.statistics.intervals import byar, garwood, mover, wilson
from sozialbericht.statistics.intervals.interval import Interval, Quantile, Z

SHARE = st.integers(1, 20_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
RATE = st.tuples(st.integers(0, 2000), st.integers(50, 90_000))


def of(number: float) -> np.ndarray:
    return np.array([number], dtype=float)


def shares(one: tuple[int, int], other: tuple[int, int], z: Quantile = Z) -> Interval:
    parts = [part for x, n in (one, other) for part in (of(x / n), wilson.wilson(of(x), of(n), z))]
    return mover.mover(*parts)


def rates(one: tuple[int, int], other: tuple[int, int], z: Quantile = Z) -> Interval:
    parts = [part for x, n in (one, other) for part in (of(x / n), byar.events(of(x), z).times(1 / n))]
    return mover.mover(*parts)


@given(SHARE, SHARE)
def test_two_shares_against_statsmodels(one: tuple[int, int], other: tuple[int, int]) -> None:
    found = shares(one, other)
    expected = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff", alpha=0.05)
    assert (found.lower[0], found.upper[0]) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("one", "other", "lower", "upper"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_two_shares_against_newcombe(one: tuple[int, int], other: tuple[int, int], lower: float, upper: float) -> None:
    """R. G. Newcombe, Interval estimation for the difference between independent proportions, Statist. Med. 17 (1998),
    table II, method 10.
    """
    found = shares(one, other)
    assert (round(found.lower[0], 4), round(found.upper[0], 4)) == (lower, upper)


@given(st.tuples(st.integers(0, 9), st.integers(50, 9000)), st.tuples(st.integers(0, 9), st.integers(50, 9000)))
def test_two_rates_of_few_cases_against_statsmodels(one: tuple[int, int], other: tuple[int, int]) -> None:
    """Below ten cases both parts have exact limits: there statsmodels can do the same."""
    found = rates(one, other)
    parts = [part for x, n in (one, other) for part in (of(x / n), garwood.garwood(of(x)).times(1 / n))]
    exact = mover.mover(*parts)
    assert (found.lower[0], found.upper[0]) == (exact.lower[0], exact.upper[0])
    assume(one[0] and other[0])  # statsmodels gives no lower limit of 0 cases
    expected = confint_poisson_2indep(*one, *other, method="mover", compare="diff", alpha=0.05, method_mover="exact-c")
    assert (found.lower[0], found.upper[0]) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("kind", [shares, rates])
@given(one=SHARE, other=SHARE)
def test_holds_the_difference_and_turns_round_with_its_parts(kind, one, other) -> None:
    found, turned = kind(one, other), kind(other, one)
    difference = one[0] / one[1] - other[0] / other[1]
    assert found.lower[0] <= difference <= found.upper[0]
    assert (turned.lower[0], turned.upper[0]) == pytest.approx((-found.upper[0], -found.lower[0]), abs=1e-12)
    assert np.isnan(mover.mover(of(0.5), Interval(of(np.nan), of(np.nan)), of(0.2), found)).all()


@pytest.mark.parametrize(("kind", "pair"), [(shares, SHARE), (rates, RATE)])
@given(data=st.data())
def test_p_decides_like_the_interval(kind, pair, data: st.DataObject) -> None:
    one, other = data.draw(pair), data.draw(pair)
    p = float(mover.p_value(lambda z: kind(one, other, z), of(0))[0])
    found = kind(one, other)
    assume(min(abs(found.lower[0]), abs(found.upper[0])) > 1e-12)
    assert 0 <= p <= 1 and (p < 0.05) == (not found.lower[0] <= 0 <= found.upper[0])


def test_p_of_something_unknown_is_unknown_and_of_equals_one() -> None:
    unknown = Interval(of(np.nan), of(np.nan))
    assert np.isnan(mover.p_value(lambda z: unknown, of(0))).all()
    assert mover.p_value(lambda z: shares((5, 20), (5, 20), z), of(0)).tolist() == [1.0]


@given(st.lists(st.tuples(SHARE, SHARE), min_size=1, max_size=30))
def test_p_is_found_as_halving_finds_it(pairs) -> None:
    """All areas at once, near ones and far ones: the same as the slow way, each for itself."""
    one, other = (tuple(np.array(part, dtype=float).T) for part in zip(*pairs, strict=True))

    def difference(z: np.ndarray | float) -> Interval:
        return mover.mover(one[0] / one[1], wilson.wilson(*one, z), other[0] / other[1], wilson.wilson(*other, z))

    low, high = np.zeros(len(pairs)), np.full(len(pairs), mover.FARTHEST)
    for _ in range(50):
        middle = (low + high) / 2
        lower, upper = difference(middle)
        low, high = np.where((lower > 0) | (upper < 0), middle, low), np.where((lower > 0) | (upper < 0), high, middle)
    assert mover.p_value(difference, low) == pytest.approx(2 * norm.sf(low), abs=1e-9)


LARGE = st.integers(2000, 20_000).flatmap(lambda n: st.tuples(st.integers(n // 10, n * 9 // 10), st.just(n)))


@given(LARGE, LARGE)
def test_p_of_large_groups_is_near_that_of_the_normal_test(one: tuple[int, int], other: tuple[int, int]) -> None:
    (a, n), (b, m) = one, other
    p = float(mover.p_value(lambda z: shares(one, other, z), of(0))[0])
    error = np.sqrt(a * (n - a) / n**3 + b * (m - b) / m**3)
    assert p == pytest.approx(2 * norm.sf(abs(a / n - b / m) / error), abs=0.02)


@pytest.mark.parametrize(("p", "q", "n", "m"), [(0.1, 0.14, 300, 200), (0.5, 0.5, 40, 60), (0.85, 0.8, 90, 900)])
def test_covers_as_often_as_it_says(p: float, q: float, n: int, m: int) -> None:
    draw = np.random.default_rng(16)
    a, b = draw.binomial(n, p, 20_000).astype(float), draw.binomial(m, q, 20_000).astype(float)
    found = mover.mover(a / n, wilson.wilson(a, a * 0 + n), b / m, wilson.wilson(b, b * 0 + m))
    assert np.mean((found.lower <= p - q) & (p - q <= found.upper)) == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize(("a", "b"), [(6, 9), (14, 20), (200, 230)])
def test_differences_of_rates_cover_at_least_as_often(a: float, b: float) -> None:
    draw = np.random.default_rng(16)
    one, other = (draw.poisson(mean, 20_000).astype(float) for mean in (a, b))
    found = mover.mover(one / 900, byar.events(one).times(1 / 900), other / 700, byar.events(other).times(1 / 700))
    true = a / 900 - b / 700
    assert 0.94 <= np.mean((found.lower <= true) & (true <= found.upper)) <= 0.985
