import datetime as dt
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.data import sums
from sozialbericht.data.reading import parsing
from sozialbericht.data.reading.parsing import CellError, german, number


def test_doctests():
    assert doctest.testmod(parsing).failed == 0
    assert doctest.testmod(sums).failed == 0


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_round_trip(value):
    assert number(str(value)) == value
    assert number(german(value)) == value
    assert number(f"{value:,}".replace(",", "."), group=".") == value


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_decimals_round_trip(value):
    assert number(f"{value:.4f}".replace(".", ",")) == float(value)
    assert number(f"{value:,.4f}".translate(str.maketrans(",.", ".,")), group=".") == float(value)


@given(st.floats(-1e12, 1e12))
def test_every_written_number_is_read_again(value):
    assert number(german(value)) == pytest.approx(value, rel=1e-9, abs=1e-14)


@given(st.text(max_size=8))
def test_any_text_is_a_number_or_explained(text):
    try:
        number(text)
    except CellError as error:
        assert error.what and error.remedy


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1.234", ["mehrdeutig", "1234", "1,234", "groupChar"]),
        ("1,234.5", ["mischt", "englisch gelesen 1234,5", "1,2345"]),
        ("1.234.567", ["Tausenderpunkte", "1234567"]),
        ("1.234,5", ["Tausenderpunkte", "1234,5"]),
        ("12.5", ["Dezimalpunkt", "12,5", "Datum"]),
        ("1 234", ["Leerzeichen"]),
        ("1\u202f234", ["Leerzeichen"]),
        ("1,2E+05", ["verkürzte"]),
        ("3. Mai", ["Datum verwandelt"]),
        ("Mrz 04", ["Datum verwandelt"]),
        ("03.05.2006", ["Datum verwandelt"]),
        ("viele", ["keine Zahl", "12,5"]),
        ("Abteilung 3", ["keine Zahl"]),
        ("", ["leer"]),
        ("٣", ["keine Zahl"]),
        ("1,5 ", ["keine Zahl"]),
    ],
)
def test_what_is_no_number_is_explained(text, words):
    with pytest.raises(CellError) as error:
        number(text)
    for word in words:
        assert word in error.value.what + error.value.remedy


def test_declared_separators():
    assert number("1,234.5", decimal=".", group=",") == 1234.5
    assert number("−3,5") == -3.5
    with pytest.raises(CellError, match="keine Zahl"):
        number("1,5", decimal=".")


def test_dates():
    assert parsing.date("2006-09-30") == parsing.date("30.9.2006") == dt.date(2006, 9, 30)
    for text, word in [
        ("September 2006", "kein Datum"),
        ("31.09.2006", "Kalender"),
        ("31.12.9999", "außerhalb"),
    ]:
        with pytest.raises(CellError, match=word):
            parsing.date(text)


def test_counts_and_measures():
    for unit in ("Personen", "Fälle", "Bedarfsgemeinschaften", "Kinder", "Haushalte", "Stimmen"):
        assert parsing.is_count(unit)
    for unit in ("Euro", "Tsd. Euro", "€", "m²", "%", "ha", "Lebensjahre"):
        assert not parsing.is_count(unit)
