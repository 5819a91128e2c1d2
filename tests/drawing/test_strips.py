"""Dot strips: extremes, statuses, lanes, sizes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from figure_reading import size, texts
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.drawing.canvas.scale import lanes_of
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts import strips
from sozialbericht.drawing.charts.strips import DOT, Strip, by_district, by_indicator
from sozialbericht.status import Status

Ranks = Callable[..., pd.DataFrame]


def strip(rows: pd.DataFrame, name: str = "Sprache") -> Strip:
    districts = pd.Series({"Nord": 10.0, "Süd": np.nan})
    values = rows.assign(bezirk=["Nord", "Süd"] * (len(rows) // 2))
    return Strip(name, values, 11.1, "%", 1, True, districts, "rechts: ungünstiger")


@pytest.mark.parametrize("narrow", [False, True])
def test_extremes_and_city_are_named(ranks: Ranks, narrow: bool) -> None:
    for fig in (
        by_indicator([strip(ranks(6))], city_name="Musterstadt", narrow=narrow),
        by_district([strip(ranks(6))], ["Nord", "Süd"], city_name="Musterstadt", narrow=narrow),
    ):
        words = texts(fig)
        assert {"Gebiet 1 5,0", "Gebiet 6 25,0"} <= set(words)
        assert any(w.startswith("Musterstadt") for w in words)
        assert not any(w.startswith("Gebiet 3") for w in words)


@pytest.mark.parametrize("narrow", [False, True])
def test_withheld_value_leaves_no_trace(ranks: Ranks, narrow: bool) -> None:
    pictures: dict[str, list[str]] = {"indicator": [], "district": []}
    for secret in (77.7, -400.0, np.nan):
        rows = ranks(6)
        rows.loc[5, ["wert", "unten", "oben"]] = secret
        rows.loc[5, "status"] = "withheld"
        one = by_indicator([strip(rows)], city_name="Musterstadt", narrow=narrow)
        two = by_district([strip(rows)], ["Nord", "Süd"], city_name="Musterstadt", narrow=narrow)
        assert any("1 geheim gehalten" in w for w in texts(one))
        assert "." in texts(two)
        pictures["indicator"].append(to_svg(one, "Titel"))
        pictures["district"].append(to_svg(two, "Titel"))
    assert all(len(set(p)) == 1 for p in pictures.values())


@pytest.mark.parametrize(("narrow", "width"), [(False, 164), (True, 90)])
def test_widths(ranks: Ranks, narrow: bool, width: float) -> None:
    two = [strip(ranks(6)), strip(ranks(6, 10, 12), "Impfung")]
    assert size(by_indicator(two, city_name="Musterstadt", narrow=narrow))[0] == pytest.approx(width)
    assert size(by_district(two, ["Nord", "Süd"], city_name="Musterstadt", narrow=narrow))[0] == pytest.approx(width)


@given(st.lists(st.floats(0, 100), max_size=60))
def test_dots_of_a_lane_never_touch(places: list[float]) -> None:
    places = sorted(places)
    lanes = lanes_of(places, DOT)
    for lane in set(lanes):
        row = [x for x, k in zip(places, lanes, strict=True) if k == lane]
        assert all(b - a >= DOT for a, b in pairwise(row))


def test_many_signs_of_a_row_are_counted():
    """A district of many areas without a value has their number beside the sign."""
    states = pd.Series([Status.WITHHELD] * 5 + [Status.MISSING])
    assert strips._signs(states) == "5\u00a0×\u00a0. …"
    assert strips._signs(pd.Series([Status.WITHHELD] * 3)) == ". . ."
