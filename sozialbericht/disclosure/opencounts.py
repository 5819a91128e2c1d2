"""Open counts: the protected counts of a report as text, the one form in which they are exported and have a digest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sozialbericht.status import Status

if TYPE_CHECKING:
    import pandas as pd

NAME = "zahlen.csv"
COLUMNS = ("raum_id", "merkmal", "stichtag", "wert", "status", "datenart")
#: What stands in the column datenart: made data say so in every row, wherever the row goes.
MADE, REPORTED = "Modelldaten", "Statistik"
#: The status of a count that has a number.
_SHOWN = (Status.OK, Status.UNRELIABLE)


def text(cube: pd.DataFrame, year: int, kind: str) -> str:
    """The counts up to the end of a year as CSV, sorted by Merkmal, Stichtag and area; where a count is not shown the
    column wert is empty and status says why; ``kind`` is :data:`MADE` or :data:`REPORTED`.

    ``cube`` has passed :func:`sozialbericht.disclosure.protection.protect`.
    """
    import pandas as pd

    rows = cube[cube["stichtag"].dt.year <= year].sort_values(["merkmal", "stichtag", "raum_id"], kind="stable")
    codes, days = pd.factorize(rows["stichtag"])
    names = [f"{day:%Y-%m-%d}" for day in pd.DatetimeIndex(days)]
    lines = [
        f"{area},{feature},{names[day]},{plain(value) if status in _SHOWN else ''},{status},{kind}"
        for area, feature, day, value, status in zip(
            rows["raum_id"].tolist(), rows["merkmal"].tolist(), codes.tolist(), rows["wert"].tolist(),
            map(str, rows["status"].tolist()), strict=True,
        )
    ]  # fmt: skip
    return "\n".join([",".join(COLUMNS), *lines]) + "\n"


def plain(number: float) -> str:
    """A number with a decimal point, whole ones without; "" for none."""
    if math.isnan(number):
        return ""
    return str(int(number)) if number == int(number) else repr(float(number))
