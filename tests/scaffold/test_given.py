"""What a project is made from: tables and polygons of offices, keys, levels, dates."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import geopandas as gpd
import lookalike
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lookalike import wished
from shapely.geometry import Point, box

from sozialbericht.faults import InputError
from sozialbericht.scaffold.given import arealist, brief, hierarchy, officetable, slugs, tidyvalues
from sozialbericht.scaffold.given.hierarchy import Hierarchy

# -- keys ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Bad Höhe (Süd)", "bad_hoehe_sued"),
        ("01011101", "01011101"),
        ("Größe", "groesse"),
        ("Škoda", "skoda"),
        ("–", ""),
    ],
)
def test_slugs(text, key):
    assert slugs.slug(text) == key


@given(st.text())
def test_every_text_becomes_a_key_or_nothing(text):
    assert re.fullmatch(r"(?:[a-z0-9]+(?:_[a-z0-9]+)*)?", slugs.slug(text))
    assert re.fullmatch(r"(?:[a-z][a-z0-9_]*)?", slugs.column(text))


@given(st.lists(st.sampled_from("abc")))
def test_keys_that_repeat_get_a_number(keys):
    made = slugs.unique(keys)
    assert len(set(made)) == len(keys)
    assert [m.partition("_")[0] for m in made] == keys


@given(st.lists(st.from_regex(r"[a-z][a-z_]{0,9}", fullmatch=True), unique=True, max_size=6))
def test_levels_have_beginnings_of_their_own(levels):
    made = slugs.prefixes(levels)
    assert len(set(made.values())) == len(levels)
    assert all(re.fullmatch("[a-z]{2}", start) for start in made.values())


# -- levels, dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "column", "names", "table"),
    [
        ("bezirk", "bezirk", "", "", None),
        ("Bezirk:BEZ", "bezirk", "BEZ", "", None),
        ("bezirk:BEZ:BEZNAME", "bezirk", "BEZ", "BEZNAME", None),
        ("bezirk:listen/bezirke.csv", "bezirk", "", "", "listen/bezirke.csv"),
        ("bezirk:BEZ:bezirke.xlsx", "bezirk", "BEZ", "", "bezirke.xlsx"),
        ("Statistischer Bezirk/Statistische Bezirke/m:STB", "statistischer_bezirk", "STB", "", None),
    ],
)
def test_levels(text, key, column, names, table):
    found = brief.level(text)
    assert (found.key, found.column, found.names) == (key, column, names)
    assert found.table == (None if table is None else Path(table))


@pytest.mark.parametrize("text", ["", ":BEZ", "kiez", "stadt", "Kiez/Kieze", "Kiez/Kieze/x", "Kiez//m", "–/–/m"])
def test_levels_without_words(text):
    with pytest.raises(InputError, match="--level"):
        brief.level(text)


# -- tables -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "decimal"),
    [
        ("Nr;Wert\n01;1,5\n", ","), ("Nr,Wert\n01,1.5\n", "."), ("Nr\tWert\n01\t1,5\n", ","),
        ('"Nr";"Wert"\r\n"01";"1,5"\r\n', ","), ("sep=;\nNr;Wert\n01;1,5\n", ","), ("\ufeffNr;Wert;\n01;1,5;\n", ","),
    ],
)  # fmt: skip
def test_tables_of_every_dialect(tmp_path, content, decimal):
    path = tmp_path / "t.csv"
    path.write_text(content, encoding="utf-8", newline="")
    table = officetable.read(path)
    assert (table.head, table.decimal) == (["Nr", "Wert"], decimal)
    assert table.cells("Nr") == ["01"]
    assert table.cells("Wert")[0].replace(".", ",") == "1,5"


def test_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Nr", "Wert"], ["01", 1.5], ["02", 7]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    table = officetable.read(tmp_path / "t.xlsx")
    assert [cells for _, cells in table.rows] == [["01", "1,5"], ["02", "7"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "leer"), ("a;b\n", "keine Zeile"), ("a;a\n1;2\n", "kommt 2-mal vor"), ("a;;b\n1;2;3\n", "2. Spalte"),
        ("a;b\n1;2;3\n", "Die Zeile hat 3 Felder"), ("a;b\n1\n", "Die Zeile hat 1 Felder"),
        ("a;b\n1;x\u202ey\n", "nicht drucken"), ("Stra\udce4e;b\n1;2\n", "UTF-8"),
    ],
)  # fmt: skip
def test_tables_that_are_none(tmp_path, content, words):
    path = tmp_path / "t.csv"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=words):
        officetable.read(path)


# -- polygons -----------------------------------------------------------------------------------------------


def frame(crs: object = 4326, west: float = 10.0, south: float = 51.0, size: float = 0.01) -> gpd.GeoDataFrame:
    shapes = [box(west + k * size, south, west + (k + 1) * size, south + size) for k in range(3)]
    return gpd.GeoDataFrame({"key": ["01", "02", "03"], "name": ["Äß", "B", "C"]}, geometry=shapes, crs=crs)


@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".shp"])
@pytest.mark.parametrize("crs", [4326, 25833, 31467])
def test_polygons_of_any_format_and_system(tmp_path, ending, crs):
    path = tmp_path / f"f{ending}"
    frame().to_crs(crs).to_file(path)
    areas = arealist.read(path)
    assert areas.columns["key"] == ["01", "02", "03"]
    assert areas.columns["name"][0] == "Äß"
    assert areas.shapes.iloc[0].symmetric_difference(frame().geometry.iloc[0]).area < 1e-9


def test_a_shapefile_without_a_system_says_which_it_may_be(tmp_path):
    frame().to_crs(25832).to_file(tmp_path / "f.shp")
    (tmp_path / "f.prj").unlink()
    with pytest.raises(InputError, match="Vermutlich --crs EPSG:25832"):
        arealist.read(tmp_path / "f.shp")
    assert len(arealist.read(tmp_path / "f.shp", crs="EPSG:25832")) == 3


def test_a_drawing_without_a_place_is_laid_somewhere_with_its_shapes(tmp_path):
    frame(3857, 5, 10, 2).to_file(tmp_path / "f.shp")
    (tmp_path / "f.prj").unlink()
    with pytest.raises(InputError, match="--crs schematisch"):
        arealist.read(tmp_path / "f.shp")
    areas = arealist.read(tmp_path / "f.shp", crs="schematisch")
    metres = areas.shapes.to_crs(25832)
    assert metres.area.to_numpy() == pytest.approx([arealist.SIZE] * 3, rel=1e-3)
    assert areas.schematic


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda f: f.assign(geometry=[None, *f.geometry[1:]]), "1. Fläche ist leer"),
        (lambda f: f.assign(geometry=[Point(10, 51), *f.geometry[1:]]), "keine Fläche, sondern ein Punkt"),
        (lambda f: f.assign(name="SchloÃŸ"), "Umlaute sind zerstört"),
        (lambda f: f.iloc[:0], "keine Flächen"),
    ],
)
def test_polygons_that_are_none(tmp_path, change, words):
    change(frame()).to_file(tmp_path / "f.geojson")
    with pytest.raises(InputError, match=words):
        arealist.read(tmp_path / "f.geojson")


def test_files_that_are_no_areas(tmp_path):
    (tmp_path / "f.geojson").write_text("{}", encoding="utf-8")
    (tmp_path / "f.pdf").touch()
    for name, words in (
        ("f.geojson", "nicht als Geometrie lesen"),
        ("f.pdf", "kann der Bericht nicht lesen"),
        ("x", "fehlt"),
    ):
        with pytest.raises(InputError, match=words):
            arealist.read(tmp_path / name)


def test_a_geopackage_with_several_layers_needs_one_named(tmp_path):
    for layer in ("alt", "neu"):
        frame().to_file(tmp_path / "f.gpkg", layer=layer)
    with pytest.raises(InputError, match="alt, neu"):
        arealist.read(tmp_path / "f.gpkg")
    assert len(arealist.read(tmp_path / "f.gpkg", layer="neu")) == 3


# -- hierarchy ----------------------------------------------------------------------------------------------


def levels(folder: Path, *names: str, **changes: object) -> Hierarchy:
    wish = wished(
        folder, folder / "p", areas=lookalike.listed(folder), levels=tuple(map(brief.level, names)), **changes
    )
    return hierarchy.of(arealist.read(wish.areas), wish, [])


def test_levels_by_column_by_list_and_by_name(tmp_path):
    by_list = levels(tmp_path, "planungsraum", f"bezirk:{lookalike.districts(tmp_path)}", key="Schlüssel")
    by_names = levels(tmp_path, "planungsraum", "bezirk:BEZ:Bezirk", key="Schlüssel")
    by_column = levels(tmp_path, "planungsraum", f"bezirk:BEZ:{lookalike.districts(tmp_path)}", key="Schlüssel")
    assert by_list.places == by_names.places == by_column.places
    bare = levels(tmp_path, "planungsraum", "bezirk:BEZ", key="Schlüssel")
    assert [p.name for p in bare.places if p.level == "bezirk"] == ["01", "02", "03", "04"]


def test_one_level(tmp_path):
    found = levels(tmp_path, key="Schlüssel")
    assert [level.schluessel for level in found.levels] == ["stadt", "gebiet"]
    assert {p.above for p in found.lowest} == {"st_zwanzigstadt"}
    twins = [p.name for p in found.lowest if p.name.startswith("Schloß")]
    assert twins == ["Schloßstraße (0101)", "Schloßstraße (0401)"], "where nothing else differs, the key does"


def test_areas_without_keys_go_by_their_names(tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("Name;Einwohner\nAltstadt;1\nBad Höhe;2\n", encoding="utf-8")
    found = hierarchy.of(arealist.read(path), wished(tmp_path, tmp_path / "p", areas=path, key="", levels=()), [])
    assert [(p.raum_id, p.key) for p in found.lowest] == [("gb_altstadt", ""), ("gb_bad_hoehe", "")]


def test_keys_that_make_one_slug_stay_apart(tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("key;Name\nA-1;X\nA 1;Y\n", encoding="utf-8")
    found = hierarchy.of(arealist.read(path), wished(tmp_path, tmp_path / "p", areas=path, key="key", levels=()), [])
    assert {(p.raum_id, p.key) for p in found.lowest} == {("gb_a_1", "A 1"), ("gb_a_1_2", "A-1")}


@pytest.mark.parametrize(
    ("text", "names", "words"),
    [
        ("key;Name\n01;A\n01;B\n", ("gebiet",), r"Der Schlüssel „01“ steht bei zwei Gebieten: „A“ \(Zeile 2\) und „B“"),
        ("key;Name\n01;A\n;B\n", ("gebiet",), r"Gebiete ohne Schlüssel: Zeile 3"),
        ("key;Name;B\n01;A;x\n02;B;\n", ("gebiet", "bezirk:B"), r"02 \(Zeile 3\)"),
        ("key;Name;R;B\n01;A;r;x\n02;B;r;y\n", ("gebiet", "quartier:R", "bezirk:B"), r"in mehreren Gebieten: x, y"),
        ("key;Name\n01;A\n", ("gebiet", "bezirk"), r"bezirk:liste\.csv"),
        ("key;Name\n01;A\n", ("gebiet", "bezirk:fehlt.csv"), r"fehlt\.csv: Die Datei fehlt"),
        ("key;Name\n01;A\n", ("gebiet", "gebiet:Name"), r"Eine Ebene ist zweimal genannt"),
        ("nichts;auch\n01;A\n", ("gebiet",), r"--name: Welche Spalte"),
    ],
)  # fmt: skip
def test_areas_that_do_not_fit_together(tmp_path, text, names, words):
    path = tmp_path / "l.csv"
    path.write_text(text, encoding="utf-8")
    wish = wished(tmp_path, tmp_path / "p", areas=path, key="", levels=tuple(map(brief.level, names)))
    with pytest.raises(InputError, match=words):
        hierarchy.of(arealist.read(path), wish, [])


# -- values -------------------------------------------------------------------------------------------------


def read(folder: Path, text: str, name: str = "w-2019-12-31.csv", **changes: object) -> tidyvalues.Tidyvalues:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    areas = lookalike.listed(folder)
    wish = wished(folder, folder / "p", areas=areas, key="Schlüssel", values=(path,), levels=(), **changes)
    found = hierarchy.of(arealist.read(areas), wish, [])
    return tidyvalues.read(tidyvalues.tables(wish, [p.key for p in found.lowest]), wish, found)


def test_long_and_wide_tables_say_the_same(tmp_path):
    wide = read(tmp_path, "Schlüssel;EW;davon u18\n0101;1000;.\n0102;900;120\n")
    rows = (
        "0101;EW;31.12.2019;1000\n0101;davon u18;31.12.2019;.\n0102;EW;2019-12-31;900\n0102;davon u18;31.12.2019;120\n"
    )
    long = read(tmp_path, f"raum_id;merkmal;stichtag;wert\n{rows}", "lang.csv")
    assert long.cells == wide.cells
    assert wide.titles == {"ew": "EW", "davon_u18": "davon u18"}
    assert wide.cells["gb_0101", "davon_u18", dt.date(2019, 12, 31)] == "."


def test_empty_cells_are_missing_and_signs_stay(tmp_path):
    found = read(tmp_path, "id,EW,nd\n0101,,x\n0102,7,-\n")
    assert sorted(found.cells.values()) == ["-", "7", "x", "…"]


def test_columns_of_words_are_left_out_and_told(tmp_path):
    found = read(tmp_path, "id,Name,EW\n0101,Alt,5\n")
    assert list(found.titles) == ["ew"]
    assert "Name" in found.told[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id;EW\n0101;1.234\n", "mehrdeutig"), ("id;EW\n0101;12\n0101;13\n", "schon einen Wert"),
        ("id;EW\n0101;5\n9999;6\n", "Diese Schlüssel hat kein Gebiet: „9999“"),
        ("id;EW\n101;5\n102;6\n", "führende Nullen gelöscht"), ("id;A b;a B\n0101;5;6\n", "denselben Schlüssel a_b"),
        ("id;EW\n0101;5\n0102;viele\n", "Zeile 3, Spalte „EW“: „viele“ ist keine Zahl"),
    ],
)  # fmt: skip
def test_values_that_cannot_be_taken(tmp_path, text, words):
    with pytest.raises(InputError, match=words):
        read(tmp_path, text)


def test_too_many_areas_without_values(tmp_path):
    found = read(tmp_path, "id;EW\n0101;5\n")
    with pytest.raises(InputError, match="Für 19 von 20 Gebieten gibt es keine Werte"):
        found.complete({f"gb_{k}": k for k in lookalike.all_keys()})


def test_an_area_that_ends(tmp_path):
    text = "raum_id;merkmal;stichtag;wert\n"
    for year in (2018, 2019):
        text += "".join(f"{k};EW;31.12.{year};5\n" for k in lookalike.all_keys() if k != "0203" or year == 2018)
    found = read(tmp_path, text, "lang.csv")
    found.complete({f"gb_{k}": k for k in lookalike.all_keys()})
    assert found.lives == {"gb_0203": (None, 2018)}
    assert ("gb_0203", "ew", dt.date(2019, 12, 31)) not in found.cells


def test_keys_that_are_numbers(tmp_path):
    """A GeoJSON whose keys are numbers keeps them as they are written."""
    path = lookalike.polygons(tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    for feature in content["features"]:
        feature["properties"]["SCHLUESSEL"] = int(feature["properties"]["SCHLUESSEL"])
    path.write_text(json.dumps(content), encoding="utf-8")
    assert arealist.read(path).columns["SCHLUESSEL"][:2] == ["101", "102"]
