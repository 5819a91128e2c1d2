"""The style of all figures: fonts, sizes in mm, matplotlib settings in the colours of the brand."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from sozialbericht.drawing.canvas.brand import Tokens, font_files, held, tokens

__all__ = [
    "FULL", "GUTTER", "HALF", "LABEL", "MM", "NARROW", "POINT", "SANS", "TEXT", "THIRD",
    "applied", "apply", "axes_mm", "canvas", "extent", "settings", "text_width", "tokens", "wrap",
]  # fmt: skip

FULL, TEXT, HALF, THIRD, LABEL, NARROW = 164.0, 122.0, 80.0, 52.0, 38.0, 90.0
"""Widths in mm: n columns of 10 with gutters of 4; ``NARROW`` is the web's cut for phones."""

GUTTER = 4.0
SANS = "Source Sans Pro"
MM = 25.4
POINT = MM / 72

#: Settings of matplotlib that are no matter of a look, but of the process.
OF_THE_PROCESS = re.compile(
    r"backend.*|interactive|toolbar|webagg\..*|tk\..*|docstring\..*|savefig\.directory|figure\.max_open_warning"
)

#: What is not the sum of its pairs: three letters in one sign (ffi), scripts that join letters.
WHOLE = re.compile(r"ff|[^ -\u02ff\u2000-\u22ff]")


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    """Make the report's fonts known, and no others under their name that may be installed."""
    manager = font_manager.fontManager
    own = [str(path) for path in font_files()]
    manager.ttflist[:] = [font for font in manager.ttflist if font.name != SANS or font.fname in own]
    for path in own:
        manager.addfont(path)


@lru_cache(maxsize=1)
def _whole(_: Tokens) -> dict[Any, Any]:
    """All settings: matplotlib's own defaults, whatever a user has set, and the report's look over them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mpl.MatplotlibDeprecationWarning)
        whole = mpl.rcParamsDefault.copy()
        whole.update(settings())
    return {name: value for name, value in dict.items(whole) if not OF_THE_PROCESS.fullmatch(name)}


def _set() -> None:
    now = dict(dict.items(mpl.rcParams))  # each look-up of matplotlib's own asks whether the name is outdated
    different = {name: value for name, value in _whole(tokens()).items() if now[name] != value}
    if different:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", mpl.MatplotlibDeprecationWarning)
            mpl.rcParams.update(different)


def settings() -> dict[Any, Any]:
    """The matplotlib settings of the report's look."""
    c = tokens()
    return {
        "font.family": [SANS],
        "font.size": 8,
        "axes.titlesize": 8.5,
        "axes.titleweight": 600,
        "axes.labelsize": 7.5,
        "xtick.labelsize": 7.5,
        "ytick.labelsize": 7.5,
        "legend.fontsize": 7.5,
        "legend.frameon": False,
        "text.color": c["tinte"],
        "text.parse_math": False,
        "axes.labelcolor": c["grau"],
        "xtick.color": c["grau"],
        "ytick.color": c["grau"],
        "axes.edgecolor": c["linie"],
        "axes.linewidth": 0.5,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "axes.unicode_minus": True,
        "axes.prop_cycle": cycler(color=[c["akzent"], c["grau"], c["s3"], c["tinte"], c["schraff"]]),
        "grid.color": c["gitter"],
        "grid.linewidth": 0.5,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "xtick.major.pad": 3,
        "ytick.major.pad": 3,
        "lines.linewidth": 1.5,
        "lines.markersize": 4,
        "lines.solid_capstyle": "round",
        "patch.linewidth": 0,
        "hatch.linewidth": 0.5,
        "hatch.color": c["schraff"],
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
        "figure.dpi": 110,
        "svg.fonttype": "none",
    }


def apply() -> None:
    """Schrift, Farben und Linien des Berichts für alle folgenden Diagramme einstellen."""
    _register_fonts()
    _set()


@contextmanager
def applied() -> Iterator[None]:
    """The settings of the report's look inside a ``with`` block."""
    _register_fonts()
    with held(), mpl.rc_context():
        _set()
        yield


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure of ``width`` × ``height`` mm with one drawing surface in mm, origin top left."""
    fig = Figure(figsize=(width / MM, height / MM))
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.axis("off")
    return fig, ax


def axes_mm(fig: Figure, x: float, y: float, w: float, h: float) -> Axes:
    """Axes of ``w`` × ``h`` mm, ``x`` and ``y`` mm from the figure's top left corner."""
    width, height = fig.get_size_inches() * MM
    return fig.add_axes((x / width, 1 - (y + h) / height, w / width, h / height))


def text_width(text: str, size: float, weight: int = 400) -> float:
    """The width in mm of one line of text in Source Sans at ``size`` pt."""
    return extent(text, size, weight)[0] * POINT


def extent(text: str, size: float, weight: int | str = 400) -> tuple[float, float, float]:
    """Width, height and descent in points of one line of text in Source Sans at ``size`` pt, as matplotlib has them.

    To lay out a text takes long; its extent follows from its pairs of letters, which recur in all texts.
    """
    if len(text) < 3 or WHOLE.search(text):
        width, height, descent = _laid_out(text, weight)
    else:
        pairs = [_laid_out(text[k : k + 2], weight) for k in range(len(text) - 1)]
        width = sum(pair[0] for pair in pairs) - sum(_laid_out(letter, weight)[0] for letter in text[1:-1])
        descent = max(pair[2] for pair in pairs)
        height = max(pair[1] - pair[2] for pair in pairs) + descent
    scale = size / text_to_path.FONT_SCALE
    return width * scale, height * scale, descent * scale


@lru_cache(maxsize=4096)
def _laid_out(text: str, weight: int | str) -> tuple[float, float, float]:
    """The extent of a text at matplotlib's own scale, in which it is whole numbers of 64ths."""
    _register_fonts()
    prop = FontProperties(
        family=[SANS], size=text_to_path.FONT_SCALE, weight=weight, style="normal", variant="normal", stretch="normal"
    )
    width, height, descent = text_to_path.get_text_width_height_descent(text, prop, ismath=False)
    return float(width), float(height), float(descent)


def wrap(text: str, width: float, size: float, weight: int = 400) -> list[str]:
    """``text`` in lines of at most ``width`` mm, broken at spaces and after slashes and hyphens.

    A piece that is wider than the line stands alone: nothing is ever cut or abbreviated.
    """
    pieces = text.replace("/", "/\u200b").replace("-", "-\u200b").replace(" ", " \u200b").split("\u200b")
    lines = [""]
    for piece in pieces:
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), size, weight) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]
