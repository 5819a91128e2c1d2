"""Gaps between groups of areas and their change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from sozialbericht.position import Position
from sozialbericht.statistics.intervals import gap
from sozialbericht.statistics.intervals.estimate import Estimate

GROUP = st.lists(
    st.integers(20, 9000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=6
)


def of(pairs: list[tuple[float, float]], art: str = "anteil") -> Estimate:
    count, total = np.array(pairs, dtype=float).T
    return Estimate(art, count, total, 1.0, np.ones(len(pairs)))


@given(GROUP, GROUP)
def test_a_gap_of_shares_is_newcombe_s_of_the_sums(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    found = gap.gap(of(one), of(other))
    sums = [int(part) for pairs in (one, other) for part in np.sum(pairs, axis=0)]
    expected = confint_proportions_2indep(*sums, method="newcomb", compare="diff", alpha=0.05)
    assert (found.lower[0], found.upper[0]) == pytest.approx(expected, abs=1e-9)
    assert found.difference[0] == pytest.approx(sums[0] / sums[1] - sums[2] / sums[3], abs=1e-12)


def test_what_has_no_interval_has_no_gap_to_tell() -> None:
    for art in ("mittel", "index", "verhaeltnis", "veraenderung"):
        assert gap.gap(of([(3, 10)], art), of([(5, 10)], art)).position[0] is Position.UNKNOWN
    assert np.isnan(gap.gap(of([(np.nan, 10)]), of([(5, 10)])).difference).all()


@pytest.mark.parametrize("turn", [1, -1])
def test_a_gap_grows_whichever_way_it_points(turn: int) -> None:
    groups = [of([(400, 1000)]), of([(200, 1000)]), of([(300, 1000)]), of([(200, 1000)])]
    now, before = (gap.gap(*groups[k : k + 2][::turn]) for k in (0, 2))
    found = gap.widening(now, before)
    assert found.difference[0] == pytest.approx(0.1) and found.position[0] is Position.ABOVE
    assert 0 < found.lower[0] < 0.1 < found.upper[0]
    back = gap.widening(before, now)
    assert back.difference[0] == pytest.approx(-0.1) and back.position[0] is Position.BELOW
    assert (back.lower[0], back.upper[0]) == pytest.approx((-found.upper[0], -found.lower[0]))


def test_a_gap_that_has_turned_round_has_no_interval() -> None:
    now, before = gap.gap(of([(4, 10)]), of([(2, 10)])), gap.gap(of([(2, 10)]), of([(4, 10)]))
    found = gap.widening(now, before)
    assert found.difference[0] == pytest.approx(0) and found.position[0] is Position.UNKNOWN


@given(GROUP, GROUP, GROUP, GROUP)
def test_the_interval_of_a_change_holds_it(a, b, c, d) -> None:
    now, before = gap.gap(of(a), of(b)), gap.gap(of(c), of(d))
    found = gap.widening(now, before)
    if np.isfinite(found.lower[0]):
        assert found.lower[0] - 1e-12 <= found.difference[0] <= found.upper[0] + 1e-12


def test_a_change_that_is_none_is_seldom_told() -> None:
    draw, told = np.random.default_rng(16), []
    for _ in range(500):
        x = [draw.binomial(n, p) for n, p in ((3000, 0.3), (9000, 0.12), (3000, 0.3), (9000, 0.12))]
        pairs = [of([(x[0], 3000)]), of([(x[1], 9000)]), of([(x[2], 3000)]), of([(x[3], 9000)])]
        told.append(gap.widening(gap.gap(*pairs[:2]), gap.gap(*pairs[2:])).position[0].differs)
    assert np.mean(told) == pytest.approx(0.05, abs=0.03)
