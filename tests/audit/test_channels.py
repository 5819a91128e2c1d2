"""Channels: what is read of each format, and under which headings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
import typst

from sozialbericht.audit.mentions import figures, normal
from sozialbericht.audit.readers import channels, markup, pdfstrings, pictures, prints, textfiles
from sozialbericht.audit.readers.readings import Passage, Reading, clean
from sozialbericht.cache.inputs import Inputs
from sozialbericht.cache.runcache import RunCache
from sozialbericht.cache.store import Store


def said(passages: Iterable[Passage]) -> list[tuple[str, str]]:
    return [(passage.kind, passage.text) for passage in passages]


def html(body: str) -> tuple[Passage, ...]:
    return markup.read(f"<!doctype html><html><body>{body}</body></html>".encode(), "seite.html").passages


def test_cells_stand_under_their_column_and_row() -> None:
    found = html(
        "<h2>Arbeit</h2><figure id='tbl-a'><figcaption>Quoten 2006</figcaption><table><thead><tr><th>Raum</th>"
        "<th colspan=2>Quote</th><th>Zahl</th></tr></thead><tbody><tr><th>Hafen</th><td>1,2</td><td>3</td><td>4</td>"
        "</tr></tbody></table></figure>"
    )
    cells = {passage.text: passage.heads for passage in found if passage.kind == "Tabelle"}
    assert cells["1,2"] == ("seite", "Arbeit", "tbl-a", "Quoten 2006", "Quote", "Hafen")
    assert cells["4"][-2:] == ("Zahl", "Hafen")


def test_a_table_without_headings_may_have_some_all_the_same() -> None:
    found = html("<table><tr><td>Raum</td><td>Quote</td></tr><tr><td>Hafen</td><td>1,2</td></tr></table>")
    assert Passage("Tabelle", "seite.html", "1,2", ("seite", "Quote", "Hafen")) in found


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("<p>Ein <b>Wort</b> mehr</p>", "Text", "Ein Wort mehr"),
        ("<p hidden>weg</p>", "verborgen", "weg"),
        ("<p style='display:none'>weg</p>", "verborgen", "weg"),
        ("<p>da<span aria-hidden=true>weg</span></p>", "verborgen", "weg"),
        ("<template><p>weg</p></template>", "verborgen", "weg"),
        ("<!-- weg -->", "verborgen", "weg"),
        ("<img src=a.svg alt='ein Bild'>", "Alternativtext", "ein Bild"),
        ("<p title='mehr'>x</p>", "Alternativtext", "mehr"),
        ("<p><b data-wert='0.19'>x</b></p>", "Attribut", "0.19"),
        ("<input type=hidden value=17>", "Attribut", "17"),
        ("<p style='--wert:17'>x</p>", "Attribut", "--wert:17"),
        ("<script>let zahl = 17</script>", "Skript", "let zahl = 17"),
        ('<script type="application/json">{"a": {"b": 17}}</script>', "Skript", "a b: 17;"),
        ("<dl><dt>Rate</dt><dd>17 %</dd></dl>", "Text", "17 %"),
        ("<ul><li>eins<li>zwei</ul>", "Text", "zwei"),
    ],
)
def test_everything_on_a_page_is_read(body: str, kind: str, text: str) -> None:
    assert (kind, text) in said(html(body))


def test_what_is_said_of_a_term_stands_under_it() -> None:
    found = {passage.text: passage.heads for passage in html("<dl><div><dt>Rate</dt><dd>17 %</dd></div></dl>")}
    assert found["17 %"] == ("seite", "Rate")


def test_a_page_that_says_nothing() -> None:
    assert html("<p class='n17' id='n17'><a href='#17'></a></p>") == ()


def picture(inner: str) -> Reading:
    return pictures.read(f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'.encode(), "fig-a.web.svg")


def test_words_of_a_picture_are_joined_by_their_lines() -> None:
    found = picture('<text x="50" y="10.4">17</text><text x="2" y="10">Hafen</text><text x="2" y="30">Nord</text>')
    assert said(found.passages) == [("Bild", "Hafen 17"), ("Bild", "Nord")]
    assert found.passages[0].heads == ("fig-a",)


@pytest.mark.parametrize(
    ("inner", "kind", "text"),
    [
        ("<title>Titel</title>", "Alternativtext", "Titel"),
        ("<desc>Worte</desc>", "Alternativtext", "Worte"),
        ("<metadata>17</metadata>", "Alternativtext", "17"),
        ("<!-- 17 -->", "verborgen", "17"),
        ('<path d="M0 0" data-wert="17"/>', "Attribut", "17"),
        ('<g aria-label="17"/>', "Attribut", "17"),
    ],
)
def test_everything_in_a_picture_is_read(inner: str, kind: str, text: str) -> None:
    assert (kind, text) in said(picture(inner).passages)


def test_marks_and_their_areas() -> None:
    marks = (
        picture(
            '<g class="raum sr_a"><path d="M0 0L10 0L10 5L0 5z" style="fill:none"/></g>'
            '<g transform="translate(100 10)"><use href="#p" x="1.5" y="2" style="fill:var(--akzent,#07566a)"/></g>'
            '<rect x="1" y="2" width="3" height="4" style="fill:red"/><circle cx="7" cy="8" r="1"/>'
            '<g transform="scale(0.1)"><use href="#buchstabe" x="1" y="1"/></g><defs><path d="M0 0L1 1"/></defs>'
        )
        .pictures[0]
        .marks
    )
    assert [(mark.kind, mark.area, mark.fill, mark.middle) for mark in marks] == [
        ("shape", "sr_a", "none", (5, 2.5)), ("dot", "", "#07566a", (101.5, 12)), ("shape", "", "red", (2.5, 4)),
        ("dot", "", "", (7, 8)), ("dot", "", "", (0.1, 0.1)),
    ]  # fmt: skip


def test_shapes_in_units_of_their_own_and_drawn_once_more() -> None:
    """As in maps: a path in tenths of a point, and the same path in another picture of the page."""
    page = (
        '<svg data-bild="a"><g class="raum sr_a" fill="#07566a" transform="translate(10 20)scale(.1)">'
        '<path id="u-1" d="M0 0l100 0 0 50z"/></g></svg><svg data-bild="b"><g transform="scale(2)">'
        '<g class="raum sr_a"><use href="#u-1" x="1"/></g></g></svg>'
    )
    first, second = markup.read(page.encode(), "a.html").pictures
    assert [(mark.kind, mark.area, mark.points) for mark in first.marks] == [
        ("shape", "sr_a", ((10, 20), (20, 20), (20, 25)))
    ]
    assert [(mark.kind, mark.area, mark.points) for mark in second.marks] == [
        ("shape", "sr_a", ((2, 0), (202, 0), (202, 100)))
    ]


@pytest.mark.parametrize("shown", [
    '<svg><g id="x"><text>17</text></g></svg><svg><use href="#x"/></svg>',
    '<svg><defs><text id="x">17</text></defs><use xlink:href="#x"/></svg>',
    '<svg><use href="andere.svg#x"/></svg>',
    '<svg><g transform="skewX(3)"><path d="M0 0L1 1"/></g></svg>',
])  # fmt: skip
def test_a_page_whose_drawings_show_what_nobody_reads_is_unreadable(shown: str) -> None:
    with pytest.raises(ValueError, match="eine Zeichnung"):
        markup.read(shown.encode(), "a.html")



DOCUMENT = """#set document(title: "Ein Titel", date: none)
= Kapitel
Ein Satz.
#figure(caption: [Quoten], table(columns: 2, table.header([Raum], [Quote]), [Hafen], [1,2]))
#figure(rect(), alt: "Ein Bild ohne Worte", caption: [Bild])
#pdf.attach("daten.csv", bytes("Hafen;17"))
"""


def test_a_pdf_is_read_by_its_structure() -> None:
    passages = prints.read(typst.compile(DOCUMENT.encode()), "bericht.pdf").passages
    found = said(passages)
    assert ("Text", "Ein Satz.") in found
    assert ("Metadaten", "Title: Ein Titel") in found
    assert ("Anhang", "Hafen;17") in found
    assert ("Alternativtext", "Ein Bild ohne Worte") in found
    cell = next(passage for passage in passages if passage.text == "1,2")
    assert cell.kind == "Tabelle" and cell.heads[-2:] == ("Quote", "Hafen") and "Kapitel" in cell.heads


def test_strings_of_a_pdf() -> None:
    content = rb"1 0 obj <</Alt (a\(b\) \344 (c)) /T <FEFF00E40062> /Contents (x\
y)>> endobj"
    assert list(pdfstrings.strings(content)) == [("Alt", "a(b) ä (c)"), ("T", "äb"), ("Contents", "xy")]


def test_text_files() -> None:
    table = textfiles.read_csv(b"raum;wert\nsr_a;1,2\n", "daten.csv").passages
    assert Passage("Tabelle", "daten.csv", "1,2", ("daten", "sr_a", "wert")) in table
    assert ("Tabelle", "raum: sr_a; wert: 1,2") in said(table)
    assert said(textfiles.read_json(b'{"a": {"b": 1, "c": [2, 3]}}', "a.json").passages) == [
        ("Daten", "a b: 1;"), ("Daten", "a c 2 3"),
    ]  # fmt: skip
    script = textfiles.read_script(b'window.daten = [{"text": "Hafen 17"}];', "suchdaten.js")
    assert said(script.passages) == [("Suchindex", "text: Hafen 17")]
    text = "Satz 2.1\n\tRaum\t2005\n\t\t%\nHafen\t17\nNord\t\nMitte\t3\nEnde 4"
    index = f"window.d = {json.dumps([{'titel': 'K', 'text': text}])};"
    assert textfiles.read_script(index.encode(), "d.js").passages == (
        Passage("Suchindex", "d.js", "titel: K", ("d",)),
        Passage("Suchindex", "d.js", "Satz 2.1", ("d", "K")),
        Passage("Tabelle", "d.js", "Raum", ("d", "K", "Satz 2.1")),
        Passage("Tabelle", "d.js", "2005", ("d", "K", "Satz 2.1")),
        Passage("Tabelle", "d.js", "", ("d", "K", "Satz 2.1")),
        Passage("Tabelle", "d.js", "%", ("d", "K", "Satz 2.1")),
        Passage("Tabelle", "d.js", "Hafen", ("d", "K", "Satz 2.1", "", "Raum", "")),
        Passage("Tabelle", "d.js", "17", ("d", "K", "Satz 2.1", "", "2005 %", "Hafen")),
        Passage("Tabelle", "d.js", "Nord", ("d", "K", "Satz 2.1", "Nord", "Raum", "")),
        Passage("Tabelle", "d.js", "", ("d", "K", "Satz 2.1", "Nord", "2005 %", "Nord")),
        Passage("Tabelle", "d.js", "Mitte", ("d", "K", "Satz 2.1", "Nord", "Raum", "")),
        Passage("Tabelle", "d.js", "3", ("d", "K", "Satz 2.1", "Nord", "2005 %", "Mitte")),
        Passage("Suchindex", "d.js", "Ende 4", ("d", "K")),
    )
    assert said(textfiles.read_script(b"let a = b;", "a.js").passages) == [("Text", "let a = b;")]
    lines = textfiles.read_manuscript(b"# Titel {#x}\n\n| Raum | Zahl |\n|--|--|\n| Hafen | 17 |\nEin Satz.", "a.qmd")
    assert Passage("Tabelle", "a.qmd", "17", ("a", "Titel", "Zahl", "Hafen")) in lines.passages
    assert Passage("Text", "a.qmd", "Ein Satz.", ("a", "Titel")) in lines.passages


def test_a_notebook_with_all_that_hangs_on_it() -> None:
    outputs = [
        {"text": ["Hafen 17"]},
        {"data": {"text/html": "<b>18</b>", "application/json": {"n": 19}}, "metadata": {}},
    ]
    cells = [{"source": ["# Titel\n", "Worte"], "metadata": {"n": 20}, "outputs": outputs}]
    notebook = {"cells": cells, "metadata": {"m": 21}}
    found = said(textfiles.read_notebook(json.dumps(notebook).encode(), "a.ipynb").passages)
    assert {"Worte", "Hafen 17", "<b>18</b>", "n: 19;", "n: 20;", "m: 21;"} <= {text for _, text in found}
    assert ("Metadaten", "m: 21;") in found


def test_formats_without_a_reader_are_named(tmp_path: Path) -> None:
    for name in ("a.html", "b.ods", "c.svg", "LIESMICH"):
        (tmp_path / name).write_text("<p>Text")
    (tmp_path / "d.html").symlink_to(tmp_path / "a.html")
    found = channels.read(tmp_path)
    assert set(found.unread) == {"b.ods", "c.svg", "LIESMICH", "d.html"}
    assert found.unread["b.ods"] == "für das Format „.ods“ gibt es keinen Leser"
    assert set(found.readings) == {"a.html"}


def test_a_new_format_can_be_registered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "_READERS", dict(channels._READERS))
    channels.register(textfiles.read_lines, ".neu")
    (tmp_path / "a.neu").write_text("Hafen 17")
    assert said(channels.read(tmp_path).readings["a.neu"].passages) == [("Text", "Hafen 17")]


def test_a_damaged_reading_is_made_anew(tmp_path: Path) -> None:
    store, folder = tmp_path / "speicher", tmp_path / "build"
    folder.mkdir()
    (folder / "a.html").write_text("<p>Text</p>")
    cache = RunCache(Store(store), Inputs(tmp_path))
    first = channels.read(folder, cache)
    (kept,) = store.glob("??/*")
    assert store.stat().st_mode & 0o77 == 0
    kept.write_bytes(b"kaputt")
    assert channels.read(folder, cache) == first


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    for folder in ("eins", "zwei"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.html").write_text("<p>Text</p>")
    found = channels.read(tmp_path)
    assert list(found.readings) == ["eins/a.html", "zwei/a.html"]
    assert list(found.different()) == ["eins/a.html"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5,4 % und −3,2", ["5,4", "−3,2"]), ("1.343 Personen", ["1.343"]), ("im Jahr 2006", []),
        ("15- bis unter 65-Jährige", []), ("je 1.000 und je 100", []), ("95-%-Bereich", []), ("Tabelle A.5", []),
        ("0.0667", ["0.0667"]), ("von 2 auf 3", ["2", "3"]), ("sr_a2", []), ("Nr. 7, also 8.", ["7", "8"]),
    ],
)  # fmt: skip
def test_numbers_in_texts(text: str, numbers: list[str]) -> None:
    assert [figure.text for figure in figures(normal(text))] == numbers


def test_a_thousand_may_be_a_decimal() -> None:
    assert next(figures("1.343")).values == {1343.0, 1.343}


def test_texts_are_cleaned() -> None:
    assert clean("Über\u00adgang\u200b  zum\nGym\x02 nasium") == "Übergang zum Gymnasium"
    assert normal("SGB-II-Quote in Eving/ Nord") == "SGBIIQuote in Eving/Nord"
    assert normal("fig-al-rate-rang") == "fig_al_rate_rang"
