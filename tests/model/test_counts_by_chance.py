"""The demonstration data vary around what the generator expects as much as chance does, neither less nor more."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import chi2

from sozialbericht.data.sums import terms
from sozialbericht.model import generator
from sozialbericht.model.assumptions import load, rows
from sozialbericht.model.counts import Series
from sozialbericht.model.expectation import Expectations, added

DATA = Path(__file__).parents[2] / "data"
INDICATORS = {r["indikator"]: terms(r["zaehler"]) for r in rows(DATA / "indikatoren.csv")}
AMOUNTS = {r.feature for r in load(DATA).rates if r.method == "betrag"}
COUNTED = [name for name, features in INDICATORS.items() if not AMOUNTS & set(features)]
FEATURES = [r["merkmal"] for r in rows(DATA / "merkmale.csv") if r["merkmal"] not in AMOUNTS]


@lru_cache(maxsize=1)
def made() -> tuple[dict[str, Series], Expectations]:
    """The shipped data and what the generator expected, from one run."""
    return generator.drawn(load(DATA))


@lru_cache(maxsize=1)
def sums() -> dict[str, tuple[str, ...]]:
    """The features that are sums of others."""
    return {r.feature: r.terms for r in load(DATA).rates if r.method == "summe"}


def parts(feature: str) -> list[str]:
    """The drawn features that a feature is the sum of."""
    return [part for term in sums()[feature] for part in parts(term)] if feature in sums() else [feature]


def statistics(features: list[str]) -> dict[date, tuple[float, int]]:
    """Σ (x − n p)² / n p (1 − p) over the areas whose value is not given, and its degrees of freedom, by day.

    A total that is met takes one degree. Days of a stock depend on one another, so each stands for itself.
    """
    counts, expected = made()
    drawn = [part for feature in features for part in parts(feature)]
    found = {}
    for day in sorted(set.intersection(*(set(expected[part]) for part in drawn))):
        mean, variance, free, tied = added(expected[part][day] for part in drawn)
        here = free & (variance > 0)
        counted = np.sum([counts[part][day] for part in drawn], axis=0)
        value = float(((counted - mean)[here] ** 2 / variance[here]).sum())
        found[day] = (value, int(here.sum()) - tied)
    return found


@pytest.mark.parametrize("indicator", COUNTED)
def test_counts_of_an_indicator_vary_as_by_chance(indicator: str) -> None:
    ratios = [value / df for value, df in statistics(INDICATORS[indicator]).values()]
    assert 0.85 <= float(np.mean(ratios)) <= 1.15


@pytest.mark.parametrize("feature", FEATURES)
def test_no_feature_is_improbable_on_a_day(feature: str) -> None:
    for day, (value, df) in statistics([feature]).items():
        assert chi2.sf(value, df) > 0.001, day
        assert chi2.cdf(value, df) > 0.001, day


def test_a_stock_keeps_its_deviations_and_a_cohort_does_not() -> None:
    counts, expected = made()

    def deviations(feature: str, day: date) -> np.ndarray:
        hoped = expected[feature][day]
        return (counts[feature][day] - hoped.mean) / np.sqrt(hoped.mean * (1 - hoped.share))

    def kept(feature: str, one: tuple[int, int], other: tuple[int, int], gap: int) -> float:
        pairs = [(date(y, *one), date(y + gap, *other)) for y in range(2000, 2008 - gap)]
        free = [expected[feature][a].free & expected[feature][b].free for a, b in pairs]
        both = [(deviations(feature, a)[f], deviations(feature, b)[f]) for (a, b), f in zip(pairs, free, strict=True)]
        return float(np.mean([np.corrcoef(a, b)[0, 1] for a, b in both]))

    # (1 − turnover)^months: unemployed 0.94³ = 0.83 and 0.94¹² = 0.48, residents 0.992¹² = 0.91
    assert kept("al", (9, 30), (12, 31), 0) == pytest.approx(0.83, abs=0.06)
    assert kept("al", (12, 31), (12, 31), 1) == pytest.approx(0.48, abs=0.12)
    assert kept("bev", (12, 31), (12, 31), 1) == pytest.approx(0.91, abs=0.06)
    for feature in ("geburten", "gewicht_normal", "anm_gymnasium"):
        month = (12, 31) if feature == "geburten" else (8, 1)
        assert abs(kept(feature, month, month, 1)) < 0.2, feature


def test_accounts_balance_to_the_person_in_each_year_and_area() -> None:
    stored: dict[tuple[str, str, int], int] = {}
    for year in range(2000, 2008):
        for row in rows(DATA / "werte" / f"{year}.csv"):
            if row["stichtag"] == f"31.12.{year}" and row["wert"].isdigit():
                stored[row["raum_id"], row["merkmal"], year] = int(row["wert"])
    for area in load(DATA).areas:
        for year in range(2001, 2008):
            born, died, came, left, corrected, now, before = (
                stored[area.id, feature, when]
                for feature, when in [
                    ("geburten", year), ("sterbefaelle", year), ("zuzuege", year), ("fortzuege", year),
                    ("korrekturen", year), ("bev", year), ("bev", year - 1),
                ]
            )  # fmt: skip
            assert born - died + came - left - corrected == now - before, (area.id, year)


def test_the_two_outer_classes_of_income_differ() -> None:
    counts, _ = made()
    (day,) = counts["stpfl_u10"]
    outer = {int(counts[feature][day].sum()) for feature in ("stpfl_u10", "stpfl_10_20", "stpfl_50plus")}
    assert len(outer) == 3
