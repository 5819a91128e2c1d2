"""What a whole consists of: bars of 100 %, for areas, groups or years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.brand import ink_on
from sozialbericht.drawing.canvas.measure import as_printed
from sozialbericht.drawing.canvas.style import FULL, GUTTER, LABEL, NARROW, applied, canvas, text_width, wrap
from sozialbericht.numbers import NBSP, number, status_sign, status_word
from sozialbericht.status import Status

KINDS = ("k1", "k2", "k3", "k4", "k5", "k6")
"""Tokens of parts without an order: a colour each, none of them more than another."""

FILLS: dict[int, tuple[str, ...]] = {
    1: ("s4",),
    2: ("s4", "s2"),
    3: ("s5", "s3", "s1"),
    4: ("s5", "s4", "s3", "s1"),
    5: ("s5", "s4", "s3", "s2", "s1"),
    6: ("s5", "s4", "s3", "s2", "s1", "grund"),
}
"""Tokens by the number of parts that have an order, from dark to light: the order of greys is that of the legend."""

ROW, ROW_NARROW, BAR = 5.4, 9.4, 4.0
SWATCH, LEGEND_ROW = 4.4, 4.8


def stacked(
    parts: pd.DataFrame,
    *,
    status: pd.DataFrame,
    total: pd.Series,
    total_name: str,
    decimals: int = 0,
    ordered: bool = False,
    narrow: bool = False,
) -> Figure:
    """One bar of 100 % per row, cut into its parts, with the size of the whole at its end.

    ``parts``: shares in %, one row per bar (the index holds the names), one column per part in the order of
    the bar; NaN where there is none to show. ``status`` has the same shape; ``total`` the size of each whole
    (NaN: not shown) under the heading ``total_name``. The first row stands apart (the city). A
    part without a number leaves a hatched gap; unreliable parts carry dots. At most six parts (ValueError). Drawn are
    the shares as printed with ``decimals``, which fill the bar where none is missing. Parts that are ``ordered``
    (classes of income) grow lighter, others have a colour each.
    164 mm wide with the names in the label column, or 90 mm (``narrow``) with the names above the bars.
    """
    if len(parts.columns) not in FILLS:
        raise ValueError(f"{len(parts.columns)} parts: a bar has one to six")
    fills = FILLS[len(parts.columns)] if ordered else KINDS[: len(parts.columns)]
    width = NARROW if narrow else FULL
    totals = [number(t) if np.isfinite(t) else "" for t in total]
    room = max([text_width(t, 8) for t in totals] + [text_width(total_name, 7)]) + 3
    row = ROW_NARROW if narrow else ROW
    names = [wrap(str(n), width - room if narrow else LABEL, 8) for n in parts.index]
    heights = [row + 3.0 * (len(lines) - 1) for lines in names]
    with applied():
        legend = _Legend([str(c) for c in parts.columns], fills, 0 if narrow else LABEL + GUTTER, width)
        head = legend.height + 6.0
        gap = 2.4 if len(parts) > 1 else 0.0
        bottom = head + sum(heights) + gap
        fig, ax = canvas(width, round(bottom + 5, 1))
        left, right = (0.0, width) if narrow else (LABEL + GUTTER, width - room)
        bars = _Bars(ax, left, right, fills, decimals)
        legend.draw(ax)
        marks.text(ax, width, head - 2.6, total_name, size=7, colour="grau", ha="right")
        y = head
        for k, (lines, high) in enumerate(zip(names, heights, strict=True)):
            if k == 1:
                y += gap
                marks.line(ax, [0, width], [y - gap / 2] * 2, "linie", 0.5, zorder=0)
            weight = 600 if k == 0 else 400
            top = y + 2.2 if narrow else y + high / 2 - 1.5 * (len(lines) - 1)
            for i, words in enumerate(lines):
                marks.text(ax, 0, top + 3.0 * i, words, size=8, weight=weight)
            middle = y + high - 3.2 if narrow else y + high / 2
            printed = as_printed(parts.iloc[k].astype(float), decimals)
            bars.draw(middle, printed.to_numpy(), list(status.iloc[k]))
            marks.text(ax, width, top if narrow else middle, totals[k], size=8, weight=weight, ha="right")
            y += high
        for tick in (0, 25, 50, 75, 100):
            words = f"{tick}{NBSP}%" if tick == 100 else str(tick)
            place = bars.x(tick)
            half = text_width(words, 7.5) / 2
            marks.text(ax, min(max(place - half, 0), width - 2 * half), bottom + 2.6, words, colour="grau")
        return fig


@dataclass(frozen=True)
class _Bars:
    """Where bars lie and how their parts are filled."""

    ax: Axes
    left: float
    right: float
    fills: Sequence[str]
    decimals: int

    def x(self, share: float) -> float:
        return self.left + share / 100 * (self.right - self.left)

    def draw(self, middle: float, shares: np.ndarray, status: list[str]) -> None:
        """The known parts in their order; what is left over is hatched and named by its status."""
        top, start = middle - BAR / 2, 0.0
        whole = shares.sum() if np.isfinite(shares).all() else 100.0  # rounded shares add up to 99 or 101 as well
        for fill, share, state in zip(self.fills, shares, status, strict=True):
            if not np.isfinite(share):
                continue
            x, wide = self.x(start), self.x(share * 100 / whole) - self.left
            marks.box(self.ax, (x, top, wide, BAR), fill, "schraff" if fill in ("s1", "grund", "k6") else None)
            if state == Status.UNRELIABLE or fill == "grund":
                pattern = "status-unreliable" if state == Status.UNRELIABLE else "muster"
                marks.dots(self.ax, shapely.box(x, top, x + wide, top + BAR), ink_on(fill), gid=pattern)
            if start > 0:
                marks.line(self.ax, [x, x], [top, top + BAR], "fleck", 0.7, zorder=1.8)
            words = number(share, self.decimals)
            if text_width(words, 7.5) + 1.2 <= wide:
                marks.text(self.ax, x + wide / 2, middle, words, ha="center", colour=ink_on(fill), zorder=3)
            start += share * 100 / whole
        hidden = [s for s, share in zip(status, shares, strict=True) if not np.isfinite(share)]
        if not hidden:
            return
        x, wide = self.x(start), self.right - self.x(start)
        if wide > 0.2:
            marks.box(self.ax, (x, top, wide, BAR), "sand", "schraff")
            marks.hatch(self.ax, shapely.box(x, top, x + wide, top + BAR), gid=f"status-{hidden[0]}")
        for words in (status_word(hidden[0]), status_sign(hidden[0])):
            size = text_width(words, 7.5) + 2
            if words and size <= wide:
                at = x + (wide - size) / 2
                marks.box(self.ax, (at, top + 0.5, size, BAR - 1), "sand", zorder=2)
                marks.text(self.ax, x + wide / 2, middle, words, ha="center", zorder=3)
                break


class _Legend:
    """Swatches with the names of the parts, in as many rows as they need."""

    def __init__(self, names: list[str], fills: Sequence[str], left: float, right: float) -> None:
        self.places: list[tuple[float, float, str, str]] = []
        x, y = left, 0.0
        for name, fill in zip(names, fills, strict=True):
            wide = SWATCH + 1.6 + text_width(name, 7.5)
            if x > left and x + wide > right:
                x, y = left, y + LEGEND_ROW
            self.places.append((x, y, name, fill))
            x += wide + 5
        self.height = y + LEGEND_ROW

    def draw(self, ax: Axes) -> None:
        for x, y, name, fill in self.places:
            place = (x, y + 0.6, SWATCH, 3.0)
            marks.box(ax, place, fill, "schraff" if fill in ("s1", "grund", "k6") else None)
            if fill == "grund":
                marks.dots(ax, shapely.box(place[0], place[1], x + SWATCH, y + 3.6), "tinte", gid="muster")
            marks.text(ax, x + SWATCH + 1.6, y + 2.1, name)
