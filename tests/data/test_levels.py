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
