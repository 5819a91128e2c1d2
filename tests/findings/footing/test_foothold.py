"""What an area can build on: every sentence holds by its figures, in its order; where nothing holds, one sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.stats.multitest import multipletests

from sozialbericht.bericht import Bericht
from sozialbericht.findings import dynamics, strengths
from sozialbericht.findings.footing import betterment, foothold, holding, surplus
from sozialbericht.findings.footing.foothold import Art
from sozialbericht.position import Position

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def pen(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(request.param, request.param - 1, DATA)


def areas(pen: Bericht) -> list[str]:
    return [str(area) for area in pen.raeume().index]


def test_the_sentences_follow_the_order_of_their_kinds_and_speak_of_each_thing_once(pen: Bericht) -> None:
    order = list(Art)
    for area in areas(pen):
        found = foothold.chancen(pen, area)
        kinds = [order.index(one.art) for one in found.liste]
        assert kinds == sorted(kinds) and len(found.liste) <= 3 and bool(found.keine) == (not found.liste)
        named = [one for one in found.liste if one.indikator]
        assert len({one.dimension for one in named}) == len(named)
        assert all(words.endswith(".") and ".." not in words for words in found.saetze)


def test_better_than_expected_is_so_by_figures_and_after_the_correction(pen: Bericht) -> None:
    told = surplus.erwartungen(pen)
    assert len(told) > 900 and any(one.besser for one in told)
    for one in told:
        upward = -dynamics.SIGNS[str(pen.indikator(one.indikator)["richtung"])]
        assert np.sign(one.vorteil) == np.sign(upward * one.differenz)
        if one.lage.differs:
            assert one.unten > 0 or one.oben < 0, "corrected is never easier than its own interval"
    sure = [one for one in told if one.lage.differs]
    assert {one.lage for one in told} == {Position.ABOVE, Position.BELOW, Position.WITHIN}
    assert len(sure) < sum(one.unten > 0 or one.oben < 0 for one in told)


def test_one_expectation_by_hand(pen: Bericht) -> None:
    """The SGB-II-Quote of every area from the other indicators of the burden, with another library and other words."""
    name, level = "sgb2_quote", pen.raeume().index
    kept = [one for one in dynamics.statusmerkmale(pen) if one not in (name, "svb_quote") and one != "normalgewicht"]
    assert strengths.same(pen, name, name) and not any(strengths.same(pen, name, one) for one in kept)
    by_area = {one.raum: one for one in surplus.erwartungen(pen) if one.indikator == name}
    scores = surplus._scores(pen)
    used = [one for one in scores.columns if one != name and not strengths.same(pen, name, one)]
    assert name not in used and set(kept) <= set(used)
    assert scores.mean().abs().max() < 1e-9 and scores.std(ddof=0).sub(1).abs().max() < 1e-9
    position, value = scores[used].mean(axis=1), pen.daten(name)["wert"]
    for area in level[:6]:
        rest = level.drop(area)
        fit = sm.OLS(value[rest], sm.add_constant(position[rest])).fit()
        assert by_area[area].erwartet == pytest.approx(float(fit.params.iloc[0] + fit.params.iloc[1] * position[area]))


def test_the_correction_is_one_over_all_areas_and_indicators(pen: Bericht) -> None:
    scores = surplus._scores(pen)
    made = {name: surplus._residual(pen, name, scores) for name in surplus.verglichen(pen)}
    p = np.concatenate([found.p for found in made.values() if found is not None])
    p = p[np.isfinite(p)]
    told = surplus.erwartungen(pen)
    assert len(told) == len(p)
    assert sum(one.lage.differs for one in told) == int(multipletests(p, alpha=0.05, method="fdr_bh")[0].sum())


def test_the_sentence_has_the_counted_the_expected_and_where_it_differs_the_city_s_value(pen: Bericht) -> None:
    seen = 0
    for area in areas(pen):
        for one in foothold.chancen(pen, area).liste:
            if one.erwartung is None:
                continue
            seen += 1
            found = one.erwartung
            assert found.besser and found.wert.zahl in one.satz and f"({found.erwartet_text})" in one.satz
            assert ("insgesamt (" in one.satz) == (found.wert.lage.differs and found.wert.zahl != found.stadt.zahl)
    assert seen > 20


def test_a_course_is_favourable_over_years_and_more_so_than_the_city_s() -> None:
    pen = Bericht(2007, 2006, DATA)
    districts = pen.raeume(pen.ebenen.mitte).index
    found = [one for area in districts for one in betterment.guenstige_verlaeufe(pen, str(area))]
    assert found, "in one district of 2007 vaccinations have risen more than in the city"
    for one in found:
        upward = -dynamics.SIGNS[str(pen.indikator(one.indikator)["richtung"])]
        days = (one.aenderung.neu.numerator_date - one.aenderung.alt.numerator_date).days
        assert one.aenderung.lage.sign == upward and days >= betterment.SPAN * 365
        gap = one.aenderung.neu.number - one.aenderung.alt.number
        of_city = one.stadt.neu.number - one.stadt.alt.number
        assert (gap - of_city) * upward > 0 and not one.aenderung.unten <= of_city <= one.aenderung.oben
        words = foothold._course(pen, one).satz
        assert f"{pen.stadtname} insgesamt von" in words and "gestiegen" in words


def test_no_course_crosses_a_break() -> None:
    """The unemployed are counted in another way from January 2005 on: three years later there is no course yet."""
    pen = Bericht(2006, 2005, DATA)
    assert betterment._first(pen, "al_rate", "sozialraum") is None
    assert betterment._first(pen, "masern", "sozialraum") is not None


def test_a_young_population_is_above_the_city_by_interval(pen: Bericht) -> None:
    seen = 0
    for area in areas(pen):
        for one in foothold.chancen(pen, area).liste:
            if one.art is Art.JUNG:
                seen += 1
                assert pen.wert("bev_u18", area).lage is Position.ABOVE and "Bevölkerung ist jung" in one.satz
    assert seen


def test_what_the_register_holds_stands_last_and_marked(pen: Bericht) -> None:
    there = {area: holding.bestand(pen, area) for area in areas(pen)}
    assert sum(map(len, there.values())) >= 8 and all(one.beispiel for many in there.values() for one in many)
    for area, many in there.items():
        last = foothold.chancen(pen, area).liste[-1:]
        assert bool(many) == bool(last and last[0].art is Art.BESTAND)
        assert all(f"Beispiel – {one.was}" in last[0].satz for one in many)


def test_a_register_without_kinds_has_measures_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("modell"))
    path = folder / "massnahmen.csv"
    rows = [line.split(";") for line in path.read_text(encoding="utf-8").splitlines()]
    kept = [";".join([row[0], *row[2:]]) for row in rows if row[1] != "Bestand"]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    pen = Bericht(2006, 2005, folder)
    assert len(pen.massnahmen()) == len(kept) - 1 and pen.massnahmen().bestand() == []


def test_the_four_that_stand_out_are_of_four_areas_and_of_different_indicators(pen: Bericht) -> None:
    found = foothold.aufbauend(pen, pen.auswahl().raeume, 4)
    assert len({one.raum for one in found}) == len({one.indikator for one in found}) == 4
    assert [one.vorteil for one in found] == sorted((one.vorteil for one in found), reverse=True)
    assert all(one.besser for one in found) and foothold.aufbauend(pen, []) == []


def test_where_nothing_can_be_told_one_sentence_says_so(b: Bericht, monkeypatch: pytest.MonkeyPatch) -> None:
    assert surplus.erwartungen(b) == [], "a city of few areas"
    found = foothold.chancen(b, "sr_hafen")
    assert found.liste == () and found.keine == "2006 ist kein Merkmal erkennbar günstiger als in der Stadt."
    pen = Bericht(2006, 2005, DATA)
    monkeypatch.setattr(foothold, "_candidates", lambda b, area: iter(()))
    monkeypatch.setattr(holding, "bestand", lambda b, area: [])
    told = foothold._chosen(pen, "sr_hafen", 3).keine
    assert told == (
        "2006 ist kein Merkmal erkennbar günstiger, als die Lage erwarten ließe, oder als in der Stadt, und das "
        "Register nennt nichts, was es hier schon gibt."
    )


def test_burdens_leave_out_what_a_chance_has_told(pen: Bericht) -> None:
    for area in pen.auswahl().raeume:
        named = foothold.chancen(pen, area).indikatoren
        for words in strengths.belastungen(pen, area, 3, ohne=named):
            assert not any(f"{pen.wert(name, area)}" in words and strengths.clause(
                pen, pen.wert(name, area), pen.wert(name), in_words=False)[0] in words for name in named)  # fmt: skip
