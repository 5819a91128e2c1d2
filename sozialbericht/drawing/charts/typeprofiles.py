"""Types of areas: the profiles of all types on one scale, and the types that an area may belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.brand import ink_on, type_colour
from sozialbericht.drawing.canvas.scale import Scale, enclosing
from sozialbericht.drawing.canvas.style import FULL, GUTTER, LABEL, NARROW, applied, canvas, text_width, wrap
from sozialbericht.numbers import number, signed

DISC, LANE = 4.0, 4.2
"""Diameter of a type's disc and the distance of two lanes, mm."""

AXIS = 13.0
"""The room in mm between the rows of one scale and those of the next: ticks and words."""

BESIDE = 5.6
"""From the left edge of a type's disc in a key to its words, mm."""

NARROWEST = 2.6
"""A part of a bar that is narrower than this, in mm, is drawn without its digit."""

NAMES, NUMBERS, BARS = 74.5, 79.4, 83.0
"""Right edges of names and numbers and left edge of the bars in the full width, mm, as in the ranked chart."""


class Whole(NamedTuple):
    """What the types are compared with: its name, and where that is („in der Stadt“)."""

    name: str
    inside: str


def profiles(
    table: pd.DataFrame,
    names: Mapping[int, str],
    sizes: Mapping[int, int],
    *,
    whole: Whole,
    narrow: bool = False,
    mean: str = "Mittel aller Merkmale",
    structural: pd.DataFrame | None = None,
) -> Figure:
    """One row per feature with a numbered disc per type at its distance from the city's value.

    ``table``: rows are the features' names, columns the types' numbers, values in standard deviations with the more
    favourable side positive (right). ``names`` and ``sizes`` give every type's words and number of areas. A last
    row holds the mean of these features. Rows of ``structural`` are valued neither way: they stand below with an axis
    of their own words, less on the right. 164 mm wide with the names in the label column, or 90 mm (``narrow``) with
    the names above.
    """
    rows = pd.concat([table, table.mean().rename(mean).to_frame().T])
    below = table.iloc[:0] if structural is None else structural
    scale = enclosing([*rows.to_numpy(dtype=float).ravel(), *below.to_numpy(dtype=float).ravel(), 0.0], 6)
    width = NARROW if narrow else FULL
    left, right = (3.0, width - 4) if narrow else (LABEL + GUTTER + 4, width - 5)
    panel = _Panel(scale, left, right, 0.0 if narrow else LABEL, width, len(names))
    told = {k: f"{words} ({number(sizes.get(k, 0))})" for k, words in names.items()}
    key = 0.0 if narrow else LABEL + GUTTER
    legend = _columns({k: words for k, words in told.items() if sizes.get(k)}, width - key, 2 if narrow else 3)
    top = 7.0
    between = top + sum(panel.deep(rows)) + AXIS
    bottom = between + sum(panel.deep(below)) - (AXIS if below.empty else 2.0)
    with applied():
        fig, ax = canvas(width, round(bottom + 14.6 + 5.0 * (len(legend) - 1), 1))
        half = text_width(whole.name, 8, 600) / 2
        zero = scale.at(0, left, right)
        marks.text(ax, min(max(zero, half), width - half), top - 3.4, whole.name, size=8, weight=600, ha="center")
        panel.draw(ax, rows, top, ("← ungünstiger", "günstiger →"), emphasised=mean)
        if not below.empty:
            panel.draw(ax, below, between - 2.0, (f"← mehr als {whole.inside}", f"weniger als {whole.inside} →"))
        _legend(ax, legend, told, (key, bottom + 12.2), width)
        return fig


@dataclass(frozen=True)
class _Panel:
    """Rows of discs on one scale, between ``left`` and ``right`` mm; names up to ``label`` mm, above the discs
    if 0; discs of one of so many ``kinds``."""

    scale: Scale
    left: float
    right: float
    label: float
    width: float
    kinds: int

    @property
    def head(self) -> float:
        """The room in mm for a name above the discs."""
        return 0.0 if self.label else 4.6

    def lanes(self, rows: pd.DataFrame) -> list[tuple[list[float], list[int]]]:
        """Of every row the places in mm and the lanes of its discs."""
        places = [[self.scale.at(float(v), self.left, self.right) for v in row] for row in rows.to_numpy(dtype=float)]
        return [(row, lanes_of(row)) for row in places]

    def deep(self, rows: pd.DataFrame) -> list[float]:
        """The heights of the rows in mm."""
        return [self.head + 6.8 + LANE * (max(lane) - min(lane)) for _, lane in self.lanes(rows)]

    def draw(
        self, ax: Axes, rows: pd.DataFrame, top: float, sides: tuple[str, str], emphasised: str | None = None
    ) -> None:
        """Draw the rows from ``top`` mm, below them the axis with the words of both sides.

        With an ``emphasised`` row the axis has signs; rows that are valued neither way have none.
        """
        kinds, deep = [int(k) for k in rows.columns], self.deep(rows)
        bottom = top + sum(deep)
        for tick in self.scale.ticks:
            x = self.scale.at(tick, self.left, self.right)
            marks.line(ax, [x, x], [top, bottom], "gitter", 0.5, zorder=0)
            decimals = 0 if float(tick).is_integer() else 1
            words = signed(tick, decimals) if emphasised else number(abs(tick), decimals)
            marks.text(ax, x, bottom + 2.7, words, colour="grau", ha="center")
        zero = self.scale.at(0, self.left, self.right)
        marks.line(ax, [zero, zero], [top - 1.5, bottom], "tinte", 0.9, zorder=1)
        marks.text(ax, self.left - 2, bottom + 6.4, sides[0], colour="grau")
        marks.text(ax, self.right + 2, bottom + 6.4, sides[1], colour="grau", ha="right")
        y = top
        for name, (row, lane), high in zip(rows.index, self.lanes(rows), deep, strict=True):
            bold = 600 if name == emphasised else 400
            if y > top:
                edge = ("tinte", 0.4) if name == emphasised else ("gitter", 0.5)
                marks.line(ax, [0, self.width], [y, y], *edge, zorder=0)
            lines = wrap(str(name), self.label, 8, bold) if self.label else [str(name)]
            first = y + high / 2 - 1.6 * (len(lines) - 1) if self.label else y + 3.2
            for k, words in enumerate(lines):
                marks.text(ax, 0, first + 3.2 * k, words, size=8, weight=bold)
            middle = y + self.head + (high - self.head) / 2 - LANE * (max(lane) + min(lane)) / 2
            for kind, x, own in zip(kinds, row, lane, strict=True):
                disc(ax, x, middle + LANE * own, kind, self.kinds)
            y += high


def memberships(table: pd.DataFrame, names: Mapping[int, str], *, narrow: bool = False) -> Figure:
    """One stacked bar per area: in which share of the runs it belongs to which type, its own type first.

    ``table``: one row per area with the columns nummer, kurzname, typ and a share from 0 to 1 for each key of
    ``names``, in the order of the rows drawn. At the right the share of its own type, in %. 164 mm wide, or
    90 mm (``narrow``) with the names above the bars.
    """
    width = NARROW if narrow else FULL
    left, right = (0.0 if narrow else BARS), width - 9
    row, head = (9.4 if narrow else 5.2), 8.0
    bottom = head + row * len(table)
    key = 0.0 if narrow else LABEL + GUTTER
    legend = _columns(names, width - key, 2 if narrow else 3)
    with applied():
        fig, ax = canvas(width, round(bottom + 6.6 + 5.0 * (len(legend) - 1), 1))
        for tick in (0, 25, 50, 75, 100):
            x = left + (right - left) * tick / 100
            marks.line(ax, [x, x], [head, bottom], "gitter", 0.5, zorder=0)
            marks.text(ax, x, head - 2.2, str(tick), colour="grau", ha="left" if narrow and not tick else "center")
        marks.text(ax, width, head - 6.0, "eigener Typ in %", size=7, colour="grau", ha="right")
        for k, record in enumerate(table.to_dict("records")):
            y, own = head + row * k, int(record["typ"])
            marks.field(ax, (0, y, width, row), str(table.index[k]))
            _area(ax, str(int(record["nummer"])), str(record["kurzname"]), y, narrow)
            shares = {kind: float(record[kind]) for kind in names}
            _bar(ax, shares, own, (left, y + (4.9 if narrow else 0.6), right - left))
            middle = y + (6.9 if narrow else 2.6)
            marks.text(ax, width, middle, number(shares[own] * 100), size=8, ha="right")
        _legend(ax, legend, names, (key, bottom + 4.4), width)
        return fig


def lanes_of(places: Sequence[float]) -> list[int]:
    """A lane (0, 1, −1, 2, …) for each place in mm, so that no two discs of a lane touch."""
    last: dict[int, float] = {}
    chosen = [0] * len(places)
    for k in np.argsort(places, kind="stable"):
        candidates = (0, *(sign * n for n in range(1, len(places) + 1) for sign in (1, -1)))
        lane = next(n for n in candidates if places[k] - last.get(n, -1e9) >= DISC)
        last[lane] = places[k]
        chosen[int(k)] = lane
    return chosen


def disc(ax: Axes, x: float, y: float, kind: int, kinds: int) -> None:
    """The numbered disc of one of so many types at x, y mm."""
    colour = type_colour(kind, kinds)
    marks.dot(ax, x, y, fill=colour, edge="grau", size=DISC / 25.4 * 72 - 0.6, width=0.6)
    marks.text(ax, x, y + 0.05, str(kind), weight=600, colour=ink_on(colour), ha="center", zorder=4)


def _bar(ax: Axes, shares: Mapping[int, float], own: int, place: tuple[float, float, float]) -> None:
    """The shares of an area side by side, its own type first, then the more frequent ones."""
    x, y, full = place
    order = [own, *sorted((k for k in shares if k != own), key=lambda k: -shares[k])]
    for kind in (k for k in order if shares[k] > 0):
        wide, colour = full * shares[kind], type_colour(kind, len(shares))
        marks.box(ax, (x, y, wide, 4.0), colour, "grau", zorder=2)
        if wide >= NARROWEST:
            marks.text(ax, x + wide / 2, y + 2.0, str(kind), weight=600, colour=ink_on(colour), ha="center", zorder=3)
        x += wide


def _area(ax: Axes, words: str, name: str, y: float, narrow: bool) -> None:
    """Number and name of an area, as in the ranked chart."""
    if narrow:
        marks.text(ax, 0, y + 2.8, words, colour="grau")
        marks.text(ax, 6, y + 2.8, name, size=8 if text_width(name, 8) < NARROW - 6 else 7)
        return
    marks.text(ax, NUMBERS, y + 2.6, words, size=7, colour="grau", ha="right")
    marks.text(ax, NAMES, y + 2.6, name, size=8, ha="right")


def _columns(names: Mapping[int, str], room: float, most: int) -> list[list[int]]:
    """The types in rows of at most so many, fewer where words of a column would reach into the next."""
    items, widest = list(names), max((text_width(words, 7.5) for words in names.values()), default=0.0)
    columns = next((n for n in range(most, 1, -1) if widest + BESIDE + 1 <= room / n), 1)
    return [items[k : k + columns] for k in range(0, len(items), columns)]


def _legend(
    ax: Axes, rows: list[list[int]], names: Mapping[int, str], place: tuple[float, float], width: float
) -> None:
    """Every type's disc and words."""
    x, y = place
    step = (width - x) / max((len(row) for row in rows), default=1)
    for n, row in enumerate(rows):
        for k, kind in enumerate(row):
            disc(ax, x + 2.2 + step * k, y + 5.0 * n, kind, len(names))
            marks.text(ax, x + BESIDE + step * k, y + 5.0 * n, names[kind], colour="grau")
