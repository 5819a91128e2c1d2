"""Dot strips: areas as dots in rows, by indicator or by district, the city's line, the extremes named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.measure import as_printed, printed
from sozialbericht.drawing.canvas.scale import Scale, enclosing, lanes_of, note
from sozialbericht.drawing.canvas.style import FULL, GUTTER, LABEL, NARROW, applied, canvas, text_width, wrap
from sozialbericht.multitude import MANY, many
from sozialbericht.numbers import NBSP, number, signed, status_sign, status_word
from sozialbericht.position import Position
from sozialbericht.status import Status

DOT, LANE = 1.9, 1.9
"""Distance in mm below which two dots would touch, and the distance of the lanes they move to."""
FINEST = 0.2
MOST_SIGNS = 3
"""So many equal signs stand beside each other; more are counted."""
"""So much of their size dots keep at least where they are many."""


@dataclass(frozen=True)
class Strip:
    """The areas of one indicator.

    ``values``: one row per area, columns kurzname, wert, lage (a :class:`Position` beside the city),
    status and, for :func:`by_district`, bezirk (the name of its row). ``districts``: the districts'
    own values by name. ``note`` is a line under the name (“rechts: günstiger”).
    """

    name: str
    values: pd.DataFrame
    city: float
    unit: str
    decimals: int
    interval: bool = True
    districts: pd.Series | None = None
    note: str = ""

    def __post_init__(self) -> None:
        drawn = as_printed(self.values["wert"].astype(float), self.decimals)
        districts = None if self.districts is None else as_printed(self.districts.astype(float), self.decimals)
        object.__setattr__(self, "values", self.values.assign(wert=drawn))
        object.__setattr__(self, "city", printed(self.city, self.decimals))
        object.__setattr__(self, "districts", districts)

    @property
    def shown(self) -> pd.DataFrame:
        """The areas whose value is published, ascending."""
        return self.values[self.values["status"] == Status.OK].sort_values("wert", kind="stable")

    def printed(self, value: float) -> str:
        """A value with its unit."""
        return f"{number(value, self.decimals)}{NBSP}{self.unit}"

    def hidden(self) -> list[str]:
        """“2 geheim gehalten” for each status that occurs."""
        rest = self.values.loc[self.values["status"] != Status.OK, "status"]
        return [f"{n} {status_word(str(s))}" for s, n in rest.value_counts(sort=False).items()]


def by_indicator(
    strips: Sequence[Strip], *, city_name: str, narrow: bool = False, area: str = "Gebiet",
    whole: str = "Gesamtwert",
) -> Figure:  # fmt: skip
    """One row per indicator: every area as a dot at its distance from the city's value, in percentage points.

    All rows share one scale, so the spread of the indicators can be compared. Lowest and highest area of each
    row are named with their values. Filled dots differ from the city, hollow ones do not visibly; ``area`` is what one
    is called, ``whole`` the city's value. 164 mm wide with the names in the label column, or 90 mm (``narrow``) with
    the names above.
    """
    scale = enclosing([float(v) - s.city for s in strips for v in s.shown["wert"]] + [-1.0, 1.0], 6)
    width = NARROW if narrow else FULL
    left, right = (3.0, width - 4) if narrow else (LABEL + GUTTER + 4, width - 6)
    fine = _fineness(strips)
    step = LANE * fine
    lanes = [lanes_of([scale.at(float(v) - s.city, left, right) for v in s.shown["wert"]], DOT * fine) for s in strips]
    heads = [7.0 if narrow else 0.0 for _ in strips]
    depth = [
        h + 5.2 + step * (max(ln, default=0) - min(ln, default=0)) + 4.2 for h, ln in zip(heads, lanes, strict=True)
    ]
    depth = [max(d, 14.0) for d in depth]
    top = 7.0
    with applied():
        fig, ax = canvas(width, round(top + sum(depth) + 13.5, 1))
        bottom = top + sum(depth)
        for tick in scale.ticks:
            marks.line(ax, [scale.at(tick, left, right)] * 2, [top, bottom], "gitter", 0.5, zorder=0)
            words = signed(tick, 0 if float(tick).is_integer() else 1)
            marks.text(ax, scale.at(tick, left, right), bottom + 2.7, words, colour="grau", ha="center")
        zero = scale.at(0, left, right)
        marks.line(ax, [zero] * 2, [top - 1.5, bottom], "tinte", 0.9, zorder=1)
        marks.text(ax, zero, top - 3.4, city_name, size=8, weight=600, ha="center")
        unit = f"Prozentpunkte gegenüber dem {whole}"
        marks.text(ax, right + (4 if narrow else 6), bottom + 6.4, unit, size=7, colour="grau", ha="right")
        y = top
        for strip, lane, head, deep in zip(strips, lanes, heads, depth, strict=True):
            if y > top:
                marks.line(ax, [0, width], [y, y], "gitter", 0.5, zorder=0)
            _heading(ax, strip, city_name, y, deep, narrow)
            places = [scale.at(float(v) - strip.city, left, right) for v in strip.shown["wert"]]
            middle = y + head + 5.6 - step * min(lane, default=0)
            _dots(ax, strip, places, [middle + step * k for k in lane], fine)
            _extremes(ax, strip, places, (y + head + 2.6, middle), (0.0 if narrow else LABEL + GUTTER, width))
            y += deep
        told = _told(strips, area, whole)
        _key(ax, bottom + 11.2, 0.0 if narrow else LABEL + GUTTER, narrow, told)
        return fig


def by_district(
    strips: Sequence[Strip], rows: Sequence[str], *, city_name: str, narrow: bool = False, area: str = "Gebiet",
    district: str = "Gebiet", whole: str = "Gesamtwert",
) -> Figure:  # fmt: skip
    """One row per district, one panel per indicator side by side: areas as dots, the district's value as a bar.

    The city's value is a line through each panel; the panel's lowest and highest area are named with their
    values. ``rows``: the names of the districts in their order; ``area`` and ``district`` are what one is called,
    ``whole`` the city's value. 164 mm wide, or 90 mm (``narrow``) with the panels one below the other.
    """
    name, deep, head = LABEL, 8.0, 9.5
    width = NARROW if narrow else FULL
    block, fine = head + deep * len(rows) + 6.0, _fineness(strips)
    room = width - name - GUTTER
    each = room if narrow else (room - 8.0 * (len(strips) - 1)) / len(strips)
    with applied():
        height = block * (len(strips) if narrow else 1) + (9.0 if narrow else 5.0)
        fig, ax = canvas(width, round(height, 1))
        for k, strip in enumerate(strips):
            top = block * k if narrow else 0.0
            if narrow or k == 0:
                for n, row in enumerate(rows):
                    y = top + head + deep * n
                    marks.text(ax, 0, y + 5.2, row, size=8)
                    if n:
                        marks.line(ax, [0, width], [y + 0.6, y + 0.6], "gitter", 0.5, zorder=0)
            left = name + GUTTER + (0 if narrow else (each + 8.0) * k)
            _panel(ax, strip, rows, (left, top + head, each, deep), city_name, fine)
        note(fig, *(_across(strip) for strip in strips))
        told = _told(strips, area, whole)
        _key(ax, height - (6.4 if narrow else 2.2), 0.0 if narrow else name + GUTTER, narrow, told, district)
        return fig


def _across(strip: Strip) -> Scale:
    """The axis of one panel."""
    return enclosing([*strip.shown["wert"], strip.city], 4)


def _panel(
    ax: Axes, strip: Strip, rows: Sequence[str], place: tuple[float, float, float, float], city_name: str, fine: float
) -> None:
    """One panel of :func:`by_district` at x, y with a width and a depth of rows, mm."""
    left, top, wide, deep = place
    good, scale = strip.shown, _across(strip)
    start, end, bottom = left + 2, left + wide - 3, top + deep * len(rows)
    for tick, words in zip(scale.ticks, scale.labels(), strict=True):
        x = scale.at(tick, start, end)
        marks.line(ax, [x] * 2, [top, bottom], "gitter", 0.5, zorder=0)
        marks.text(ax, x, bottom + 2.7, words, colour="grau", ha="center")
    city = scale.at(strip.city, start, end)
    marks.line(ax, [city] * 2, [top - 1.2, bottom], "tinte", 0.9, zorder=1)
    marks.text(ax, left, top - 7.6, f"{strip.name} {_in(strip.unit)}", size=8, weight=600)
    words = f"{city_name} {number(strip.city, strip.decimals)}"
    half = text_width(words, 7.5) / 2
    marks.text(ax, min(max(city, left + half), left + wide - half), top - 3.2, words, ha="center")
    own_values = (
        {}
        if strip.districts is None
        else dict(zip(map(str, strip.districts.index), strip.districts.to_numpy(dtype=float), strict=True))
    )
    for n, row in enumerate(rows):
        y = top + deep * n + 5.2
        own = good[good["bezirk"] == row]
        if row in own_values and np.isfinite(own_values[row]):
            x = scale.at(own_values[row], start, end)
            marks.line(ax, [x] * 2, [y - 1.9, y + 1.9], "grau", 1.6, zorder=2)
        places = [scale.at(float(v), start, end) for v in own["wert"]]
        _dots(ax, strip, places, [y - 0.8 * LANE * fine * k for k in lanes_of(places, DOT * fine)], fine, own)
        states = strip.values.loc[(strip.values["bezirk"] == row) & (strip.values["status"] != Status.OK), "status"]
        if len(states):
            marks.text(ax, left + wide, y, _signs(states), ha="right")
        for index, highest in ((good.index[:1], False), (good.index[-1:], True)):
            for k, area in enumerate(own.index):
                if area in index:
                    _name(ax, strip, own.iloc[k], places[k], y - 3.2, (left, left + wide), highest)


def _signs(states: pd.Series) -> str:
    """The signs in place of values, “. .”; of many of a kind their number, “12 × .”."""
    counted = [(n, status_sign(str(status))) for status, n in states.value_counts(sort=False).items()]
    return " ".join(f"{n}{NBSP}×{NBSP}{sign}" if n > MOST_SIGNS else " ".join([sign] * n) for n, sign in counted)


def _fineness(strips: Sequence[Strip]) -> float:
    """How large dots are: full size, and smaller where areas are many, so that a row stays as high."""
    most = max(len(strip.values) for strip in strips)
    return max(FINEST, (MANY / most) ** 0.5) if many(most) else 1.0


def _dots(
    ax: Axes, strip: Strip, x: Sequence[float], y: Sequence[float], fine: float, rows: pd.DataFrame | None = None
) -> None:
    """The dots of a strip, or of those ``rows`` of it."""
    for k, position in enumerate((strip.shown if rows is None else rows)["lage"]):
        filled = Position(position).differs or not strip.interval
        marks.dot(ax, x[k], y[k], fill="akzent" if filled else "grund", size=4.4 * fine, width=0.9 * max(fine, 0.5))


def _heading(ax: Axes, strip: Strip, city_name: str, y: float, deep: float, narrow: bool) -> None:
    """Name, the city's value, note and hidden areas of a row of :func:`by_indicator`."""
    city = f"{city_name} {strip.printed(strip.city)}"
    if narrow:
        marks.text(ax, 0, y + 3.2, strip.name, size=8, weight=600)
        words = ", ".join(filter(None, [city, strip.note, *strip.hidden()]))
        marks.text(ax, 0, y + 6.6, words, size=7, colour="grau")
        return
    lines = [(w, 600, "tinte") for w in wrap(strip.name, LABEL, 8, 600)] + [(city, 400, "tinte")]
    lines += [(w, 400, "grau") for w in filter(None, [strip.note, *strip.hidden()])]
    top = y + deep / 2 - 1.6 * (len(lines) - 1)
    for k, (words, weight, colour) in enumerate(lines):
        marks.text(ax, 0, top + 3.2 * k, words, size=8 if weight == 600 else 7.5, weight=weight, colour=colour)


def _extremes(
    ax: Axes, strip: Strip, places: Sequence[float], heights: tuple[float, float], room: tuple[float, float]
) -> None:
    """Lowest and highest area of a row with their values: beside their dots, or above where there is no room."""
    good = strip.shown
    for k, highest in ((0, False), (len(good) - 1, True)):
        if not len(good) or (len(good) < 2 and not highest):
            continue
        long = text_width(_words(strip, good.iloc[k]), 7) + 1.8
        beside = places[k] + long <= room[1] if highest else places[k] - long >= room[0]
        if beside:
            x = places[k] + (2.8 if highest else -2.8)
            _name(ax, strip, good.iloc[k], x, heights[1], room, highest)
        else:
            _name(ax, strip, good.iloc[k], places[k], heights[0], room, highest)


def _words(strip: Strip, area: pd.Series) -> str:
    return f"{area['kurzname']} {number(float(area['wert']), strip.decimals)}"


def _name(
    ax: Axes, strip: Strip, area: pd.Series, x: float, y: float, room: tuple[float, float], highest: bool
) -> None:
    """An area's name and value from ``x`` outwards, kept inside the room."""
    words = _words(strip, area)
    long = text_width(words, 7)
    at = min(x - 1, room[1] - long) if highest else max(x + 1, room[0] + long)
    marks.box(ax, ((at if highest else at - long) - 0.4, y - 1.5, long + 0.8, 3.0), "grund", zorder=1.5)
    marks.text(ax, at, y, words, size=7, ha="left" if highest else "right", zorder=4)


def _told(strips: Sequence[Strip], area: str, whole: str) -> list[tuple[str, str]]:
    """The fills of the dots and what they mean."""
    if not any(strip.interval for strip in strips):
        return [("akzent", area)]
    return [("akzent", f"{area}, weicht vom {whole} ab"), ("grund", "weicht nicht erkennbar ab")]


def _key(ax: Axes, y: float, x: float, narrow: bool, entries: Sequence[tuple[str, str]], district: str = "") -> None:
    """What dots, hollow dots and bars mean."""
    start = x
    for fill, words in entries:
        marks.dot(ax, start + 1, y, fill=fill, size=4.4, width=0.9)
        marks.text(ax, start + 3, y, words, colour="grau")
        start += 3 + text_width(words, 7.5) + 4
    if district:
        if narrow and start + 20 > NARROW:
            start, y = x, y + 3.8
        marks.line(ax, [start + 1] * 2, [y - 1.6, y + 1.6], "grau", 1.6)
        marks.text(ax, start + 3, y, district, colour="grau")


def _in(unit: str) -> str:
    return f"in{NBSP}{unit}" if not unit.startswith("je ") else unit
