"""Two values of each area beside each other: a full and a hollow dot, joined by a line."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.measure import as_printed
from sozialbericht.drawing.canvas.scale import enclosing, note
from sozialbericht.drawing.canvas.style import FULL, GUTTER, LABEL, NARROW, applied, canvas, text_width
from sozialbericht.numbers import NBSP, number, status_sign

ROW, ROW_NARROW, HEAD = 5.0, 8.8, 9.0


def paired(
    values: pd.DataFrame,
    *,
    status: pd.DataFrame,
    decimals: int,
    unit: str,
    first: int = 1,
    narrow: bool = False,
) -> Figure:
    """One row per area with its two values as dots and as numbers.

    ``values``: the index holds the names, two columns with the names of the values (the first is the full
    dot), NaN where nothing may be shown; ``status`` has the same shape: its signs stand for absent numbers.
    The first ``first`` rows stand apart (the city). The axis need not begin at 0. 164 mm wide with the names
    in the label column, or 90 mm (``narrow``) with the names above the dots.
    """
    values = as_printed(values.astype(float), decimals)
    one, two = (str(c) for c in values.columns)
    scale = enclosing(values.to_numpy(dtype=float).ravel(), 5)
    width, row = (NARROW, ROW_NARROW) if narrow else (FULL, ROW)
    columns = [max(text_width(name, 7), 9.0) + 2.5 for name in (one, two)]
    left = 3.0 if narrow else LABEL + GUTTER + 2
    right = width - sum(columns) - 5 if not narrow else width - 6
    gap = 2.4 if 0 < first < len(values) else 0.0
    bottom = HEAD + row * len(values) + gap
    with applied():
        fig, ax = canvas(width, round(bottom + 5, 1))
        note(fig, scale)
        for tick, words in zip(scale.ticks, scale.labels(), strict=True):
            x = scale.at(tick, left, right)
            marks.line(ax, [x, x], [HEAD, bottom], "gitter", 0.5, zorder=0)
            unit_words = f"{NBSP}%" if unit == "%" and tick == scale.ticks[-1] else ""
            marks.text(ax, x - text_width(words, 7.5) / 2, bottom + 2.6, words + unit_words, colour="grau")
        start = 0.0 if narrow else left - 2
        for fill, name in (("akzent", one), ("grund", two)):
            marks.dot(ax, start + 1, 2.2, fill=fill)
            marks.text(ax, start + 3.2, 2.2, name, size=8)
            start += 3.2 + text_width(name, 8) + 6
        ends = (width - columns[1], width)
        if not narrow:
            for end, name in zip(ends, (one, two), strict=True):
                marks.text(ax, end, HEAD - 1.6, name, size=7, colour="grau", ha="right")
        y = HEAD
        for k, name in enumerate(values.index):
            if k == first:
                marks.line(ax, [0, width], [y + gap / 2] * 2, "linie", 0.5, zorder=0)
                y += gap
            weight = 600 if k < first else 400
            pair = values.iloc[k].to_numpy(dtype=float)
            middle = y + row - 2.6 if narrow else y + row / 2
            top = y + 2.4 if narrow else middle
            printed_pair = [
                number(v, decimals) if np.isfinite(v) else status_sign(str(s))
                for v, s in zip(pair, status.iloc[k], strict=True)
            ]
            marks.text(ax, 0, top, str(name), size=8, weight=weight)
            if narrow:
                marks.text(
                    ax,
                    width,
                    top,
                    f"{printed_pair[0]}{NBSP}/{NBSP}{printed_pair[1]}",
                    size=8,
                    weight=weight,
                    ha="right",
                )
            else:
                for end, printed in zip(ends, printed_pair, strict=True):
                    marks.text(ax, end, top, printed, size=8, weight=weight, ha="right")
            places = [scale.at(v, left, right) for v in pair]
            if np.isfinite(pair).all():
                marks.line(ax, places, [middle, middle], "band2", 1.6, zorder=1)
            for x, fill in zip(places, ("akzent", "grund"), strict=True):
                if np.isfinite(x):
                    marks.dot(ax, x, middle, fill=fill)
            y += row
        return fig
