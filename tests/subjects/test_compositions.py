"""Counts, compositions, age groups and developments from the protected features of the demonstration data."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.findings import tally
from sozialbericht.subjects import ages
from sozialbericht.wording.values import NotSayable

DATA = Path(__file__).parents[2] / "data"
ALL = "alg2 + sozialgeld + gs_alter + gs_erwerb + hlu + asyl"


@pytest.fixture(scope="module")
def pen() -> Bericht:
    return Bericht(2006, 2005, DATA)


def test_counts(pen):
    assert pen.zahl("alg2").anzahl == "61.726"
    assert pen.zahl("sozialgeld").anzahl == "23.925"
    assert pen.zahl("alg2 + sozialgeld").anzahl == pen.zahl("sgb2").anzahl == "85.651"
    assert pen.zahl("bg").anzahl == "43.322"
    assert pen.zahl("bg").stand == "Dezember 2006"
    share = pen.zahl("alg2", anteil_an="alg2 + sozialgeld")
    assert str(share) == "72,1\u00a0%" and share.anzahl == "61.726"
    assert pen.zahl("sgb2", stand="sgb2_quote").stand == "September 2006"


def test_no_count_before_the_first_year():
    early = Bericht(2003, 2002, DATA)
    assert not early.zahl("sgb2").ok
    with pytest.raises(NotSayable):
        _ = early.zahl("sgb2").anzahl


def test_shares_add_up(pen):
    table = pen.aufteilung({"alg2": "ALG II", "sozialgeld": "Sozialgeld"}, gesamt="sgb2").anteile
    assert table["raum_id"].nunique() == 1 + len(pen.raeume("stadtbezirk"))
    assert table.groupby("raum_id")["anteil"].sum().round(9).eq(100).all()
    assert list(table["gruppe"].unique()) == ["ALG II", "Sozialgeld"], "no rest where nothing is left over"


def test_what_is_left_of_the_whole_is_named(pen):
    table = pen.aufteilung({"stpfl_u10": "wenig"}, gesamt="stpfl", raeume=[pen.stadt]).anteile
    assert list(table["gruppe"]) == ["wenig", "Übrige"]
    assert table["anteil"].sum() == pytest.approx(100)


def test_one_withheld_part_withholds_all_shares_of_a_sum(pen, monkeypatch):
    hidden = pen._cube[(pen._cube["status"] == "withheld") & (pen._cube["stichtag"].dt.year <= 2006)]
    assert len(hidden), "the demonstration data hold withheld counts"
    area, feature, date = hidden.iloc[-1][["raum_id", "merkmal", "stichtag"]]
    monkeypatch.setattr(tally, "stichtag", lambda *_: date)
    others = (str(f) for f in pen.merkmale().index if f != feature)
    known = next(f for f in others if tally.counted(pen, f, area, date)[1] == "ok")
    table = pen.aufteilung({known: "bekannt", feature: "geheim"}, raeume=[area]).anteile
    assert table["anteil"].isna().all() and table["gesamt"].isna().all()
    assert set(table["status"]) == {"withheld"}


@pytest.mark.parametrize("year", [2005, 2006, 2007])
def test_figures_and_tables(year, shown):
    pen = Bericht(year, year - 1, DATA)
    parts = {"alg2": "ALG II", "sozialgeld": "Sozialgeld"}
    pen.aufteilung(parts).bild(id="fig-z", titel="Leistungen", einheit="in %")
    pen.aufteilung(parts).tabelle(id="tbl-z", titel="Leistungen", einheit="in %")
    pen.tabelle_zahlen(
        {"SGB II": "sgb2", "Bedarfsgemeinschaften": "bg"}, gesamt="sgb2", id="tbl-n", titel="Zahlen", kopf=""
    )
    age = pen.altersaufbau("bev_w", "bev_m")
    age.pyramide(id="fig-p", titel="Alter", alternativtext="Alterspyramide.")
    age.pyramide(
        raeume=list(pen.raeume("stadtbezirk").index[:2]),
        id="fig-q",
        titel="Alter",
        alternativtext="Zwei.",
    )
    age.tabelle(id="tbl-a", titel="Alter")
    pen.indexverlauf("svb_entw", id="fig-i", titel="Beschäftigte")
    pen.indexlinien({"bev_entw": "alle", "bev_entw_u18": "unter 18"}, id="fig-l", titel="Bevölkerung")
    pen.streudiagramm("ek_index", "sgb2_quote", id="fig-s", titel="Einkommen und SGB II")
    markdown = "\n".join(block.markdown for block in shown)
    assert markdown.count("::: {#") == 9
    assert f"Dezember {year}" in markdown
    assert ("nicht sinnvoll" in markdown) == (year == 2005 or "| x |" in markdown)
    assert "nan" not in markdown
    table = next(block.markdown for block in shown if "tbl-n" in block.markdown)
    assert ("Veränderung in %" in table) == (year > 2005), "nothing is counted before 2005"


def test_age_groups(pen):
    table = ages.altersgruppen(pen, "bev_w", "bev_m")
    assert table.index[0] == "unter 3 Jahre" and table.index[-1] == "75 Jahre und älter"
    assert table["frauen"].sum() == pen.zahl("bev_w").wert.numerator


def test_only_changes_have_a_base_year(pen):
    with pytest.raises(ValueError, match="Basisjahr"):
        pen.indexverlauf("sgb2_quote", id="fig-x", titel="Quote")
