"""The miniature beside a finding: all areas as dots on one line, the city's mark, the two ends named."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.drawing.canvas import marks
from sozialbericht.drawing.canvas.measure import as_printed, printed
from sozialbericht.drawing.canvas.style import THIRD, applied, canvas, text_width
from sozialbericht.numbers import number
from sozialbericht.status import Status

HEIGHT = 22.0
LINE, LEFT, RIGHT = 11.0, 2.0, THIRD - 2.0
SIZE = 7.5


def strip(
    values: pd.DataFrame, *, city_value: float, city_name: str, decimals: int, marked: Collection[str] | None = None
) -> Figure:
    """Areas on one scale, 52 × 22 mm: ``values`` with the columns kurzname, wert and status.

    Only values with status ok are drawn; the lowest and the highest are named below, the city above. Where some areas
    are ``marked``, they are filled dots and the others hollow ones.
    """
    values = values.assign(wert=as_printed(values["wert"].astype(float), decimals))
    city_value = printed(city_value, decimals)
    good = values[values["status"] == Status.OK].sort_values("wert", kind="stable")
    with applied():
        fig, ax = canvas(THIRD, HEIGHT)
        if good.empty:
            return fig
        low, high = min(good["wert"].iloc[0], city_value), max(good["wert"].iloc[-1], city_value)
        span = (high - low) or 1.0

        def place(value: float) -> float:
            return float(LEFT + (value - low) / span * (RIGHT - LEFT))

        marks.line(ax, (0, THIRD), (LINE, LINE), "linie", 0.5)
        for order, (area, value) in enumerate(good["wert"].items()):
            hollow = marked is not None and area not in marked
            pen: dict[str, Any] = {"fill": "grund", "width": 0.5} if hollow else {"width": 0}
            marks.dot(ax, place(float(value)), LINE + (order % 3 - 1) * 1.5, size=3.0 if hollow else 3.4, **pen)
        x = place(city_value)
        marks.line(ax, (x, x), (LINE - 4.6, LINE + 4.6), "tinte", 0.9, zorder=4)
        words = f"{city_name} {number(city_value, decimals)}"
        half = text_width(words, SIZE, 600) / 2
        marks.text(ax, min(max(x, half), THIRD - half), 3.4, words, size=SIZE, weight=600, ha="center")
        for row, side, y in ((good.iloc[0], "left", 18.4), (good.iloc[-1], "right", 18.4)):
            edge = 0.0 if side == "left" else THIRD
            marks.line(ax, (place(row["wert"]),) * 2, (LINE + 3.0, 16.2), "linie", 0.5)
            name = f"{str(row['kurzname']).split('/')[0]} {number(row['wert'], decimals)}"
            marks.text(ax, edge, y, name, size=7.0, colour="grau", ha=side)
        return fig
