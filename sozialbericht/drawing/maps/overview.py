"""The overview of the city's division: numbered areas, districts outlined, tinted and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from shapely.geometry.base import BaseGeometry

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.style import LABEL, NARROW, applied, text_width, wrap
from sozialbericht.drawing.maps import sheet
from sozialbericht.drawing.maps.sheet import Sheet
from sozialbericht.multitude import many
from sozialbericht.status import Status

TINTS = ("sand", "gitter", "s1", "band", "band2")
HIGH = 72.0
"""Height of the map, mm."""
HEAD = 5.4
"""Height of the head above the list of districts, mm."""
STEP = 0.6
"""Grid on which places for names are tried, mm."""


@dataclass(frozen=True)
class Label:
    """A name in one or two lines at a place in mm, ``size`` in pt."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float

    def box(self) -> BaseGeometry:
        """The room that the name takes."""
        w, h = _half_size(self.lines, self.size)
        return shapely.box(self.x - w, self.y - h, self.x + w, self.y + h)


def overview(
    geometry: gpd.GeoDataFrame,
    districts: pd.Series,
    *,
    district_heading: str = "Gebiet",
    area_heading: str = "Gebiete",
    narrow: bool = False,
) -> Figure:
    """All areas with their numbers; the districts in changing tints with their names.

    Arguments as in ``maps``. The label column (``narrow``: above the map) lists the districts with the
    numbers of their areas, so that a district too small for its name is found by them. Many districts have no list
    and no names.
    """
    numbers = members(geometry, districts)
    columns, across = (2, (NARROW - 8) / 2) if narrow else (1, LABEL)
    lists = _columns(list(numbers), columns)
    listed = HEAD + max(sum(_high(n, numbers[n], across) for n in names) for names in lists)
    if many(len(numbers)):  # no list is as high as a page
        listed, lists = 0.0, []
    with applied():
        fig, ax, drawn = sheet.page(geometry, listed, narrow, max(HIGH, listed + 2))
        outlines = drawn.districts(districts)
        tint = tints(outlines)
        fills = {area: tint[str(districts[area])] for area in drawn.shapes}
        size = 6.6 if narrow else 7.2
        for name, shape in outlines.items() if lists else ():
            inside = [area for area in drawn.shapes if str(districts[area]) == name]
            label = place(name, shape, []) if drawn.crowded else None
            if not drawn.crowded:
                label, drawn = settle(drawn, name, shape, inside, size)
            if label:
                _write(ax, label, tint[name])
        sheet.areas(ax, drawn, fills, dict.fromkeys(fills, Status.OK), size, weight=400)
        sheet.outlines(ax, drawn, outlines)
        sheet.scale_bar(ax, drawn)
        for k, names in enumerate(lists):
            heads = (district_heading, area_heading)
            _list(ax, k * (across + 8), across, {n: numbers[n] for n in names}, heads)
        return fig


def settle(
    drawn: Sheet, name: str, shape: BaseGeometry, inside: Sequence[str], size: float
) -> tuple[Label | None, Sheet]:
    """A place for the district's name, and the sheet with the numbers that had to make room for it.

    First a place that is clear of the numbers; where there is none, the best place inside, if the numbers in
    its way find another place in their areas.
    """
    label = place(name, shape, [sheet.number_box(drawn, area, size) for area in inside])
    if label:
        return label, drawn
    label = place(name, shape, [])
    if not label:
        return None, drawn
    block = label.box().buffer(0.4)
    labels = dict(drawn.labels)
    for area in inside:
        box = sheet.number_box(drawn, area, size)
        if not box.intersects(block):
            continue
        x0, y0 = drawn.labels[area]
        half = (box.bounds[2] - box.bounds[0]) / 2
        inner = drawn.shapes[area].buffer(-0.2)
        x, y = _grid(inner)
        boxes = shapely.box(x - half, y - 1.3, x + half, y + 1.3)
        free = shapely.contains(inner, boxes) & ~shapely.intersects(boxes, block)
        if not free.any():
            return None, drawn
        k = int(np.argmin(np.where(free, np.hypot(x - x0, y - y0), np.inf)))
        labels[area] = (float(x[k]), float(y[k]))
    return label, replace(drawn, labels=labels)


def members(geometry: gpd.GeoDataFrame, districts: pd.Series) -> dict[str, str]:
    """Per district the numbers of its areas, “1–4” or “3, 7–9”, in the order of the areas."""
    found: dict[str, list[int]] = {}
    for area, nummer in geometry["nummer"].items():
        found.setdefault(str(districts[area]), []).append(int(nummer))
    return {name: ranges(sorted(numbers)) for name, numbers in found.items()}


def ranges(numbers: Sequence[int]) -> str:
    """Ascending whole numbers as text, runs of three and more joined: “1–4, 6, 7”."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    words = [f"{r[0]}–{r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs]
    return ", ".join(words)


def tints(districts: dict[str, BaseGeometry]) -> dict[str, str]:
    """A tint for each district, different from its neighbours' (first fit, most neighbours first)."""
    names, shapes = list(districts), np.array(list(districts.values()), dtype=object)
    near = {
        n: {m for m, hit in zip(names, shapely.dwithin(shapes, s, 0.2), strict=True) if hit and m != n}
        for n, s in districts.items()
    }
    chosen: dict[str, str] = {}
    for name in sorted(names, key=lambda n: -len(near[n])):
        used = {chosen.get(m) for m in near[name]}
        chosen[name] = next((t for t in TINTS if t not in used), TINTS[0])
    return chosen


def place(name: str, shape: BaseGeometry, numbers: Sequence[BaseGeometry]) -> Label | None:
    """The best free place for a name inside its district, clear of the numbers; None if there is none.

    Large type before small, one line before two; then as far from border and numbers as possible, near the
    middle.
    """
    inner = shape.buffer(-0.5)
    middle = shape.centroid
    halves = _halves(name)
    for size, lines in ((8.0, (name,)), (7.5, (name,)), (7.5, halves), (7.0, (name,)), (7.0, halves)):
        w, h = _half_size(lines, size)
        x, y = _grid(inner)
        boxes = shapely.box(x - w, y - h, x + w, y + h)
        near = shapely.distance(boxes, shapely.union_all(list(numbers))) if numbers else np.full(len(x), 9.0)
        free = shapely.contains(inner, boxes) & (near > 0.3)
        if free.any():
            edge = shapely.distance(boxes, shape.boundary)
            off = np.hypot(x - middle.x, y - middle.y)
            score = np.minimum(near, 2.5) + np.minimum(edge, 2.5) - 0.05 * off
            k = int(np.argmax(np.where(free, score, -np.inf)))
            return Label(float(x[k]), float(y[k]), lines, size)
    return None


def _half_size(lines: Sequence[str], size: float) -> tuple[float, float]:
    return max(text_width(part, size, 600) for part in lines) / 2, 1.35 + 1.5 * (len(lines) - 1)


def _write(ax: Axes, label: Label, tint: str) -> None:
    """The name on a patch of its district's tint, which hides the areas' borders behind it."""
    x0, y0, x1, y1 = label.box().bounds
    marks.box(ax, (x0 - 0.4, y0, x1 - x0 + 0.8, y1 - y0), tint, zorder=1.8)
    for k, words in enumerate(label.lines):
        y = label.y + 3.0 * (k - (len(label.lines) - 1) / 2)
        marks.text(ax, label.x, y, words, size=label.size, weight=600, colour="akzent", ha="center", zorder=5)


def _grid(shape: BaseGeometry) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    if shape.is_empty:
        return np.empty(0), np.empty(0)
    x0, y0, x1, y1 = shape.bounds
    x, y = np.meshgrid(np.arange(x0, x1 + STEP, STEP), np.arange(y0, y1 + STEP, STEP))
    points = np.column_stack([x.ravel(), y.ravel()])
    points = points[shapely.contains_xy(shape, points[:, 0], points[:, 1])]
    return points[:, 0], points[:, 1]


def _halves(name: str) -> tuple[str, ...]:
    """The name in two lines of similar width, broken after a hyphen, a slash or at a space."""
    cuts = [k + 1 for k, c in enumerate(name[:-1]) if c in "-/ "]
    if not cuts:
        return (name,)
    cut = min(cuts, key=lambda k: abs(2 * k - len(name)))
    return (name[:cut].rstrip(), name[cut:])


def _entry(name: str, words: str, across: float) -> list[str]:
    return wrap(name, across - text_width(words, 7.5) - 2, 7.5)


def _high(name: str, words: str, across: float) -> float:
    return 4.4 * len(_entry(name, words, across))


def _columns(names: Sequence[str], columns: int) -> list[Sequence[str]]:
    rows = -(-len(names) // columns)
    return [names[k * rows : (k + 1) * rows] for k in range(columns) if names[k * rows :]]


def _list(ax: Axes, x: float, across: float, numbers: dict[str, str], heads: tuple[str, str]) -> None:
    marks.text(ax, x, 2, heads[0], size=8, weight=600)
    marks.text(ax, x + across, 2, heads[1], size=7, colour="grau", ha="right")
    y = HEAD + 2
    for name, words in numbers.items():
        marks.text(ax, x + across, y, words, ha="right")
        for part in _entry(name, words, across):
            marks.text(ax, x, y, part)
            y += 4.4
