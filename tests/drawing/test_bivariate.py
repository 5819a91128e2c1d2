"""Bivariate map and map of local clusters: counts in the legend, signs inside their areas, areas left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import signs
from sozialbericht.drawing.maps import bivariate, hotspots
from sozialbericht.drawing.maps.bivariate import Grid
from sozialbericht.drawing.maps.hotspots import Kind

City = tuple[gpd.GeoDataFrame, pd.Series]
GRID = Grid({"sehr niedrig": "s5", "niedrig": "s4", "mittel": "s2", "hoch": "s1"}, ("positiv", "stabil", "negativ"))
STATUS = ["hoch", "mittel", "mittel", "niedrig", "sehr niedrig", np.nan]
DYNAMICS = ["positiv", "stabil", "stabil", "negativ", "negativ", np.nan]


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def drawn_signs(figure: Figure) -> list[str]:
    ids = [str(artist.get_gid()) for artist in figure.axes[0].artists + figure.axes[0].patches]
    return [gid.removeprefix("zeichen ") for gid in ids if gid.startswith("zeichen ")]


@pytest.mark.parametrize("narrow", [False, True])
def test_grid_of_twelve_groups_with_counts(city: Callable[..., City], narrow: bool) -> None:
    frame, districts = city(6)
    status, dynamics = pd.Series(STATUS, frame.index), pd.Series(DYNAMICS, frame.index)
    figure = bivariate.status_dynamics(frame, districts, status, dynamics, GRID, narrow=narrow)
    said = words(figure)
    assert [said.count(n) for n in ("–",)] == [12 - 4]
    assert "nicht einbezogen" in said and "positiv" in said and "Zahl der Gebiete" in said
    assert [w for w in said if w in GRID.rows] == ["sehr niedrig", "niedrig", "mittel", "hoch"]
    found = drawn_signs(figure)
    assert {kind: found.count(kind) for kind in set(found)} == {"up": 4 + 1, "dot": 4 + 2, "down": 4 + 2}
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(90 if narrow else 164)


def test_without_dynamics_tones_only(city: Callable[..., City]) -> None:
    frame, districts = city(6)
    figure = bivariate.status_dynamics(frame, districts, pd.Series(STATUS, frame.index), None, GRID)
    assert drawn_signs(figure) == []
    said = words(figure)
    assert "Dynamik" not in said and "Status" in said and "Gebiete" in said
    assert said[said.index("mittel") + 1] == "2"


def test_clusters_have_signs_in_map_and_legend(city: Callable[..., City]) -> None:
    frame, districts = city(4, 2)
    kinds = [Kind("hoch-hoch", "s5", signs.UP), Kind("niedrig-niedrig", "s2", signs.DOWN), Kind("keiner", "gitter")]
    classes = pd.Series(["hoch-hoch", "hoch-hoch", "keiner", np.nan], frame.index)
    figure = hotspots.local_clusters(frame, districts, classes, kinds, title="Cluster")
    assert sorted(drawn_signs(figure)) == ["down", "up", "up", "up"]
    assert "nicht einbezogen" in words(figure)


def test_sign_stands_where_there_is_room() -> None:
    wide = shapely.box(-20, -20, 20, 20)
    assert signs.beside(wide, 0, 0, 1.5, 2.0) == (0, pytest.approx(3.1))
    low = shapely.box(-20, -20, 20, 2)
    assert signs.beside(low, 0, 0, 1.5, 2.0) == (0, pytest.approx(-3.1))
    flat = shapely.box(-1.6, -2, 20, 2)
    assert signs.beside(flat, 0, 0, 1.5, 2.0) == (pytest.approx(3.0), 0)
    tiny: Any = shapely.box(-1, -1, 1, 2)
    assert signs.beside(tiny, 0, 0, 1.5, 2.0) == (0, pytest.approx(3.1))


def test_tones_of_the_grid_keep_their_order_in_grey() -> None:
    from sozialbericht.drawing.canvas.brand import tokens

    def lightness(token: str) -> float:
        channels = [int(tokens()[token][k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        return 116 * y ** (1 / 3) - 16

    steps = [lightness(token) for token in GRID.rows.values()]
    assert np.diff(steps).min() >= 14.5
