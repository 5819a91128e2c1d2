"""Every value of the demonstration data of 2005 to 2007: its interval, or why there is none; no rule beside the one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest
from statsmodels.stats.rates import confint_poisson

from sozialbericht.bericht import Bericht
from sozialbericht.findings import ranges, strengths
from sozialbericht.position import Position
from sozialbericht.statistics.kind import Kind
from sozialbericht.statistics.value import Value
from sozialbericht.wording import intervalwords

DATA = Path(__file__).parents[3] / "data"
LEVELS = ("stadt", "stadtbezirk", "sozialraum")


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def pen(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(request.param, request.param - 1, DATA)


def values(pen: Bericht) -> list[tuple[str, Value]]:
    """Every value of the report's year, with the kind of its indicator."""
    areas = [str(area) for level in LEVELS for area in pen.raeume(level).index]
    catalogue = pen.indikatoren()
    return [(str(row["art"]), pen.wert(str(name), area).wert) for name, row in catalogue.iterrows() for area in areas]


def test_every_share_rate_and_change_has_its_interval_or_a_reason(pen: Bericht) -> None:
    seen = set()
    for art, value in values(pen):
        seen.add((art, value.interval))
        if value.interval.bounded:
            assert value.lower <= value.number + 1e-9 and value.number - 1e-9 <= value.upper
            assert value.position is not Position.UNKNOWN and intervalwords.reason(value.interval) == ""
        else:
            assert np.isnan(value.lower) and np.isnan(value.upper) and value.position is Position.UNKNOWN
            assert intervalwords.reason(value.interval).startswith("kein Intervall (")
        assert (value.interval is Kind.NO_VALUE) == (not value.shown)
        if value.shown and art in ("anteil", "rate"):
            assert value.interval.bounded, value
    assert {kind for art, kind in seen if art == "mittel"} <= {Kind.MEAN, Kind.NO_VALUE}
    assert {kind for art, kind in seen if art == "veraenderung"} <= {Kind.RATIO, Kind.AMOUNT, Kind.NO_VALUE}
    assert {Kind.WILSON, Kind.BYAR, Kind.EXACT, Kind.RATIO, Kind.MEAN, Kind.AMOUNT} <= {kind for _, kind in seen}


def test_bounds_are_those_of_statsmodels(pen: Bericht) -> None:
    """Shares, and rates of few cases, from the printed counts and the stated clustering."""
    for _, value in values(pen):
        count, total, m = value.numerator, value.denominator, value.clustering
        if value.interval is Kind.WILSON:
            expected = proportion_confint(count / m, total / m, alpha=0.05, method="wilson")
        elif value.interval is Kind.EXACT:
            expected = confint_poisson(count / m, total / m, method="exact-c", alpha=0.05)
        else:
            continue
        bounds = np.array([value.lower, value.upper]) / value.factor
        assert bounds == pytest.approx(np.nan_to_num(expected), abs=1e-9), value


def test_clustering_is_people_per_unit_of_the_nearest_day(pen: Bericht) -> None:
    for name, people, units, day in (
        ("sgb2_quote", "sgb2", "bg", f"{pen.jahr}-09-30"),
        ("mindestsicherung", "sgb2", "bg", f"{pen.jahr}-12-31"),
        ("sgb2_kinder", "bev_u18", "hh_kind", f"{pen.jahr}-12-31"),
        ("bev_mh", "bev", "hh", f"{pen.jahr}-12-31"),
    ):
        for area, row in pen.daten(name).iterrows():
            if pd.notna(row["wert"]):
                counts = [pen.merkmal(f, str(area), day)["wert"].iloc[0] for f in (people, units)]
                assert row["haeufung"] == pytest.approx(counts[0] / counts[1])
                assert 1 < row["haeufung"] < 2.5


def test_positions_of_shares_are_corrected_score_tests(pen: Bericht) -> None:
    shares = pen.indikatoren().query("art == 'anteil'").index
    for name in shares:
        city = pen.wert(str(name)).wert.number / 100
        for level in LEVELS[1:]:
            table = pen.daten(str(name), level)
            table = table[table["wert"].notna()]
            if table.empty:
                continue
            counts = table[["zaehler", "nenner"]].div(table["haeufung"], axis=0).to_numpy()
            p = [proportions_ztest(x, n, city, prop_var=city)[1] for x, n in counts]
            corrected = multipletests(p, method="fdr_bh")[1] <= 0.05
            expected = np.where(corrected, np.where(table["wert"] / 100 > city, "über", "unter"), "im Bereich")
            assert table["lage"].tolist() == expected.tolist(), (name, level)


def test_no_other_rule_tells_a_difference(pen: Bericht) -> None:
    """Sentences on areas, counts of areas, strengths and burdens all say what the position says."""
    for name in pen.indikatoren().index:
        for level in LEVELS[1:]:
            table, found = pen.daten(str(name), level), pen.lage_zur_stadt(str(name), level)
            told = table.loc[table["wert"].notna(), "lage"].value_counts()
            expected = [int(told.get(word, 0)) for word in ("über", "unter", "im Bereich", "kein Intervall")]
            assert [found.darueber, found.darunter, found.gleich, found.ohne] == expected
    for area in pen.raeume().index:
        told = {d.indikator: d.wert.wert.position.sign for d in strengths.abweichungen(pen, str(area))}
        judged = pen.indikatoren().query("richtung != 'neutral'").index
        expected = {str(i): pen.wert(str(i), str(area)).wert.position.sign for i in judged}
        assert told == {name: sign for name, sign in expected.items() if sign}


def test_changes_are_those_of_unrounded_values_with_newcombe_s_interval(pen: Bericht) -> None:
    shares = pen.indikatoren().query("art == 'anteil'").index
    compared = 0
    for name in shares:
        new, old = pen.daten(str(name)), pen.daten(str(name), jahr=pen.jahr - 1)
        for area, row in pen.aenderungen(str(name)).iterrows():
            one, other = new.loc[area], old.loc[area]
            if np.isnan(row["differenz"]):
                assert row["lage"] == "kein Intervall" and not pen.aenderung(str(name), str(area)).ok
                continue
            compared += 1
            assert row["differenz"] == pytest.approx(one["wert"] - other["wert"], abs=1e-12)
            parts = [t[c] / t["haeufung"] for t in (one, other) for c in ("zaehler", "nenner")]
            expected = confint_proportions_2indep(*parts, method="newcomb", compare="diff", alpha=0.05)
            assert (row["unten"], row["oben"]) == pytest.approx([100 * bound for bound in expected], abs=1e-7)
    assert compared > 500


def test_a_change_has_an_interval_or_cannot_be_compared(pen: Bericht) -> None:
    for name, row in pen.indikatoren().iterrows():
        for level in LEVELS:
            table = pen.aenderungen(str(name), level)
            known = table["differenz"].notna() & (row["art"] in ("anteil", "rate"))
            assert table.loc[known, ["unten", "oben"]].notna().all(axis=None), name
            assert (table["lage"].eq("kein Intervall") == table["unten"].isna()).all(), name
            assert (table["differenz"].isna() <= table["unten"].isna()).all(), name
            told = table[table["lage"].isin(["über", "unter"])]
            assert ((told["unten"] > 0) == (told["lage"] == "über")).all()
            assert ((told["oben"] < 0) == (told["lage"] == "unter")).all()


def test_ranks_lie_in_their_range(pen: Bericht) -> None:
    for name in pen.indikatoren().index:
        table = ranges.rangspannen(pen, str(name))
        ranged = table[table["bis"] > 0]
        assert ((ranged["von"] <= ranged["rang"]) & (ranged["rang"] <= ranged["bis"])).all()
        bounded = pen.daten(str(name))["unten"].notna()
        assert (bounded == (table["bis"] > 0)).all()
        shown = pen.daten(str(name))["wert"].notna()
        assert (shown == (table["rang"] > 0)).all()


def test_trends_need_five_values_since_the_last_break(pen: Bericht) -> None:
    for name in pen.indikatoren().index:
        found, series = ranges.verlaeufe(pen, str(name)), pen.reihe(str(name), "sozialraum")
        series = series[series["stand_zaehler"].notna()]
        usable = series[series["segment"] == series["segment"].max()].dropna(subset="wert").groupby("raum_id").size()
        for area, position in found.items():
            assert (position is Position.UNKNOWN) == (usable.get(area, 0) < 5), (name, area)
    assert set(ranges.verlaeufe(pen, "al_rate")) == {Position.UNKNOWN}, "the unemployed are counted anew from 2005 on"
    assert ranges.verlaeufe(pen, "bev_65plus", "stadt").iloc[0] is Position.ABOVE
