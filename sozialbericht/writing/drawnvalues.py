"""Drawnvalues: what a figure shows, as a table; on the web it stands below the figure and can be taken along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sozialbericht.data.levels import Ebene
from sozialbericht.findings.dataset import Datenbestand
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
