"""The spine chart: where values lie, what is shown of a withheld one, words and sizes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from figure_reading import size, texts
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts.spine import GROUP, HEAD, KEY, ROW, Spine, Words, spine
from sozialbericht.position import Position

WORDS = Words("Raum", "Bezirk", "Musterstadt", "alle 5 Räume")
ROW_OF = Spine(
    group="Arbeit", name="Rate in %", stand="9/2006", value=12.0, status="ok", position=Position.ABOVE, city=10.0,
    district=11.0, rank=2, everyone=(5.0, 9.0, 10.0, 12.0, 20.0), direction=-1, decimals=1,
)  # fmt: skip


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
    [(-1, "über", "ok", -1), (-1, "unter", "ok", 1), (1, "über", "ok", 1), (1, "im Bereich", "ok", 0),
     (1, "kein Intervall", "ok", 0), (0, "über", "ok", 0), (-1, "über", "withheld", 0)],
)  # fmt: skip
def test_side(direction: int, position: str, status: str, side: int) -> None:
    assert replace(ROW_OF, direction=direction, position=Position(position), status=status).side() == side


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


def test_words_of_a_row() -> None:
    words = texts(spine([ROW_OF, replace(ROW_OF, group="Wohnen", name="Miete in Euro", decimals=0)], WORDS))
    assert {"Arbeit", "Wohnen", "Rate in %", "Miete in Euro", "9/2006", "Musterstadt", "alle 5 Räume"} <= set(words)
    assert {"12,0", "11,0", "10,0", "20,0", "5,0", "2"} <= set(words)
    assert "Bezirk" in words
    assert "Bezirk" not in texts(spine([ROW_OF], replace(WORDS, district="")))


@pytest.mark.parametrize("narrow", [False, True])
def test_withheld_value_leaves_no_trace(narrow: bool) -> None:
    pictures = []
    for secret in (77.7777, -400.0, np.nan):
        row = replace(ROW_OF, value=secret, status="withheld", rank=0)
        fig = spine([row], WORDS, narrow=narrow)
        assert {"geheim gehalten", "."} <= set(texts(fig))
        pictures.append(to_svg(fig, "print", "Titel"))
    assert pictures[0] == pictures[1] == pictures[2]


@pytest.mark.parametrize("narrow", [False, True])
def test_without_any_value_there_are_only_words(narrow: bool) -> None:
    row = replace(ROW_OF, value=np.nan, status="missing", city=np.nan, district=np.nan, rank=0, everyone=())
    words = texts(spine([row], WORDS, narrow=narrow))
    assert {"liegt noch nicht vor", "…"} <= set(words)
    assert not {"20,0", "5,0", "nan"} & set(words)


def test_sizes() -> None:
    rows = [ROW_OF, ROW_OF, replace(ROW_OF, group="Wohnen")]
    assert size(spine(rows, WORDS)) == pytest.approx((164, HEAD + 3 * ROW + 2 * GROUP + KEY), abs=0.11)
    assert size(spine(rows, WORDS, narrow=True))[0] == 90
    parts = [replace(row, members=(9.0, 12.0)) for row in rows]
    named = replace(WORDS, members="Teile")
    assert "Teile" in texts(spine(parts, named)) and "Teile" not in texts(spine(rows, named))


def test_long_names_wrap() -> None:
    name = "Ein Indikator mit einem ausgesprochen langen Namen je 1.000 Einwohnerinnen und Einwohner"
    words = texts(spine([replace(ROW_OF, name=name)], WORDS))
    assert name not in words and " ".join(w for w in words if w in name and len(w) > 8) == name
