"""The summary: which areas, how sure, what sets them apart, what counts as change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.writing.blocks import MEDIA_TYPE, Block

DATA = Path(__file__).parents[2] / "data"
STADT = Path(__file__).parents[1] / "stadt"


@pytest.fixture(scope="module")
def report() -> Bericht:
    return Bericht(2006, 2005, STADT)


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def pen(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(request.param, request.param - 1, DATA)


def markdown(block: Block) -> str:
    return str(block._repr_mimebundle_()[MEDIA_TYPE]["markdown"])


def test_first_indicator_of_each_dimension_is_its_main_one(report: Bericht) -> None:
    catalogue = report.indikatoren()
    main = report.kurzfassung().hauptindikatoren()
    assert list(catalogue.loc[main, "dimension"]) == list(dict.fromkeys(catalogue["dimension"]))
    assert all(catalogue.at[i, "richtung"] != "neutral" for i in report.kurzfassung().hauptindikatoren(gewertet=True))


def test_the_decision_names_every_area_with_its_certainty(pen: Bericht, shown: list[Block]) -> None:
    pen.kurzfassung().entscheidung({"Aktionsräume": str(len(pen.auswahl().raeume))})
    told = markdown(shown[0])
    for area in pen.auswahl().raeume:
        name, share = pen.name(area), pen.auswahl().anteil[area]
        assert f"{name} ({100 if share == 1 else min(round(share * 100), 99)})" in told
    other = set(pen.raeume().index) - set(pen.auswahl().raeume)
    unsure = [a for a in other if pen.auswahl().anteil[a] > 0.055]
    assert sorted(unsure) == sorted(pen.auswahl().weitere)
    assert not any(re.search(rf"{re.escape(pen.name(str(a)))} \(", told) for a in other if a not in unsure)


@pytest.mark.parametrize(("year", "new"), [(2006, []), (2007, ["Bövinghausen/Westrich"])])
def test_the_decision_says_who_is_new(year: int, new: list[str], shown: list[Block]) -> None:
    pen = Bericht(year, year - 1, DATA)
    pen.kurzfassung().entscheidung({})
    change = pen.auswahlwechsel()
    assert [change.dazu, change.heraus, change.unbekannt, change.grund] == [new, [], [], ""]
    told = f"Hinzugekommen ist {new[0]}." if new else "Hinzugekommen ist keiner."
    assert f"{told} Weggefallen ist keiner." in markdown(shown[0])


def test_without_a_typology_there_is_no_decision(report: Bericht, shown: list[Block]) -> None:
    report.kurzfassung().entscheidung({})
    assert shown == [] and report.auswahl().raeume == []
    assert report.auswahlwechsel().satz().startswith("Nicht vergleichbar.")


def test_a_gap_is_told_with_both_values_and_the_city(pen: Bericht, shown: list[Block]) -> None:
    for number, gap in enumerate(pen.abstaende()[:5]):
        pen.kurzfassung().abstandsbefund(gap, number)
        told = markdown(shown[-1])
        assert all(str(value) in told for value in (gap.uebrige, gap.stadt, gap.betrag))
        assert f'wert="{gap.plan.zahl}"' in told
        assert ("ist der Abstand" in told) == (gap.wandel is not None)


def test_a_change_is_more_than_chance_and_crosses_no_break(report: Bericht, pen: Bericht) -> None:
    for b in (report, pen):
        for change in b.kurzfassung().veraenderungen(99):
            new, old = change.neu.wert, change.alt.wert
            assert new.segment == old.segment
            assert change.aenderung.lage.sign == (1 if new.number > old.number else -1)
            assert not change.aenderung.unten <= 0 <= change.aenderung.oben


def test_finding_carries_value_text_and_picture(report: Bericht, shown: list[Block]) -> None:
    indicator = report.kurzfassung().hauptindikatoren()[0]
    report.kurzfassung().befund(indicator, "Kopf {r.raum}", "Text mit {r}.", r=report.wert(indicator))
    assert "Kopf Musterstadt" in markdown(shown[0]) and report.wert(indicator).zahl in markdown(shown[0])
    assert len(shown[0].pictures) == 1
