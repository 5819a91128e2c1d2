"""Wilson's interval: against statsmodels, Newcombe's table and the worked figures of PHEindicatormethods."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint, proportions_ztest

from sozialbericht.statistics.intervals.interval import Z
from sozialbericht.statistics.intervals.wilson import p_value, wilson

COUNTS = st.integers(1, 60_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def bounds(count: float, total: float, z: float = Z) -> tuple[float, float]:
    lower, upper = wilson(np.array([count], float), np.array([total], float), z)
    return float(lower[0]), float(upper[0])


@pytest.mark.parametrize("total", [1, 5, 29, 148, 1000, 75000])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.998])
def test_against_statsmodels(total: int, level: float) -> None:
    counts = np.unique(np.linspace(0, total, 12).astype(int))
    lower, upper = wilson(counts.astype(float), np.full(len(counts), float(total)), norm.isf((1 - level) / 2))
    for count, low, high in zip(counts, lower, upper, strict=True):
        expected = proportion_confint(int(count), total, alpha=1 - level, method="wilson")
        assert (low, high) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("count", "total", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_against_newcombe(count: int, total: int, lower: float, upper: float) -> None:
    """R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statist. Med. 17 (1998), table I."""
    low, high = bounds(count, total)
    assert (round(low, 4), round(high, 4)) == (lower, upper)


@pytest.mark.parametrize(
    ("count", "total", "level", "lower", "upper"),
    [
        (65, 100, 0.95, 0.55254443296887967, 0.73635751756902468),
        (1045, 5000, 0.95, 0.19795549880013297, 0.22049130373189027),
        (0.445, 1, 0.95, 0.04381744772058822, 0.93346212769791559),
        (65, 100, 0.998, 0.49549465740704313, 0.77835406140896968),
        (1045, 5000, 0.998, 0.19179381799015244, 0.22731562902525818),
        (1, 100, 0.95, 0.00176743206414065, 0.05448619617870529),
        (5, 100, 0.95, 0.02154367915436798, 0.11175046923191911),
        (9856, 12345, 0.95, 0.79121017529090687, 0.80536400736149094),
        (7776456, 7564336677, 0.95, 0.00102732010016411, 0.00102876445789772),
        (222, 3215, 0.998, 0.05647101964624248, 0.08418414185270134),
    ],
)
def test_against_pheindicatormethods(count: float, total: float, level: float, lower: float, upper: float) -> None:
    """The figures that PHEindicatormethods 2.1.0 is tested with (testdata_Byars_Wilson.xlsx, testdata_Proportion.xlsx;
    https://github.com/dhsc-govuk/PHEindicatormethods, version 2.1.0).
    """
    assert bounds(count, total, norm.isf((1 - level) / 2)) == pytest.approx((lower, upper), rel=1e-9)


@given(COUNTS)
def test_holds_the_estimate_and_mirrors(given_counts: tuple[int, int]) -> None:
    count, total = given_counts
    low, high = bounds(count, total)
    assert 0 <= low <= count / total <= high <= 1
    assert bounds(total - count, total) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(COUNTS, st.floats(1.01, 50))
def test_fewer_cases_make_it_wider(given_counts: tuple[int, int], factor: float) -> None:
    count, total = given_counts
    low, high = bounds(count, total)
    wide_low, wide_high = bounds(count / factor, total / factor)
    assert wide_low <= low + 1e-12 and high <= wide_high + 1e-12


@given(COUNTS, st.floats(0.001, 0.999))
def test_p_is_that_of_the_score_test_and_decides_like_the_interval(given_counts: tuple[int, int], city: float) -> None:
    count, total = given_counts
    p = float(p_value(np.array([count], float), np.array([total], float), city)[0])
    expected = proportions_ztest(count, total, city, prop_var=city)[1]
    assert p == pytest.approx(expected, abs=1e-9)
    low, high = bounds(count, total)
    assume(min(abs(low - city), abs(high - city)) > 1e-9)
    assert (p < 0.05) == (not low <= city <= high)


def test_there_is_none_above_one_and_of_nothing() -> None:
    count, total = np.array([5.0, 3.0, np.nan, 2.0, -1.0]), np.array([4.0, 0.0, 4.0, np.nan, 4.0])
    assert np.isnan(wilson(count, total)).all() and np.isnan(p_value(count, total, 0.5)).all()
    assert p_value(np.array([0.0, 3.0]), np.array([9.0, 9.0]), 0.0).tolist() == [1.0, 0.0]


@pytest.mark.parametrize(("share", "total"), [(0.02, 400), (0.12, 900), (0.5, 60), (0.85, 120)])
def test_covers_as_often_as_it_says(share: float, total: int) -> None:
    counts = np.random.default_rng(16).binomial(total, share, 20_000).astype(float)
    lower, upper = wilson(counts, np.full(counts.shape, float(total)))
    assert np.mean((lower <= share) & (share <= upper)) == pytest.approx(0.95, abs=0.015)
