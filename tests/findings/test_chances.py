"""Chances: strengths first, then what is better than among like areas, then what has improved."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from scipy import stats

from sozialbericht.bericht import Bericht
from sozialbericht.findings import chances, strengths
from sozialbericht.findings.chances import Chancen
from sozialbericht.statistics.value import Value

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def pen(request: pytest.FixtureRequest) -> Chancen:
    return Chancen(request.param, request.param - 1, DATA)


def test_strengths_come_first_and_dimensions_once(pen: Chancen) -> None:
    areas = [str(a) for a in pen.raeume().index]
    for area in areas:
        told = chances.chancen(pen, area, 3, unter=areas[:8], gruppe="Gebieten der Probe")
        strong = strengths.staerken(pen, area, 3)
        assert told[: len(strong)] == strong
        assert len(told) <= 3 and len(set(told)) == len(told)
        assert all(words.startswith("Günstiger als ") and words.endswith(".") for words in told[len(strong) :])


def test_better_than_like_areas_is_better_and_outside_the_interval(pen: Chancen) -> None:
    areas = [str(a) for a in pen.raeume().index][:10]
    found = 0
    for area in areas:
        others = [a for a in areas if a != area]
        for chance in pen._among(area, others, "Gebieten der Probe"):
            found += 1
            own, joint = chance.abweichung.wert.wert, chances.zusammen(pen, chance.abweichung.indikator, others)
            assert joint is not None
            high_is_bad = pen.indikator(own.indicator)["richtung"] == "belastung"
            assert (own.number < joint.wert.number) == high_is_bad
            if pen.indikator(own.indicator)["art"] == "anteil":
                assert not own.lower <= joint.wert.number <= own.upper
                assert proportions_p(own, joint.wert) < 0.05
    assert found


def test_nothing_is_compared_across_a_break() -> None:
    """The unemployed are counted in another way from January 2005 on."""
    pen = Chancen(2005, 2004, DATA)
    for area in pen.raeume().index:
        assert all(c.abweichung.dimension != "Arbeitslosigkeit" for c in pen._improved(str(area)))


def test_improved_values_moved_the_good_way(pen: Chancen) -> None:
    for area in pen.raeume().index:
        for chance in pen._improved(str(area)):
            change = pen.aenderung(chance.abweichung.indikator, str(area))
            high_is_bad = pen.indikator(chance.abweichung.indikator)["richtung"] == "belastung"
            assert change.richtung == (-1 if high_is_bad else 1)


def proportions_p(*values: Value) -> float:
    """The two-sided probability of Wald's test of two proportions, not pooled, written out."""
    (a, n), (b, m) = [(v.numerator, v.denominator) for v in values]
    error = math.sqrt(a * (n - a) / n**3 + b * (m - b) / m**3)
    return float(2 * stats.norm.sf(abs(a / n - b / m) / error))


def test_joint_value_of_all_areas_is_the_city_s(pen: Chancen) -> None:
    areas = [str(a) for a in pen.raeume().index]
    for name in ("sgb2_quote", "svb_quote", "hze_rate", "ek_index", "svb_entw"):
        joint = chances.zusammen(pen, name, areas)
        assert joint is not None and joint.wert.number == pytest.approx(pen.wert(name).wert.number)
        whole = pen.anteil_an_stadt(name, areas)
        assert whole is not None and whole.wert.number == pytest.approx(100)


def test_the_small_city_has_chances_too(b: Bericht) -> None:
    for area in b.raeume().index:
        assert isinstance(chances.chancen(b, str(area), 3, unter=[str(a) for a in b.raeume().index]), list)
