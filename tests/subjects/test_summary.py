"""The summary: which areas, how sure, what sets them apart, what counts as change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.subjects.brief import rightpage
from sozialbericht.subjects.brief.leftpage import joint_by_year
from sozialbericht.subjects.gaps import abstand
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


def test_the_decision_names_every_area_with_its_certainty_and_page(pen: Bericht, shown: list[Block]) -> None:
    pen.kurzfassung().entscheidung()
    told, chosen = markdown(shown[0]), pen.auswahl()
    rows = dict(re.findall(r"\[[^\]]+\]\{raum=([\w-]+)\} \| (\d+) \| \[\w+\]\{seite=[\w-]+\} \|", told))
    assert list(rows) == [*chosen.raeume, *chosen.weitere]
    for area, runs in rows.items():
        share = float(chosen.anteil[area])
        assert int(runs) == (100 if share == 1 else min(round(share * 100), 99))
    assert all(f"seite=sec-aktionsraum-{area.replace('_', '-')}" in told for area in chosen.raeume)
    others = set(pen.raeume().index) - set(chosen.raeume)
    assert sorted(a for a in others if chosen.anteil[a] > 0.055) == sorted(chosen.weitere)


@pytest.mark.parametrize(("year", "new"), [(2006, []), (2007, ["Bövinghausen/Westrich"])])
def test_the_outlook_says_who_is_new(year: int, new: list[str], shown: list[Block]) -> None:
    pen = Bericht(year, year - 1, DATA)
    pen.kurzfassung().ausblick()
    change = pen.auswahlwechsel()
    assert [change.dazu, change.heraus, change.unbekannt, change.grund] == [new, [], [], ""]
    told = "Die Aktionsräume sind dieselben geblieben."
    if new:
        told = f"Neu unter den Aktionsräumen ist {new[0]}. Weggefallen ist keiner."
    assert told in markdown(shown[0])


def test_without_a_typology_there_is_no_decision(report: Bericht, shown: list[Block]) -> None:
    report.kurzfassung().entscheidung()
    assert shown == [] and report.auswahl().raeume == []
    assert report.auswahlwechsel().satz().startswith("Die Aktionsräume lassen sich nicht vergleichen.")


def test_a_summary_without_decision_is_written(report: Bericht, shown: list[Block]) -> None:
    k = report.kurzfassung()
    for part in (k.wegweiser, k.kennzahlen, k.kinder, k.befunde, k.entscheidung, k.ausblick, k.seiten):
        part()
    told = " ".join(map(markdown, shown))
    assert "Aktionsräume" not in told and "seite=sec-verzeichnis" in told


def test_four_key_figures_with_sign_and_word(pen: Bericht, shown: list[Block]) -> None:
    pen.kurzfassung().kennzahlen()
    told = markdown(shown[0])
    assert told.count("{.kennzahl ") == 4
    changes = re.findall(r"einheit=\"[^\"]*\"\}\n(.*?)\n:::", told)
    word = r"(▲|▼) .*gegenüber|≈ nicht erkennbar verändert|nicht vergleichbar|kein Wert|kein neuerer Stand|liegt noch"
    assert len(changes) == 4 and all(re.search(word, change) for change in changes)
    assert ("≈" in told) == (len(shown) == 2), "the reading aid stands where it is needed"


def test_squares_are_the_rounded_share_and_the_words_the_exact_one(pen: Bericht, shown: list[Block]) -> None:
    pen.kurzfassung().kinder()
    city, gap = pen.wert("sgb2_kinder"), abstand(pen, "sgb2_kinder")
    if not shown:
        assert not city.ok
        return
    told = " ".join(map(markdown, shown))
    assert f"{round(city.wert.number)} von 100 Kindern" in told and str(city) in told
    if gap:
        picture = shown[-1].pictures["kurz-kinder.svg"]
        assert all(f">{round(w.wert.number)}<" in picture for w in (gap.plan, gap.uebrige))
        assert ("höher als" in told) == (gap.lage.differs and gap.differenz > 0)


def test_the_course_is_that_of_the_joint_values(pen: Bericht) -> None:
    plan = pen.auswahl().raeume
    lines, gap = joint_by_year(pen, "al_rate", plan), abstand(pen, "al_rate")
    assert lines is not None and gap is not None
    last = lines.iloc[:, -1]
    assert list(last) == pytest.approx([w.wert.number for w in (gap.plan, gap.stadt, gap.uebrige)])
    first = pen.reihe("al_rate", "sozialraum")
    own = first[(first["jahr"] == 2000) & first["raum_id"].isin(plan)]
    assert lines[2000].iloc[0] == pytest.approx(own["zaehler"].sum() / own["nenner"].sum() * 100)


def test_changes_are_more_than_chance_and_cross_no_break(report: Bericht, pen: Bericht) -> None:
    for b in (report, pen):
        for indicator, areas in rightpage.moved(b, b.kurzfassung().hauptindikatoren(), 99).items():
            assert 0 < len(areas) <= rightpage.CHANGES
            for area in areas:
                change = b.aenderung(indicator, area)
                assert change.neu.segment == change.alt.segment and change.lage.differs
                assert not change.unten <= 0 <= change.oben


def test_what_to_build_on_is_better_than_expected(pen: Bericht, shown: list[Block]) -> None:
    found = rightpage.footings(pen)
    for block in found:
        picture = block.pictures["kurz-aufbauen.svg"]
        assert "statt" in picture and "0: wie zu erwarten" in picture
