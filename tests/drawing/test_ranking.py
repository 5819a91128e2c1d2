"""The picture of a ranked table: rows, marks, statuses, scales, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from figure_reading import drawn, size, texts
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas.brand import tokens
from sozialbericht.drawing.canvas.measure import Measure
from sozialbericht.drawing.canvas.rowgrid import Rowgrid
from sozialbericht.drawing.canvas.scale import enclosing
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts.ranking import FOOT, ranked
from sozialbericht.position import Position

MEASURE = Measure(1, "%", "Musterstadt")
Ranks = Callable[..., pd.DataFrame]


def draw(rows: pd.DataFrame, measure: Measure = MEASURE, city: float = 11.1, upward: int = -1) -> Figure:
    """The picture of these rows, 38 mm wide."""
    grid = Rowgrid(9.0, (4.4,) * len(rows))
    return ranked(rows, measure, grid, city_value=city, upward=upward, width=38)


def marks_of(figure: Figure) -> list[tuple[float, str, bool, bool]]:
    """Height in mm, colour, whether it is filled and whether it is round, of each mark."""
    outlines = {f"#{path.get('id')}": path.get("d", "") for path, _ in drawn(figure, "path")}
    found = []
    for use, told in drawn(figure, "use"):
        round_ = "C" in outlines[told["href"]]
        found.append((float(use.get("y", 0)) * 25.4 / 72, told["stroke"], told["fill"] == told["stroke"], round_))
    return sorted(found)


def test_marks_stand_in_the_middle_of_their_rows(ranks: Ranks) -> None:
    rows = ranks(4)
    rows.loc[2, "status"] = "withheld"
    heights = [y for y, *_ in marks_of(draw(rows))]
    assert heights == pytest.approx([11.2, 15.6, 24.4], abs=0.02)


@pytest.mark.parametrize(
    ("upward", "above", "below"), [(1, "akzent", "signal"), (-1, "signal", "akzent"), (0, "grau", "grau")]
)
def test_shape_says_where_and_colour_whether_it_is_good(ranks: Ranks, upward: int, above: str, below: str) -> None:
    rows = ranks(4).assign(lage=[Position.ABOVE, Position.BELOW, Position.WITHIN, Position.UNKNOWN])
    names = {colour.lower(): name for name, colour in tokens().light.items()}
    assert [(names[colour], filled, round_) for _, colour, filled, round_ in marks_of(draw(rows, upward=upward))] == [
        (above, True, True),
        (below, True, False),
        ("grau", False, True),
        ("grau", False, True),
    ]


def test_withheld_value_leaves_no_trace(ranks: Ranks) -> None:
    pictures = []
    for secret in (77.7777, -400.0, np.nan):
        rows = ranks(6)
        rows.loc[2, ["wert", "unten", "oben"]] = secret
        rows.loc[2, ["lage", "status"]] = [Position.ABOVE if secret > 0 else Position.UNKNOWN, "withheld"]
        pictures.append(to_svg(draw(rows), "Titel"))
    assert pictures[0] == pictures[1] == pictures[2]


def test_the_picture_knows_no_more_than_its_table(ranks: Ranks) -> None:
    rows = ranks(6)
    rounded = rows.assign(**{name: rows[name].round(1) for name in ("wert", "unten", "oben")})
    assert to_svg(draw(rows), "T") == to_svg(draw(rounded), "T")


@pytest.mark.parametrize("count", [1, 6, 44])
def test_it_is_as_high_as_the_table_and_the_axis(ranks: Ranks, count: int) -> None:
    assert size(draw(ranks(count))) == pytest.approx((38, 9 + 4.4 * count + FOOT), abs=0.11)


@pytest.mark.parametrize(
    ("low", "high", "city"),
    [(0.1, 3, 1.2), (60, 140, 100), (-12, 4, -3), (-9, -2, -4), (7, 7, 7), (91_200, 93_400, 92_000)],
)
def test_scales_have_room(ranks: Ranks, low: float, high: float, city: float) -> None:
    words = texts(draw(ranks(6, low, high), city=city))
    axis = [word for word in words if "Musterstadt" not in word]
    assert len(axis) >= 2 and axis[-1].endswith("\u00a0%")


def test_without_intervals_there_are_rings_and_no_lines(ranks: Ranks) -> None:
    rows = ranks(6).assign(unten=np.nan, oben=np.nan, lage=Position.UNKNOWN)
    figure = draw(rows, Measure(0, "Index", "Musterstadt"), city=100)
    assert not any(filled for _, _, filled, _ in marks_of(figure))
    colour = tokens()["grau"].lower()
    lines = [
        [told for _, told in drawn(one, "path") if told.get("fill") == "none" and told.get("stroke") == colour]
        for one in (figure, draw(ranks(6).assign(lage=Position.WITHIN)))
    ]
    assert not lines[0] and lines[1]


def test_a_city_without_a_value_or_with_a_long_name(ranks: Ranks) -> None:
    assert not [word for word in texts(draw(ranks(3), city=np.nan)) if "Musterstadt" in word]
    long = Measure(1, "%", "Neustadt an der langen Weinstraße im Tal")
    lines = [word for word in texts(draw(ranks(3), long)) if re.search("[a-z]", word)]
    assert " ".join(reversed(lines)) == "Neustadt an der langen Weinstraße im Tal 11,1" and len(lines) == 2


def test_nothing_but_statuses(ranks: Ranks) -> None:
    assert marks_of(draw(ranks(3).assign(status="withheld"))) == []


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
