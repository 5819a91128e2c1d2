"""Values and changes in words."""

import math

import pytest

from sozialbericht.data import levels
from sozialbericht.findings import chances
from sozialbericht.wording.sentences import sentence
from sozialbericht.wording.values import Aenderung, Betrag, NotSayable, Wert, enumeration, with_unit

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["A"], "A"), (["A", "B"], "A und B"), (["A", "B", "C"], "A, B und C"), ([1, 2, 3], "1, 2 und 3")],
)
def test_enumeration(items, text):
    assert enumeration(items) == text
    assert enumeration(iter(items)) == text


def test_enumeration_with_another_last_word():
    assert enumeration(["A", "B"], "oder") == "A oder B"


@pytest.mark.parametrize(
    ("unit", "text"), [("%", f"5{NBSP}%"), ("", "5"), ("Index", "5"), ("je 1.000", f"5{NBSP}je 1.000")]
)
def test_units(unit, text):
    assert with_unit("5", unit) == text


def test_what_a_value_says(value):
    w = Wert(value(12.149))
    assert w.ok
    assert str(w) == f"12,1{NBSP}%"
    assert w.zahl == "12,1"
    assert w.anzahl == "3.025"
    assert w.nenner == "24.898"
    assert w.raum == "Musterstadt"
    assert w.stand == "September 2006"
    assert w.zeit == "im September 2006"
    assert w.nenner_stand == "Dezember 2006"
    assert w.von_hundert == "12"


@pytest.mark.parametrize(
    ("number", "direction", "amount"), [(-3.21, -1, f"3,2{NBSP}%"), (0.04, 0, f"0,0{NBSP}%"), (2.0, 1, f"2,0{NBSP}%")]
)
def test_a_value_that_is_a_change(value, number, direction, amount):
    w = Wert(value(number))
    assert w.richtung == direction
    assert w.betrag == amount


@pytest.mark.parametrize(
    ("level", "name", "place"),
    [
        ("sozialraum", "Hafen", "im Sozialraum Hafen"),
        ("stadtbezirk", "Nord", "im Stadtbezirk Nord"),
        ("stadt", "Musterstadt", "in Musterstadt"),
        ("gemeinde", "Neudorf", "in der Gemeinde Neudorf"),
        ("quartier", "Neudorf", "im Quartier Neudorf"),
    ],
)
def test_where_a_value_is(value, level, name, place):
    w = Wert(value(area_name=name), levels.KNOWN[level])
    assert w.wo == place
    assert sentence("{w.Wo} sind es {w.zahl}, {w.wo}.", w=w) == f"{place[0].upper()}{place[1:]} sind es 12,1, {place}."


def test_where_a_value_is_can_be_said_though_it_is_not_shown(value):
    assert (
        Wert(value(math.nan, status="withheld", area_name="Hafen"), levels.KNOWN["sozialraum"]).wo
        == "im Sozialraum Hafen"
    )


def test_a_value_of_no_single_area_is_nowhere(value, b):
    joint = chances.zusammen(b, "hilfequote", ["sr_hafen", "sr_altstadt"])
    for w in (Wert(value()), joint):
        with pytest.raises(NotSayable, match="kein Wert eines einzelnen Gebiets"):
            _ = w.wo


def test_values_of_a_report_know_where_they_are(b):
    assert b.wert("hilfequote", "sr_hafen").wo == "im Sozialraum Hafen"
    assert b.wert("hilfequote", "sb_nord").wo == "im Stadtbezirk Nord"
    assert b.wert("hilfequote").wo == "in Musterstadt"
    assert b.hoechste("arbeitslosenquote", ebene="stadtbezirk")[0].wo == "im Stadtbezirk Nord"
    assert b.zahl("alo", "sr_hafen").wo == "im Sozialraum Hafen"


@pytest.mark.parametrize("part", ["zahl", "anzahl", "nenner", "von_hundert", "__str__", "richtung", "betrag"])
@pytest.mark.parametrize("status", ["withheld", "missing", "not_meaningful", "unreliable"])
def test_a_value_that_is_not_shown_cannot_be_said(value, part, status):
    w = Wert(value(math.nan, status=status))
    assert not w.ok
    with pytest.raises(NotSayable, match="quote für Musterstadt 2006"):
        str(w) if part == "__str__" else getattr(w, part)


def test_a_value_without_numerator_cannot_say_it(value):
    with pytest.raises(NotSayable, match="ohne Zahl"):
        _ = Wert(value(numerator=math.nan)).anzahl


@pytest.mark.parametrize(
    ("before", "words", "direction"),
    [(11.6, "0,5 Prozentpunkte", 1), (13.0, "0,9 Prozentpunkte", -1), (12.14, "0,0 Prozentpunkte", 0)],
)
def test_a_change_in_percentage_points(value, before, words, direction):
    d = Aenderung(value(), value(before, year=2005, numerator=3016.0))
    assert d.ok
    assert str(d) == words
    assert d.richtung == direction
    assert str(d.anzahl) == "9"
    assert d.anzahl.richtung == 1
    assert str(d.prozent) == f"0,3{NBSP}%"
    assert d.frueher == "September 2005"
    assert d.vorher == "im September 2005"
    assert d.gegenueber == "gegenüber September 2005"


def test_the_unit_of_a_change(value):
    assert str(Aenderung(value(105, unit="Index", decimals=0), value(100, unit="Index", year=2005))) == "5 Punkte"
    assert str(Aenderung(value(3.5, unit="m²"), value(3.0, unit="m²", year=2005))) == f"0,5{NBSP}m²"


@pytest.mark.parametrize("changes", [{"segment": 1}, {"status": "withheld"}, {"number": math.nan}, {"year": 2006}])
def test_a_change_that_must_not_be_said(value, changes):
    d = Aenderung(value(), value(**({"year": 2005} | changes)))
    assert not d.ok
    for part in ("richtung", "anzahl", "prozent", "anzahl_differenz"):
        with pytest.raises(NotSayable, match="nicht vergleichbar"):
            getattr(d, part)
    with pytest.raises(NotSayable):
        str(d)


@pytest.mark.parametrize(("difference", "direction"), [(2.0, 1), (-0.5, -1), (0.0, 0)])
def test_an_amount_has_a_direction(difference, direction):
    amount = Betrag(difference, "x")
    assert (amount.richtung, str(amount)) == (direction, "x")


def test_bounds_of_a_value_as_words(value):
    found = Wert(value(lower=11.7, upper=12.54))
    assert sentence("von {w.bereich}", w=found) == f"von 11,7 bis 12,5{NBSP}%"
    with pytest.raises(NotSayable):
        _ = Wert(value()).bereich
