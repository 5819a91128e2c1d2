"""Moments: points of time in every spelling, each under the day of the contract."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.delivery.cells.moments import Moment, in_words, moment
from sozialbericht.delivery.sheets.cellmaking import dated, text_cell
from sozialbericht.delivery.sheets.grid import Cell

NEW_YEARS_EVE = dt.date(2006, 12, 31)
DAY, MONTH, YEAR = (Moment(kind, NEW_YEARS_EVE) for kind in ("stichtag", "monat", "jahr"))
SCHOOL = Moment("schuljahr", dt.date(2005, 8, 1))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("31.12.2006", DAY),
        ("31. 12. 2006", DAY),
        ("31.12.06", DAY),
        ("2006-12-31", DAY),
        ("20061231", DAY),
        (20061231, DAY),
        ("31. Dezember 2006", DAY),
        ("31. Dez. 2006", DAY),
        ("Stand: 31.12.2006", DAY),
        ("am 31.12.2006 (2006)", DAY),
        (NEW_YEARS_EVE, DAY),
        (dt.datetime(2006, 12, 31, 23, 59), DAY),
        (39082, DAY),
        ("39082", DAY),
        ("Dezember 2006", MONTH),
        ("DEZEMBER 2006", MONTH),
        ("Dez 06", MONTH),
        ("Dez. 2006", MONTH),
        ("Dez-06", MONTH),
        ("12/2006", MONTH),
        ("12.2006", MONTH),
        ("2006-12", MONTH),
        ("Arbeitslose Dezember 2006 insgesamt", MONTH),
        ("2006", YEAR),
        (2006, YEAR),
        (2006.0, YEAR),
        ("Jahr 2006", YEAR),
        ("Schuljahr 2005/06", SCHOOL),
        ("2005/2006", SCHOOL),
        ("2005/06", SCHOOL),
        ("SJ 2005-06", SCHOOL),
        ("Schuljahr 05/06", SCHOOL),
    ],
)
def test_a_moment_as_offices_write_it(told, expected):
    assert moment(told) == expected


@pytest.mark.parametrize(
    "told",
    ["", "Altstadt", "31.02.2006", "2004 bis 2006", "unter 2000 Euro", "12006", "2006/09/31", None, True, 7, 12.5,
     1e300, "123456", "0,2006", "Marzipan 2"],
)  # fmt: skip
def test_what_names_no_single_moment(told):
    assert moment(told) is None


@pytest.mark.parametrize(
    ("told", "zeitbezug", "expected"),
    [
        ("31.12.2006", "monat", MONTH),
        ("1.12.2006", "monat", MONTH),
        ("31.12.2006", "jahr", YEAR),
        ("Dezember 2006", "jahr", YEAR),
        ("15.10.2005", "schuljahr", SCHOOL),
        ("31.7.2006", "schuljahr", SCHOOL),
        ("31.12.2006", "stichtag", DAY),
        ("2006", "stichtag", YEAR),
        ("2006", "monat", YEAR),
        ("Dezember 2006", "stichtag", MONTH),
        ("2006", "schuljahr", YEAR),
        ("2005/06", "jahr", SCHOOL),
        ("Altstadt", "jahr", None),
    ],
)
def test_the_kind_is_the_one_asked_for_where_the_words_are_exact_enough(told, zeitbezug, expected):
    assert moment(told, zeitbezug) == expected


def test_cells():
    assert moment(dated(NEW_YEARS_EVE)) == DAY
    assert moment(dated(dt.date(2006, 12, 1), "LLLL yyyy")) == MONTH
    assert moment(dated(dt.date(2006, 5, 1), "yyyy")) == YEAR
    assert moment(text_cell("Dez 06")) == MONTH
    assert moment(Cell("2006", 2006)) == YEAR
    assert moment(Cell("", None)) is None


def test_serials_from_1904_on():
    assert moment(39082 - 1462, since_1904=True) == DAY


def test_all_moments_of_a_title():
    found = in_words("Leerstand 2004 bis 2006, Auswertung vom 3.2.2007, Schuljahr 2005/06 und Dezember 2006; 2004")
    assert [told.kind for told in found] == ["jahr", "jahr", "stichtag", "schuljahr", "monat"]
    assert found[2].date == dt.date(2007, 2, 3)


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)))
def test_every_day_is_found_in_every_spelling(day):
    expected = Moment("stichtag", day)
    serial = (day - dt.date(1899, 12, 30)).days
    short = f"Stand: {day.day}.{day.month}.{day.year}"
    for told in (f"{day:%d.%m.%Y}", f"{day:%d.%m.%y}", day.isoformat(), short, serial):
        assert moment(told) == expected
    assert moment(day, "jahr") == Moment("jahr", dt.date(day.year, 12, 31))
    month = moment(day, "monat")
    assert month.date.month == day.month and (month.date + dt.timedelta(1)).day == 1
    school = moment(day, "schuljahr").date
    assert school <= day < dt.date(school.year + 1, 8, 1)


@given(st.text(max_size=40))
def test_no_text_fails(text):
    found = in_words(text)
    assert len(set(found)) == len(found)
    assert moment(text) is None or moment(text) in found or text.strip().isdecimal()
