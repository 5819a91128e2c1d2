"""Source lines, unit lines, alternative texts."""

import pytest

from sozialbericht.findings.indicator import Indikator
from sozialbericht.writing import alternatives, captions, figures

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("arbeitslosenquote", f"Arbeitslose in{NBSP}% der 15- bis unter 65-Jährigen"),
        ("geburtenrate", "Lebendgeborene je 1.000 Einwohnerinnen und Einwohner"),
        ("einkommensindex", "Einkommen je steuerpflichtige Person, Musterstadt = 100"),
    ],
)
def test_unit_lines(b, indicator, text):
    assert captions.unit_line(Indikator(b, indicator)) == text


def test_both_stands_are_told_where_they_differ(b):
    same, differ = captions.stands(Indikator(b, "anteil_u18")), captions.stands(Indikator(b, "arbeitslosenquote"))
    assert same == "Stand 31.12.2006"
    assert differ == "Stand September 2006 (Arbeitslose), 31.12.2006 (15- bis unter 65-Jährige)"
    assert Indikator(b, "arbeitslosenquote").staende == ("September 2006", "31.12.2006")


def test_stands_of_several_indicators(b):
    assert captions.all_stands([Indikator(b, key) for key in ["anteil_u18"]]) == "Stand 31.12.2006"
    together = captions.all_stands([Indikator(b, key) for key in ["arbeitslosenquote", "alo_u25_anteil"]])
    assert together == "Stand September 2006, Bezugsbevölkerung 31.12.2006"
    apart = captions.all_stands(
        [Indikator(b, key) for key in ["anteil_u18", "wohnflaeche_je_kopf", "arbeitslosenquote"]]
    )
    assert apart.startswith("Stand 31.12.2006; Arbeitslosenquote: September 2006 (Bezug 31.12.2006)")


def test_source_lines(b, early):
    line = captions.source_line(b, ["arbeitslosenquote"], chart="karte", extra="Mehr.")
    assert line.startswith("Arbeitsagentur, Melderegister; Stand September 2006")
    assert "Zahlen in der Karte: Nummern der Sozialräume; ▲ erkennbar über" in line
    assert "▲" not in captions.source_line(b, ["einkommensindex"], chart="karte")
    assert line.endswith("Mehr.")
    series = captions.source_line(b, ["arbeitslosenquote"], chart="verlauf")
    assert "Stand jeweils September" in series
    assert "Bruch 2005: Mit dem SGB II" in series
    assert "Stand je Jahr" in captions.source_line(b, ["hilfequote"], chart="verlauf")
    assert "Bruch" not in captions.source_line(early, ["arbeitslosenquote"], chart="verlauf")


def test_signs_are_explained_once():
    assert captions.signs(["ok", "withheld", "withheld", "missing"]) == [
        "„.“ geheim gehalten.",
        "„…“ liegt noch nicht vor.",
    ]


def test_what_is_not_shown_is_told(b, early):
    assert alternatives.hidden(Indikator(b, "alo_u25_anteil")) == "Gartenfeld und Lindenhof: geheim gehalten."
    assert alternatives.hidden(Indikator(b, "arbeitslosenquote")) == ""
    assert alternatives.hidden(Indikator(early, "einkommensindex")) == "6 Sozialräume: liegt noch nicht vor."


def test_alternative_texts(b, early):
    text = alternatives.choropleth(Indikator(b, "arbeitslosenquote"))
    assert f"Am höchsten Hafen (19,0{NBSP}%)" in text
    assert f"Musterstadt 12,1{NBSP}%" in text
    ranking = alternatives.ranking(Indikator(b, "arbeitslosenquote"))
    assert ranking.startswith("Rangfolge von 6 Sozialräumen: Arbeitslosenquote, September 2006, mit 95-%-Bereich.")
    assert "mit 95-%-Bereich" in alternatives.ranking(Indikator(b, "geburtenrate"))
    assert "mit 95-%-Bereich" not in alternatives.ranking(Indikator(b, "einkommensindex"))
    series = alternatives.panels(Indikator(b, "arbeitslosenquote"), 2004)
    assert "unterbrochen vor 2005" in series
    assert "unterbrochen" not in alternatives.panels(Indikator(early, "arbeitslosenquote"), 2004)


def test_keys_and_cells(b, monkeypatch):
    keys = []
    monkeypatch.setattr(figures, "put", lambda b, drawing, caption, key: keys.append(key))
    b.karte("alo_u25_anteil")
    (rows,) = keys
    assert rows[4] == ("5", "Lindenhof", ".")
    assert rows[1] == ("2", "Hafen", "4,6 [▲]{wertung=minus}")
    assert captions.cell(0.0, "ok", 1) == "–"
