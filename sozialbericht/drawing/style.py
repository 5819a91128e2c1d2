"""The style of all figures: colour tokens, fonts, sizes in mm, matplotlib settings.

Colours are read from the report's ``_brand.yml`` and nowhere else; code names tokens, never colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import font_source_sans_pro
import font_source_serif_pro
import matplotlib as mpl
import yaml
from cycler import cycler
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from sozialbericht.faults import Fault, InputError

FULL, TEXT, HALF, THIRD, LABEL, NARROW = 164.0, 122.0, 80.0, 52.0, 38.0, 90.0
"""Widths in mm: n columns of 10 with gutters of 4; ``NARROW`` is the web's cut for phones."""

GUTTER = 4.0
SANS = "Source Sans Pro"
MM = 25.4
POINT = MM / 72
DARK = "-dunkel"


@dataclass(frozen=True)
class Tokens:
    """The colour tokens: ``light`` for paper and web, ``dark`` for the web; ``tokens["tinte"]`` is light."""

    light: Mapping[str, str]
    dark: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """The light colour of a token, ``#RRGGBB``."""
        return self.light[name]


_OWN = Path(__file__).resolve().parents[2] / "report" / "_brand.yml"


class _Active:
    """The brand file in use; None: the project's own."""

    brand: Path | None = None


def use(brand: Path | None) -> None:
    """Take the colours from this ``_brand.yml`` from now on; None returns to the project's own."""
    _Active.brand = brand


def brand_file() -> Path:
    """The brand file in use: the one given to ``use``, else ``report/_brand.yml`` beside the package
    or in the working directory or above it. Raises InputError where there is none."""
    if _Active.brand is not None:
        return _Active.brand
    if _OWN.is_file():
        return _OWN
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (path := folder / "report" / "_brand.yml").is_file():
            return path
    raise InputError([Fault("report/_brand.yml", "Die Datei mit den Farben des Berichts fehlt.")])


def tokens(brand: Path | None = None) -> Tokens:
    """The colour tokens of a brand file (default: the one in use). Raises InputError for a faulty file."""
    path = brand or brand_file()
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Tokens:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    palette = {k: str(v).upper() for k, v in content["color"]["palette"].items()}
    light = {k: v for k, v in palette.items() if not k.endswith(DARK)}
    dark = {k.removesuffix(DARK): v for k, v in palette.items() if k.endswith(DARK)}
    faults = [
        Fault(path.name, f"„{v}“ ist keine Farbe der Form #RRGGBB.", column=k)
        for k, v in palette.items()
        if len(v) != 7 or v[0] != "#" or not set(v[1:]) <= set("0123456789ABCDEF")
    ]
    seen: dict[str, str] = {}
    for name, value in light.items():
        if value in seen:
            faults.append(
                Fault(
                    path.name,
                    f"Dieselbe Farbe {value} wie „{seen[value]}“.",
                    "Einen Wert um 1 ändern.",
                    column=name,
                )
            )
        seen.setdefault(value, name)
    faults += [Fault(path.name, "Zu dieser Farbe fehlt die helle.", column=k) for k in dark if k not in light]
    if faults:
        raise InputError(faults)
    return Tokens(MappingProxyType(light), MappingProxyType(dark))


_INK = {
    **{f"s{i}": "tinte" if i < 4 else "grund" for i in range(1, 6)},
    **{f"d{i}": "grund" if i in {1, 5} else "tinte" for i in range(1, 6)},
    **{f"t{i}": "auf-dunklem-typ" if i in {1, 5} else "auf-hellem-typ" for i in range(1, 6)},
}


def ink_on(token: str) -> str:
    """The token of the text colour on a class: listed, not decided by a threshold while drawing."""
    return _INK.get(token, "tinte")


@lru_cache(maxsize=1)
def font_files() -> tuple[Path, ...]:
    """The five font files of the report: Sans Light, Regular, Semibold, Serif Regular, Italic (OTF)."""
    sans, serif = font_source_sans_pro.font_files_otf, font_source_serif_pro.font_files_otf
    names = [(sans, f"SourceSansPro{w}") for w in ("Light", "", "Semibold")]
    names += [(serif, f"SourceSerifPro{w}") for w in ("", "It")]
    return tuple(Path(files[name]) for files, name in names)


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    for path in font_files():
        font_manager.fontManager.addfont(path)


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
    mpl.rcParams.update(settings())


@contextmanager
def applied() -> Iterator[None]:
    """The settings of the report's look inside a ``with`` block."""
    _register_fonts()
    with mpl.rc_context(settings()):
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


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: int = 400) -> float:
    """The width in mm of one line of text in Source Sans at ``size`` pt."""
    _register_fonts()
    prop = FontProperties(family=[SANS], size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, prop, ismath=False)
    return float(width) * POINT


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
