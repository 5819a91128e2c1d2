"""Contract: a data folder read and checked as its ``datapackage.json`` declares it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from sozialbericht.activity import doing
from sozialbericht.data import checks, columns, descriptor, files, levels, partitions, settings
from sozialbericht.data.faultlist import Findings
from sozialbericht.data.reading.tablefile import Source
from sozialbericht.data.reading.tabular import read_table
from sozialbericht.data.releases import showncells
from sozialbericht.data.tableset import Tables
from sozialbericht.data.timeline import definitions, deliveredshares, intakelog, revisions, valueyears
from sozialbericht.faults import InputError

_TABLE_ENDINGS = (".csv", ".xlsx", ".xls", ".xlsm", ".ods", ".txt")

UNDECLARED: tuple[dict[str, Any], ...] = (
    {
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
    },
    {
        "name": "hinweise",
        "path": "hinweise.csv",
        "schema": {
            "primaryKey": ["regel", "raum_id", "merkmal", "stichtag"],
            "foreignKeys": [
                {"fields": [name], "reference": {"resource": table, "fields": [name]}}
                for name, table in (("raum_id", "raeume"), ("merkmal", "merkmale"))
            ],
            "fields": [
                *({"name": name, "type": "string", "constraints": {"required": name == "regel"}}
                  for name in ("regel", "raum_id", "merkmal")),
                {"name": "stichtag", "type": "date", "format": "any"},
                {"name": "wert", "type": "number"},
                *({"name": name, "type": "string", "constraints": {"required": True}} for name in ("grund", "kuerzel")),
            ],
        },
    },
    definitions.ENTRY,
    intakelog.ENTRY,
)  # fmt: skip
"""What lies beside the declared tables without being declared is read like this."""


def load(folder: Path, year: int | None = None) -> Tables:
    """Read and check a data folder as a report of a ``year`` takes it (without one: with its newest values).

    Raises ``InputError`` with every fault found.
    """
    from sozialbericht.data.polygons import geometry

    folder = Path(folder)
    findings = Findings(folder)
    with doing(f"beim Lesen von {findings.place(descriptor.NAME)}"):
        contract = descriptor.read(folder, findings)
    if contract is None:
        raise InputError(findings.faults())
    with doing(f"beim Lesen von {findings.place(settings.NAME)}"):
        chosen = settings.with_earlier(settings.read(folder, findings), contract, findings)
    for key in levels.unnamed(descriptor.levels(contract), chosen.ebenen):
        findings.add(
            "Ebene ohne Worte", settings.NAME, f"Für die Ebene „{key}“ ist nicht gesagt, wie sie heißt.",
            f"Ergänzen Sie unter „ebenen:“: {key}: {{einzahl: …, mehrzahl: …, geschlecht: m, f oder n}}.",
        )  # fmt: skip
    tables: dict[str, pd.DataFrame] = {}
    years: list[int] = []
    polygons = None
    contract = {**contract, "resources": _entries(folder, contract)}
    for entry in contract["resources"]:
        if "jahresdateien" in entry:
            paths = _year_files(folder, entry, findings)
            tables[entry["name"]] = _table(folder, entry, [paths[year] for year in sorted(paths)], findings)
            years = sorted(paths) if entry["name"] == "werte" else years
        elif "schema" in entry:
            path = files.locate(folder, entry["path"], (".csv", ".xlsx"), findings)
            tables[entry["name"]] = _table(folder, entry, [path] if path else [], findings)
        else:
            with doing(f"beim Lesen von {findings.place(entry['path'])}"):
                polygons = geometry.read(folder, entry, findings, chosen.koordinatensystem)
    resolved = revisions.resolve(tables.pop("werte"), tables.pop("brueche"), year)
    given = deliveredshares.counted(resolved.values, _indexed(tables.pop("merkmale"), "merkmal"), findings)
    result = Tables(
        folder=folder,
        descriptor=contract,
        areas=_indexed(tables.pop("raeume"), "raum_id"),
        features=given.features,
        indicators=_indexed(tables.pop("indikatoren"), "indikator"),
        values=given.values,
        breaks=resolved.breaks,
        geometry=polygons,
        years=years,
        status_text="" if contract["status"] == "amtlich" else contract["statustext"],
        others=tables,
        settings=chosen,
        revised=resolved.revised,
        versions=resolved.versions,
    )
    with doing(f"beim Prüfen der Tabellen in {findings.place('')}"):
        checks.check(result, findings)
    if len(findings):
        raise InputError(findings.faults())
    return _finished(result)


def _in_order(indicators: pd.DataFrame, dimensions: tuple[str, ...]) -> pd.DataFrame:
    """The catalogue by the order of its ``dimensions``; those that are not named keep theirs, behind."""
    if not dimensions:
        return indicators
    rank = {name: place for place, name in enumerate(dimensions)}
    return indicators.sort_values(
        "dimension", kind="stable", key=lambda column: column.map(rank).astype(float).fillna(len(rank))
    )


def _finished(tables: Tables) -> Tables:
    """The checked tables as the report uses them: label points added, places of origin dropped."""
    from sozialbericht.data.polygons import geometry

    places = ["datei", "zeile"]
    polygons = tables.geometry
    return replace(
        tables,
        areas=tables.areas.drop(columns=places),
        features=tables.features.drop(columns=places),
        indicators=_in_order(_typed(partitions.simplified(tables)).drop(columns=places), tables.settings.dimensionen),
        breaks=tables.breaks.drop(columns=places),
        others={name: table.drop(columns=places) for name, table in tables.others.items()},
        geometry=None if polygons is None else geometry.labelled(polygons, tables.areas),
    )


def _typed(indicators: pd.DataFrame) -> pd.DataFrame:
    """The catalogue with the signs of the typology, which it need not have."""
    return indicators if "typ_vorzeichen" in indicators else indicators.assign(typ_vorzeichen=float("nan"))


def _indexed(table: pd.DataFrame, key: str) -> pd.DataFrame:
    return table[(table[key] != "") & ~table[key].duplicated()].set_index(key)


def _entries(folder: Path, contract: dict[str, Any]) -> list[dict[str, Any]]:
    """The declared tables and geometry without those that may be absent and are; undeclared ones that are there."""
    declared = {entry["name"] for entry in contract["resources"]}
    entries: list[dict[str, Any]] = [e for e in contract["resources"] if not _absent(folder, e)]
    entries += [e for e in UNDECLARED if e["name"] not in declared and (folder / e["path"]).is_file()]
    if showncells.NAME not in declared and any((folder / showncells.NAME).glob("[!.]*")):
        entries.append(showncells.ENTRY)
    return entries


def _absent(folder: Path, entry: dict[str, Any]) -> bool:
    """Whether a table that the contract calls dispensable (``entbehrlich``) is not in the folder."""
    if not entry.get("entbehrlich"):
        return False
    return not any((folder / entry["path"]).with_suffix(ending).is_file() for ending in (".csv", ".xlsx"))


def _table(folder: Path, entry: dict[str, Any], paths: list[Path], findings: Findings) -> pd.DataFrame:
    """One table from its files; without rows (and noted as broken) if none of them can be read."""
    parts = []
    for path in paths:
        file = path.relative_to(folder).as_posix()
        with doing(f"beim Lesen von {findings.place(file)}"):
            part = read_table(Source(path, file, entry, findings))
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
    names = valueyears.names(pattern)
    found: dict[int, Path] = {}
    parent = folder / pattern.parent
    present = sorted(parent.iterdir()) if parent.is_dir() else []
    for path in present:
        ending = path.suffix.lower()
        if not path.is_file() or path.name.startswith(("~$", ".")) or ending not in _TABLE_ENDINGS:
            continue
        file = path.relative_to(folder).as_posix()
        name = names.fullmatch(path.stem)
        if name is None or ending not in valueyears.ENDINGS:
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
        elif files.inside(path, folder, file, findings):
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
