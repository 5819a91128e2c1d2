"""Sparklines: first and last values, years of their own, breaks, nothing to show."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from figure_reading import size, texts

from sozialbericht.drawing.charts.sparklines import ROW, Spark, interrupted, sparklines

YEARS = list(range(2000, 2007))
RATE = Spark("Rate in %", pd.Series([10.0, 11, 12, 13, 14, 15, 16.04], index=YEARS), 1, breaks=[2005])


def test_first_and_last_value() -> None:
    words = texts(sparklines([RATE], YEARS))
    assert words == ["Rate in %", "15,0", "2005", "16,0"], "the first since the break"
    alone = Spark("Rate in %", pd.Series([10.0, 11, 12], index=[2002, 2003, 2006]), 1, breaks=[2005])
    assert texts(sparklines([alone], YEARS)) == ["Rate in %", "12,0"], "nothing compares with it"


def test_a_series_that_ends_early_says_its_year() -> None:
    short = Spark("Kurz", pd.Series([1.0, 2.0], index=[2001, 2004]), 0)
    assert texts(sparklines([short], YEARS)) == ["Kurz", "1", "2001", "2", "2004"]


def test_nothing_to_show() -> None:
    for values in (pd.Series(dtype=float), pd.Series([np.nan] * 7, index=YEARS)):
        assert texts(sparklines([Spark("Leer", values, 1)], YEARS)) == ["Leer", "keine Werte"]


def test_interrupted_by_break_or_gap() -> None:
    assert interrupted(RATE, YEARS)
    assert not interrupted(Spark("", RATE.values, 1), YEARS)
    assert interrupted(Spark("", RATE.values.mask(RATE.values.index == 2003), 1), YEARS)
    assert not interrupted(Spark("", pd.Series(dtype=float), 1), YEARS)


def test_size_and_constant_series() -> None:
    flat = Spark("Flach", pd.Series(5.0, index=YEARS), 0)
    assert size(sparklines([RATE, flat], YEARS)) == pytest.approx((80, 2 * ROW), abs=0.11)
