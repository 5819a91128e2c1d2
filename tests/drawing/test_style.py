"""Matplotlib's settings, canvases in millimetres, wrapped names."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import matplotlib as mpl
import pytest
import seaborn
from hypothesis import example, given
from hypothesis import strategies as st
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from sozialbericht.drawing.canvas import style, svg


def test_settings() -> None:
    before = mpl.rcParams["font.size"]
    with style.applied():
        assert mpl.rcParams["font.family"] == ["Source Sans Pro"]
    assert mpl.rcParams["font.size"] == before
    with mpl.rc_context():
        style.apply()
        assert mpl.rcParams["svg.fonttype"] == "none"


def test_canvas_and_axes() -> None:
    fig, ax = style.canvas(style.FULL, 50)
    assert fig.get_size_inches() * 25.4 == pytest.approx([164, 50])
    assert ax.get_xlim() == (0, 164)
    assert ax.get_ylim() == (50, 0)
    inner = style.axes_mm(fig, 42, 10, 82, 20)
    assert inner.get_position().bounds == pytest.approx((42 / 164, 20 / 50, 82 / 164, 20 / 50))


def test_wrap_never_cuts() -> None:
    name = "Langenort/Nebenort-Drittort und Umland"
    lines = style.wrap(name, 20, 8)
    assert len(lines) > 1
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert style.wrap("Unzerteilbar", 3, 8) == ["Unzerteilbar"]
    assert all(style.text_width(line, 8) <= 20 for line in lines)


@given(st.text("aefijVATWäß.,–-  (%0123„“", max_size=12), st.sampled_from([7.0, 7.5, 8.0]), st.sampled_from([400, 600]))
@example("Schifffahrt", 8.0, 600)
@example("", 8.0, 400)
def test_the_extent_of_a_text_is_that_of_its_layout(text: str, size: float, weight: int) -> None:
    prop = FontProperties(family=[style.SANS], size=size, weight=weight)
    with style.applied():
        laid_out = text_to_path.get_text_width_height_descent(text, prop, ismath=False)
    assert style.extent(text, size, weight) == laid_out
    assert style.text_width(text, size, weight) == laid_out[0] * style.POINT


HOSTILE = {
    "text.usetex": True, "font.size": 31.0, "font.style": "italic", "path.sketch": (5, 10, 2), "savefig.bbox": "tight",
    "axes.facecolor": "#ff00ff", "lines.linestyle": ":", "figure.autolayout": True, "svg.image_inline": False,
    "font.stretch": "condensed", "savefig.transparent": True, "image.cmap": "hot", "axes.formatter.use_locale": True,
}  # fmt: skip


def drawn() -> str:
    with style.applied():
        fig, ax = style.canvas(style.HALF, 40)
        ax.plot([5, 60], [5, 30])
        ax.text(5, 20, f"Ein Text, {style.text_width('Ein Text', 8):.3f} mm")
        inner = style.axes_mm(fig, 42, 10, 30, 20)
        inner.imshow([[1, 2], [3, 4]])
        inner.plot([0, 1], [1234, 5678])
    return svg.to_svg(fig, "print", "Bild") + svg.to_svg(fig, "Bild")


def test_settings_of_a_user_do_not_reach_a_figure() -> None:
    plain = drawn()
    with mpl.rc_context(HOSTILE):
        style._laid_out.cache_clear()
        assert drawn() == plain
        assert mpl.rcParams["font.size"] == 31
    with mpl.rc_context():
        seaborn.set_theme(context="poster", style="darkgrid")
        assert drawn() == plain


def test_figures_of_analysts_start_from_matplotlib_s_defaults() -> None:
    with mpl.rc_context():
        style.apply()
        wanted = dict(mpl.rcParams)
    with mpl.rc_context(HOSTILE):
        before = mpl.rcParams["interactive"], mpl.rcParams["figure.max_open_warning"]
        style.apply()
        assert {name: value for name, value in mpl.rcParams.items() if wanted[name] != value} == {}
        assert (mpl.rcParams["interactive"], mpl.rcParams["figure.max_open_warning"]) == before


def test_another_font_of_the_same_name_is_not_taken(tmp_path: Path) -> None:
    from matplotlib import font_manager

    stray = tmp_path / "falsch.ttf"
    shutil.copy(font_manager.findfont("DejaVu Sans Mono"), stray)
    entry = font_manager.ttfFontProperty(font_manager.get_font(str(stray)))
    manager = font_manager.fontManager
    manager.ttflist.insert(0, dataclasses.replace(entry, name=style.SANS, weight=400))
    style._register_fonts.cache_clear()
    style._register_fonts()
    found = {font.fname for font in manager.ttflist if font.name == style.SANS}
    assert found and str(stray) not in found
