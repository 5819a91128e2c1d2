"""Classes of a map."""

import math

import numpy as np
import pandas as pd
import pytest

from sozialbericht.statistics.classes import class_bounds


def test_declared_bounds_hold():
    assert class_bounds("8 10 12,5 16", pd.Series([1.0])) == [8, 10, 12.5, 16]


def test_natural_breaks_are_rounded_and_part_the_values():
    groups = np.concatenate([np.linspace(c, c + 0.9, 8) for c in (2, 7, 13, 20, 30)])
    bounds = class_bounds("", pd.Series(groups))
    assert bounds == sorted(set(bounds))
    assert [int(b * 2) / 2 for b in bounds] == bounds
    assert set(np.bincount(np.digitize(groups, bounds))) == {8}


def test_breaks_that_rounding_would_join_stay_exact():
    values = pd.Series([0.0, 0.001, 0.002, 0.003, 0.004, 100.0])
    bounds = class_bounds("", values)
    assert len(bounds) == 4
    assert len(set(bounds)) == 4


@pytest.mark.parametrize("values", [[], [5.0], [5.0, 5.0, 7.0], [math.nan, math.nan]])
def test_few_values_give_equal_steps(values):
    bounds = class_bounds("", pd.Series(values, dtype=float))
    assert len(bounds) == 4
    assert bounds == sorted(set(bounds))


def test_thousands_of_values_are_parted_like_their_quantiles():
    groups = np.concatenate([np.linspace(c, c + 0.9, 2000) for c in (2, 7, 13, 20, 30)])
    bounds = class_bounds("", pd.Series(groups))
    assert set(np.bincount(np.digitize(groups, bounds))) == {2000}


def test_thousands_of_equal_values_among_others():
    assert len(class_bounds("", pd.Series([0.0] * 500_000 + list(np.linspace(1, 2, 500))))) == 4
