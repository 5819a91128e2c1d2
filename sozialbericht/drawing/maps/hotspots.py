"""Map of local clusters: classes with a drawn sign each, so that grey print tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import signs
from sozialbericht.drawing.canvas.brand import ink_on
from sozialbericht.drawing.canvas.style import LABEL, applied
from sozialbericht.drawing.maps import sheet
from sozialbericht.drawing.maps.legend import SWATCH, Entry, Legend
from sozialbericht.status import Status

LEFT_OUT = "nicht einbezogen"


@dataclass(frozen=True)
class Kind:
    """One class of the map: what it is called, its tone (a token) and its sign ("" for none)."""

    word: str
    token: str
    sign: str = ""


def local_clusters(
    geometry: gpd.GeoDataFrame,
    districts: pd.Series,
    classes: pd.Series,
    kinds: Sequence[Kind],
    *,
    title: str,
    narrow: bool = False,
    counted: str = "Gebiete",
) -> Figure:
    """Areas in the tone and with the sign of their class; ``classes`` has index raum_id and the words of ``kinds``.

    An area without a class is *nicht einbezogen*. Sizes as :func:`sozialbericht.drawing.maps.choropleth.choropleth`.
    """
    by_word = {kind.word: kind for kind in kinds}
    ids = [str(area) for area in geometry.index]
    known = {area: by_word[str(classes[area])] for area in ids if isinstance(classes.get(area), str)}
    state = {area: Status.OK if area in known else Status.NOT_MEANINGFUL for area in ids}
    fills = {area: known[area].token if area in known else "grund" for area in ids}
    entries = [Entry(kind.token, kind.word, list(known.values()).count(kind)) for kind in kinds]
    blank = [Entry("grund", LEFT_OUT, n, Status.NOT_MEANINGFUL, "x")] if (n := len(ids) - len(known)) else []
    legend = Legend(title, entries, blank, counted=counted, width=LABEL if not narrow else 62.0)
    with applied():
        fig, ax, drawn = sheet.page(geometry, legend.height(), narrow)
        legend.draw(ax, 0, 0.4)
        for kind, y in zip(kinds, legend.rows(0.4), strict=True):
            if kind.sign:
                signs.draw(ax, kind.sign, SWATCH[0] / 2, y + SWATCH[1] / 2, ink_on(kind.token))
        sheet.areas(ax, drawn, fills, state, 6.6 if narrow else 7.2)
        for area, kind in known.items():
            x, y = drawn.labels[area]
            if kind.sign and drawn.crowded:
                sheet.sign(ax, drawn, area, kind.sign, ink_on(kind.token), narrow=narrow)
            elif kind.sign:
                signs.draw(
                    ax, kind.sign, x, y + (2.7 if narrow else 3.0), ink_on(kind.token), size=1.6 if narrow else 1.9
                )
        sheet.outlines(ax, drawn, drawn.districts(districts))
        sheet.scale_bar(ax, drawn)
        return fig
