"""Sparklines: a few series as small lines with the first and last values that compare, interrupted at breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.measure import as_printed
from sozialbericht.drawing.canvas.plot import Plot, stretches
from sozialbericht.drawing.canvas.scale import Scale
from sozialbericht.drawing.canvas.style import HALF, applied, canvas, wrap
from sozialbericht.numbers import number

ROW = 7.3
"""Height of a row, mm."""

NAME, FIRST, LINE, LAST = 40.0, 51.5, (52.5, 68.0), 80.0
"""Room for the names, right edge of the first value, ends of the line, right edge of the last value, mm."""


@dataclass(frozen=True)
class Spark:
    """One series: ``values`` by year (NaN where there is none to show),
    ``breaks`` the years in which a new count begins.
    """

    name: str
    values: pd.Series
    decimals: int
    breaks: Sequence[int] = ()


def sparklines(sparks: Sequence[Spark], years: Sequence[int]) -> Figure:
    """One row per series, 80 mm wide, 7.3 mm a row, all over the same ``years``, each with a scale of its own.

    The first value that the last may be compared with is grey, the last one Semibold; each has its year where it is not
    the first or the last of ``years``. A dotted line marks a break; lines are never joined across it.
    """
    with applied():
        fig, ax = canvas(HALF, round(ROW * len(sparks), 1))
        for k, spark in enumerate(sparks):
            _row(ax, spark, k * ROW, years)
        return fig


def _row(ax: Axes, spark: Spark, y: float, years: Sequence[int]) -> None:
    known = as_printed(spark.values.reindex(list(years)).astype(float), spark.decimals).dropna()
    middle = y + ROW / 2 - 0.3
    lines = wrap(spark.name, NAME, 7.5)
    for k, part in enumerate(lines):
        marks.text(ax, 0, middle + 2.9 * (k - (len(lines) - 1) / 2), part, size=7.5)
    marks.line(ax, [0, HALF], [y + ROW - 0.2] * 2, "gitter", 0.5, zorder=0)
    if known.empty:
        marks.text(ax, LAST, middle, "keine Werte", size=7.5, colour="grau", ha="right")
        return
    low, high = float(known.min()), float(known.max())
    room = (high - low) * 0.12 or 1.0
    plot = Plot(ax, LINE[0], LINE[1], y + 1.0, y + ROW - 1.6, years, spark.breaks, Scale((low - room,), high + room))
    for year in spark.breaks:
        if years[0] < year <= years[-1]:
            x = plot.x(year - 0.5)
            marks.line(ax, [x, x], [y + 0.7, y + ROW - 1.2], "tinte", 0.7, ls=(0, (1.2, 2.2)))
    last = plot.line(known, "akzent", 1.2)
    if last is not None:
        marks.dot(ax, plot.x(last[0]), plot.y(last[1]), size=3.2, width=0)
    since = max((cut for cut in spark.breaks if cut <= int(known.index[-1])), default=years[0])
    compared = known[known.index >= since]
    for x, place, want, weight, colour in ((FIRST, 0, years[0], 400, "grau"), (LAST, -1, years[-1], 600, "tinte")):
        if len(compared) == 1 and place == 0:
            continue  # nothing to compare the last value with
        year, value = int(compared.index[place]), float(compared.iloc[place])
        own = year != want
        marks.text(
            ax,
            x,
            middle - (1.3 if own else 0),
            number(value, spark.decimals),
            size=8,
            weight=weight,
            colour=colour,
            ha="right",
        )
        if own:
            marks.text(ax, x, middle + 1.7, str(year), size=7, colour="grau", ha="right")


def interrupted(spark: Spark, years: Sequence[int]) -> bool:
    """Whether a break or a gap cuts the line."""
    values = spark.values.reindex(list(years)).astype(float)
    return bool(np.isfinite(values).any()) and len(stretches(values, years, spark.breaks)) > 1
