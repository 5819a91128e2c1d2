"""The ranked chart: order, statuses, scales, sizes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from figure_reading import size, texts
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.drawing.canvas.measure import Measure
from sozialbericht.drawing.canvas.scale import enclosing
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts.ranking import ranked

MEASURE = Measure(1, "%", "Musterstadt")
Ranks = Callable[..., pd.DataFrame]


def test_order_and_statuses(ranks: Ranks) -> None:
    rows = ranks(6)
    rows.loc[1, "status"], rows.loc[4, "status"] = "withheld", "missing"
    words = texts(ranked(rows, MEASURE, city_value=11.1, interval=True))
    names = [w for w in words if w.startswith("Gebiet ")]
    assert names == [f"Gebiet {n}" for n in (6, 4, 3, 1, 2, 5)]
    assert {
        "Musterstadt 11,1",
        "95-%-Bereich",
        "in %",
        "geheim gehalten",
        ".",
        "liegt noch nicht vor",
        "…",
    } <= set(words)
    assert "25,0" in words and "24,5–25,5" in words
    assert "9,0" not in words, "the withheld value"


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("interval", [False, True])
def test_withheld_value_leaves_no_trace(ranks: Ranks, narrow: bool, interval: bool) -> None:
    pictures = []
    for secret in (77.7777, -400.0, np.nan):
        rows = ranks(6)
        rows.loc[2, ["wert", "unten", "oben"]] = secret
        rows.loc[2, "status"] = "withheld"
        fig = ranked(rows, MEASURE, city_value=11.1, interval=interval, narrow=narrow)
        pictures.append(to_svg(fig, "print", "Titel"))
    assert pictures[0] == pictures[1] == pictures[2]


@pytest.mark.parametrize(("count", "height"), [(6, 42.2), (39, 180.8), (44, 201.8), (60, 205.0)])
def test_sizes(ranks: Ranks, count: int, height: float) -> None:
    fig = ranked(ranks(count), MEASURE, city_value=11.1, interval=True)
    assert size(fig) == pytest.approx((164, height), abs=0.11)
    assert size(ranked(ranks(count), MEASURE, city_value=11.1, interval=True, narrow=True))[0] == 90


@pytest.mark.parametrize(
    ("low", "high", "city"), [(0.1, 3, 1.2), (60, 140, 100), (-12, 4, -3), (-9, -2, -4), (7, 7, 7)]
)
def test_scales(ranks: Ranks, low: float, high: float, city: float) -> None:
    rows = ranks(6, low, high)
    scale = enclosing([*rows["wert"], *rows["unten"], *rows["oben"], city], 5)
    assert scale.low <= rows["unten"].min()
    assert scale.high >= rows["oben"].max()
    words = texts(ranked(rows, MEASURE, city_value=city, interval=True))
    assert set(scale.labels()[:-1]) <= set(words)
    assert f"{scale.labels()[-1]}\u00a0%" in words


def test_without_intervals(ranks: Ranks) -> None:
    rows = ranks(6).assign(unten=np.nan, oben=np.nan)
    words = texts(ranked(rows, Measure(0, "Index", "Musterstadt"), city_value=100, interval=False))
    assert "95-%-Bereich" not in words
    assert "weicht vom Stadtwert ab" not in words
    assert "Index" in words
    mixed = ranks(6)
    mixed.loc[0, ["unten", "oben"]] = np.nan
    assert "4,5–5,5" not in texts(ranked(mixed, MEASURE, city_value=11, interval=True))


def test_negative_intervals_are_written_with_bis(ranks: Ranks) -> None:
    assert "−12,4 bis −11,6" in texts(ranked(ranks(6, -12, 4), MEASURE, city_value=-3, interval=True))


def test_long_names_wrap(ranks: Ranks) -> None:
    rows = ranks(3)
    rows.loc[0, "kurzname"] = "/".join(["Sehrlangernameeinesortes"] * 4)
    for narrow in (False, True):
        fig = ranked(rows, MEASURE, city_value=11, interval=True, narrow=narrow)
        assert size(fig)[1] > size(ranked(ranks(3), MEASURE, city_value=11, interval=True, narrow=narrow))[1]
        joined = "".join(w for w in texts(fig) if "Sehrlanger" in w)
        assert joined == rows.loc[0, "kurzname"]


def test_nothing_but_statuses(ranks: Ranks) -> None:
    words = texts(ranked(ranks(3).assign(status="withheld"), MEASURE, city_value=11, interval=True))
    assert words.count("geheim gehalten") == 3


@given(st.lists(st.floats(-1e6, 1e6), max_size=20), st.integers(2, 8), st.booleans(), st.booleans())
def test_scale_encloses(values: list[float], steps: int, from_zero: bool, close: bool) -> None:
    scale = enclosing(values, steps, from_zero=from_zero, close=close)
    room = 1e-6 * max([1.0, *map(abs, values)])
    assert scale.high > scale.low
    assert all(scale.low - room <= v <= scale.high + room for v in values)
    assert all(b > a for a, b in pairwise(scale.ticks))
    assert len(set(scale.labels())) == len(scale.ticks)
    if from_zero and values:
        assert scale.low <= 0 <= scale.high
