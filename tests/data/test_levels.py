"""Levels: their order, their German forms, the usual words."""

from __future__ import annotations

import pytest

from sozialbericht.data import levels
from sozialbericht.data.levels import Ebene


def test_three_levels_have_one_between() -> None:
    found = levels.of(["gemeinde", "bezirk", "quartier"], {})
    assert [str(e) for e in found] == ["gemeinde", "bezirk", "quartier"]
    assert (str(found.stadt), str(found.mitte), str(found.unten)) == ("gemeinde", "bezirk", "quartier")
    assert found.stadt.am("Neudorf") == "in Neudorf" and found.unten.am("Nord") == "im Quartier Nord"


def test_two_levels_have_none_between() -> None:
    found = levels.of(["stadt", "quartier"], {})
    assert not found.mitte and found.unten.schluessel == "quartier"
    assert "quartier" in found and "" not in found
    with pytest.raises(KeyError):
        found["bezirk"]


@pytest.mark.parametrize(
    ("level", "forms"),
    [
        (levels.KNOWN["sozialraum"], "ein kein einer keiner einem der Sozialräumen Sozialraums"),
        (levels.KNOWN["bezirksregion"], "eine keine eine keine einer die Bezirksregionen Bezirksregion"),
        (levels.KNOWN["viertel"], "ein kein eines keines einem das Vierteln Viertels"),
        (Ebene("kiez", "Kiez", "Kieze", "m", genitiv="Kiezes"), "ein kein einer keiner einem der Kiezen Kiezes"),
    ],
)
def test_forms(level: Ebene, forms: str) -> None:
    own = [level.ein, level.kein, level.einer, level.keiner, level.einem, level.der, level.dativ, level.genitiv]
    assert " ".join(own) == forms


def test_given_words_go_before_the_usual_ones() -> None:
    given = {"stadt": Ebene("stadt", "Landkreis", "Landkreise", "m", wo="im Landkreis {name}")}
    found = levels.of(["stadt", "gemeinde"], given)
    assert found.stadt.am("Unna") == "im Landkreis Unna" and found.unten.am("Bergkamen") == "in der Gemeinde Bergkamen"
    assert levels.unnamed(["stadt", "ort", "gemeinde"], given) == ["ort"]


STATISTICAL = levels.KNOWN["statistischer_bezirk"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (STATISTICAL.nominativ, "der Statistische Bezirk"),
        (STATISTICAL.von, "des Statistischen Bezirks"),
        (STATISTICAL.darin, "im Statistischen Bezirk"),
        (STATISTICAL.dazu, "zum Statistischen Bezirk"),
        (f"{STATISTICAL.ein} {STATISTICAL.einzahl}", "ein Statistischer Bezirk"),
        (f"je {STATISTICAL.einzahl_akkusativ}", "je Statistischen Bezirk"),
        (f"aller {STATISTICAL.mehrzahl_bestimmt}", "aller Statistischen Bezirke"),
        (f"den {STATISTICAL.dativ}", "den Statistischen Bezirken"),
        (STATISTICAL.am("Mitte"), "im Statistischen Bezirk Mitte"),
        (STATISTICAL.profile, "Gebietsprofile"),
        (levels.KNOWN["stadt"].von, "der Stadt"),
        (levels.KNOWN["stadt"].gesamtwert, "Stadtwert"),
        (levels.KNOWN["stadt"].durchschnitt, "städtischen Durchschnitt"),
        (levels.KNOWN["stadt"].im_ganzen, "in der ganzen Stadt"),
        (levels.KNOWN["landkreis"].durchschnitt, "Durchschnitt des Landkreises"),
        (levels.KNOWN["landkreis"].im_ganzen, "im ganzen Landkreis"),
        (levels.KNOWN["landkreis"].ganz, "ganzer Landkreis"),
        (levels.KNOWN["gemeinde"].gesamtwert, "Gemeindewert"),
        (Ebene("s", "Freie Stadt", "Freie Städte", "f").darin, "in der Freien Stadt"),
        (Ebene("s", "Freie Stadt", "Freie Städte", "f").gesamtwert, "Gesamtwert"),
        (Ebene("v", "Altes Viertel", "Alte Viertel", "n").nominativ, "das Alte Viertel"),
        (Ebene("v", "Altes Viertel", "Alte Viertel", "n").einzahl_akkusativ, "Altes Viertel"),
        (Ebene("k", "Kiez am Wasser", "Kieze am Wasser", "m").darin, "im Kiez am Wasser"),
    ],
)
def test_the_word_is_bent(told: str, expected: str) -> None:
    assert told == expected


def test_words_that_are_known_need_not_be_told_in_full() -> None:
    found = levels.of_words("sr", {"einzahl": "Sozialraum", "mehrzahl": "Sozialräume", "geschlecht": "m"})
    assert (found.schluessel, found.kurz, found.kopf) == ("sr", "Räume", "Sozial|räume")
    own = levels.of_words("sr", {"einzahl": "Raum", "mehrzahl": "Räume", "geschlecht": "m", "kopf": "Räu|me"})
    assert (own.kurz, own.kopf, own.adjektiv) == ("Räume", "Räu|me", "")
    assert levels.of(["gemeinde", "quartier"], {}).stadt.durchschnitt == "Durchschnitt der Gemeinde"
