"""Time series and group bars: gaps, breaks, labels, sizes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from figure_reading import size, texts
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.drawing.canvas.measure import Measure, Span
from sozialbericht.drawing.canvas.plot import spread, stretches
from sozialbericht.drawing.charts import series

YEARS = list(range(2001, 2007))
CITY = pd.Series([9.6, 10.1, 10.6, 10.8, 11.6, 11.1], index=YEARS)
MEASURE, SPAN = Measure(1, "%", "Musterstadt"), Span(YEARS, [2005])


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
    fig = series.panels(rows, CITY, MEASURE, SPAN, names=names, narrow=narrow)
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
    fig = series.panels(high, CITY * 10, MEASURE, Span(YEARS, [2000, 2005, 2006]), names=names, from_zero=False)
    words = texts(fig)
    assert "0" not in words
    assert "92,8" in words, "the last known value, of 2005"
    assert words.count("Bruch") == 2
    empty = series.panels(rows * np.nan, CITY * np.nan, MEASURE, SPAN, names=names)
    assert "Musterstadt" not in texts(empty)


def test_the_city_stands_on_the_free_side() -> None:
    for factor in (0.5, 1.5):
        rows = pd.DataFrame([list(CITY * factor)], index=["sb"], columns=YEARS)
        assert "Musterstadt" in texts(series.panels(rows, CITY, MEASURE, SPAN, names={"sb": "Bezirk"}))


@pytest.mark.parametrize(("narrow", "expected"), [(False, (164, 54)), (True, (90, 78))])
def test_lines(narrow: bool, expected: tuple[float, float]) -> None:
    rows = pd.DataFrame(
        [CITY * 1.01, CITY * 0.99, CITY * 1.02, CITY * 2.3, CITY * np.nan, CITY, CITY],
        index=["Männer", "Frauen", "unter 25 Jahre", "Nichtdeutsche", "ohne Wert", "sechs", "sieben"],
    )
    fig = series.lines(rows, MEASURE, SPAN, city_series=CITY, narrow=narrow)
    assert size(fig) == expected
    words = texts(fig)
    assert {"Männer", "Frauen", "unter 25 Jahre", "Nichtdeutsche", "Musterstadt", "25,5", "in\u00a0%"} <= set(words)
    assert "ohne Wert" not in words
    assert words.count("Bruch") == 1


def test_lines_without_city() -> None:
    rows = pd.DataFrame([[1.0, 2.0]], index=["Kinder"], columns=[2005, 2006])
    words = texts(series.lines(rows, Measure(0, "je 1.000"), Span([2005, 2006])))
    assert {"Kinder", "je 1.000", "2005", "2006"} <= set(words)


def test_one_year_only() -> None:
    rows = pd.DataFrame([[3.0]], index=["Kinder"], columns=[2006])
    assert "2006" in texts(series.lines(rows, Measure(0, "%"), Span([2006], [2006])))


@given(st.lists(st.floats(0, 100), max_size=12))
def test_spread(wanted: list[float]) -> None:
    places = spread(sorted(wanted), 4, 0, 100)
    assert len(places) == len(wanted)
    assert all(b - a >= 4 - 1e-6 for a, b in pairwise(places))
    assert all(-1e-6 <= p <= 100 + 1e-6 for p in places)
