"""Outline: schematic polygons of the areas, grown from a few known places in each.

Voronoi cells of the places, clipped to the outline, joined by area, and their shared borders rounded off.
Each border is one line for both of its neighbours, so the areas neither overlap nor leave a gap.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPoint, Polygon, shape
from shapely.geometry.polygon import orient

from sozialbericht.model.assumptions import number, rows

Array = NDArray[np.float64]
PLANE = "EPSG:25832"
CELL = 60.0


def _project(table: list[dict[str, str]]) -> Array:
    to_plane = pyproj.Transformer.from_crs("EPSG:4326", PLANE, always_xy=True)
    x, y = to_plane.transform([number(r["laenge"]) for r in table], [number(r["breite"]) for r in table])
    return np.column_stack([x, y])


def chaikin(points: Array, closed: bool, rounds: int) -> Array:
    """Cut the corners of a line (Chaikin 1974); an open line keeps its ends."""
    for _ in range(rounds):
        ends = np.vstack([points, points[:1]]) if closed else points
        first, second = ends[:-1], ends[1:]
        cut = np.stack([0.75 * first + 0.25 * second, 0.25 * first + 0.75 * second], axis=1).reshape(-1, 2)
        points = cut if closed else np.vstack([points[:1], cut[1:-1], points[-1:]])
    return points


def boundary(points: Array, area: float) -> Polygon:
    """Smooth outline through the points, its narrow bays closed, scaled to the area (m²)."""
    outline = Polygon(chaikin(points, closed=True, rounds=3)).buffer(1500).buffer(-1500)
    scale = (area / outline.area) ** 0.5
    return shapely.affinity.scale(outline, scale, scale)


def _borders(parts: list[Any]) -> list[LineString]:
    """Borders of the areas, each once, between the points where three lines meet."""
    lines = shapely.union_all([part.boundary for part in parts])
    return list(shapely.get_parts(shapely.line_merge(lines)))


def _smooth(line: LineString, rounds: int) -> LineString:
    points = np.asarray(line.coords)
    return LineString(chaikin(points, closed=False, rounds=rounds)) if len(points) > 2 else line


def polygons(folder: Path, area: float) -> dict[str, Polygon]:
    """Schematic polygon of every area in WGS 84 with six decimals, by its id.

    ``folder`` holds ``umriss.csv`` (outline) and ``kerne.csv`` (places with their area), ``area`` is the
    area of the whole in m². Raises ``ValueError`` when an area would consist of several parts.
    """
    places = rows(folder / "kerne.csv")
    owners = np.array([r["raum_id"] for r in places])
    names = list(dict.fromkeys(owners))
    outline = boundary(_project(rows(folder / "umriss.csv")), area)
    cells = shapely.voronoi_polygons(MultiPoint(_project(places)), extend_to=outline, ordered=True)
    clipped = shapely.intersection(shapely.get_parts(cells), outline)
    parts = [shapely.set_precision(shapely.union_all(clipped[owners == name]), 0.01) for name in names]
    if any(part.geom_type != "Polygon" for part in parts):
        raise ValueError("an area consists of several parts")
    inner = [shapely.simplify(line, CELL / 4) for line in _borders(parts)]
    lines = [_smooth(line, 2) for line in inner]
    back = pyproj.Transformer.from_crs(PLANE, "EPSG:4326", always_xy=True)
    turned = [LineString(np.round(np.column_stack(back.transform(*np.asarray(line.coords).T)), 6)) for line in lines]
    faces = list(shapely.get_parts(shapely.polygonize(turned)))
    core = [shapely.set_precision(part.representative_point(), 0) for part in parts]
    result: dict[str, Polygon] = {}
    for name, point in zip(names, core, strict=True):
        x, y = back.transform(point.x, point.y)
        result[name] = next(orient(face) for face in faces if face.contains(shapely.Point(x, y)))
    if len(faces) != len(names):
        raise ValueError(f"{len(faces)} faces for {len(names)} areas")
    return result


def write(path: Path, areas: dict[str, Polygon]) -> None:
    """Write the polygons as GeoJSON (RFC 7946), one feature per line, ring start and order fixed."""
    lines = []
    for key, polygon in areas.items():
        ring = [list(point) for point in polygon.exterior.coords[:-1]]
        start = ring.index(min(ring))
        ring = ring[start:] + ring[: start + 1]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        feature = {"type": "Feature", "properties": {"raum_id": key}, "geometry": geometry}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(", ", ": ")))
    text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def read(path: Path) -> dict[str, Polygon]:
    """Read the polygons back, by their id."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {f["properties"]["raum_id"]: shape(f["geometry"]) for f in features}
