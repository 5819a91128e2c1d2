"""Geometry: formats, faults, label points, neighbours, larger units."""

import json

import geopandas as gpd
import pytest
import shapely

from sozialbericht.data.polygons import geometry
from sozialbericht.data.polygons.geometry import ancestor, dissolve, neighbours

FILE = "raeume.geojson"


def change(city, edit):
    """Change the GeoJSON with a function of its features."""
    path = city.folder / FILE
    content = json.loads(path.read_text(encoding="utf-8"))
    edit(content["features"])
    path.write_text(json.dumps(content), encoding="utf-8")


def same(one, other):
    return (one.geometry.symmetric_difference(other.geometry).area < 10).all()


def test_polygons_and_labels(tables):
    frame = tables.geometry
    assert frame.crs.to_epsg() == 25832
    assert list(frame.index) == list(tables.areas.index[tables.areas["ebene"] == "sozialraum"])
    assert frame.geometry.is_valid.all()
    assert frame.geometry.contains(frame["label"]).all()
    declared = gpd.GeoSeries(frame["label"], crs=25832).to_crs(4326)
    assert declared["sr_hafen"].x == pytest.approx(10.0448) and declared["sr_hafen"].y == pytest.approx(51.032)


@pytest.mark.parametrize(("north", "east"), [("51,0225", "10,0448"), ("", ""), ("52", "13")])
def test_a_label_point_outside_or_near_the_edge_is_moved(city, north, east):
    city.edit("raeume.csv", "51,032;10,0448", f"{north};{east}")
    frame = city.load().geometry
    inside = frame.geometry["sr_hafen"].boundary.distance(frame["label"]["sr_hafen"])
    assert frame.geometry["sr_hafen"].contains(frame["label"]["sr_hafen"]) and inside > 800


def test_neighbours(tables):
    assert ("sr_altstadt", "sr_hafen") in tables.neighbours
    assert ("sr_altstadt", "sr_lindenhof") not in tables.neighbours  # they share a corner
    assert len(tables.neighbours) == 7
    assert neighbours(tables.geometry, least=10_000) == frozenset()


def test_a_table_of_neighbours_overrides_the_polygons(city):
    (city.folder / "nachbarn.csv").write_text("raum_id_a;raum_id_b\nsr_hafen;sr_altstadt\n", encoding="utf-8")
    assert city.load().neighbours == {("sr_altstadt", "sr_hafen")}
    city.append("nachbarn.csv", "sr_hafen;sr_haven")
    fault = city.fault()
    assert (fault.place, fault.row, fault.column) == ("stadt/nachbarn.csv", 3, "raum_id_b")


def test_without_geometry(city):
    city.describe(lambda d: d["resources"].pop())
    tables = city.load()
    assert tables.geometry is None and tables.neighbours == frozenset()


def test_dissolve(tables):
    for level, count in [("stadtbezirk", 2), ("stadt", 1)]:
        frame = dissolve(tables.geometry, tables.areas, level)
        assert len(frame) == count and (frame.geometry.geom_type == "Polygon").all()
        assert frame.geometry.area.sum() == pytest.approx(tables.geometry.geometry.area.sum(), rel=1e-4)
    assert list(dissolve(tables.geometry, tables.areas, "stadtbezirk").index) == ["sb_nord", "sb_sued"]
    assert dissolve(tables.geometry.iloc[:3], tables.areas, "stadtbezirk").index.tolist() == ["sb_nord"]
    assert ancestor(tables.areas, "nirgends", "stadt") == ""
    assert ancestor(tables.areas, "st_musterstadt", "sozialraum") == ""


@pytest.mark.parametrize("ending", [".gpkg", ".shp"])
def test_other_formats(city, tables, ending):
    path = city.folder / FILE
    gpd.read_file(path).to_crs(25832).to_file(path.with_suffix(ending))
    path.unlink()
    assert same(city.load().geometry, tables.geometry)


def test_geojson_in_utm_says_so(city, tables):
    path = city.folder / FILE
    frame = gpd.read_file(path).to_crs(25832)
    content = json.loads(frame.to_json())
    content["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    path.write_text(json.dumps(content))
    assert same(city.load().geometry, tables.geometry)
    del content["crs"]
    path.write_text(json.dumps(content))
    assert "EPSG:25832" in city.fault().what
    content["crs"] = {"properties": {"name": "Gauß"}}
    path.write_text(json.dumps(content))
    assert "„Gauß“ ist unbekannt" in city.fault().what


def test_two_geometries(city):
    (city.folder / "raeume.gpkg").write_bytes(b"")
    assert "raeume.geojson und raeume.gpkg" in city.fault().what


def test_missing_polygon(city):
    change(city, lambda features: features.pop(1))
    fault = city.fault()
    assert fault.place == f"stadt/{FILE}" and "„sr_hafen“ (Hafen) fehlt die Fläche" in fault.what


def test_polygon_of_an_unknown_area(city):
    change(city, lambda features: features[1]["properties"].update(raum_id="sr_haven"))
    unknown, missing = sorted(city.faults(), key=lambda f: f.what)
    assert "„sr_haven“" in unknown.what and "„sr_hafen“" in unknown.remedy
    assert "„sr_hafen“" in missing.what


def test_polygon_of_a_higher_level(city):
    change(city, lambda features: features[1]["properties"].update(raum_id="sb_nord"))
    assert any("„sb_nord“ gehört zu keinem Gebiet der Ebene sozialraum" in f.what for f in city.faults())


def test_polygon_twice(city):
    change(city, lambda features: features.append(features[0]))
    assert "„sr_altstadt“ gibt es mehrere" in city.fault().what


def test_polygon_without_a_key(city):
    change(city, lambda features: features[1].update(properties=None))
    assert "Die 2. Fläche" in city.fault().what


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (None, "leer oder unlesbar"),
        ({"type": "Polygon", "coordinates": [[[10, 51], [10.01, 51]]]}, "leer oder unlesbar"),
        ({"type": "Polygon", "coordinates": []}, "leer oder unlesbar"),
        ({"type": "Polygon"}, "leer oder unlesbar"),
        ({"type": "Point", "coordinates": [10, 51]}, "keine Fläche, sondern Point"),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]},
            "schneidet sich selbst bei",
        ),
    ],
)
def test_broken_polygon(city, geometry, words):
    change(city, lambda features: features[1].update(geometry=geometry))
    fault = city.fault()
    assert "„sr_hafen“" in fault.what and words in fault.what and fault.column == "geometry"


def test_overlap(city):
    def edit(features):
        features[0]["geometry"]["coordinates"][0][1] = [10.035, 51.022]

    change(city, edit)
    whats = [fault.what for fault in city.faults()]
    assert any("„sr_altstadt“ und „sr_hafen“ überlappen" in what and "11,2 %" in what for what in whats)


@pytest.mark.parametrize("content", ["[]", "{}", '{"features": []}'])
def test_no_polygons(city, content):
    (city.folder / FILE).write_text(content)
    assert "keine Flächen" in city.fault().what


def test_broken_json(city):
    text = (city.folder / FILE).read_text(encoding="utf-8").replace("]]]}},", "]]]}}", 1)
    (city.folder / FILE).write_text(text, encoding="utf-8")
    fault = city.fault()
    assert (fault.place, fault.row) == (f"stadt/{FILE}", 3) and "JSON" in fault.what


def database(city, ending, edit):
    path = city.folder / FILE
    edit(gpd.read_file(path)).to_file(path.with_suffix(ending))
    path.unlink()


def test_database_without_keys(city):
    database(city, ".gpkg", lambda frame: frame.rename(columns={"raum_id": "gebiet"}))
    fault = city.fault()
    assert fault.column == "raum_id" and "gebiet" in fault.what


def test_database_with_an_empty_key(city):
    def edit(frame):
        frame.loc[2, "raum_id"] = None
        return frame

    database(city, ".gpkg", edit)
    assert "Die 3. Fläche" in city.fault().what


def test_shapefile_without_projection(city):
    database(city, ".shp", lambda frame: frame)
    (city.folder / "raeume.prj").unlink()
    assert ".prj" in city.fault().remedy


def test_broken_database(city):
    (city.folder / FILE).unlink()
    (city.folder / "raeume.gpkg").write_bytes(b"no database")
    assert "nicht als Geometrie lesen" in city.fault().what


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [(7.46, 51.5, 25832), (13.4, 52.5, 25833), (6.0, 50.8, 25832), (-83.0, 40.0, 32617), (18.4, -33.9, 32734)],
)
def test_maps_are_drawn_in_the_zone_of_the_place(x: float, y: float, expected: int) -> None:
    square = shapely.box(x - 0.05, y - 0.05, x + 0.05, y + 0.05)
    assert geometry.zone(gpd.GeoDataFrame(geometry=[square], crs=4326)) == expected
