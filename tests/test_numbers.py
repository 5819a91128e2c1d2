"""Numbers: German notation, commercial rounding, signs of statuses."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht import numbers

FINITE = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)
PLACES = st.integers(min_value=0, max_value=3)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (43032, 0, "43.032"),
        (1234567.891, 2, "1.234.567,89"),
        (-1.25, 1, "−1,3"),
        (0.05, 1, "0,1"),
        (11.05, 1, "11,1"),
        (2.5, 0, "3"),
        (-0.04, 1, "0,0"),
        (0, 0, "0"),
        (0.1 + 0.2, 3, "0,300"),
        (12.349999999999998, 1, "12,4"),  # noise of a division: the float next to 12.35
        (np.float64(7.5), 0, "8"),
        (np.int64(1000), 0, "1.000"),
    ],
)
def test_number(value: float, decimals: int, text: str) -> None:
    assert numbers.number(value, decimals) == text


def test_sign_and_percent() -> None:
    assert numbers.signed(0.44, 1) == "+0,4"
    assert numbers.signed(-4.3, 1) == "−4,3"
    assert numbers.signed(0.04, 1) == "0,0"
    assert numbers.percent(11.1) == "11,1\u00a0%"
    assert numbers.percent(-11.1, 0, sign=True) == "−11\u00a0%"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_not_a_number(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        numbers.number(value)


def test_negative_places() -> None:
    with pytest.raises(ValueError, match="decimals"):
        numbers.number(1, -1)


@given(FINITE, PLACES)
def test_numbers_are_grouped_as_the_locale_says(value: float, decimals: int) -> None:
    pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    expected = format_decimal(numbers._decimal(value, decimals), pattern, numbers.LOCALE)
    assert numbers.number(value, decimals) == expected.replace("-", numbers.MINUS)


@given(FINITE, PLACES)
def test_reads_back(value: float, decimals: int) -> None:
    text = numbers.number(value, decimals)
    assert re.fullmatch(r"−?\d{1,3}(\.\d{3})*(,\d+)?", text)
    back = float(text.replace(".", "").replace(",", ".").replace("−", "-"))
    assert abs(back - value) <= 0.5 * 10**-decimals + 1e-6
    assert back == numbers.rounded(value, decimals)
    assert text not in {"−0", "−0,0", "−0,00", "−0,000"}


@given(FINITE, PLACES)
def test_mirrored(value: float, decimals: int) -> None:
    assert numbers.rounded(-value, decimals) == -numbers.rounded(value, decimals)


def test_statuses() -> None:
    signs = [numbers.status_sign(s) for s in ("withheld", "unreliable", "missing", "not_meaningful", "nothing")]
    assert signs == [".", "/", "…", "x", "–"]
    assert numbers.status_sign("ok") == numbers.status_word("ok") == ""
    assert numbers.status_word("withheld") == "geheim gehalten"
    assert numbers.status_word("unreliable") == "nicht verlässlich"
    assert numbers.status_word("missing") == "liegt noch nicht vor"
    assert numbers.status_word("not_meaningful") == "nicht sinnvoll"
    with pytest.raises(ValueError, match="unknown status"):
        numbers.status_sign("geheim")


def test_shown() -> None:
    assert numbers.shown(math.nan, "withheld") == "."
    assert numbers.shown(0.0) == "–"
    assert numbers.shown(0.3) == "0"
    assert numbers.shown(1234.5, "ok", 1) == "1.234,5"
