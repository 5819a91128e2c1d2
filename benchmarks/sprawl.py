"""A made city of many areas with realistic outlines, for measuring and for tests of what many areas ask for.

It grows from a data folder: its areas stay as they are; every further one has the counts of two of them together, so
that all sums still hold. The outlines are Voronoi cells whose borders are broken again and again, alike on both sides.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from scipy.optimize import linear_sum_assignment
from scipy.spatial import Voronoi

Points = npt.NDArray[np.float64]
Row = dict[str, str]

#: How far from the middle of a piece its border may be broken, as a share of its length.
ROUGH = 0.14
SEED = 2006


def grow(data: Path, folder: Path, areas: int, vertices: int = 120) -> Path:
    """Write ``folder``: the data folder ``data`` with so many areas, whose outlines have about so many vertices."""
    shutil.copytree(data, folder, ignore=shutil.ignore_patterns("modell", "raeume.geojson", "hinweise.csv"))
    head, rows = _read(data / "raeume.csv")
    lowest = [row for row in rows if row["nummer"]]
    random = np.random.default_rng(SEED)
    places = np.array([[_number(row["laenge"]), _number(row["breite"])] for row in lowest])
    cells = _placed(_cells(random, areas, vertices), places)
    middles = np.array([cell.representative_point().coords[0] for cell in cells])
    made, partners = _areas(random, lowest, _owners(middles, places))
    rank = {row["raum_id"]: place for place, row in enumerate(lowest)}
    order = sorted(range(areas), key=lambda k: (rank[partners[made[k]["raum_id"]][0]], k))
    named: list[tuple[Row, shapely.Polygon]] = []
    for number, k in enumerate(order, start=1):
        east, north = (f"{degrees:.5f}".replace(".", ",") for degrees in middles[k])
        named.append((made[k] | {"nummer": str(number), "breite": north, "laenge": east}, cells[k]))
    _write(folder / "raeume.csv", head, [row for row in rows if not row["nummer"]] + [row for row, _ in named])
    _polygons(folder / "raeume.geojson", named)
    _neighbours(folder / "nachbarn.csv", named)
    for path in sorted((data / "werte").glob("*.csv")):
        _values(path, folder / "werte" / path.name, partners)
    descriptor = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [entry for entry in descriptor["resources"] if entry["name"] != "hinweise"]
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return folder


def _owners(middles: Points, places: Points) -> npt.NDArray[np.int_]:
    """To which of the areas at ``places`` each cell belongs: the nearest, and to each at least one."""
    distance = ((middles[:, None] - places[None]) ** 2).sum(axis=2)
    owners: npt.NDArray[np.int_] = np.argmin(distance, axis=1)
    cells, areas = linear_sum_assignment(distance)
    owners[cells] = areas
    return owners


def _areas(
    random: np.random.Generator, lowest: list[Row], owners: npt.NDArray[np.int_]
) -> tuple[list[Row], dict[str, tuple[str, str]]]:
    """The area of each cell; by raum_id the two areas whose counts it has, the second "" where it is one of them."""
    made: list[Row] = []
    partners: dict[str, tuple[str, str]] = {}
    for k in owners:
        own = lowest[k]
        if own["raum_id"] not in partners:
            partners[own["raum_id"]] = own["raum_id"], ""
            made.append(own)
            continue
        other = lowest[int(random.integers(len(lowest)))]
        ident, name = f"{own['raum_id'][:60]}_{len(made)}", f"{own['kurzname']}-{other['kurzname']} {len(made)}"
        partners[ident] = own["raum_id"], other["raum_id"]
        words = {"name": name, "kurzname": name, "umfasst": "", "namensherkunft": "belegt"}
        made.append(own | {"raum_id": ident} | words)
    return made, partners


def _values(source: Path, target: Path, partners: dict[str, tuple[str, str]]) -> None:
    """The counts of a year; of an area that stands for two their sum, or "." where one of them has none."""
    head, rows = _read(source)
    by_area: dict[str, dict[tuple[str, str], str]] = {}
    for row in rows:
        by_area.setdefault(row["raum_id"], {})[row["merkmal"], row["stichtag"]] = row["wert"]
    found: list[Row] = []
    for area, (one, other) in partners.items():
        for (feature, date), value in by_area.get(one, {}).items():
            more = by_area.get(other, {}).get((feature, date), "") if other else "0"
            total = str(int(value) + int(more)) if value.isdigit() and more.isdigit() else value
            found.append({"raum_id": area, "merkmal": feature, "stichtag": date, "wert": total})
    _write(target, head, found)


def _cells(random: np.random.Generator, areas: int, vertices: int) -> list[shapely.Polygon]:
    """So many Voronoi cells of a rough disc, denser in its middle, with broken borders."""
    points = _disc(random, areas)
    for _ in range(3):  # towards the middles of their cells: no slivers
        points = np.array([cell.centroid.coords[0] for cell in _plain(points)])
    depth = max(1, round(np.log2(vertices / 6)))
    return _plain(points, random, depth)


def _placed(cells: list[shapely.Polygon], places: Points) -> list[shapely.Polygon]:
    """The cells stretched over the places."""
    x0, y0, x1, y1 = shapely.total_bounds(cells)
    low, size = places.min(axis=0), np.ptp(places, axis=0)
    return list(shapely.transform(cells, lambda p: np.round(low + (p - (x0, y0)) / (x1 - x0, y1 - y0) * size, 6)))


def _disc(random: np.random.Generator, number: int) -> Points:
    radius, angle = np.sqrt(random.random(number)) ** 1.5, random.random(number) * 2 * np.pi
    return np.column_stack([1.25 * radius * np.cos(angle), radius * np.sin(angle)])


def _plain(points: Points, random: np.random.Generator | None = None, depth: int = 0) -> list[shapely.Polygon]:
    """The Voronoi cells of points, bounded by mirror images beyond the rim; with ``random`` their borders broken."""
    rim = np.column_stack([np.cos(t := np.linspace(0, 2 * np.pi, 180, endpoint=False)) * 1.45, np.sin(t) * 1.2])
    diagram = Voronoi(np.vstack([points, rim]))
    known: dict[tuple[int, int], Points] = {}
    cells = []
    for region in diagram.point_region[: len(points)]:
        corners = diagram.regions[region]
        border = []
        for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
            edge = min(a, b), max(a, b)
            if edge not in known:
                known[edge] = _broken(diagram.vertices[list(edge)], random, depth)
            border.append(known[edge][:-1] if a < b else known[edge][:0:-1])
        cells.append(shapely.Polygon(np.vstack(border)))
    return cells


def _broken(line: Points, random: np.random.Generator | None, depth: int) -> Points:
    """A line of two points, broken in the middle of each piece, ``depth`` times."""
    if random is None:
        return line
    for _ in range(depth):
        ahead = np.diff(line, axis=0)
        off = np.column_stack([-ahead[:, 1], ahead[:, 0]]) * random.uniform(-ROUGH, ROUGH, len(ahead))[:, None]
        middles = line[:-1] + ahead / 2 + off
        whole = np.empty((2 * len(line) - 1, 2))
        whole[::2], whole[1::2] = line, middles
        line = whole
    return line


def _polygons(path: Path, named: list[tuple[Row, shapely.Polygon]]) -> None:
    features = [
        {"type": "Feature", "properties": {"raum_id": row["raum_id"]}, "geometry": shapely.geometry.mapping(shape)}
        for row, shape in named
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def _neighbours(path: Path, named: list[tuple[Row, shapely.Polygon]]) -> None:
    shapes = [shape for _, shape in named]
    near = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    ids = [row["raum_id"] for row, _ in named]
    pairs = [{"raum_id_a": ids[a], "raum_id_b": ids[b], "herkunft": "angenommen"} for a, b in near.T if a < b]
    _write(path, ["raum_id_a", "raum_id_b", "herkunft"], pairs)


def _number(words: str) -> float:
    return float(words.replace(",", "."))


def _read(path: Path) -> tuple[list[str], list[Row]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, delimiter=";")
        return list(reader.fieldnames or []), list(reader)


def _write(path: Path, head: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, head, delimiter=";", lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
