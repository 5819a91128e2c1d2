"""The line of an index: all areas as numbered marks along it, and below them the classes that cut it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.scale import lanes_of
from sozialbericht.drawing.canvas.style import FULL, NARROW, POINT, applied, canvas, text_width
from sozialbericht.numbers import number

#: Diameter of a mark with a number, of one without, mm; how far two of them lie apart; height of the band of classes.
NUMBERED, BARE, APART, BAND = 4.0, 1.6, 0.25, 4.4
#: Room above the marks, between them and the band, below it for the bounds; left and right, mm.
TOP, GAP, FOOT, SIDE = 1.0, 2.0, 5.0, 3.0


@dataclass(frozen=True)
class Classes:
    """The classes from low to high: names, tokens of their tones, the bounds between them."""

    names: Sequence[str]
    tones: Sequence[str]
    bounds: Sequence[float]


def indexline(
    values: Sequence[tuple[int, float]], classes: Classes, *, narrow: bool = False, bare: bool = False
) -> Figure:
    """Areas (number, printed value) on a line from the lowest to the highest value, 164 or, ``narrow``, 90 mm wide;
    ``bare``: without their numbers.
    """
    width, size = NARROW if narrow else FULL, BARE if bare else NUMBERED
    ordered = sorted(values, key=lambda pair: (pair[1], pair[0]))
    low = min([*(v for _, v in ordered), *classes.bounds])
    high = max([*(v for _, v in ordered), *classes.bounds])

    def x(value: float) -> float:
        return SIDE + (value - low) / ((high - low) or 1) * (width - 2 * SIDE)

    places = [x(value) for _, value in ordered]
    lanes = lanes_of(places, size + APART)
    least, most = min(lanes, default=0), max(lanes, default=0)
    middle = TOP + size / 2 - least * (size + APART)
    base = middle + most * (size + APART) + size / 2 + GAP
    with applied():
        fig, ax = canvas(width, round(base + BAND + FOOT, 2))
        for (label, _), place, lane in zip(ordered, places, lanes, strict=True):
            y = middle + lane * (size + APART)
            if bare:
                marks.dot(ax, place, y, size=3.4)
            else:
                marks.dot(ax, place, y, fill="grund", edge="tinte", size=size / POINT, width=0.6)
                marks.text(ax, place, y, str(label), size=7, ha="center")
        _band(ax, base, width, classes, [x(bound) for bound in classes.bounds])
        return fig


def _band(ax: Axes, y: float, width: float, classes: Classes, bounds: Sequence[float]) -> None:
    """The classes as a band with their names, where there is room, and the bounds below."""
    edges = [0.0, *bounds, width]
    for name, tone, left, right in zip(classes.names, classes.tones, edges, edges[1:], strict=False):
        marks.box(ax, (left, y, right - left, BAND), tone, "linie")
        ink = "grund" if tone[-1:] in "45" else "tinte"
        if text_width(name, 7) + 1 <= right - left:
            marks.text(ax, (left + right) / 2, y + BAND / 2, name, size=7, ha="center", colour=ink)
    for bound, place in zip(classes.bounds, bounds, strict=True):
        words = number(bound, 0 if bound == round(bound) else 1)
        marks.text(ax, place, y + BAND + 2.8, words, colour="grau", ha="center")
