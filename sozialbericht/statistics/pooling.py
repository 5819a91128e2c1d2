"""Pooling: the value of an indicator where areas are compared for a decision, of small counts over several years.

An indicator on some hundred children says little about an area in a single year. Where the catalogue gives it
``jahre_gepoolt`` n > 1, typology and status index take Σ numerators / Σ denominators over the n newest yearly Stände,
as many as there are: none after the report year, none beyond a declared break, none from before a gap. Never the mean
of rates: each child counts the same. An area without a number in one of the earlier years is pooled over its others.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sozialbericht.data.tableset import Tables
from sozialbericht.statistics import certainty, indicators

COLUMN = "jahre_gepoolt"
#: Kinds of indicators that are one sum divided by another.
QUOTIENTS = ("anteil", "rate", "verhaeltnis", "mittel", "index")


def years_pooled(catalogue: pd.DataFrame) -> pd.Series:
    """Over how many years each indicator is pooled; 1 where the catalogue says nothing."""
    if COLUMN not in catalogue:
        return pd.Series(1, index=catalogue.index, dtype=int)
    given = pd.to_numeric(catalogue[COLUMN]).astype(float).fillna(1)
    return given.where(catalogue["art"].isin(QUOTIENTS), 1).astype(int)


def decision_values(cube: pd.DataFrame, tables: Tables, names: list[str], years: list[int]) -> pd.DataFrame:
    """The indicators as typology and status index take them: the columns of :data:`indicators.COLUMNS` without those of
    the intervals, and ``gepoolt``: over how many years the area's value goes, 1 for an indicator that is not pooled.

    ``cube`` is the protected one: no withheld count plays a part in any decision, so none follows from what a report
    says of them.
    """
    pooled = years_pooled(tables.indicators).loc[names]
    reach = int(pooled.max()) - 1 if len(pooled) else 0
    wanted = sorted({year - back for year in years for back in range(reach + 1)})
    values = indicators.compute(
        cube, tables.areas, tables.indicators.loc[names], tables.breaks, wanted, features=tables.features,
        rules=indicators.Rules.of(tables),
    )
    blocks = dict(list(values.groupby(["indikator", "jahr"], sort=False)))
    city = tables.areas.index[~tables.areas["teil_von"].astype(bool)][0]
    rows = {str(name): row for name, row in tables.indicators.iterrows()}
    parts = [
        _pooled([blocks[name, year - back] for back in range(int(pooled[name]))], rows[name], city)
        for name in names
        for year in years
    ]
    return pd.concat(parts, ignore_index=True) if parts else values.assign(gepoolt=1)


def _pooled(blocks: list[pd.DataFrame], row: pd.Series, city: str) -> pd.DataFrame:
    """One indicator of a year from the blocks of this year and those before, the newest first; same areas in each."""
    newest = blocks[0].drop(columns=certainty.COLUMNS).reset_index(drop=True).assign(gepoolt=1)
    used = blocks[: _usable(blocks)]
    if len(used) < 2:
        return newest
    tops = np.column_stack([block["zaehler"].to_numpy(dtype=float) for block in used])
    bottoms = np.column_stack([block["nenner"].to_numpy(dtype=float) for block in used])
    known = np.isfinite(tops) & np.isfinite(bottoms)
    top, bottom = np.where(known, tops, 0).sum(axis=1), np.where(known, bottoms, 0).sum(axis=1)
    factor = float(row["faktor"])
    with np.errstate(divide="ignore", invalid="ignore"):
        value = top / bottom * factor
    if row["art"] == "index":
        value = value / value[newest["raum_id"].to_numpy() == city] * factor
    shown = newest["wert"].notna().to_numpy() & np.isfinite(value)
    made = {"wert": value, "zaehler": top, "nenner": bottom}
    changed = {name: np.where(shown, column, newest[name]) for name, column in made.items()}
    return newest.assign(**changed, gepoolt=np.where(shown, known.sum(axis=1), 1))


def _usable(blocks: list[pd.DataFrame]) -> int:
    """How many of the blocks, from the newest, have a Stand one year before the one after it and no break between."""
    stands = [block["stand_zaehler"].iloc[0] for block in blocks]
    segments = [block["segment"].iloc[0] for block in blocks]
    count = 1
    while (
        count < len(blocks)
        and pd.notna(stands[count])
        and stands[count].year == stands[count - 1].year - 1
        and segments[count] == segments[0]
    ):
        count += 1
    return count
