"""Location: whether polygons can be those of a city, in the coordinate system that their file declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sozialbericht.data.faultlist import Finding, Findings, listed, quoted
from sozialbericht.data.polygons.systems import KIND, SAVE

if TYPE_CHECKING:
    import geopandas as gpd

WEST, SOUTH, EAST, NORTH = 3.0, 45.0, 18.0, 57.0
"""Degrees around Germany; a city lies there."""
SMALLEST, LARGEST = 1e4, 1e10
"""Square metres of the smallest area and of a whole city."""
FAR, FURTHEST = 8, 20_000.0
"""So many times the usual distance from the middle, and at least so many metres, an area lies that is misplaced."""
LABELS = 20_000.0
"""Label points further (m) from the polygons than this do not belong to them."""

_CHECK = "Prüfen Sie im GIS Lage und Koordinatensystem (QGIS: Layer → Koordinatenreferenzsystem)."


def declared(frame: gpd.GeoDataFrame, file: str, findings: Findings) -> bool:
    """Whether coordinates can be those of the declared system at all; notes it where they cannot."""
    import shapely

    points = shapely.get_coordinates(frame.geometry.to_numpy())
    if not len(points):
        return True
    if not np.isfinite(points).all():
        bad = [name for name, g in frame.geometry.items() if not np.isfinite(shapely.get_coordinates(g)).all()]
        what = f"Koordinaten von {listed(map(quoted, bad))} sind keine Zahlen."
        findings.add(KIND, file, what, _CHECK, column="geometry")
        return False
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    shown = f"etwa {_shown(west)}, {_shown(south)}"
    if frame.crs.is_geographic and (max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90):
        findings.add(
            KIND, file, f"Die Koordinaten ({shown}) sind keine Grade; {_metres(points)}.", SAVE, column="geometry"
        )
        return False
    if frame.crs.is_projected and np.abs(points).max() <= 360:
        what = (
            f"Die Koordinaten ({shown}) sind Grade, als Koordinatensystem angegeben ist aber {quoted(frame.crs.name)}."
        )
        findings.add(KIND, file, what, SAVE, column="geometry")
        return False
    return True


def _shown(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 200 else f"{value:.2f}".replace(".", ",")


def _metres(points: Any) -> str:
    """In which system metres may be."""
    within = (points > (200_000, 5_000_000)).all() and (points < (1_000_000, 6_500_000)).all()
    inside = within or np.abs(points).max() > 1000
    return "vermutlich sind es Meter in EPSG:25832" if inside else "sie liegen außerhalb von ±180 und ±90"


def plausible(frame: gpd.GeoDataFrame, file: str, findings: Findings) -> bool:
    """Whether polygons in metres lie and measure as those of a city do; notes it where they do not."""
    before = len(findings)
    findings.extend(_faults(frame, file))
    return len(findings) == before


def _faults(frame: gpd.GeoDataFrame, file: str) -> Iterator[Finding]:
    import shapely

    polygons = frame.geometry.to_numpy()
    corners = shapely.bounds(polygons)
    with np.errstate(invalid="ignore"):  # corners without a place are told below
        areas = shapely.area(polygons)
    if not np.isfinite(corners).all():
        yield Finding(
            KIND,
            file,
            "Die Koordinaten liegen außerhalb des angegebenen Koordinatensystems.",
            _CHECK,
            column="geometry",
        )
        return
    degrees = shapely.bounds(frame.geometry.to_crs(4326).to_numpy())
    middles = (degrees[:, :2] + degrees[:, 2:]) / 2
    inside = _in_germany(middles)
    distances = _from_the_middle(corners)
    usual = float(np.median(distances))
    far = distances > max(FURTHEST, FAR * usual)
    if not inside.all() and (not inside.any() or not far.any()):
        yield _elsewhere(frame, middles, inside, file)
        return
    for at in np.flatnonzero(far | ~inside):
        name, away = quoted(frame.index[at]), distances[at] / 1000
        what = (
            f"Die Fläche von {name} reicht {away:.0f} km von der Mitte der Stadt weg; üblich sind "
            f"{max(usual / 1000, 1):.0f} km."
        )
        yield Finding(
            "Lage der Flächen", file, what, "Prüfen Sie die Koordinaten dieser Fläche im GIS.", column="geometry"
        )
    for at in np.flatnonzero(areas < SMALLEST):
        what = (
            f"Die Fläche von {quoted(frame.index[at])} misst nur {areas[at]:.0f} m²; das ist kein Gebiet einer Stadt."
        )
        yield Finding("Größe der Flächen", file, what, _CHECK, column="geometry")
    if (total := float(areas.sum())) > LARGEST:
        what = f"Die Flächen sind zusammen {total / 1e6:.0f} km² groß; das ist keine Stadt."
        yield Finding("Größe der Flächen", file, what, _CHECK, column="geometry")


def _in_germany(points: Any) -> Any:
    x, y = points[:, 0], points[:, 1]
    return (x >= WEST) & (x <= EAST) & (y >= SOUTH) & (y <= NORTH)


def _from_the_middle(corners: Any) -> Any:
    """How far the furthest corner of each polygon's frame is from the middle of all."""
    middles = (corners[:, :2] + corners[:, 2:]) / 2
    centre = np.median(middles, axis=0)
    reach = np.maximum(np.abs(corners[:, :2] - centre), np.abs(corners[:, 2:] - centre))
    return np.hypot(reach[:, 0], reach[:, 1])


def _elsewhere(frame: Any, middles: Any, inside: Any, file: str) -> Finding:
    """The fault of polygons that lie in another part of the world."""
    x, y = np.median(middles[~inside], axis=0)
    where = f"etwa {_shown(x)}° Länge, {_shown(y)}° Breite"
    if _in_germany(np.array([[y, x]])).all():
        what = f"Länge und Breite sind vertauscht: Die Flächen lägen bei {where}."
        return Finding(
            KIND, file, what, "Schreiben Sie in GeoJSON zuerst die Länge, dann die Breite.", column="geometry"
        )
    which = "Die Flächen" if not inside.any() else f"Die Flächen von {listed(map(quoted, frame.index[~inside]))}"
    what = f"{which} liegen nicht in Deutschland, sondern bei {where}; das Koordinatensystem stimmt nicht."
    return Finding(KIND, file, what, _CHECK, column="geometry")


def labels(frame: gpd.GeoDataFrame, areas: pd.DataFrame, file: str) -> Iterator[Finding]:
    """Find polygons that lie elsewhere than the label points of their areas, as with the wrong coordinate system."""
    import geopandas as gpd

    chosen = (
        areas.loc[[name for name in frame.index if name in areas.index], ["laenge", "breite"]].astype(float).dropna()
    )
    chosen = chosen[(chosen["laenge"].abs() <= 180) & (chosen["breite"].abs() < 90)]
    if chosen.empty:
        return
    points = gpd.GeoSeries(gpd.points_from_xy(chosen["laenge"], chosen["breite"], crs=4326), index=chosen.index)
    placed = points.to_crs(frame.crs)
    placed = placed[np.isfinite(placed.x) & np.isfinite(placed.y)]
    away = frame.geometry.loc[placed.index].distance(placed)
    usual = float(away.median())
    if usual > LABELS:
        what = f"Die Flächen liegen etwa {usual / 1000:.0f} km von den Beschriftungspunkten in raeume.csv entfernt."
        remedy = f"{_CHECK} Oder berichtigen Sie breite und laenge in raeume.csv."
        yield Finding(KIND, file, what, remedy, column="geometry")
