"""Amounts: every spelling of a number and every sign that offices use; what is none is said."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.data.reading.parsing import CellError, german
from sozialbericht.delivery.cells.amounts import LEGEND, SIGNS, Amount, amount, decimal_of
from sozialbericht.delivery.sheets.cellmaking import CellMaker, Format, text_cell, uncomputed
from sozialbericht.delivery.sheets.grid import EMPTY, Cell


def told(text, legend=LEGEND, decimal=","):
    return amount(text_cell(text), legend, decimal)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", 1234),
        ("1.234", 1234),
        ("1.234.567", 1234567),
        ("1.234,5", 1234.5),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u2009234,5", 1234.5),
        ("1\u202f234\u202f567", 1234567),
        ("1'234", 1234),
        ("1’234’567", 1234567),
        ("12,5", 12.5),
        ("12,5 %", 12.5),
        ("12,5%", 12.5),
        ("0", 0),
        ("-12", -12),
        ("–12", -12),
        ("− 12", -12),
        ("+3,5", 3.5),
        ("12-", -12),
        ("1.234,5-", -1234.5),
        ("  7 ", 7),
    ],
)
def test_a_number_in_german_spelling(text, value):
    assert told(text) == Amount(value, "", False)


@pytest.mark.parametrize(("text", "value"), [("1,234.5", 1234.5), ("1,234", 1234), ("0.5", 0.5), ("12", 12)])
def test_a_number_in_english_spelling(text, value):
    assert told(text, decimal=".") == Amount(value, "", False)


@pytest.mark.parametrize(
    ("text", "value", "mark"),
    [("118 r", 118, "r"), ("1.234 1)", 1234, "1)"), ("12³", 12, "³"), ("12 ⁴⁾", 12, "⁴⁾"), ("7*", 7, "*")],
)
def test_the_mark_behind_a_number_is_no_part_of_it(text, value, mark):
    assert told(text) == Amount(value, "", False, mark)


@pytest.mark.parametrize(("text", "value"), [("(12)", 12), ("[12]", 12), ("(1.234,5)", 1234.5), ("( 9,4 )", 9.4)])
def test_a_number_in_brackets_is_of_low_reliability(text, value):
    assert told(text) == Amount(value, "", True)


@pytest.mark.parametrize(
    ("text", "sign"),
    [("*", "*"), (".", "."), ("-", "-"), ("–", "-"), ("—", "-"), ("/", "/"), ("x", "x"), ("X", "x"), ("…", "…"),
     ("...", "…"), ("k. A.", "…"), ("k.A.", "…"), ("k.\u00a0a.", "…"), ("", "…")],
)  # fmt: skip
def test_a_sign_is_told_by_the_legend(text, sign):
    assert told(text) == Amount(None, sign, False)


def test_a_legend_may_map_numbers_and_words():
    legend = {"0": "-", "-9999": "…", "geheim": "*"}
    assert amount(CellMaker().plain(0.0), legend).sign == "-"
    assert amount(CellMaker().plain(-9999.0), legend).sign == "…"
    assert told("-9999", legend).sign == told("−9999", legend).sign == "…"
    assert told("Geheim", legend).sign == "*"
    assert told("10", legend).value == 10


def test_a_legend_that_tells_dashes_apart_is_obeyed():
    legend = {"-": "-", "–": "…"}
    assert (told("-", legend).sign, told("–", legend).sign) == ("-", "…")
    with pytest.raises(CellError):
        told("—", legend)


def test_a_legend_changed_after_use_is_read_anew():
    legend = {"*": "*"}
    assert told("*", legend).sign == "*"
    legend["K.A."] = "…"
    assert told("k. a.", legend).sign == "…"


def test_a_sign_in_brackets():
    assert told("(-)") == Amount(None, "-", True)


def test_a_legend_must_lead_to_signs_of_the_contract():
    with pytest.raises(ValueError, match="no sign of the contract"):
        told("*", {"*": "geheim"})


def test_numbers_of_a_workbook():
    maker = CellMaker()
    assert amount(maker.plain(12.0), {}) == Amount(12.0, "", False)
    assert amount(maker.formatted(0.07, Format("0%")), {}).value == 7
    assert amount(maker.formatted(0.125, Format("0.0%")), {}).value == 12.5


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (uncomputed(), "nie berechnet"),
        (text_cell("#REF!"), "Fehlerwert #REF!"),
        (text_cell("#DIV/0!"), "Fehlerwert"),
        (text_cell("#BEZUG!"), "Fehlerwert"),
        (Cell("01.02.2006", dt.date(2006, 2, 1)), "ist ein Datum"),
        (Cell("ja", True), "Wahrheitswert"),
        (text_cell("viele"), "Zeichenerklärung"),
        (text_cell("#"), "Zeichenerklärung"),
        (text_cell("1.23.4"), "keine Zahl"),
        (text_cell("12 34"), "Leerzeichen"),
        (Cell("2e16", 2e16), "zu groß"),
        (text_cell("9" * 20), "zu groß"),
    ],
)
def test_what_is_no_number_is_said(cell, words):
    with pytest.raises(CellError) as error:
        amount(cell, {})
    assert words in str(error.value) and error.value.remedy


def test_a_sign_without_a_legend_is_an_error():
    with pytest.raises(CellError, match="Zeichenerklärung"):
        told("*", {})


@pytest.mark.parametrize(
    ("texts", "decimal"),
    [
        (["1,234.5", "12"], "."),
        (["0.5", "12.25"], "."),
        (["1,234,567"], "."),
        (["1.234", "2.345"], ","),  # thousands as well as decimals: German is the rule
        (["12.5", "12,5"], ","),
        (["1.234,5"], ","),
        ([], ","),
        (["*", "-", "Altstadt"], ","),
    ],
)
def test_the_decimal_sign_of_a_column(texts, decimal):
    assert decimal_of([text_cell(text) for text in texts] + [EMPTY]) == decimal


@given(st.floats(-1e12, 1e12).map(lambda number: round(number, 3)))
def test_every_number_is_read_as_it_is_written(number):
    assert told(german(number)).value == number or (number == 0 and told(german(number)).value == 0)
    assert told(f"{number:,.3f}", decimal=".").value == pytest.approx(number)
    swapped = f"{number:,.3f}".translate(str.maketrans(",.", ".,"))
    assert told(swapped).value == pytest.approx(number)


@given(st.text(max_size=12) | st.from_regex(r"\A[-(]?[0-9., ]{1,9}[-)*%r]?\Z"))
def test_a_text_is_a_finite_number_a_sign_or_an_error(text):
    try:
        found = told(text)
    except CellError as error:
        assert error.what
    else:
        assert (found.value is None) == (found.sign in SIGNS)
        assert found.value is None or math.isfinite(found.value)
