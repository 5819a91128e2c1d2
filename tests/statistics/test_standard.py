from __future__ import annotations

import math

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.statistics.standard import standardise

NUMBERS = st.lists(st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3)), min_size=2, max_size=40)


def test_by_hand():
    # 2 4 4 4 5 5 7 9: mean 5, population standard deviation 2
    values = [2, 4, 4, 4, 5, 5, 7, 9]
    z = standardise(pd.DataFrame({"a": values}))["a"]
    assert z.tolist() == [-1.5, -0.5, -0.5, -0.5, 0.0, 0.0, 1.0, 2.0]


def test_missing_stays_missing_and_is_left_out():
    z = standardise(pd.DataFrame({"a": [1.0, np.nan, 3.0], "b": [np.nan] * 3}, index=["x", "y", "z"]))
    assert z["a"].tolist()[::2] == [-1.0, 1.0]
    assert math.isnan(z.at["y", "a"])
    assert z["b"].isna().all()


def test_constant_column_is_zero():
    z = standardise(pd.DataFrame({"a": [0.1, 0.1, 0.1, np.nan], "b": [1, 2, 3, 4]}))
    assert z["a"].tolist()[:3] == [0.0, 0.0, 0.0]
    assert math.isnan(z["a"].iloc[3])


def test_columns_are_independent_and_labels_stay():
    table = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [10.0, 10.0, 40.0]}, index=["x", "y", "z"])
    z = standardise(table)
    assert list(z.index) == ["x", "y", "z"]
    assert list(z.columns) == ["a", "b"]
    pd.testing.assert_series_equal(z["a"], standardise(table[["a"]])["a"])


@given(NUMBERS)
def test_mean_zero_and_deviation_one_or_all_zero(values):
    z = standardise(pd.DataFrame({"a": values}))["a"].to_numpy()
    if len(set(values)) == 1:
        assert (z == 0).all()
    else:
        assert abs(z.mean()) < 1e-6
        assert abs(z.std() - 1) < 1e-6


@given(NUMBERS, st.randoms(use_true_random=False))
def test_order_of_rows_changes_no_digit(values, random):
    table = pd.DataFrame({"a": values})
    order = list(table.index)
    random.shuffle(order)
    assert standardise(table.loc[order]).loc[table.index, "a"].tolist() == standardise(table)["a"].tolist()


@given(NUMBERS, st.floats(0.1, 100), st.floats(-100, 100))
def test_unit_and_origin_do_not_matter(values, factor, shift):
    one = standardise(pd.DataFrame({"a": values}))["a"]
    other = standardise(pd.DataFrame({"a": [v * factor + shift for v in values]}))["a"]
    if np.ptp(values) > 1:
        np.testing.assert_allclose(one, other, atol=1e-6)
