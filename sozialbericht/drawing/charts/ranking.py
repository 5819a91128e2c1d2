"""The picture of a ranked table: each area as a mark with its interval in the area's row, the city as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.measure import Measure, as_printed, printed
from sozialbericht.drawing.canvas.rowgrid import Rowgrid
from sozialbericht.drawing.canvas.scale import Scale, enclosing, lanes_of, note
from sozialbericht.drawing.canvas.style import applied, canvas, text_width, wrap
from sozialbericht.numbers import NBSP, number
from sozialbericht.position import Position
from sozialbericht.status import Status

FOOT = 6.0
"""Room for the numbers of the axis, mm."""

#: Diameters of the dots of a crowd, mm: the first with which it fits.
SIZES = (0.9, 0.7, 0.5, 0.4, 0.3, 0.2)

#: So many rows lie between two hairlines.
STEP = 5
_MARKERS = {Position.BELOW: "s", Position.ABOVE: "o"}
_COLOURS = {1: "akzent", -1: "signal", 0: "grau"}


def ranked(
    values: pd.DataFrame,
    measure: Measure,
    grid: Rowgrid,
    everybody: pd.DataFrame | None = None,
    *,
    city_value: float,
    upward: int,
    width: float,
) -> Figure:
    """The rows of a ranked table as a picture ``width`` mm wide.

    ``values``: one row per row of the table and in its order, index raum_id, with the columns wert, unten, oben (the
    95 % interval; NaN where there is none), lage (a :class:`Position` beside the city) and status. Where the status is
    not ok, nothing is drawn. Squares lie recognisably below the city, filled dots above, rings do neither; ``upward``
    is 1 where a high value is good, −1 where it is bad, 0 without judgement. ``everybody`` (columns wert and status)
    stands as dots in the row with the raum_id "".
    """
    drawn = as_printed(values[["wert", "unten", "oben"]].astype(float), measure.decimals)
    values, city_value = values.assign(**drawn), printed(city_value, measure.decimals)
    good = values[values["status"] == Status.OK]
    scale = _fitting([*good["wert"], *good["unten"], *good["oben"], city_value], measure, width)
    with applied():
        fig, ax = canvas(width, round(grid.bottom + FOOT, 2))
        note(fig, scale)
        chart = _Chart(ax, scale, grid, measure, width)
        chart.ground()
        if np.isfinite(city_value):
            chart.city(city_value)
        rows = zip(values.index, values.to_dict("records"), grid.tops(), grid.rows, strict=True)
        for area, record, top, height in rows:
            if not area and everybody is not None:
                shown = everybody.loc[everybody["status"] == Status.OK, "wert"].astype(float)
                chart.crowd(sorted(as_printed(shown, measure.decimals)), top, height)
            if area:
                marks.field(ax, (0, top, width, height), str(area))
            if record["status"] == Status.OK:
                chart.value(top + height / 2, record, upward)
        return fig


def _fitting(values: list[float], measure: Measure, width: float) -> Scale:
    """The scale with the most steps whose numbers have room below each other's side."""
    scales = [enclosing(values, steps) for steps in (6, 5, 4, 3, 2)]
    for scale in scales:
        room = (width - 5) / (len(scale.ticks) - 1)
        if max(text_width(words, 7.5) for words in _labels(scale, measure)) + 1.5 <= room:
            return scale
    return scales[-1]


def _labels(scale: Scale, measure: Measure) -> list[str]:
    """The numbers of the axis, the last with its unit."""
    unit = f"{NBSP}%" if measure.unit == "%" else ""
    labels = scale.labels()
    return [*labels[:-1], labels[-1] + unit]


@dataclass(frozen=True)
class _Chart:
    ax: Axes
    scale: Scale
    grid: Rowgrid
    measure: Measure
    width: float

    def x(self, value: float) -> float:
        """Where a value lies, mm."""
        return self.scale.at(value, 2, self.width - 3)

    def ground(self) -> None:
        """The lines of the scale with their numbers, and the hairlines of the table."""
        top, bottom = self.grid.head, self.grid.bottom
        for tick, words in zip(self.scale.ticks, _labels(self.scale, self.measure), strict=True):
            colour = "linie" if tick == 0 and self.scale.low < 0 else "gitter"
            marks.line(self.ax, [self.x(tick)] * 2, [top, bottom], colour, 0.5, zorder=0)
            half = text_width(words, 7.5) / 2
            place = min(max(self.x(tick), half), self.width - half)
            marks.text(self.ax, place, bottom + 3.4, words, colour="grau", ha="center")
        for y in self.grid.tops()[STEP::STEP]:
            marks.line(self.ax, [0, self.width], [y, y], "linie", 0.4, zorder=0)

    def city(self, value: float) -> None:
        """The line of the city, its name and value above it."""
        x, top = self.x(value), self.grid.head
        marks.line(self.ax, [x, x], [top - 1.2, self.grid.bottom], "tinte", 0.9)
        words = wrap(f"{self.measure.city} {number(value, self.measure.decimals)}", self.width, 7.5, 600)
        for line, part in enumerate(reversed(words)):
            half = text_width(part, 7.5, 600) / 2
            place = min(max(x, half), self.width - half)
            marks.text(self.ax, place, top - 3.0 - 2.9 * line, part, weight=600, ha="center")

    def crowd(self, values: Sequence[float], top: float, height: float) -> None:
        """All values, ascending, as small dots that make room for each other in a row of this height."""
        places = [self.x(value) for value in values]
        for size in SIZES:
            lanes = lanes_of(places, size)
            if size * (max(lanes, default=0) - min(lanes, default=0) + 1) <= height - 1.5:
                break
        x, y = np.array(places), top + height / 2 + size * np.array(lanes)
        marks.crowd(self.ax, x, y, size=size)

    def value(self, y: float, record: dict[Any, Any], upward: int) -> None:
        """Interval and mark of an area."""
        position = Position(record["lage"])
        low, value, high = (float(record[name]) for name in ("unten", "wert", "oben"))
        colour = _COLOURS[position.sign * upward]
        if np.isfinite(low) and np.isfinite(high):
            marks.line(self.ax, [self.x(low), self.x(high)], [y, y], colour, 1.1, zorder=2)
        marks.symbol(self.ax, self.x(value), y, _MARKERS.get(position, "o"), colour, hollow=not position.differs)
