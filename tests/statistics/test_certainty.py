"""Small areas: which values are limited, and that these take no part in anything that ranks or classes."""

import math
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.bericht import Bericht
from sozialbericht.data import contract
from sozialbericht.data.faultlist import Findings
from sozialbericht.data.settings import Settings, read
from sozialbericht.findings.indicator import Indikator
from sozialbericht.findings.ranges import rangspannen
from sozialbericht.statistics.certainty import Smallness
from sozialbericht.statistics.cube import aggregate
from sozialbericht.statistics.indicators import Rules, compute

ROOT = Path(__file__).resolve().parents[2]
CITY = ROOT / "tests" / "stadt"
DAY = pd.Timestamp("2006-12-31")
AREAS = pd.DataFrame(
    {"ebene": ["stadt", "raum", "raum", "raum"], "teil_von": ["", "s", "s", "s"]}, index=["s", "a", "b", "c"]
)
ROW = {
    "art": "anteil", "zaehler": "alo", "nenner": "jung", "faktor": 100.0, "bezug_monat": 12, "verzug_jahre": 0,
    "nenner_stand": "gleich", "basisjahr": None, "unsicher_ab": 10.0,
}  # fmt: skip
COUNTS = st.lists(st.integers(40, 900), min_size=3, max_size=3)


def values(people: list[int], least: int = 300, **row: object) -> pd.DataFrame:
    """Of three areas and the city: half of the people are young, a tenth of these (at least one) without work."""
    counts = {"ew": people, "jung": [p // 2 + 1 for p in people], "alo": [p // 20 + 1 for p in people]}
    rows = [("abc"[k], name, DAY, float(n), "ok") for name, given in counts.items() for k, n in enumerate(given)]
    cube = aggregate(pd.DataFrame(rows, columns=["raum_id", "merkmal", "stichtag", "wert", "status"]), AREAS)
    catalogue = pd.DataFrame([ROW | row], index=["q"])
    breaks = pd.DataFrame({"merkmal": [], "ab": pd.to_datetime([]), "grund": []})
    return compute(cube, AREAS, catalogue, breaks, [2006], rules=Rules("ew", least)).set_index("raum_id")


@settings(deadline=None, max_examples=40)
@given(COUNTS)
def test_few_inhabitants_put_a_value_in_brackets(people):
    made, free = values(people), values(people, least=0)
    for area, number in zip("abc", people, strict=True):
        small = number < 300
        assert made.at[area, "status"] == ("limited" if small else "ok")
        assert math.isnan(made.at[area, "wert"]) == small
        told = made.at[area, "klammer" if small else "wert"]
        assert told == free.at[area, "wert"], "the number is the same, only where it stands differs"
        assert math.isnan(made.at[area, "unten"]) == small
    assert made.at["s", "status"] == "ok", "the whole city is never too small"
    assert free["klammer"].isna().all()


@settings(deadline=None, max_examples=40)
@given(COUNTS, st.integers(0, 500))
def test_the_catalogue_asks_for_the_denominator_itself(people, least):
    made = values(people, mindestnenner=least)
    for area, number in zip("abc", people, strict=True):
        assert (made.at[area, "status"] == "limited") == (number // 2 + 1 < least)


def test_what_is_not_known_is_not_small():
    few = Smallness(np.array([np.nan, 5.0, 300.0]), 300).few(pd.Series({"mindestnenner": np.nan}), np.ones(3))
    assert few.tolist() == [False, True, False]


def test_too_uncertain_wins_over_too_few():
    made = values([40, 500, 500], unsicher_ab=0.1)
    assert made.at["a", "status"] == "unreliable"
    assert math.isnan(made.at["a", "klammer"])


@pytest.fixture
def small(tmp_path):
    """The invented city with one area of 120 people, of whom every second is young."""
    folder = Path(shutil.copytree(CITY, tmp_path / "d"))
    for year in (2004, 2005, 2006):
        path = folder / "werte" / f"{year}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        for k, line in enumerate(lines):
            area, feature, date, _ = line.split(";")
            if area == "sr_altstadt" and feature in ("ew", "ew_u18"):
                lines[k] = f"{area};{feature};{date};{ {'ew': 120, 'ew_u18': 60}[feature] }"
        path.write_text("\n".join(line for line in lines if _kept(line)), encoding="utf-8")
    return folder


def _kept(line: str) -> bool:
    """Without the counts that would be larger than the 120."""
    area, feature, *_ = line.split(";")
    return area != "sr_altstadt" or feature in ("ew", "ew_u18")


def test_it_takes_no_part_in_ranks_extremes_and_classes(small, monkeypatch):
    monkeypatch.setattr(contract.checks, "check", lambda tables, findings: None)  # counts are missing on purpose
    b = Bericht(2006, daten=small)
    row = b.daten("anteil_u18").loc["sr_altstadt"]
    assert (row["status"], row["klammer"]) == ("limited", 50.0)
    assert "Altstadt" not in [w.raum for w in (*b.hoechste("anteil_u18", 9), *b.niedrigste("anteil_u18", 9))]
    assert rangspannen(b, "anteil_u18").at["sr_altstadt", "rang"] == 0
    assert "Altstadt" not in str(b.spitze("anteil_u18")[0])
    assert max(Indikator(b, "anteil_u18").klassen) < 50
    assert not b.wert("anteil_u18", "sr_altstadt").ok
    assert b.wert("anteil_u18", "sr_altstadt").wert.in_table == 50


def test_the_shipped_data_have_no_small_area():
    b = Bericht(2007, daten=ROOT / "data")
    assert Rules.of(b._tables) == Rules("bev", 300)
    assert (b._values["status"] != "limited").all()


@pytest.mark.parametrize(("text", "least"), [("mindestnenner: 50", 50), ("mindestnenner: 0", 0), ("titel: x", 300)])
def test_a_project_sets_its_own(tmp_path, text, least):
    (tmp_path / "bericht.yml").write_text(text, encoding="utf-8")
    findings = Findings(tmp_path)
    assert read(tmp_path, findings).mindestnenner == least
    assert not len(findings)


@pytest.mark.parametrize("text", ["mindestnenner: viele", "mindestnenner: -3", "mindestnenner: [3]"])
def test_what_is_no_number_is_refused(tmp_path, text):
    (tmp_path / "bericht.yml").write_text(text, encoding="utf-8")
    findings = Findings(tmp_path)
    assert read(tmp_path, findings) == replace(Settings())
    assert "keine ganze Zahl" in findings.faults()[0].what
