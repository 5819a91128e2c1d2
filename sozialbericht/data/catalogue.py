"""Catalogue: what areas, merkmale and indicators must be whatever the descriptor demands of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from sozialbericht.data.faultlist import Finding, quoted, similar
from sozialbericht.data.reading.characters import alike, hidden
from sozialbericht.data.reading.parsing import CellError, german, number

if TYPE_CHECKING:
    from sozialbericht.data.tableset import Tables

RANGES = {
    "nummer": (1, 9999),
    "faktor": (1e-9, 1e9),
    "nachkommastellen": (0, 3),
    "bezug_monat": (1, 12),
    "verzug_jahre": (0, 50),
    "basisjahr": (1800, 2200),
    "typ_vorzeichen": (-1, 1),
    "unsicher_ab": (0.1, 10),
    "mindestnenner": (0, 1_000_000),
    "mindestzahl": (2, 1000),
    "schutzbreite": (1, 1e9),
}
"""What a column of raeume, merkmale or indikatoren may hold at least and at most."""

LENGTHS = {"raum_id": 80, "merkmal": 80, "indikator": 80, "kurzname": 120, "name": 200, "dimension": 120}
"""Most characters of keys and names; other names have ``LONGEST``."""
LONGEST = 400
"""Most characters of what is printed as a title."""

CLUSTERING = "haeufung"
"""The column that says how many people stand behind each independent case of an indicator."""
BOUNDED = ("anteil", "rate", "veraenderung")
"""The kinds of indicators that count cases and have an interval."""

_TITLES = ("bezeichnung", "einheit", "bezug")
_KEY = re.compile(r"[a-z0-9_]+")
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


class Clustering(NamedTuple):
    """A fixed ``factor``, or ``people`` per ``units`` (Merkmale) where these are given."""

    factor: float = 1.0
    people: str = ""
    units: str = ""


def clustering(text: object) -> Clustering:
    """What a cell of the column ``haeufung`` says: a number („1,7“) or a quotient of two Merkmale („sgb2 / bg“, persons
    per Bedarfsgemeinschaft); empty: the cases are independent. Raises ``CellError`` where it says neither.
    """
    people, sign, units = (part.strip() for part in str(text or "").partition("/"))
    if sign:
        return Clustering(people=people, units=units)
    return Clustering(number(people)) if people else Clustering()


def clusterings(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """How cases cluster is a number from 1 on, or a quotient of two Merkmale that were counted on the same day."""
    if CLUSTERING not in tables.indicators:
        return
    kind, days = "Häufung", tables.values.groupby("merkmal")["stichtag"].agg(set)
    for _, row in tables.indicators[tables.indicators[CLUSTERING] != ""].iterrows():
        try:
            given = clustering(row[CLUSTERING])
        except CellError as fault:
            remedy = "Schreiben Sie eine Zahl ab 1 („1,7“) oder Personen je Einheit („sgb2 / bg“)."
            yield _in_row(kind, row, CLUSTERING, fault.what, remedy)
            continue
        names = [given.people, given.units] if given.units or given.people else []
        if row["art"] not in BOUNDED:
            what = f"Die Art {quoted(row['art'])} hat keinen 95-%-Bereich."
            yield _in_row(kind, row, CLUSTERING, what, "Lassen Sie das Feld leer.")
        elif unknown := [name for name in names if name not in tables.features.index]:
            what = f"Das Merkmal {quoted(unknown[0])} gibt es in merkmale.csv nicht."
            remedy = similar(unknown[0], tables.features.index) or "Ein Quotient steht so: Personen / Einheiten."
            yield _in_row(kind, row, CLUSTERING, what, remedy)
        elif names and not set.intersection(*(days.get(name, set()) for name in names)):
            what = f"{quoted(names[0])} und {quoted(names[1])} sind an keinem Stichtag gemeinsam gezählt."
            yield _in_row(kind, row, CLUSTERING, what, "Nennen Sie zwei Merkmale mit gleichem Stichtag oder eine Zahl.")
        elif not names and given.factor < 1:
            what = f"{quoted(row[CLUSTERING])} ist kleiner als 1."
            yield _in_row(kind, row, CLUSTERING, what, "Stehen Fälle für sich, lassen Sie das Feld leer.")


def numbers(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """Numbers of the catalogue lie where a report can make something of them."""
    for table in (tables.areas, tables.features, tables.indicators):
        for column, (least, most) in RANGES.items():
            if column not in table.columns:
                continue
            given: Any = pd.to_numeric(table[column], errors="coerce")
            for _, row in table[((given < least) | (given > most)).fillna(False).astype(bool)].iterrows():
                what = (
                    f"{quoted(german(row[column]))} ist unzulässig, erwartet wird eine Zahl von {german(least)} "
                    f"bis {german(most)}."
                )
                yield _in_row("unzulässiger Wert", row, column, what, "Berichtigen Sie die Zahl.")


def keys(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """Keys name files and marks: letters a to z, digits, underscore, and no name that Windows keeps for itself."""
    for name, column in (("areas", "raum_id"), ("features", "merkmal"), ("indicators", "indikator")):
        for key, row in getattr(tables, name).iterrows():
            if _KEY.fullmatch(str(key)) and not _RESERVED.fullmatch(str(key)) and len(str(key)) <= LENGTHS[column]:
                continue
            shown = str(key) if len(str(key)) <= 60 else f"{str(key)[:60]}…"
            what = f"{quoted(shown)} taugt nicht als Schlüssel; er benennt auch Dateien."
            remedy = (
                f"Schlüssel bestehen aus höchstens {LENGTHS[column]} Kleinbuchstaben a–z, Ziffern und Unterstrichen."
            )
            yield _in_row("Schlüssel", row, column, what, remedy)


def names(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """Names are short enough to be printed, and two of them do not look the same."""
    for table in (tables.areas, tables.features, tables.indicators):
        for column in table.columns:
            if column in LENGTHS or column in _TITLES:
                yield from _too_long(table, column)
    for level in tables.levels:
        rows = tables.areas[tables.areas["ebene"] == level]
        yield from _look_alike(rows, "kurzname")
        yield from _look_alike(rows, "name")
    yield from _look_alike(tables.indicators, "dimension")


def _too_long(table: Any, column: str) -> Iterator[Finding]:
    most = LENGTHS.get(column, LONGEST)
    for _, row in table[table[column].str.len() > most].iterrows():
        what = f"Der Text hat {len(row[column])} Zeichen, erwartet werden höchstens {most}."
        yield _in_row("zu langer Text", row, column, what, "Kürzen Sie den Text.")


def _look_alike(table: Any, column: str) -> Iterator[Finding]:
    """Find different texts that nobody can tell apart."""
    first: dict[str, Any] = {}
    for _, row in table[table[column] != ""].iterrows():
        before = first.setdefault(alike(row[column]), row)
        if before[column] != row[column]:
            signs = hidden(row[column]) or hidden(before[column])
            how = f"; eines enthält {', '.join(signs)}" if signs else ""
            what = (
                f"{quoted(row[column])} unterscheidet sich kaum von {quoted(before[column])} in Zeile "
                f"{before['zeile']}{how}."
            )
            yield _in_row("gleiche Namen", row, column, what, "Schreiben Sie beide gleich oder geben Sie eigene Namen.")


def circles(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """No merkmal is part of itself."""
    parents: Any = tables.features["teil_von"]
    for name, row in tables.features.iterrows():
        seen, above = {name}, str(row["teil_von"])
        while above and above in parents.index and above not in seen:
            seen.add(above)
            above = str(parents[above])
        if above == name:
            what = f"{quoted(name)} ist über „teil_von“ ein Teil von sich selbst."
            yield _in_row("Kreis", row, "teil_von", what, "Berichtigen Sie, wovon das Merkmal ein Teil ist.")


def _in_row(kind: str, row: Any, column: str, what: str, remedy: str) -> Finding:
    return Finding(kind, row["datei"], what, remedy, int(row["zeile"]), column)
