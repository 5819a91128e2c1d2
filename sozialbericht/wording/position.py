"""Position: how many areas lie recognisably above and below the city's value, counted in one place."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Lage:
    """Wie viele Gebiete erkennbar über und unter dem Wert der Stadt liegen und wie viele nicht erkennbar abweichen."""

    darueber: int
    darunter: int
    gleich: int


def position(table: pd.DataFrame, city: float) -> Lage:
    """Count the areas of a table with the columns wert and anders (the 95 % interval excludes the city's value).

    Areas without a published value do not count.
    """
    shown = table[table["wert"].notna()]
    above = int((shown["anders"] & (shown["wert"] > city)).sum())
    below = int((shown["anders"] & (shown["wert"] < city)).sum())
    return Lage(above, below, len(shown) - above - below)
