"""Open data: the protected values and counts of one report in tidy tables, as its pages print them.

Nothing else is exported than what disclosure control has let through: the same tables that notebooks write from.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from sozialbericht.data.tableset import Tables
from sozialbericht.disclosure import opencounts
from sozialbericht.disclosure.opencounts import plain
from sozialbericht.findings.tablestore import TableStore
from sozialbericht.status import Status

#: Columns of numbers that a table prints with the decimals of the indicator.
PRINTED = ("wert", "unten", "oben")


@dataclass(frozen=True)
class OpenData:
    """The tables of the report of a year; ``moment`` is the date that its files carry."""

    store: TableStore
    year: int
    moment: dt.datetime

    @cached_property
    def tables(self) -> Tables:
        """Areas and catalogues."""
        return self.store.tables()

    @property
    def kind(self) -> str:
        """What kind of data this is: in every row of every table."""
        return opencounts.MADE if self.tables.status_text else opencounts.REPORTED

    @property
    def title(self) -> str:
        """The title of the report with its year, and that its data are made where they are."""
        title = f"{self.tables.settings.titel or 'Bericht zur sozialen Lage'} {self.year}: Daten"
        return f"{title} ({self.tables.status_text})" if self.tables.status_text else title

    @property
    def city(self) -> str:
        """The name of the city."""
        return str(self.tables.areas.at[self.tables.city, "kurzname"])

    @property
    def publisher(self) -> str:
        """Who publishes the report: who the settings name, else the city."""
        return self.tables.settings.herausgeber or self.city

    @property
    def counts(self) -> str:
        """All counts up to the report year as CSV."""
        return opencounts.text(self.store.cube(), self.year, self.kind)

    @cached_property
    def values(self) -> pd.DataFrame:
        """All values of indicators up to the report year, a row each: texts, dates, and numbers as they are printed
        (NaN where nothing is shown, ``status`` says why). In the order of the catalogue, years and areas."""
        table = self.store.values(self.year).reset_index()
        catalogue, areas = self.tables.indicators, self.tables.areas
        table["wert"] = table["wert"].where(table["status"] != Status.LIMITED, table["klammer"])
        decimals = table["indikator"].map(catalogue["nachkommastellen"]).to_numpy(dtype=int)
        for name in PRINTED:
            table[name] = _rounded(table[name].to_numpy(dtype=float), decimals)
        table["nachkommastellen"] = decimals
        for name in ("dimension", "bezeichnung", "einheit"):
            table[name] = table["indikator"].map(catalogue[name])
        table["raum"] = table["raum_id"].map(areas["name"])
        table["datenart"] = self.kind
        order = [pd.Index(keys).get_indexer(table[name]) for name, keys in
                 (("raum_id", areas.index), ("jahr", sorted(table["jahr"].unique())), ("indikator", catalogue.index))]
        return table.iloc[np.lexsort(order)].reset_index(drop=True)

    def rows(self) -> Iterator[list[str]]:
        """The rows of :attr:`values` as texts, in the order of ``fielddictionary.VALUES``."""
        table = self.values
        decimals = table["nachkommastellen"].tolist()
        texts = {name: _texts(table[name]) for name in (
            "jahr", "raum_id", "raum", "ebene", "dimension", "indikator", "bezeichnung", "einheit", "status",
            "intervall", "lage", "datenart")}
        dates = {name: _days(table[name]) for name in ("stand_zaehler", "stand_nenner")}
        numbers = {name: [_fixed(value, places) for value, places in zip(table[name].tolist(), decimals, strict=True)]
                   for name in PRINTED}
        counts = {name: [plain(value) for value in table[name].tolist()] for name in ("zaehler", "nenner")}
        columns = {**texts, **dates, **numbers, **counts}
        from sozialbericht.export.fielddictionary import VALUES

        yield from map(list, zip(*(columns[field.name] for field in VALUES), strict=True))

    def joined(self) -> gpd.GeoDataFrame | None:
        """The smallest areas with their values of the report year, a column for each indicator and one for its status;
        None where there are no polygons."""
        frame = self.tables.geometry
        if frame is None:
            return None
        names = self.store.areas(self.tables.ebenen.unten.schluessel, self.year)
        names = names[names.index.isin(frame.index)]
        columns: dict[str, Any] = {
            "raum_id": names.index, "nummer": [str(n) if pd.notna(n) else "" for n in names["nummer"]],
            "name": names["name"].to_numpy(), "jahr": self.year,
        }
        now = self.values[self.values["jahr"] == self.year].set_index(["indikator", "raum_id"])
        for indicator in self.tables.indicators.index:
            own = now.loc[indicator].reindex(names.index)
            columns[str(indicator)] = own["wert"].to_numpy(dtype=float)
            columns[f"{indicator}_status"] = own["status"].fillna(str(Status.MISSING)).astype(str).to_numpy()
        columns["datenart"] = self.kind
        shapes = frame.loc[names.index].geometry.to_numpy()
        return gpd.GeoDataFrame(columns, geometry=shapes, crs=frame.crs)


def _rounded(values: np.ndarray, decimals: np.ndarray) -> np.ndarray:
    """As :func:`sozialbericht.numbers.rounded` does it, for whole columns."""
    factor = 10.0**decimals
    whole = np.floor(np.abs(values) * factor + 0.5 + 1e-9 * factor)
    return np.asarray(np.copysign(whole / factor, values) + 0.0, dtype=float)


def _fixed(value: float, places: int) -> str:
    return "" if math.isnan(value) else f"{value:.{places}f}"


def _texts(column: pd.Series) -> list[str]:
    return ["" if gone else str(entry) for entry, gone in zip(column.tolist(), column.isna().tolist(), strict=True)]


def _days(column: pd.Series) -> list[str]:
    codes, days = pd.factorize(column)
    names = [f"{day:%Y-%m-%d}" for day in pd.DatetimeIndex(days)]
    return [names[code] if code >= 0 else "" for code in codes.tolist()]
