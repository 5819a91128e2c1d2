"""Noise: balanced scores, exact distributions, memory by turnover."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from sozialbericht.model import accounts, noise, rounding
from sozialbericht.model.assumptions import Area, Assumptions, Rate
from sozialbericht.model.chance import Chance
from sozialbericht.model.expectation import Expectation, added

AREAS = [Area(f"a{i}", "b", 1000.0, (0.0,) * 4, (0.0, 0.0), 0.0) for i in range(30)]
RATE = Rate("x", "teil", "n", "", (), ((12, 31),), 2000, 2007, (0.5, 0.5), (0.0,) * 4, 0.0, 0.0, turnover=0.02)


def inputs(*rates: Rate) -> Assumptions:
    return Assumptions("s", AREAS, list(rates), [], {}, {})


@given(st.integers(0, 10**6), st.integers(1, 12))
def test_balanced_scores_are_orthogonal_with_the_norm_of_chance(seed: int, columns: int) -> None:
    table = noise.balanced(np.random.default_rng(seed).normal(size=(30, columns)))
    np.testing.assert_allclose(table.sum(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(table.T @ table, 29 * np.eye(columns), atol=1e-8)


def test_more_columns_than_areas_stay_as_they_are() -> None:
    table = np.random.default_rng(1).normal(size=(5, 5))
    assert (noise.balanced(table) == table).all()


@pytest.mark.parametrize("months", [3, 12])
def test_scores_are_kept_by_the_turnover(months: int) -> None:
    rate = replace(RATE, dates=((9, 30), (12, 31)) if months == 3 else ((12, 31),))
    found = [noise.scores(inputs(rate), Chance(seed), range(2000, 2004), rate)["x"] for seed in range(40)]
    days = sorted(found[0])[:2]
    kept = np.mean([np.corrcoef(path[days[0]], path[days[1]])[0, 1] for path in found])
    assert kept == pytest.approx(0.98**months, abs=0.05)


def test_scores_do_not_depend_on_other_features_nor_on_when_a_feature_begins() -> None:
    other = replace(RATE, feature="y", first=2005)
    one = noise.scores(inputs(RATE), Chance(1), range(2000, 2008), RATE)["x"]
    two = noise.scores(inputs(other, replace(RATE, first=2005)), Chance(1), range(2000, 2008), RATE)["x"]
    assert all((one[day] == two[day]).all() for day in one)


def test_features_of_one_draw_are_orthogonal() -> None:
    pair = [replace(RATE, feature=name, draw="d") for name in "xy"]
    found = noise.scores(inputs(*pair), Chance(1), [2000], pair[0])
    assert float(found["x"][date(2000, 12, 31)] @ found["y"][date(2000, 12, 31)]) == pytest.approx(0, abs=1e-8)


def test_quantiles_have_the_mean_and_variance_of_their_distribution() -> None:
    score = ndtri((np.arange(20000) + 0.5) / 20000)
    drawn = noise.binomial(score, np.full(20000, 50), np.full(20000, 0.1))
    assert (drawn.mean(), drawn.var()) == (pytest.approx(5, abs=0.01), pytest.approx(4.5, abs=0.05))
    drawn = noise.counted(score, np.full(20000, 0.7))
    assert (drawn.mean(), drawn.var()) == (pytest.approx(0.7, abs=0.01), pytest.approx(0.7, abs=0.02))


@given(st.lists(st.integers(0, 400), min_size=2, max_size=40), st.data())
def test_settled_counts_have_the_sum_and_keep_their_caps(drawn: list[int], data: st.DataObject) -> None:
    counts = np.array(drawn, dtype=np.int64)
    caps = counts + data.draw(st.integers(0, 50))
    total = data.draw(st.integers(0, int(caps.sum())))
    result = rounding.settled(counts, total, np.sqrt(counts + 1.0), caps)
    assert result.sum() == total
    assert ((result >= 0) & (result <= caps)).all()


def test_shares_of_one_whole_add_up_and_other_parts_add_their_variance() -> None:
    whole, free = np.array([100.0]), np.array([True])
    one, two = (Expectation("n", whole, np.array([share]), free, 1) for share in (0.1, 0.3))
    other = Expectation("m", whole, np.array([0.5]), np.array([False]), 2)
    mean, variance, _, tied = added([one, two])
    assert (float(mean[0]), float(variance[0]), tied) == (40, pytest.approx(24), 1)
    mean, variance, known, tied = added([one, other])
    assert (float(mean[0]), float(variance[0]), bool(known[0]), tied) == (60, pytest.approx(9 + 25), False, 2)


@given(st.lists(st.integers(-40, 40), min_size=3, max_size=3))
def test_an_account_balances_whatever_is_lacking(changes: list[int]) -> None:
    days = [date(2000 + i, 12, 31) for i in range(4)]
    stock = np.cumsum([1000, *changes])
    rate = replace(RATE, feature="k", method="konto", whole="n", terms=("born - died", "came - left"))
    assert accounts.entries(rate) == [(1, "born"), (-1, "died"), (1, "came"), (-1, "left")]
    counts = {"n": {day: np.array([value]) for day, value in zip(days, stock, strict=True)}}
    counts |= {name: {day: np.array([100]) for day in days} for name in ("born", "died", "came", "left")}
    hoped = {
        name: {day: Expectation(name, np.array([1e4]), v[0:1] / 1e4, np.array([True]), 1) for day, v in series.items()}
        for name, series in counts.items()
    }
    accounts.settle(rate, counts, hoped)
    for before, day in pairwise(days):
        assert counts["came"][day] - counts["left"][day] == counts["n"][day] - counts["n"][before]
        assert hoped["came"][day].mean - hoped["left"][day].mean == pytest.approx(
            counts["n"][day] - counts["n"][before]
        )
