"""Drawnvalues: what a figure shows, as a table; on the web it stands below the figure and can be taken along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.data.levels import Ebene
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.indicator import Indikator
from sozialbericht.writing import blocks, captions


@dataclass(frozen=True)
class Drawnvalues:
    """Heads of columns (``|``: a soft hyphen) and rows of cells, both as they are printed."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    def text(self) -> str:
        """The table as a text with semicolons, the heads in its first line."""
        told = io.StringIO()
        heads = [blocks.soft_hyphens(head) for head in self.heads]
        csv.writer(told, delimiter=";", lineterminator="\n").writerows([heads, *self.rows])
        return told.getvalue()

    @classmethod
    def keyed(cls, b: Datenbestand, key: Sequence[tuple[str, str, str]], told: str = "Wert") -> Drawnvalues:
        """What the key below a map would say: number, name and value of each area; last its raum_id."""
        rows = [[*map(str, row), str(area)] for row, area in zip(key, b.raeume().index, strict=True)]
        return cls(["Nr.", b.ebenen.unten.einzahl, told, "raum_id"], rows)

    @classmethod
    def of_years(cls, b: Datenbestand, indicators: Mapping[str, str], levels: Iterable[Ebene]) -> Drawnvalues:
        """The series of indicators (key → name) for all areas of the levels, by the years of their Stände."""
        found: dict[str, dict[int, str]] = {}
        several = len(indicators) > 1
        for key, name in indicators.items():
            decimals = b.wert(key).wert.decimals
            for level in levels:
                table = b.reihe(key, level)
                for row in table[table["stand_zaehler"].notna()].to_dict("records"):
                    line = found.setdefault(name if several else b.name(str(row["raum_id"])), {})
                    line[int(row["stand_zaehler"].year)] = captions.cell_of(pd.Series(row), decimals)
        years = sorted({year for line in found.values() for year in line})
        rows = [[name, *(line.get(year, "") for year in years)] for name, line in found.items()]
        return cls(["Indikator" if several else "Gebiet", *map(str, years)], rows)

    @classmethod
    def of_areas(cls, b: Datenbestand, indicators: Mapping[str, str], *levels: Ebene) -> Drawnvalues:
        """The values of indicators (key → head) for all areas of the levels (without any: the smallest ones)."""
        found: dict[str, list[str]] = {}
        for key in indicators:
            decimals = b.wert(key).wert.decimals
            for area, row in pd.concat([b.daten(key, level) for level in levels or [b.ebenen.unten]]).iterrows():
                line = found.setdefault(str(area), [str(row["kurzname"])])
                line.append(captions.cell_of(row, decimals))
        return cls(["Gebiet", *indicators.values()], list(found.values()))

    @classmethod
    def of_cells(cls, head: str, table: pd.DataFrame, told: Any) -> Drawnvalues:
        """A table of numbers, rows and columns by name, each cell as ``told`` (a function of a number) prints it."""
        rows = [[str(name), *map(told, row)] for name, row in zip(table.index, table.to_numpy(), strict=True)]
        return cls([head, *map(str, table.columns)], rows)

    @classmethod
    def given(cls, b: Datenbestand, data: pd.DataFrame | Sequence[str]) -> Drawnvalues:
        """What an analyst gives with a drawing: keys of indicators, or a table as it stands.

        Of a table the index names the rows; areas (``raum_id``) are told by their names. Numbers with a fraction have
        one decimal, texts stand as they are, what is missing leaves its cell empty.
        """
        if not isinstance(data, pd.DataFrame):
            return cls.of_areas(b, {key: _head(Indikator(b, key)) for key in data})
        levels = filter(None, (b.ebenen.stadt, b.ebenen.mitte, b.ebenen.unten))
        areas = {area for level in levels for area in b.raeume(level).index}
        names = [b.name(name) if name in areas else str(name) for name in data.index]
        first = "Gebiet" if areas.issuperset(data.index) else str(data.index.name or "Name")
        cells = [[_cell(value) for value in row] for row in data.itertuples(index=False)]
        return cls([first, *map(str, data.columns)], [[name, *row] for name, row in zip(names, cells, strict=True)])


def _head(i: Indikator) -> str:
    """An indicator with its unit, as the head of a column."""
    unit = i.mass.unit
    return i.titel if unit == "Index" else f"{i.titel} {unit}" if unit.startswith("je ") else f"{i.titel} in {unit}"


def _cell(value: Any) -> str:
    """A value of an analyst's table as it is printed."""
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return ""
    return numbers.number(value, 0 if isinstance(value, int | np.integer) else 1)
