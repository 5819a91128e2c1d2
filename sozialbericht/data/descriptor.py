"""Descriptor: ``datapackage.json``, the one place where the data contract is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sozialbericht.data.columns import STATUS, TYPES, labels
from sozialbericht.data.files import read_json
from sozialbericht.data.findings import Findings, quoted, similar

NAME = "datapackage.json"

USED = {
    "raeume": "raum_id nummer name kurzname ebene teil_von breite laenge gueltig_von gueltig_bis",
    "merkmale": "merkmal bezeichnung einheit zeitbezug sensibel teil_von quelle",
    "indikatoren": "indikator dimension bezeichnung kurzname art zaehler nenner faktor einheit bezug "
    "nachkommastellen richtung bezug_monat verzug_jahre nenner_stand basisjahr klassengrenzen "
    "definition quelle",
    "werte": "raum_id merkmal stichtag wert",
    "brueche": "merkmal ab grund",
}
"""The tables that no data folder can do without, and the columns that the package itself reads."""


def read(folder: Path, findings: Findings) -> dict[str, Any] | None:
    """The contract of a data folder; None if the folder or the contract itself is not in order."""
    if not folder.is_dir():
        findings.add("Ordner fehlt", "", "Den Datenordner gibt es nicht.", "Prüfen Sie den Pfad zum Datenordner.")
        return None
    content = read_json(folder / NAME, NAME, findings)
    if content is None:
        return None
    for what, remedy in _faults(content):
        findings.add("Vertrag", NAME, what, remedy)
    return None if len(findings) else content


def resource(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    """The description of one table or geometry; raises ``KeyError`` if it is not declared."""
    for entry in descriptor["resources"]:
        if entry["name"] == name:
            return dict(entry)
    raise KeyError(name)


def levels(descriptor: dict[str, Any]) -> list[str]:
    """The levels of areas from the city down to the smallest areas."""
    fields = {field["name"]: field for field in resource(descriptor, "raeume")["schema"]["fields"]}
    return list(fields["ebene"]["constraints"]["enum"])


def _faults(content: Any) -> Iterator[tuple[str, str]]:
    """What keeps the descriptor from being a contract: fault and remedy."""
    entries = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(isinstance(e, dict) and e.get("name") for e in entries):
        yield "„resources“ fehlt oder enthält Einträge ohne „name“.", "Stellen Sie die Liste wieder her."
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
    for name in USED:
        if name not in by_name:
            yield f"Die Tabelle {quoted(name)} ist nicht beschrieben.", similar(name, by_name)
    for name, entry in by_name.items():
        path = entry.get("path")
        if "jahresdateien" in entry:
            if "{jahr}" not in str(entry["jahresdateien"]):
                yield f"Bei {quoted(name)} fehlt {{jahr}} in „jahresdateien“.", "Üblich ist werte/{jahr}.csv."
        elif not isinstance(path, str) or not path:
            yield (
                f"Bei {quoted(name)} fehlt „path“ oder nennt nicht genau eine Datei.",
                "Nennen Sie die Datei.",
            )
        if "schema" in entry or name in USED:
            yield from _schema_faults(name, entry.get("schema"))


def _schema_faults(name: str, schema: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the description of one table."""
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not all(isinstance(f, dict) and f.get("name") for f in fields):
        yield (
            f"Bei {quoted(name)} fehlen die Spalten („fields“).",
            "Beschreiben Sie jede mit „name“ und „type“.",
        )
        return
    for entry in fields:
        where = f"{quoted(name)}, Spalte {quoted(entry['name'])}"
        kind = entry.get("type", "string")
        if kind not in TYPES:
            yield f"{where}: Der Typ {quoted(kind)} ist unbekannt.", similar(kind, TYPES)
        for label in labels(entry).values():
            if label and label not in STATUS:
                what = f"{where}: Die Bedeutung {quoted(label)} eines Zeichens ist unbekannt."
                yield what, similar(label, STATUS)
        if name == "raeume" and entry["name"] == "ebene" and not entry.get("constraints", {}).get("enum"):
            yield (
                f"{where}: Die Ebenen („enum“) fehlen.",
                "Nennen Sie sie von der Stadt bis zum kleinsten Gebiet.",
            )
    present = [entry["name"] for entry in fields]
    for column in USED.get(name, "").split():
        if column not in present:
            yield f"Bei {quoted(name)} fehlt die Spalte {quoted(column)}.", similar(column, present)
