"""The sheet of a map: areas in mm, their colours and numbers, the districts' outlines, the scale bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from shapely.geometry.base import BaseGeometry

from sozialbericht.drawing.canvas import marks, signs
from sozialbericht.drawing.canvas.brand import ink_on
from sozialbericht.drawing.canvas.compaction import placed
from sozialbericht.drawing.canvas.style import FULL, GUTTER, LABEL, NARROW, TEXT, canvas, text_width
from sozialbericht.multitude import many
from sozialbericht.numbers import status_sign
from sozialbericht.status import Status

HEIGHT = 112.0
"""Height of a map in print, mm."""

MARGIN = 1.0
LARGE = (TEXT, HEIGHT)
"""The box in mm of the largest map; smaller ones are like it."""
BLANK: dict[str, str] = {
    Status.LIMITED: "grund", Status.WITHHELD: "sand", Status.MISSING: "grund", Status.NOT_MEANINGFUL: "grund",
}  # fmt: skip
"""The statuses of areas that have no class, with the tone of their ground."""
HATCHED = (Status.LIMITED, Status.WITHHELD)


@dataclass(frozen=True)
class Sheet:
    """Areas in mm on a surface: shapes, label points and the districts' outlines."""

    shapes: dict[str, BaseGeometry]
    labels: dict[str, tuple[float, float]]
    numbers: dict[str, str]
    box: tuple[float, float, float, float]
    scale: float
    """Millimetres per metre."""
    ground: Ground | None = field(default=None, repr=False, compare=False)
    """The areas as all maps of these widths have them; without it each map has its own."""
    at: tuple[float, float, float] = (0.0, 0.0, 1.0)
    """Where the ground's corner lies, and millimetres of this map per millimetre of the ground."""

    def named(self, name: str) -> str:
        """The name of an outline in this map, which says where and how large it is: see ``compaction.placed``."""
        return placed(name, *self.at)

    @property
    def crowded(self) -> bool:
        """Whether there are too many areas for a number in each."""
        return many(len(self.shapes))

    def whole(self) -> BaseGeometry:
        """The union of all areas."""
        return self._joined(tuple(self.shapes))

    def districts(self, districts: pd.Series) -> dict[str, BaseGeometry]:
        """The districts' outlines in the order of their first area."""
        members: dict[str, list[str]] = {}
        named = districts.to_dict()
        for area in self.shapes:
            members.setdefault(str(named[area]), []).append(area)
        return {name: self._joined(tuple(inside)) for name, inside in members.items()}

    def _joined(self, areas: tuple[str, ...]) -> BaseGeometry:
        ground = self.ground or Ground(self.shapes)
        return cast(BaseGeometry, _moved(ground.joined(areas), self.at))


@dataclass(frozen=True)
class Ground:
    """The areas in mm from their top left corner, as wide as the widest map that draws them: smaller maps show the same
    outlines smaller, so that a page that has several holds them once.
    """

    shapes: dict[str, BaseGeometry]
    unions: dict[tuple[str, ...], BaseGeometry] = field(default_factory=dict, repr=False, compare=False)

    def joined(self, areas: tuple[str, ...]) -> BaseGeometry:
        """The union of some areas, made once."""
        if areas not in self.unions:
            self.unions[areas] = cast(BaseGeometry, shapely.union_all([self.shapes[area] for area in areas]))
        return self.unions[areas]


def fit(geometry: gpd.GeoDataFrame, place: tuple[float, float, float, float], like: tuple[float, float]) -> Sheet:
    """The areas in a box (x, y, width, height in mm), in the middle, as large as fits.

    Borders are thinned to a twentieth of a millimetre of a map in a box of ``like`` mm, shared borders alike on both
    sides; once for all maps that are like that one.
    """
    content = shapely.to_wkb(shapely.geometrycollections(geometry.geometry.to_numpy()))
    points = shapely.to_wkb(shapely.multipoints(np.asarray(geometry["label"], dtype=object)))
    ids, numbers = (tuple(map(str, column)) for column in (geometry.index, geometry["nummer"].astype(int)))
    return _fitted((content, points), ids, numbers, place, like)


@lru_cache(maxsize=4)
def _ground(content: bytes, ids: tuple[str, ...], scale: float) -> Ground:
    polygons = shapely.get_parts(shapely.from_wkb(content))
    x0, _, _, y1 = shapely.total_bounds(polygons)

    def to_mm(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack([(points[:, 0] - x0) * scale, (y1 - points[:, 1]) * scale])

    shapes = shapely.coverage_simplify(shapely.transform(polygons, to_mm), 0.05)
    return Ground(dict(zip(ids, shapes, strict=True)))


@lru_cache(maxsize=8)
def _fitted(
    content: tuple[bytes, bytes],
    ids: tuple[str, ...],
    numbers: tuple[str, ...],
    place: tuple[float, float, float, float],
    like: tuple[float, float],
) -> Sheet:
    x, y, w, h = place
    x0, y0, x1, y1 = shapely.total_bounds(shapely.from_wkb(content[0]))
    scale, model = (min((a - 2 * MARGIN) / (x1 - x0), (b - 2 * MARGIN) / (y1 - y0)) for a, b in ((w, h), like))
    left, top = x + (w - (x1 - x0) * scale) / 2, y + (h - (y1 - y0) * scale) / 2
    ground, at = _ground(content[0], ids, float(model)), (float(left), float(top), float(scale / model))
    points = shapely.get_coordinates(shapely.from_wkb(content[1]))
    return Sheet(
        dict(zip(ids, _moved(list(ground.shapes.values()), at), strict=True)),
        {i: (float(left + (p[0] - x0) * scale), float(top + (y1 - p[1]) * scale))
         for i, p in zip(ids, points, strict=True)},
        dict(zip(ids, numbers, strict=True)),
        (x, y, x + w, y + h),
        scale,
        ground,
        at,
    )  # fmt: skip


def _moved(shapes: Any, at: tuple[float, float, float]) -> Any:
    """Shapes of a ground in the millimetres of a map."""
    left, top, times = at
    return shapely.transform(shapes, lambda points: points * times + (left, top))


def page(
    geometry: gpd.GeoDataFrame, beside: float, narrow: bool, high: float = HEIGHT
) -> tuple[Figure, Axes, Sheet]:
    """The surface and the fitted areas; ``beside`` is the height of what stands beside or above the map, ``high`` that
    of a map that is no wider than high.
    """
    x0, y0, x1, y1 = geometry.total_bounds
    slope = (y1 - y0) / (x1 - x0)
    if narrow:
        height = min(NARROW * slope, NARROW)
        fig, ax = canvas(NARROW, round(beside + 4 + height, 1))
        return fig, ax, fit(geometry, (0, beside + 4, NARROW, height), LARGE)
    height = high if slope > 0.8 else round(max(TEXT * slope, beside + 2), 1)
    fig, ax = canvas(FULL, height)
    return fig, ax, fit(geometry, (LABEL + GUTTER, 0, TEXT, height), LARGE)


def areas(
    ax: Axes, sheet: Sheet, fills: dict[str, str], status: Mapping[str, str], size: float, *, weight: int = 600
) -> None:
    """All areas in their colours with hatches for statuses and their numbers in ``size`` pt.

    Many areas have no numbers and thinner borders, and a sign only where it has room.
    """
    width = 0.35 if sheet.crowded else 0.7
    for area, shape in sheet.shapes.items():
        state, fill = status[area], fills[area]
        blank = state in BLANK
        edge = "schraff" if blank else "fleck"
        marks.area(ax, shape, fill, edge, width, zorder=1.2 if blank else 1, gid=sheet.named(f"raum {area}"))
        x, y = sheet.labels[area]
        free = shape if sheet.crowded else shape.difference(number_box(sheet, area, size))
        if state in {Status.MISSING, Status.NOT_MEANINGFUL}:
            if not sheet.crowded:
                marks.text(ax, x, y + 2.5, status_sign(state), size=7, weight=600, ha="center", zorder=4)
            elif shapely.contains(shape, shapely.box(x - 1, y - 1.2, x + 1, y + 1.2)):
                marks.text(ax, x, y, status_sign(state), size=7, weight=600, ha="center", zorder=4)
        elif state in HATCHED:
            marks.hatch(ax, free, gid=f"status-{state}")
        elif state == Status.UNRELIABLE:
            marks.dots(ax, free, ink_on(fill))
        if not sheet.crowded:
            words = sheet.numbers[area]
            marks.text(ax, x, y, words, size=size, weight=weight, ha="center", colour=ink_on(fill), zorder=4)


def number_box(sheet: Sheet, area: str, size: float) -> BaseGeometry:
    """The room in mm that an area's number takes."""
    x, y = sheet.labels[area]
    half = text_width(sheet.numbers[area], size, 600) / 2 + 0.5
    return shapely.box(x - half, y - 1.5, x + half, y + 1.5)


def sign(ax: Axes, sheet: Sheet, area: str, kind: str, colour: str, *, narrow: bool) -> None:
    """A drawn sign beside an area's number, where there is room inside the area; of many areas in its middle, small."""
    if sheet.crowded:
        signs.draw(ax, kind, *sheet.labels[area], colour, size=0.9 if narrow else 1.2)
        return
    number, size = (6.6, 1.6) if narrow else (7.2, 1.9)
    x, y = sheet.labels[area]
    half = text_width(sheet.numbers[area], number, 600) / 2
    signs.draw(ax, kind, *signs.beside(sheet.shapes[area], x, y, half, size), colour, size=size)


def rings(ax: Axes, sheet: Sheet, fills: dict[str, str], *, narrow: bool) -> None:
    """A ring around the number of each area of ``fills``, in the ink that shows on its colour; small of many areas."""
    size = 4.8 if narrow else 5.2
    if sheet.crowded:
        size = 1.2 if narrow else 1.5
    for area, fill in fills.items():
        signs.draw(ax, signs.RING, *sheet.labels[area], ink_on(fill), size=size, hollow=True)


def outlines(ax: Axes, sheet: Sheet, districts: dict[str, BaseGeometry]) -> None:
    """The districts' outlines in ink with a light casing, so that they show on dark classes too."""
    fine = 0.6 if many(len(districts)) else 1.0
    for shape in districts.values():
        marks.area(ax, shape, None, "fleck", 1.5 * fine, zorder=1.9, gid=sheet.named(""))
        marks.area(ax, shape, None, "tinte", 0.7 * fine, zorder=2, gid=sheet.named(""))


def scale_bar(ax: Axes, sheet: Sheet) -> None:
    """A bar of a round number of kilometres in the first corner that the areas leave free."""
    room = 0.25 * (sheet.box[2] - sheet.box[0])
    km = max((k for k in (1, 2, 5, 10, 20, 50) if k * 1000 * sheet.scale <= room), default=0)
    if not km:
        return
    length = km * 1000 * sheet.scale
    x0, y0, x1, y1 = sheet.box
    whole = sheet.whole()
    for x, y in ((x1 - length - 0.5, y1 - 2), (x0, y1 - 2), (x1 - length - 0.5, y0 + 5), (x0, y0 + 5)):
        if not whole.intersects(shapely.box(x - 1, y - 5, x + length + 1, y + 1.5)):
            marks.line(ax, [x, x + length], [y, y], "tinte", 0.8)
            marks.text(ax, x + length / 2, y - 2.2, f"{km} km", size=7, colour="grau", ha="center")
            return
