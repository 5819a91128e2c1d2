"""Moran's I against the data of Columbus, Ohio (49 neighbourhoods, 1980) and against the formula written out.

The data ship with libpysal (L. Anselin, Spatial Econometrics: Methods and Models, Dordrecht 1988, table 12.1); so does
the neighbour list ``columbus.gal``: queen contiguity. For CRIME and row-standardised weights of this kind R's spdep
(moran.test) prints I = 0.500188557, expectation −0.020833333, variance 0.008689289, and localmoran sums up to the same
I.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.statistics.spatial import (
    ALONE,
    HIGH_HIGH,
    HIGH_LOW,
    LOW_HIGH,
    LOW_LOW,
    NONE,
    clusters,
    local_moran,
    moran,
    weights,
)

Pairs = frozenset[tuple[str, str]]


@pytest.fixture(scope="module")
def columbus() -> tuple[pd.DataFrame, Pairs]:
    """The table by neighbourhood and the pairs of neighbours as the shipped list has them."""
    import libpysal.examples

    table = pd.DataFrame(gpd.read_file(libpysal.examples.get_path("columbus.shp")).drop(columns="geometry"))
    lines = Path(libpysal.examples.get_path("columbus.gal")).read_text(encoding="ascii").split("\n")[1:]
    pairs = set()
    for head, members in zip(lines[::2], lines[1::2], strict=False):
        if head.strip():
            area = f"n{int(head.split()[0]):02}"
            pairs |= {tuple(sorted((area, f"n{int(m):02}"))) for m in members.split()}
    return table.set_axis([f"n{int(i):02}" for i in table["POLYID"]]), frozenset(pairs)  # type: ignore[arg-type]


def ring(count: int) -> Pairs:
    names = [f"r{i:02}" for i in range(count)]
    return frozenset((names[i], names[(i + 1) % count]) for i in range(count))


def by_formula(values: pd.Series, pairs: Pairs) -> float:
    """Moran's I written out with a full matrix."""
    names = list(values.index)
    w = np.zeros((len(names), len(names)))
    for a, b in pairs:
        w[names.index(a), names.index(b)] = w[names.index(b), names.index(a)] = 1
    w /= w.sum(axis=1, keepdims=True)
    z = values.to_numpy() - values.mean()
    return float(len(z) / w.sum() * (w * np.outer(z, z)).sum() / (z**2).sum())


def test_columbus_global(columbus: tuple[pd.DataFrame, Pairs]) -> None:
    table, pairs = columbus
    found = moran(table["CRIME"], pairs, permutations=999)
    assert found.value == pytest.approx(0.500188557, abs=5e-10)
    assert found.expected == pytest.approx(-0.020833333, abs=5e-10)
    assert (found.areas, found.islands, found.permutations) == (49, (), 999)
    assert found.p == pytest.approx(2 / 1000)


def test_columbus_permutations_scatter_as_the_theory_says(columbus: tuple[pd.DataFrame, Pairs]) -> None:
    table, pairs = columbus
    chance = np.random.default_rng(1)
    crime = table["CRIME"]
    drawn = [by_formula(pd.Series(chance.permutation(crime), crime.index), pairs) for _ in range(2000)]
    assert np.var(drawn) == pytest.approx(0.008689289, rel=0.12)
    beyond = moran(table["CRIME"].sample(frac=1, random_state=3).set_axis(crime.index), pairs, permutations=999)
    assert beyond.p > 0.05


@pytest.mark.parametrize("column", ["CRIME", "HOVAL", "INC"])
def test_formula_written_out(columbus: tuple[pd.DataFrame, Pairs], column: str) -> None:
    table, pairs = columbus
    assert moran(table[column], pairs, permutations=9).value == pytest.approx(by_formula(table[column], pairs))


def test_columbus_local(columbus: tuple[pd.DataFrame, Pairs]) -> None:
    table, pairs = columbus
    local = local_moran(table["CRIME"], pairs, permutations=999)
    assert local["moran"].sum() / 49 == pytest.approx(0.500188557, rel=49 / 48 - 1 + 1e-6)  # divisor n − 1 or n
    z = table["CRIME"] - table["CRIME"].mean()
    matrix, order, _ = weights(pairs, table.index)
    lag = pd.Series(matrix.sparse @ z[order].to_numpy(), order)
    high, around = z[local.index] > 0, lag[local.index] > 0
    words = {(True, True): HIGH_HIGH, (False, False): LOW_LOW, (True, False): HIGH_LOW, (False, True): LOW_HIGH}
    assert local["lage"].tolist() == [words[pair] for pair in zip(high, around, strict=True)]
    drawn = clusters(local)
    assert set(drawn[local["p"] >= 0.05]) == {NONE}
    assert (drawn[local["p"] < 0.05] == local["lage"][local["p"] < 0.05]).all()
    assert HIGH_HIGH in set(drawn) and LOW_LOW in set(drawn)
    assert not (local["haelt"] & (local["p"] >= 0.05)).any()


def test_columbus_local_probabilities_are_two_sided(columbus: tuple[pd.DataFrame, Pairs]) -> None:
    table, pairs = columbus
    local = local_moran(table["CRIME"], pairs, permutations=999)
    matrix, order, _ = weights(pairs, table.index)
    z = (table["CRIME"] - table["CRIME"].mean())[order].to_numpy()
    chance = np.random.default_rng(4)
    expected = []
    for i, area in enumerate(order):
        others = np.delete(z, i)
        count = len(matrix.neighbors[area])
        drawn = np.array([chance.permutation(others)[:count].mean() for _ in range(1000)])
        lag = z[[order.index(name) for name in matrix.neighbors[area]]].mean()
        expected.append(min(1.0, 2 * (min((drawn >= lag).sum(), (drawn <= lag).sum()) + 1) / 1001))
    found = local.loc[order, "p"].to_numpy()
    assert np.abs(found - expected).max() < 0.12
    assert found.mean() == pytest.approx(np.mean(expected), abs=0.01)


def test_what_holds_follows_benjamini_and_hochberg(columbus: tuple[pd.DataFrame, Pairs]) -> None:
    table, pairs = columbus
    local = local_moran(table["CRIME"], pairs, permutations=9999)
    ranked = local["p"].sort_values().to_numpy()
    below = np.flatnonzero(ranked <= 0.05 * np.arange(1, 50) / 49)
    bound = ranked[below.max()] if len(below) else -1.0
    assert (local["haelt"] == (local["p"] <= bound)).all()
    assert 0 < local["haelt"].sum() < (local["p"] < 0.05).sum()


def test_islands_and_missing_values_take_no_part() -> None:
    values = pd.Series([float(i % 5) for i in range(12)], [f"r{i:02}" for i in range(12)])
    with_more = pd.concat([values, pd.Series({"insel": 3.0, "leer": np.nan})])
    pairs = ring(12) | {("insel", "leer")}
    found = moran(with_more, pairs, permutations=99)
    assert (found.areas, found.islands) == (12, ("insel",))
    assert found.value == pytest.approx(by_formula(values, ring(12)))
    local = local_moran(with_more, pairs, permutations=99)
    assert list(local.index) == [*values.index, "insel"]
    assert clusters(local)["insel"] == ALONE
    assert np.isnan(local.at["insel", "p"])


def test_constant_is_refused() -> None:
    for function in (moran, local_moran):
        with pytest.raises(ValueError, match="constant"):
            function(pd.Series(2.0, [f"r{i:02}" for i in range(12)]), ring(12))


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(-1000, 1000), min_size=10, max_size=20).filter(lambda v: len(set(v)) > 1),
    st.randoms(use_true_random=False),
    st.sampled_from([0.25, 2.0, 1024.0]),
)
def test_order_and_scale_change_nothing(values: list[int], chance: object, scale: float) -> None:
    one = pd.Series([float(v) for v in values], [f"r{i:02}" for i in range(len(values))])
    order = list(one.index)
    chance.shuffle(order)  # type: ignore[attr-defined]
    pairs = ring(len(values))
    first, second = moran(one, pairs, 49), moran(one[order] * scale, pairs, 49)
    assert second.value == pytest.approx(first.value, abs=1e-12)
    assert second.p == first.p
    assert -1 - 1e-9 <= first.value <= 1 + 1e-9
    assert 0 < first.p <= 1
    local, shuffled = local_moran(one, pairs, 49), local_moran(one[order] * scale, pairs, 49)
    assert clusters(shuffled)[one.index].tolist() == clusters(local).tolist()


def test_names_change_nothing(columbus: tuple[pd.DataFrame, Pairs]) -> None:
    table, pairs = columbus
    other = {name: f"x{(17 * at) % 49:02}" for at, name in enumerate(table.index)}
    renamed = frozenset((other[a], other[b]) for a, b in pairs)
    crime = table["CRIME"]
    one, two = moran(crime, pairs, 999), moran(crime.rename(other), renamed, 999)
    assert two.value == pytest.approx(one.value, abs=1e-12)
    assert two.p == one.p
    local, again = local_moran(crime, pairs, 999), local_moran(crime.rename(other), renamed, 999)
    assert again["p"].tolist() == local["p"].tolist()
    assert again["lage"].tolist() == local["lage"].tolist()


def test_state_of_the_global_generator_is_left_alone() -> None:
    np.random.seed(5)
    expected = np.random.random()
    np.random.seed(5)
    moran(pd.Series(range(10), [f"r{i:02}" for i in range(10)], dtype=float), ring(10), 9)
    assert np.random.random() == expected
