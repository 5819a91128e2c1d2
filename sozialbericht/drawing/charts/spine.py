"""The spine chart of a profile: one row per indicator, the city in the middle, all areas as a band, the area as a dot.

Left and right of the city are scaled separately, so that the ends of the band are the least and the most favourable
area of every row: “right” always means “more favourable”, whatever the indicator counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.brand import tokens
from sozialbericht.drawing.canvas.measure import printed
from sozialbericht.drawing.canvas.style import FULL, NARROW, applied, canvas, text_width, wrap
from sozialbericht.numbers import number, status_sign, status_word
from sozialbericht.position import Position
from sozialbericht.status import Status

ROW, GROUP, HEAD, KEY = 6.3, 5.2, 12.4, 8.0
"""Heights in mm: of a row, of a group's name, of the column heads, of the key."""

ROW_NARROW, GROUP_NARROW, KEY_LINE = 15.0, 8.0, 4.4
NAME, STAND, AREA, DISTRICT, CITY, RANK, LEAST = 59.0, 70.0, 79.0, 87.5, 96.0, 102.5, 111.0
"""Room for the names and right edges of the columns, mm."""

BAND = (114.0, 153.5)
HALF_BAND = 1.8
SIGNS = {-1: "signal", 1: "akzent"}


@dataclass(frozen=True)
class Spine:
    """One indicator of an area among all areas.

    ``direction``: 1 where high is favourable, −1 where it is not, 0 without judgement (then right is high).
    ``everyone``: the published values of all areas; ``members``: those that belong to the area (the parts of a
    district). ``value`` counts only with status ok. ``position``: of the area beside the
    city. NaN where the city or the district has no value to show; ``rank`` 0 for none.
    """

    group: str
    name: str
    stand: str
    value: float
    status: str
    position: Position
    city: float
    district: float
    rank: int
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
        """1 more favourable than the city, −1 less, 0 not visibly different, without interval or without judgement."""
        return self.position.sign * self.direction if self.status == Status.OK else 0


@dataclass(frozen=True)
class Words:
    """What the columns are called: the area, its district ("" for none), the city;
    who stands in the band; the parts.
    """

    area: str
    district: str
    city: str
    everyone: str
    members: str = ""


def spine(rows: Sequence[Spine], words: Words, *, narrow: bool = False) -> Figure:
    """The spine chart of one area.

    Rows come in groups (consecutive rows of one ``group``). 164 mm wide, 6 mm a row and 5 a group; or 90 mm
    (``narrow``) with the name above its band. A withheld or missing value has its sign in the column and the word in
    the band.
    """
    rows = [_as_printed(row) for row in rows]
    groups = [(name, list(members)) for name, members in groupby(rows, key=lambda r: r.group)]
    row, group, head = (ROW_NARROW, GROUP_NARROW, 1.0) if narrow else (ROW, GROUP, HEAD)
    entries = _key_entries(rows, words, NARROW if narrow else FULL)
    height = head + row * len(rows) + group * len(groups) + KEY + KEY_LINE * (max(e[2] for e in entries))
    with applied():
        fig, ax = canvas(NARROW if narrow else FULL, round(height, 1))
        if not narrow:
            _heads(ax, words)
        y = head
        for name, members in groups:
            marks.text(ax, 0, y + group - 2.1, name, size=8 if narrow else 7.5, weight=600, colour="akzent")
            y += group
            first = y
            for member in members:
                (_narrow_row if narrow else _row)(ax, member, y, words)
                y += row
            if narrow:
                _city_line(
                    ax, NARROW / 2, first + 3.9, y - 5.5, cuts=[(first + k * row, row) for k in range(len(members))]
                )
        if not narrow:
            marks.line(ax, [sum(BAND) / 2] * 2, [HEAD - 1.6, y - 0.4], "tinte", 0.9, zorder=2.5)
            marks.line(ax, [0, FULL], [y + 0.4] * 2, "linie", 0.5)
        _key(ax, y + (3.2 if narrow else 4.6), entries)
        return fig


def _as_printed(row: Spine) -> Spine:
    """A row with its numbers as they are printed."""
    value, city, district = (printed(v, row.decimals) for v in (row.value, row.city, row.district))
    everyone, members = ([printed(v, row.decimals) for v in many] for many in (row.everyone, row.members))
    return replace(row, value=value, city=city, district=district, everyone=everyone, members=members)


def _heads(ax: Axes, words: Words) -> None:
    """The column heads, bottom aligned, and the rule below them."""
    columns = [
        (STAND, "Stand", 400, "grau"), (AREA, words.area, 600, "tinte"), (DISTRICT, words.district, 400, "grau"),
        (CITY, "Stadt", 400, "grau"), (RANK, "Rang", 400, "grau"), (LEAST, "ungüns-\ntigster", 400, "grau"),
        (FULL, "güns-\ntigster", 400, "grau"),
    ]  # fmt: skip
    for x, head, weight, colour in columns:
        for k, part in enumerate(reversed(head.split("\n"))):
            marks.text(ax, x, HEAD - 4.0 - 2.9 * k, part, size=7, weight=weight, colour=colour, ha="right")
    marks.text(ax, sum(BAND) / 2, HEAD - 4.0, words.city, size=7.5, weight=600, ha="center")
    marks.line(ax, [0, FULL], [HEAD - 1.6] * 2, "tinte", 0.6)


def _row(ax: Axes, row: Spine, y: float, words: Words) -> None:
    """One indicator in the wide cut."""
    middle = y + ROW / 2 - 0.4
    lines = wrap(row.name, NAME, 8)
    size = 8.0
    if len(lines) > 1:
        size = 7.5
        lines = wrap(row.name, NAME, size)
    for k, part in enumerate(lines):
        at = middle + 2.7 * (k - (len(lines) - 1) / 2)
        marks.text(ax, 0, at, part, size=size if len(lines) == 1 else 7)
    marks.text(ax, STAND, middle, row.stand, size=7, colour="grau", ha="right")
    shown = number(row.value, row.decimals) if row.status == Status.OK else status_sign(row.status)
    marks.text(ax, AREA, middle, shown, size=8, weight=600, ha="right")
    for x, value in ((DISTRICT, row.district if words.district else np.nan), (CITY, row.city)):
        if np.isfinite(value):
            marks.text(ax, x, middle, number(value, row.decimals), size=8, colour="grau", ha="right")
    if row.rank:
        marks.text(ax, RANK, middle, str(row.rank), size=8, ha="right")
    if row.drawable:
        marks.text(ax, LEAST, middle, number(row.least, row.decimals), size=7, colour="grau", ha="right")
        marks.text(ax, FULL, middle, number(row.most, row.decimals), size=7, colour="grau", ha="right")
    _band(ax, row, BAND, middle)


def _narrow_row(ax: Axes, row: Spine, y: float, words: Words) -> None:
    """One indicator in the narrow cut: name and value, band, comparison."""
    shown = number(row.value, row.decimals) if row.status == Status.OK else status_sign(row.status)
    size = next((s for s in (8.5, 8.0, 7.5) if text_width(row.name, s) <= NARROW - 14), 7.0)
    marks.text(ax, 0, y + 1.8, row.name, size=size)
    marks.text(ax, NARROW, y + 1.8, shown, size=8.5, weight=600, ha="right")
    _band(ax, row, (1.5, NARROW - 1.5), y + 6.1)
    parts = [row.stand]
    if words.district and np.isfinite(row.district):
        parts.append(f"{words.district.replace('-' + chr(10), '')} {number(row.district, row.decimals)}")
    if np.isfinite(row.city):
        parts.append(f"{words.city} {number(row.city, row.decimals)}")
    if row.rank:
        parts.append(f"Rang {row.rank}")
    marks.text(ax, 0, y + 10.6, " · ".join(parts), size=7, colour="grau")


def _city_line(ax: Axes, x: float, top: float, bottom: float, *, cuts: Sequence[tuple[float, float]]) -> None:
    """The city's mark across each band of the narrow cut."""
    for start, _ in cuts:
        marks.line(ax, [x, x], [start + 3.7, start + 8.5], "tinte", 0.9, zorder=2.5)


def _band(ax: Axes, row: Spine, ends: tuple[float, float], y: float) -> None:
    """All areas pale, the middle half darker, the area's dot; without a value its word."""
    left, right = ends
    middle, half = (left + right) / 2, (right - left) / 2

    def x(value: float) -> float:
        return middle + row.place(value) * half

    if row.drawable:
        a, b = sorted((x(row.least), x(row.most)))
        marks.box(ax, (a, y - HALF_BAND, b - a, 2 * HALF_BAND), "band", zorder=0.5)
        q1, q3 = sorted(x(float(q)) for q in np.percentile(list(row.everyone), [25, 75]))
        marks.box(ax, (q1, y - HALF_BAND, q3 - q1, 2 * HALF_BAND), "band2", zorder=0.6)
        for value in row.members:
            _part(ax, x(value), y)
    if row.status != Status.OK:
        words = status_word(row.status)
        wide = text_width(words, 7)
        at = middle + (half - wide) / 2 + 1
        marks.box(ax, (at - 0.8, y - HALF_BAND, wide + 1.6, 2 * HALF_BAND), "grund", zorder=1.5)
        marks.text(ax, at, y, words, size=7, colour="tinte", zorder=3)
        return
    if row.drawable:
        _mark(ax, x(row.value), y, row.direction, row.side())


def _mark(ax: Axes, x: float, y: float, direction: int, side: int) -> None:
    """The dot: filled where the area differs, hollow where not, a diamond without judgement."""
    c = tokens()
    if not direction:
        ax.add_artist(
            Line2D(
                [x], [y], marker="D", ls="none", ms=4.4, mfc=c["grund"], mec=c["tinte"], mew=1, zorder=4, clip_on=False
            )
        )
        return
    fill, edge = (SIGNS[side], "grund") if side else ("grund", "tinte")
    size, width = (6.2, 0.9) if side else (5.6, 1.0)
    ax.add_artist(
        Line2D([x], [y], marker="o", ls="none", ms=size, mfc=c[fill], mec=c[edge], mew=width, zorder=4, clip_on=False)
    )


def _key_entries(rows: Sequence[Spine], words: Words, width: float) -> list[tuple[str, str, int, float]]:
    """The key: sign, words, line (from 0) and left edge in mm of each entry."""
    names = [("-1", "ungünstiger"), ("1", "günstiger"), ("0", "nicht erkennbar anders"), ("d", "ohne Wertung")]
    if any(len(r.members) for r in rows):
        names.append(("m", words.members))
    placed: list[tuple[str, str, int, float]] = []
    x, line = 0.0, 0
    for sign, text in [*names, ("band", words.everyone), ("band2", "mittlere Hälfte")]:
        wide = _sign_width(sign) + text_width(text, 7.5)
        if x and x + wide > width + 0.1:
            x, line = 0.0, line + 1
        placed.append((sign, text, line, x))
        x += wide + 3.4
    return placed


def _sign_width(sign: str) -> float:
    return 8.4 if sign.startswith("band") else 4.4


def _key(ax: Axes, top: float, entries: Sequence[tuple[str, str, int, float]]) -> None:
    """What dots, diamonds and bands mean."""
    for sign, text, line, x in entries:
        y = top + KEY_LINE * line
        if sign.startswith("band"):
            marks.box(ax, (x, y - 1.7, 7, 3.4), sign)
        elif sign == "m":
            _part(ax, x + 1.5, y)
        else:
            _mark(ax, x + 1.5, y, *((0, 0) if sign == "d" else (1, int(sign))))
        marks.text(ax, x + _sign_width(sign), y, text, colour="grau")


def _part(ax: Axes, x: float, y: float) -> None:
    """A small ring: an area that belongs to the district."""
    marks.dot(ax, x, y, fill="grund", edge="tinte", size=2.6, width=0.6)
