"""Which numbers may be typed into prose, and which come from the data."""

import pytest

from sozialbericht.checking.numerals import typed

RESULTS = """
Die Quote beträgt 12,1 %.
Die Quote beträgt 12,1\u00a0%.
Es gibt 13 Sozialräume.
1.234 Kinder leben hier.
Rund 12 Prozent sind es.
Es waren 47100 Arbeitslose.
Rund 2000 Kinder leben hier.
Es gibt 2000 Kinder.
etwa 2000
unter 12 % der Kinder
von 39 Sozialräumen
12 von 100 Kindern
95 von 100 Berechnungen
Die Rate stieg von 4,2 auf 12,1.
**12,1** % der Menschen
Es sind 100 Kinder.
zwischen 5 und 7 %
5–7 % der Menschen
im Mittel 31.000 Euro
um 0,5 Prozentpunkte
in 4 Stadtbezirken
die 5 höchsten Raten
2006 waren es 12,1 %
im Jahr 2006 lag sie bei 11.
weniger als 300 Menschen
39 Sozialräume; in % der Bevölkerung
- 13 Sozialräume
1 Kind von drei
-4,2 % weniger
über 50 %
::: {.kasten titel="Die 13 Sozialräume"}
| A | 12,1 |
Wert^[Eine Fußnote mit 12,1 %.]
{n#ein Raum|13 Räume}
""".strip().splitlines()
NO_RESULTS = """
im Jahr 2006, 2005/2006, 2006 bis 2008, seit 1999
am 30. Juni 2005, am 1. und 2. Juni, 31.12.2006, zum 30.09., um 10 Uhr
nach § 27 SGB VIII, § 16 Absatz 2 SGB II, Artikel 3 und KJHG
unter 15 Jahren, 18- bis 64-Jährige, 18- bis unter 65-Jährige, 65 und älter, unter 18 und {ja} 65 Jahre und älter
Typ 4, Typen 4 und 5, Typ 4 oder 5, Stufe 2, Kapitel 3, Jahrgangsstufe 5, die U9
je 100, je 1.000 unter 21-Jährige, auf 1.000 junge Menschen, {w} von 100 Menschen, mal 100 oder mal 1.000
Der Index ist 0 bei gleicher und 100 bei völlig getrennter Verteilung, er reicht von −1 bis 1.
hoch bis −1, mittel über −1 bis 1, niedrig über 1 bis 1,5, sehr niedrig über 1,5
unter 10.000 Euro, 10.000 bis unter 20.000 Euro, ab 50.000 Euro, 50.000 Euro und mehr
Der 95-%-Bereich, eine Wahrscheinlichkeit von 95 %, Balken von 100 %: alle
Fallzahlen von 1 und 2, der Rest 1 oder 2 ist
*z* = 1,96, (*p* + *z*² / 2*n*) geteilt durch (1 + *z*² / *n*)
Wilson (1927) und der 3. Sozialbericht
Südwall 2, 44122 Dortmund, Telefon 0231 50-0
[Text](https://example.org/2006/12,1) und `12 %` und @fig-al-2 und Text[^12]
dreizehn Sozialräume und {n} Kinder
Im Jahr 2004 waren es 12,1 % (Quelle: Bundesagentur für Arbeit, Arbeitsmarkt in Zahlen 2004).
1. erstens
# Entwicklung seit dem Jahr 2000 {#sec-al-2}
""".strip().splitlines()


@pytest.mark.parametrize("text", RESULTS)
def test_results_come_from_the_data(text):
    assert list(typed(text, template=True))


@pytest.mark.parametrize("text", NO_RESULTS)
def test_what_is_no_result_may_be_typed(text):
    assert list(typed(text, template=True)) == []


def test_the_line_and_the_words_around():
    text = "Ein Absatz.\n\n```\n12 %\n```\n\nEs gibt\n13 Sozialräume\nin der Stadt."
    assert list(typed(text)) == [(8, "13 Sozialräume")]


def test_the_source_counts_for_its_paragraph():
    with_source = "Es waren 12,1 %,\nim Jahr darauf 13,4 % (Quelle: Statistisches Landesamt (LDS), Heft 3)."
    assert list(typed(with_source)) == []
    assert [row for row, _ in typed(f"{with_source}\n\nEs waren 12,1 %.")] == [4]
    assert list(typed("Es waren 12,1 % (Quelle: )."))


def test_a_table_of_somebody_with_its_source():
    table = "::: {#tbl-a}\n| A |\n| --- |\n| 12,1 |\n\n::: {.quelle}\nLandesamt\n:::\n\n**Titel** in %\n:::"
    assert list(typed(table)) == []
    assert list(typed(table.replace(".quelle", ".kasten")))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (r"Es sind $12{,}1\,\%$ der Menschen.", "12,1"),
        (r"Es sind" + "\n" + r"$$\frac{3025}{24898} \cdot 100$$", "3025"),
        (r"Der Anteil ist $\text{13 von 39}$.", "13"),
        (r"$z = 1{,}96$, und 47100 Menschen", "47100"),
    ],
)
def test_a_number_typed_into_a_formula(text, number):
    found = list(typed(text))
    assert found and number in found[0][1]
    assert found[0][0] == 1 + text.count("\n")
    assert not list(typed(f"{text} (Quelle: Statistisches Bundesamt)"))


@pytest.mark.parametrize(
    "text",
    [
        r"$z = 1{,}96$, $\alpha < 0{,}05$, $1{,}5 \cdot s$, $(p + z^2 / 2n)$, $x \geq 30$, $n\,=\,30$",
        r"$\frac{1}{2} \sum_{i=1}^{13} x_i^{12} \cdot 100$, $\frac12 \sqrt{2}$, $x_{12}$, $\frac{a}{b} \cdot 1000$",
        "$$\nD = 2 \\cdot \\left| a - b \\right|\n$$",
    ],
)
def test_what_a_formula_is_made_of(text):
    assert list(typed(text)) == []


def test_signs_of_dollars_make_no_formula():
    assert [row for row, _ in typed("Preise in $.\n\n13 Räume, Preise in $ und")] == [3]
