"""Maps: sizes, classes, statuses, the cover."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from figure_reading import classes, size, texts

from sozialbericht.drawing.canvas import style
from sozialbericht.drawing.canvas.steps import Steps
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.maps import choropleth, legend, sheet

City = tuple[gpd.GeoDataFrame, pd.Series]
BOUNDS = [8.0, 10.0, 12.5, 16.0]
WORDS = choropleth.ClassWords("Anteil in %", 1, "Musterstadt", "11,1 %")


def _values(geometry: gpd.GeoDataFrame, wert: list[float], status: dict[str, str] | None = None) -> pd.DataFrame:
    frame = pd.DataFrame({"wert": wert, "status": "ok"}, index=geometry.index)
    for area, state in (status or {}).items():
        frame.loc[area, "status"] = state
    return frame


def test_classes_and_counts(city: Callable[..., City]) -> None:
    geometry, districts = city()
    values = _values(geometry, [7.94, 7.96, 10.0, 12.49, 12.5, 30.0])
    fig = choropleth.choropleth(geometry, districts, values, BOUNDS, WORDS)
    words = texts(fig)
    start = words.index("16,0 und mehr")
    assert words[start : start + 10] == [
        *("16,0 und mehr", "1"),
        *("12,5 bis unter 16,0", "2"),
        *("10,0 bis unter 12,5", "1"),
        *("8,0 bis unter 10,0", "1"),
        *("unter 8,0", "1"),
    ], "7.96 is printed as 8,0 and 12.49 as 12,5: both belong to the class that names them"
    assert {"Anteil in %", "Gebiete", "Musterstadt", "11,1 %", "1", "6"} <= set(words)
    assert [c for c in classes(fig) if c.startswith("raum")] == [f"raum sr_{i}" for i in range(1, 7)]


@pytest.mark.parametrize(
    ("status", "word", "sign"),
    [
        ("withheld", "geheim gehalten", None),
        ("unreliable", "nicht verlässlich", None),
        ("missing", "liegt noch nicht vor", "…"),
        ("not_meaningful", "nicht sinnvoll", "x"),
    ],
)
def test_status(city: Callable[..., City], status: str, word: str, sign: str | None) -> None:
    geometry, districts = city()
    values = _values(geometry, [5.0, 9.0, 11.0, 13.0, 17.0, 7.0])
    plain = texts(choropleth.choropleth(geometry, districts, values, BOUNDS, WORDS))
    assert word not in plain
    values.loc["sr_2", "status"] = status
    fig = choropleth.choropleth(geometry, districts, values, BOUNDS, WORDS)
    words = texts(fig)
    assert words[words.index(word) + 1] == "1"
    if sign:
        assert words.count(sign) == 2, "in the legend and under the area's number"
    else:
        assert classes(fig).count(f"status-{status}") == 2, "in the legend and on the map"
    assert words[words.index("8,0 bis unter 10,0") + 1] == "0", "only values with status ok are counted"


@pytest.mark.parametrize("cut", ["print", "web"])
def test_withheld_value_leaves_no_trace(city: Callable[..., City], cut: str) -> None:
    geometry, districts = city()
    pictures = []
    for secret in (1.2345, 98.7654, np.nan):
        values = _values(geometry, [secret, 9.0, 11.0, 13.0, 17.0, 7.0], {"sr_1": "withheld"})
        fig = choropleth.choropleth(geometry, districts, values, BOUNDS, WORDS)
        pictures += [to_svg(fig, cut, "Titel"), to_svg(choropleth.cover(geometry, values, BOUNDS), cut, "Titel")]
    assert pictures[0] == pictures[2] == pictures[4]
    assert pictures[1] == pictures[3] == pictures[5]


def test_area_without_a_row_is_missing(city: Callable[..., City]) -> None:
    geometry, districts = city()
    values = _values(geometry, [5.0, 9.0, 11.0, 13.0, 17.0, 7.0]).drop("sr_3")
    assert "liegt noch nicht vor" in texts(choropleth.choropleth(geometry, districts, values, BOUNDS, WORDS))


def test_unreliable_without_a_number(city: Callable[..., City]) -> None:
    geometry, districts = city()
    values = _values(geometry, [np.nan, 9.0, 11.0, 13.0, 17.0, 7.0], {"sr_1": "unreliable"})
    fig = choropleth.choropleth(geometry, districts, values, BOUNDS, WORDS)
    assert "status-unreliable" in classes(fig)


@pytest.mark.parametrize("bounds", [[1.0, 2.0, 3.0], [1.0, 3.0, 2.0, 4.0], [1.0, 1.0, 2.0, 3.0]])
def test_bounds(city: Callable[..., City], bounds: list[float]) -> None:
    geometry, districts = city()
    values = _values(geometry, [1.0] * 6)
    with pytest.raises(ValueError, match="four ascending bounds"):
        choropleth.choropleth(geometry, districts, values, bounds, WORDS)


@pytest.mark.parametrize("count", [6, 39, 60])
def test_sizes(city: Callable[..., City], count: int) -> None:
    geometry, districts = city(count, max(3, round(count**0.5)))
    values = _values(geometry, list(np.linspace(4, 20, count)))
    wide = choropleth.choropleth(geometry, districts, values, BOUNDS, WORDS)
    assert size(wide)[0] == 164
    assert size(wide)[1] == (112 if count > 6 else pytest.approx(82.3, abs=1.5))
    assert size(wide) == size(wide)
    narrow = choropleth.choropleth(geometry, districts, values, BOUNDS, WORDS, narrow=True)
    assert size(narrow)[0] == 90
    assert size(choropleth.cover(geometry, values, BOUNDS)) == (210, 190)


def test_types(city: Callable[..., City]) -> None:
    geometry, districts = city()
    kind = pd.Series([1.0, 2.0, 2.0, 5.0, np.nan, 1.0], index=geometry.index)
    names = ["eins", "zwei", "drei", "vier", "fünf"]
    for narrow in (False, True):
        words = texts(
            choropleth.types(geometry, districts, kind, choropleth.TypeWords(names, "Bezirksgrenze"), narrow=narrow)
        )
        assert {"Typ", *names, "Bezirksgrenze", "liegt noch nicht vor"} <= set(words)
        assert words[words.index("zwei") + 1] == "2"


def test_holes_and_several_parts(city: Callable[..., City]) -> None:
    geometry, districts = city()
    first = geometry.geometry.iloc[0]
    hole = shapely.box(400_500, 5_700_500, 401_500, 5_701_500)
    far = shapely.box(407_000, 5_700_000, 408_000, 5_701_000)
    geometry.geometry = [shapely.union_all([first.difference(hole), far]), *geometry.geometry.iloc[1:]]
    values = _values(geometry, [9.0] * 6)
    svg = to_svg(choropleth.choropleth(geometry, districts, values, BOUNDS, WORDS))
    start = svg.index('class="raum sr_1"')
    assert svg[start : svg.index("/>", start)].upper().count("Z") == 3


def test_scale_bar_takes_a_free_corner_or_none(city: Callable[..., City]) -> None:
    geometry, districts = city()
    values = _values(geometry, [9.0] * 6)
    full = choropleth.choropleth(geometry, districts, values, BOUNDS, WORDS)
    assert not [w for w in texts(full) if w.endswith(" km")], "six squares fill the map, no corner is free"
    part, values = geometry.drop("sr_6"), values.drop("sr_6")
    assert "1 km" in texts(choropleth.choropleth(part, districts, values, BOUNDS, WORDS))
    tiny = geometry.copy()
    tiny.geometry = tiny.geometry.scale(0.01, 0.01, origin=(400_000, 5_700_000))
    tiny["label"] = tiny.geometry.centroid
    with style.applied():
        fig, ax = style.canvas(100, 100)
        sheet.scale_bar(ax, sheet.fit(tiny, (0, 0, 100, 100), sheet.LARGE))
        assert texts(fig) == []


def test_long_words_wrap_in_the_legend() -> None:
    entries = legend.class_entries([10_000, 12_500, 15_000, 17_500], [1, 2, 3, 4, 5], 0, Steps())
    assert entries[0].words == "17.500 und mehr"
    wide = legend.Legend("Einkommen", entries, city=("Eine Stadt mit langem Namen", "1.234.567 Euro"), width=38)
    tall = legend.Legend("Einkommen", entries, city=("Stadt", "1 Euro"), width=70)
    assert wide.height() > tall.height()
    with style.applied():
        fig, ax = style.canvas(60, 80)
        assert wide.draw(ax, 0, 0) == pytest.approx(wide.height())
        assert "15.000" in " ".join(texts(fig))


def test_numbers_where_there_is_no_room_for_them(city: Callable[..., City]) -> None:
    """Thousands of areas have no room for numbers; forty have."""
    for count, columns, numbered in ((40, 8, True), (2500, 50, False)):
        geometry, districts = city(count, columns)
        fig = choropleth.choropleth(geometry, districts, _values(geometry, [9.0] * count), BOUNDS, WORDS)
        assert ("39" in texts(fig)) is numbered
        assert len([c for c in classes(fig) if c.startswith("raum")]) == count
