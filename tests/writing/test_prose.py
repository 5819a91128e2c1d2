"""Paragraphs, boxes, key figures and computed sentences."""

import pytest

from sozialbericht.checking.lint import check_text
from sozialbericht.faults import InputError
from sozialbericht.stitching import pandoc
from sozialbericht.wording.sentences import TemplateError
from sozialbericht.writing import prose

NBSP = "\u00a0"


def test_paragraphs_join_their_sentences(b, shown):
    b.text("Eins.", "", "{n} Räume.", n=6)
    assert [block.markdown for block in shown] == ["Eins. 6 Räume."]
    b.text("{w}", sonst="", w=b.wert("alo_u25_anteil", "sr_lindenhof"))
    assert len(shown) == 1, "no empty paragraph"


def test_boxes(b, shown):
    b.leitsatz("Ein {w}.", w="Satz")
    b.kasten("Hinweis", "Eins.", "", "Zwei {n}.", n=2)
    b.lesebeispiel("In {w.raum}.", w=b.wert("hilfequote", "sr_hafen"))
    b.lesebeispiel("{w}", sonst="", w=b.wert("alo_u25_anteil", "sr_lindenhof"))
    b.definition("arbeitslosenquote", zusatz="Stand {s}.", s="2006")
    lead, box, example, definition = [block.markdown for block in shown]
    assert lead == "::: {.leitsatz}\nEin Satz.\n:::"
    assert box == '::: {.kasten titel="Hinweis"}\nEins.\n\nZwei 2.\n:::'
    assert "In Hafen." in example
    assert "**Arbeitslosenquote:** Arbeitslose im September" in definition
    assert "Stand 2006." in definition
    assert "Mit dem SGB II gilt ab Januar 2005" in definition


def test_a_sentence_needs_its_other_version(b):
    with pytest.raises(TemplateError, match="sonst="):
        b.satz("{w}", w=b.wert("alo_u25_anteil", "sr_lindenhof"))


def test_key_figures(b, early, shown):
    rate = b.kennzahl("arbeitslosenquote")
    assert (rate.name, rate.value, rate.unit) == ("Arbeitslosenquote, September 2006", "12,1", "%")
    assert "gegenüber September 2005" in rate.change
    count = b.kennzahl("arbeitslosenquote", anzahl=True)
    assert (count.name, count.value, count.unit) == ("Arbeitslose, September 2006", "3.025", "")
    assert count.change == "≈ nicht erkennbar verändert gegenüber September 2005", "nine of three thousand"
    assert b.kennzahl("einkommensindex", "Einkommen").unit == ""
    broken = early.kennzahl("arbeitslosenquote")
    assert broken.change.endswith("kein Wert zum Vergleich")
    missing = early.kennzahl("einkommensindex")
    assert (missing.value, missing.change) == ("…", "liegt noch nicht vor")
    b.kennzahlen(rate, count)
    assert shown[0].markdown.count("{.kennzahl ") == 2


def test_position_of_areas_around_the_city(b):
    lage = b.lage_zur_stadt("arbeitslosenquote")
    table = b.daten("arbeitslosenquote")
    city = b.wert("arbeitslosenquote").wert.number
    assert lage.darueber == int((table["unten"] > city).sum())
    assert lage.darunter == int((table["oben"] < city).sum())
    assert lage.darueber + lage.darunter + lage.gleich == 6


def test_areas_that_rose_and_fell(b, early):
    up, down, same = (prose.gebiete_mit(b, "arbeitslosenquote", d, "sozialraum") for d in (1, -1, 0))
    assert up + down + same == 6
    assert prose.gebiete_mit(early, "arbeitslosenquote", 1) == 0
    assert early.gebietssatz("arbeitslosenquote") == ""


@pytest.mark.parametrize(
    ("up", "down", "text"),
    [
        (2, 0, "In allen zwei Stadtbezirken ist sie erkennbar gestiegen."),
        (0, 2, "In allen zwei Stadtbezirken ist sie erkennbar gesunken."),
        (1, 1, "In einem von zwei Stadtbezirken ist sie erkennbar gesunken, in einem gestiegen."),
        (0, 1, "In einem von zwei Stadtbezirken ist sie erkennbar gesunken."),
        (1, 0, "In einem von zwei Stadtbezirken ist sie erkennbar gestiegen."),
        (0, 0, "Dasselbe gilt für jeden Stadtbezirk."),
    ],
)
def test_sentence_on_areas(b, monkeypatch, up, down, text):
    monkeypatch.setattr(prose, "gebiete_mit", lambda b, i, d, e="stadtbezirk": {1: up, -1: down}.get(d, 2 - up - down))
    assert b.aenderung("arbeitslosenquote").richtung == 0
    assert b.gebietssatz("arbeitslosenquote") == text


def test_areas_do_not_follow_a_city_that_has_changed(b, monkeypatch):
    monkeypatch.setattr(prose, "gebiete_mit", lambda b, i, d, e="stadtbezirk": 2 * (d == 0))
    monkeypatch.setattr(type(b.aenderung("arbeitslosenquote")), "richtung", 1)
    assert b.gebietssatz("arbeitslosenquote") == "In keinem Stadtbezirk hat sie sich erkennbar verändert."


def test_sentence_on_breaks(b, early):
    assert b.bruchsatz("arbeitslosenquote").startswith("Werte vor 2005 und ab 2005 dürfen nicht verglichen werden: Mit")
    assert early.bruchsatz("arbeitslosenquote") == ""
    assert b.bruchsatz("anteil_u18") == ""


def test_enumeration(b):
    assert b.aufzaehlung(["A", "B"]) == "A und B"


def test_a_formula_stands_alone(b, shown):
    b.formel(r" D = \frac{1}{2} \sum_i x_i ")
    (block,) = shown
    (paragraph,) = pandoc.parse(block.markdown)
    assert [part["t"] for part in paragraph["c"]] == ["Math"]
    assert paragraph["c"][0]["c"] == [{"t": "DisplayMath"}, r"D = \frac{1}{2} \sum_i x_i"]
    assert check_text("x", block.markdown) == []
    assert "$$D = " in block.preview
    b.formel("$$a < b$$")
    assert shown[1].markdown == "$$a < b$$" and "$$a &lt; b$$" in shown[1].preview


@pytest.mark.parametrize("formula", ["", "  ", "$$", "a$ und $b", "a\n\nb"])
def test_what_is_no_formula(b, formula):
    with pytest.raises(InputError, match="Das ist keine Formel"):
        b.formel(formula)
