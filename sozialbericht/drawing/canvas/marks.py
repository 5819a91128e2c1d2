"""The marks that figures are made of, on a drawing surface in mm: text, lines, boxes, dots, hatches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.transforms import IdentityTransform, TransformedPath
from shapely.geometry.base import BaseGeometry

from sozialbericht.drawing.canvas.brand import tokens

HATCH_STEP, DOT_STEP = 1.15, 1.5
"""Distance in mm of the lines of a withheld and of the dots of an unreliable area."""

#: No mark is clipped. Those without a path to be clipped by would get one of the axes, each its own.
UNCLIPPED: dict[str, Any] = {
    "clip_on": False, "clip_path": TransformedPath(Outline.unit_rectangle(), IdentityTransform())
}  # fmt: skip


def text(
    ax: Axes,
    x: float,
    y: float,
    words: str,
    *,
    size: float = 7.5,
    weight: int = 400,
    colour: str = "tinte",
    **more: Any,
) -> None:
    """One text at ``x``, ``y`` mm in a token's colour; ``more``, as ``ha`` and ``va``, goes to matplotlib's text."""
    ax.text(
        x,
        y,
        words,
        fontsize=size,
        fontweight=weight,
        color=tokens()[colour],
        **UNCLIPPED,
        **({"ha": "left", "va": "center_baseline"} | more),
    )


def line(
    ax: Axes,
    x: Sequence[float],
    y: Sequence[float],
    colour: str,
    width: float,
    *,
    zorder: float = 1,
    cap: Any = "butt",
    **more: Any,
) -> None:
    """A line through points in mm, ``width`` in pt; ``more`` goes to matplotlib's Line2D."""
    ax.add_artist(
        Line2D(x, y, color=tokens()[colour], lw=width, zorder=zorder, solid_capstyle=cap, **UNCLIPPED, **more)
    )


def box(
    ax: Axes,
    place: tuple[float, float, float, float],
    fill: str,
    edge: str | None = None,
    *,
    zorder: float = 1,
) -> None:
    """A filled rectangle (x, y, width, height in mm), with a hairline where ``edge`` names a token."""
    c = tokens()
    x, y, w, h = place
    ax.add_artist(
        Rectangle(
            (x, y),
            w,
            h,
            facecolor=c[fill],
            edgecolor=c[edge] if edge else "none",
            linewidth=0.4 if edge else 0,
            zorder=zorder,
            **UNCLIPPED,
        )
    )


def field(ax: Axes, place: tuple[float, float, float, float], area: str) -> None:
    """An unpainted rectangle (x, y, width, height in mm) that belongs to an area:
    on the web it leads to its profile.
    """
    x, y, w, h = place
    ax.add_artist(Rectangle((x, y), w, h, facecolor="none", edgecolor="none", gid=f"raum {area}", **UNCLIPPED))


def dot(
    ax: Axes,
    x: float,
    y: float,
    *,
    fill: str = "akzent",
    edge: str = "akzent",
    size: float = 4.6,
    width: float = 1,
) -> None:
    """A round dot of ``size`` pt; hollow where ``fill`` is the ground's token."""
    c = tokens()
    ax.add_artist(
        Line2D(
            [x],
            [y],
            marker="o",
            ls="none",
            ms=size,
            mfc=c[fill],
            mec=c[edge],
            mew=width,
            zorder=3,
            **UNCLIPPED,
        )
    )


def crowd(ax: Axes, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], *, size: float) -> None:
    """Many dots of ``size`` mm in grey, as one path."""
    shapes = shapely.buffer(shapely.points(x, y), size * 0.42, quad_segs=3)
    area(ax, shapely.multipolygons(shapes), "grau", "grau", 0, zorder=2)


def symbol(ax: Axes, x: float, y: float, marker: str, colour: str, *, hollow: bool, size: float = 4.6) -> None:
    """A mark of matplotlib's of ``size`` pt in a token's colour: „o“ a dot, „s“ a square, „D“ a diamond."""
    c, small = tokens(), size if marker == "o" else size - 0.4
    fill = c["grund" if hollow else colour]
    ax.add_artist(
        Line2D([x], [y], marker=marker, ls="none", ms=small, mfc=fill, mec=c[colour], mew=1, zorder=3, **UNCLIPPED)
    )


def outline(shape: BaseGeometry) -> Outline:
    """The rings of a polygon or multipolygon as one matplotlib path."""
    points: list[npt.NDArray[np.float64]] = []
    codes: list[npt.NDArray[np.uint8]] = []
    for polygon in shapely.get_parts(shape):
        for ring in shapely.get_rings(polygon):
            xy = shapely.get_coordinates(ring)
            code = np.full(len(xy), Outline.LINETO, dtype=np.uint8)
            code[0], code[-1] = Outline.MOVETO, Outline.CLOSEPOLY
            points.append(xy)
            codes.append(code)
    return Outline(np.concatenate(points), np.concatenate(codes))


def area(
    ax: Axes,
    shape: BaseGeometry,
    fill: str | None,
    edge: str,
    width: float = 0.7,
    *,
    zorder: float = 1,
    gid: str | None = None,
) -> None:
    """A polygon in mm, filled with a token (None: not at all); ``gid`` becomes its class in the SVG."""
    c = tokens()
    patch = PathPatch(
        outline(shape),
        facecolor=c[fill] if fill else "none",
        edgecolor=c[edge],
        linewidth=width,
        joinstyle="round",
        zorder=zorder,
        **UNCLIPPED,
    )
    patch.set_gid(gid)
    ax.add_artist(patch)


def hatch(
    ax: Axes,
    shape: BaseGeometry,
    colour: str = "schraff",
    *,
    zorder: float = 1.5,
    gid: str = "status-withheld",
) -> None:
    """Slanting lines inside a polygon in mm, as geometry: no pattern, no clipping."""
    if shape.is_empty:  # a number takes all of a small area
        return
    x0, y0, x1, y1 = shape.bounds
    step = HATCH_STEP * 2**0.5
    start = np.arange(np.floor((x0 + y0) / step), np.ceil((x1 + y1) / step) + 1) * step
    slants = shapely.linestrings([[[s - y0, y0], [s - y1, y1]] for s in start])
    parts = shapely.get_parts(shapely.intersection(slants, shape))
    parts = shapely.get_parts(parts[shapely.length(parts) > 0.05])
    _strokes(ax, [shapely.get_coordinates(p) for p in parts], (colour, 0.5, "butt"), zorder, gid)


def dots(ax: Axes, shape: BaseGeometry, colour: str, *, zorder: float = 1.5, gid: str = "status-unreliable") -> None:
    """A regular pattern of small dots inside a polygon in mm."""
    if shape.is_empty:
        return
    x0, y0, x1, y1 = shape.bounds
    rows = np.arange(np.floor(y0 / DOT_STEP), np.ceil(y1 / DOT_STEP) + 1)
    columns = np.arange(np.floor(x0 / DOT_STEP) - 1, np.ceil(x1 / DOT_STEP) + 1)
    x, y = np.meshgrid(columns, rows)
    x = (x + (rows % 2)[:, None] / 2) * DOT_STEP
    points = np.column_stack([x.ravel(), (y * DOT_STEP).ravel()])
    inner = shape.buffer(-0.35)
    points = points[shapely.contains_xy(inner, points[:, 0], points[:, 1])]
    strokes = [np.array([p, p + np.array([0.01, 0])]) for p in points]
    _strokes(ax, strokes, (colour, 0.9, "round"), zorder, gid)


def _strokes(
    ax: Axes,
    strokes: list[npt.NDArray[np.float64]],
    pen: tuple[str, float, Any],
    zorder: float,
    gid: str,
) -> None:
    """Many short lines as one path; the pen is token, width in pt, cap."""
    if not strokes:
        return
    colour, width, cap = pen
    codes = np.concatenate([[Outline.MOVETO] + [Outline.LINETO] * (len(s) - 1) for s in strokes])
    path = Outline(np.concatenate(strokes), codes)
    path.should_simplify = False
    patch = PathPatch(
        path,
        facecolor="none",
        edgecolor=tokens()[colour],
        linewidth=width,
        capstyle=cap,
        zorder=zorder,
        **UNCLIPPED,
    )
    patch.set_gid(gid)
    ax.add_artist(patch)
