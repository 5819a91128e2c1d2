"""Position: how many areas lie recognisably above and below the city's value, counted in one place."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sozialbericht.position import Position


@dataclass(frozen=True)
class Lage:
    """Wie viele Gebiete erkennbar über und unter dem Wert der Stadt liegen, wie viele nicht erkennbar abweichen und von
    wie vielen es nicht zu sagen ist (``ohne``: kein Intervall).
    """

    darueber: int
    darunter: int
    gleich: int
    ohne: int = 0


def lage(table: pd.DataFrame) -> Lage:
    """Count the areas of a table with the columns wert and lage. Areas without a published value do not count."""
    found = table.loc[table["wert"].notna(), "lage"].value_counts()
    order = (Position.ABOVE, Position.BELOW, Position.WITHIN, Position.UNKNOWN)
    return Lage(*(int(found.get(answer, 0)) for answer in order))
