"""Patterns: groups of areas, their common values, sentences on the areas' places."""

from __future__ import annotations

import math

import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.order.project import default_root
from sozialbericht.wording.lage import Lage
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
