"""Profiles of types and the types an area may belong to: words, sizes, discs that do not touch."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from figure_reading import SVG, size, texts
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts.typeprofiles import DISC, Whole, lanes_of, memberships, profiles

WHOLE = Whole("Musterstadt", "in der Gemeinde")
NAMES = {1: "sehr günstig", 2: "günstig", 3: "mittel", 4: "belastet", 5: "stark belastet"}
SIZES = {1: 4, 2: 3, 3: 5, 4: 6, 5: 3}


def table(apart: float = 0.5) -> pd.DataFrame:
    rows = {"Arbeitslosenrate": 0.0, "Bevölkerung mit Migrationshintergrund": 0.1}
    return pd.DataFrame({k: {name: shift + apart * (3 - k) for name, shift in rows.items()} for k in NAMES})


def areas() -> pd.DataFrame:
    rows = [(1, "Altstadt", 4, 0.0, 0.0, 0.386, 0.614, 0.0), (2, "Neustadt", 1, 0.9, 0.09, 0.01, 0.0, 0.0)]
    return pd.DataFrame(rows, columns=["nummer", "kurzname", "typ", *NAMES], index=["sr_1", "sr_2"])


@pytest.mark.parametrize(("narrow", "width"), [(False, 164), (True, 90)])
def test_widths(narrow: bool, width: float) -> None:
    assert size(profiles(table(), NAMES, SIZES, whole=WHOLE, narrow=narrow))[0] == pytest.approx(width)
    assert size(memberships(areas(), NAMES, narrow=narrow))[0] == pytest.approx(width)


@pytest.mark.parametrize("narrow", [False, True])
def test_every_type_is_given_as_number_and_word(narrow: bool) -> None:
    words = texts(profiles(table(), NAMES, SIZES, whole=WHOLE, narrow=narrow))
    assert [words.count(str(k)) for k in NAMES] == [4] * 5  # two features, their mean, the legend
    assert {"sehr günstig (4)", "stark belastet (3)", "Musterstadt", "Mittel aller Merkmale"} <= set(words)
    assert {"← ungünstiger", "günstiger →", "0"} <= set(words)
    assert any("Migrationshintergrund" in w for w in words)


def test_a_type_without_areas_has_no_legend() -> None:
    words = texts(profiles(table().drop(columns=5), NAMES, {**SIZES, 5: 0}, whole=WHOLE))
    assert not any("stark belastet" in w for w in words)


def test_right_is_more_favourable() -> None:
    root = ET.fromstring(to_svg(profiles(table(), NAMES, SIZES, whole=WHOLE), "Titel"))
    places: dict[str, float] = {}
    for text in root.iter(f"{SVG}text"):
        found = re.search(r"translate\(([\d.]+)|^([\d.]+)$", text.get("transform") or text.get("x") or "")
        assert found is not None
        places.setdefault(text.text or "", float(found[1] or found[2]))  # the first row
    assert places["5"] < places["4"] < places["3"] < places["2"] < places["1"]
    assert places["← ungünstiger"] < places["günstiger →"]


@pytest.mark.parametrize("narrow", [False, True])
def test_bars_name_their_types_and_the_share_of_the_own_one(narrow: bool) -> None:
    words = texts(memberships(areas(), NAMES, narrow=narrow))
    assert {"Altstadt", "Neustadt", "61", "90"} <= set(words)
    assert words.count("5") == 1  # only in the legend
    own = words.index("Altstadt")
    assert [w for w in words[own:] if w in ("3", "4")][:2] == ["4", "3"]  # its own type first


def test_a_narrow_part_of_a_bar_has_no_digit() -> None:
    words = texts(memberships(areas(), NAMES))
    after = words[words.index("Neustadt") : words.index("90")]
    assert "2" in after[1:]
    assert "3" not in after[1:]


@given(st.lists(st.floats(0, 60), min_size=1, max_size=5))
def test_no_two_discs_touch(places: list[float]) -> None:
    lanes = lanes_of(places)
    for k, x in enumerate(places):
        for n in range(k):
            assert lanes[k] != lanes[n] or abs(x - places[n]) >= DISC
    if len(places) == 1:
        assert lanes == [0]
