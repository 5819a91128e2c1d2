"""Typology: the published result, values computed otherwise, and what must not matter."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.data import contract
from sozialbericht.statistics import indicators, matrix, typology
from sozialbericht.statistics.cube import aggregate

ROOT = Path(__file__).parents[2]
CLUSTER_5 = {"sr_hafen", "sr_nordmarkt", "sr_borsigplatz"}
CLUSTER_4 = {
    "sr_dorstfelder_bruecke", "sr_wickede", "sr_lindenhorst_eving_ii", "sr_hoerde", "sr_eving_i_kemminghausen",
    "sr_marten", "sr_alt_scharnhorst", "sr_bodelschwingh_westerfilde", "sr_scharnhorst_ost", "sr_nette",
}  # fmt: skip


@pytest.fixture(scope="module")
def city() -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Table, city's values and signs of 2006."""
    tables = contract.load(ROOT / "data")
    signs = tables.indicators["typ_vorzeichen"]
    names = [str(n) for n in signs.index[signs.isin([1, -1])]]
    cube = aggregate(tables.values, tables.areas)
    values = indicators.compute(cube, tables.areas, tables.indicators.loc[names], tables.breaks, [2006])
    return matrix.matrix(values, 2006, "sozialraum"), matrix.matrix(values, 2006, "stadt").iloc[0], signs


def members(kind: pd.Series, k: int) -> set[str]:
    return {str(area) for area in kind.index[kind == k]}


def groups(labels: np.ndarray) -> set[frozenset[int]]:
    """A partition without its labels."""
    return {frozenset(np.flatnonzero(labels == k).tolist()) for k in set(labels.tolist())}


# -- the published result ------------------------------------------------------------------------------------


def test_the_published_clusters_of_2006_come_out(city):
    found = typology.typify(*city, 5)
    assert members(found.kind, 5) == CLUSTER_5
    assert members(found.kind, 4) == CLUSTER_4
    assert set(found.burden.index[found.burden > 0]) == CLUSTER_5 | CLUSTER_4


def test_every_feature_of_cluster_5_is_worse_than_the_citys(city):
    table, of_city, signs = city
    found = typology.typify(*city, 5)
    five = table.loc[sorted(CLUSTER_5)]
    for name in table.columns:
        assert ((five[name].mean() - of_city[name]) * signs[name]) > 0, name
    assert len(table.columns) == 8
    assert (found.profiles().loc[5] > 0).all()


def test_scores_by_hand(city):
    table, of_city, signs = city
    found = typology.typify(*city, 5)
    x = table["ek_index"].to_numpy()
    mean = sum(x) / len(x)
    deviation = (sum((v - mean) ** 2 for v in x) / len(x)) ** 0.5
    np.testing.assert_allclose(found.scores["ek_index"], -(x - mean) / deviation, atol=1e-10)
    np.testing.assert_allclose(found.distance["ek_index"], -(x - of_city["ek_index"]) / deviation, atol=1e-10)
    assert signs["ek_index"] == -1


# -- what must not matter ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_order_and_names_do_not_matter(city, seed):
    table, of_city, signs = city
    expected = typology.typify(*city, 5).kind
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(len(table)), rng.permutation(table.shape[1])
    names = {area: f"x{n:02d}" for n, area in enumerate(rng.permutation(table.index.to_numpy()))}
    shuffled = table.iloc[rows, columns].rename(index=names)
    found = typology.typify(shuffled, of_city.iloc[rng.permutation(len(of_city))], signs, 5).kind
    assert found.to_dict() == {names[area]: kind for area, kind in expected.items()}


def test_the_number_of_threads_does_not_matter():
    code = (
        "from sozialbericht.bericht import Bericht\n"
        "t = Bericht(2006, 2005, 'data').typisierung()\n"
        "print([(a, k, t.stabilitaet[a]) for a, k in t.typ.items()])"
    )
    results = set()
    for threads in ("1", "4"):
        limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), threads)
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **limits}, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        results.add(done.stdout)
    assert len(results) == 1
    assert "sr_hafen" in results.pop()


def test_the_last_bits_of_a_platform_do_not_matter(city):
    table, of_city, signs = city
    expected = typology.typify(*city, 5)
    noise = 1 + np.random.default_rng(1).uniform(-4e-16, 4e-16, table.shape)
    found = typology.typify(table * noise, of_city, signs, 5)
    pd.testing.assert_series_equal(found.kind, expected.kind)


def test_no_area_is_named_in_the_package():
    names = pd.read_csv(ROOT / "data" / "raeume.csv", sep=";")
    words = {w for column in ("name", "kurzname") for text in names[column] for w in re.split(r"[/ ]", text)}
    words = {w for w in words if len(w) > 4} - {"Stadtbezirk"}
    assert {"Hafen", "Nordmarkt", "Borsigplatz"} <= words
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words))) + r")\b")
    found = [
        (path.name, match[0])
        for path in (ROOT / "sozialbericht").rglob("*.py")
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    ids = re.compile(r"\b(?:" + "|".join(map(re.escape, names["raum_id"])) + r")\b")
    assert not [p.name for p in (ROOT / "sozialbericht").rglob("*.py") if ids.search(p.read_text(encoding="utf-8"))]


# -- against values computed otherwise -----------------------------------------------------------------------


def ward_by_hand(points: np.ndarray, k: int) -> set[frozenset[int]]:
    """Ward's clusters by trying every merger: the one that adds least to the sum of squares within the clusters."""
    clusters = [[i] for i in range(len(points))]

    def within(own: list[int]) -> float:
        return float(((points[own] - points[own].mean(axis=0)) ** 2).sum())

    while len(clusters) > k:
        pairs = [(i, j) for i in range(len(clusters)) for j in range(i)]
        cost = [within(clusters[i] + clusters[j]) - within(clusters[i]) - within(clusters[j]) for i, j in pairs]
        i, j = pairs[int(np.argmin(cost))]
        clusters[j] += clusters.pop(i)
    return {frozenset(own) for own in clusters}


def lloyd_by_hand(points: np.ndarray, start: set[frozenset[int]]) -> set[frozenset[int]]:
    """k-means from given clusters, until nothing changes."""
    groups_ = [sorted(own) for own in sorted(start, key=min)]
    while True:
        centres = [points[own].mean(axis=0) for own in groups_]
        nearest = [int(np.argmin([((p - c) ** 2).sum() for c in centres])) for p in points]
        moved = [[i for i, k in enumerate(nearest) if k == j] for j in range(len(centres))]
        if moved == groups_:
            return {frozenset(own) for own in groups_}
        groups_ = moved


@pytest.mark.parametrize("seed", range(12))
def test_ward_and_k_means_against_trying_everything(seed):
    points = np.random.default_rng(seed).normal(size=(22, 3)) + np.repeat(np.arange(11), 2)[:, None] % 4
    k = 3 + seed % 4
    expected = lloyd_by_hand(points, ward_by_hand(points, k))
    assert groups(typology.partition(points, k)) == expected


def test_iris_has_the_known_clusters():
    # kmeans(iris[, 1:4], 3) in R: clusters of 50, 62 and 38, within sums of squares 15.15, 39.82 and 23.88
    # (total 78.85; also J. A. Hartigan, M. A. Wong, Applied Statistics 28 (1979), the algorithm's test data in R's
    # help)
    from sklearn.datasets import load_iris

    points = load_iris().data
    labels = typology.partition(points, 3)
    sizes = sorted(np.bincount(labels).tolist())
    within = sorted(float(((points[labels == k] - points[labels == k].mean(axis=0)) ** 2).sum()) for k in range(3))
    assert sizes == [38, 50, 62]
    assert within == pytest.approx([15.151, 23.87947, 39.82097], abs=1e-4)


def test_silhouette_and_variance_by_hand():
    # 0, 1 | 4, 6: s = (1 − a / b) of each point: a = 1, b = 5; a = 1, b = 4; a = 2, b = 3.5; a = 2, b = 5.5
    table = pd.DataFrame({"a": [0.0, 1.0, 4.0, 6.0]})
    found = typology.quality(table, range(2, 3)).loc[2]
    assert found["silhouette"] == pytest.approx((4 / 5 + 3 / 4 + 1.5 / 3.5 + 3.5 / 5.5) / 4)
    assert found["within"] == pytest.approx((0.5 + 2.0) / 22.75)
    assert found["worst"] == 2


def test_preferred_number():
    table = pd.DataFrame({"silhouette": [0.4, 0.6, 0.5], "within": [0.5, 0.1, 0.09]}, index=[2, 3, 4])
    assert typology.preferred(table) == (3, 3)
    table["within"] = [0.2, 0.15, 0.12]
    assert typology.preferred(table) == (3, 2)


# -- what is left out ----------------------------------------------------------------------------------------


def test_a_feature_missing_for_more_than_a_tenth_goes_then_areas_that_lack_one():
    table = pd.DataFrame(1.0, index=[f"r{n}" for n in range(20)], columns=list("abcd"))
    table.loc[["r0", "r1", "r2"], "a"] = np.nan  # 15 %
    table.loc[["r3", "r4"], "b"] = np.nan  # 10 %
    found = typology.select(table, pd.Series({"a": 1.0, "b": 1.0, "c": 1.0, "d": np.nan}))
    assert found.features == {"a": 3, "d": 0}
    assert found.areas == {"r3": ["b"], "r4": ["b"]}
    assert list(found.table.columns) == ["b", "c"]
    assert len(found.table) == 18


def test_areas_that_do_not_differ_enough_are_refused():
    table = pd.DataFrame({"a": [1.0, 1.0, 2.0, 2.0], "b": [0.0, 0.0, 1.0, 1.0]})
    with pytest.raises(ValueError, match="5 clusters"):
        typology.typify(table, table.iloc[0], pd.Series({"a": 1, "b": 1}), 5)


def test_small_clusters_have_no_profile():
    table = pd.DataFrame({"a": [0, 0.1, 0.2, 5, 5.1, 5.2, 90.0]}, index=list("abcdefg"))
    found = typology.typify(table, table.mean(), pd.Series({"a": 1}), 3)
    assert list(found.profiles().index) == [1, 2]


# -- properties ----------------------------------------------------------------------------------------------

TABLES = st.integers(0, 10_000).map(
    lambda seed: pd.DataFrame(np.random.default_rng(seed).normal(size=(25, 4)).round(3), columns=list("abcd"))
)


@pytest.mark.parametrize("rows", [2, 3, 5, 8])
def test_the_number_of_groups_is_tried_as_far_as_the_areas_differ(rows):
    table = pd.DataFrame({"a": np.arange(rows) ** 2, "b": np.arange(rows) ** 3}, dtype=float)
    twice = pd.concat([table, table], ignore_index=True)
    assert list(typology.quality(table).index) == list(range(2, min(rows, 9)))
    assert list(typology.quality(twice).index) == list(range(2, min(rows + 1, 9)))
    if rows > 2:
        assert set(typology.preferred(typology.quality(table))) <= set(range(2, rows))


@settings(max_examples=40, deadline=None)
@given(TABLES, st.integers(2, 6))
def test_clusters_are_numbered_by_burden_and_complete(table, k):
    signs = pd.Series({"a": 1, "b": -1, "c": 1, "d": -1})
    found = typology.typify(table, table.mean(), signs, k)
    assert set(found.kind) == set(range(1, k + 1))
    means = found.scores.mean(axis=1).groupby(found.kind).mean()
    assert means.is_monotonic_increasing
    np.testing.assert_allclose(found.distance, found.scores, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_every_area_is_nearest_to_the_mean_of_its_cluster(table):
    points = table.to_numpy()
    labels = typology.partition(points, 4)
    centres = np.array([points[labels == k].mean(axis=0) for k in range(4)])
    distance = ((points[:, None] - centres) ** 2).sum(axis=2)
    assert (distance[np.arange(len(points)), labels] <= distance.min(axis=1) + 1e-12).all()


@settings(max_examples=25, deadline=None)
@given(TABLES)
def test_turning_all_signs_turns_the_numbers(table):
    up, down = (typology.typify(table, table.mean(), pd.Series(s, index=list("abcd")), 5).kind for s in (1, -1))
    pd.testing.assert_series_equal(up, 6 - down)
