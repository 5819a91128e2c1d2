"""The small pictures of the summary, each of a kind of its own: squares of 100, shares as bars, courses, distances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.measure import Measure, Span, as_printed
from sozialbericht.drawing.canvas.plot import Plot, spread
from sozialbericht.drawing.canvas.scale import enclosing
from sozialbericht.drawing.canvas.style import FULL, GUTTER, HALF, NARROW, applied, canvas, text_width, wrap
from sozialbericht.numbers import NBSP, number, rounded

#: Side and step of a square, mm.
SQUARE, STEP = 2.4, 2.9
#: Height of a field of squares, and of a bar with its words.
FIELD, BAR_ROW = 31.0, 8.3
#: Height of a row of two lines, and the room of its words and of what stands behind the marks.
DISTANCE_ROW, WORDS, BEHIND = 8.4, 36.0, 15.0


def squares(shares: Sequence[tuple[str, float]], of: str, *, narrow: bool = False) -> Figure:
    """Fields of 100 squares, filled by the rounded share in %; beside each the number, ``of`` („von 100 Kindern“), its
    name. Three side by side on 164 mm, below each other on 90 mm (``narrow``).
    """
    width = NARROW if narrow else FULL
    wide = (FULL + GUTTER) / max(len(shares), 1)
    with applied():
        fig, ax = canvas(width, FIELD * len(shares) + GUTTER * (len(shares) - 1) if narrow else FIELD)
        for k, (name, share) in enumerate(shares):
            left, top = (0.0, k * (FIELD + GUTTER)) if narrow else (k * wide, 0.0)
            filled = int(rounded(share))
            for place in range(100):
                at = (left + place // 10 * STEP, top + 1 + (9 - place % 10) * STEP, SQUARE, SQUARE)
                marks.box(ax, at, "akzent" if place < filled else "band")
            x = left + 32
            lines = wrap(name, (width if narrow else left + wide - GUTTER) - x, 8.5, 600)[:2]
            for row, words in enumerate(lines):
                marks.text(ax, x, top + 3.4 + 3.4 * row, words, size=8.5, weight=600)
            marks.text(ax, x, top + 16.5, str(filled), size=22, weight=300, colour="akzent")
            marks.text(ax, x, top + 24.5, of, size=7.5, colour="grau")
        return fig


def bars(shares: Sequence[tuple[str, float]]) -> Figure:
    """Shares in % as bars from 0 to 100, each with its words and its value above; 80 mm wide."""
    with applied():
        fig, ax = canvas(HALF, round(BAR_ROW * len(shares) + 1, 1))
        for k, (name, share) in enumerate(shares):
            y, shown = 1 + k * BAR_ROW, rounded(share, 1)
            words = f"{number(shown, 1)}{NBSP}%"
            marks.text(ax, 0, y + 1.4, wrap(name, HALF - text_width(words, 8, 600) - 2, 7.5)[0])
            marks.text(ax, HALF, y + 1.4, words, size=8, weight=600, colour="akzent", ha="right")
            marks.box(ax, (0, y + 3.2, HALF, 2.6), "band")
            marks.box(ax, (0, y + 3.2, HALF * shown / 100, 2.6), "akzent")
        return fig


def courses(lines: pd.DataFrame, measure: Measure, span: Span) -> Figure:
    """A strong, a grey and a thin line with names and last values at their ends, cut at breaks; from 0; 80 mm wide.

    ``lines`` has three rows, named by its index, and years as columns, NaN where nothing may be shown.
    """
    shown = as_printed(lines.reindex(columns=list(span.years)).astype(float), measure.decimals)
    pens = [("akzent", 1.8), ("grau", 1.0), ("akzent", 1.0)]
    scale = enclosing(shown.to_numpy().ravel(), 2, from_zero=True, close=True)
    ends = [row.dropna() for _, row in shown.iterrows()]
    words = [f"{name} {number(float(end.iloc[-1]), measure.decimals) if len(end) else ''}".strip()
             for name, end in zip(shown.index, ends, strict=True)]  # fmt: skip
    room = max(text_width(text, 7.5, 600) for text in words) + 3
    with applied():
        fig, ax = canvas(HALF, 33.0)
        left = max(text_width(text, 7.5) for text in scale.labels()) + 1.5
        plot = Plot(ax, left, HALF - room, 3.0, 27.5, span.years, span.breaks, scale)
        plot.frame()
        found = []
        for (_, row), (colour, weight), text in zip(shown.iterrows(), pens, words, strict=True):
            last = plot.line(row, colour, weight)
            if last is not None:
                marks.dot(ax, plot.x(last[0]), plot.y(last[1]), fill=colour, edge=colour, size=3.6, width=0)
                found.append((plot.y(last[1]), text, colour, 600 if weight > 1 else 400))
        found.sort()
        for y, (_, text, colour, weight) in zip(
            spread([at for at, *_ in found], 3.2, plot.top, plot.bottom), found, strict=True
        ):
            marks.text(ax, HALF - room + 1.5, y, text, weight=weight, colour=colour)
        plot.name_breaks([row for _, row in shown.iterrows()])
        return fig


@dataclass(frozen=True)
class Distance:
    """A row: area and indicator in words, how far it lies from what is expected and its range, what stands behind."""

    area: str
    what: str
    value: float
    lower: float
    upper: float
    behind: str


def distances(rows: Sequence[Distance], zero: str) -> Figure:
    """Dots with whiskers right of the line of what is expected; ``zero`` says what the line is; 80 mm wide."""
    ends = [end for row in rows for end in (row.value, row.lower, row.upper, 0.0) if np.isfinite(end)]
    scale = enclosing(ends, 3)
    left, right = WORDS, HALF - BEHIND
    bottom = DISTANCE_ROW * len(rows)
    with applied():
        fig, ax = canvas(HALF, round(bottom + 7, 1))
        for tick, words in zip(scale.ticks, scale.labels(), strict=True):
            x = scale.at(tick, left, right)
            marks.line(ax, [x, x], [0, bottom + 0.6], *(("tinte", 0.8) if tick == 0 else ("gitter", 0.5)), zorder=0)
            marks.text(ax, x, bottom + 4, f"+{words}" if tick > 0 else words, colour="grau", ha="center")
        marks.text(ax, 0, bottom + 4, zero, colour="grau")
        for k, row in enumerate(rows):
            y = DISTANCE_ROW * (k + 0.5)
            marks.text(ax, 0, y - 1.7, wrap(row.area, WORDS - 3, 8, 600)[0], size=8, weight=600)
            marks.text(ax, 0, y + 1.8, wrap(row.what, WORDS - 2, 7.5)[0], colour="grau")
            if np.isfinite(row.lower) and np.isfinite(row.upper):
                marks.line(ax, [scale.at(v, left, right) for v in (row.lower, row.upper)], [y, y], "akzent", 1.1)
            marks.dot(ax, scale.at(row.value, left, right), y, size=5.2, width=0)
            marks.text(ax, HALF, y, row.behind, size=7.5, weight=600, ha="right")
        return fig
