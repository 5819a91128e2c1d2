"""Counted values beside what the position lets expect: a filled dot with its interval, a ring, a line for the city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.measure import printed
from sozialbericht.drawing.canvas.scale import enclosing
from sozialbericht.drawing.canvas.style import applied, canvas, text_width, wrap
from sozialbericht.numbers import NBSP

ROW, NAME, GAP = 7.6, 42.0, 3.0
"""Height of a row, room for its name, between the name and the axis, mm."""


@dataclass(frozen=True)
class Row:
    """One indicator: counted ``value`` with its interval, ``expected``, the city's value (NaN: none), in its unit."""

    name: str
    value: float
    lower: float
    upper: float
    expected: float
    city: float
    decimals: int
    unit: str


def residuals(rows: Sequence[Row], width: float) -> Figure:
    """One row each, ``width`` mm wide, every one on a scale of its own from 0. Numbers are drawn as printed."""
    with applied():
        fig, ax = canvas(width, round(ROW * len(rows) + 0.4, 1))
        for k, row in enumerate(rows):
            _row(ax, row, k * ROW, width)
        return fig


def _row(ax: Axes, row: Row, top: float, width: float) -> None:
    value, lower, upper, expected, city = (
        printed(number, row.decimals) for number in (row.value, row.lower, row.upper, row.expected, row.city)
    )
    scale = enclosing([value, upper, expected, city], 4, from_zero=True)
    labels = [*scale.labels()[:-1], scale.labels()[-1] + (f"{NBSP}%" if row.unit == "%" else "")]
    start, end = NAME + GAP, width - text_width(labels[-1], 7) / 2 - 0.5
    middle = top + 2.5

    def x(number: float) -> float:
        return scale.at(number, start, end)

    lines = wrap(row.name, NAME, 7.5)
    for k, part in enumerate(lines):
        marks.text(ax, 0, middle + 2.7 * (k - (len(lines) - 1) / 2), part, size=7.5)
    for tick, words in zip(scale.ticks, labels, strict=True):
        marks.line(ax, [x(tick)] * 2, [top + 0.4, top + 4.6], "gitter", 0.5, zorder=0)
        marks.text(ax, x(tick), top + 6.2, words, size=7, colour="grau", ha="center")
    if np.isfinite(city):
        marks.line(ax, [x(city)] * 2, [top + 0.4, top + 4.6], "tinte", 0.9, zorder=1)
    marks.line(ax, [x(lower), x(upper)], [middle] * 2, "akzent", 1.1, zorder=2)
    marks.dot(ax, x(expected), middle, fill="grund", edge="tinte")
    marks.dot(ax, x(value), middle)
