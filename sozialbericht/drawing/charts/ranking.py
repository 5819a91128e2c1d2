"""The ranked chart: areas from high to low as dots with their intervals, the city as a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.measure import Measure, as_printed, printed
from sozialbericht.drawing.canvas.scale import Scale, enclosing
from sozialbericht.drawing.canvas.style import FULL, NARROW, applied, canvas, text_width, wrap
from sozialbericht.numbers import NBSP, number, status_sign, status_word
from sozialbericht.position import Position
from sozialbericht.status import Status

TALLEST = 205.0
"""The chart's greatest height in print, mm: with many areas the rows move closer together."""

HEAD = 8.0
NAME, NUMBER = 74.5, 79.4
"""Right edges of the names and of the area numbers in the full width, mm."""


def ranked(
    values: pd.DataFrame,
    measure: Measure,
    *,
    city_value: float,
    interval: bool,
    narrow: bool = False,
    heading: str = "Gebiet",
) -> Figure:
    """All areas in the order of their values.

    ``values``: one row per area with the columns nummer, kurzname, wert, unten, oben (the 95 % interval; NaN
    where there is none), lage (a :class:`Position` beside the city) and status. Areas whose status
    is not ok stand at the end with sign and word, never with a number. Filled dots differ from the city,
    hollow ones do not visibly; with ``interval=False`` there are dots only.
    164 mm wide and 4.2 mm a row plus 17 (closer above 44 areas), or 90 mm (``narrow``) with the name above
    its dot.
    """
    drawn = as_printed(values[["wert", "unten", "oben"]].astype(float), measure.decimals)
    values, city_value = values.assign(**drawn), printed(city_value, measure.decimals)
    good = values[values["status"] == Status.OK].sort_values(["wert", "nummer"], ascending=[False, True])
    rest = values[values["status"] != Status.OK].sort_values("nummer")
    ends = [*good["wert"], city_value]
    if interval:
        ends += [*good["unten"], *good["oben"]]
    row = 8.6 if narrow else min(4.2, max(3.0, (TALLEST - 17) / max(len(values), 1)))
    size = 8.5 if narrow else 8.0 if row >= 3.6 else 7.0
    lines = [wrap(str(n), NARROW - 6 if narrow else NAME, size) for n in [*good["kurzname"], *rest["kurzname"]]]
    heights = [row + 3.0 * (len(parts) - 1) for parts in lines]
    foot = 9.0 if interval else 4.8
    with applied():
        fig, ax = canvas(NARROW if narrow else FULL, round(HEAD + sum(heights) + foot, 1))
        chart = _Chart(ax, enclosing(ends, 5), narrow, interval, measure, size)
        y = HEAD
        areas = [*map(str, good.index), *map(str, rest.index)]
        for k, record in enumerate([*good.to_dict("records"), *rest.to_dict("records")]):
            middle = y + heights[k] / 2
            marks.field(ax, (0, y, chart.width, heights[k]), areas[k])
            if k and k % 5 == 0 and k < len(good):
                marks.line(ax, [0, chart.width], [y, y], "gitter", 0.5, zorder=0)
            chart.name(middle, record, lines[k])
            (chart.value if k < len(good) else chart.status)(middle, record)
            y += heights[k]
        chart.city(
            city_value, f"{measure.city} {number(city_value, measure.decimals)}", HEAD + sum(heights[: len(good)])
        )
        chart.heads(heading)
        chart.ticks(y + 2.7)
        if interval:
            chart.key(y + 7.6)
        return fig


@dataclass(frozen=True)
class _Chart:
    """The drawing surface with scale and columns of one ranked chart."""

    ax: Axes
    scale: Scale
    narrow: bool
    interval: bool
    measure: Measure
    size: float

    @property
    def width(self) -> float:
        return NARROW if self.narrow else FULL

    @property
    def column(self) -> float:
        """The right edge of the values, mm."""
        return 145 if self.interval and not self.narrow else self.width

    def x(self, value: float) -> float:
        """Where a value lies, mm."""
        if self.narrow:
            return self.scale.at(value, 6, 72)
        return self.scale.at(value, 83, self.column - 9)

    def _unit(self) -> str:
        return f"in {self.measure.unit}" if self.measure.unit == "%" else self.measure.unit

    def heads(self, heading: str) -> None:
        y = HEAD - (7.0 if self.narrow else 3.4)
        marks.text(self.ax, self.column, y, self._unit(), size=7, colour="grau", ha="right")
        if not self.narrow:
            marks.text(self.ax, NAME, y, heading, size=7, colour="grau", ha="right")
            if self.interval:
                marks.text(self.ax, self.width, y, "95-%-Bereich", size=7, colour="grau", ha="right")

    def city(self, value: float, words: str, bottom: float) -> None:
        """The grid and the city's line with its label, kept clear of the column heads."""
        for tick in self.scale.ticks:
            colour = "linie" if tick == 0 and self.scale.low < 0 else "gitter"
            marks.line(self.ax, [self.x(tick)] * 2, [HEAD, bottom], colour, 0.5, zorder=0)
        marks.line(self.ax, [self.x(value)] * 2, [HEAD - 1.5, bottom], "tinte", 0.9, zorder=1)
        half = text_width(words, 8, 600) / 2
        first = 0 if self.narrow else NAME + 2
        last = self.width if self.narrow else self.column - text_width(self._unit(), 7) - 1.5
        place = max(min(self.x(value), last - half), first + half)
        marks.text(self.ax, place, HEAD - 3.4, words, size=8, weight=600, ha="center")

    def ticks(self, y: float) -> None:
        for tick, words in zip(self.scale.ticks, self.scale.labels(), strict=True):
            start = self.x(tick) - text_width(words, 7.5) / 2
            unit = f"{NBSP}%" if self.measure.unit == "%" and tick == self.scale.high else ""
            marks.text(self.ax, start, y, words + unit, colour="grau")

    def name(self, y: float, record: dict[Any, Any], lines: list[str]) -> None:
        words = str(int(record["nummer"]))
        if self.narrow:
            top = y - 1.9 - 1.5 * (len(lines) - 1)
            marks.text(self.ax, 0, top, words, colour="grau")
            for k, part in enumerate(lines):
                at = top + 3.0 * k
                wide = text_width(part, self.size)
                marks.box(self.ax, (5.6, at - 1.6, wide + 0.8, 3.2), "grund", zorder=1.5)
                marks.text(self.ax, 6, at, part, size=self.size)
            return
        marks.text(self.ax, NUMBER, y, words, size=7, colour="grau", ha="right")
        for k, part in enumerate(lines):
            marks.text(self.ax, NAME, y + 3.0 * (k - (len(lines) - 1) / 2), part, size=self.size, ha="right")

    def value(self, y: float, record: dict[Any, Any]) -> None:
        """Dot, interval and numbers of an area."""
        y += 1.9 if self.narrow else 0
        value, low, high = (float(record[k]) for k in ("wert", "unten", "oben"))
        ranged = self.interval and bool(np.isfinite(low) and np.isfinite(high))
        if ranged:
            marks.line(self.ax, [self.x(low), self.x(high)], [y, y], "akzent", 1.1, zorder=2)
        hollow = ranged and not Position(record["lage"]).differs
        marks.dot(self.ax, self.x(value), y, fill="grund" if hollow else "akzent")
        marks.text(self.ax, self.column, y, number(value, self.measure.decimals), size=self.size, ha="right")
        if ranged and not self.narrow:
            words = f"{number(low, self.measure.decimals)}–{number(high, self.measure.decimals)}"
            if low < 0:
                words = f"{number(low, self.measure.decimals)} bis {number(high, self.measure.decimals)}"
            marks.text(self.ax, self.width, y, words, size=7, colour="grau", ha="right")

    def status(self, y: float, record: dict[Any, Any]) -> None:
        """Sign and word of an area without a value."""
        state = str(record["status"])
        y += 1.9 if self.narrow else 0
        marks.text(self.ax, self.column, y, status_sign(state), size=self.size, ha="right")
        if self.narrow:
            marks.text(self.ax, 6, y, status_word(state), size=8, colour="grau")
        else:
            right = self.width if self.interval else self.column - 4
            marks.text(self.ax, right, y, status_word(state), size=7, colour="grau", ha="right")

    def key(self, y: float) -> None:
        """What filled and hollow dots mean."""
        start = 6.0 if self.narrow else 83.0
        for fill, words in (("akzent", "weicht vom Stadtwert ab"), ("grund", "weicht nicht erkennbar ab")):
            marks.line(self.ax, [start, start + 5], [y, y], "akzent", 1.1, zorder=2)
            marks.dot(self.ax, start + 2.5, y, fill=fill)
            marks.text(self.ax, start + 6.4, y, words, colour="grau")
            start += 6.4 + text_width(words, 7.5) + 4
