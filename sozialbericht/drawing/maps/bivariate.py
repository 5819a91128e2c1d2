"""Map of two ordered classifications at once: tone for the status, a drawn sign for the dynamics, legend as a grid.

The tone alone (four steps of about 15 L* or more) and the sign alone (up, dot, down) can each be read in grey print and
without telling colours apart. Where there are no dynamics, the map shows the tones only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks, signs
from sozialbericht.drawing.canvas.brand import ink_on
from sozialbericht.drawing.canvas.style import LABEL, applied, text_width, wrap
from sozialbericht.drawing.maps import sheet
from sozialbericht.drawing.maps.legend import Entry, Legend
from sozialbericht.status import Status

CELL, CELL_HEIGHT, STEP = 7.9, 6.4, 7.0
LEFT_OUT = "nicht einbezogen"
#: The signs of the columns, from the favourable one to the unfavourable one.
COLUMN_SIGNS = (signs.UP, signs.DOT, signs.DOWN)


@dataclass(frozen=True)
class Grid:
    """The two classifications in words and tokens.

    ``rows``: class of the status → token of its tone, drawn from top to bottom; ``columns``: classes of the dynamics
    from left to right (three, or none); ``titles``: what rows and columns are.
    """

    rows: Mapping[str, str]
    columns: Sequence[str] = ()
    titles: tuple[str, str] = ("Status", "Dynamik")


def status_dynamics(
    geometry: gpd.GeoDataFrame,
    districts: pd.Series,
    status: pd.Series,
    dynamics: pd.Series | None,
    grid: Grid,
    *,
    narrow: bool = False,
    counted: str = "Gebiete",
) -> Figure:
    """Areas in the tone of their status with the sign of their dynamics; counts of every group in the legend.

    ``status`` and ``dynamics`` have index raum_id and the words of ``grid``; an area without status is *nicht
    einbezogen*. Sizes as :func:`sozialbericht.drawing.maps.choropleth.choropleth`.
    """
    ids = [str(area) for area in geometry.index]
    kind = {area: status.get(area) for area in ids}
    known = {area: str(word) for area, word in kind.items() if isinstance(word, str)}
    state = {area: Status.OK if area in known else Status.NOT_MEANINGFUL for area in ids}
    fills = {area: grid.rows[known[area]] if area in known else "grund" for area in ids}
    blank = [Entry("grund", LEFT_OUT, n, Status.NOT_MEANINGFUL, "x")] if (n := len(ids) - len(known)) else []
    width = LABEL if not narrow else 62.0
    if dynamics is None:
        entries = [Entry(token, word, list(known.values()).count(word)) for word, token in grid.rows.items()]
        plain = Legend(grid.titles[0], entries, blank, counted=counted, width=width)
        height = plain.height()
    else:
        height = _grid_height(grid, blank)
    with applied():
        fig, ax, drawn = sheet.page(geometry, height, narrow)
        if dynamics is None:
            plain.draw(ax, 0, 0.4)
        else:
            moved = {area: str(dynamics[area]) for area in known if isinstance(dynamics.get(area), str)}
            _grid(ax, grid, known, moved, blank, counted, plain_dots=drawn.crowded)
        sheet.areas(ax, drawn, fills, state, 6.6 if narrow else 7.2)
        if dynamics is not None:
            for area, word in moved.items():
                sign = COLUMN_SIGNS[list(grid.columns).index(word)]
                if drawn.crowded and sign == signs.DOT:
                    continue
                sheet.sign(ax, drawn, area, sign, ink_on(fills[area]), narrow=narrow)
        sheet.outlines(ax, drawn, drawn.districts(districts))
        sheet.scale_bar(ax, drawn)
        return fig


def _grid_height(grid: Grid, blank: Sequence[Entry]) -> float:
    return 12.6 + STEP * len(grid.rows) + (Legend("", (), blank).height() - 6.0 if blank else 0.0)


def _grid(
    ax: Axes, grid: Grid, status: Mapping[str, str], moved: Mapping[str, str], blank: Sequence[Entry], counted: str,
    *, plain_dots: bool,
) -> None:  # fmt: skip
    """The legend: one row per status, one column per dynamics; in every field its sign and how many areas it has.

    ``plain_dots``: the dot is not drawn, neither here nor in the map.
    """
    left = LABEL - CELL * len(grid.columns)
    marks.text(ax, 0, 1.6, grid.titles[0], size=8, weight=600)
    marks.text(ax, left, 1.6, grid.titles[1], size=8, weight=600)
    for k, column in enumerate(grid.columns):
        size = next((s for s in (7.0, 6.5) if text_width(column, s) <= CELL), 6.0)
        marks.text(ax, left + CELL * (k + 0.5) - 0.2, 5.4, column, size=size, colour="grau", ha="center")
    y = 7.6
    for word, token in grid.rows.items():
        lines = wrap(word, left - 1, 7.5)
        for k, line in enumerate(lines):
            marks.text(ax, 0, y + CELL_HEIGHT / 2 + 3.1 * (k - (len(lines) - 1) / 2), line)
        for k, column in enumerate(grid.columns):
            x = left + CELL * k
            count = sum(status[area] == word and moved.get(area) == column for area in status)
            marks.box(ax, (x, y, CELL - 0.4, CELL_HEIGHT), token, "schraff")
            if not (plain_dots and COLUMN_SIGNS[k] == signs.DOT):
                signs.draw(ax, COLUMN_SIGNS[k], x + 2.1, y + CELL_HEIGHT / 2, ink_on(token))
            words, colour = str(count) if count else "–", ink_on(token)
            marks.text(ax, x + CELL - 1.3, y + CELL_HEIGHT / 2, words, weight=600, ha="right", colour=colour)
        y += STEP
    marks.text(ax, left, y + 1.8, f"Zahl der {counted}", size=7, colour="grau")
    if blank:
        Legend("", (), blank, counted="").draw(ax, 0, y - 2.2)
