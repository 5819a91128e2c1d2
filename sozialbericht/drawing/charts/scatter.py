"""Two indicators against each other: one dot per area, the city's values as lines, the outer areas named."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.measure import as_printed, printed
from sozialbericht.drawing.canvas.scale import enclosing, note
from sozialbericht.drawing.canvas.style import FULL, NARROW, applied, canvas, text_width
from sozialbericht.numbers import number

HEIGHT, HEIGHT_NARROW, TOP, FOOT = 96.0, 92.0, 9.0, 10.0
LINE = 3.2


def scatter(
    points: pd.DataFrame,
    *,
    city: tuple[float, float],
    city_name: str,
    titles: tuple[str, str],
    decimals: tuple[int, int],
    named: int = 6,
    narrow: bool = False,
) -> Figure:
    """A dot for each row of ``points`` (columns x, y, kurzname, nummer; rows with NaN are left out).

    ``city``: the city's two values, drawn as lines and labelled. ``titles``: what the axes show, the vertical
    one above the plot. At most ``named`` areas are named, those farthest from the middle first, where there
    is room; with ``narrow`` their numbers stand for them. 164 × 96 mm, or 90 × 92 mm (``narrow``).
    """
    drawn = {axis: as_printed(points[axis].astype(float), d) for axis, d in zip("xy", decimals, strict=True)}
    points, city = points.assign(**drawn), (printed(city[0], decimals[0]), printed(city[1], decimals[1]))
    shown = points[points["x"].notna() & points["y"].notna()]
    across = enclosing([*shown["x"], city[0]], 6)
    up = enclosing([*shown["y"], city[1]], 5)
    width, height = (NARROW, HEIGHT_NARROW) if narrow else (FULL, HEIGHT)
    left = max(text_width(words, 7.5) for words in up.labels()) + 2
    right, bottom = width - 4, height - FOOT
    with applied():
        fig, ax = canvas(width, height)
        note(fig, across, up)
        for tick, words in zip(up.ticks, up.labels(), strict=True):
            y = up.at(tick, bottom, TOP)
            marks.line(ax, [left, right], [y, y], "gitter", 0.5, zorder=0)
            marks.text(ax, left - 1, y, words, colour="grau", ha="right")
        for tick, words in zip(across.ticks, across.labels(), strict=True):
            x = across.at(tick, left, right)
            marks.line(ax, [x, x], [TOP, bottom], "gitter", 0.5, zorder=0)
            marks.text(ax, x, bottom + 2.6, words, colour="grau", ha="center")
        marks.text(ax, 0, 2, titles[1], size=7.5, weight=600)
        marks.text(ax, right, height - 2, titles[0], size=7.5, weight=600, ha="right")
        x0, y0 = across.at(city[0], left, right), up.at(city[1], bottom, TOP)
        marks.line(ax, [x0, x0], [TOP, bottom], "tinte", 0.8, zorder=1)
        marks.line(ax, [left, right], [y0, y0], "tinte", 0.8, zorder=1)
        words = f"{city_name} {number(city[0], decimals[0])}"
        marks.text(ax, x0, TOP - 2.2, words, weight=600, ha="center")
        label = f"{city_name} {number(city[1], decimals[1])}"
        taken = [(right - text_width(label, 7.5, 600), y0 - 3.4, right, y0 - 0.4)]
        marks.text(ax, right, y0 - 1.9, label, weight=600, ha="right")
        xs = [across.at(v, left, right) for v in shown["x"]]
        ys = [up.at(v, bottom, TOP) for v in shown["y"]]
        for x, y in zip(xs, ys, strict=True):
            marks.dot(ax, x, y, size=4.4)
            taken.append((x - 0.9, y - 0.9, x + 0.9, y + 0.9))
        spread = np.hypot(_standard(shown["x"]), _standard(shown["y"]))
        done = 0
        for k in np.argsort(-spread, kind="stable"):
            name = str(int(shown["nummer"].iloc[k])) if narrow else str(shown["kurzname"].iloc[k])
            place = _free(xs[k], ys[k], text_width(name, 7.5), taken, (left, TOP, width, bottom))
            if place is not None and done < named:
                marks.text(ax, place[0], (place[1] + place[3]) / 2, name)
                taken.append(place)
                done += 1
        return fig


def _standard(values: pd.Series) -> np.ndarray:
    """Distances from the median in standard deviations."""
    numbers = values.to_numpy(dtype=float)
    wide = float(numbers.std()) if len(numbers) else 0.0
    return (numbers - np.median(numbers)) / wide if wide > 0 else np.zeros(len(numbers))


Box = tuple[float, float, float, float]


def _free(x: float, y: float, wide: float, taken: list[Box], room: Box) -> Box | None:
    """A place for a name beside its dot, right, left, above or below, that touches nothing."""
    for x0, y0 in (
        (x + 1.6, y - LINE / 2),
        (x - 1.6 - wide, y - LINE / 2),
        (x - wide / 2, y - 1.2 - LINE),
        (x - wide / 2, y + 1.2),
    ):
        box = (x0, y0, x0 + wide, y0 + LINE)
        inside = box[0] >= room[0] and box[1] >= room[1] and box[2] <= room[2] and box[3] <= room[3]
        if inside and not any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken):
            return box
    return None
