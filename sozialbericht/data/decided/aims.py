"""Aims: what belongs to which aim of a plan, and by which indicators one sees how an area stands there.

``massnahmen.csv`` holds the measures, each of a field of action (Handlungsfeld) of an aim; ``handlungsfelder.csv`` the
fields themselves, each with its indicators, which need not be any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import pandas as pd

from sozialbericht.data.faultlist import Finding, quoted, similar

#: The table of the fields of action.
FIELDS = "handlungsfelder"
#: So many fields have room beside each other on a page.
MOST = 12


class Tables(Protocol):
    """What is read of the tables: the catalogue and those that not all data have."""

    @property
    def indicators(self) -> pd.DataFrame:
        """The catalogue."""

    @property
    def others(self) -> dict[str, pd.DataFrame]:
        """Tables by name."""


def aims(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """Every field of action belongs to one aim, in the register and in the table of the fields."""
    first: dict[str, tuple[str, str]] = {}
    for name in (FIELDS, "massnahmen"):
        for _, row in _rows(tables, name, "ziel", "handlungsfeld"):
            field, aim = str(row["handlungsfeld"]), str(row["ziel"])
            known, where = first.setdefault(field, (aim, str(row["datei"])))
            if known != aim:
                above = "weiter oben" if where == row["datei"] else f"in {where}"
                here = f"Das Handlungsfeld {quoted(field)} steht hier unter {quoted(aim)}"
                what = f"{here}, {above} unter {quoted(known)}."
                remedy = "Ordnen Sie das Handlungsfeld einem Ziel zu."
                yield _in_row("Ziel uneinheitlich", row, "ziel", what, remedy)


def holdings(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """What the register calls Bestand is there: its state is läuft."""
    for _, row in _rows(tables, "massnahmen", "art", "status"):
        if row["art"] == "Bestand" and row["status"] != "läuft":
            what = f"{quoted(str(row['massnahme']))} ist Bestand, der Stand ist aber {quoted(str(row['status']))}."
            remedy = "Tragen Sie läuft ein, oder nennen Sie den Eintrag in der Spalte art eine Maßnahme."
            yield _in_row("Bestand besteht nicht", row, "status", what, remedy)


def fields(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """The register knows no field that the table of the fields has not, and the table not too many."""
    known = [str(row["handlungsfeld"]) for _, row in _rows(tables, FIELDS, "handlungsfeld")]
    for count, (_, row) in enumerate(_rows(tables, FIELDS, "handlungsfeld"), start=1):
        if count > MOST:
            what = f"Das ist das {count}. Handlungsfeld; im Bericht haben {MOST} Platz."
            yield _in_row("zu viele Handlungsfelder", row, "handlungsfeld", what, "Fassen Sie Felder zusammen.")
    for _, row in _rows(tables, "massnahmen", "handlungsfeld") if known else ():
        if (field := str(row["handlungsfeld"])) not in known:
            what = f"Das Handlungsfeld {quoted(field)} gibt es in {FIELDS}.csv nicht."
            remedy = similar(field, known) or f"Ergänzen Sie es in {FIELDS}.csv."
            yield _in_row("unbekanntes Handlungsfeld", row, "handlungsfeld", what, remedy)


def indicators(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """The indicators of a field are in the catalogue, judged, and each once."""
    catalogue = tables.indicators
    for _, row in _rows(tables, FIELDS, "indikatoren"):
        named = of_field(row["indikatoren"])
        for place, name in enumerate(named):
            if name in named[:place]:
                what, remedy = f"{quoted(name)} steht hier zweimal.", "Nennen Sie jeden Indikator einmal."
            elif name not in catalogue.index:
                what = f"{quoted(name)} gibt es in indikatoren.csv nicht."
                remedy = similar(name, catalogue.index) or "Mehrere Indikatoren trennt ein Leerzeichen."
            elif catalogue.at[name, "richtung"] not in ("belastung", "chance"):
                what = f"{quoted(name)} ist nicht gewertet; „ungünstiger“ gibt es dort nicht."
                remedy = "Nennen Sie Indikatoren mit der Richtung belastung oder chance."
            else:
                continue
            yield _in_row("Indikator eines Handlungsfelds", row, "indikatoren", what, remedy)


def of_field(listed: object) -> list[str]:
    """The indicators of a cell: names with spaces between them."""
    return str(listed).split() if isinstance(listed, str) else []


def _rows(tables: Tables, name: str, *columns: str) -> Iterator[tuple[Any, Any]]:
    """The rows of a table that need not be there, if it has the columns."""
    table = tables.others.get(name, pd.DataFrame())
    return iter(table.iterrows()) if {*columns, "datei"} <= set(table.columns) else iter(())


def _in_row(kind: str, row: Any, column: str, what: str, remedy: str) -> Finding:
    return Finding(kind, row["datei"], what, remedy, int(row["zeile"]), column)
