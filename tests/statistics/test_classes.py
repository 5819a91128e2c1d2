"""Classes of a map."""

import math
import warnings

import mapclassify
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.statistics.classes import class_bounds, natural_breaks


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


def deviation(values, upper):
    """The sum of squared deviations from the means of the classes."""
    groups = np.searchsorted(upper, values)
    return sum(((values[groups == g] - values[groups == g].mean()) ** 2).sum() for g in set(groups))


@given(st.lists(st.integers(0, 300), min_size=5, max_size=60), st.integers(2, 5))
def test_natural_breaks_are_never_worse_than_those_of_mapclassify(numbers, k):
    """The library adds in single precision, and several partings may be equally good: their quality is compared."""
    values = np.array(numbers, dtype=float) / 10
    if len(np.unique(values)) < k:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = mapclassify.FisherJenks(values, k=k).bins
    ours = natural_breaks(values, k)
    assert len(ours) == k
    assert ours[-1] == values.max()
    assert list(ours) == sorted(set(ours))
    assert deviation(values, ours) <= deviation(values, theirs) + 1e-9


def test_natural_breaks_of_groups_that_lie_apart():
    values = np.array([1.0, 1.1, 1.2, 5.0, 5.1, 9.0, 9.0, 9.2])
    assert list(natural_breaks(values, 3)) == [1.2, 5.1, 9.2]
    assert list(natural_breaks(values + 1e6, 3)) == list(np.array([1.2, 5.1, 9.2]) + 1e6)


def test_as_many_classes_as_values():
    assert list(natural_breaks(np.array([3.0, 1.0, 2.0, 1.0]), 3)) == [1, 2, 3]
