"""Shapes: polygons whose size or place does not fit their area.

Compared are the logarithms of size and of density at the newest Stand over all of the smallest areas (by the fences of
:mod:`sozialbericht.plausibility.whiskers`), the place of a polygon with the label point that the area declares, and
with the other areas of the same larger one, to which it should be connected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from sozialbericht.data import sums
from sozialbericht.numbers import number
from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.oddity import Oddity
from sozialbericht.plausibility.whiskers import outlying
from sozialbericht.plausibility.yardstick import LIMIT, deviations

if TYPE_CHECKING:
    import geopandas as gpd

#: Polygons closer than this (m) are connected.
CONNECTED = 5.0
#: A label point is usually as near to its polygon as this share of the polygon's width.
NEAR = 0.05
#: Where more areas than this share are not connected to their like, that is how the city is divided.
ALONE = 0.1

_REMEDY = "Prüfen Sie im GIS, ob die Flächen die richtigen Schlüssel tragen."


def find(material: Material) -> Iterator[Oddity]:
    """What is unusual in the polygons, where there are any."""
    frame = material.tables.geometry
    if frame is None or len(frame) < 3:
        return
    file = str(frame.attrs.get("file", "raeume.geojson"))
    for area, unusual, what in (*_sizes(material, frame), *_labels(material, frame), *_connections(material, frame)):
        yield Oddity("flaeche", unusual, what, _REMEDY, file, area=area)


def _sizes(material: Material, frame: gpd.GeoDataFrame) -> Iterator[tuple[str, float, str]]:
    """Polygons of another size, or with another density, than all others."""
    square = frame.geometry.area.to_numpy() / 1e6
    for at in np.flatnonzero(np.abs(far := outlying(np.log(square))) > LIMIT):
        what = (
            f"Die Fläche von {material.area(str(frame.index[at]))} misst {_short(square[at])} km², in der Mitte der "
            f"Gebiete sind es {_short(float(np.median(square)))} km²."
        )
        yield str(frame.index[at]), abs(float(far[at])), what
    panel = material.panels.get(sums.inhabitants(material.tables))
    if panel is None:
        return
    values = dict(zip(panel.areas, panel.values[:, -1], strict=True))
    people = np.array([values.get(str(area), np.nan) for area in frame.index])
    exempt = people < material.tables.settings.statusindex.mindestbevoelkerung  # a wood, a fair: none is expected
    density = np.where(exempt, np.nan, np.log((people + 0.5) / square))
    for at in np.flatnonzero(np.abs(np.nan_to_num(far := outlying(density, 1 / np.sqrt(people + 0.5)))) > LIMIT):
        usual = float(np.exp(np.nanmedian(density)))
        what = (
            f"In {material.area(str(frame.index[at]))} kämen {material.about(people[at] / square[at])} Menschen auf "
            f"einen km² ({_short(square[at])} km²), in der Mitte der Gebiete sind es {material.about(usual)}."
        )
        yield str(frame.index[at]), abs(float(far[at])), what


def _labels(material: Material, frame: gpd.GeoDataFrame) -> Iterator[tuple[str, float, str]]:
    """Polygons that hold the label point of another area, while their own lies outside."""
    import geopandas as gpd

    declared = material.tables.areas.loc[frame.index, ["laenge", "breite"]].astype(float).dropna()
    if declared.empty:
        return
    points = gpd.GeoSeries(gpd.points_from_xy(declared["laenge"], declared["breite"], crs=4326), index=declared.index)
    points = points.to_crs(frame.crs)
    own = frame.loc[declared.index].geometry
    away = own.distance(points).to_numpy()
    width = np.sqrt(own.area.to_numpy())
    holders, held = frame.sindex.query(points, predicate="within")[::-1]
    where = dict(zip(held.tolist(), holders.tolist(), strict=True))
    for at in np.flatnonzero(away > LIMIT * NEAR * width):
        area = str(declared.index[at])
        other = str(frame.index[where[at]]) if at in where else ""
        there = f"; er liegt in der Fläche von {material.area(other)}" if other else ""
        what = (
            f"Der Beschriftungspunkt von {material.area(area)} liegt {number(away[at])} m außerhalb der eigenen "
            f"Fläche{there}."
        )
        yield area, float(away[at] / (NEAR * width[at])), what


def _connections(material: Material, frame: gpd.GeoDataFrame) -> Iterator[tuple[str, float, str]]:
    """Polygons that do not touch any other of the same larger area, though nearly all do."""
    polygons: Any = frame.geometry.to_numpy()
    parents = material.tables.areas["teil_von"].reindex(frame.index).to_numpy()
    one, other = frame.sindex.query(polygons, predicate="dwithin", distance=CONNECTED)
    like = (one != other) & (parents[one] == parents[other])
    sizes = Counter(parents)
    several = np.array([sizes[parent] > 1 for parent in parents])
    alone = several & ~np.isin(np.arange(len(frame)), one[like])
    if not alone.any() or alone.sum() > ALONE * several.sum():
        return
    unusual = deviations(float(np.log((alone.sum() + 1) / (several.sum() + 2))))
    for at in np.flatnonzero(alone):
        area = str(frame.index[at])
        what = (
            f"Die Fläche von {material.area(area)} berührt kein anderes Gebiet von {material.area(str(parents[at]))}; "
            "sonst hängen die Gebiete zusammen."
        )
        yield area, unusual, what


def _short(square: float) -> str:
    return number(square, 1 if square < 100 else 0)
