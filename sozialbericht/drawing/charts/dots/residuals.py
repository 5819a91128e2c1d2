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

ROW, AXIS, NAME, GAP = 5.4, 3.6, 42.0, 3.0
"""Height of a row and of the axis below, room for the names, between them and the axis, mm."""


@dataclass(frozen=True)
class Row:
    """One indicator: counted ``value`` with its interval, ``expected``, the city's value (NaN: none)."""

    name: str
    value: float
    lower: float
    upper: float
    expected: float
    city: float
    decimals: int

    @property
    def numbers(self) -> list[float]:
        """Value, lower and upper bound, expected, city, as they are printed."""
        return [printed(n, self.decimals) for n in (self.value, self.lower, self.upper, self.expected, self.city)]


def residuals(rows: Sequence[Row], unit: str, width: float) -> Figure:
    """One row each, ``width`` mm wide, on one scale from 0 in their common unit."""
    scale = enclosing([number for row in rows for number in row.numbers], 4, from_zero=True)
    labels = scale.labels()
    labels[-1] += f"{NBSP}%" if unit == "%" else ""
    bottom = ROW * len(rows)
    with applied():
        fig, ax = canvas(width, round(bottom + AXIS, 1))
        start, end = NAME + GAP, width - text_width(labels[-1], 7) / 2 - 0.5
        for tick, words in zip(scale.ticks, labels, strict=True):
            x = scale.at(tick, start, end)
            marks.line(ax, [x, x], [0.4, bottom], "gitter", 0.5, zorder=0)
            marks.text(ax, x, bottom + 2.2, words, size=7, colour="grau", ha="center")
        for k, row in enumerate(rows):
            _row(ax, row, k * ROW, [scale.at(number, start, end) for number in row.numbers])
        return fig


def _row(ax: Axes, row: Row, top: float, places: list[float]) -> None:
    value, lower, upper, expected, city = places
    middle, lines = top + ROW / 2, wrap(row.name, NAME, 7.5)
    for k, part in enumerate(lines):
        marks.text(ax, 0, middle + 2.7 * (k - (len(lines) - 1) / 2), part, size=7.5)
    if np.isfinite(city):
        marks.line(ax, [city, city], [top + 0.4, top + ROW - 0.4], "tinte", 0.9, zorder=1)
    marks.line(ax, [lower, upper], [middle, middle], "akzent", 1.1, zorder=2)
    marks.dot(ax, expected, middle, fill="grund", edge="tinte")
    marks.dot(ax, value, middle)
