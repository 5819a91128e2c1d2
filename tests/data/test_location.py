"""Polygons that cannot be those of a city, in systems that cannot be theirs."""

import json
from pathlib import Path

import geopandas as gpd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sozialbericht.data.contract import load
from sozialbericht.faults import InputError

STADT = Path(__file__).parents[1] / "stadt"

FILE = "raeume.geojson"


def change(city, edit):
    path = city.folder / FILE
    content = json.loads(path.read_text(encoding="utf-8"))
    edit(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def points(content, which=None):
    for at, feature in enumerate(content["features"]):
        if which is None or at == which:
            yield from feature["geometry"]["coordinates"][0]


def moved(dx, dy, which=None):
    def edit(content):
        for point in points(content, which):
            point[0], point[1] = point[0] + dx, point[1] + dy

    return edit


def scaled(factor, which=None):
    def edit(content):
        for point in points(content, which):
            point[0], point[1] = 10 + (point[0] - 10) * factor, 51 + (point[1] - 51) * factor

    return edit


def swapped(content):
    for point in points(content):
        point.reverse()


def crs(value):
    return lambda content: content.update(crs=value)


def named(name):
    return crs({"type": "name", "properties": {"name": name}})


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (swapped, "Länge und Breite sind vertauscht"),
        (moved(20, -30, 0), "„sr_altstadt“ reicht"),
        (moved(0, 1.5, 2), "„sr_bahnhof“ reicht"),
        (moved(-40, 0), "liegen nicht in Deutschland"),
        (moved(-10, -51), "liegen nicht in Deutschland"),
        (scaled(1e-4), "das ist kein Gebiet einer Stadt"),
        (scaled(1e-3, 0), "das ist kein Gebiet einer Stadt"),
        (moved(0.5, 0.5), "Beschriftungspunkten in raeume.csv entfernt"),
        (moved(1e5, 5e6), "keine Grade"),
        (named("EPSG:25832"), "sind Grade"),
        (named("EPSG:5783"), "ein Höhensystem"),
        (named("EPSG:4978"), "ein geozentrisches System"),
        (named('LOCAL_CS["x",UNIT["metre",1]]'), "örtliches System"),
        (named("EPSG:999999"), "ist unbekannt"),
        (named(""), "nicht die Form"),
        (crs("EPSG:4326"), "nicht die Form"),
        (crs({"type": "name", "properties": None}), "nicht die Form"),
        (crs({"type": "link", "properties": {"href": "http://x"}}), "nicht die Form"),
        (crs([1]), "nicht die Form"),
        (lambda c: c["features"].__setitem__(1, None), "Die 2. Fläche ist unvollständig"),
        (lambda c: c["features"].__setitem__(1, []), "Die 2. Fläche ist unvollständig"),
        (lambda c: c["features"][1].pop("properties"), "Die 2. Fläche hat keine Eigenschaft raum_id"),
        (lambda c: c["features"][1].pop("geometry"), "leer oder unlesbar"),
        (lambda c: c["features"][1].update(type="Kreis"), "Die 2. Fläche ist unvollständig"),
        (lambda c: c["features"][1]["properties"].update(raum_id=7), "hat keine Eigenschaft raum_id"),
        (lambda c: c["features"][1]["geometry"]["coordinates"][0].__setitem__(1, ["a", "b"]), "leer oder unlesbar"),
        (lambda c: c["features"][1]["geometry"]["coordinates"][0].__setitem__(1, [1e200, 1e200]), "keine Grade"),
        (lambda c: c.update(type="Topology"), "keine Flächen"),
        (
            lambda c: c["features"][1].update(
                geometry={"type": "GeometryCollection", "geometries": [c["features"][1]["geometry"]]}
            ),
            "keine Fläche, sondern",
        ),
    ],
)
def test_polygons_that_are_no_citys(city, edit, words):
    change(city, edit)
    faults = city.faults()
    assert any(words in fault.what for fault in faults), faults
    assert all(fault.place == f"stadt/{FILE}" for fault in faults)


@pytest.mark.parametrize("name", ["EPSG:4326", "EPSG:4979", "urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4258"])
def test_other_ways_to_say_degrees(city, tables, name):
    change(city, named(name))
    assert city.load().geometry.geometry.geom_equals_exact(tables.geometry.geometry, 1.0).all()


def test_heights_are_left_out(city, tables):
    change(city, lambda content: [point.append(90.0) for point in points(content)])
    assert city.load().geometry.geometry.geom_equals_exact(tables.geometry.geometry, 0.01).all()


def write(city, ending, system=25832, **named):
    frame = gpd.read_file(city.folder / FILE).to_crs(system)
    frame.to_file((city.folder / FILE).with_suffix(ending), **named)
    return frame


def test_several_layers(city, tables):
    frame = write(city, ".gpkg", layer="neu")
    frame.assign(geometry=frame.translate(500)).to_file(city.folder / "raeume.gpkg", layer="alt")
    (city.folder / FILE).unlink()
    fault = city.fault()
    assert "„neu“, „alt“" in fault.what and "layer" in fault.remedy
    city.resource("geometrie", layer="neu")
    assert city.load().geometry.geometry.geom_equals_exact(tables.geometry.geometry, 0.1).all()
    city.resource("geometrie", layer="neuer")
    assert "„neuer“ nicht" in city.fault().what


@pytest.mark.parametrize(
    ("system", "words"),
    [
        (4326, "keine Grade"),
        (25833, "Beschriftungspunkten"),
        (3857, "Beschriftungspunkten"),
        (31467, "liegen nicht in Deutschland"),
    ],
)
def test_a_shapefile_with_the_wrong_system(city, system, words):
    write(city, ".shp")
    (city.folder / FILE).unlink()
    import pyproj

    (city.folder / "raeume.prj").write_text(pyproj.CRS(system).to_wkt("WKT1_ESRI"))
    assert words in city.fault().what


@pytest.mark.parametrize("ending", [".shx", ".dbf", ".prj"])
def test_an_incomplete_shapefile(city, ending):
    write(city, ".shp")
    (city.folder / FILE).unlink()
    (city.folder / "raeume").with_suffix(ending).unlink()
    assert f"raeume{ending}" in city.fault().what and ".prj" in city.fault().remedy


@pytest.mark.parametrize("ending", [".gpkg", ".shp"])
@pytest.mark.parametrize("content", [b"PK\x03\x04", b'{"type": "FeatureCollection"}', b"<OGRVRTDataSource/>"])
def test_another_format_under_the_name(city, ending, content):
    write(city, ".shp")
    (city.folder / FILE).unlink()
    (city.folder / "raeume.shp").unlink()
    (city.folder / "raeume").with_suffix(ending).write_bytes(content)
    assert "nicht als Geometrie lesen" in city.fault().what


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 5), st.integers(0, 3), st.floats(-180, 180), st.floats(-90, 90))
def test_a_vertex_moved_anywhere(tmp_path_factory, area, vertex, x, y):
    import shutil

    folder = tmp_path_factory.mktemp("v") / "stadt"
    shutil.copytree(STADT, folder)
    content = json.loads((folder / FILE).read_text(encoding="utf-8"))
    ring = content["features"][area]["geometry"]["coordinates"][0]
    ring[vertex] = [x, y]
    ring[-1] = ring[0]
    (folder / FILE).write_text(json.dumps(content), encoding="utf-8")
    if abs(x - 10) + abs(y - 51) > 3:
        with pytest.raises(InputError, match=r"raeume\.geojson"):
            load(folder)
