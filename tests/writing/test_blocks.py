"""What goes into the report and what JupyterLab shows."""

import pytest

from sozialbericht.checking.lint import check_text
from sozialbericht.escaping import html_of
from sozialbericht.stitching import pandoc
from sozialbericht.writing import blocks
from sozialbericht.writing.blocks import MEDIA_TYPE, Block, Caption, KeyFigure, Layout

CAPTION = Caption("tbl-a", "Titel", "in %", "Melderegister; Stand 2006.")
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_a_block_has_one_form_for_the_report_and_one_for_jupyterlab():
    bundle = Block("*Text*", "<p>Text</p>", {"a.svg": SVG})._repr_mimebundle_(include=None, exclude=None)
    assert bundle == {
        MEDIA_TYPE: {"markdown": "*Text*", "bilder": {"a.svg": SVG}},
        "text/html": "<p>Text</p>",
        "text/plain": "*Text*",
    }


def test_text_in_attributes_is_escaped():
    block = blocks.box("kasten", "Inhalt", 'Ein "Titel" mit \\')
    div = pandoc.parse(block.markdown)[0]
    _, classes, pairs = pandoc.attributes(div)
    assert classes == ["kasten"]
    assert pairs["titel"] == 'Ein "Titel" mit \\'


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**fett** und *kursiv*", "<p><strong>fett</strong> und <em>kursiv</em></p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("eins\n\nzwei", "<p>eins</p><p>zwei</p>"),
    ],
)
def test_preview_of_a_line(markdown, html):
    assert html_of(markdown) == html


def test_boxes():
    assert blocks.paragraph("Ein Satz.").markdown == "Ein Satz."
    assert blocks.box("leitsatz", "Ein Satz.").markdown == "::: {.leitsatz}\nEin Satz.\n:::"
    assert "<b>Lesebeispiel</b>" in blocks.box("lesebeispiel", "So liest man.").preview


def test_key_figures():
    block = blocks.key_figures(
        [KeyFigure("Arbeitslose", "3.025", "", "▲ 9 mehr"), KeyFigure("Quote", "12,1", "%", "=")]
    )
    outer = pandoc.parse(block.markdown)[0]
    inner = [pandoc.attributes(e) for e in outer["c"][1]]
    assert [(c[0], p["name"], p["wert"], p["einheit"]) for _, c, p in inner] == [
        ("kennzahl", "Arbeitslose", "3.025", ""),
        ("kennzahl", "Quote", "12,1", "%"),
    ]
    assert "12,1 %" in block.preview


def test_a_figure_with_key_and_narrow_cut():
    caption = Caption("fig-a", "Titel", "in %", "Quelle.", 'Karte: "hoch"')
    cuts = {"wide": SVG, "narrow": SVG}
    block = blocks.figure(caption, cuts, [("1", "Hafen/Markt", "12,1"), ("2", "Altstadt", ".")])
    assert set(block.pictures) == {"fig-a.svg", "fig-a.schmal.svg"}
    div = pandoc.parse(block.markdown)[0]
    assert pandoc.attributes(div)[0] == "fig-a"
    image = next(e for e in pandoc.elements(div) if e["t"] == "Image")
    assert pandoc.attributes(image)[2] == {"fig-alt": 'Karte: "hoch"', "schmal": "ja"}
    assert pandoc.plain_text(div["c"][1][-1]) == "Titel in %"
    assert "Hafen/\u200bMarkt" in block.markdown
    assert check_text("x", block.markdown) == []


def test_a_figure_without_extras():
    block = blocks.figure(Caption("fig-a", "Titel", "", "Quelle.", "Alt"), {"wide": SVG})
    assert "schmal" not in block.markdown
    assert "schluessel" not in block.markdown
    assert block.markdown.endswith("**Titel**\n:::")


def test_a_table_of_printed_cells():
    block = blocks.table(CAPTION, ["Raum", "Arbeits|lose"], [["Hafen", "12,1"], ["A|B", "–"]])
    div = pandoc.parse(block.markdown)[0]
    table = next(e for e in pandoc.elements(div) if e["t"] == "Table")
    words = pandoc.plain_text(table)
    assert words == "RaumArbeits\u00adloseHafen12,1A|B–"
    assert pandoc.plain_text(div["c"][1][-1]) == "Titel in %"
    assert "<th>Arbeits\u00adlose</th>" in block.preview
    assert check_text("x", block.markdown) == []


def test_the_layout_of_a_table():
    assert Layout().attributes() == {}
    layout = Layout("rand 1fr", (0, 3), (0, 1), wide=True)
    assert layout.attributes() == {"spalten": "rand 1fr", "gruppen": "0 3", "links": "0 1", "stil": "breit"}
    div = pandoc.parse(blocks.table(CAPTION, ["A"], [["1"]], layout).markdown)[0]
    assert pandoc.attributes(div)[2]["spalten"] == "rand 1fr"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Arbeits|losen|rate", "Arbeits\u00adlosen\u00adrate"),
        ("15-|Jährige", "15-\u200bJährige"),
        ("unter|3-Jährige", "unter 3-Jährige"),
        ("ohne Marke", "ohne Marke"),
    ],
)
def test_marks_of_short_names(name, text):
    assert blocks.soft_hyphens(name) == text
