"""The annex, made from the catalogue."""

import pytest

from sozialbericht.checking.lint import check_text
from sozialbericht.subjects import annex


def test_dimensions_stand_in_the_order_of_the_catalogue(b):
    assert b.dimensionen()[:3] == ["Bevölkerung", "Arbeitslosigkeit", "Beschäftigung"]


def test_a_dimension_s_table(b, shown):
    b.anhang().tabellen("Bevölkerung")
    words = "\n".join(block.markdown for block in shown)
    assert "## Bevölkerung {#sec-tabellen-bevoelkerung" in words
    assert "::: {#tbl-bevoelkerung" in words
    assert check_text("x", words) == []


def test_wide_dimensions_are_parted(b, shown, monkeypatch):
    monkeypatch.setattr(annex, "COLUMNS", 1)
    b.anhang().tabellen("Bevölkerung")
    words = "\n".join(block.markdown for block in shown)
    assert "#tbl-bevoelkerung-2" in words
    assert "(Teil 2 von 2)" in words


def test_sheets_of_indicators(b, shown):
    for dimension in b.dimensionen():
        b.anhang().blaetter(dimension)
    words = "\n\n".join(block.markdown for block in shown)
    assert "### Arbeitslosenquote" in words
    assert "Arbeitslose / 15- bis unter 65-Jährige × 100" in words
    assert "01.01.2005: Mit dem SGB II" in words
    assert "− 1) × 100" in words, "a change"
    assert "Wert der Stadt = 100" in words, "an index"
    assert "Ein hoher Wert bedeutet eine Belastung." in words
    assert check_text("x", words) == []


def test_a_sheet_without_values(early, shown):
    early.anhang().blatt("einkommensindex")
    assert "keine veröffentlichten Werte" in shown[0].markdown
    assert "liegt noch nicht vor" in shown[0].markdown


def test_data_status(b, early, shown):
    b.anhang().datenstand(id="tbl-stand")
    assert "Arbeitslose unter 25 Jahren" in shown[0].markdown
    assert check_text("x", shown[0].markdown) == []
    b.anhang().brueche(id="tbl-brueche")
    assert "01.01.2005" in shown[1].markdown
    early.anhang().brueche(id="tbl-brueche")
    assert len(shown) == 2, "no table without breaks"


def test_a_feature_that_was_never_counted(b, shown, monkeypatch):
    empty = b.merkmal("alo").iloc[:0]
    monkeypatch.setattr(b, "merkmal", lambda name: empty)
    b.anhang().datenstand(id="tbl-stand")
    assert "…" in shown[0].markdown


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Bevölkerung", "bevoelkerung"), ("Schule & Beruf", "schule-beruf"), ("Größe – Maße", "groesse-masse")],
)
def test_names_as_labels(name, slug):
    assert annex.slugged(name) == slug
