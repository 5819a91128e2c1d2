"""Changes over two years: breaks, Stände, chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sozialbericht.statistics.changes import BREAK, NO_VALUE, OTHER_SPAN, UNCHANGED, chance_share, over_years

AREAS = [f"r{i:02}" for i in range(20)]


def long(
    indicator: str, stands: dict[int, str], values: dict[int, list[float]], segments: dict[int, int] | None = None
) -> pd.DataFrame:
    """A long table of one indicator: report year → Stand, values by area, segment."""
    parts = []
    for year, stand in stands.items():
        numbers = values[year]
        parts.append(
            pd.DataFrame(
                {
                    "raum_id": AREAS[: len(numbers)], "ebene": "sozialraum", "indikator": indicator, "jahr": year,
                    "wert": numbers, "zaehler": [v * 10 for v in numbers], "nenner": 1000.0,
                    "stand_zaehler": pd.Timestamp(stand), "segment": (segments or {}).get(year, 0),
                }
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def test_change_is_value_minus_value_two_years_before() -> None:
    table = long("a", {2005: "2005-09-30", 2007: "2007-09-30"}, {2005: [10, 20], 2007: [12, 15]})
    found = over_years(table, 2007, "sozialraum", 2)
    assert found.table["a"].to_dict() == {"r00": 2, "r01": -5}
    assert found.missing == {}


@pytest.mark.parametrize(
    ("before", "segments", "reason"),
    [
        ("2005-09-30", {2005: 0, 2007: 1}, BREAK),
        ("NaT", {}, NO_VALUE),
        ("2007-09-30", {}, UNCHANGED),
        ("2004-09-30", {}, OTHER_SPAN),
    ],
)
def test_why_there_is_no_change(before: str, segments: dict[int, int], reason: str) -> None:
    table = long("a", {2005: before, 2007: "2007-09-30"}, {2005: [10, 20], 2007: [12, 15]}, segments)
    found = over_years(table, 2007, "sozialraum", 2)
    assert found.missing == {"a": reason}
    assert list(found.table.columns) == []
    assert found.preventing == ({} if reason == UNCHANGED else {"a": reason})


def test_stand_without_a_value_is_no_value() -> None:
    table = long("a", {2005: "2005-09-30", 2007: "2007-09-30"}, {2005: [np.nan, np.nan], 2007: [12, 15]})
    assert over_years(table, 2007, "sozialraum", 2).missing == {"a": NO_VALUE}


def test_chance_alone_is_found_and_a_real_difference_too() -> None:
    chance = np.random.default_rng(3)
    catalogue = pd.DataFrame({"art": ["anteil", "rate", "index"], "faktor": [100, 100, 100]}, index=list("abc"))
    drawn = {year: list(chance.binomial(1000, 0.3, 20) / 10) for year in (2005, 2007)}
    stands = {2005: "2005-09-30", 2007: "2007-09-30"}
    by_chance = long("a", stands, drawn)
    assert chance_share(by_chance, 2007, catalogue, "sozialraum", 2)["a"] > 0.5
    real = long("a", stands, {2005: [30.0] * 20, 2007: [10.0 + 2 * i for i in range(20)]})
    # Observed variance of the changes (20² − 1)/12 · 2² = 133; expected about 2 · 0.3 · 0.7/1000 · 100² = 4.2, less at
    # the ends
    assert chance_share(real, 2007, catalogue, "sozialraum", 2)["a"] == pytest.approx(0.03, abs=0.004)
    rate = real.assign(indikator="b")
    assert chance_share(rate, 2007, catalogue, "sozialraum", 2)["b"] == pytest.approx(
        (0.3 + 0.29) / 1000 * 100**2 / 133, abs=1e-3
    )
    assert np.isnan(chance_share(real.assign(indikator="c"), 2007, catalogue, "sozialraum", 2)["c"])
    same = long("a", stands, {2005: [30.0] * 20, 2007: [31.0] * 20})
    assert np.isnan(chance_share(same, 2007, catalogue, "sozialraum", 2)["a"])


@pytest.mark.parametrize("span", [1, 3])
def test_the_years_between_are_a_setting(span: int) -> None:
    stands = {2007 - span: f"{2007 - span}-12-31", 2007: "2007-12-31"}
    table = long("a", stands, {2007 - span: [10.0] * 20, 2007: [12.0] * 20})
    assert (over_years(table, 2007, "sozialraum", span).table["a"] == 2.0).all()
    older = {**stands, 2007 - span: f"{2006 - span}-12-31"}
    other = long("a", older, {2007 - span: [1.0] * 20, 2007: [2.0] * 20})
    assert over_years(other, 2007, "sozialraum", span).missing == {"a": OTHER_SPAN}
