"""The table that typology and status index start from: areas × indicators."""

from __future__ import annotations

import pandas as pd


def matrix(values: pd.DataFrame, year: int, level: str, column: str = "wert") -> pd.DataFrame:
    """One column of a table of :data:`sozialbericht.statistics.indicators.COLUMNS` for a year and a level: index
    raum_id, columns indikator, in the order given."""
    part = values[(values["jahr"] == year) & (values["ebene"] == level)]
    wide = part.pivot(index="raum_id", columns="indikator", values=column)
    return wide.loc[part["raum_id"].unique(), part["indikator"].unique()]
