"""Rounding keeps sums, caps and margins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sozialbericht.model import raking, rates, rounding

SHARES = st.floats(0.001, 500, allow_nan=False)


@given(arrays(float, st.integers(1, 40), elements=SHARES))
def test_largest_remainder_keeps_the_sum_and_moves_less_than_one(expected):
    total = round(float(expected.sum()))
    expected = expected * total / expected.sum()
    result = rounding.largest_remainder(expected, total)
    assert result.sum() == total
    assert (np.abs(result - expected) < 1 + 1e-6).all()


@given(arrays(float, st.integers(2, 30), elements=SHARES), st.data())
def test_largest_remainder_respects_caps(expected, data):
    caps = np.ceil(expected).astype(np.int64)
    total = data.draw(st.integers(0, int(caps.sum())))
    result = rounding.largest_remainder(expected, total, caps)
    assert result.sum() == total
    assert (result <= caps).all()
    assert (result >= 0).all()


def test_caps_without_room_are_refused():
    with pytest.raises(ValueError, match="no cell"):
        rounding.largest_remainder(np.array([1.0, 1.0]), 5, np.array([2, 2]))


@given(st.integers(2, 12), st.integers(2, 6), st.randoms(use_true_random=False))
def test_table_meets_both_margins_and_every_cell_moves_less_than_one(height, width, random):
    seed = np.array([[random.uniform(0.01, 9) for _ in range(width)] for _ in range(height)])
    rows = np.array([random.randint(1, 60) for _ in range(height)])
    columns = rounding.largest_remainder(seed.sum(axis=0) * rows.sum() / seed.sum(), int(rows.sum()))
    expected = raking.table(seed, rows.astype(float), columns.astype(float)) if (columns > 0).all() else None
    if expected is None:
        return
    result = rounding.table(expected, rows, columns)
    assert (result.sum(axis=1) == rows).all()
    assert (result.sum(axis=0) == columns).all()
    assert (np.abs(result - expected) < 1 + 1e-6).all()


def test_table_refuses_sums_that_do_not_fit():
    with pytest.raises(ValueError, match="sums"):
        rounding.table(np.array([[0.5, 0.5]]), np.array([3]), np.array([1, 2]))


@given(st.randoms(use_true_random=False))
def test_vector_meets_overlapping_margins(random):
    seed = np.array([random.uniform(5, 50) for _ in range(8)])
    women = np.arange(8) % 2 == 0
    young = np.arange(8) < 4
    total = round(float(seed.sum()))
    margins = [(women, float(round(total * 0.47))), (young, float(round(total * 0.31)))]
    result = rounding.vector(raking.vector(seed, float(total), margins), total, margins)
    assert result.sum() == total
    assert all(result[mask].sum() == value for mask, value in margins)


def test_vector_refuses_contradicting_margins():
    mask = np.array([True, False])
    with pytest.raises(ValueError, match="margins"):
        raking.vector(np.array([1.0, 1.0]), 10.0, [(mask, 3.0), (mask, 4.0)])
    with pytest.raises(ValueError, match="margins"):
        rounding.vector(np.array([3.0, 7.0]), 10, [(mask, 3.0), (mask, 4.0)])


def test_raking_refuses_different_totals():
    with pytest.raises(ValueError, match="totals"):
        raking.table(np.ones((2, 2)), np.array([1.0, 2.0]), np.array([1.0, 1.0]))


@given(arrays(float, 5, elements=st.floats(-3, 3)), st.floats(0.02, 0.98))
def test_constant_solves_for_the_total(predictor, share):
    wholes = np.array([100.0, 200.0, 50.0, 10.0, 1000.0])
    total = share * wholes.sum()
    found = rates.constant(predictor, wholes, total)
    assert (wholes * rates.expit(predictor + found)).sum() == pytest.approx(total, abs=1e-6)


def test_constant_refuses_an_impossible_total():
    with pytest.raises(ValueError, match="between"):
        rates.constant(np.zeros(2), np.ones(2), 2.0)
