"""Extremes: a highest value that others share within chance is told of all of them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from sozialbericht.bericht import Bericht
from sozialbericht.findings.extremes import NAMED, Spitze
from sozialbericht.position import Position
from sozialbericht.wording.values import NotSayable

DATA = "data"


@pytest.fixture(scope="module")
def b() -> Bericht:
    return Bericht(2006, 2005, DATA)


@pytest.mark.parametrize("level", ["stadtbezirk", "sozialraum"])
@pytest.mark.parametrize("indicator", ["al_rate", "normalgewicht", "ueb_gymnasium", "bev_65plus", "sprache"])
def test_whoever_is_clearly_below_is_not_named(b: Bericht, indicator: str, level: str) -> None:
    """Against Newcombe's interval of statsmodels: an area that the interval does not tell from the first is named."""
    high, low = b.spitze(indicator, level)
    table = b.daten(indicator, level).dropna(subset=["wert"])
    for end, first in ((high, table["wert"].idxmax()), (low, table["wert"].idxmin())):
        assert end.erster.wert.area == first
        named = {value.wert.area for value in end.werte}
        top = table.loc[first]
        for area, row in table.iterrows():
            if area == first:
                continue
            lower, upper = confint_proportions_2indep(
                top["zaehler"] / top["haeufung"], top["nenner"] / top["haeufung"],
                row["zaehler"] / row["haeufung"], row["nenner"] / row["haeufung"], method="newcomb", compare="diff",
            )  # fmt: skip
            if lower <= 0 <= upper:
                assert area in named, "the correction only makes the rule stricter"
            if abs(row["wert"] - top["wert"]) > 4 * (upper - lower) * 100:
                assert area not in named


def test_without_intervals_as_printed_decides(b: Bericht) -> None:
    high, low = b.spitze("wfl_ew")
    assert all(value.lage == Position.UNKNOWN for value in (*high.werte, *low.werte))
    for end in (high, low):
        assert {value.zahl for value in end.werte} == {end.erster.zahl}


def test_its_words(b: Bericht) -> None:
    districts = b.hoechste("al_rate", 12, "stadtbezirk")
    level = b.ebenen.mitte
    one, two, many = (Spitze(tuple(districts[:n]), level) for n in (1, 2, NAMED + 2))
    first, second = districts[0], districts[1]
    assert one.wo == f"im Stadtbezirk {first.raum}"
    assert str(one) == f"im Stadtbezirk {first.raum} ({first})"
    assert two.wo == f"in den Stadtbezirken {first.raum} und {second.raum}"
    assert str(two) == f"in den Stadtbezirken {first.raum} ({first}) und {second.raum} ({second})"
    assert many.wo == f"im Stadtbezirk {first.raum} (davon unterscheiden sich fünf weitere nicht erkennbar)"
    assert str(many) == f"im Stadtbezirk {first.raum} ({first}; davon unterscheiden sich fünf weitere nicht erkennbar)"
    assert [end.eindeutig for end in (one, two)] == [True, False]


def test_without_a_published_value_there_is_no_sentence(b: Bericht) -> None:
    none = Spitze((), b.ebenen.unten)
    with pytest.raises(NotSayable):
        str(none)
    assert b.satz("Am höchsten {h}.", sonst="", h=none) == ""


def test_two_indicators_of_the_same_areas(b: Bericht) -> None:
    found = b.vergleichslage("svb_quote_w", "svb_quote_m", "stadtbezirk")
    women, men = (b.daten(name, "stadtbezirk") for name in ("svb_quote_w", "svb_quote_m"))
    assert found.darueber + found.darunter + found.gleich + found.ohne == 12
    assert found.darunter <= int((women["wert"] < men["wert"]).sum())
    assert b.vergleichslage("svb_quote_m", "svb_quote_w", "stadtbezirk").darueber == found.darunter
    assert b.vergleichslage("svb_quote_w", "svb_quote_w", "stadtbezirk").gleich == 12
    assert not np.isnan(women["wert"]).any()
    assert list(itertools.chain(women.index)) == list(men.index)
