"""The overview: names inside their districts, numbers that make room, the list beside the map."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from figure_reading import size, texts

from sozialbericht.drawing.canvas import style
from sozialbericht.drawing.maps import overview, sheet

City = tuple[gpd.GeoDataFrame, pd.Series]


@pytest.mark.parametrize(("narrow", "width"), [(False, 164), (True, 90)])
def test_names_and_numbers(city: Callable[..., City], narrow: bool, width: int) -> None:
    geometry, districts = city(12, 4)
    fig = overview.overview(geometry, districts, narrow=narrow)
    words = texts(fig)
    assert size(fig)[0] == width
    assert {str(n) for n in range(1, 13)} <= set(words)
    assert words.count("Nord-Ost") == 2
    assert words.count("Süd") == 2
    assert words.count("Gebiet") == (2 if narrow else 1)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([1, 2, 3, 4], "1–4"), ([1, 2], "1, 2"), ([3, 7, 8, 9, 11], "3, 7–9, 11"), ([5], "5")],
)
def test_ranges(numbers: list[int], words: str) -> None:
    assert overview.ranges(numbers) == words


def test_neighbours_have_different_tints() -> None:
    shapes = {f"b{i}": shapely.box(i % 4 * 10, i // 4 * 10, i % 4 * 10 + 10, i // 4 * 10 + 10) for i in range(16)}
    tints = overview.tints(shapes)
    for a, one in shapes.items():
        for b, other in shapes.items():
            if a != b and one.touches(other):
                assert tints[a] != tints[b]


def test_place() -> None:
    room = shapely.box(0, 0, 40, 20)
    taken = shapely.box(15, 5, 25, 15)
    label = overview.place("Name", room, [taken])
    assert label is not None
    assert room.contains(label.box())
    assert not taken.intersects(label.box())
    assert label.size == 8
    two = overview.place("Langer-Ortsname", shapely.box(0, 0, 17, 12), [])
    assert two is not None
    assert two.lines == ("Langer-", "Ortsname")
    assert overview.place("Unzerteilbarername", shapely.box(0, 0, 17, 12), []) is None
    assert overview.place("Name", shapely.box(0, 0, 0.5, 0.5), []) is None


def test_numbers_make_room() -> None:
    shapes = {"a": shapely.box(0, 0, 15, 14), "b": shapely.box(15, 0, 30, 14)}
    drawn = sheet.Sheet(shapes, {"a": (7.5, 7), "b": (22.5, 7)}, {"a": "1", "b": "2"}, (0, 0, 30, 14), 0.01)
    label, moved = overview.settle(drawn, "Name der Mitte", shapely.box(0, 0, 30, 14), ["a", "b"], 7.2)
    assert label is not None
    for area in "ab":
        box = sheet.number_box(moved, area, 7.2)
        assert not box.intersects(label.box())
        assert shapes[area].buffer(0.3).contains(box)
    low = shapely.box(0, 0, 30, 4.5)
    flat = sheet.Sheet(
        {k: s.intersection(low) for k, s in shapes.items()},
        {"a": (7.5, 2.2), "b": (22.5, 2.2)},
        drawn.numbers,
        (0, 0, 30, 5),
        0.01,
    )
    label, same = overview.settle(flat, "Ein Name so breit", low, ["a", "b"], 7.2)
    assert label is None or same.labels != flat.labels
    label, same = overview.settle(flat, "Ein Name viel breiter als sein Bezirk", low, ["a", "b"], 7.2)
    assert label is None
    assert same is flat


def test_members(city: Callable[..., City]) -> None:
    geometry, districts = city(6)
    assert overview.members(geometry, districts) == {"Nord-Ost": "1, 2, 5, 6", "Süd": "3, 4"}


def test_no_place_for_numbers() -> None:
    narrow = shapely.box(0, 0, 24, 3.9)
    drawn = sheet.Sheet({"a": narrow}, {"a": (12, 1.9)}, {"a": "10"}, (0, 0, 24, 4), 0.01)
    with style.applied():
        label, same = overview.settle(drawn, "Passt gerade noch", narrow, ["a"], 7.2)
    assert label is None
    assert same is drawn
