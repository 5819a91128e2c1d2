"""The table that typology, status index and spatial statistics start from: areas × indicators, before disclosure
control.

These values stay inside the package. What is handed out are classes, indices and aggregates.
"""

from __future__ import annotations

import pandas as pd

from sozialbericht.data.tableset import Tables
from sozialbericht.statistics import indicators
from sozialbericht.statistics.cube import aggregate


def open_values(tables: Tables, names: list[str], years: list[int]) -> pd.DataFrame:
    """The indicators of all areas and years, not protected: columns of :data:`indicators.COLUMNS`, one row each.

    ``wert`` is NaN where a delivery has no number; its ``status`` says why.
    """
    chosen = tables.indicators.loc[names]
    cube = aggregate(tables.values, tables.areas)
    return indicators.compute(
        cube, tables.areas, chosen, tables.breaks, years, features=tables.features, protected=False
    )


def matrix(values: pd.DataFrame, year: int, level: str, column: str = "wert") -> pd.DataFrame:
    """One column of such a table for a year and a level: index raum_id, columns indikator, in the order given."""
    part = values[(values["jahr"] == year) & (values["ebene"] == level)]
    wide = part.pivot(index="raum_id", columns="indikator", values=column)
    return wide.loc[part["raum_id"].unique(), part["indikator"].unique()]
