"""Index of dissimilarity, ends of a ranking, rates of groups of areas."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sozialbericht.statistics.segregation import dissimilarity, ends, pooled_rate

counts = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=2, max_size=30)


def series(values: list[int]) -> pd.Series:
    return pd.Series(values, index=[f"r{i:02}" for i in range(len(values))], dtype=float)


def test_example_computed_by_hand() -> None:
    # Shares of the group 0.1, 0.3, 0.6; of the others 0.5, 0.3, 0.2: ½ (0.4 + 0 + 0.4) = 0.4
    assert dissimilarity(series([10, 30, 60]), series([100, 60, 40])) == pytest.approx(0.4, abs=1e-15)


def test_ends_of_the_scale() -> None:
    assert dissimilarity(series([5, 10, 15]), series([10, 20, 30])) == 0
    assert dissimilarity(series([5, 0]), series([0, 7])) == 1
    assert math.isnan(dissimilarity(series([0, 0]), series([3, 4])))


@pytest.mark.parametrize("wrong", [[1.0, math.nan], [1.0, -1.0]])
def test_refuses_what_is_no_count(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="numbers of at least 0"):
        dissimilarity(pd.Series(wrong, index=["a", "b"]), pd.Series([1.0, 2.0], index=["a", "b"]))


def test_refuses_other_areas() -> None:
    with pytest.raises(ValueError, match="same areas"):
        dissimilarity(pd.Series([1.0], index=["a"]), pd.Series([1.0], index=["b"]))


@given(counts, st.randoms(use_true_random=False), st.integers(2, 9))
def test_bounds_symmetry_order_and_scale(pairs: list[tuple[int, int]], chance: object, factor: int) -> None:
    a, b = series([x for x, _ in pairs]), series([y for _, y in pairs])
    assume(a.sum() > 0 and b.sum() > 0)
    d = dissimilarity(a, b)
    assert 0 <= d <= 1
    assert dissimilarity(b, a) == d
    order = list(a.index)
    chance.shuffle(order)  # type: ignore[attr-defined]
    assert dissimilarity(a[order], b) == d
    assert dissimilarity(a * factor, b) == pytest.approx(d, abs=1e-12)


@given(counts)
def test_is_the_share_that_would_have_to_move(pairs: list[tuple[int, int]]) -> None:
    a, b = series([x for x, _ in pairs]), series([y for _, y in pairs])
    assume(a.sum() > 0 and b.sum() > 0)
    even = b / b.sum() * a.sum()
    assert dissimilarity(a, b) == pytest.approx((a - even).clip(lower=0).sum() / a.sum(), abs=1e-9)


def test_ends_do_not_depend_on_the_order_of_rows() -> None:
    rates = pd.Series({"c": 9.0, "a": 1.0, "e": 5.0, "b": 9.0, "d": 2.0, "f": math.nan})
    assert ends(rates) == (["b"], ["a"])
    assert ends(rates.iloc[::-1], 0.4) == (["b", "c"], ["a", "d"])
    with pytest.raises(ValueError, match="cannot be parted"):
        ends(rates.head(1))


def test_pooled_rate_is_sum_over_sum() -> None:
    top, bottom = pd.Series({"a": 10.0, "b": 1.0, "c": math.nan}), pd.Series({"a": 100.0, "b": 900.0, "c": 5.0})
    assert pooled_rate(top, bottom, ["a", "b"]) == pytest.approx(1.1)
    assert math.isnan(pooled_rate(top, bottom, ["a", "c"]))
    assert math.isnan(pooled_rate(top * 0, bottom * 0, ["a"]))
