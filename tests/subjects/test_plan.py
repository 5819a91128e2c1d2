"""Aktionsräume and register: nothing is lost, examples are marked, a missing register is said."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from sozialbericht.bericht import Bericht
from sozialbericht.drawing.charts.dots import residuals
from sozialbericht.drawing.charts.dots.residuals import Row
from sozialbericht.findings import chances, strengths
from sozialbericht.findings.footing import foothold
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
    there = pen.massnahmen().bestand()
    assert there and all(any(one.was in row and f"Bestand seit {one.seit}" in row for row in rows) for one in there)
    assert sum(row.endswith("| Beispiel |") for row in rows) == len(pen.massnahmen().eintraege()) + len(there)
    assert "erfunden" in shown[0].markdown


def test_a_sheet_has_chances_before_burdens_and_measures_with_gaps(pen: Bericht, shown: list[Block]) -> None:
    aims = list(dict.fromkeys(pen.massnahmen().eintraege()["ziel"]))
    for area in pen.auswahl().raeume:
        shown.clear()
        pen.aktionsplan().steckbrief(area, KEYS)
        told, found = unescape(shown[0].markdown), foothold.chancen(pen, area)
        titles = re.findall(r'\.urteil art="\w+" titel="(.*?)"', told)
        assert titles == ["Chancen" if found.liste else "", "Belastungen", "Maßnahmen und Lücken"]
        assert found.keine in told and all(words in told for words in found.saetze)
        assert pen.typ(area).aktion_text in told and pen.wert("sgb2_quote", area).zahl in told
        assert all(words in told for words in strengths.belastungen(pen, area, ohne=found.indikatoren))
        own = pen.massnahmen().eintraege(area)
        assert all(f"| {entry['massnahme']} | {entry['traeger']} |" in told for _, entry in own.iterrows())
        assert told.count("Lücke:") == len(set(aims) - set(own["ziel"]))
        assert f"#sec-aktionsraum-{area.replace('_', '-')}" in told
        drawn = found.erwartungen[:1]
        assert len(shown[0].pictures) == 1 + 2 * len(drawn), "the map, the chart in two cuts"
        assert all(f"zu erwarten {one.erwartet_text}" in told for one in drawn)


def test_sheets_follow_their_position_and_explain_their_signs_once(pen: Bericht, shown: list[Block]) -> None:
    order, plan = pen.aktionsplan().reihenfolge(), pen.auswahl().raeume
    far = pen.typisierung().abstand
    assert sorted(order) == sorted(plan) and [far[a] for a in order] == sorted((far[a] for a in order), reverse=True)
    for area in order:
        pen.aktionsplan().steckbrief(area, KEYS)
    assert not any('seite="neu"' in block.markdown for block in shown), "each stands where it has room"
    assert all("erfundene Beispiele" in block.markdown and "fuss=" in block.markdown for block in shown)
    assert ['letztes="ja"' in block.markdown for block in shown] == [False] * (len(order) - 1) + [True]


def test_a_residual_is_drawn_between_its_numbers() -> None:
    rows = [Row("Quote", 23.5, 22.7, 24.3, 31.7, 18.5, 1), Row("Rate", 4.0, 3.0, 5.0, 6.0, float("nan"), 1)]
    figure = residuals.residuals(rows, "%", 122.0)
    words = {text.get_text() for text in figure.axes[0].texts}
    assert {"Quote", "Rate", "0"} <= words and any(word.endswith("\u00a0%") for word in words)
    plt.close(figure)


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
    assert shown[0].markdown.count("Lücke:") == 3


def test_a_mixed_register_counts_its_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    pen = Bericht(2006, 2005, DATA)
    mixed = pen.massnahmen().eintraege().assign(beispiel=[True, *[False] * (len(pen.massnahmen()) - 1)])
    monkeypatch.setattr(Register, "bestand", lambda self, raum=None: [])
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
    assert register.state(pd.Series({"status": status, "beginn": pd.NA if begin is None else begin})) == words


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
