"""The age pyramid: women left, men right, each bar as high as its age group has years.

The length of a bar is the number (or share) per year of age, so that its area is the size of the group and
groups of different widths can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.scale import Scale, enclosing
from sozialbericht.drawing.canvas.style import FULL, GUTTER, HALF, NARROW, applied, canvas, text_width
from sozialbericht.numbers import NBSP

OPEN_YEARS = 15
"""An open oldest group is drawn as if it had so many years of age."""

MIDDLE, HEAD, FOOT = 17.0, 11.0, 9.0
PER_YEAR, PER_YEAR_SMALL, PER_YEAR_TINY = 0.98, 0.5, 0.32
"""mm per year of age: in a pyramid alone, in one of several, in the half of a profile's page."""
HEAD_TINY = 6.8
"""Height of the names of the sides above a pyramid without a title, mm."""


@dataclass(frozen=True)
class Panel:
    """One pyramid: values per year of age for women and men, printed sizes of the groups, a reference.

    Groups from young to old; NaN where nothing may be shown: then the label (a sign) stands alone.
    """

    title: str
    women: Sequence[float]
    men: Sequence[float]
    women_labels: Sequence[str] = ()
    men_labels: Sequence[str] = ()
    reference: tuple[Sequence[float], Sequence[float]] | None = field(default=None)


def pyramid(
    panels: Sequence[Panel],
    ages: Sequence[tuple[int, int | None]],
    *,
    unit: str,
    reference_name: str = "",
    sides: tuple[str, str] = ("Frauen", "Männer"),
    narrow: bool = False,
    tiny: bool = False,
) -> Figure:
    """One pyramid alone or several beside each other, all with one scale from 0.

    ``ages``: first age and first age of the next group (None: open) of each group. ``unit`` stands under
    the axis. A reference is drawn as an outline and named ``reference_name``. 164 mm wide (several: 80 mm
    each) or 90 mm (``narrow``, several below each other); ``tiny``: one of 80 mm for a profile, without sizes.
    """
    alone = len(panels) == 1
    per_year = PER_YEAR_TINY if tiny else PER_YEAR if alone else PER_YEAR_SMALL
    last = ages[-1][0] + OPEN_YEARS if ages[-1][1] is None else ages[-1][1]
    tall = round(per_year * last, 1)
    across = 1 if alone or narrow else 2
    whole = HALF if tiny else NARROW if narrow else FULL
    wide = whole if alone or narrow else HALF
    down = -(-len(panels) // across)
    high = (HEAD_TINY if tiny else HEAD) + tall + FOOT + (0 if alone else 2)
    everything = [v for p in panels for v in [*p.women, *p.men, *(w for r in p.reference or () for w in r)]]
    scale = enclosing(everything, 3, from_zero=True, close=True)
    bounds = [(first, last if end is None else end) for first, end in ages]
    with applied():
        fig, ax = canvas(whole, round(down * high, 1))
        for k, panel in enumerate(panels):
            x, y = (k % across) * (wide + GUTTER), (k // across) * high
            place = _Place(ax, x, wide, y + high - FOOT, per_year, scale)
            if not alone:
                marks.text(ax, x, y + 2, panel.title, size=8.5, weight=600)
            place.frame(tall, unit, sides, reference_name if panel.reference else "")
            place.ages(bounds, ages[-1][1] is None)
            for side, values, labels in (
                (-1, panel.women, panel.women_labels),
                (1, panel.men, panel.men_labels),
            ):
                place.bars(side, bounds, values, labels, show=alone and not tiny)
            if panel.reference:
                for side, values in zip((-1, 1), panel.reference, strict=True):
                    place.outline(side, bounds, values)
        return fig


@dataclass(frozen=True)
class _Place:
    """Where one pyramid stands: its left edge, its width, age 0, mm per year, its scale."""

    ax: Axes
    left: float
    width: float
    bottom: float
    per_year: float
    scale: Scale

    @property
    def reach(self) -> float:
        """The length in mm of the longest possible bar of one side."""
        return (self.width - MIDDLE) / 2

    def x(self, side: int, value: float) -> float:
        """Where a value lies on the side of the women (−1) or of the men (1)."""
        base = self.left + self.width / 2 + side * MIDDLE / 2
        return base + side * self.scale.at(value, 0, self.reach)

    def y(self, age: float) -> float:
        return self.bottom - age * self.per_year

    def frame(self, tall: float, unit: str, sides: tuple[str, str], reference: str) -> None:
        """Grid, numbers of the scale on both sides, names of the sides, unit."""
        top = self.bottom - tall
        for side, name in zip((-1, 1), sides, strict=True):
            for tick, words in zip(self.scale.ticks, self.scale.labels(), strict=True):
                x = self.x(side, tick)
                marks.line(self.ax, [x, x], [top, self.bottom], "linie" if tick == 0 else "gitter", 0.5, zorder=0)
                start = x - text_width(words, 7.5) / 2
                start = min(max(start, self.left), self.left + self.width - text_width(words, 7.5))
                marks.text(self.ax, start, self.bottom + 2.6, words, colour="grau")
            ha = "right" if side < 0 else "left"
            marks.text(self.ax, self.x(side, 0), top - 3.2, name, size=8, weight=600, ha=ha)
        middle = self.left + self.width / 2
        marks.text(self.ax, middle, top - 3.2, "Alter", size=7, colour="grau", ha="center")
        marks.text(self.ax, middle, self.bottom + 6.4, unit, size=7, colour="grau", ha="center")
        if reference:
            start = self.left + self.width - text_width(reference, 7.5)
            marks.line(self.ax, [start - 7, start - 1.2], [top - 3.2] * 2, "tinte", 0.8)
            marks.text(self.ax, start, top - 3.2, reference)

    def ages(self, bounds: Sequence[tuple[int, int]], opened: bool) -> None:
        """The age groups in the middle, as far as they have room."""
        for k, (first, end) in enumerate(bounds):
            words = f"ab{NBSP}{first}" if opened and k == len(bounds) - 1 else f"{first}–{end - 1}"
            if (end - first) * self.per_year >= 2.5:
                at = self.y((first + end) / 2)
                marks.text(self.ax, self.left + self.width / 2, at, words, size=7, ha="center", colour="grau")

    def bars(
        self,
        side: int,
        bounds: Sequence[tuple[int, int]],
        values: Sequence[float],
        labels: Sequence[str],
        *,
        show: bool,
    ) -> None:
        """The bars of one side with the sizes of their groups, inside where there is room."""
        fill, ink = ("s4", "grund") if side < 0 else ("s3", "tinte")
        base = self.x(side, 0)
        for k, (value, (first, end)) in enumerate(zip(values, bounds, strict=True)):
            words = labels[k] if k < len(labels) else ""
            middle = self.y((first + end) / 2)
            if not np.isfinite(value):
                marks.text(self.ax, base + side * 1.2, middle, words, size=7, ha="right" if side < 0 else "left")
                continue
            tip = self.x(side, value)
            high = (end - first) * self.per_year
            marks.box(self.ax, (min(base, tip), self.y(end) + 0.12, abs(tip - base), high - 0.24), fill)
            if show and words:
                inside = text_width(words, 7) + 2 <= abs(tip - base)
                at = tip - side * 1 if inside else tip + side * 1
                ha = "right" if (side > 0) == inside else "left"
                marks.text(self.ax, at, middle, words, size=7, ha=ha, colour=ink if inside else "tinte")

    def outline(self, side: int, bounds: Sequence[tuple[int, int]], values: Sequence[float]) -> None:
        """The reference as one stepped line."""
        x: list[float] = []
        y: list[float] = []
        for value, (first, end) in zip(values, bounds, strict=True):
            at = self.x(side, value) if np.isfinite(value) else float("nan")
            x += [at, at]
            y += [self.y(first), self.y(end)]
        marks.line(self.ax, x, y, "tinte", 0.8, zorder=2.5)
