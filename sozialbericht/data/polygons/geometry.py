"""Geometry: the polygons of the areas, their checks, label points, neighbours and larger units."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sozialbericht.data.decided import settingnodes
from sozialbericht.data.faultlist import Finding, Findings, quoted, similar
from sozialbericht.data.files import locate
from sozialbericht.data.polygons import databases, geojson, location

if TYPE_CHECKING:
    import geopandas as gpd

ETRS89, WGS84, SOUTH = 25800, 32600, 32700
"""The UTM zones by their EPSG numbers: of Europe, of the world north and south of the equator."""
LABEL_DISTANCE = 450.0
"""A declared label point keeps this distance (m) from the boundary …"""
LABEL_SHARE = 0.15
"""… or, in a city of small areas, this share of the median area's square root."""
OVERLAP = 0.001
"""Overlaps above this share of the smaller polygon are faults; smaller ones are slivers of digitising."""
SHARED_EDGE = 20.0
"""Areas are neighbours when they share more than this length of boundary (m)."""
TOLERANCE = 1.0
"""Boundaries closer than this (m) count as one."""

_REMEDY = "Reparieren Sie die Fläche im GIS (QGIS: Vektor → Geometrie → Gültigkeit prüfen)."


def read(folder: Path, entry: dict[str, Any], findings: Findings, system: int = 0) -> gpd.GeoDataFrame | None:
    """The polygons of a GeoJSON, GeoPackage or Shapefile, index ``raum_id``, in metres of the ``system`` (EPSG number),
    without one (0) of the UTM zone in which they lie.

    ``entry`` is their description. Every polygon that is broken or cannot be a city's is noted; None if there is any.
    """
    path = locate(folder, entry["path"], (".geojson", ".gpkg", ".shp"), findings)
    if path is None:
        return None
    file = path.relative_to(folder).as_posix()
    ending = path.suffix.lower()
    if ending not in (".geojson", ".json", ".gpkg", ".shp"):
        remedy = "Nennen Sie in datapackage.json eine Datei mit der Endung .geojson, .gpkg oder .shp."
        findings.add(
            "Geometrie nicht lesbar", file, "Flächen in einer Datei dieser Art kann der Bericht nicht lesen.", remedy
        )
        return None
    before = len(findings)
    if ending in (".geojson", ".json"):
        frame = geojson.read(path, file, findings)
    else:
        frame = databases.read(path, file, entry.get("layer", ""), findings)
    if frame is None:
        return None
    for name in frame.index[frame.index.duplicated()].unique():
        findings.add(
            "Fläche doppelt",
            file,
            f"Für {quoted(name)} gibt es mehrere Flächen.",
            "Vereinigen Sie sie zu einer (Multipolygon).",
            column="raum_id",
        )
    if len(findings) > before or not location.declared(frame, file, findings):
        return None
    frame.geometry = frame.geometry.force_2d()
    _broken(frame, file, findings)
    if len(findings) > before:
        return None
    plane = system or zone(frame)
    if not _metric(plane, findings):
        return None
    frame = frame.to_crs(plane)
    if not location.plausible(frame, file, findings):
        return None
    frame.attrs["file"] = file
    return frame


def zone(frame: gpd.GeoDataFrame) -> int:
    """The EPSG number of the UTM zone in which the middle of polygons lies: ETRS89 in Europe, else WGS 84."""
    west, south, east, north = frame.to_crs(4326).total_bounds
    x, y = (west + east) / 2, (south + north) / 2
    if not np.isfinite((x, y)).all():
        return ETRS89 + 32  # that they lie nowhere is found out later
    number = int((x + 180) // 6) % 60 + 1
    if 28 <= number <= 38 and 34 <= y <= 72:
        return ETRS89 + number
    return (WGS84 if y >= 0 else SOUTH) + number


def _metric(system: int, findings: Findings) -> bool:
    """Whether maps can be drawn in a system: a plane in metres; notes it where it is none."""
    import pyproj

    try:
        crs = pyproj.CRS.from_epsg(system)
        fits = crs.is_projected and all(axis.unit_name == "metre" for axis in crs.axis_info)
    except pyproj.exceptions.CRSError:
        fits = False
    if not fits:
        what = f"Das Koordinatensystem {system} der Karten rechnet nicht in Metern, oder es gibt es nicht."
        remedy = "Zum Beispiel: koordinatensystem: 25833; ohne die Zeile gilt die UTM-Zone des Ortes."
        findings.add("Einstellung", settingnodes.NAME, what, remedy)
    return fits


def _broken(frame: gpd.GeoDataFrame, file: str, findings: Findings) -> None:
    """Note polygons that are empty, no areas, or cross themselves."""
    import shapely

    for name, polygon in zip(frame.index, frame.geometry, strict=True):
        if polygon is None or polygon.is_empty:
            what = f"Die Fläche von {quoted(name)} ist leer oder unlesbar."
        elif polygon.geom_type not in ("Polygon", "MultiPolygon"):
            what = f"{quoted(name)} ist keine Fläche, sondern {polygon.geom_type}."
        elif not polygon.is_valid:
            what = f"Die Fläche von {quoted(name)} ist ungültig: {_reason(shapely.is_valid_reason(polygon))}."
        else:
            continue
        findings.add("kaputte Fläche", file, what, _REMEDY, column="geometry")


def _reason(english: str) -> str:
    """GEOS's reason in German, with the place it names."""
    reason, _, place = english.partition("[")
    german = {
        "Self-intersection": "der Rand schneidet sich selbst",
        "Ring Self-intersection": "der Rand berührt sich selbst",
        "Too few points in geometry component": "zu wenige Punkte",
        "Hole lies outside shell": "ein Loch liegt außerhalb",
        "Interior is disconnected": "das Innere ist zerteilt",
    }.get(reason.strip(), reason.strip())
    return f"{german} bei {place.rstrip(']').replace(' ', ' / ')}" if place else german


def check(frame: gpd.GeoDataFrame, areas: pd.DataFrame, level: str) -> Iterator[Finding]:
    """Find polygons that are missing, belong to no area of ``level``, or overlap one that exists at the same time."""
    file = frame.attrs.get("file", "raeume.geojson")
    wanted = areas.index[areas["ebene"] == level]
    for name in frame.index.difference(wanted, sort=False):
        what = f"Die Fläche {quoted(name)} gehört zu keinem Gebiet der Ebene {level}."
        remedy = similar(name, wanted.difference(frame.index))
        remedy = remedy or "Löschen Sie die Fläche oder ergänzen Sie raeume.csv."
        yield Finding("Fläche ohne Gebiet", file, what, remedy, column="raum_id")
    for name in wanted.difference(frame.index, sort=False):
        what = f"Für {quoted(name)} ({areas['name'][name]}) fehlt die Fläche."
        remedy = "Ergänzen Sie sie oder prüfen Sie den Schlüssel raum_id der Flächen."
        yield Finding("Fläche fehlt", file, what, remedy, column="raum_id")
    yield from location.labels(frame, areas, file)
    polygons = frame.geometry.to_numpy()
    for a, b in _pairs(frame, polygons):
        common = polygons[a].intersection(polygons[b]).area
        share = common / min(polygons[a].area, polygons[b].area)
        if share > OVERLAP and _together(areas, frame.index[a], frame.index[b]):
            percent = f"{100 * share:.1f}".replace(".", ",")
            what = (
                f"{quoted(frame.index[a])} und {quoted(frame.index[b])} überlappen um {common:.0f} m² "
                f"({percent} % der kleineren Fläche)."
            )
            yield Finding("Flächen überlappen", file, what, _REMEDY, column="geometry")


def _together(areas: pd.DataFrame, one: str, other: str) -> bool:
    """Whether two areas exist on a common day: an area that is divided and its parts do not."""
    if one not in areas.index or other not in areas.index:
        return True
    lives = [(areas["gueltig_von"][area], areas["gueltig_bis"][area]) for area in (one, other)]
    return not any(pd.notna(end) and end < start for (_, end), (start, _) in (lives, lives[::-1]))


def _pairs(frame: gpd.GeoDataFrame, polygons: Any) -> Iterator[tuple[int, int]]:
    """The positions of the pairs of areas whose polygons may touch, each pair once."""
    left, right = frame.sindex.query(polygons, predicate="intersects")
    yield from ((int(a), int(b)) for a, b in zip(left, right, strict=True) if a < b)


def labelled(frame: gpd.GeoDataFrame, areas: pd.DataFrame) -> gpd.GeoDataFrame:
    """The polygons in the order of ``areas`` with their label points (column ``label``, in the same system).

    The declared point (``breite``, ``laenge``) holds where it lies inside and far enough from the boundary,
    else the centre of the largest inscribed circle.
    """
    import geopandas as gpd
    import shapely

    frame = frame.loc[[name for name in areas.index if name in frame.index]].copy()
    chosen = areas.loc[frame.index]
    declared = gpd.GeoSeries(
        gpd.points_from_xy(
            chosen["laenge"].astype(float).fillna(0), chosen["breite"].astype(float).fillna(0), crs=4326
        ),
        index=frame.index,
    ).to_crs(frame.crs)
    least = min(LABEL_DISTANCE, LABEL_SHARE * float(np.sqrt(frame.geometry.area.median())))
    inside = frame.geometry.contains(declared) & (frame.geometry.boundary.distance(declared) >= least)
    polygons = frame.geometry.to_numpy()
    circles = shapely.maximum_inscribed_circle(polygons, tolerance=5.0)
    centres = shapely.get_point(circles, 0)
    points = np.where(inside.to_numpy(), declared.to_numpy(), centres)
    frame["label"] = gpd.GeoSeries(points, index=frame.index, crs=frame.crs)
    return frame


def neighbours(frame: gpd.GeoDataFrame, least: float = SHARED_EDGE) -> frozenset[tuple[str, str]]:
    """The pairs of areas that share more than ``least`` metres of boundary, each pair once and sorted."""
    polygons = frame.geometry.to_numpy()
    wide = frame.geometry.buffer(TOLERANCE).to_numpy()
    pairs = set()
    for a, b in _pairs(frame, wide):
        if polygons[a].boundary.intersection(wide[b]).length > max(least, 4 * TOLERANCE):
            first, second = sorted((str(frame.index[a]), str(frame.index[b])))
            pairs.add((first, second))
    return frozenset(pairs)


def dissolve(frame: gpd.GeoDataFrame, areas: pd.DataFrame, level: str) -> gpd.GeoDataFrame:
    """The polygons of a higher level, index ``raum_id`` in the order of ``areas``, without slivers inside."""
    import geopandas as gpd

    groups = pd.Series([ancestor(areas, name, level) for name in frame.index], index=frame.index, dtype=object)
    joined: dict[str, Any] = {}
    for name in areas.index[areas["ebene"] == level]:
        parts = frame.geometry[groups == name]
        if len(parts):
            merged = parts.buffer(TOLERANCE / 2, join_style="mitre").union_all()
            joined[name] = merged.buffer(-TOLERANCE / 2, join_style="mitre")
    index = pd.Index(list(joined), name="raum_id", dtype=object)
    return gpd.GeoDataFrame({"geometry": list(joined.values())}, index=index, crs=frame.crs)


def ancestor(areas: pd.DataFrame, name: str, level: str) -> str:
    """The area of ``level`` that ``name`` is or belongs to, "" if there is none."""
    for _ in range(len(areas)):
        if name not in areas.index:
            return ""
        if areas["ebene"][name] == level:
            return name
        name = areas["teil_von"][name]
    return ""
