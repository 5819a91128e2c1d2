"""Aktionsräume and register: nothing is lost, examples are marked, a missing register is said."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.findings import chances, strengths
from sozialbericht.subjects import register
from sozialbericht.subjects.register import Register
from sozialbericht.writing.blocks import Block

DATA = Path(__file__).parents[2] / "data"
KEYS = ["sgb2_quote", "svb_quote"]


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def pen(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(request.param, request.param - 1, DATA)


def test_every_measure_stands_in_a_sheet_or_in_the_rest_or_is_of_the_whole_city(pen: Bericht) -> None:
    entries, rest = pen.massnahmen().eintraege(), pen.massnahmen().uebrige()
    sheets = sum(len(pen.massnahmen().eintraege(area)) for area in pen.auswahl().raeume)
    city = int((entries["raum_id"] == pen.stadt).sum())
    assert sheets + len(rest) + city == len(entries) == len(pen.massnahmen())
    assert len(rest) == 0 or pen.jahr != 2006


def test_by_type_one_area_of_the_register_is_no_aktionsraum_in_2005(by_type: Path) -> None:
    assert Bericht(2005, 2004, DATA).massnahmen().uebrige().empty, "it lies below the average"
    pen = Bericht(2005, 2004, by_type)
    assert set(pen.massnahmen().uebrige()["raum_id"]) == {"sr_wickede"}
    assert set(pen.massnahmen().uebrige()["beispiel"]) == {True}


def test_the_register_by_aim_has_every_entry_once_and_marked(pen: Bericht, shown: list[Block]) -> None:
    pen.massnahmen().tabelle(id="tbl-register", titel="Register")
    rows = shown[0].markdown.splitlines()
    for _, entry in pen.massnahmen().eintraege().iterrows():
        found = [row for row in rows if entry["massnahme"] in row and f"| {entry['traeger']} |" in row]
        assert found and all(row.endswith("| Beispiel |") for row in found)
    assert sum(row.endswith("| Beispiel |") for row in rows) == len(pen.massnahmen().eintraege())
    assert "erfunden" in shown[0].markdown


def test_a_sheet_has_strengths_before_burdens_and_its_measures(pen: Bericht, shown: list[Block]) -> None:
    for area in pen.auswahl().raeume:
        shown.clear()
        pen.aktionsplan().steckbrief(area, KEYS)
        told = shown[0].markdown
        titles = re.findall(r"^\*\*(.+)\*\*$", told, re.M)
        assert titles == ["Stärken und Ansatzpunkte", "Belastungen", "Maßnahmen"]
        assert pen.typ(area).aktion_text in told and str(pen.wert("sgb2_quote", area)) in told
        assert all(words in told for words in strengths.belastungen(pen, area))
        for _, entry in pen.massnahmen().eintraege(area).iterrows():
            assert f"Beispiel – {entry['massnahme']} (" in told
        assert f"#sec-aktionsraum-{area.replace('_', '-')}" in told and len(shown[0].pictures) == 1


def test_the_table_of_aktionsraeume_ends_with_all_together_and_the_city(pen: Bericht, shown: list[Block]) -> None:
    pen.aktionsplan().tabelle(KEYS, id="tbl-probe", titel="Probe")
    rows = [row for row in shown[0].markdown.splitlines() if row.startswith("| ")][2:]
    assert len(rows) == len(pen.auswahl().raeume) + len(pen.auswahl().je_typ()) + 3
    joint = chances.zusammen(pen, "sgb2_quote", pen.auswahl().raeume)
    assert joint is not None and joint.zahl in rows[-3] and pen.wert("sgb2_quote").zahl in rows[-1]
    share = pen.anteil_an_stadt("sgb2_quote", pen.auswahl().raeume)
    assert share is not None and share.zahl in rows[-2]


def test_without_a_register_the_report_says_so(tmp_path: Path, shown: list[Block]) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("modell"))
    (folder / "massnahmen.csv").unlink()
    pen = Bericht(2006, 2005, folder)
    assert pen.massnahmen().eintraege().empty and pen.massnahmen().uebrige().empty
    pen.massnahmen().tabelle(id="tbl-register", titel="Register")
    assert "liegt nicht vor" in shown[0].markdown and "liegt nicht vor" in pen.massnahmen().satz()
    pen.aktionsplan().steckbrief(pen.auswahl().raeume[0], KEYS)
    assert "Maßnahme" not in shown[1].markdown, "of a register that is not there a sheet says nothing"


def test_a_register_without_an_entry_for_an_area_says_so(tmp_path: Path, shown: list[Block]) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("modell"))
    area = Bericht(2006, 2005, folder).auswahl().raeume[0]
    path = folder / "massnahmen.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if area not in row), encoding="utf-8")
    pen = Bericht(2006, 2005, folder)
    pen.aktionsplan().steckbrief(area, KEYS)
    assert "keine Maßnahme eingetragen" in shown[0].markdown


def test_a_mixed_register_counts_its_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    pen = Bericht(2006, 2005, DATA)
    mixed = pen.massnahmen().eintraege().assign(beispiel=[True, *[False] * (len(pen.massnahmen()) - 1)])
    monkeypatch.setattr(Register, "eintraege", lambda self, raum=None: mixed)
    assert "darunter 1 erfundenes Beispiel;" in pen.massnahmen().satz()


@pytest.mark.parametrize(
    ("status", "begin", "words"),
    [
        ("läuft", 2007, "läuft seit 2007"),
        ("geplant", 2008, "geplant ab 2008"),
        ("Idee", None, "Idee"),
        ("abgeschlossen", 2006, "abgeschlossen, begonnen 2006"),
    ],
)
def test_the_state_of_a_measure(status: str, begin: int | None, words: str) -> None:
    assert register._state(pd.Series({"status": status, "beginn": pd.NA if begin is None else begin})) == words


def test_the_small_city_has_neither_aktionsraeume_nor_a_register(b: Bericht, shown: list[Block]) -> None:
    assert b.auswahl().raeume == [] and b.massnahmen().eintraege().empty
    b.massnahmen().tabelle(id="tbl-register", titel="Register")
    assert len(shown) == 1


def test_bodies_are_told_in_full(b: Bericht, shown: list[Block]) -> None:
    b.aktionsplan().organigramm(
        {"oben": {"Rat": ["Ämter", "Verbände"]}, "unten": {"Büro": ["Leitung"]}},
        leitung={"Rat": "Ämter"}, id="fig-probe", titel="Gremien", quelle="Eigene Darstellung.",
    )  # fmt: skip
    told = shown[0].markdown
    assert "oben: Rat – Ämter (Leitung) und Verbände." in told and "unten: Büro – Leitung." in told
    assert len(shown[0].pictures) == 2
