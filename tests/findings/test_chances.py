"""Chances: strengths first, then what is better than among like areas, then what has improved."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from sozialbericht.bericht import Bericht
from sozialbericht.findings import chances, strengths
from sozialbericht.position import Position
from sozialbericht.statistics.kind import Kind
from sozialbericht.statistics.value import Value

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def pen(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(request.param, request.param - 1, DATA)


def test_strengths_come_first_and_dimensions_once(pen: Bericht) -> None:
    areas = [str(a) for a in pen.raeume().index]
    for area in areas:
        told = chances.chancen(pen, area, 3, unter=areas[:8], gruppe="Gebieten der Probe")
        strong = strengths.staerken(pen, area, 3)
        assert told[: len(strong)] == strong
        assert len(told) <= 3 and len(set(told)) == len(told)
        assert all(words.startswith("Günstiger als ") and words.endswith(".") for words in told[len(strong) :])


def test_better_than_like_areas_is_better_by_more_than_chance(pen: Bericht) -> None:
    areas = [str(a) for a in pen.raeume().index][:10]
    found = 0
    for area in areas:
        others = [a for a in areas if a != area]
        for chance in chances._among(pen, area, others, "Gebieten der Probe"):
            found += 1
            own, joint = chance.abweichung.wert.wert, chances.zusammen(pen, chance.abweichung.indikator, others)
            assert joint is not None
            high_is_bad = pen.indikator(own.indicator)["richtung"] == "belastung"
            assert (own.number < joint.wert.number) == high_is_bad
            if pen.indikator(own.indicator)["art"] == "anteil":
                assert proportions_p(own, joint.wert) < 0.05
    assert found


def test_nothing_is_compared_across_a_break() -> None:
    """The unemployed are counted in another way from January 2005 on."""
    pen = Bericht(2005, 2004, DATA)
    for area in pen.raeume().index:
        assert all(c.abweichung.dimension != "Arbeitslosigkeit" for c in chances._improved(pen, str(area)))


def test_improved_values_moved_the_good_way(pen: Bericht) -> None:
    for area in pen.raeume().index:
        for chance in chances._improved(pen, str(area)):
            change = pen.aenderung(chance.abweichung.indikator, str(area))
            high_is_bad = pen.indikator(chance.abweichung.indikator)["richtung"] == "belastung"
            assert change.richtung == (-1 if high_is_bad else 1)


def proportions_p(*values: Value) -> float:
    """The two-sided probability of Wald's test of two proportions, not pooled, written out."""
    (a, n), (b, m) = [(v.numerator, v.denominator) for v in values]
    error = math.sqrt(a * (n - a) / n**3 + b * (m - b) / m**3)
    return float(2 * stats.norm.sf(abs(a / n - b / m) / error))


def test_joint_value_of_all_areas_is_the_city_s(pen: Bericht) -> None:
    areas = [str(a) for a in pen.raeume().index]
    for name in ("sgb2_quote", "svb_quote", "hze_rate", "ek_index", "svb_entw"):
        joint = chances.zusammen(pen, name, areas)
        assert joint is not None and joint.wert.number == pytest.approx(pen.wert(name).wert.number)
        whole = pen.anteil_an_stadt(name, areas)
        assert whole is not None and whole.wert.number == pytest.approx(100)


def test_a_joint_value_has_the_interval_of_an_area_with_its_sums(pen: Bericht) -> None:
    areas = [str(a) for a in pen.raeume().index][:6]
    for name in ("al_rate", "sgb2_quote", "hze_rate", "ek_index"):
        joint = chances.zusammen(pen, name, areas)
        assert joint is not None and joint.wert.position is Position.UNKNOWN
        table = pen.daten(name).loc[areas]
        clustering = (table["zaehler"] * table["haeufung"]).sum() / table["zaehler"].sum()
        assert joint.wert.clustering == pytest.approx(clustering)
        if name == "ek_index":
            assert joint.wert.interval is Kind.MEAN and math.isnan(joint.wert.lower)
        elif name != "hze_rate":
            counts = joint.wert.numerator / clustering, joint.wert.denominator / clustering
            expected = [100 * bound for bound in proportion_confint(*counts, method="wilson")]
            assert [joint.wert.lower, joint.wert.upper] == pytest.approx(expected, abs=1e-9)
        part = pen.anteil_an_stadt(name, areas)
        assert part is not None and part.wert.interval is (Kind.AMOUNT if name == "ek_index" else Kind.WILSON)


def test_the_small_city_has_chances_too(b: Bericht) -> None:
    for area in b.raeume().index:
        assert isinstance(chances.chancen(b, str(area), 3, unter=[str(a) for a in b.raeume().index]), list)
