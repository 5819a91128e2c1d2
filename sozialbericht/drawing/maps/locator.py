"""The locator map of a profile: where an area lies in its city."""

from __future__ import annotations

from collections.abc import Collection

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.style import LABEL, applied, canvas
from sozialbericht.drawing.maps import sheet

HEIGHT = 33.0


def locator(geometry: gpd.GeoDataFrame, districts: pd.Series, chosen: Collection[str]) -> Figure:
    """The whole city in grey with the districts' outlines, the chosen areas in the accent colour; 38 × 33 mm.

    Of many areas only the chosen ones have their borders.

    ``geometry``: the areas (index raum_id, columns nummer and label, in metres); ``districts``: the district of each
    area; ``chosen``: the raum_id of the areas to show. Raises KeyError for one that is not there.
    """
    if unknown := set(chosen) - set(map(str, geometry.index)):
        raise KeyError(f"areas without a polygon: {', '.join(sorted(unknown))}")
    with applied():
        fig, ax = canvas(LABEL, HEIGHT)
        drawn = sheet.fit(geometry, (0, 0, LABEL, HEIGHT), (LABEL, HEIGHT))
        if drawn.crowded:
            marks.area(ax, drawn.whole(), "band", "fleck", 0.4, gid=drawn.named(""))
        for area, shape in drawn.shapes.items():
            here = area in chosen
            if here or not drawn.crowded:
                name, order = drawn.named(f"raum {area}"), 1.2 if here else 1
                marks.area(ax, shape, "akzent" if here else "band", "fleck", 0.4, zorder=order, gid=name)
        for shape in drawn.districts(districts).values():
            marks.area(ax, shape, None, "schraff", 0.45, zorder=1.5, gid=drawn.named(""))
        return fig
