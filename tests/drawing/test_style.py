"""Matplotlib's settings, canvases in millimetres, wrapped names."""

from __future__ import annotations

import matplotlib as mpl
import pytest

from sozialbericht.drawing import style


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
