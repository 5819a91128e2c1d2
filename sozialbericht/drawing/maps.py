"""Maps of the areas: classes of a value, types, the overview of the city's division, the cover.

Areas come as a GeoDataFrame with index raum_id, metric coordinates (EPSG:25832) and the columns ``geometry``,
``label`` (a point) and ``nummer``; districts as a Series with index raum_id and the name of each area's
district.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from shapely.geometry.base import BaseGeometry

from sozialbericht.drawing import marks
from sozialbericht.drawing.legend import Entry, Legend, class_entries, status_entries
from sozialbericht.drawing.style import FULL, GUTTER, LABEL, NARROW, TEXT, applied, canvas, ink_on, text_width
from sozialbericht.writing.numbers import rounded, status_sign

HEIGHT = 112.0
"""Height of a map in print, mm."""

MARGIN = 1.0
BLANK = {"withheld": "sand", "missing": "grund", "not_meaningful": "grund"}


@dataclass(frozen=True)
class Sheet:
    """Areas in mm on a surface: shapes, label points and the districts' outlines."""

    shapes: dict[str, BaseGeometry]
    labels: dict[str, tuple[float, float]]
    numbers: dict[str, str]
    box: tuple[float, float, float, float]
    scale: float
    """Millimetres per metre."""

    def whole(self) -> BaseGeometry:
        """The union of all areas."""
        return cast(BaseGeometry, shapely.union_all(list(self.shapes.values())))

    def districts(self, districts: pd.Series) -> dict[str, BaseGeometry]:
        """The districts' outlines in the order of their first area."""
        members: dict[str, list[BaseGeometry]] = {}
        for area, shape in self.shapes.items():
            members.setdefault(str(districts[area]), []).append(shape)
        return {name: cast(BaseGeometry, shapely.union_all(shapes)) for name, shapes in members.items()}


def fit(geometry: gpd.GeoDataFrame, x: float, y: float, w: float, h: float) -> Sheet:
    """The areas in a box of ``w`` × ``h`` mm at ``x``, ``y``, in the middle, as large as fits.

    Borders are thinned to a twentieth of a millimetre, shared borders alike on both sides.
    """
    x0, y0, x1, y1 = geometry.total_bounds
    scale = min((w - 2 * MARGIN) / (x1 - x0), (h - 2 * MARGIN) / (y1 - y0))
    left, top = x + (w - (x1 - x0) * scale) / 2, y + (h - (y1 - y0) * scale) / 2

    def to_mm(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack([left + (points[:, 0] - x0) * scale, top + (y1 - points[:, 1]) * scale])

    shapes = shapely.coverage_simplify(shapely.transform(geometry.geometry.to_numpy(), to_mm), 0.05)
    points = to_mm(shapely.get_coordinates(np.asarray(geometry["label"], dtype=object)))
    ids = [str(i) for i in geometry.index]
    return Sheet(
        dict(zip(ids, shapes, strict=True)),
        {i: (float(p[0]), float(p[1])) for i, p in zip(ids, points, strict=True)},
        {i: str(int(n)) for i, n in zip(ids, geometry["nummer"], strict=True)},
        (x, y, x + w, y + h),
        scale,
    )


def choropleth(
    geometry: gpd.GeoDataFrame,
    districts: pd.Series,
    values: pd.DataFrame,
    classes: Sequence[float],
    *,
    legend_title: str,
    city_name: str,
    city_text: str,
    decimals: int,
    narrow: bool = False,
    palette: str = "s",
    counted: str = "Räume",
) -> Figure:
    """Areas coloured in five classes of a rate.

    ``values`` has index raum_id and the columns wert and status; ``classes`` are four ascending bounds, each
    the first value of the higher class. Values are classed as they are printed, rounded to ``decimals``, so
    that map and key never disagree. ``city_text`` is the city's value with unit. ``palette`` is ``s``
    (low to high) or ``d`` (around the city's value).
    164 mm wide with the legend beside the map, or 90 mm (``narrow``) with the legend above it.
    """
    if list(classes) != sorted(set(classes)) or len(classes) != 4:
        raise ValueError(f"four ascending bounds expected, not {list(classes)}")
    fills: dict[str, str] = {}
    status: dict[str, str] = {}
    counts = [0] * 5
    for area, (value, state) in _rows(geometry, values).items():
        status[area], fills[area] = state, BLANK.get(state, "grund")
        if state not in BLANK and not np.isnan(value):
            k = _class(rounded(value, decimals), classes)
            fills[area] = f"{palette}{k + 1}"
            counts[k] += state == "ok"
    legend = Legend(
        legend_title,
        class_entries(classes, counts, decimals, palette),
        status_entries(list(status.values())),
        (city_name, city_text),
        counted=counted,
        width=LABEL if not narrow else 62.0,
    )
    return _sheet_with_legend(geometry, districts, legend, fills, status, narrow=narrow)


def types(
    geometry: gpd.GeoDataFrame,
    districts: pd.Series,
    kind: pd.Series,
    names: Sequence[str],
    *,
    border: str,
    narrow: bool = False,
    title: str = "Typ",
    counted: str = "Räume",
) -> Figure:
    """Areas coloured by type: ``kind`` has index raum_id and numbers from 1, ``names`` their words.

    ``border`` is the legend's word for the districts' outlines. An area without a type (NaN) is shown as
    missing. Sizes as in ``choropleth``.
    """
    known = {str(area): int(t) for area, t in kind.dropna().items()}
    ids = [str(area) for area in geometry.index]
    fills = {area: f"t{known[area]}" if area in known else "grund" for area in ids}
    status = {area: "ok" if area in known else "missing" for area in ids}
    numbers = [known.get(area) for area in ids]
    entries = [Entry(f"t{k}", n, numbers.count(k), mark=str(k)) for k, n in enumerate(names, start=1)]
    legend = Legend(
        title,
        entries,
        status_entries(list(status.values())),
        border=border,
        counted=counted,
        width=LABEL if not narrow else 62.0,
    )
    return _sheet_with_legend(geometry, districts, legend, fills, status, narrow=narrow)


def cover(geometry: gpd.GeoDataFrame, values: pd.DataFrame, classes: Sequence[float]) -> Figure:
    """The picture on the cover: the areas in five tones for the accent ground, 210 × 190 mm, no words.

    Only values with status ok are shown; all others have the lowest tone.
    """
    with applied():
        fig, ax = canvas(210, 190)
        sheet = fit(geometry, 23, 8, FULL, 160)
        for area, (value, state) in _rows(geometry, values).items():
            k = _class(value, classes) if state == "ok" else 0
            marks.area(ax, sheet.shapes[area], f"u{k + 1}", "akzent", 1.6)
        return fig


def _rows(geometry: gpd.GeoDataFrame, values: pd.DataFrame) -> dict[str, tuple[float, str]]:
    """Value and status of every area; an area without a row is missing."""
    values = values.reindex(geometry.index)
    state = values["status"].fillna("missing")
    return {str(a): (float(v), str(s)) for a, v, s in zip(values.index, values["wert"], state, strict=True)}


def _class(value: float, classes: Sequence[float]) -> int:
    return int(np.searchsorted(np.asarray(classes, dtype=float), value, side="right"))


def _sheet_with_legend(
    geometry: gpd.GeoDataFrame,
    districts: pd.Series,
    legend: Legend,
    fills: dict[str, str],
    status: dict[str, str],
    *,
    narrow: bool,
) -> Figure:
    """Legend in the label column and map in the text column, or one above the other."""
    with applied():
        fig, ax, sheet = _page(geometry, legend.height(), narrow)
        legend.draw(ax, 0, 0.4)
        areas(ax, sheet, fills, status, 6.6 if narrow else 7.2)
        outlines(ax, sheet.districts(districts))
        scale_bar(ax, sheet)
        return fig


def _page(geometry: gpd.GeoDataFrame, beside: float, narrow: bool) -> tuple[Figure, Axes, Sheet]:
    """The surface and the fitted areas; ``beside`` is the height of what stands beside or above the map."""
    x0, y0, x1, y1 = geometry.total_bounds
    slope = (y1 - y0) / (x1 - x0)
    if narrow:
        height = min(NARROW * slope, NARROW)
        fig, ax = canvas(NARROW, round(beside + 4 + height, 1))
        return fig, ax, fit(geometry, 0, beside + 4, NARROW, height)
    height = HEIGHT if slope > 0.8 else round(max(TEXT * slope, beside + 2), 1)
    fig, ax = canvas(FULL, height)
    return fig, ax, fit(geometry, LABEL + GUTTER, 0, TEXT, height)


def areas(ax: Axes, sheet: Sheet, fills: dict[str, str], status: dict[str, str], size: float) -> None:
    """All areas in their colours with hatches for statuses and their numbers in ``size`` pt."""
    for area, shape in sheet.shapes.items():
        state, fill = status[area], fills[area]
        blank = fill in BLANK.values()
        edge = "schraff" if blank else "fleck"
        marks.area(ax, shape, fill, edge, zorder=1.2 if blank else 1, gid=f"raum {area}")
        words = sheet.numbers[area]
        x, y = sheet.labels[area]
        if state in {"missing", "not_meaningful"}:
            marks.text(ax, x, y + 2.5, status_sign(state), size=7, weight=600, ha="center", zorder=4)
        half = text_width(words, size, 600) / 2 + 0.5
        free = shape.difference(shapely.box(x - half, y - 1.5, x + half, y + 1.5))
        if state == "withheld":
            marks.hatch(ax, free)
        elif state == "unreliable":
            marks.dots(ax, free, ink_on(fill))
        marks.text(ax, x, y, words, size=size, weight=600, ha="center", colour=ink_on(fill), zorder=4)


def outlines(ax: Axes, districts: dict[str, BaseGeometry], width: float = 0.7) -> None:
    """The districts' outlines in ink."""
    for shape in districts.values():
        marks.area(ax, shape, None, "tinte", width, zorder=2)


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
