"""The picture beside a profile's comparison: where values lie, what is drawn of a withheld one, sizes."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from figure_reading import drawn, size, texts
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas.brand import tokens
from sozialbericht.drawing.canvas.rowgrid import Rowgrid
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts.spine import Spine, spine
from sozialbericht.position import Position

ROW_OF = Spine(
    group="Arbeit", name="Rate in %", value=12.0, lower=11.0, upper=13.0, status="ok", position=Position.ABOVE,
    city=10.0, everyone=(5.0, 9.0, 10.0, 12.0, 20.0), direction=-1, decimals=1,
)  # fmt: skip


def draw(*rows: Spine | None, city: str = "Musterstadt") -> Figure:
    return spine(rows, Rowgrid(10.0, (5.0,) * len(rows)), city, 38)


def whiskers(figure: Figure) -> list[tuple[float, float, str]]:
    """Left and right end in mm and colour of each interval."""
    found = []
    for path, told in drawn(figure, "path"):
        if told.get("stroke-width") == "1.1":
            x = [float(n) * 25.4 / 72 for n in re.findall(r"-?[\d.]+", path.get("d", ""))[::2]]
            found.append((min(x), max(x), told["stroke"]))
    return found


def test_right_is_more_favourable_and_each_side_ends_at_its_extreme() -> None:
    assert ROW_OF.place(10) == 0
    assert (ROW_OF.place(20), ROW_OF.place(5)) == (-1, 1)
    assert ROW_OF.place(15) == pytest.approx(-0.5) and ROW_OF.place(7.5) == pytest.approx(0.5)
    assert (ROW_OF.least, ROW_OF.most) == (20, 5)
    chance = replace(ROW_OF, direction=1)
    assert (chance.least, chance.most, chance.place(20)) == (5, 20, 1)
    neutral = replace(ROW_OF, direction=0)
    assert (neutral.least, neutral.most, neutral.side()) == (5, 20, 0)


@pytest.mark.parametrize(
    ("direction", "position", "status", "side"),
    [(-1, Position.ABOVE, "ok", -1), (-1, Position.BELOW, "ok", 1), (1, Position.ABOVE, "ok", 1),
     (1, Position.WITHIN, "ok", 0), (1, Position.UNKNOWN, "ok", 0), (0, Position.ABOVE, "ok", 0),
     (-1, Position.ABOVE, "withheld", 0)],
)  # fmt: skip
def test_side(direction: int, position: Position, status: str, side: int) -> None:
    assert replace(ROW_OF, direction=direction, position=position, status=status).side() == side


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40),
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.sampled_from([-1, 0, 1]),
)
def test_every_value_has_a_place_and_order_is_kept(
    everyone: list[float], city: float, other: float, direction: int
) -> None:
    row = replace(ROW_OF, everyone=everyone, city=city, direction=direction)
    places = [row.place(v) for v in [*everyone, other, city]]
    assert all(-1 <= p <= 1 for p in places)
    assert row.place(city) == 0
    sign = -1 if direction < 0 else 1
    ordered = sorted(everyone, key=lambda v: sign * v)
    assert [row.place(v) for v in ordered] == sorted(row.place(v) for v in ordered)


def test_every_mark_with_an_interval_has_a_whisker_on_its_side() -> None:
    (worse,) = whiskers(draw(ROW_OF))
    assert worse[:2] == pytest.approx((19 - 0.3 * 17.5, 19 - 0.1 * 17.5), abs=0.02)
    assert worse[2] == tokens()["signal"].lower()
    (better,) = whiskers(draw(replace(ROW_OF, direction=1)))
    assert better[2] == tokens()["akzent"].lower() and better[0] > 19
    (hollow,) = whiskers(draw(replace(ROW_OF, position=Position.WITHIN)))
    assert hollow[2] == tokens()["tinte"].lower()
    assert len(whiskers(draw(replace(ROW_OF, direction=0)))) == 1
    assert whiskers(draw(replace(ROW_OF, lower=math.nan, upper=math.nan, position=Position.UNKNOWN))) == []


def test_a_whisker_ends_with_the_band() -> None:
    (found,) = whiskers(draw(replace(ROW_OF, lower=-50.0, upper=400.0)))
    assert found[:2] == pytest.approx((1.5, 36.5), abs=0.02)


def test_withheld_value_leaves_no_trace() -> None:
    pictures = []
    for secret in (77.7777, -400.0, np.nan):
        row = replace(ROW_OF, value=secret, lower=secret, upper=secret, position=Position.UNKNOWN, status="withheld")
        pictures.append(to_svg(draw(row), "Titel"))
    assert pictures[0] == pictures[1] == pictures[2]
    assert "<use" not in pictures[0]


def test_the_picture_knows_no_more_than_the_table() -> None:
    exact = replace(ROW_OF, value=12.04, lower=10.96, upper=13.04, city=9.99, everyone=(5.01, 9.02, 12.04, 19.98))
    rounded = replace(ROW_OF, value=12.0, lower=11.0, upper=13.0, city=10.0, everyone=(5.0, 9.0, 12.0, 20.0))
    assert to_svg(draw(exact), "T") == to_svg(draw(rounded), "T")


def test_without_any_value_there_is_the_city_s_line_alone() -> None:
    row = replace(ROW_OF, value=np.nan, status="missing", city=np.nan, everyone=())
    assert to_svg(draw(row), "T") == to_svg(draw(None), "T")


def test_it_is_as_high_as_the_table() -> None:
    assert size(draw(None, ROW_OF, ROW_OF, None, ROW_OF)) == pytest.approx((38, 10 + 5 * 5 + 0.4), abs=0.11)


def test_words_are_those_of_the_axis_as_far_as_there_is_room() -> None:
    assert texts(draw(ROW_OF, city="Dortmund")) == ["Dortmund", "ungünstig", "günstig"]
    assert texts(draw(ROW_OF, city="Neustadt an der Weinstraße")) == ["Neustadt an der Weinstraße"]


def test_parts_of_a_district_are_small_rings() -> None:
    marks = [to_svg(draw(row), "T").count("<use") for row in (ROW_OF, replace(ROW_OF, members=(9.0, 12.0)))]
    assert marks == [1, 3]
