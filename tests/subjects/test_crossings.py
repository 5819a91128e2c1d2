"""Across the dimensions: crossing tables, the matrix of aims, one area read as an example.

Each is computed here once more from the areas' own values.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.subjects.crossings.areareading import beispielgebiet
from sozialbericht.subjects.crossings.consequences import CAVEAT, GAP, NOTHING, STATES, Feld, Folgerungen
from sozialbericht.subjects.crossings.crossing import NO_CAUSE
from sozialbericht.writing.blocks import Block

DATA = Path(__file__).parents[2] / "data"
ROWS = {"alleinerziehende": "Alleinerziehende in %", "sgb2_kinder": "Kinder im SGB II in %", "wfl_ew": "m² je Kopf",
        "ueb_gymnasium": "Gymnasium in %", "bev_entw": "Entwicklung"}  # fmt: skip


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def pen(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(request.param, request.param - 1, DATA)


@pytest.fixture(scope="module")
def matrix(pen: Bericht) -> Folgerungen:
    return pen.aktionsplan().folgerungen()


# -- the crossing table --------------------------------------------------------------------------------------


def test_the_groups_are_sums_over_sums_in_the_order_given(pen: Bericht) -> None:
    found, plan = pen.aktionsplan().querschnitt(ROWS), pen.auswahl().raeume
    assert [row.indikator for row in found.zeilen] == [name for name in ROWS if name != "bev_entw"]
    for row in found.zeilen:
        table = pen.daten(row.indikator)
        inside = table.index.isin(plan)
        shares = [table.loc[part, "zaehler"].sum() / table.loc[part, "nenner"].sum() for part in (inside, ~inside)]
        factor = pen.indikator(row.indikator)["faktor"]
        assert [row.plan.wert.number, row.uebrige.wert.number] == pytest.approx([s * factor for s in shares])
        assert row.groesse == pytest.approx(abs(shares[0] - shares[1]) * factor / np.std(table["wert"].dropna()))


def test_a_gap_is_told_only_with_an_interval_that_excludes_none(pen: Bericht) -> None:
    for row in pen.aktionsplan().querschnitt(ROWS).zeilen:
        if row.lage.differs:
            assert not row.unten <= 0 <= row.oben
            assert row.lage.sign == np.sign(row.differenz)
        if row.indikator == "wfl_ew":
            assert str(row.lage) == "kein Intervall" and row.seite == 0
        if not row.richtung:
            assert row.seite == 0
        else:
            worse = (row.differenz > 0) == (pen.indikator(row.indikator)["richtung"] == "belastung")
            assert row.seite in (0, -1 if worse else 1)


def test_the_picture_has_the_favourable_side_at_the_right(pen: Bericht) -> None:
    for row in pen.aktionsplan().querschnitt(ROWS).zeilen:
        drawn = row.bild()
        assert drawn.judged == bool(row.richtung)
        lower, upper = drawn.first[1], drawn.first[2]
        assert np.isnan(lower) or lower <= drawn.first[0] <= upper
        if row.seite:
            assert np.sign(drawn.first[0] - drawn.second[0]) == row.seite


def test_the_table_says_all_rows_and_that_no_cause_is_shown(pen: Bericht, shown: list[Block]) -> None:
    found = pen.aktionsplan().querschnitt(ROWS)
    found.tabelle(id="tbl-quer", titel="Quer")
    (block,) = shown
    for row in found.zeilen:
        assert row.plan.zahl in block.markdown and row.uebrige.zahl in block.markdown
    assert "ungünstiger" in block.pictures["tbl-quer.svg"] and "günstiger" in block.markdown
    assert found.vorbehalt == NO_CAUSE and "nicht Menschen" in NO_CAUSE
    assert str(found.lagesatz()).startswith(("Bei ", "Von ", "Kein "))


def test_without_aktionsraeume_there_is_no_table(b: Bericht, shown: list[Block]) -> None:
    assert not b.auswahl().raeume
    found = b.aktionsplan().querschnitt({"arbeitslosenquote": "Arbeitslose"})
    found.tabelle(id="tbl-quer", titel="Quer")
    assert found.zeilen == [] and found.zeile("arbeitslosenquote") is None
    assert shown[0].absent == ("tbl-quer",) and not shown[0].markdown
    assert found.lagesatz() == found.groessensatz() == ""


# -- what follows --------------------------------------------------------------------------------------------


def worse(pen: Bericht, area: str, indicators: list[str]) -> int:
    """How many of these are recognisably worse in the area than in the city, by the table of the data."""
    bad = {"belastung": "über", "chance": "unter"}
    return sum(pen.daten(i).at[area, "lage"] == bad[str(pen.indikator(i)["richtung"])] for i in indicators)


def test_each_cell_follows_from_register_and_intervals(pen: Bericht, matrix: Folgerungen) -> None:
    register = pd.read_csv(DATA / "massnahmen.csv", sep=";")
    assert matrix.raeume == pen.auswahl().raeume
    for field in matrix.felder:
        own = list(field.indikatoren) or matrix.indikatoren(field.ziel)
        for area in matrix.raeume:
            there = (register["raum_id"] == area) & (register["handlungsfeld"] == field.name)
            if "art" in register:
                there &= register["art"] != "Bestand"
            states = set(register.loc[there, "status"])
            cell = matrix.zelle(area, field)
            if states:
                assert cell == next(state for state in STATES if state in states)
            else:
                assert cell == (GAP if not own or worse(pen, area, own) else NOTHING)
        assert matrix.luecken(field) == sum(matrix.zelle(area, field) == GAP for area in matrix.raeume)


def test_the_count_is_of_indicators_worse_by_interval(pen: Bericht, matrix: Folgerungen) -> None:
    for aim in matrix.ziele:
        for area in matrix.raeume:
            told = matrix.zaehlung(area, aim)
            assert told.unguenstiger == worse(pen, area, matrix.indikatoren(aim))
            assert told.alle <= len(matrix.indikatoren(aim))


def test_at_most_three_questions_that_hold(pen: Bericht, matrix: Folgerungen, shown: list[Block]) -> None:
    asked = [str(words) for words in matrix.fragen()]
    assert 1 <= len(asked) <= 3 and all(words.endswith("?") for words in asked)
    most = max(matrix.luecken(field) for field in matrix.felder)
    named = [field.name for field in matrix.felder if matrix.luecken(field) == most]
    assert all(name in asked[0] for name in named)
    for words in asked[1:]:
        aim = next(aim for aim in matrix.ziele if aim in words)
        areas = [area for area in matrix.raeume if f" {pen.name(area)}" in words]
        for area in areas:
            told = matrix.zaehlung(area, aim)
            assert told.unguenstiger == (0 if "kein Merkmal" in words else told.alle)
    matrix.setze_fragen()
    assert shown[-1].markdown == CAVEAT


def test_the_matrix_is_a_table_with_a_head_above_its_head(matrix: Folgerungen, shown: list[Block]) -> None:
    matrix.tabelle(id="tbl-folgerungen", titel="Ziele")
    (block,) = shown
    assert 'ueber="1-3 4-9 10-10"' in block.markdown
    rows = [line for line in block.markdown.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + 1 + len(matrix.raeume) + 1 and rows[-1].startswith("| Lücken")


def test_measures_of_a_district_hold_in_its_areas_and_stock_is_no_measure(pen: Bericht) -> None:
    found = pen.aktionsplan().folgerungen()
    area, field = found.raeume[0], found.felder[0]
    above = str(pen._tables.areas.at[area, "teil_von"])
    entry = {"raum_id": above, "handlungsfeld": field.name, "status": "Idee", "beispiel": True}
    vars(found)["_measures"] = pd.DataFrame([entry])
    assert found.zelle(area, field) == "Idee"
    city = pen.aktionsplan().folgerungen()
    vars(city)["_measures"] = pd.DataFrame([{**entry, "raum_id": pen.stadt}])
    assert city.zelle(area, field) in (GAP, NOTHING)


def test_a_field_without_indicators_anywhere_has_a_gap_where_there_is_no_measure(matrix: Folgerungen) -> None:
    alone = Feld("Nur Worte", "Kein Feld", "Kein", ())
    assert all(matrix.zelle(area, alone) == GAP for area in matrix.raeume)


def test_without_aktionsraeume_nothing_follows(b: Bericht) -> None:
    found = b.aktionsplan().folgerungen()
    assert found.grund and found.raeume == [] and found.fragen() == []


# -- one area as an example ----------------------------------------------------------------------------------


def test_the_example_is_the_area_whose_rank_is_widest(pen: Bericht, shown: list[Block]) -> None:
    from sozialbericht.findings.ranges import rangspannen

    area, ranks = beispielgebiet(pen), rangspannen(pen, pen.leitindikator)
    width = (ranks["bis"] - ranks["von"])[ranks["von"] > 0]
    assert width[area] == width.max()
    pen.aktionsplan().gebietsbeispiel(marke="sec-lesen")
    words = " ".join(block.markdown for block in shown)
    assert f"So liest man den Bericht für {pen.name(area)}" in words and "#sec-lesen" in words
    assert f"von {ranks.at[area, 'von']} bis {ranks.at[area, 'bis']}" in words
    assert pen.wert(pen.leitindikator, area).bereich in words
    assert ("ist Aktionsraum" in words) == (area in pen.auswahl().raeume)


def test_an_area_is_read_in_any_city(b: Bericht, shown: list[Block]) -> None:
    b.aktionsplan().gebietsbeispiel(marke="sec-lesen")
    assert len(shown) == 3 or shown[0].absent == ("sec-lesen",)
