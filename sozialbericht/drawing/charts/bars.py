"""Groups compared by one value: horizontal bars from 0, the city as a line."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.scale import enclosing
from sozialbericht.drawing.canvas.style import FULL, GUTTER, LABEL, NARROW, applied, canvas, text_width, wrap
from sozialbericht.numbers import NBSP, number, status_sign, status_word
from sozialbericht.status import Status

ROW, HEAD = 6.6, 7.5


def grouped(
    rows: pd.DataFrame,
    *,
    city_value: float,
    city_name: str,
    decimals: int,
    unit: str,
    narrow: bool = False,
    highlight: str | None = None,
) -> Figure:
    """One bar per group in the order given, from 0, with its value; the city's value as a line.

    ``rows``: columns gruppe, wert, status and, if there are groups of groups, block (a heading where it
    changes). Values must not be negative. A group whose status is not ok has sign and word instead of a bar.
    ``highlight`` names the one group in the accent colour (default: all). 164 mm wide with the names in the
    label column, or 90 mm (``narrow``) with the names above the bars.
    """
    good = rows.loc[rows["status"] == Status.OK, "wert"].astype(float)
    if (good < 0).any():
        raise ValueError("bars begin at 0, values must not be negative")
    scale = enclosing([*good, city_value], 5, from_zero=True)
    width, row = (NARROW, 9.4) if narrow else (FULL, ROW)
    left, right = (0.0, width - 12) if narrow else (LABEL + GUTTER, width - 14)
    blocks = rows["block"].astype(str).tolist() if "block" in rows else [""] * len(rows)
    headed = [bool(b) and (k == 0 or b != blocks[k - 1]) for k, b in enumerate(blocks)]
    names = [wrap(str(g), width if narrow else LABEL, 8) for g in rows["gruppe"]]
    heights = [row + 3.0 * (len(n) - 1) + (6.0 if h else 0) for n, h in zip(names, headed, strict=True)]
    with applied():
        bottom = HEAD + sum(heights)
        fig, ax = canvas(width, round(bottom + 5, 1))

        def x(value: float) -> float:
            return scale.at(value, left, right)

        for tick, words in zip(scale.ticks, scale.labels(), strict=True):
            marks.line(ax, [x(tick)] * 2, [HEAD, bottom], "gitter", 0.5, zorder=0)
            unit_words = f"{NBSP}%" if unit == "%" and tick == scale.high else ""
            start = max(x(tick) - text_width(words, 7.5) / 2, 0)
            marks.text(ax, start, bottom + 3, words + unit_words, colour="grau")
        y = HEAD
        for k, record in enumerate(rows.to_dict("records")):
            if headed[k]:
                marks.text(ax, 0, y + 3.6, blocks[k], weight=600, colour="akzent")
                y += 6.0
            high = heights[k] - (6.0 if headed[k] else 0)
            top = y + 2.2 if narrow else y + high / 2 - 1.5 * (len(names[k]) - 1)
            for i, part in enumerate(names[k]):
                marks.text(ax, 0, top + 3.0 * i, part, size=8)
            middle = y + high - 2.8 if narrow else y + high / 2
            state, value = str(record["status"]), float(record["wert"])
            if state == Status.OK and np.isfinite(value):
                fill = "akzent" if highlight in {None, record["gruppe"]} else "band2"
                marks.box(ax, (left, middle - 1.9, x(value) - left, 3.8), fill)
                marks.text(ax, width, middle, number(value, decimals), size=8, weight=600, ha="right")
            else:
                marks.text(ax, left + 1, middle, status_word(state), size=7.5, colour="grau")
                marks.text(ax, width, middle, status_sign(state), size=8, ha="right")
            y += high
        marks.line(ax, [x(city_value)] * 2, [HEAD - 1.5, bottom], "grund", 2.3, zorder=1.9)
        marks.line(ax, [x(city_value)] * 2, [HEAD - 1.5, bottom], "tinte", 0.9, zorder=2)
        words = f"{city_name} {number(city_value, decimals)}"
        half = text_width(words, 8, 600) / 2
        head = unit if unit != "%" else f"in{NBSP}%"
        limit = width - text_width(head, 7) - 1.5 - half
        marks.text(ax, max(min(x(city_value), limit), half), HEAD - 3.4, words, size=8, weight=600, ha="center")
        marks.text(ax, width, HEAD - 3.4, head, size=7, colour="grau", ha="right")
        return fig
