"""The table of constructs: what derives from it, what is refused, in which line."""

import pytest

from sozialbericht.checking import constructs, texts
from sozialbericht.checking.texts import Text, check_text
from sozialbericht.stitching import pandoc

ALL = (
    "Plain Para LineBlock CodeBlock RawBlock BlockQuote OrderedList BulletList DefinitionList Header HorizontalRule "
    "Table Figure Div Null Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Quoted Cite Code Space "
    "SoftBreak LineBreak Math RawInline Link Image Note Span"
).split()


def test_every_element_of_pandoc_is_allowed_or_refused():
    refused = set(constructs.REFUSED)
    assert constructs.ELEMENTS | refused | {"Quoted"} == set(ALL)
    assert not constructs.ELEMENTS & refused


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("Text\n\nx^zwei^", 3, "hochgestellter Text"),
        ("Text\n\nH~zwei~O", 3, "tiefgestellter Text"),
        ("a\n~~b~~", 2, "durchgestrichener Text"),
        ("a\n\n[b]{.underline}", 3, "unterstrichener Text"),
        ("a\n\n[b]{.smallcaps}", 3, "Kapitälchen"),
        ("a\n\n[b]{.rot}", 3, "eine Auszeichnung [b]{…}"),
        ("a\n\n[b]{farbe=rot}", 3, "eine Auszeichnung [b]{…}"),
        ("a\n\n`b`{.python}", 3, "{.python}"),
        ("a\n\n[b](https://example.org){target=_blank}", 3, "{target=…}"),
        ("a\n\n## T {.klasse}", 3, "die Überschrift mit {.klasse}"),
        ("a\n\n## T {#foo}", 3, "die Marke #foo einer Überschrift"),
        ("a\n\n::: {#foo}\nx\n:::", 3, "Marken von Blöcken beginnen mit fig- oder tbl-"),
        ("a\n\n::: {.kasten farbe=rot}\nx\n:::", 3, "{farbe=…}"),
        ("a\n\n| A | B |\n| --- | --- |\n| x | y |", 3, "eine Tabelle ohne ::: {#tbl-…}"),
        ("a\n\n::: {.kasten}\n| A |\n| --- |\n| x |\n:::", 4, "eine Tabelle ohne ::: {#tbl-…}"),
        ("a\n\n![b](x.png)", 3, "Ein Bild in einem Text (x.png)"),
        ("a ![b](x.png)", 1, "Ein Bild in einem Text (x.png)"),
        ("::: {#fig-a}\n![](bilder/a.svg)\n\n**T** x\n:::", 2, "Ein Bild in einem Text"),
        ("a\n\n- [ ] b", 3, "eine Aufgabenliste"),
        ("a\n\nb<br>c", 3, "roher HTML-"),
        ("a\n\n\\newpage", 3, "roher HTML-"),
        ("a\n\n> b", 3, "ein Zitatblock"),
        ("a\n\n---\n\nb\n\n***", 3, "eine Trennlinie"),
        ('a\n\nb "c" d', 3, "Gerade Anführungszeichen"),
        ("a\n\nb $\\foo{a}$", 3, "Die Formel „\\foo{a}“ lässt sich nicht lesen"),
        ("a\n\n$$\n\\frac{a\n$$", 3, "Die Formel „\\frac{a“ lässt sich nicht lesen"),
        ("a\n\n## T $x$", 3, "eine Formel in einer Überschrift"),
    ],
)  # fmt: skip
def test_what_somebody_writes(text, row, words):
    faults = check_text("report/x.qmd", text, own=True)
    assert any(words in fault.what and fault.row == row for fault in faults), faults


def test_formulas_and_signs_of_dollars():
    assert check_text("x", "$\\frac{a}{b}$, 5 $ und 6 $, \\$x\\$\n\n$$\n\\sum_i x_i\n$$", own=True) == []


def test_two_of_a_kind():
    faults = check_text("x", "a ~~b~~\n\nc\n\nd ~~e~~\n\n---\n\nf\n\n---\n\ng", own=True)
    assert [fault.row for fault in faults] == [1, 5, 7, 11]


def test_outputs_of_the_report_have_pictures_and_marked_names():
    figure = (
        '::: {#fig-a}\n![](bilder/a.svg){fig-alt="Alt" schmal="ja"}\n\n'
        "::: {.schluessel}\n- [1]{} [Nord]{raum=sb_nord}\n:::\n\n**T** x\n:::"
    )
    assert check_text("x", figure) == []
    assert check_text("x", "![](bilder/a.svg)")


def test_texts_read_together_are_read_as_each_alone(monkeypatch):
    """Lists, notes and blocks end with their text; what cannot be read with others is read alone."""
    asked = []
    parse = pandoc.parse
    monkeypatch.setattr(pandoc, "parse", lambda text, **more: asked.append(text) or parse(text, **more))
    given = ["- a\n- b", "c[^x]", "[^x]: d\n    e", "Begriff\n:   f", "```\ng", "~~h~~", "::: {.kasten}\ni", "j ^2^ k"]
    faults = texts.check([Text(f"Zelle {n}", text) for n, text in enumerate(given)])
    assert [(fault.place, fault.row) for fault in faults] == [("Zelle 5", 1), ("Zelle 6", 1), ("Zelle 7", 1)]
    assert len(asked) == 2, "all in one go, and what is not closed"
