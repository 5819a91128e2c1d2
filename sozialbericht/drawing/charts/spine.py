"""The picture beside a profile's comparison: the city in the middle, all areas as a band, the area as a mark with its
interval, one row for each row of the table.

Left and right of the city are scaled separately, so that the ends of the band are the least and the most favourable
area of every row: “right” always means “more favourable”, whatever the indicator counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.measure import printed
from sozialbericht.drawing.canvas.rowgrid import Rowgrid
from sozialbericht.drawing.canvas.style import applied, canvas, text_width
from sozialbericht.position import Position
from sozialbericht.status import Status

HALF_BAND, MARGIN = 1.8, 1.5
"""Half the height of a band, the room left and right of it, mm."""

_COLOURS = {1: "akzent", -1: "signal", 0: "tinte"}


@dataclass(frozen=True)
class Spine:
    """One indicator of an area among all areas.

    ``direction``: 1 where high is favourable, −1 where it is not, 0 without judgement (then right is high).
    ``everyone``: the published values of all areas; ``members``: those that belong to the area (the parts of a
    district). ``value`` with its interval ``lower`` to ``upper`` (NaN: none) counts only with status ok; ``position``:
    beside the city. NaN where the city has no value to show.
    """

    group: str
    name: str
    value: float
    lower: float
    upper: float
    status: str
    position: Position
    city: float
    everyone: Sequence[float]
    direction: int
    decimals: int
    members: Sequence[float] = ()

    @property
    def least(self) -> float:
        """The value at the left end: the least favourable area, without judgement the lowest."""
        return max(self.everyone) if self.direction < 0 else min(self.everyone)

    @property
    def most(self) -> float:
        """The value at the right end: the most favourable area, without judgement the highest."""
        return min(self.everyone) if self.direction < 0 else max(self.everyone)

    @property
    def drawable(self) -> bool:
        """Whether there is a band: the city's value and at least one area's."""
        return bool(len(self.everyone)) and bool(np.isfinite(self.city))

    def place(self, value: float) -> float:
        """Where a value lies: −1 at the least favourable area, 0 at the city, 1 at the most favourable one."""
        sign = -1 if self.direction < 0 else 1
        off = (value - self.city) * sign
        reach = abs(off) and ((self.most if off > 0 else self.least) - self.city) * sign * np.sign(off)
        with np.errstate(over="ignore"):  # of values that hardly differ from the city's
            return float(np.clip(np.divide(off, reach), -1.0, 1.0)) if reach > 0 else 0.0

    def side(self) -> int:
        """1 more favourable than the city, −1 less, 0 not recognisably different or without judgement."""
        return self.position.sign * self.direction if self.status == Status.OK else 0


def spine(rows: Sequence[Spine | None], grid: Rowgrid, city: str, width: float) -> Figure:
    """The bands of one area, ``width`` mm wide: one row for each row of the ``grid``, nothing where a row is None.

    Filled marks differ recognisably from the city, rings do not or have no interval, diamonds are not judged. Without
    a value there is the band alone. All numbers are drawn as they are printed.
    """
    with applied():
        fig, ax = canvas(width, round(grid.bottom + 0.4, 2))
        _heads(ax, grid.head, city, width)
        for row, middle in zip(rows, grid.middles(), strict=True):
            if row is not None:
                _row(ax, _as_printed(row), middle, width)
        marks.line(ax, [width / 2] * 2, [grid.head - 1.2, grid.bottom], "tinte", 0.9, zorder=2)
        return fig


def _as_printed(row: Spine) -> Spine:
    """A row with its numbers as they are printed."""
    value, lower, upper, city = (printed(v, row.decimals) for v in (row.value, row.lower, row.upper, row.city))
    everyone, members = ([printed(v, row.decimals) for v in many] for many in (row.everyone, row.members))
    return replace(row, value=value, lower=lower, upper=upper, city=city, everyone=everyone, members=members)


def _heads(ax: Axes, head: float, city: str, width: float) -> None:
    """The city over its line, and what left and right mean, where there is room."""
    room = (width - text_width(city, 7.5, 600)) / 2
    marks.text(ax, width / 2, head - 3.0, city, weight=600, ha="center")
    if room > text_width("ungünstig", 7) + 0.8:
        marks.text(ax, 0, head - 3.0, "ungünstig", size=7, colour="grau")
        marks.text(ax, width, head - 3.0, "günstig", size=7, colour="grau", ha="right")


def _row(ax: Axes, row: Spine, y: float, width: float) -> None:
    """All areas pale, the middle half darker, the area's interval and mark."""
    if not row.drawable:
        return
    middle, half = width / 2, width / 2 - MARGIN

    def x(value: float) -> float:
        return middle + row.place(value) * half

    left, right = sorted((x(row.least), x(row.most)))
    marks.box(ax, (left, y - HALF_BAND, right - left, 2 * HALF_BAND), "band", zorder=0.5)
    q1, q3 = sorted(x(float(q)) for q in np.percentile(list(row.everyone), [25, 75]))
    marks.box(ax, (q1, y - HALF_BAND, q3 - q1, 2 * HALF_BAND), "band2", zorder=0.6)
    for value in row.members:
        marks.dot(ax, x(value), y, fill="grund", edge="tinte", size=2.6, width=0.6)
    if row.status != Status.OK:
        return
    colour = _COLOURS[row.side()]
    if np.isfinite(row.lower) and np.isfinite(row.upper):
        marks.line(ax, [x(row.lower), x(row.upper)], [y, y], colour, 1.1, zorder=2.5)
    marks.symbol(ax, x(row.value), y, "o" if row.direction else "D", colour, hollow=not row.side(), size=5.2)
