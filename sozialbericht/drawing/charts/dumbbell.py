"""The picture beside a table of two groups: both as marks with their intervals in standard deviations from the city."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.rowgrid import Rowgrid
from sozialbericht.drawing.canvas.style import applied, canvas, text_width
from sozialbericht.numbers import number

FOOT, MARGIN = 6.0, 3.0
"""Room for the numbers of the axis below, and left and right of its ends, mm."""

#: The axis reaches at least so far; where it reaches further than this, only every second step has its number.
LEAST, CLOSE = 1.0, 4.0


@dataclass(frozen=True)
class Dumbbell:
    """One indicator: the first and the second group, each as value, lower and upper bound (NaN: none), all in standard
    deviations from the city's value; + is favourable where it is ``judged``, else more.
    """

    first: tuple[float, float, float]
    second: tuple[float, float, float]
    judged: bool


def dumbbells(rows: Sequence[Dumbbell], grid: Rowgrid, city: str, width: float) -> Figure:
    """The rows as a picture ``width`` mm wide: the first group filled, the second hollow; diamonds are not judged."""
    values = [abs(v) for row in rows for v in (*row.first, *row.second) if math.isfinite(v)]
    reach = max([LEAST, *values]) * 1.02
    with applied():
        fig, ax = canvas(width, round(grid.bottom + FOOT, 2))
        _ground(ax, grid, reach, city, width)
        for row, y in zip(rows, grid.middles(), strict=True):
            _row(ax, row, y, reach, width)
        return fig


def _place(value: float, reach: float, width: float) -> float:
    """Where a value lies, mm."""
    return width / 2 + value / reach * (width / 2 - MARGIN)


def _ground(ax: Axes, grid: Rowgrid, reach: float, city: str, width: float) -> None:
    """Lines of the scale with their numbers, the city in the middle, what left and right mean where there is room."""
    whole = math.floor(reach)
    for tick in range(-whole, whole + 1):
        x = _place(tick, reach, width)
        if tick:
            marks.line(ax, [x, x], [grid.head, grid.bottom], "gitter", 0.5, zorder=0)
        if reach <= CLOSE or tick % 2 == 0:
            marks.text(ax, x, grid.bottom + 3.4, number(tick, 0, sign=bool(tick)), colour="grau", ha="center")
    marks.line(ax, [width / 2] * 2, [grid.head - 1.2, grid.bottom], "tinte", 0.9, zorder=0.5)
    marks.text(ax, width / 2, grid.head - 3.0, city, weight=600, ha="center")
    room = (width - text_width(city, 7.5, 600)) / 2
    if room > text_width("ungünstiger", 7) + 0.8:
        marks.text(ax, 0, grid.head - 3.0, "ungünstiger", size=7, colour="grau")
        marks.text(ax, width, grid.head - 3.0, "günstiger", size=7, colour="grau", ha="right")


def _row(ax: Axes, row: Dumbbell, y: float, reach: float, width: float) -> None:
    """Both groups and the bar between them."""
    found = [(group, hollow) for group, hollow in ((row.first, False), (row.second, True)) if np.isfinite(group[0])]
    if len(found) == 2:
        ends = [_place(group[0], reach, width) for group, _ in found]
        marks.line(ax, ends, [y, y], "band2", 2.2, zorder=1)
    for (value, lower, upper), hollow in found:
        colour = ("akzent" if value > 0 else "signal") if row.judged else "tinte"
        if np.isfinite(lower) and np.isfinite(upper):
            marks.line(ax, [_place(v, reach, width) for v in (lower, upper)], [y, y], colour, 1.1, zorder=2)
        marks.symbol(ax, _place(value, reach, width), y, "o" if row.judged else "D", colour, hollow=hollow, size=5.0)
