"""Time series: small multiples by district, and one chart with several labelled lines.

Lines stop at gaps and at breaks and are never joined across them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.measure import Measure, Span, as_printed
from sozialbericht.drawing.canvas.plot import Plot, spread, stretches
from sozialbericht.drawing.canvas.scale import enclosing, note
from sozialbericht.drawing.canvas.style import FULL, GUTTER, NARROW, applied, canvas, text_width
from sozialbericht.numbers import NBSP, number

PANEL, PANEL_NARROW = 38.0, 43.0
PLOT, TITLE, FOOT = 30.0, 6.0, 8.0
"""Heights in mm: of a panel's plot, of its name above, of the years and the gap below."""


def panels(
    series: pd.DataFrame,
    city_series: pd.Series,
    measure: Measure,
    span: Span,
    *,
    names: Mapping[str, str],
    narrow: bool = False,
    from_zero: bool = True,
) -> Figure:
    """One small chart per district, all with the same scale, the city's line in grey in each.

    ``series`` has one row per district (index raum_id) and years as columns, NaN where there is no value to
    show; ``city_series`` has years as index. ``names`` gives the panels' order and titles. The scale begins at
    0 unless ``from_zero`` is False (indices, means).
    164 mm wide with four panels in a row, or 90 mm (``narrow``) with two.
    """
    columns, wide = (2, PANEL_NARROW) if narrow else (4, PANEL)
    rows = -(-len(names) // columns)
    shown = as_printed(series.reindex(index=list(names), columns=list(span.years)).astype(float), measure.decimals)
    city_series = as_printed(city_series.astype(float), measure.decimals)
    values = [*shown.to_numpy().ravel(), *city_series.reindex(list(span.years)).astype(float)]
    scale = enclosing(values, 3, from_zero=from_zero, close=True)
    ticks = max(text_width(words, 7.5) for words in scale.labels())
    last = max((text_width(number(v, measure.decimals), 8, 600) for v in values if np.isfinite(v)), default=0.0)
    with applied():
        width = NARROW if narrow else FULL
        fig, ax = canvas(width, round(rows * (TITLE + PLOT + FOOT) - 2.5, 1))
        note(fig, scale)
        for k, (area, name) in enumerate(names.items()):
            x, y = (k % columns) * (wide + GUTTER), (k // columns) * (TITLE + PLOT + FOOT)
            size = next((s for s in (8.5, 8.0, 7.5) if text_width(name, s, 600) <= wide), 7.0)
            marks.text(ax, x, y + 3, name, size=size, weight=600)
            plot = Plot(
                ax,
                x + max(4.5, ticks + 1),
                x + wide - max(7.0, last + 1.6),
                y + TITLE + 2,
                y + TITLE + PLOT,
                span.years,
                span.breaks,
                scale,
            )
            plot.frame()
            row = shown.T[area]
            plot.line(city_series, "schraff", 1.0, zorder=1.5)
            _end(plot, plot.line(row, "akzent", 1.7), measure.decimals)
            if k == 0:
                plot.name_breaks([row, city_series])
                _city_label(plot, row, city_series, measure.city)
        return fig


def _end(plot: Plot, last: tuple[int, float] | None, decimals: int) -> None:
    """A dot and the number at the last value, above it where the line ends early."""
    if last is None:
        return
    x, y = plot.x(last[0]), plot.y(last[1])
    words = number(last[1], decimals)
    marks.dot(plot.ax, x, y, size=3.8, width=0)
    if last[0] == plot.years[-1]:
        marks.text(plot.ax, x + 1.5, y, words, size=8, weight=600, colour="akzent")
    else:
        marks.text(plot.ax, x - 0.7, y - 2.6, words, size=8, weight=600, colour="akzent")


def _city_label(plot: Plot, row: pd.Series, city: pd.Series, name: str) -> None:
    """The city's name at the beginning of its line, on the side away from the district's line."""
    runs = stretches(city, plot.years, plot.breaks)
    if not runs:
        return
    part = [t for t, _ in runs[0]]
    both = [(float(row.get(t, np.nan)), float(city[t])) for t in part]
    above = [d for d, _ in both if np.isfinite(d)]
    under = not above or float(np.mean(above)) >= float(np.mean([c for _, c in both]))
    ys = [plot.y(c) for _, c in both[:3]]
    y = max(ys) + 2.6 if under else min(ys) - 2.4
    marks.text(plot.ax, plot.x(part[0]), y, name, size=7, colour="grau")


PENS: tuple[tuple[str, float, tuple[float, ...]], ...] = (
    ("akzent", 1.8, ()),
    ("s3", 1.8, ()),
    ("tinte", 1.3, (4.0, 1.4)),
    ("akzent", 1.3, (1.4, 1.2)),
    ("s3", 1.3, (4.0, 1.2, 1.2, 1.2)),
    ("grau", 1.3, (2.4, 1.2)),
)
"""Token, width in pt and dashes of the lines in turn: no line is told by its colour alone."""


def lines(
    series: pd.DataFrame,
    measure: Measure,
    span: Span,
    *,
    city_series: pd.Series | None = None,
    narrow: bool = False,
    from_zero: bool = True,
) -> Figure:
    """Several lines in one chart, each with its name and last value at its end.

    ``series`` has one row per line (the index holds the labels) and years as columns; ``city_series``, if
    given, is drawn in grey. Gaps and breaks as in ``panels``. 164 × 54 mm, or 90 × 78 mm (``narrow``).
    """
    shown = as_printed(series.reindex(columns=list(span.years)).astype(float), measure.decimals)
    rows: list[tuple[str, pd.Series, tuple[str, float, tuple[float, ...]]]] = [
        (str(label), shown.T[label], PENS[k % len(PENS)]) for k, label in enumerate(shown.index)
    ]
    if city_series is not None:
        rows.append(
            (
                measure.city,
                as_printed(city_series.reindex(list(span.years)).astype(float), measure.decimals),
                ("schraff", 1.2, ()),
            )
        )
    scale = enclosing([v for _, row, _ in rows for v in row], 5, from_zero=from_zero, close=True)
    width, height = (NARROW, 78.0) if narrow else (FULL, 54.0)
    with applied():
        fig, ax = canvas(width, height)
        note(fig, scale)
        left = max(text_width(words, 7.5) for words in scale.labels()) + 1.5
        texts = [(label, _last_words(row, measure.decimals)) for label, row, _ in rows]
        room = max(text_width(f"{label} ", 8) + text_width(words, 8, 600) for label, words in texts) + 4.5
        plot = Plot(ax, left, width - room, 6, height - 6, span.years, span.breaks, scale)
        plot.frame()
        marks.text(ax, 0, 1.8, f"in{NBSP}%" if measure.unit == "%" else measure.unit, size=7, colour="grau")
        ends: list[tuple[float, str, str, str]] = []
        for (label, words), (_, row, pen) in zip(texts, rows, strict=True):
            colour, weight, dashes = pen
            last = plot.line(row, colour, weight, dashes=dashes)
            if last is not None:
                at = plot.y(last[1])
                marks.dot(ax, plot.x(last[0]), at, fill=colour, edge=colour, size=3.8, width=0)
                ends.append((at, label, words, "grau" if colour == "schraff" else "tinte"))
        _labels(plot, sorted(ends))
        plot.name_breaks([row for _, row, _ in rows])
        return fig


def _last_words(row: pd.Series, decimals: int) -> str:
    known = row.dropna()
    return number(float(known.iloc[-1]), decimals) if len(known) else ""


def _labels(plot: Plot, ends: list[tuple[float, str, str, str]]) -> None:
    """The names at the lines' ends, moved apart to 3.7 mm and joined to their ends by a hairline."""
    places = spread([at for at, *_ in ends], 3.7, plot.top - 2, plot.bottom)
    x = plot.x(plot.years[-1])
    for place, (at, label, words, colour) in zip(places, ends, strict=True):
        if abs(place - at) > 0.6:
            marks.line(plot.ax, [x + 1.1, x + 3.4], [at, place], "linie", 0.5)
        marks.text(plot.ax, x + 4, place, label, size=8, colour=colour)
        marks.text(plot.ax, x + 4 + text_width(f"{label} ", 8), place, words, size=8, weight=600, colour=colour)
