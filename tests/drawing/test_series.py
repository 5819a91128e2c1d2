"""Time series and group bars: gaps, breaks, labels, sizes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from figure_reading import size, texts
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.drawing.canvas.plot import spread, stretches
from sozialbericht.drawing.charts import bars, series

YEARS = list(range(2001, 2007))
CITY = pd.Series([9.6, 10.1, 10.6, 10.8, 11.6, 11.1], index=YEARS)
WORDS: dict[str, Any] = {
    "years": YEARS,
    "breaks": [2005],
    "decimals": 1,
    "unit": "%",
    "city_name": "Musterstadt",
}


def _districts(count: int = 12) -> tuple[pd.DataFrame, dict[str, str]]:
    names = {f"sb_{i}": f"Bezirk {i}" for i in range(count)}
    rows = [list(CITY * (0.7 + 0.1 * i)) for i in range(count)]
    return pd.DataFrame(rows, index=list(names), columns=YEARS), names


def test_stretches_stop_at_gaps_and_breaks() -> None:
    values = pd.Series({2001: 1.0, 2002: 2.0, 2003: np.nan, 2004: 4.0, 2005: 5.0, 2006: 6.0})
    assert stretches(values, YEARS, [2005]) == [
        [(2001, 1.0), (2002, 2.0)],
        [(2004, 4.0)],
        [(2005, 5.0), (2006, 6.0)],
    ]
    assert stretches(values.iloc[:0], YEARS, []) == []


@pytest.mark.parametrize(
    ("narrow", "count", "expected"),
    [(False, 12, (164, 129.5)), (True, 12, (90, 261.5)), (False, 5, (164, 85.5)), (False, 3, (164, 41.5))],
)
def test_panels(narrow: bool, count: int, expected: tuple[float, float]) -> None:
    rows, names = _districts(count)
    fig = series.panels(rows, CITY, names=names, narrow=narrow, **WORDS)
    assert size(fig) == pytest.approx(expected)
    words = texts(fig)
    assert set(names.values()) <= set(words)
    assert words.count("Bruch") == words.count("Musterstadt") == 1
    assert words.count("2001") == words.count("2004") == words.count("2006") == count
    assert "7,8" in words, "the first district's last value"
    assert "0" in words


def test_panels_with_gaps_and_without_zero() -> None:
    rows, names = _districts(4)
    names["sb_3"] = "Ein Bezirk mit einem besonders langen Namen"
    rows.loc["sb_1", 2006] = np.nan
    rows.loc["sb_2"] = np.nan
    high = rows * 10
    fig = series.panels(high, CITY * 10, names=names, from_zero=False, **{**WORDS, "breaks": [2000, 2005, 2006]})
    words = texts(fig)
    assert "0" not in words
    assert "92,8" in words, "the last known value, of 2005"
    assert words.count("Bruch") == 2
    empty = series.panels(rows * np.nan, CITY * np.nan, names=names, **WORDS)
    assert "Musterstadt" not in texts(empty)


def test_the_city_stands_on_the_free_side() -> None:
    for factor in (0.5, 1.5):
        rows = pd.DataFrame([list(CITY * factor)], index=["sb"], columns=YEARS)
        assert "Musterstadt" in texts(series.panels(rows, CITY, names={"sb": "Bezirk"}, **WORDS))


@pytest.mark.parametrize(("narrow", "expected"), [(False, (164, 66)), (True, (90, 78))])
def test_lines(narrow: bool, expected: tuple[float, float]) -> None:
    rows = pd.DataFrame(
        [CITY * 1.01, CITY * 0.99, CITY * 1.02, CITY * 2.3, CITY * np.nan, CITY, CITY],
        index=["Männer", "Frauen", "unter 25 Jahre", "Nichtdeutsche", "ohne Wert", "sechs", "sieben"],
    )
    fig = series.lines(rows, city_series=CITY, narrow=narrow, **WORDS)
    assert size(fig) == expected
    words = texts(fig)
    assert {"Männer", "Frauen", "unter 25 Jahre", "Nichtdeutsche", "Musterstadt", "25,5", "in\u00a0%"} <= set(words)
    assert "ohne Wert" not in words
    assert words.count("Bruch") == 1


def test_lines_without_city() -> None:
    rows = pd.DataFrame([[1.0, 2.0]], index=["Kinder"], columns=[2005, 2006])
    words = texts(series.lines(rows, years=[2005, 2006], breaks=[], decimals=0, unit="je 1.000"))
    assert {"Kinder", "je 1.000", "2005", "2006"} <= set(words)


def test_one_year_only() -> None:
    rows = pd.DataFrame([[3.0]], index=["Kinder"], columns=[2006])
    assert "2006" in texts(series.lines(rows, years=[2006], breaks=[2006], decimals=0, unit="%"))


@given(st.lists(st.floats(0, 100), max_size=12))
def test_spread(wanted: list[float]) -> None:
    places = spread(sorted(wanted), 4, 0, 100)
    assert len(places) == len(wanted)
    assert all(b - a >= 4 - 1e-6 for a, b in pairwise(places))
    assert all(-1e-6 <= p <= 100 + 1e-6 for p in places)


def _groups() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "gruppe": ["Männer", "Frauen", "Ein sehr langer Name einer Gruppe von Personen", "Übrige"],
            "wert": [11.9, 10.2, 8.7, np.nan],
            "status": ["ok", "ok", "ok", "withheld"],
            "block": ["Geschlecht", "Geschlecht", "Alter", "Alter"],
        }
    )


@pytest.mark.parametrize("narrow", [False, True])
def test_bars(narrow: bool) -> None:
    fig = bars.grouped(
        _groups(),
        city_value=11.1,
        city_name="Musterstadt",
        decimals=1,
        unit="%",
        narrow=narrow,
        highlight="Frauen",
    )
    assert size(fig)[0] == (90 if narrow else 164)
    words = texts(fig)
    assert {"Geschlecht", "Alter", "Männer", "11,9", "Musterstadt 11,1", "geheim gehalten", "."} <= set(words)
    assert words.count("Geschlecht") == 1


def test_bars_begin_at_zero() -> None:
    rows = _groups().drop(columns="block")
    words = texts(bars.grouped(rows, city_value=11.1, city_name="Musterstadt", decimals=1, unit="je 1.000"))
    assert "0,0" in words and "je 1.000" in words
    rows.loc[0, "wert"] = -1.0
    with pytest.raises(ValueError, match="negative"):
        bars.grouped(rows, city_value=11.1, city_name="Musterstadt", decimals=1, unit="%")
