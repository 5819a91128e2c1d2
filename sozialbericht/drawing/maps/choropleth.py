"""Maps of the areas: classes of a value, types, the cover.

Areas come as a GeoDataFrame with index raum_id, metric coordinates and the columns ``geometry``,
``label`` (a point) and ``nummer``; districts as a Series with index raum_id and the name of each area's
district.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.brand import type_colour
from sozialbericht.drawing.canvas.steps import BURDEN, ON_THE_WEB, Steps
from sozialbericht.drawing.canvas.style import FULL, LABEL, applied, canvas
from sozialbericht.drawing.maps import sheet
from sozialbericht.drawing.maps.legend import Entry, Legend, class_entries, status_entries
from sozialbericht.numbers import rounded
from sozialbericht.status import Status


@dataclass(frozen=True)
class ClassWords:
    """The words of a legend of classes: title, decimals of the bounds, the city's name and its value with unit, what
    is counted beside each class."""

    title: str
    decimals: int
    city: str
    value: str
    counted: str = "Gebiete"


@dataclass(frozen=True)
class TypeWords:
    """The words of a legend of types: their names from type 1, the districts' outlines, the ring around the numbers of
    chosen areas, title, what is counted."""

    names: Sequence[str]
    border: str
    ring: str = ""
    title: str = "Typ"
    counted: str = "Gebiete"


def choropleth(
    geometry: gpd.GeoDataFrame,
    districts: pd.Series,
    values: pd.DataFrame,
    classes: Sequence[float],
    words: ClassWords,
    *,
    narrow: bool = False,
    steps: Steps = BURDEN,
) -> Figure:
    """Areas coloured in five classes of a rate.

    ``values`` has index raum_id and the columns wert and status; ``classes`` are four ascending bounds, each
    the first value of the higher class. Values are classed as they are printed, rounded to the decimals of ``words``,
    so that map and key never disagree. ``steps``: their colours, dark at the burdened end.
    164 mm wide with the legend beside the map, or 90 mm (``narrow``) with the legend above it.
    """
    if list(classes) != sorted(set(classes)) or len(classes) != 4:
        raise ValueError(f"four ascending bounds expected, not {list(classes)}")
    fills: dict[str, str] = {}
    status: dict[str, str] = {}
    counts = [0] * 5
    for area, (value, state) in _rows(geometry, values).items():
        status[area], fills[area] = state, sheet.BLANK.get(state, "grund")
        if state not in sheet.BLANK and not np.isnan(value):
            k = _class(rounded(value, words.decimals), classes)
            fills[area] = steps.token(k)
            counts[k] += state == Status.OK
    legend = Legend(
        words.title,
        class_entries(classes, counts, words.decimals, steps),
        status_entries(list(status.values())),
        (words.city, words.value),
        counted=words.counted,
        width=LABEL if not narrow else 62.0,
        order=steps.told,
    )
    return _sheet_with_legend(geometry, districts, legend, fills, status, narrow=narrow)


def types(
    geometry: gpd.GeoDataFrame,
    districts: pd.Series,
    kind: pd.Series,
    words: TypeWords,
    *,
    ringed: Sequence[str] = (),
    narrow: bool = False,
) -> Figure:
    """Areas coloured by type: ``kind`` has index raum_id and numbers from 1.

    The numbers of the areas ``ringed`` stand in a ring. An area without a type (NaN) is shown as missing. Sizes as in
    ``choropleth``.
    """
    known = {str(area): int(t) for area, t in kind.dropna().items()}
    ids = [str(area) for area in geometry.index]
    colours = {k: type_colour(k, len(words.names)) for k in range(1, len(words.names) + 1)}
    fills = {area: colours[known[area]] if area in known else "grund" for area in ids}
    status = {area: Status.OK if area in known else Status.MISSING for area in ids}
    numbers = [known.get(area) for area in ids]
    entries = [Entry(colours[k], n, numbers.count(k), mark=str(k)) for k, n in enumerate(words.names, start=1)][::-1]
    legend = Legend(
        words.title,
        entries,
        status_entries(list(status.values())),
        border=words.border,
        ring=Entry("tinte", words.ring, len(ringed)) if ringed else None,
        counted=words.counted,
        width=LABEL if not narrow else 62.0,
        order=f"{ON_THE_WEB} belastetes Ende",
    )
    return _sheet_with_legend(geometry, districts, legend, fills, status, narrow=narrow, ringed=ringed)


def cover(geometry: gpd.GeoDataFrame, values: pd.DataFrame, classes: Sequence[float]) -> Figure:
    """The picture on the cover: the areas in five tones for the accent ground, 210 × 190 mm, no words.

    Only values with status ok are shown; all others have the lowest tone.
    """
    with applied():
        fig, ax = canvas(210, 190)
        drawn = sheet.fit(geometry, (23, 8, FULL, 160), (FULL, 160))
        for area, (value, state) in _rows(geometry, values).items():
            k = _class(value, classes) if state == Status.OK else 0
            marks.area(ax, drawn.shapes[area], f"u{k + 1}", "akzent", 1.6, gid=drawn.named(""))
        return fig


def _rows(geometry: gpd.GeoDataFrame, values: pd.DataFrame) -> dict[str, tuple[float, str]]:
    """Value and status of every area; an area without a row is missing."""
    values = values.reindex(geometry.index)
    state = values["status"].fillna(Status.MISSING)
    return {str(a): (float(v), str(s)) for a, v, s in zip(values.index, values["wert"], state, strict=True)}


def _class(value: float, classes: Sequence[float]) -> int:
    return int(np.searchsorted(np.asarray(classes, dtype=float), value, side="right"))


def _sheet_with_legend(
    geometry: gpd.GeoDataFrame,
    districts: pd.Series,
    legend: Legend,
    fills: dict[str, str],
    status: Mapping[str, str],
    *,
    narrow: bool,
    ringed: Sequence[str] = (),
) -> Figure:
    """Legend in the label column and map in the text column, or one above the other."""
    with applied():
        fig, ax, drawn = sheet.page(geometry, legend.height(), narrow)
        legend.draw(ax, 0, 0.4)
        sheet.areas(ax, drawn, fills, status, 6.6 if narrow else 7.2)
        sheet.rings(ax, drawn, {area: fills[area] for area in ringed}, narrow=narrow)
        sheet.outlines(ax, drawn, drawn.districts(districts))
        sheet.scale_bar(ax, drawn)
        return fig
