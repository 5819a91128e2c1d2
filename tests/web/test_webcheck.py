"""The addresses of a finished web report: what is loaded from elsewhere or missing is named, and nothing else."""

import tempfile
from pathlib import Path

import pytest
from chapter_texts import SVG
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.web.tree import read
from sozialbericht.web.webcheck import addresses_at_fault

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><defs/>{}</svg>'
LOCAL = [
    '<use xlink:href="#a"/>',
    "<use href='#a'/>",
    '<rect id="a" fill="url(#b)"/>',
    """<rect style="clip-path: url( '#b' )"/>""",
    '<style>rect{fill:url("#b")}</style>',
    '<linearGradient id="b" xlink:href = "#a"/>',
    '<image href="data:image/png;base64,AAAA"/>',
    '<a xlink:href="https://www.example.org/"><text data-x="1">Zur Stadt</text></a>',
    "<text>https://www.example.org/</text>",
]
ELSEWHERE = [
    ('<image href="https://bild.example/a.png"/>', "„https://bild.example/a.png“ würde von einem fremden Server"),
    ("<image xlink:href = '//bild.example/a.png'/>", "„//bild.example/a.png“ würde von einem fremden Server"),
    ('<image HREF="http://bild.example/a.png"/>', "fremden Server"),
    ('<use href="https://bild.example/a.svg#b"/>', "fremden Server"),
    ("<style>rect{fill:url(http://bild.example/a.svg#b)}</style>", "fremden Server"),
    ('<rect style="fill:url(http://bild.example/a.svg#b)"/>', "fremden Server"),
    ("<style>@import 'https://bild.example/a.css';</style>", "fremden Server"),
    ('<rect fill="url(https://bild.example/a.svg#b)"/>', "fremden Server"),
    ('<script xlink:href="https://bild.example/a.js"/>', "fremden Server"),
    ('<feImage href="https://bild.example/a.png"/>', "fremden Server"),
    ('<style>@IMPORT"https://bild.example/a.css";</style>', "„https://bild.example/a.css“ würde"),
    ("<style>@import url(https://bild.example/a.css);</style>", "„https://bild.example/a.css“ würde"),
    ("<style>rect{fill:image-set('https://bild.example/a.png' 1x)}</style>", "fremden Server"),
    ('<?xml-stylesheet type="text/css" href="https://bild.example/a.css"?>', "fremden Server"),
    ('<image href="fehlt.png"/>', "Die Datei „fehlt.png“ fehlt"),
    ('<use xlink:href="fehlt.svg#a"/>', "Die Datei „fehlt.svg#a“ fehlt"),
    ("<style>rect{fill:url('fehlt.svg#b')}</style>", "Die Datei „fehlt.svg#b“ fehlt"),
]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ('<link href="https://fonts.example/css" rel="stylesheet">', "fremden Server"),
        ('<script src="//cdn.example/x.js"></script>', "fremden Server"),
        ("<style>@import 'https://fonts.example/a.css';</style>", "fremden Server"),
        ('<p style="background:url(http://bild.example/a.png)">x</p>', "fremden Server"),
        (
            '<picture><source srcset="a.svg, HTTPS://bild.example/b.svg 2x"></picture>',
            "HTTPS://bild.example/b.svg",
        ),
        ('<img src="fehlt.svg" alt="x">', "„fehlt.svg“ fehlt"),
        ('<a href="fehlt.html">x</a>', "„fehlt.html“ führt ins Leere"),
        ('<a href="#nichts">x</a>', "„#nichts“ führt ins Leere"),
        ('<a href="seite.html#nichts">x</a>', "führt ins Leere"),
    ],
)
def test_addresses_at_fault_are_named(tmp_path: Path, markup: str, words: str) -> None:
    (tmp_path / "seite.html").write_text(f"<html><body>{markup}</body></html>", encoding="utf-8")
    assert any("seite.html" in line and words in line for line in addresses_at_fault(tmp_path))


def test_ordinary_links_and_own_files_are_fine(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "a.css").write_text('/* url(http://x) */ a{background:url("../b.svg")}', encoding="utf-8")
    (tmp_path / "b.svg").write_text(SVG, encoding="utf-8")
    (tmp_path / "a.html").write_text(
        '<link href="web/a.css"><link rel="icon" href="data:,"><p id="ö">x</p><img src="b.svg#teil" alt="b">'
        '<a href="https://www.example.org/">x</a><a href="mailto:a@example.org">x</a>'
        '<a href="a.html#%C3%B6">x</a>',
        encoding="utf-8",
    )
    assert addresses_at_fault(tmp_path) == []


@pytest.mark.parametrize(("part", "words"), ELSEWHERE)
@pytest.mark.parametrize("before", ["", *LOCAL[:4]])
def test_a_drawing_that_loads_something_is_named(tmp_path: Path, before: str, part: str, words: str) -> None:
    (tmp_path / "bilder").mkdir()
    (tmp_path / "bilder" / "a.web.svg").write_text(DRAWING.format(before + part), encoding="utf-8")
    (line,) = addresses_at_fault(tmp_path)
    assert line.startswith("bilder/a.web.svg: ")
    assert words in line


@pytest.mark.parametrize("part", LOCAL)
def test_a_drawing_that_refers_to_itself_is_fine(tmp_path: Path, part: str) -> None:
    (tmp_path / "a.svg").write_text(DRAWING.format(part), encoding="utf-8")
    assert addresses_at_fault(tmp_path) == []


def test_a_drawing_may_load_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "b c.svg").write_text(SVG, encoding="utf-8")
    (tmp_path / "a.svg").write_text(DRAWING.format('<use href="b%20c.svg#a"/>'), encoding="utf-8")
    assert addresses_at_fault(tmp_path) == []


@settings(max_examples=200, deadline=None)
@given(parts=st.lists(st.sampled_from([*LOCAL, *(part for part, _ in ELSEWHERE)]), max_size=4))
def test_what_stands_together_in_a_drawing_is_named_like_each_part_alone(parts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.svg"

        def found(*parts: str) -> set[str]:
            path.write_text(DRAWING.format("".join(parts)), encoding="utf-8")
            return set(addresses_at_fault(Path(folder)))

        assert found(*parts) == set().union(*map(found, parts))


def test_pages_that_are_known_are_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text('<a href="#b">x</a>', encoding="utf-8")
    assert addresses_at_fault(tmp_path, {path: read('<p id="b"><a href="#b">x</a></p>')}) == []
    assert len(addresses_at_fault(tmp_path)) == 1
