"""Stability: resampling, matched labels, adjusted Rand index."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.statistics import stability, typology
from sozialbericht.statistics.stability import Sample, contingency, rand_index, resample

LABELS = st.lists(st.integers(0, 3), min_size=4, max_size=40)


def sample(size: int = 24, people: int = 2000, seed: int = 0, apart: float = 0.15) -> Sample:
    """Five groups of areas with a share, a rate and an index; ``apart`` is how far the groups' shares lie apart."""
    rng = np.random.default_rng(seed)
    group = np.arange(size) % 5
    index = [f"r{n:02d}" for n in range(size)]
    totals = pd.DataFrame(
        {"share": people + np.arange(size), "rate": people * 2 + np.arange(size), "index": 1.0}, index=index
    )
    counts = pd.DataFrame(
        {
            "share": np.round(totals["share"] * (0.1 + apart * group + rng.uniform(0, 0.01, size))),
            "rate": np.round(totals["rate"] * (0.02 + 0.02 * group)),
            "index": 1.0,
        },
        index=index,
    )
    table = counts / totals * pd.Series({"share": 100, "rate": 1000, "index": 100})
    table["index"] = 100 - 10 * group + rng.uniform(0, 1, size)
    catalogue = pd.DataFrame(
        {"art": ["anteil", "rate", "index"], "faktor": [100, 1000, 100], "typ_vorzeichen": [1, 1, -1]},
        index=["share", "rate", "index"],
    )
    return Sample(table, counts, totals, table.mean(), catalogue)


def kinds(given_: Sample) -> pd.Series:
    return typology.typify(given_.table, given_.city, given_.signs, 5).kind


# -- resampling ----------------------------------------------------------------------------------------------


def test_draws_have_the_moments_of_their_distributions():
    given_ = sample()
    values = resample(given_, 4000, 7)
    n, count = given_.totals["share"].to_numpy(), given_.counts["share"].to_numpy()
    p = count / n
    np.testing.assert_allclose(values[:, :, 0].mean(axis=0), 100 * p, rtol=0.02)
    np.testing.assert_allclose(values[:, :, 0].std(axis=0), 100 * np.sqrt(p * (1 - p) / n), rtol=0.1)
    cases, under = given_.counts["rate"].to_numpy(), given_.totals["rate"].to_numpy()
    np.testing.assert_allclose(values[:, :, 1].std(axis=0), 1000 * np.sqrt(cases) / under, rtol=0.1)
    assert (values[:, :, 2] == given_.table["index"].to_numpy()).all()


def test_draws_are_whole_numbers_of_people_and_repeatable():
    given_ = sample()
    values = resample(given_, 20, 1)
    people = values[:, :, 0] / 100 * given_.totals["share"].to_numpy()
    np.testing.assert_allclose(people, people.round(), atol=1e-8)
    np.testing.assert_array_equal(values, resample(given_, 20, 1))
    assert (values != resample(given_, 20, 2)).any()


# -- how sure ------------------------------------------------------------------------------------------------


def test_groups_far_apart_are_sure():
    given_ = sample()
    found = stability.stability(given_, kinds(given_), runs=50)
    assert found.rand == 1
    assert (found.kept == 3).all()
    assert (found.without == 1).all()
    own = [found.shares.at[area, int(kind)] for area, kind in kinds(given_).items()]
    assert own == [1.0] * len(own)


def test_fewer_people_make_it_less_sure():
    many, few = sample(people=4000, apart=0.02), sample(people=60, apart=0.02)
    sure, unsure = (stability.stability(s, kinds(s), runs=100).rand for s in (many, few))
    assert unsure < sure


def test_shares_add_up_and_below_follows_the_distance():
    given_ = sample(people=60, apart=0.02)
    found = stability.stability(given_, kinds(given_), runs=60)
    np.testing.assert_allclose(found.shares.sum(axis=1), 1)
    burden = typology.typify(given_.table, given_.city, given_.signs, 5).burden
    assert found.below[burden.idxmax()] > 0.9
    assert found.below[burden.idxmin()] < 0.1


def test_below_is_measured_at_the_city_s_value_not_at_the_mean_of_areas():
    given_ = sample(people=60, apart=0.02)
    extreme = typology.standardise(given_.table).mul(given_.signs)
    for worst, expected in ((False, 1.0), (True, 0.0)):
        ends = (extreme.idxmax() if worst else extreme.idxmin()).items()
        beyond = pd.Series({str(name): given_.table.at[area, name] for name, area in ends})
        spread = given_.table.std() * given_.signs * (9 if worst else -9)
        city = beyond.reindex(given_.table.columns) + spread
        found = stability.stability(replace(given_, city=city), kinds(given_), runs=10)
        assert (found.below == expected).all()


def test_order_and_names_do_not_matter():
    given_ = sample(people=80, apart=0.03)
    expected = stability.stability(given_, kinds(given_), runs=40)
    rng = np.random.default_rng(3)
    order = rng.permutation(len(given_.table))
    names = {area: f"z{n}" for n, area in enumerate(rng.permutation(given_.table.index.to_numpy()))}
    moved = [frame.iloc[order].rename(index=names) for frame in (given_.table, given_.counts, given_.totals)]
    other = Sample(moved[0].iloc[:, ::-1], moved[1], moved[2].iloc[:, ::-1], given_.city, given_.catalogue)
    found = stability.stability(other, kinds(other), runs=40)
    pd.testing.assert_frame_equal(
        found.shares.loc[[names[a] for a in given_.table.index]].set_axis(given_.table.index), expected.shares
    )
    assert found.rand == expected.rand
    assert found.without.sort_index().to_dict() == expected.without.sort_index().to_dict()


@given(LABELS, st.permutations(range(4)))
def test_labels_are_matched_whatever_they_are_called(labels, names):
    base = np.array(labels)
    renamed = np.array(names)[base]
    assert (stability._matched(base, renamed, 4) == base).all()


def test_matching_keeps_as_many_areas_as_possible():
    base = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2])
    other = np.array([1, 1, 1, 0, 0, 0, 2, 2, 2])  # best: 1→0, 0→1, 2→2 keeps 3 + 2 + 2
    assert (stability._matched(base, other, 3) == [0, 0, 0, 1, 1, 1, 2, 2, 2]).all()


# -- adjusted Rand index -------------------------------------------------------------------------------------


def test_rand_index_by_hand():
    # a b | c d against a b | c | d: pairs together in both 1, in the one 2, in the other 1, of 6 pairs:
    # (1 − 2 · 1 / 6) / ((2 + 1) / 2 − 2 · 1 / 6) = (2 / 3) / (7 / 6) = 4 / 7, the 0.57 of scikit-learn's documentation
    table = contingency(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2]), 3)
    assert table.tolist() == [[2, 0, 0], [0, 1, 1], [0, 0, 0]]
    assert float(rand_index(table)) == pytest.approx(4 / 7)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=40))
def test_rand_index_against_scikit_learn(pairs):
    from sklearn.metrics import adjusted_rand_score

    one, other = (np.array(labels) for labels in zip(*pairs, strict=True))
    expected = adjusted_rand_score(one, other)
    assert float(rand_index(contingency(one, other, 4))) == pytest.approx(expected, abs=1e-12)


def test_rand_index_of_many_runs_at_once():
    rng = np.random.default_rng(5)
    base, runs = rng.integers(0, 5, 39), rng.integers(0, 5, (30, 39))
    at_once = rand_index(contingency(np.broadcast_to(base, runs.shape), runs, 5))
    singly = [float(rand_index(contingency(base, run, 5))) for run in runs]
    np.testing.assert_allclose(at_once, singly)
    assert abs(at_once.mean()) < 0.05  # unrelated partitions: 0 on average
