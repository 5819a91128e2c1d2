"""Comparison with published figures: complete, by year, never mixed up with the report's own values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.escaping import text_of
from sozialbericht.status import Status
from sozialbericht.subjects import published
from sozialbericht.writing.blocks import Block

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def report(request: pytest.FixtureRequest) -> Bericht:
    """The reports of three years from the demonstration data."""
    return Bericht(request.param, request.param - 1, ROOT / "data")


def rows(markdown: str) -> list[list[str]]:
    """The cells of a block's table, its head first."""
    lines = [line for line in markdown.splitlines() if line.startswith("|") and "---" not in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_figure_up_to_the_year_is_shown_once(report: Bericht, shown: list[Block]) -> None:
    table = report.veroeffentlichtes().angaben()
    report.veroeffentlichtes().tabelle(id="tbl-a", titel="A")
    report.veroeffentlichtes().tabelle_ohne_gegenstueck(id="tbl-b", titel="B")
    compared = [row for row in rows(shown[0].markdown)[1:] if any(row[1:])]
    without = rows(shown[1].markdown)[1:]
    assert len(compared) + len(without) == len(table) == sum(report.veroeffentlichtes().anzahl().values())
    dated = table["stichtag"].dropna()
    assert (dated.dt.year <= report.jahr).all()


def test_figures_met_exactly_have_no_difference(report: Bericht) -> None:
    table = report.veroeffentlichtes().angaben()
    exact = table[table["abgleich"] == "exakt"]
    assert len(exact)
    assert (exact["eigener"] == exact["vergleichswert"]).all()


def test_the_columns_say_whose_numbers_they_are(report: Bericht, shown: list[Block]) -> None:
    report.veroeffentlichtes().tabelle(id="tbl-a", titel="A")
    head = [cell.replace("\u00ad", "") for cell in rows(shown[0].markdown)[0]]
    assert head[2:5] == ["veröffentlicht", "Modelldaten", "Differenz"]
    assert "fremde Angaben" in shown[0].markdown


def test_the_three_counts_of_december_2006(shown: list[Block]) -> None:
    Bericht(2006, 2005, ROOT / "data").veroeffentlichtes().tabelle(id="tbl-a", titel="A")
    cells = {row[0].split(" (")[0]: row[2:6] for row in rows(shown[0].markdown) if row[1] == "Dezember 2006"}
    assert cells["Arbeitslose, Personen"] == ["43.032", "43.032", "0", "vorgegeben (exakt)"]
    assert cells["Alg-II-Empfänger, Personen"][1] == "61.726"
    assert cells["Sozialgeld-Empfänger, Personen"][1] == "23.925"
    assert cells["SGB-II-Bedarfsgemeinschaften, BG"][1] == "43.322"
    assert cells["Langzeitarbeitslose"][:3] == ["23.000", "23.179", "+179"]


def test_a_withheld_count_is_not_betrayed_by_its_difference(shown: list[Block]) -> None:
    b = Bericht(2006, 2005, ROOT / "data")
    hidden = b._cube[(b._cube["status"] == Status.WITHHELD) & (b._cube["stichtag"] == "2006-12-31")].iloc[0]
    row = {
        "ebene": "Sozialraum", "gebiet": "Probe", "angabe": "Probe", "zeitpunkt": "2006-12-31", "wert": "2",
        "einheit": "Personen", "raum_id": hidden["raum_id"], "merkmal": hidden["merkmal"], "indikator": "",
        "stichtag": pd.Timestamp("2006-12-31"), "vergleichswert": 2.0, "abgleich": "gerundet", "bemerkung": "",
        "quelle": "Probe",
    }  # fmt: skip
    b._tables = replace(b._tables, others={"veroeffentlicht": pd.DataFrame([row])})
    b.veroeffentlichtes().tabelle(id="tbl-a", titel="A")
    assert rows(shown[0].markdown)[-1][3:5] == [".", "."]
    assert "geheim gehalten" in shown[0].markdown


def test_data_without_published_figures_have_none() -> None:
    b = Bericht(2006, 2005, ROOT / "tests" / "stadt")
    assert b.veroeffentlichtes().angaben().empty
    assert set(b.veroeffentlichtes().anzahl().values()) == {0}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2006", "2006"), ("2006-12", "Dezember 2006"), ("2006-12-31", "31.12.2006"), ("2006-H1", "1. Halbjahr 2006"),
        ("ca. 2001-12-31", "ca. 31.12.2001"), ("2000-2010", "2000 bis 2010"), ("2007 (Folie 2008)", "2007"),
        ("nicht angegeben (Artikelstand ca. 2008)", "ohne Jahr"),
    ],
)  # fmt: skip
def test_times_in_german(text: str, expected: str) -> None:
    assert published.moment(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("585000", "585.000"), ("16,2", "16,2"), ("-433", "−433"), ("39 / 13", "39 / 13"), ("34,937", "34,937")],
)
def test_numbers_keep_their_decimals(text: str, expected: str) -> None:
    assert published.printed(text) == expected


@pytest.mark.parametrize(
    ("moment", "day", "kind", "year", "expected"),
    [
        ("2006-12", "2006-12-31", "exakt", 2006, True),
        ("2007-12", "2007-12-31", "exakt", 2006, False),
        ("2002-2007", "2002-12-31", "exakt", 2006, False),
        ("2003 (Stand 2023)", "2003-12-31", "exakt", 2005, True),
        ("2000-2010", None, "nicht abgebildet", 2007, False),
        ("ca. 2008", None, "angelegt", 2006, True),
        ("unbekannt", None, "nicht abgebildet", 2005, True),
    ],
)
def test_a_figure_belongs_to_its_last_year(moment: str, day: str | None, kind: str, year: int, expected: bool) -> None:
    row = pd.Series({"zeitpunkt": moment, "stichtag": pd.Timestamp(day) if day else pd.NaT, "abgleich": kind})
    assert published.published_by(row, year) is expected


def test_addresses_stay_whole_in_the_link_and_may_break_in_print() -> None:
    entry = published.source_entry("https://www.example.org/a-b/c_d?e=1")
    assert entry.endswith("](<https&#58;//www.example.org/a-b/c&#95;d?e=1>)")
    assert text_of(entry).replace("\u200b", "").startswith("[example.org/a-b/c_d?e=1]")
    assert published.source_entry("Amt für Statistik") == "Amt für Statistik"


def test_a_counterpart_without_value_is_missing() -> None:
    b = Bericht(2006, 2005, ROOT / "data")
    row = pd.Series({"raum_id": b.stadt, "merkmal": "al", "indikator": "", "stichtag": pd.Timestamp("2006-03-31")})
    value, status, _ = b._own(row)
    assert np.isnan(value)
    assert status == "missing"
