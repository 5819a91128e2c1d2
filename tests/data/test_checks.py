"""Rules over several rows and tables: each broken once in the small city."""

import json

import pytest

W06 = "werte/2006.csv"


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("sr_hafen;ew;", "sr_haven;ew;", "raum_id", ["„sr_haven“", "raeume.csv", "„sr_hafen“?"]),
        ("sr_hafen;ew;", "sr_hafen;einwohner;", "merkmal", ["„einwohner“", "merkmale.csv"]),
    ],
)
def test_unknown_key(city, old, new, column, words):
    city.edit(W06, old, new)
    fault = next(f for f in city.faults() if f.column == column and new.split(";")[0] + "" in str(f) + new)
    assert fault.place == f"stadt/{W06}" and fault.row == city.row(W06, new)
    for word in words:
        assert word in str(fault)


def test_an_unknown_area_is_one_fault_per_file(city):
    city.edit(W06, "sr_hafen;", "sr_haven;", count=-1)
    fault = city.fault()
    assert "in 11 Zeilen" in fault.what


def test_unknown_parent(city):
    city.edit("raeume.csv", "Hafen;sozialraum;sb_nord", "Hafen;sozialraum;sb_mitte")
    fault = city.fault()
    assert fault.column == "teil_von" and "„sb_mitte“" in fault.what


def test_unknown_merkmal_of_a_break(city):
    city.edit("brueche.csv", "alo_u25", "alo_u52")
    fault = city.fault()
    assert (fault.place, fault.row, fault.column) == ("stadt/brueche.csv", 3, "merkmal")
    assert "„alo_u25“" in fault.remedy


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("sozialraum;sb_nord;02", "sozialraum;;02", "teil_von", ["gehört zu keinem"]),
        ("sozialraum;sb_nord;02", "sozialraum;st_musterstadt;02", "teil_von", ["stadtbezirk"]),
        ("Nord;stadtbezirk;st_musterstadt", "Nord;stadt;", "ebene", ["2 Gebiete", "sb_nord"]),
        ("Musterstadt;stadt;;", "Musterstadt;stadt;sb_nord;", "teil_von", ["oberste"]),
        ("10,0448;2000-01-01;", "10,0448;2000-01-01;1999-12-31", "gueltig_bis", ["vor seinem Beginn"]),
        ("sr_hafen;2;", "sr_hafen;;", "nummer", ["keine Nummer"]),
        ("sr_hafen;2;", "sr_hafen;1;", "nummer", ["„1“", "schon"]),
        ("Hafen;Hafen;", "Hafen;Altstadt;", "kurzname", ["„Altstadt“", "schon"]),
    ],
)
def test_hierarchy(city, old, new, column, words):
    city.edit("raeume.csv", old, new)
    fault = next(f for f in city.faults() if f.column == column)
    assert fault.place == "stadt/raeume.csv"
    for word in words:
        assert word in fault.what


def test_no_city_at_all(city):
    city.edit("raeume.csv", "Musterstadt;stadt;", "Musterstadt;stadtbezirk;")
    assert any("0 Gebiete" in f.what for f in city.faults())


def test_an_area_is_missing(city):
    lines = [line for line in city.lines(W06) if not line.startswith("sr_hafen;")]
    (city.folder / W06).write_text("\n".join(lines), encoding="utf-8")
    fault = city.fault()
    assert fault.place == f"stadt/{W06}" and "„sr_hafen“ (Hafen) fehlt ganz" in fault.what


def test_an_area_is_missing_for_some_merkmale(city):
    lines = [line for line in city.lines(W06) if not line.startswith(("sr_hafen;ew;", "sr_hafen;alo;"))]
    (city.folder / W06).write_text("\n".join(lines), encoding="utf-8")
    fault = city.fault()
    assert "ew (31.12.2006)" in fault.what and "alo (30.09.2006)" in fault.what
    assert "… (fehlt)" in fault.remedy


def test_areas_exist_only_for_some_time(city):
    city.edit("raeume.csv", "10,0448;2000-01-01;", "10,0448;2000-01-01;2006-11-30")
    faults = city.faults()
    assert all("gibt es am 31.12.2006 nicht" in f.what for f in faults)
    lines = [line for line in city.lines(W06) if not line.startswith("sr_hafen;") or "-09-" in line or ".06." in line]
    (city.folder / W06).write_text("\n".join(lines), encoding="utf-8")
    assert city.load().areas["gueltig_bis"].notna().sum() == 1


def test_negative_remainder(city):
    row = city.row(W06, "st_musterstadt;alo;")
    city.edit(W06, city.lines(W06)[row - 1], "st_musterstadt;alo;2006-09-30;100")
    fault = city.fault()
    assert (fault.place, fault.row, fault.column) == (f"stadt/{W06}", row, "wert")
    assert "Rest wäre negativ" in fault.what and "„st_musterstadt“ 100" in fault.what


def test_remainder_counts_only_what_is_known(city):
    """A Stadtbezirk of 38 with 11 + 25 + a withheld part is in order, of 30 it is not."""
    city.edit(W06, "sb_sued;hilfen;2006-12-31;38", "sb_sued;hilfen;2006-12-31;30")
    assert "36" in city.fault().what


def test_remainder_of_the_city_from_delivered_districts(city):
    city.edit(W06, "sb_sued;hilfen;2006-12-31;38", "sb_sued;hilfen;2006-12-31;60")
    fault = city.fault()
    assert "„st_musterstadt“ 172" in fault.what and "192" in fault.what


def test_part_larger_than_its_whole(city):
    row = city.row(W06, "sr_hafen;alo_u25")
    city.edit(W06, city.lines(W06)[row - 1], "sr_hafen;alo_u25;2006-09-30;5000")
    fault = city.fault()
    assert (fault.row, fault.column) == (row, "wert")
    assert "„alo_u25“ ist 5000" in fault.what and "„alo“" in fault.what


def test_share_above_one(city):
    """Unemployed in September against the 15- to under 65-year-olds at the end of the year."""
    row = city.row(W06, "sr_muehlenberg;alo;")
    city.edit(W06, city.lines(W06)[row - 1], "sr_muehlenberg;alo;2006-09-30;3900")
    faults = [f for f in city.faults() if f.row == row]
    assert len(faults) == 1 and "Zähler des Anteils „arbeitslosenquote“" in faults[0].what
    city.edit("indikatoren.csv", "9;0;jahresende", "9;0;vorjahresende")
    assert "Zähler des Anteils „arbeitslosenquote“" in next(f.what for f in city.faults() if f.row == row)


def test_sums_as_numerator(city):
    city.edit("indikatoren.csv", "anteil;ew_u18;ew;", "anteil;ew_u18 + ew_15_64 + ew;ew;")
    faults = city.faults()
    assert all("ew_u18 + ew_15_64 + ew" in f.what and "verhaeltnis" in f.remedy for f in faults)
    assert len(faults) == 18
    city.edit("indikatoren.csv", "ew_u18 + ew_15_64 + ew;ew;", "ew_u18;ew_15_64;")
    assert city.load()


def test_a_share_of_something_never_delivered(city):
    city.append("merkmale.csv", "neu;Neues;Personen;stichtag;nein;ew;erfunden")
    city.edit("indikatoren.csv", "anteil;ew_u18;ew;", "anteil;neu;ew;")
    assert city.load()


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("anteil;ew_u18;ew;", "anteil;ew_u81;ew;", "zaehler", ["„ew_u81“", "„ew_u18“"]),
        ("anteil;alo_u25;alo;", "anteil;alo_u25;erwerbspersonen;", "nenner", ["„erwerbspersonen“"]),
        ("anteil;ew_u18;ew;", "anteil;ew_u18 - ew;ew;", "zaehler", ["„ew_u18 - ew“"]),
        ("rate;geburten;ew;", "rate;geburten;;", "nenner", ["braucht einen"]),
        ("veraenderung;svb;;", "veraenderung;svb;ew;", "nenner", ["keinen Nenner"]),
        (";;2004;-1;", ";;;-1;", "basisjahr", ["Vergleichsjahr"]),
        ("85 95 105 115", "85 95 105", "klassengrenzen", ["vier aufsteigenden"]),
        ("85 95 105 115", "85 95 105 100", "klassengrenzen", ["vier aufsteigenden"]),
        ("85 95 105 115", "85 95 105 hoch", "klassengrenzen", ["vier aufsteigenden"]),
    ],
)
def test_indicators(city, old, new, column, words):
    city.edit("indikatoren.csv", old, new)
    fault = city.faults()[0]
    assert (fault.place, fault.column) == ("stadt/indikatoren.csv", column)
    assert new in city.lines("indikatoren.csv")[fault.row - 1]
    for word in words:
        assert word in str(fault)


def test_a_broken_table_is_no_avalanche(city):
    """Without the areas nothing is said about the values in them."""
    city.edit("raeume.csv", "raum_id;", "raumid;")
    assert {f.column for f in city.faults()} == {"raum_id"}
    city.edit("merkmale.csv", "Personen", "Perso;nen")
    assert len(city.faults()) == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("ew / hh", ["„hh“", "merkmale.csv"]),
        ("ew", ["„ew“", "Personen je Einheit"]),
        ("ew / ", ["„“", "merkmale.csv"]),
        ("1.5", ["1.5", "Personen je Einheit"]),
        ("0,5", ["„0,5“", "kleiner als 1"]),
        ("ew / alo", ["an keinem Stichtag", "„ew“ und „alo“"]),
    ],
)
def test_clustering_that_cannot_be_computed(clustered, given, words):
    """Population is counted in December, the unemployed in September."""
    clustered("arbeitslosenquote", given)
    fault = next(f for f in clustered.city.faults() if f.column == "haeufung")
    assert fault.place == "stadt/indikatoren.csv"
    for word in words:
        assert word in str(fault)


@pytest.mark.parametrize("given", ["2", "1,5", "alo / alo_u25", "ew/ew_u18", ""])
def test_clustering_that_can(clustered, given):
    clustered("arbeitslosenquote", given)
    assert clustered.city.load().indicators.at["arbeitslosenquote", "haeufung"] == given


def test_what_has_no_interval_needs_no_clustering(clustered):
    clustered("einkommensindex", "2")
    fault = next(f for f in clustered.city.faults() if f.column == "haeufung")
    assert "keinen 95-%-Bereich" in fault.what and "leer" in fault.remedy


@pytest.fixture
def clustered(city):
    """A function that gives an indicator of the city a clustering, in a column of its own."""

    def give(indicator: str, text: str) -> None:
        cells = {"indikator": "haeufung", indicator: text}
        rows = [f"{row};{cells.get(row.split(';')[0], '')}\n" for row in city.lines("indikatoren.csv")]
        (city.folder / "indikatoren.csv").write_text("".join(rows), encoding="utf-8")
        fields = [{"name": "haeufung", "type": "string"}]
        for entry in json.loads((city.folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
            if entry["name"] == "indikatoren":
                city.resource("indikatoren", schema={**entry["schema"], "fields": entry["schema"]["fields"] + fields})

    give.city = city
    return give
