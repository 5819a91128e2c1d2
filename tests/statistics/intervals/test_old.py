"""Intervals and tests, against statsmodels and published figures."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson_2indep
from statsmodels.stats.rates import test_poisson_2indep as poisson_2indep

from sozialbericht.statistics import intervals
from sozialbericht.statistics.value import Value
from sozialbericht.status import Status

#: So near a bound the two computations may round to different sides.
NEAR = 1e-6


def counted(count: float, whole: float, factor: float = 100, **given: object) -> Value:
    made = Value("a", "i", 2006, count / whole * factor, count, whole, None, None, Status.OK)
    return dataclasses.replace(made, **given)  # type: ignore[arg-type]


# -- one value and a known one -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("total", [1, 5, 29, 148, 1000, 75000])
def test_wilson_against_statsmodels(total: int) -> None:
    counts = np.unique(np.linspace(0, total, 12).astype(int))
    lower, upper = intervals.wilson(counts, np.full(len(counts), total))
    for count, low, high in zip(counts, lower, upper, strict=True):
        expected = proportion_confint(int(count), total, alpha=0.05, method="wilson")
        assert (low, high) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("count", "total", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_against_newcombe(count: int, total: int, lower: float, upper: float) -> None:
    """R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statist. Med. 17 (1998), table I."""
    low, high = intervals.wilson(np.array([count]), np.array([total]))
    assert (round(float(low[0]), 4), round(float(high[0]), 4)) == (lower, upper)


def test_an_interval_excludes_what_lies_outside_and_no_interval_excludes_nothing() -> None:
    lower, upper = np.array([1.0, 1.0, 1.0, 1.0, np.nan]), np.array([2.0, 2.0, 2.0, 2.0, np.nan])
    reference = np.array([0.9, 1.0, 2.0, 2.1, 5.0])
    assert intervals.excludes(lower, upper, reference).tolist() == [True, False, False, True, False]
    assert intervals.excludes(1.0, 2.0, 2.1) and not intervals.excludes(math.nan, math.nan, 2.1)


@pytest.mark.parametrize("count", [3, 17, 240, 5000])
@pytest.mark.parametrize("exposure", [900, 50_000])
def test_a_rate_has_the_interval_of_a_poisson_regression(count: int, exposure: int) -> None:
    """The only parameter of the regression is the logarithm of the rate; its Wald interval bounds where a rate differs.

    The count is given in two parts, which changes nothing of the rate, because statsmodels wants a degree of freedom.
    """
    parts = [count // 3, count - count // 3]
    model = sm.GLM(parts, [[1.0], [1.0]], family=sm.families.Poisson(), exposure=[exposure / 2] * 2)
    low, high = (math.exp(bound) for bound in model.fit().conf_int()[0])
    for bound, outwards in ((low, -1), (high, 1)):
        for step in (-1e-4, 1e-4):
            found = intervals.ratio_differs(count / exposure, bound * (1 + outwards * step), [count])
            assert found == (step > 0)


@given(st.integers(3, 5000), st.integers(1000, 50000), st.floats(1, 200))
def test_a_rate_differs_where_the_poisson_interval_excludes_the_city(count: int, people: int, city: float) -> None:
    """The bounds of the log-normal approximation, value · exp(±1.96/√count), computed here another way."""
    rate = count / people * 1000
    factor = math.exp(1.959964 / np.sqrt(count))
    assume(min(abs(city / (rate * factor) - 1), abs(city / (rate / factor) - 1)) > 1e-5)
    reference = counted(1, 1, number=city)
    found = intervals.differs(counted(count, people, 1000), reference, "rate", 1.0)
    assert found == (not rate / factor < city < rate * factor)


@given(st.integers(3, 5000), st.integers(3, 5000), st.floats(-2, 2))
def test_a_change_differs_by_the_chance_of_both_its_counts(new: int, old: int, times: float) -> None:
    """Two independent Poisson counts: the logarithm of their ratio varies with 1/new + 1/old."""
    assume(abs(abs(times) - 1) > 1e-5)
    bound = 1.959964 * math.hypot(1 / math.sqrt(new), 1 / math.sqrt(old))
    own = counted(new, old, number=(new / old - 1) * 100)
    reference = counted(1, 1, number=(new / old * math.exp(times * bound) - 1) * 100)
    assert intervals.differs(own, reference, "veraenderung", 1.0) == (abs(times) > 1)


def test_each_kind_has_its_rule() -> None:
    marked, plain, city = counted(1, 2, differs=True), counted(1, 2), counted(1, 2)
    assert intervals.differs(marked, city, "anteil", 0.1) and not intervals.differs(plain, city, "anteil", 9.0)
    for kind in ("mittel", "index", "verhaeltnis"):
        assert [intervals.differs(marked, city, kind, gap) for gap in (-0.5, 0.49, 0.5)] == [True, False, True]


# -- two values counted apart ------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.integers(2, 20_000), st.integers(2, 20_000), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_two_shares_against_statsmodels(n: int, m: int, p: float, q: float) -> None:
    """Wald's interval of the difference, not pooled (``confint_proportions_2indep``), does not hold 0."""
    a, b = round(n * p), round(m * q)
    assume(0 < a < n or 0 < b < m)
    low, high = confint_proportions_2indep(a, n, b, m, method="wald", compare="diff", alpha=0.05)
    assume(min(abs(low), abs(high)) > NEAR)
    assert intervals.proportions_differ((a, n), (b, m)) == (not low < 0 < high)
    assert intervals.changed(counted(a, n), counted(b, m), rate=False) == (not low < 0 < high)


@settings(deadline=None)
@given(st.integers(1, 3000), st.integers(1, 3000), st.integers(500, 90_000), st.integers(500, 90_000))
def test_two_rates_against_statsmodels(a: int, b: int, n: int, m: int) -> None:
    """The test of the logarithm of the ratio of two Poisson rates (``wald-log``) and its interval."""
    low, high = confint_poisson_2indep(a, n, b, m, method="wald-log", compare="ratio", alpha=0.05)
    p = poisson_2indep(a, n, b, m, method="wald-log", compare="ratio").pvalue
    assume(abs(p - 0.05) > NEAR and min(abs(low - 1), abs(high - 1)) > NEAR)
    found = intervals.changed(counted(a, n, 1000), counted(b, m, 1000), rate=True)
    assert found == (p < 0.05) == (not low < 1 < high)


def test_without_cases_no_rate_and_no_change_differs() -> None:
    nothing, some = counted(0, 100), counted(5, 100)
    assert not intervals.changed(nothing, some, rate=True) and not intervals.changed(some, nothing, rate=True)
    assert not intervals.differs(nothing, some, "rate", 3.0)
    assert not intervals.differs(some, counted(5, 100, number=-100.0), "veraenderung", 3.0)


def test_intervals_that_touch_are_not_apart() -> None:
    def between(lower: float, upper: float) -> Value:
        return counted(1, 2, lower=lower, upper=upper)

    assert intervals.apart(between(1, 2), between(2.1, 3)) and intervals.apart(between(2.1, 3), between(1, 2))
    assert not intervals.apart(between(1, 2), between(2, 3)) and not intervals.apart(between(1, 4), between(2, 3))
    assert not intervals.apart(counted(1, 2), between(2, 3))


def test_apart_is_stricter_than_the_test_of_the_difference() -> None:
    """Schenker and Gentleman 2001: for like widths the rule rejects at 0.56 %, the test at 5 %."""
    chance = np.random.default_rng(5)
    counts = chance.binomial(4000, 0.4, (4000, 2))
    lower, upper = intervals.wilson(counts, np.full(counts.shape, 4000))
    made = [
        [counted(c, 4000, lower=low, upper=high) for c, low, high in zip(*row, strict=True)]
        for row in zip(counts, lower, upper, strict=True)
    ]
    apart = np.mean([intervals.apart(*pair) for pair in made])
    tested = np.mean([intervals.changed(*pair, rate=False) for pair in made])
    assert apart == pytest.approx(0.0056, abs=0.004)
    assert tested == pytest.approx(0.05, abs=0.01)
