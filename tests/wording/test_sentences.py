"""Sentences from templates."""

import math

import pytest

from sozialbericht.wording.sentences import TemplateError, printed, sentence
from sozialbericht.wording.values import Aenderung, Wert

NBSP = "\u00a0"


def test_values_and_their_properties(value):
    text = sentence("In {w.raum} waren im {w.stand} {w.anzahl} arbeitslos, {w}.", w=Wert(value()))
    assert text == f"In Musterstadt waren im September 2006 3.025 arbeitslos, 12,1{NBSP}%."


def test_a_property_with_a_capital_begins_a_sentence(value):
    w, d = Wert(value()), Aenderung(value(), value(year=2005))
    assert sentence("{w.Zeit}, {w.zeit}: {w.Raum}", w=w) == "Im September 2006, im September 2006: Musterstadt"
    assert sentence("{d.Gegenueber}", d=d) == "Gegenüber September 2005"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (11.0, "ist um 1,1 Prozentpunkte gestiegen"),
        (13.0, "ist um 0,9 Prozentpunkte gesunken"),
        (12.1, f"blieb bei 12,1{NBSP}%"),
    ],
)
def test_a_choice_by_direction_may_hold_fields(value, before, text):
    d = Aenderung(value(), value(before, year=2005))
    template = "{d?ist um {d} gestiegen|ist um {d} gesunken|blieb bei {w}}"
    assert sentence(template, d=d, w=Wert(value())) == text


@pytest.mark.parametrize(("number", "word"), [(3, "mehr"), (-1, "weniger"), (0, "gleich")])
def test_a_choice_by_a_plain_number(number, word):
    assert sentence("{n?mehr|weniger|gleich}", n=number) == word


@pytest.mark.parametrize(("count", "text"), [(0, "0 Räume"), (1, "1 Raum"), (2, "2 Räume"), (1234, "1.234 Räume")])
def test_plurals(count, text):
    assert sentence("{n} {n#Raum|Räume}", n=count) == text


def test_plurals_by_the_length_of_a_list_with_fields_inside():
    template = "{namen#Der Raum {namen} liegt|Die {z} Räume {namen} liegen} vorn."
    assert sentence(template, namen=["Hafen"], z=1) == "Der Raum Hafen liegt vorn."
    assert sentence(template, namen=("Hafen", "Altstadt"), z=2) == "Die 2 Räume Hafen und Altstadt liegen vorn."


@pytest.mark.parametrize(("number", "word"), [(0, "null"), (1, "eins"), (12, "zwölf"), (13, "13"), (1300, "1.300")])
def test_numbers_in_words(number, word):
    assert sentence("{n:wort}", n=number) == word


def test_numbers_in_words_at_the_beginning():
    assert sentence("{n:Wort} Räume", n=3) == "Drei Räume"


def test_a_value_that_must_not_be_shown_takes_the_other_sentence(value):
    hidden = Wert(value(math.nan, status="withheld"))
    template = "Die Quote beträgt {w}."
    assert sentence(template, otherwise="Die Quote in {w.raum} wird nicht veröffentlicht.", w=hidden).endswith(
        "in Musterstadt wird nicht veröffentlicht."
    )
    assert sentence(template, otherwise="", w=hidden) == ""
    with pytest.raises(TemplateError, match=r"geheim gehalten(?s:.*)sonst="):
        sentence(template, w=hidden)


def test_a_comparison_across_a_break_takes_the_other_sentence(value):
    d = Aenderung(value(), value(year=2004, segment=1))
    assert sentence("{d?auf|ab|gleich}", otherwise="nicht vergleichbar", d=d) == "nicht vergleichbar"


@pytest.mark.parametrize(
    ("template", "values", "words"),
    [
        ("{fehlt}", {"da": 1}, "keinen Wert „fehlt“.\n  → Vorhanden: da"),
        ("{n.farbe}", {"n": 1}, "eine Zahl hat kein „farbe“"),
        ("{n.Farbe}", {"n": 1}, "eine Zahl hat kein „Farbe“"),
        ("{n?ja|nein}", {"n": 1}, "Drei Wörter"),
        ("{n#Raum}", {"n": 1}, "Zwei Wörter"),
        ("{n}", {"n": 1.5}, "keine Nachkommastellen"),
        ("{n}", {"n": True}, "Wahrheitswert"),
    ],
)
def test_wrong_templates_are_refused(template, values, words):
    with pytest.raises(TemplateError, match=words.replace("?", r"\?")):
        sentence(template, **values)


def test_text_without_fields_stays():
    assert sentence("Siehe @fig-a {#sec-x} und 100 %.") == "Siehe @fig-a {#sec-x} und 100 %."


def test_printed():
    assert printed(43032) == "43.032"
    assert printed(["A", 2000]) == "A und 2.000"
    assert printed("Text") == "Text"
