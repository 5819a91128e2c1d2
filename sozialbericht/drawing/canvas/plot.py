"""One plot of a time series in mm: grid, years, lines that stop at gaps and breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.scale import Scale
from sozialbericht.drawing.canvas.style import text_width


def stretches(values: pd.Series, years: Sequence[int], breaks: Sequence[int]) -> list[list[tuple[int, float]]]:
    """The runs of consecutive years with values, cut where a new count begins."""
    runs: list[list[tuple[int, float]]] = [[]]
    for year in years:
        value = float(values.get(year, np.nan))
        if (year in breaks or not np.isfinite(value)) and runs[-1]:
            runs.append([])
        if np.isfinite(value):
            runs[-1].append((year, value))
    return [run for run in runs if run]


@dataclass(frozen=True)
class Plot:
    """A plot's place in mm with its years and its scale."""

    ax: Axes
    left: float
    right: float
    top: float
    bottom: float
    years: Sequence[int]
    breaks: Sequence[int]
    scale: Scale

    def x(self, year: float) -> float:
        """Where a year lies, mm."""
        first, last = self.years[0], self.years[-1]
        return self.left + 1 + (year - first) / max(last - first, 1) * (self.right - self.left - 2)

    def y(self, value: float) -> float:
        """Where a value lies, mm."""
        return self.scale.at(value, self.bottom, self.top)

    def frame(self) -> None:
        """Grid, years, numbers of the scale, dotted lines where a new count begins."""
        labels = self.scale.labels()
        for tick, words in zip(self.scale.ticks, labels, strict=True):
            y = self.y(tick)
            base = tick in {self.scale.low, 0}
            colour, width = ("linie", 0.5) if base else ("gitter", 0.5)
            marks.line(self.ax, [self.left, self.right], [y, y], colour, width, zorder=0)
            marks.text(self.ax, self.left - 1, y, words, colour="grau", ha="right")
        for year in self._labelled():
            marks.text(self.ax, self.x(year), self.bottom + 2.6, str(year), colour="grau", ha="center")
        for year in self._shown_breaks():
            x = self.x(year - 0.5)
            marks.line(self.ax, [x, x], [self.top - 2, self.bottom], "tinte", 0.7, ls=(0, (1.2, 2.2)))

    def _shown_breaks(self) -> list[int]:
        return [b for b in self.breaks if self.years[0] < b <= self.years[-1]]

    def _labelled(self) -> list[int]:
        """First and last year, then the last before each break, then others, as far as there is room."""
        first, last = self.years[0], self.years[-1]
        room = text_width(str(last), 7.5) + 2
        chosen: list[int] = []
        for year in [last, first, *(b - 1 for b in self._shown_breaks()), *self.years]:
            if all(abs(self.x(year) - self.x(c)) >= room for c in chosen):
                chosen.append(year)
        wanted = {first, last, *(b - 1 for b in self._shown_breaks())}
        spaced = [y for y in chosen if y in wanted]
        return chosen if self.right - self.left > 60 else spaced

    def line(
        self,
        values: pd.Series,
        colour: str,
        width: float,
        *,
        dashes: tuple[float, ...] = (),
        zorder: float = 2,
    ) -> tuple[int, float] | None:
        """Draw a series; returns the last year with a value and the value."""
        last = None
        for run in stretches(values, self.years, self.breaks):
            x, y = [self.x(t) for t, _ in run], [self.y(v) for _, v in run]
            last = run[-1]
            if len(run) == 1:
                marks.dot(self.ax, x[0], y[0], fill=colour, edge=colour, size=width * 1.6, width=0)
            elif dashes:
                marks.line(self.ax, x, y, colour, width, zorder=zorder, ls=(0, dashes), dash_capstyle="butt")
            else:
                marks.line(self.ax, x, y, colour, width, zorder=zorder, cap="round")
        return last

    def name_breaks(self, lines: Sequence[pd.Series]) -> None:
        """“Bruch 2005” beside each dotted line, at the top or, where lines pass there, at the bottom."""
        for year in self._shown_breaks():
            x = self.x(year - 0.5)
            right = x + 0.8 + text_width("Bruch", 7) < self.right + 4
            near = [float(s.get(t, np.nan)) for s in lines for t in range(year - 3, year + 3)]
            high = max((self.y(v) for v in near if np.isfinite(v)), default=self.bottom, key=lambda v: -v)
            y = self.top - 1 if high > self.top + 7 else self.bottom - 5.2
            for k, words in enumerate(("Bruch", str(year))):
                at = x + (0.8 if right else -0.8)
                marks.text(self.ax, at, y + 2.8 * k, words, size=7, colour="grau", ha="left" if right else "right")


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Ascending places moved apart to at least ``gap``, as near to the wanted ones as possible.

    Neighbours that come too close form a block around their mean; blocks stay between ``low`` and ``high``
    as far as there is room.
    """
    blocks: list[tuple[list[float], float]] = []
    for want in wanted:
        block = ([want], want)
        while True:
            members, centre = block
            half = gap * (len(members) - 1) / 2
            centre = min(max(centre, low + half), max(high - half, low + half))
            block = (members, centre)
            if not blocks:
                break
            previous, before = blocks[-1]
            if centre - half - (before + gap * (len(previous) - 1) / 2) >= gap - 1e-9:
                break
            blocks.pop()
            merged = previous + members
            block = (merged, float(np.mean(merged)))
        blocks.append(block)
    return [c + gap * (k - (len(m) - 1) / 2) for m, c in blocks for k in range(len(m))]
