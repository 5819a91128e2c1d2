"""The gap between the Aktionsräume and the other areas, computed here from the areas' own counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.findings.types import runs_in_percent
from sozialbericht.subjects.gaps import Abstaende
from sozialbericht.writing.blocks import Block

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def pen(request: pytest.FixtureRequest) -> Abstaende:
    return Abstaende(request.param, request.param - 1, DATA)


def test_joint_values_are_sums_over_sums(pen: Abstaende) -> None:
    plan = pen.auswahl().raeume
    for gap in pen.abstaende():
        table, row = pen.daten(gap.indikator), pen.indikator(gap.indikator)
        inside = table.index.isin(plan)
        quotients = [table.loc[part, "zaehler"].sum() / table.loc[part, "nenner"].sum() for part in (inside, ~inside)]
        whole = table["zaehler"].sum() / table["nenner"].sum() if row["art"] == "index" else 1
        expected = [q / whole * row["faktor"] for q in quotients]
        assert [gap.plan.wert.number, gap.uebrige.wert.number] == pytest.approx(expected, rel=1e-9)
        assert min(expected) < gap.stadt.wert.number < max(expected)


def test_the_size_is_in_standard_deviations_and_orders_the_gaps(pen: Abstaende) -> None:
    gaps = pen.abstaende()
    assert len(gaps) >= 5
    assert [g.groesse for g in gaps] == sorted((g.groesse for g in gaps), reverse=True)
    for gap in gaps:
        spread = np.std(pen.daten(gap.indikator)["wert"].dropna())
        assert abs(gap.groesse) == pytest.approx(abs(gap.plan.wert.number - gap.uebrige.wert.number) / spread)
        worse = gap.plan.wert.number > gap.uebrige.wert.number
        assert (gap.groesse > 0) == (worse == (pen.indikator(gap.indikator)["richtung"] == "belastung"))


def test_no_gap_is_compared_across_a_break(pen: Abstaende) -> None:
    for gap in pen.abstaende():
        assert (gap.wandel is None) == (not pen.aenderung(gap.indikator).ok)
    if pen.jahr == 2005:
        assert {g.indikator: g.wandel for g in pen.abstaende()}["al_rate"] is None


def test_the_table_holds_every_gap(pen: Abstaende, shown: list[Block]) -> None:
    pen.tabelle_abstaende(id="tbl-probe", titel="Probe")
    assert all(
        f"| {gap.plan.zahl} | {gap.uebrige.zahl} | {gap.stadt.zahl} |" in shown[0].markdown for gap in pen.abstaende()
    )


def test_no_aktionsraeume_no_gaps(b: Bericht) -> None:
    assert b.abstaende() == []


def test_never_rounded_up_to_all_runs() -> None:
    assert [runs_in_percent(share) for share in (1.0, 0.999, 0.994, 0.5)] == ["100", "99", "99", "50"]
