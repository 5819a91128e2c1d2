"""Listing: what the terminal says, short or in full."""

import datetime as dt

import pytest

from sozialbericht.plausibility import listing
from sozialbericht.plausibility.acceptance import Acceptance
from sozialbericht.plausibility.oddity import Oddity
from sozialbericht.plausibility.review import Review


def oddity(number, rule="sprung", rows=(7,)):
    """An oddity; the larger its number, the more unusual."""
    return Oddity(
        rule, 5 + number, f"Gebiet {number}: eine Zahl.", "Prüfen.", "werte/2006.csv", rows, f"sr_{number}", "alo",
        dt.date(2006, 9, 30), 1234.5,
    )  # fmt: skip


ROW = Acceptance("sprung", "sr_x", "alo", dt.date(2005, 9, 30), 3.0, "Ein Heim.", "ab")


def place(file):
    return f"data/{file}"


def review(count, **others):
    return Review(tuple(sorted((oddity(n) for n in range(count)), key=lambda o: -o.unusual)), **others)


def test_nothing_unusual_is_not_told_in_passing():
    assert listing.brief(Review(), place) == ""
    assert listing.full(Review(), place) == "Nichts Ungewöhnliches."


def test_a_few_are_told_in_passing():
    told = listing.brief(review(2), place)
    assert told.startswith("2 Angaben sind ungewöhnlich; der Bericht entsteht trotzdem.")
    assert "  data/werte/2006.csv, Zeile 7: Gebiet 1: eine Zahl. (Auffälligkeit 6,0)\n    → Prüfen." in told
    assert told.index("Gebiet 1:") < told.index("Gebiet 0:")
    assert told.endswith("python -m sozialbericht hinweise")
    assert listing.brief(review(1), place).startswith("Eine Angabe ist ungewöhnlich; ")


def test_of_many_the_most_unusual_are_told():
    told = listing.brief(review(25), place, [2006, 2007])
    assert told.count("Auffälligkeit") == listing.MOST
    assert "Gebiet 24:" in told and "Gebiet 14:" not in told
    assert told.endswith("… und 15 weitere: python -m sozialbericht hinweise --year 2006 2007")


def test_rules_stand_together():
    found = (oddity(4), oddity(3, "summe"), oddity(2), oddity(1, "summe"))
    lines = listing.brief(Review(found), place).splitlines()
    assert [line for line in lines if line in ("Sprung", "Summe")] == ["Sprung", "Summe"]


def test_the_full_list_says_how_to_accept():
    told = listing.full(review(1), place)
    assert "Schlüssel: sprung/sr_0/alo/2006-09-30" in told
    assert "Zeile: sprung;sr_0;alo;30.09.2006;1234,5;…;…" in told
    assert "data/hinweise.csv (Spalten: regel; raum_id; merkmal; stichtag; wert; grund; kuerzel)" in told


@pytest.mark.parametrize("accepted", [True, False])
def test_accepted_ones_are_counted_or_told(accepted):
    told = listing.full(Review(accepted=((oddity(1), ROW),)), place, accepted=accepted)
    assert "Ein Hinweis ist angenommen" in told
    assert ("Angenommen (ab): Ein Heim." in told) == accepted


def test_stale_ones_are_told_everywhere():
    for told in (listing.brief(Review(stale=(ROW,)), place), listing.full(Review(stale=(ROW,)), place)):
        assert "data/hinweise.csv: Angenommen ist sprung/sr_x/alo/2005-09-30, aber" in told


def test_where_an_oddity_stands():
    assert listing.where(oddity(1, rows=()), place) == "data/werte/2006.csv"
    assert listing.where(oddity(1, rows=(3, 9, 12)), place) == "data/werte/2006.csv, Zeile 3 und 2 weitere"
