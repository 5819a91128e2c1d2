"""Contract: a data folder read and checked as its ``datapackage.json`` declares it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sozialbericht.data import checks, columns, files
from sozialbericht.data.findings import Findings, quoted, similar
from sozialbericht.faults import InputError

if TYPE_CHECKING:
    import geopandas as gpd

DESCRIPTOR = "datapackage.json"
_TABLE_ENDINGS = (".csv", ".xlsx", ".xls", ".xlsm", ".ods", ".txt")
REQUIRED = ("raeume", "merkmale", "indikatoren", "werte", "brueche")
"""The tables no data folder can do without."""

_USED = {
    "raeume": "raum_id nummer name kurzname ebene teil_von breite laenge gueltig_von gueltig_bis".split(),
    "merkmale": "merkmal bezeichnung einheit zeitbezug sensibel teil_von quelle".split(),
    "indikatoren": "indikator dimension bezeichnung kurzname art zaehler nenner faktor einheit nachkommastellen "
    "richtung bezug_monat verzug_jahre nenner_stand basisjahr klassengrenzen definition quelle".split(),
    "werte": "raum_id merkmal stichtag wert".split(),
    "brueche": "merkmal ab grund".split(),
}
"""Columns that the package itself reads; a descriptor may describe more."""

_NEIGHBOURS: dict[str, Any] = {
    "name": "nachbarn",
    "path": "nachbarn.csv",
    "schema": {
        "primaryKey": ["raum_id_a", "raum_id_b"],
        "foreignKeys": [
            {"fields": [name], "reference": {"resource": "raeume", "fields": ["raum_id"]}}
            for name in ("raum_id_a", "raum_id_b")
        ],
        "fields": [
            {"name": name, "type": "string", "constraints": {"required": True}}
            for name in ("raum_id_a", "raum_id_b")
        ],
    },
}
"""An undeclared ``nachbarn.csv`` beside the other tables is read like this."""


@dataclass(frozen=True)
class Tables:
    """All tables of a data folder, typed and checked.

    ``areas``, ``features`` and ``indicators`` are indexed by their keys in the order of their files, which is
    the order in the report. ``values`` holds raum_id, merkmal, stichtag, wert (NaN where there is no number),
    status (ok, withheld, unreliable, missing, not_meaningful), datei, zeile. ``geometry`` has a polygon and a
    label point (``geometry``, ``label``, EPSG:25832) per area of the lowest level.
    """

    folder: Path
    descriptor: dict[str, Any]
    areas: pd.DataFrame
    features: pd.DataFrame
    indicators: pd.DataFrame
    values: pd.DataFrame
    breaks: pd.DataFrame
    geometry: gpd.GeoDataFrame | None
    years: list[int]
    status_text: str
    others: dict[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def levels(self) -> list[str]:
        """The levels of areas from the city down to the smallest areas."""
        for entry in resource(self.descriptor, "raeume")["schema"]["fields"]:
            if entry["name"] == "ebene":
                return list(entry.get("constraints", {}).get("enum", []))
        return []

    @cached_property
    def neighbours(self) -> frozenset[tuple[str, str]]:
        """Pairs of adjoining areas in sorted order: from ``nachbarn.csv`` if there is one, else from the polygons."""
        from sozialbericht.data import geometry

        if "nachbarn" in self.others:
            table = self.others["nachbarn"]
            return frozenset(
                (min(a, b), max(a, b)) for a, b in zip(table["raum_id_a"], table["raum_id_b"], strict=True)
            )
        return geometry.neighbours(self.geometry) if self.geometry is not None else frozenset()


def resource(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    """The description of one table or geometry; raises ``KeyError`` if it is not declared."""
    for entry in descriptor["resources"]:
        if entry.get("name") == name:
            return dict(entry)
    raise KeyError(name)


def load(folder: Path) -> Tables:
    """Read and check a data folder; raises ``InputError`` with every fault found."""
    from sozialbericht.data import geometry

    folder = Path(folder)
    findings = Findings(folder)
    descriptor = _descriptor(folder, findings)
    if descriptor is None:
        raise InputError(findings.faults())
    tables: dict[str, pd.DataFrame] = {}
    years: list[int] = []
    polygons = None
    descriptor = {**descriptor, "resources": _entries(folder, descriptor)}
    for entry in descriptor["resources"]:
        if "jahresdateien" in entry:
            paths = _year_files(folder, entry, findings)
            years = sorted(paths)
            tables[entry["name"]] = _table(folder, entry, [paths[year] for year in years], findings)
        elif "schema" in entry:
            path = files.locate(folder, entry["path"], (".csv", ".xlsx"), findings)
            tables[entry["name"]] = _table(folder, entry, [path] if path else [], findings)
        else:
            polygons = geometry.read(folder, entry["path"], findings)
    result = Tables(
        folder=folder,
        descriptor=descriptor,
        areas=_indexed(tables.pop("raeume"), "raum_id"),
        features=_indexed(tables.pop("merkmale"), "merkmal"),
        indicators=_indexed(tables.pop("indikatoren"), "indikator"),
        values=tables.pop("werte"),
        breaks=tables.pop("brueche"),
        geometry=polygons,
        years=years,
        status_text="" if descriptor["status"] == "amtlich" else descriptor["statustext"],
        others=tables,
    )
    checks.run(result, findings)
    if len(findings):
        raise InputError(findings.faults())
    return _finished(result)


def _finished(tables: Tables) -> Tables:
    """The checked tables as the report uses them: label points added, places of origin dropped."""
    from sozialbericht.data import geometry

    places = ["datei", "zeile"]
    polygons = tables.geometry
    return replace(
        tables,
        areas=tables.areas.drop(columns=places),
        features=tables.features.drop(columns=places),
        indicators=tables.indicators.drop(columns=places),
        breaks=tables.breaks.drop(columns=places),
        others={name: table.drop(columns=places) for name, table in tables.others.items()},
        geometry=None if polygons is None else geometry.labelled(polygons, tables.areas),
    )


def _indexed(table: pd.DataFrame, key: str) -> pd.DataFrame:
    return table[(table[key] != "") & ~table[key].duplicated()].set_index(key)


def _entries(folder: Path, descriptor: dict[str, Any]) -> list[dict[str, Any]]:
    """The declared tables and geometry, and the neighbour table where one lies in the folder."""
    entries: list[dict[str, Any]] = list(descriptor["resources"])
    declared = any(entry["name"] == "nachbarn" for entry in entries)
    if not declared and (folder / _NEIGHBOURS["path"]).is_file():
        entries.append(_NEIGHBOURS)
    return entries


def _table(folder: Path, entry: dict[str, Any], paths: list[Path], findings: Findings) -> pd.DataFrame:
    """One table from its files; without rows (and noted as broken) if none of them can be read."""
    parts = []
    for path in paths:
        file = path.relative_to(folder).as_posix()
        part = files.read_table(path, file, entry, findings)
        if part is None:
            findings.broken.update({file, entry["name"]})
        else:
            parts.append(part)
    if not parts:
        findings.broken.add(entry["name"])
        names = [f["name"] for f in entry["schema"]["fields"]]
        return columns.typed(pd.DataFrame(columns=[*names, "datei", "zeile"], dtype=object), entry, findings)
    return columns.typed(pd.concat(parts, ignore_index=True), entry, findings)


def _year_files(folder: Path, entry: dict[str, Any], findings: Findings) -> dict[int, Path]:
    """The files of values by year: all that fit the pattern, whether listed in the descriptor or not."""
    pattern = Path(entry["jahresdateien"])
    names = re.compile(re.escape(pattern.stem).replace(re.escape("{jahr}"), r"([0-9]{4})"))
    found: dict[int, Path] = {}
    parent = folder / pattern.parent
    present = sorted(parent.iterdir()) if parent.is_dir() else []
    for path in present:
        ending = path.suffix.lower()
        if not path.is_file() or path.name.startswith(("~$", ".")) or ending not in _TABLE_ENDINGS:
            continue
        file = path.relative_to(folder).as_posix()
        name = names.fullmatch(path.stem)
        if name is None or ending not in (".csv", ".xlsx"):
            example = pattern.name.replace("{jahr}", "2006")
            findings.add(
                "unpassender Dateiname",
                file,
                f"Der Dateiname passt nicht, erwartet wird eine Datei je Jahr wie {example} (oder .xlsx).",
                "Benennen Sie die Datei um oder nehmen Sie sie aus dem Ordner.",
            )
        elif int(name[1]) in found:
            findings.add(
                "Datei doppelt",
                file,
                f"Für {name[1]} liegen zwei Dateien vor: {found[int(name[1])].name} und {path.name}.",
                "Lassen Sie nur die gültige Fassung im Ordner.",
            )
        else:
            found[int(name[1])] = path
    listed = [entry["path"]] if isinstance(entry.get("path"), str) else entry.get("path", [])
    stems = {path.stem for path in found.values()}
    for file in listed:
        if Path(file).stem not in stems:
            findings.broken.add(entry["name"])
            findings.add(
                "Datei fehlt",
                file,
                "Die Datei fehlt.",
                "Legen Sie die Datei in den Datenordner oder streichen Sie sie in datapackage.json.",
            )
    return found


def _descriptor(folder: Path, findings: Findings) -> dict[str, Any] | None:
    """The contract, or None if the folder or the contract itself is not in order."""
    if not folder.is_dir():
        findings.add(
            "Ordner fehlt", "", "Den Datenordner gibt es nicht.", "Prüfen Sie den Pfad hinter --data."
        )
        return None
    content = files.read_json(folder / DESCRIPTOR, DESCRIPTOR, findings)
    if content is None:
        return None
    for what, remedy in _descriptor_faults(content):
        findings.add("Vertrag", DESCRIPTOR, what, remedy)
    return None if len(findings) else content


def _descriptor_faults(content: Any) -> Iterator[tuple[str, str]]:
    """What keeps the descriptor from being a contract: fault and remedy."""
    entries = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(isinstance(e, dict) and e.get("name") for e in entries):
        yield (
            "„resources“ fehlt oder enthält Einträge ohne „name“.",
            "Stellen Sie die Liste der Tabellen wieder her.",
        )
        return
    status = content.get("status")
    if status not in ("amtlich", "modelldaten"):
        yield (
            f"„status“ ist {quoted(status)}, erwartet wird amtlich oder modelldaten.",
            "Ergänzen Sie „status“.",
        )
    if status == "modelldaten" and not content.get("statustext"):
        yield "„statustext“ fehlt.", "Ergänzen Sie etwa „Modelldaten – keine amtliche Statistik“."
    by_name = {entry["name"]: entry for entry in entries}
    for name in REQUIRED:
        if name not in by_name:
            yield f"Die Tabelle {quoted(name)} ist nicht beschrieben.", similar(name, by_name)
    for name, entry in by_name.items():
        paths = entry.get("path", [])
        if not paths or not isinstance(paths, str | list):
            yield f"Bei {quoted(name)} fehlt „path“.", "Nennen Sie die Datei."
        elif "schema" in entry and "jahresdateien" not in entry and not isinstance(paths, str):
            yield f"Bei {quoted(name)} ist „path“ eine Liste.", "Nennen Sie genau eine Datei."
        if "schema" in entry:
            yield from _schema_faults(name, entry["schema"])


def _schema_faults(name: str, schema: Any) -> Iterator[tuple[str, str]]:
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not all(isinstance(f, dict) and f.get("name") for f in fields):
        yield (
            f"Bei {quoted(name)} fehlen die Spalten („fields“).",
            "Beschreiben Sie jede Spalte mit „name“ und „type“.",
        )
        return
    for entry in fields:
        where = f"{quoted(name)}, Spalte {quoted(entry['name'])}"
        kind = entry.get("type", "string")
        if kind not in columns.TYPES:
            yield f"{where}: Der Typ {quoted(kind)} ist unbekannt.", similar(kind, columns.TYPES)
        for label in filter(None, columns.labels(entry).values()):
            if label not in columns.STATUS:
                yield (
                    f"{where}: Die Bedeutung {quoted(label)} eines Zeichens ist unbekannt.",
                    similar(label, columns.STATUS),
                )
    present = [entry["name"] for entry in fields]
    for column in _USED.get(name, ()):
        if column not in present:
            yield f"Bei {quoted(name)} fehlt die Spalte {quoted(column)}.", similar(column, present)
