"""The gap between the Aktionsräume and the other areas, computed here from the areas' own counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.findings.types import runs_in_percent
from sozialbericht.numbers import number, rounded
from sozialbericht.writing.blocks import Block

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def pen(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(request.param, request.param - 1, DATA)


def test_joint_values_are_sums_over_sums(pen: Bericht) -> None:
    plan = pen.auswahl().raeume
    for gap in pen.abstaende():
        table, row = pen.daten(gap.indikator), pen.indikator(gap.indikator)
        inside = table.index.isin(plan)
        quotients = [table.loc[part, "zaehler"].sum() / table.loc[part, "nenner"].sum() for part in (inside, ~inside)]
        whole = table["zaehler"].sum() / table["nenner"].sum() if row["art"] == "index" else 1
        expected = [q / whole * row["faktor"] for q in quotients]
        assert [gap.plan.wert.number, gap.uebrige.wert.number] == pytest.approx(expected, rel=1e-9)
        assert min(expected) < gap.stadt.wert.number < max(expected)


def test_the_size_is_in_standard_deviations_and_orders_the_gaps(pen: Bericht) -> None:
    gaps = pen.abstaende()
    assert len(gaps) >= 5
    assert [g.groesse for g in gaps] == sorted((g.groesse for g in gaps), reverse=True)
    for gap in gaps:
        spread = np.std(pen.daten(gap.indikator)["wert"].dropna())
        assert abs(gap.groesse) == pytest.approx(abs(gap.plan.wert.number - gap.uebrige.wert.number) / spread)
        worse = gap.plan.wert.number > gap.uebrige.wert.number
        assert (gap.groesse > 0) == (worse == (pen.indikator(gap.indikator)["richtung"] == "belastung"))


def test_gaps_and_their_changes_come_from_unrounded_values_with_their_interval(pen: Bericht) -> None:
    plan = pen.auswahl().raeume
    for gap in pen.abstaende():
        parts, row = [], pen.indikator(gap.indikator)
        for year in (pen.jahr, pen.vergleichsjahr):
            table = pen.daten(gap.indikator, jahr=year)
            inside = table.index.isin(plan)
            parts += [table.loc[part, ["zaehler", "nenner"]].sum() for part in (inside, ~inside)]
        assert gap.differenz == gap.plan.wert.number - gap.uebrige.wert.number
        assert gap.betrag.startswith(number(abs(gap.differenz), gap.plan.wert.decimals))
        low, high = gap.bereich
        if row["art"] == "index" or row["art"] == "verhaeltnis":
            assert np.isnan([low, high]).all() and gap.lage == gap.wandel_lage == "kein Intervall"
            continue
        assert low < gap.differenz < high and gap.lage.differs == (not low <= 0 <= high)
        assert gap.plan.wert.lower < gap.plan.wert.number < gap.plan.wert.upper
        if gap.wandel is not None:
            rates = [part["zaehler"] / part["nenner"] * row["faktor"] for part in parts]
            grown = abs(rates[0] - rates[1]) - abs(rates[2] - rates[3])
            assert gap.wandel.differenz == pytest.approx(rounded(grown, gap.plan.wert.decimals))
            assert gap.wandel_lage.sign in (0, np.sign(grown))


@pytest.mark.parametrize(
    ("year", "name", "gap", "change"),
    [(2006, "sgb2_quote", "18,8", 0.9), (2006, "al_rate", "9,5", -0.6), (2006, "wfl_ew", "5,7", 0.1),
     (2007, "al_rate", "8,2", -1.0), (2007, "svb_quote", "6,8", 0.4)],
)  # fmt: skip
def test_figures_that_printed_values_would_get_wrong(year: int, name: str, gap: str, change: float) -> None:
    found = {g.indikator: g for g in Bericht(year, year - 1, DATA).abstaende()}[name]
    assert found.betrag.split("\u00a0")[0] == gap and found.wandel is not None
    assert found.wandel.differenz == pytest.approx(change)


def test_no_gap_is_compared_across_a_break(pen: Bericht) -> None:
    for gap in pen.abstaende():
        assert (gap.wandel is None) == (not pen.aenderung(gap.indikator).ok)
    if pen.jahr == 2005:
        assert {g.indikator: g.wandel for g in pen.abstaende()}["al_rate"] is None


def test_the_table_holds_every_gap(pen: Bericht, shown: list[Block]) -> None:
    pen.tabelle_abstaende(id="tbl-probe", titel="Probe")
    assert all(
        f"| {gap.plan.zahl} | {gap.uebrige.zahl} | {gap.stadt.zahl} |" in shown[0].markdown for gap in pen.abstaende()
    )


def test_no_aktionsraeume_no_gaps(b: Bericht) -> None:
    assert b.abstaende() == []


def test_never_rounded_up_to_all_runs() -> None:
    assert [runs_in_percent(share) for share in (1.0, 0.999, 0.994, 0.5)] == ["100", "99", "99", "50"]
