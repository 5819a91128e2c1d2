"""What a notebook may ask for."""

import datetime as dt
import math

import pandas as pd
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.faults import InputError
from sozialbericht.order.project import check_year, default_root, find_data


def test_the_data_folder_is_found(tmp_path, monkeypatch):
    assert find_data(tmp_path) == tmp_path
    monkeypatch.chdir(tmp_path)
    assert find_data("data") == default_root() / "data"
    (tmp_path / "data").mkdir()
    assert find_data("data") == default_root() / "data", "what nobody has named is that of the project"
    (tmp_path / "andere").mkdir()
    assert find_data("andere").resolve() == (tmp_path / "andere").resolve()
    assert find_data("fehlt", tmp_path) == tmp_path / "fehlt"


def test_areas(b):
    assert b.stadt == "st_musterstadt"
    assert b.stadtname == "Musterstadt"
    assert b.name("sr_hafen") == "Hafen"
    areas = b.raeume()
    assert list(areas["nummer"]) == [1, 2, 3, 4, 5, 6]
    assert areas.at["sr_hafen", "stadtbezirk"] == "Nord"
    assert areas.at["sr_bahnhof", "erschlossen"]
    assert areas.at["sr_bahnhof", "umfasst"] == "03 Bahnhof, 04 Postviertel"
    assert list(b.raeume("stadtbezirk").index) == ["sb_nord", "sb_sued"]
    assert b.ist_modell


def test_values(b):
    w = b.wert("arbeitslosenquote", "sr_hafen")
    assert w.anzahl == "961"
    assert w.wert.number == pytest.approx(100 * 961 / 5060)
    assert w.wert.numerator_date == dt.date(2006, 9, 30)
    assert w.wert.denominator_date == dt.date(2006, 12, 31)
    assert b.wert("arbeitslosenquote").raum == "Musterstadt"
    assert b.wert("arbeitslosenquote", jahr=2005).wert.year == 2005


def test_values_of_years_outside_are_missing(b):
    w = b.wert("arbeitslosenquote", jahr=1999)
    assert w.wert.status == "missing"
    assert not w.ok
    assert not b.aenderung("arbeitslosenquote", seit=1999).ok


def test_withheld_values_never_leave(b):
    """Lindenhof has one unemployed person under 25: the number is nowhere to be had."""
    w = b.wert("alo_u25_anteil", "sr_lindenhof")
    assert w.wert.status == "withheld"
    assert math.isnan(w.wert.number)
    assert math.isnan(w.wert.numerator)
    table = b.merkmal("alo_u25", "sr_lindenhof", "2006-09-30")
    assert list(table["status"]) == ["withheld"]
    assert table["wert"].isna().all()
    assert math.isnan(b.daten("alo_u25_anteil").at["sr_lindenhof", "zaehler"])


def test_changes(b):
    d = b.aenderung("arbeitslosenquote", "sr_hafen")
    assert d.ok
    assert d.alt.year == 2005
    assert not b.aenderung("arbeitslosenquote", seit=2004).ok, "the break of 2005 lies between"


def test_tables(b):
    table = b.daten("arbeitslosenquote")
    assert list(table.index) == list(b.raeume().index)
    counted = {"kurzname", "nummer", "wert", "zaehler", "nenner", "status"}
    assert counted | {"unten", "oben", "intervall", "lage", "haeufung"} <= set(table.columns)
    assert list(b.daten("arbeitslosenquote", "stadtbezirk", 2005).index) == ["sb_nord", "sb_sued"]
    series = b.reihe("arbeitslosenquote")
    assert set(series["jahr"]) == {2004, 2005, 2006}
    assert set(series["raum_id"]) == {"sb_nord", "sb_sued"}


def test_a_series_has_one_row_per_stand(b):
    """The income of 2005 is the newest for one report year only, and none stands twice."""
    series = b.reihe("einkommensindex", "stadt")
    assert not series["stand_zaehler"].dropna().duplicated().any()


def test_a_report_does_not_see_later_years(early):
    assert set(early.reihe("anteil_u18", "stadt")["jahr"]) == {2004}
    assert early.merkmal("ew")["stichtag"].max() == pd.Timestamp("2004-12-31")
    assert early.brueche("arbeitslosenquote").empty
    assert early.vergleichsjahr == 2003


def test_highest_and_lowest(b):
    high = b.hoechste("arbeitslosenquote", 2)
    assert [w.raum for w in high] == ["Hafen", "Bahnhofsviertel"]
    assert b.niedrigste("arbeitslosenquote")[0].raum == "Mühlenberg"
    assert len(b.hoechste("alo_u25_anteil", 10)) < 6, "withheld areas are in no order"
    assert b.hoechste("arbeitslosenquote", ebene="stadtbezirk")[0].raum == "Nord"


def test_counts_of_a_feature(b):
    table = b.merkmal("alo")
    assert list(table.columns) == ["raum_id", "stichtag", "wert", "status", "rest"]
    city = b.merkmal("alo", "st_musterstadt", dt.date(2006, 9, 30))
    assert list(city["wert"]) == [3025]
    assert list(city["rest"]) == [
        3025 - sum(b.merkmal("alo", f"sb_{d}", "2006-09-30")["wert"].item() for d in ("nord", "sued"))
    ]


def test_maps(b):
    frame = b.geodaten()
    assert frame.crs.to_epsg() == 25832
    assert list(frame.index) == list(b.raeume().index)
    assert "wert" in b.geodaten("arbeitslosenquote", 2005).columns
    assert b._kartenhinweis == "Schematische Karte, keine amtlichen Grenzen"
    assert all(a < z for a, z in b.nachbarn())


def test_a_city_without_polygons(b, monkeypatch):
    from dataclasses import replace

    other = Bericht(2006, daten=b._tables.folder)
    resources = [r for r in b._tables.descriptor["resources"] if r["name"] != "geometrie"]
    other._tables = replace(b._tables, geometry=None, descriptor={**b._tables.descriptor, "resources": resources})
    assert other._kartenhinweis == ""
    with pytest.raises(InputError, match="Flächen der Sozialräume fehlen"):
        other.geodaten()


def test_the_catalogue(b):
    assert b.indikator("hilfequote")["bezeichnung"] == "Hilfen zur Erziehung"
    assert list(b.indikatoren("Arbeitslosigkeit").index) == ["arbeitslosenquote", "alo_u25_anteil"]
    assert len(b.indikatoren()) == 8
    assert b.merkmale().at["alo", "sensibel"]
    assert b._zeitbezug("arbeitslosenquote") == "monat"
    assert list(b.brueche("arbeitslosenquote")["ab"].dt.year) == [2005]


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda b: b.wert("arbeitslosenqote"), "Indikator „arbeitslosenqote“ gibt es nicht"),
        (lambda b: b.wert("arbeitslosenqote"), "Meinten Sie „arbeitslosenquote“?"),
        (lambda b: b.daten("xyz"), r"Die Schlüssel stehen in data/indikatoren\.csv"),
        (lambda b: b.wert("hilfequote", "sr_haven"), "Gebiet „sr_haven“ gibt es nicht"),
        (lambda b: b.reihe("xyz"), "gibt es nicht"),
    ],
)
def test_unknown_names_are_told(b, ask, words):
    with pytest.raises(InputError, match=words):
        ask(b)


def test_years():
    check_year(2006, [2005, 2006])
    with pytest.raises(InputError, match=r"Für das Jahr 2008 gibt es keine Werte\.\n.*Vorhanden sind: 2005, 2006\."):
        check_year(2008, [2005, 2006])
