"""Small drawn signs inside areas and legend swatches: triangle up, triangle down, dot, diamond –
told apart without colour.
"""

from __future__ import annotations

import shapely
from matplotlib.axes import Axes
from shapely.geometry.base import BaseGeometry

from sozialbericht.drawing.canvas import marks

UP, DOWN, DOT, DIAMOND, RING = "up", "down", "dot", "diamond", "ring"

#: Corners of a sign of size 1 around its middle, y downwards.
_CORNERS = {
    UP: [(0, -0.5), (0.56, 0.46), (-0.56, 0.46)],
    DOWN: [(0, 0.5), (0.56, -0.46), (-0.56, -0.46)],
    DIAMOND: [(0, -0.56), (0.56, 0), (0, 0.56), (-0.56, 0)],
}


def shape(kind: str, x: float, y: float, size: float) -> BaseGeometry:
    """The outline of a sign of ``size`` mm with its middle at ``x``, ``y``."""
    if kind == RING:
        return shapely.Point(x, y).buffer(size / 2, quad_segs=12)
    if kind == DOT:
        return shapely.Point(x, y).buffer(size * 0.32, quad_segs=8)
    return shapely.Polygon([(x + size * a, y + size * b) for a, b in _CORNERS[kind]])


def beside(area: BaseGeometry, x: float, y: float, half: float, size: float) -> tuple[float, float]:
    """Where a sign of ``size`` mm stands beside a number with its middle at ``x``, ``y`` and ``half`` mm to each side.

    Below, above, right or left of it: the first place that lies inside the area, else the one that reaches out least.
    """
    down, across = 1.2 + 0.95 * size, half + 0.75 * size
    places = [(x, y + down), (x, y - down), (x + across, y), (x - across, y)]
    outside = [shapely.Point(p).buffer(size * 0.75).difference(area).area for p in places]
    return next((p for p, out in zip(places, outside, strict=True) if out < 1e-9), places[outside.index(min(outside))])


def draw(ax: Axes, kind: str, x: float, y: float, colour: str, *, size: float = 1.9, hollow: bool = False) -> None:
    """One sign in a token's colour; ``hollow`` draws its outline only."""
    outline = shape(kind, x, y, size)
    marks.area(ax, outline, None if hollow else colour, colour, 0.7 if hollow else 0.1, zorder=4, gid=f"zeichen {kind}")
