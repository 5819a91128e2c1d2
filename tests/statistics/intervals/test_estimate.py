"""An estimate chooses the statistic of its indicator and knows why there is none."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sozialbericht.statistics.intervals import byar, logratio, wilson
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.kind import Kind
from sozialbericht.statistics.value import Value
from sozialbericht.status import Status

PAIR = st.integers(1, 40_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
ARTS = ("anteil", "rate", "veraenderung")


def of(
    art: str, *pairs: tuple[float, float], factor: float = 100.0, clustering: float = 1.0, **given_: bool
) -> Estimate:
    count, total = np.array(pairs, dtype=float).reshape(-1, 2).T
    return Estimate(art, count, total, factor, np.full(count.shape, clustering), **given_)


def test_each_kind_of_indicator_has_its_statistic() -> None:
    pair = np.array([30.0]), np.array([400.0])
    expected = {
        "anteil": wilson.wilson(*pair).times(100),
        "rate": byar.events(pair[0]).times(100 / 400),
        "veraenderung": [(bound - 1) * 100 for bound in logratio.logratio(*pair)],
    }
    for art, bounds in expected.items():
        found = of(art, (30, 400)).interval()
        assert np.allclose(found, bounds, rtol=1e-12)


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (of("anteil", (3, 40)), Kind.WILSON), (of("rate", (10, 40)), Kind.BYAR), (of("rate", (9, 40)), Kind.EXACT),
        (of("rate", (10, 40), clustering=1.5), Kind.EXACT), (of("veraenderung", (3, 40)), Kind.RATIO),
        (of("mittel", (3, 40)), Kind.MEAN), (of("index", (3, 40)), Kind.MEAN),
        (of("verhaeltnis", (3, 40)), Kind.AMOUNT),
        (of("veraenderung", (3, 40), cases=False), Kind.AMOUNT), (of("veraenderung", (0, 40)), Kind.NO_CASES),
        (of("anteil", (41, 40)), Kind.NO_CASES), (of("anteil", (3, 40), clustering=np.nan), Kind.CLUSTERING),
        (of("anteil", (np.nan, 40)), Kind.NO_VALUE), (of("mittel", (np.nan, 40)), Kind.NO_VALUE),
        (of("rate", (3, 0)), Kind.NO_VALUE),
    ],
)  # fmt: skip
def test_kinds_and_reasons(made: Estimate, kind: Kind) -> None:
    assert made.kinds()[0] is kind
    assert np.isfinite(made.interval().lower[0]) == np.isfinite(made.p_values(7.0)[0]) == kind.bounded


@given(st.sampled_from(ARTS), PAIR, st.floats(1, 4), st.floats(0.1, 99))
def test_holds_the_value_and_p_decides_like_it(art: str, pair: tuple[int, int], clustering: float, city: float) -> None:
    made = of(art, pair, clustering=clustering)
    lower, upper = (float(bound[0]) for bound in made.interval())
    assume(np.isfinite(lower))
    value = float(made.value[0])
    assert lower - 1e-9 <= value <= upper + 1e-9
    assume(min(abs(lower - city), abs(upper - city)) > 1e-6)
    assert (made.p_values(city)[0] < 0.05) == (not lower <= city <= upper)


@given(st.sampled_from(ARTS), PAIR, st.floats(1.01, 4))
def test_clustering_widens(art: str, pair: tuple[int, int], clustering: float) -> None:
    plain, wide = (of(art, pair, clustering=c).interval() for c in (1.0, clustering))
    assume(np.isfinite(plain.lower[0]))
    assert wide.lower[0] <= plain.lower[0] + 1e-9 and wide.upper[0] >= plain.upper[0] - 1e-9


@given(st.sampled_from(ARTS), st.lists(PAIR, min_size=1, max_size=8))
def test_many_areas_are_many_single_ones(art: str, pairs: list[tuple[int, int]]) -> None:
    together = of(art, *pairs).interval()
    for k, pair in enumerate(pairs):
        alone = of(art, pair).interval()
        assert np.array_equal([b[k] for b in together], [b[0] for b in alone], equal_nan=True)


def test_areas_together_are_sum_by_sum() -> None:
    made = Estimate("anteil", np.array([30.0, 10.0]), np.array([100.0, 300.0]), 100.0, np.array([2.0, 1.0])).pooled()
    assert (made.value[0], made.clustering[0]) == (10.0, 1.75)
    assert np.isnan(of("anteil", (np.nan, 5), (3, 5)).pooled().value).all()


def test_of_values_and_back() -> None:
    date = dt.date(2006, 12, 31)
    shown = Value(
        "a", "i", 2006, 12.0, 12, 100, date, date, Status.OK, interval=Kind.WILSON, clustering=2.0, art="anteil",
        factor=100.0,
    )  # fmt: skip
    hidden = dataclasses.replace(shown, number=np.nan, status=Status.WITHHELD)
    made = Estimate.of([shown, hidden])
    assert made.value[0] == 12.0 and np.isnan(made.value[1]) and np.isnan(made.interval().lower[1])
    back = Estimate.of([shown]).bounding(shown)
    assert (back.lower, back.upper) == tuple(float(b[0]) for b in of("anteil", (12, 100), clustering=2.0).interval())
    assert back.interval is Kind.WILSON and not back.position.differs
    amount = dataclasses.replace(shown, art="veraenderung", interval=Kind.AMOUNT)
    assert Estimate.of([amount]).kinds()[0] is Kind.AMOUNT
