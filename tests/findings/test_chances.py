"""Several areas together: sums of counts, their interval, their share of the city."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from statsmodels.stats.proportion import proportion_confint

from sozialbericht.bericht import Bericht
from sozialbericht.findings import chances
from sozialbericht.position import Position
from sozialbericht.statistics.kind import Kind

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def pen(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(request.param, request.param - 1, DATA)


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
