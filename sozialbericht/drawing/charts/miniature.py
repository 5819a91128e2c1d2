"""The miniature beside a finding: all areas as dots on one line, the city's mark, the two ends named."""

from __future__ import annotations

import math
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
#: Room in mm between the names of the two ends.
GAP = 2.0


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
        known = not math.isnan(city_value)
        ends = [float(good["wert"].iloc[0]), float(good["wert"].iloc[-1]), *([city_value] if known else [])]
        low, high = min(ends), max(ends)
        span = (high - low) or 1.0

        def place(value: float) -> float:
            return float(LEFT + (value - low) / span * (RIGHT - LEFT))

        marks.line(ax, (0, THIRD), (LINE, LINE), "linie", 0.5)
        for order, (area, value) in enumerate(good["wert"].items()):
            hollow = marked is not None and area not in marked
            pen: dict[str, Any] = {"fill": "grund", "width": 0.5} if hollow else {"width": 0}
            marks.dot(ax, place(float(value)), LINE + (order % 3 - 1) * 1.5, size=3.0 if hollow else 3.4, **pen)
        if known:
            x = place(city_value)
            marks.line(ax, (x, x), (LINE - 4.6, LINE + 4.6), "tinte", 0.9, zorder=4)
            words = f"{city_name} {number(city_value, decimals)}"
            half = text_width(words, SIZE, 600) / 2
            marks.text(ax, min(max(x, half), THIRD - half), 3.4, words, size=SIZE, weight=600, ha="center")
        for end, name, side in zip((0, -1), _named(good, decimals), ("left", "right"), strict=True):
            row = good.iloc[end]
            edge = 0.0 if side == "left" else THIRD
            marks.line(ax, (place(row["wert"]),) * 2, (LINE + 3.0, 16.2), "linie", 0.5)
            marks.text(ax, edge, 18.4, name, size=7.0, colour="grau", ha=side)
        return fig


def _named(good: pd.DataFrame, decimals: int) -> list[str]:
    """Name and value of the lowest and the highest area; names are cut where both do not fit beside each other."""
    names = [str(good["kurzname"].iloc[end]).split("/")[0] for end in (0, -1)]
    shown = [number(good["wert"].iloc[end], decimals) for end in (0, -1)]
    while sum(text_width(f"{n} {v}", 7.0) for n, v in zip(names, shown, strict=True)) > THIRD - GAP:
        longest = max((0, 1), key=lambda end: len(names[end]))
        names[longest] = names[longest].removesuffix("…")[:-1].rstrip() + "…"
    return [f"{name} {value}" for name, value in zip(names, shown, strict=True)]
