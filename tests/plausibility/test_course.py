"""Course: what is expected of a number, and how far it is from that."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from sozialbericht.plausibility.course import Course, deviation, expected


def course(values, base=None, *, counted=True):
    values = np.array(values, dtype=float)
    return Course(values, np.ones(len(values), dtype=bool) if base is None else np.array(base), counted=counted)


def hidiroglou_berthelot(before, after):
    """The effects E of the method as it was published, with U = 1/2."""
    ratio = after / before
    middle = np.median(ratio)
    s = np.where(ratio < middle, 1 - middle / ratio, ratio / middle - 1)
    return s * np.sqrt(np.maximum(before, after))


def test_steps_are_the_effects_of_hidiroglou_and_berthelot():
    rng = np.random.default_rng(1)
    before = rng.integers(2000, 60_000, 401).astype(float)
    after = np.round(before * 1.03 * rng.normal(1, 0.004, 401))
    found = course(np.column_stack([before, after]))
    effects = hidiroglou_berthelot(before, after)
    raw = found.steps[:, 1] * found.spreads[0]
    assert np.corrcoef(raw, effects)[0, 1] > 0.999
    large = np.abs(effects) > 0.1
    assert np.median(effects[large] / raw[large]) == pytest.approx(np.sqrt(2), rel=0.05)
    assert len({*np.argsort(np.abs(raw))[-20:]} & {*np.argsort(np.abs(effects))[-20:]}) >= 19


def test_the_level_is_the_common_change():
    found = course([[100, 110, 55], [200, 220, 110], [50, 55, 27.5], [1000, 1100, 550]])
    assert found.level == pytest.approx([1, 1.1, 0.55])
    assert np.nan_to_num(found.steps) == pytest.approx(0)


def test_one_wrong_number_does_not_change_the_level():
    values = np.outer([100, 200, 50, 1000, 300], [1, 1.1, 1.21])
    for factor in (0, 0.1, 10, 1000):
        spoilt = values.copy()
        spoilt[3, 1] *= factor
        assert course(spoilt).level == pytest.approx([1, 1.1, 1.21], rel=1e-6)


def test_two_areas_have_no_common_change():
    assert course([[100, 200], [10, 40]]).level == pytest.approx([1, 1])


def test_only_the_smallest_areas_make_the_level():
    values = [[100, 200], [50, 100], [70, 140], [220, 220]]
    assert course(values, [True, True, True, False]).level == pytest.approx([1, 2])


def test_what_is_expected_by_before_and_after():
    relative = np.array([[10, np.nan, 30, 40, np.nan]])
    before, both = expected(relative, np.ones(5))
    assert before == pytest.approx(np.array([[np.nan, 10, 10, 30, 40]]), nan_ok=True)
    assert both == pytest.approx(np.array([[np.nan, 20, 25, np.nan, np.nan]]), nan_ok=True)


def test_best_uses_what_there_is():
    found = course([[10, 20, 30], [10, 10, 10], [10, 10, np.nan], [np.nan, 10, np.nan]])
    assert found.best[0] == pytest.approx([20, 20, 20])
    assert found.weight[0] == pytest.approx([1, 2, 1])
    assert found.best[3] == pytest.approx([10, np.nan, 10], nan_ok=True)
    assert np.isnan(found.unusual[3]).all()


def test_chance_alone_is_not_unusual():
    rng = np.random.default_rng(2)
    means = rng.uniform(5, 5000, 200)
    found = course(rng.poisson(means[:, None], (200, 8)))
    assert np.nanstd(found.steps) == pytest.approx(1, abs=0.05)
    assert np.nanstd(found.spikes) == pytest.approx(1, abs=0.05)
    assert np.nanmax(np.abs(found.unusual)) < 5


def test_overdispersed_series_set_their_own_scale():
    rng = np.random.default_rng(3)
    means = rng.uniform(50, 5000, 200)
    rates = rng.gamma(1 / 0.02, 0.02 * means[:, None], (200, 8))  # negative binomial
    assert np.nanstd(course(rng.poisson(rates)).steps) == pytest.approx(1, abs=0.35)


def test_large_and_small_areas_are_measured_alike():
    rng = np.random.default_rng(4)
    means = np.repeat([20, 2000], 300)
    found = course(rng.poisson(means[:, None], (600, 6)))
    small, large = (np.nanstd(found.steps[:300]), np.nanstd(found.steps[300:]))
    assert small == pytest.approx(large, rel=0.1)


def test_amounts_of_few_areas_may_change_a_little():
    values = np.array([[72_000.0, 73_500], [68_000, 68_900], [127_000, 128_000], [70_000, 71_000]])
    assert np.nanmax(np.abs(course(values, counted=False).steps)) < 2
    values[0, 1] = 7_350
    assert np.abs(course(values, counted=False).steps[0, 1]) > 10


def test_agreement_of_before_and_after():
    found = course(np.vstack([[100, 400, 100], [100, 100, 400], np.full((20, 3), 100.0)]))
    assert found.agreed[0].tolist() == [True, True, True]
    assert found.agreed[1].tolist() == [True, False, True]


def test_what_another_value_would_be():
    found = course(np.vstack([[100, 400, 100], np.full((20, 3), 100.0)]))
    assert found.at(0, 1, 100.0) == pytest.approx(0)
    assert found.at(0, 1, 400.0) == pytest.approx(found.unusual[0, 1])
    assert found.at(np.array([0, 1]), 1, np.array([100.0, 100.0])) == pytest.approx([0, 0])


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(
        float,
        st.tuples(st.integers(1, 9), st.integers(1, 6)),
        elements=st.one_of(st.just(np.nan), st.integers(0, 10_000).map(float)),
    ),
    st.booleans(),
)
def test_any_series_is_measured(values, counted):
    with np.errstate(all="raise"):
        found = course(values, counted=counted)
        unusual = found.unusual
    assert unusual.shape == values.shape
    assert not np.isinf(unusual).any()
    assert (np.isnan(values) <= np.isnan(unusual)).all()
    order = np.random.default_rng(0).permutation(len(values))
    assert course(values[order], counted=counted).unusual == pytest.approx(unusual[order], nan_ok=True)


def test_deviation_counts_both_numbers():
    assert deviation(400.0, 400.0, 1) == 0
    assert deviation(441.0, 400.0, 1) == pytest.approx(2 * (np.sqrt(441.375) - np.sqrt(400.375)) / np.sqrt(2))
