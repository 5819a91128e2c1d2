"""The schematic geometry covers the city once, and neighbours agree with the neighbour table."""

import csv
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import shapely

from sozialbericht.model import outline

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def areas():
    return outline.read(DATA / "raeume.geojson")


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))


def test_every_area_has_one_valid_polygon_without_holes(areas):
    assert set(areas) == {r["raum_id"] for r in rows("raeume.csv") if r["ebene"] == "sozialraum"}
    for polygon in areas.values():
        assert polygon.geom_type == "Polygon"
        assert polygon.is_valid
        assert not polygon.interiors
        assert polygon.exterior.is_ccw


def test_areas_leave_no_gap_and_do_not_overlap(areas):
    whole = shapely.union_all(list(areas.values()))
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    for first, second in combinations(areas.values(), 2):
        assert first.intersection(second).area == 0


def test_coordinates_have_six_decimals(areas):
    points = shapely.get_coordinates(list(areas.values()))
    assert (np.round(points, 6) == points).all()


def test_label_points_lie_inside(areas):
    for row in rows("raeume.csv"):
        if row["ebene"] == "sozialraum":
            x, y = (float(row[name].replace(",", ".")) for name in ("laenge", "breite"))
            assert areas[row["raum_id"]].buffer(-0.001).contains(shapely.Point(x, y)), row["raum_id"]


def test_neighbours_agree_with_the_table(areas):
    points = {key: set(polygon.exterior.coords) for key, polygon in areas.items()}
    touching = {frozenset(p) for p in combinations(areas, 2) if len(points[p[0]] & points[p[1]]) > 1}
    listed = {frozenset((r["raum_id_a"], r["raum_id_b"])) for r in rows("nachbarn.csv")}
    assert listed <= touching
    assert len(touching & listed) / len(touching) >= 0.98


def test_no_area_is_thin(areas):
    for key, polygon in areas.items():
        flat = shapely.transform(polygon, lambda xy: xy * [69500.0, 111300.0])
        assert flat.buffer(-120).geom_type == "Polygon", key
        assert 4 * np.pi * flat.area / flat.length**2 > 0.5, key
