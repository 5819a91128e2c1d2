"""Patterns: groups of areas, their common values, sentences on the areas' places."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from figure_reading import texts

from sozialbericht import numbers
from sozialbericht.bericht import Bericht
from sozialbericht.order.project import default_root
from sozialbericht.status import Status
from sozialbericht.wording.lage import Lage
from sozialbericht.wording.values import Wert
from sozialbericht.writing import figures, prose

SCHOOLS = {"ueb_gymnasium": "Gymnasium", "ueb_hauptschule": "Hauptschule"}


@pytest.fixture(scope="module")
def report() -> Bericht:
    return Bericht(2006, 2005, default_root() / "data")


def test_groups_are_ordered_and_complete(report: Bericht) -> None:
    groups = report.gruppieren("sgb2_kinder", ["wenige", "mittel", "viele"])
    values = report.daten("sgb2_kinder")["wert"]
    assert sorted(area for areas in groups.values() for area in areas) == sorted(values.dropna().index)
    assert values[groups["wenige"]].max() <= values[groups["mittel"]].min()
    assert values[groups["mittel"]].max() <= values[groups["viele"]].min()


def test_common_value_comes_from_sums(report: Bericht) -> None:
    everywhere = report.gruppenwert("ueb_gymnasium", list(report.raeume().index), "alle")
    assert str(everywhere) == str(report.wert("ueb_gymnasium"))
    areas = ["sr_nordmarkt", "sr_hafen"]
    parts = report.daten("ueb_gymnasium").loc[areas]
    value = report.gruppenwert("ueb_gymnasium", areas, "Norden").wert
    assert value.number == pytest.approx(parts["zaehler"].sum() / parts["nenner"].sum() * 100)


def test_common_value_of_a_withheld_part_is_withheld(report: Bericht, monkeypatch: pytest.MonkeyPatch) -> None:
    table = report.daten("ueb_gymnasium")
    table.loc["sr_hafen", ["wert", "zaehler"]] = math.nan
    table.loc["sr_hafen", "status"] = "withheld"
    monkeypatch.setattr(report, "daten", lambda *_: table)
    value = report.gruppenwert("ueb_gymnasium", ["sr_nordmarkt", "sr_hafen"], "Norden")
    assert not value.ok
    assert math.isnan(value.wert.numerator) and math.isnan(value.wert.denominator)
    assert value.wert.status == "withheld"


@pytest.mark.parametrize(
    ("below", "above", "words"),
    [
        (0, 0, "Kein Sozialraum weicht erkennbar vom Wert der Stadt (23,6\u00a0%) ab."),
        (1, 2, "liegt ein Sozialraum, erkennbar darüber zwei; die übrigen 36 weichen nicht erkennbar ab."),
        (30, 8, "liegen 30 Sozialräume, erkennbar darüber acht; der übrige weicht nicht erkennbar ab."),
    ],
)
def test_sentence_on_places(
    report: Bericht, monkeypatch: pytest.MonkeyPatch, below: int, above: int, words: str
) -> None:
    monkeypatch.setattr(prose, "lage_zur_stadt", lambda *_: Lage(above, below, 39 - above - below))
    assert report.lagesatz("sprache").endswith(words)


def test_alternative_texts_have_the_right_length(report: Bericht, monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, str] = {}
    monkeypatch.setattr(figures, "put", lambda b, d, told, **more: found.update({told.label: told.alternative}))
    groups = report.gruppieren("sgb2_kinder", ["wenige", "viele"])
    report.fluss(SCHOOLS, groups).bild(gezaehlt="Anmeldungen", id="fig-a", titel="T", einheit="E")
    report.punktreihen({"sprache": "Sprache auffällig", "masern": "zwei Masernimpfungen"}, id="fig-b", titel="T")
    report.streuung(
        {"sozialwohnungen": "Sozialwohnungen", "leerstand": "Leerstand"}, id="fig-c", titel="T", einheit="E"
    )
    report.paare(("hze_amb_rate", "ambulant"), ("hze_fremd", "außerhalb"), id="fig-d", titel="T", einheit="E")
    assert {k: 80 <= len(v) <= 350 for k, v in found.items()} == dict.fromkeys(found, True)
    assert len(found) == 4


def _altered(
    report: Bericht, monkeypatch: pytest.MonkeyPatch, change: dict[tuple[str, str], dict[str, object]]
) -> None:
    """Values of areas by indicator and raum_id, changed as the protection would have them."""
    given = report.daten

    def daten(key: str, *level: object) -> pd.DataFrame:
        table = given(key, *level)
        for (indicator, area), cells in change.items():
            if indicator == key and area in table.index:
                table.loc[area, list(cells)] = list(cells.values())
        return table

    monkeypatch.setattr(report, "daten", daten)


def _drawn(report: Bericht, monkeypatch: pytest.MonkeyPatch, groups: dict[str, list[str]]) -> tuple[list[str], list]:
    """The words of the picture of bands, and the rows of the table beside it."""
    found: list[str] = []
    monkeypatch.setattr(figures, "put", lambda b, draw, *_, **more: found.extend(texts(draw(False))))
    flows = report.fluss(SCHOOLS, groups)
    flows.bild(gezaehlt="Anmeldungen", id="fig-a", titel="T", einheit="E")
    return found, flows._table()[1]


GROUPS = {"Norden": ["sr_nordmarkt", "sr_hafen"], "Süden": ["sr_aplerbeck", "sr_marten"]}
GONE = {"wert": math.nan, "zaehler": math.nan, "status": "withheld"}


def test_bands_and_table_have_the_same_whole(report: Bericht, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a group whose first target is withheld the whole is known from the second; of one with a denominator that is
    withheld it is not, and no part of it stands in its place."""
    whole = report.daten("ueb_gymnasium").loc[GROUPS["Norden"], "nenner"].sum()
    change = {("ueb_gymnasium", "sr_hafen"): GONE}
    _altered(report, monkeypatch, change)
    words, rows = _drawn(report, monkeypatch, GROUPS)
    assert f"{whole:.0f} Anmeldungen" in words and rows[0][2] == f"{whole:.0f}" and rows[0][3] == rows[0][5] == "."
    change |= {(key, "sr_hafen"): {**GONE, "nenner": math.nan} for key in SCHOOLS}
    words, rows = _drawn(report, monkeypatch, GROUPS)
    assert rows[0][2] == "." and sum(word.endswith("Anmeldungen") for word in words) == 3, "the other, and two targets"
    change |= {(key, "sr_marten"): {**GONE, "nenner": math.nan} for key in SCHOOLS}
    assert _drawn(report, monkeypatch, GROUPS)[0] == [], "no picture of nothing"


def test_bands_say_why_a_number_is_not_shown(report: Bericht, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that says too little is not called secret, and its count is told neither of a group nor of the city."""
    change = {(key, "sr_hafen"): {"wert": math.nan, "status": "unreliable"} for key in SCHOOLS}
    _altered(report, monkeypatch, change)
    words, _ = _drawn(report, monkeypatch, GROUPS)
    assert numbers.status_word("unreliable") in words and numbers.status_word("withheld") not in words
    given = report.wert

    def wert(key: str, *more: object) -> Wert:
        value = given(key, *more)
        return Wert(replace(value.wert, number=math.nan, status=Status.UNRELIABLE)) if key == "ueb_gymnasium" else value

    monkeypatch.setattr(report, "wert", wert)
    words, _ = _drawn(report, monkeypatch, {"Süden": GROUPS["Süden"]})
    assert numbers.status_word("unreliable") in words
    assert f"{given('ueb_gymnasium').wert.numerator:.0f} Anmeldungen" not in words
