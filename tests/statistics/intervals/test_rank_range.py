"""Ranks and their ranges: by definition, by simulation beside simulated ranks, by example."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from sozialbericht.bericht import Bericht
from sozialbericht.statistics.intervals import mover
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.intervals.interval import Interval
from sozialbericht.statistics.intervals.rank_range import RankRange, rank_range

DATA = Path(__file__).parents[3] / "data"
AREAS = st.lists(
    st.integers(20, 9000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=10
)


def ranges(count: np.ndarray, total: np.ndarray, art: str = "anteil") -> RankRange:
    made = Estimate(art, count.astype(float), total.astype(float), 100.0, np.ones(len(count)))
    return rank_range(made.value, made)


@given(AREAS)
def test_the_range_counts_those_that_are_surely_above_and_below(pairs: list[tuple[int, int]]) -> None:
    count, total = np.array(pairs).T
    made = Estimate("anteil", count.astype(float), total.astype(float), 100.0, np.ones(len(count)))
    found, own = ranges(count, total), made.interval()
    for k in range(len(pairs)):
        above = below = 0
        for j in set(range(len(pairs))) - {k}:
            parts = [part for at in (k, j) for part in (made.value[at], Interval(own.lower[at], own.upper[at]))]
            lower, upper = mover.mover(*parts)
            above, below = above + (upper < 0), below + (lower > 0)
        assert (found.first[k], found.last[k]) == (1 + above, len(pairs) - below)
    assert (found.rank == rankdata(-made.value, method="min")).all()
    assert ((found.first <= found.rank) & (found.rank <= found.last)).all()


def test_like_values_share_a_rank_and_the_unknown_have_none() -> None:
    made = Estimate("anteil", np.array([5.0, 5, 9, 1]), np.full(4, 10.0), 100.0, np.ones(4))
    value = np.where([True, True, True, False], made.value, np.nan)
    hidden = Estimate("anteil", np.array([5.0, 5, 9, np.nan]), np.full(4, 10.0), 100.0, np.ones(4))
    found = rank_range(value, hidden)
    assert found.rank.tolist() == [2, 2, 1, 0] and found.last.tolist()[3] == 0 and max(found.last) == 3
    mean = rank_range(made.value, Estimate("mittel", np.array([5.0, 5, 9, 1]), np.full(4, 10.0), 1.0, np.ones(4)))
    assert mean.rank.tolist() == [2, 2, 1, 4] and not mean.first.any() and not mean.last.any()


@pytest.mark.parametrize("name", ["normalgewicht", "al_rate", "hze_rate"])
def test_the_range_holds_the_true_rank_where_simulated_ranks_do_not(name: str) -> None:
    """Counts like those of the demonstration data, whose true shares are known because they are drawn from them."""
    b = Bericht(2006, 2005, DATA)
    table, art = b.daten(name), str(b.indikator(name)["art"])
    total = table["nenner"].to_numpy(dtype=float)
    seen = table["zaehler"].to_numpy(dtype=float) / total
    noise = seen * (1 - seen) / total if art == "anteil" else seen / total
    mean = table["zaehler"].sum() / total.sum()
    between = max(float(np.var(seen) - noise.mean()), 1e-12)
    truth = mean + (seen - mean) * between / (between + noise)  # without what chance adds
    rank, draw = rankdata(-truth, method="min"), np.random.default_rng(16)
    top, held, simulated, simulated_top = int(np.argmin(rank)), [], [], []
    for _ in range(80):
        drawn = draw.binomial(total.astype(int), truth) if art == "anteil" else draw.poisson(truth * total)
        found = ranges(drawn, total, art)
        held.append((found.first <= rank) & (rank <= found.last))
        again = draw.binomial(total.astype(int), drawn / total, (300, len(total)))
        low, high = np.percentile(rankdata(-again / total, axis=1, method="min"), [2.5, 97.5], axis=0)
        simulated.append((np.floor(low) <= rank) & (rank <= np.ceil(high)))
        simulated_top.append(simulated[-1][top])
    assert np.mean(held) >= 0.975 and np.mean(held, axis=0)[top] >= 0.87
    if name == "normalgewicht":
        assert np.mean(simulated) < 0.88 and np.mean(simulated_top) < 0.5
