"""Trends: against all orders of the values, a printed table, and by what they must not see."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.position import Position
from sozialbericht.statistics.intervals import trend


def score(values: list[float]) -> int:
    return sum(int(np.sign(b - a)) for k, a in enumerate(values) for b in values[k + 1 :])


@pytest.mark.parametrize("count", [5, 6, 7])
def test_p_is_the_share_of_orders_that_are_as_steady(count: int) -> None:
    scores = np.abs([score(list(order)) for order in permutations(range(count))])
    draw = np.random.default_rng(16)
    for _ in range(20):
        values = draw.permutation(count).astype(float)
        expected = np.mean(scores >= abs(score(list(values))))
        assert trend._mann_kendall(values)[1] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("count", "s", "p"), [(5, 8, 0.042), (5, 10, 0.0083), (8, 16, 0.031), (8, 20, 0.0071)])
def test_p_against_a_printed_table(count: int, s: int, p: float) -> None:
    """R. O. Gilbert, Statistical Methods for Environmental Pollution Monitoring, 1987, table A18: one-sided."""
    order = next(o for o in permutations(range(count)) if score(list(o)) == s)
    assert trend._mann_kendall(np.array(order, float))[1] / 2 == pytest.approx(p, abs=0.0006)


def test_five_in_order_are_a_trend_and_four_are_too_few() -> None:
    rows = np.array([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [1, 2, 3, 5, 4], [1, 2, 3, 4, np.nan], [3, 3, 3, 3, 3]], float)
    found = [trend.trends(row[None, :])[0] for row in rows]
    assert found == [Position.ABOVE, Position.BELOW, Position.WITHIN, Position.UNKNOWN, Position.WITHIN]


def test_many_areas_are_corrected_for() -> None:
    one = np.array([[1.0, 2, 3, 4, 5], *[[1.0, 3, 2, 5, 4]] * 9])
    assert trend.trends(one[:1])[0] is Position.ABOVE
    assert set(trend.trends(one)) == {Position.WITHIN}
    assert set(trend.trends(one[[0] * 10])) == {Position.ABOVE}


@given(st.lists(st.floats(-100, 100), min_size=5, max_size=9))
def test_turning_the_years_round_turns_the_trend_round(values: list[float]) -> None:
    forth, back = (trend.trends(np.array([row]))[0] for row in (values, values[::-1]))
    assert forth.sign == -back.sign and (forth is Position.UNKNOWN) == (back is Position.UNKNOWN)


def test_chance_is_seldom_called_a_trend() -> None:
    noise = np.random.default_rng(16).normal(size=(2000, 8))
    p = np.array([trend._mann_kendall(row)[1] for row in noise])
    assert np.mean(p < 0.05) <= 0.05
