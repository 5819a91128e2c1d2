"""Stände in words."""

import datetime as dt

import pytest

from sozialbericht.wording import dates

DAY = dt.date(2006, 9, 30)


@pytest.mark.parametrize(
    ("period", "prose", "source", "at", "against"),
    [
        ("monat", "September 2006", "September 2006", "im September 2006", "gegenüber September 2006"),
        ("stichtag", "September 2006", "30.09.2006", "im September 2006", "gegenüber September 2006"),
        ("jahr", "2006", "2006", "im Jahr 2006", "gegenüber 2006"),
        (
            "schuljahr", "Schuljahr 2006/2007", "Schuljahr 2006/2007", "im Schuljahr 2006/2007",
            "gegenüber dem Schuljahr 2006/2007",
        ),
    ],
)  # fmt: skip
def test_each_period_has_its_words(period, prose, source, at, against):
    assert dates.in_prose(DAY, period) == prose
    assert dates.in_source(DAY, period) == source
    assert dates.at(DAY, period) == at
    assert dates.against(DAY, period) == against


def test_no_date():
    assert dates.in_prose(None, "stichtag") == "…"
    assert dates.in_source(None, "stichtag") == "…"
