"""Checks: rules that hold between rows and tables, beyond the columns' own constraints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sozialbericht.data import catalogue, partitions, settings, sums
from sozialbericht.data.decided import aims
from sozialbericht.data.faultlist import Finding, Findings, listed, quoted, similar
from sozialbericht.data.polygons import geometry
from sozialbericht.data.reading import parsing
from sozialbericht.data.reading.characters import hidden
from sozialbericht.data.timeline import definitions

if TYPE_CHECKING:
    from sozialbericht.data.tableset import Tables

Rule = Callable[["Tables", set[str]], Iterator[Finding]]
"""A rule gets the tables and the names of those that could not be read in full."""


def check(tables: Tables, findings: Findings) -> None:
    """Apply every rule whose tables could be read in full; note what they find in cells not yet faulty."""
    faulty = findings.cells()
    for rule, needs in RULES:
        if not findings.broken.intersection(needs):
            found = rule(tables, findings.broken)
            findings.extend(f for f in found if (f.file, f.row, f.column) not in faulty)


def foreign_keys(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """Every key that refers to another row has one; an unknown key is one fault per file."""
    frames = {
        "raeume": tables.areas,
        "merkmale": tables.features,
        "indikatoren": tables.indicators,
        "werte": tables.values,
        "brueche": tables.breaks,
    } | tables.others
    for entry in tables.descriptor["resources"]:
        for key in entry.get("schema", {}).get("foreignKeys", []):
            column = key["fields"] if isinstance(key["fields"], str) else key["fields"][0]
            reference = key["reference"].get("resource") or entry["name"]
            if reference in broken:
                continue
            frame, known = frames[entry["name"]], frames[reference].index
            unknown = frame[(frame[column] != "") & ~frame[column].isin(known)]
            groups: Any = unknown.groupby(["datei", column], sort=False)
            for (file, text), rows in groups:
                more = f" (in {len(rows)} Zeilen)" if len(rows) > 1 else ""
                unseen = f"; er enthält {', '.join(hidden(text))}" if hidden(text) else ""
                yield Finding(
                    "unbekannter Schlüssel",
                    file,
                    f"{quoted(text)} gibt es in {reference}.csv nicht{more}{unseen}.",
                    similar(text, known) or f"Ergänzen Sie {reference}.csv oder berichtigen Sie den Schlüssel.",
                    int(rows["zeile"].iloc[0]),
                    column,
                )


def settings_refer(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """The indicator and the areas that ``bericht.yml`` names exist."""
    decided = tables.settings
    if decided.leitindikator and decided.leitindikator not in tables.indicators.index:
        what = f"Den Indikator {quoted(decided.leitindikator)} gibt es nicht."
        yield Finding("Einstellung", settings.NAME, what, similar(decided.leitindikator, tables.indicators.index))
    known = list(map(str, tables.indicators["dimension"].drop_duplicates()))
    for dimension in decided.dimensionen:
        if dimension not in known:
            what = f"Die Dimension {quoted(dimension)} gibt es nicht."
            yield Finding("Einstellung", settings.NAME, what, similar(dimension, known))
    for level in decided.ebenen:
        if level not in tables.ebenen:
            what = f"Die Ebene {quoted(level)} gibt es nicht."
            yield Finding("Einstellung", settings.NAME, what, similar(level, tables.levels))
    for area in decided.statusindex.ausnahmen:
        if area not in tables.areas.index:
            yield Finding(
                "Einstellung",
                settings.NAME,
                f"Das Gebiet {quoted(area)} gibt es nicht.",
                similar(area, tables.areas.index),
            )


def hierarchy(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """One city on top, every other area in one of the level above, numbers and names once, valid periods."""
    areas: Any = tables.areas
    levels = tables.levels
    top = areas.index[areas["ebene"] == levels[0]]
    if len(top) != 1:
        found = f" ({listed(top)})" if len(top) else ""
        yield Finding(
            "Gliederung",
            "raeume.csv",
            f"Es gibt {len(top)} Gebiete der Ebene {levels[0]}{found}; erwartet wird genau eines.",
            "Berichtigen Sie die Spalte „ebene“.",
            column="ebene",
        )
    for name, area in areas.iterrows():
        for column, what, remedy in _area_faults(areas, name, area, levels):
            yield _in_row("Gliederung", area, column, what, remedy)
    lowest = areas[areas["ebene"] == levels[-1]]
    for column in ("nummer", "kurzname"):
        for _, area in lowest[lowest[column].notna() & lowest[column].duplicated()].iterrows():
            what = f"{quoted(area[column])} ist schon an ein anderes Gebiet derselben Ebene vergeben."
            yield _in_row("Gliederung", area, column, what, "Vergeben Sie es nur einmal.")


def _area_faults(areas: Any, name: str, area: Any, levels: list[str]) -> Iterator[tuple[str, str, str]]:
    """Column, fault and remedy for what is wrong with one area."""
    above = dict(zip(levels[1:], levels, strict=False)).get(area["ebene"], "")
    parent = area["teil_von"]
    if above and not parent:
        yield "teil_von", f"{quoted(name)} gehört zu keinem Gebiet der Ebene {above}.", "Tragen Sie es ein."
    elif above and parent in areas.index and areas["ebene"][parent] != above:
        level = areas["ebene"][parent]
        what = f"{quoted(name)} gehört zu {quoted(parent)}, Ebene {level}; erwartet wird {above}."
        yield "teil_von", what, "Berichtigen Sie das übergeordnete Gebiet."
    elif area["ebene"] == levels[0] and parent:
        what = f"{quoted(name)} ist die oberste Ebene und kein Teil von {quoted(parent)}."
        yield "teil_von", what, "Lassen Sie das Feld leer."
    if area["gueltig_bis"] < area["gueltig_von"]:
        yield "gueltig_bis", f"{quoted(name)} endet vor seinem Beginn.", "Berichtigen Sie die beiden Daten."
    if area["ebene"] == levels[-1] and pd.isna(area["nummer"]):
        yield "nummer", f"{quoted(name)} hat keine Nummer für die Karten.", "Tragen Sie eine Nummer ein."


def _in_row(kind: str, row: Any, column: str, what: str, remedy: str) -> Finding:
    """A fault in one row of a keyed table."""
    return Finding(kind, row["datei"], what, remedy, int(row["zeile"]), column)


def indicator_terms(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """Numerators and denominators name known merkmale."""
    known = tables.features.index
    for _, row in tables.indicators.iterrows():
        for column in ("zaehler", "nenner"):
            for term in sums.terms(row[column]):
                if term not in known:
                    what = f"Das Merkmal {quoted(term)} gibt es in merkmale.csv nicht."
                    remedy = similar(term, known) or "Summen werden mit + geschrieben: a + b."
                    yield _in_row("unbekanntes Merkmal", row, column, what, remedy)


def indicator_fields(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """What an indicator must have depends on its kind; class limits are four ascending numbers."""
    kind = "unvollständiger Indikator"
    for _, row in tables.indicators.iterrows():
        change = row["art"] == "veraenderung"
        if change and pd.isna(row["basisjahr"]):
            what = "Eine Veränderung braucht ein Vergleichsjahr."
            yield _in_row(kind, row, "basisjahr", what, "Tragen Sie das Jahr ein.")
        if change and pd.notna(pooled := row.get("jahre_gepoolt")) and pooled > 1:
            what = "Eine Veränderung lässt sich nicht über mehrere Jahre summieren."
            yield _in_row(kind, row, "jahre_gepoolt", what, "Lassen Sie das Feld leer.")
        if change and row["nenner"]:
            yield _in_row(kind, row, "nenner", "Eine Veränderung hat keinen Nenner.", "Lassen Sie das Feld leer.")
        if not change and row["art"] and not row["nenner"]:
            what = f"Der Nenner fehlt; die Art {quoted(row['art'])} braucht einen."
            yield _in_row(kind, row, "nenner", what, "Tragen Sie ein Merkmal oder eine Summe (a + b) ein.")
        if row["klassengrenzen"] and not _ascending(row["klassengrenzen"]):
            what = f"{quoted(row['klassengrenzen'])} sind keine vier aufsteigenden Zahlen."
            remedy = "Schreiben Sie vier Zahlen, durch Leerzeichen getrennt: 5 7,5 10 12,5."
            yield _in_row("Klassengrenzen", row, "klassengrenzen", what, remedy)


def _ascending(text: str) -> bool:
    try:
        limits = [parsing.number(part) for part in text.split()]
    except parsing.CellError:
        return False
    return len(limits) == 4 and all(a < b for a, b in pairwise(limits))


def right_file(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """Every value stands in the file of its Stichtag's year."""
    values = tables.values
    wrong: Any = values[values["stichtag"].notna() & ~_in_right_file(values)]
    for _, row in wrong.iterrows():
        what = f"Der Stichtag {sums.day(row['stichtag'])} gehört nicht in diese Datei."
        remedy = f"Verschieben Sie die Zeile in die Datei für {row['stichtag'].year} oder berichtigen Sie ihn."
        yield _in_row("falsches Jahr", row, "stichtag", what, remedy)


def _in_right_file(values: pd.DataFrame) -> Any:
    """Whether the year in each value's file name is its Stichtag's."""
    files = values["datei"].drop_duplicates()
    years = {file: int(re.findall(r"[0-9]{4}", file)[-1]) for file in files}
    return values["stichtag"].dt.year == values["datei"].map(years)


def whole_numbers(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """Counts (Personen, Fälle …) are whole numbers."""
    values, units = tables.values, tables.features["einheit"]
    counted = [name for name, unit in units.items() if parsing.is_count(unit)]
    wrong: Any = values[values["wert"].notna() & (values["wert"] % 1 != 0) & values["merkmal"].isin(counted)]
    for _, row in wrong.iterrows():
        text = parsing.german(row["wert"])
        whole, _, part = text.partition(",")
        what = f"{quoted(text)} ist keine ganze Zahl; {row['merkmal']} wird in {units[row['merkmal']]} gezählt."
        remedy = "Tragen Sie die ganze Zahl ein."
        if len(part) <= 3 and len(whole) <= 3:
            remedy = f"Ist das Komma ein Tausenderzeichen, schreiben Sie {whole}{part:0<3}."
        yield _in_row("keine ganze Zahl", row, "wert", what, remedy)


def complete(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """Where one of the smallest areas has a value of a merkmal at a Stichtag, all have one (or a sign)."""
    areas, values = tables.areas, tables.values
    base = areas[areas["ebene"] == tables.levels[-1]]
    unclear = values.loc[~values["raum_id"].isin(areas.index) | values["stichtag"].isna(), "datei"]
    known = values["raum_id"].isin(base.index) & values["merkmal"].isin(tables.features.index)
    rows = values[known & _in_right_file(values) & ~values["datei"].isin({*broken, *unclear})]
    start, end = base["gueltig_von"].to_numpy(), base["gueltig_bis"].fillna(pd.Timestamp.max).to_numpy()
    groups: Any = rows.groupby("datei", sort=False)
    for file, part in groups:
        there = pd.MultiIndex.from_frame(part[["merkmal", "stichtag"]])
        codes, wanted = pd.factorize(there)
        present = np.zeros((len(wanted), len(base)), dtype=bool)
        present[codes, base.index.get_indexer(part["raum_id"])] = True
        days = wanted.get_level_values(1).to_numpy()[:, None]
        gaps = ~present & (days >= start) & (days <= end)
        for at in map(int, np.flatnonzero(gaps.any(axis=0))):
            name, missing = base.index[at], wanted[gaps[:, at]]
            which = listed(f"{feature} ({sums.day(date)})" for feature, date in missing)
            what = f"{quoted(name)} ({base['name'].iloc[at]}) fehlt bei {which}; andere Gebiete haben Werte."
            if len(missing) == len(wanted):
                what = f"{quoted(name)} ({base['name'].iloc[at]}) fehlt ganz."
            remedy = "Ergänzen Sie die Zeilen; für einen unbekannten Wert steht ein Zeichen wie … (fehlt)."
            yield Finding("Gebiet fehlt", str(file), what, remedy, column="raum_id")


def existing(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """Values are of days on which their area exists."""
    values = tables.values
    start = tables.areas["gueltig_von"].reindex(values["raum_id"]).to_numpy()
    end = tables.areas["gueltig_bis"].reindex(values["raum_id"]).to_numpy()
    days = values["stichtag"].to_numpy()
    outside: Any = values[(days < start) | (days > end)]
    for _, row in outside.iterrows():
        what = f"{quoted(row['raum_id'])} gibt es am {sums.day(row['stichtag'])} nicht."
        remedy = "Prüfen Sie den Stichtag und die Spalten gueltig_von und gueltig_bis in raeume.csv."
        yield _in_row("Gebiet nicht gültig", row, "raum_id", what, remedy)


def polygons(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """Every area of the lowest level has a polygon of its own."""
    if tables.geometry is not None:
        yield from geometry.check(tables.geometry, tables.areas, tables.levels[-1])


RULES: list[tuple[Rule, frozenset[str]]] = [
    (aims.aims, frozenset({"massnahmen", aims.FIELDS})),
    (aims.holdings, frozenset({"massnahmen"})),
    (aims.fields, frozenset({"massnahmen", aims.FIELDS})),
    (aims.indicators, frozenset({"indikatoren", aims.FIELDS})),
    (foreign_keys, frozenset()),
    (settings_refer, frozenset({"indikatoren", "raeume"})),
    (hierarchy, frozenset({"raeume"})),
    (catalogue.numbers, frozenset({"raeume", "merkmale", "indikatoren"})),
    (catalogue.keys, frozenset({"raeume", "merkmale", "indikatoren"})),
    (catalogue.names, frozenset({"raeume", "merkmale", "indikatoren"})),
    (catalogue.clusterings, frozenset({"merkmale", "indikatoren", "werte"})),
    (catalogue.circles, frozenset({"merkmale"})),
    (indicator_terms, frozenset({"indikatoren", "merkmale"})),
    (definitions.known_terms, frozenset({"merkmale", definitions.NAME})),
    (indicator_fields, frozenset({"indikatoren"})),
    (right_file, frozenset()),
    (whole_numbers, frozenset({"merkmale"})),
    (complete, frozenset({"raeume", "merkmale"})),
    (existing, frozenset({"raeume"})),
    (sums.remainder, frozenset({"raeume", "merkmale"})),
    (sums.parts, frozenset({"raeume", "merkmale", "indikatoren"})),
    (partitions.partitions, frozenset({"raeume", "merkmale", partitions.NAME})),
    (polygons, frozenset({"raeume"})),
]
"""Each rule with the tables that must have been read in full for it."""
