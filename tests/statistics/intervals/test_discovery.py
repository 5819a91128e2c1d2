"""The correction for many comparisons: against statsmodels and the example of its authors."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control
from statsmodels.stats.multitest import multipletests

from sozialbericht.statistics.intervals.discovery import RATE, discovered

P = st.one_of(st.floats(0, 1), st.floats(0, 0.01))


def test_against_the_authors_example() -> None:
    """Y. Benjamini, Y. Hochberg, JRSS B 57 (1995), section 3.2: of fifteen hypotheses the first four are rejected."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    ]
    assert discovered(np.array(p)).tolist() == [True] * 4 + [False] * 11


@given(st.lists(P, min_size=1, max_size=60))
def test_against_statsmodels(p: list[float]) -> None:
    expected = multipletests(p, alpha=RATE, method="fdr_bh")
    near = np.abs(expected[1] - RATE) < 1e-12  # there the two may round to different sides
    assert ((discovered(np.array(p)) == expected[0]) | near).all()


@given(st.lists(P | st.sampled_from([0.0, 0.001, 0.05, 1.0]), min_size=1, max_size=60))
def test_the_same_as_scipy_to_the_last_bit(p: list[float]) -> None:
    assert (discovered(np.array(p)) == (false_discovery_control(np.array(p)) <= RATE)).all()


@given(st.lists(P, min_size=1, max_size=40), st.integers(1, 30))
def test_unknown_ones_count_nowhere(p: list[float], unknown: int) -> None:
    found = discovered(np.array([*p, *[np.nan] * unknown]))
    assert found[: len(p)].tolist() == discovered(np.array(p)).tolist() and not found[len(p) :].any()
    assert not discovered(np.array([np.nan] * unknown)).any()


@given(st.lists(P, min_size=1, max_size=40))
def test_is_stricter_than_five_per_cent_each(p: list[float]) -> None:
    assert not (discovered(np.array(p)) & (np.array(p) > 0.05)).any()


def test_one_alone_is_not_corrected() -> None:
    assert discovered(np.array([0.05])).all() and not discovered(np.array([0.0501])).any()


def test_a_table_of_hypotheses_is_one_family() -> None:
    p = np.array([[0.001, np.nan, 0.9], [0.02, 0.03, 0.04]])
    assert discovered(p).tolist() == discovered(p.ravel()).reshape(2, 3).tolist()
    assert discovered(p).sum() == 4
