"""SVG cuts: sizes, ids, tokens, the same bytes again."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import brand, marks, style
from sozialbericht.drawing.canvas.svg import Cut, to_svg


def _figure() -> Figure:
    with style.applied():
        fig, ax = style.canvas(80, 40)
        marks.box(ax, (0, 0, 20, 10), "s4", "linie")
        marks.box(ax, (30, 0, 20, 10), "u1")
        marks.dot(ax, 40, 20)
        marks.text(ax, 10, 30, "Wörter & <Zeichen>", size=8, weight=600)
        inner = style.axes_mm(fig, 20, 10, 40, 20)
        inner.plot([0, 1, 2], [3, 1, 2])
        inner.bar([0, 1], [1, 2], hatch="//", facecolor=brand.tokens()["sand"])
        return fig


@pytest.mark.parametrize("cut", ["print", "web"])
def test_same_bytes(cut: Cut) -> None:
    assert to_svg(_figure(), cut, "Titel", "fig-a") == to_svg(_figure(), cut, "Titel", "fig-a")
    fig = _figure()
    assert to_svg(fig, cut, "Titel") == to_svg(fig, cut, "Titel")


def test_print_keeps_text() -> None:
    svg = to_svg(_figure(), "print", "Titel <1>")
    assert "<title>Titel &lt;1&gt;</title>" in svg
    assert "Wörter &amp; &lt;Zeichen&gt;" in svg
    assert 'font-family="Source Sans Pro"' in svg
    assert "var(--" not in svg
    assert "<style" not in svg
    assert 'width="80mm" height="40mm"' in svg


def test_web_has_outlines_and_tokens() -> None:
    svg = to_svg(_figure(), "web")
    assert "<text" not in svg
    assert "<title" not in svg
    assert "fill:var(--s4,#0d6f80)" in svg
    assert "--s4:#86c0a4" in svg
    assert "prefers-color-scheme:dark" in svg
    assert "fill:#10647a" in svg, "a token without a dark side stays as it is"
    assert 'fill="#' not in svg, "the ground of a hatch needs the style, too"


@pytest.mark.parametrize("cut", ["print", "web"])
def test_ids_are_own_and_all_pointers_hit(cut: Cut) -> None:
    a, b = (to_svg(_figure(), cut, "Titel", ident) for ident in ("fig-a", "fig-b"))
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (a, b)]
    assert ids[0] and not ids[0] & ids[1]
    for svg, known in zip((a, b), ids, strict=True):
        used = re.findall(r'href="#([^"]+)"', svg) + re.findall(r"url\(#([^)]+)\)", svg)
        assert set(used) <= known
        ET.fromstring(svg)


def test_no_date_no_program() -> None:
    svg = to_svg(_figure(), "print", "Titel")
    assert "metadata" not in svg
    assert "atplotlib" not in svg


def test_a_figure_without_colours_has_no_dark_block() -> None:
    fig, _ = style.canvas(10, 10)
    assert "<style" not in to_svg(fig, "web")
