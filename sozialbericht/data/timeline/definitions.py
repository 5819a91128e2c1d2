"""Definitions: how an indicator was bounded in earlier years, such as the working age that ended at 65 until 2011.

The catalogue holds the definition of today; ``abgrenzungen.csv`` what held for Stände up to the year ``bis``. Where one
ends, the series has a break: nothing is compared across it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from sozialbericht.data.faultlist import Finding, quoted, similar
from sozialbericht.data.sums import terms

if TYPE_CHECKING:
    from sozialbericht.data.tableset import Tables

NAME = "abgrenzungen"
#: The columns of the catalogue that may have been others; an empty cell is as in the catalogue.
COLUMNS = ("zaehler", "nenner", "bezug", "definition")
#: How the table is read where it is not declared.
ENTRY: dict[str, Any] = {
    "name": NAME,
    "path": f"{NAME}.csv",
    "schema": {
        "primaryKey": ["indikator", "bis"],
        "foreignKeys": [
            {"fields": ["indikator"], "reference": {"resource": "indikatoren", "fields": ["indikator"]}}
        ],
        "fields": [
            {"name": "indikator", "type": "string", "constraints": {"required": True}},
            {"name": "bis", "type": "integer", "constraints": {"required": True, "minimum": 1800, "maximum": 2200}},
            *({"name": name, "type": "string"} for name in COLUMNS),
            {"name": "grund", "type": "string", "constraints": {"required": True}},
        ],
    },
}


def row_at(row: pd.Series, table: pd.DataFrame | None, year: int) -> pd.Series:
    """An indicator's row of the catalogue as it held for the Stände of a year."""
    if table is None:
        return row
    held = table[(table["indikator"] == row.name) & (table["bis"] >= year)]
    if held.empty:
        return row
    earlier = held.sort_values("bis").iloc[0]
    changed = row.copy()
    for column in COLUMNS:
        if earlier[column]:
            changed[column] = earlier[column]
    return changed


def in_force(catalogue: pd.DataFrame, table: pd.DataFrame | None, year: int) -> pd.DataFrame:
    """The catalogue as it holds for the report of a year."""
    if table is None:
        return catalogue
    rows = [row_at(row, table, year - int(row["verzug_jahre"])) for _, row in catalogue.iterrows()]
    return pd.DataFrame(rows, index=catalogue.index).astype(catalogue.dtypes)


def breaks_of(row: pd.Series, table: pd.DataFrame | None) -> pd.DataFrame:
    """The breaks of an indicator where a definition ended, in the columns of ``brueche``: merkmal, ab, grund."""
    own = None if table is None else table[table["indikator"] == row.name]
    if own is None or own.empty:
        return pd.DataFrame(columns=["merkmal", "ab", "grund"])
    begins = pd.to_datetime([f"{int(year) + 1}-01-01" for year in own["bis"]])
    return pd.DataFrame({"merkmal": terms(str(row["zaehler"]))[0], "ab": begins, "grund": own["grund"].to_numpy()})


def with_breaks(breaks: pd.DataFrame, row: pd.Series, table: pd.DataFrame | None) -> pd.DataFrame:
    """All breaks that concern an indicator: the declared ones and those of its definition."""
    if table is None:
        return breaks
    own = breaks_of(row, table)
    return breaks if own.empty else pd.concat([breaks[["merkmal", "ab", "grund"]], own], ignore_index=True)


def known_terms(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """What earlier definitions count are Merkmale."""
    for _, row in tables.others.get(NAME, pd.DataFrame()).iterrows():
        for column in ("zaehler", "nenner"):
            for name in terms(str(row[column])):
                if name not in tables.features.index:
                    what = f"Das Merkmal {quoted(name)} gibt es in merkmale.csv nicht."
                    remedy = similar(name, tables.features.index)
                    yield Finding("unbekanntes Merkmal", row["datei"], what, remedy, int(row["zeile"]), column)
