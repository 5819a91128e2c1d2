"""The map of the decision: the chosen areas dark, others that stand out lighter, all numbered; the legend below."""

from __future__ import annotations

from collections.abc import Collection

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.style import HALF, applied, canvas, text_width
from sozialbericht.drawing.maps import sheet
from sozialbericht.status import Status

#: Height of the map at most, and of the legend below it, mm.
HIGHEST, LEGEND = 70.0, 8.0


def chosenmap(
    geometry: gpd.GeoDataFrame,
    districts: pd.Series,
    chosen: Collection[str],
    others: Collection[str],
    words: tuple[str, str, str],
) -> Figure:
    """All areas, 80 mm wide. ``words`` are those of the legend: for the chosen ones, the others, the outline ("" where
    there is no level between). Arguments else as in ``maps``.
    """
    x0, y0, x1, y1 = geometry.total_bounds
    height = round(min(HALF * (y1 - y0) / (x1 - x0), HIGHEST), 1)
    with applied():
        fig, ax = canvas(HALF, height + LEGEND)
        drawn = sheet.fit(geometry, (0, 0, HALF, height), sheet.LARGE)
        fills = {a: "s4" if a in chosen else "s2" if a in others else "band" for a in drawn.shapes}
        sheet.areas(ax, drawn, fills, dict.fromkeys(fills, Status.OK), 7.0)
        if words[2]:
            sheet.outlines(ax, drawn, drawn.districts(districts))
        x, y = 0.0, height + 3.0
        for fill, text in (("s4", words[0]), ("s2", words[1] if others else "")):
            if text:
                marks.box(ax, (x, y, 5, 3.4), fill)
                marks.text(ax, x + 6.4, y + 1.9, text)
                x += 6.4 + text_width(text, 7.5) + 3.0
        if words[2]:
            marks.line(ax, [x, x + 4], [y + 1.8, y + 1.8], "tinte", 0.6)
            marks.text(ax, x + 5.1, y + 1.9, words[2])
        return fig
