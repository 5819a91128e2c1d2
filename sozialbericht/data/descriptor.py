"""Descriptor: ``datapackage.json``, the one place where the data contract is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sozialbericht.data import form
from sozialbericht.data.faultlist import Findings, quoted, similar
from sozialbericht.data.files import outside
from sozialbericht.data.reading.jsontext import read_json
from sozialbericht.status import Status

NAME = "datapackage.json"

STATUS = {
    "geheim": Status.WITHHELD,
    "unzuverlässig": Status.UNRELIABLE,
    "fehlt": Status.MISSING,
    "nicht sinnvoll": Status.NOT_MEANINGFUL,
    "nichts": Status.OK,
}
"""Label of a missing value in the contract -> status of the value („nichts“ is a true zero)."""

TYPES = ("string", "integer", "number", "date", "boolean")
"""The types of columns that the reader knows."""

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

_DISPENSABLE = {
    "zerlegungen": "zerlegung ganzes teil",
    "hinweise": "regel raum_id merkmal stichtag wert grund kuerzel",
    "protokoll": "eingang quelle werte stand",
}
"""The columns that the package reads of tables which may be absent."""

_ALLOWED = {
    "merkmale": "mindestzahl schutzbreite null_geheim anteil_an", "indikatoren": "mindestnenner", "werte": "fassung",
}  # fmt: skip
"""Columns that the package reads where there are any."""

KEYS = {
    "raeume": ["raum_id"],
    "merkmale": ["merkmal"],
    "indikatoren": ["indikator"],
    "werte": ["raum_id", "merkmal", "stichtag"],
}
"""The columns by which a row of these tables is known."""

_KINDS = {
    "integer": "nummer nachkommastellen bezug_monat verzug_jahre basisjahr mindestzahl mindestnenner fassung",
    "number": "breite laenge faktor wert schutzbreite",
    "date": "gueltig_von gueltig_bis stichtag ab",
    "boolean": "sensibel null_geheim",
}
_NUMERIC = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
_TEXTUAL = {"pattern", "minLength", "maxLength"}
_RESTORE = "Stellen Sie die Angabe wieder her; data/datapackage.json zeigt die Form."


def labels(field: dict[str, Any]) -> dict[str, str]:
    """The signs that stand for a missing value, each with its label ("" where it has none)."""
    entries = field.get("missingValues", [""])
    return {e["value"]: e.get("label", "") if isinstance(e, dict) else "" for e in map(_as_entry, entries)}


def _as_entry(entry: Any) -> dict[str, str]:
    return entry if isinstance(entry, dict) else {"value": str(entry)}


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
    if malformed := list(form.faults(content)):
        yield from malformed
        return
    status = content.get("status")
    if status not in ("amtlich", "modelldaten"):
        yield (
            f"„status“ ist {quoted(status)}, erwartet wird amtlich oder modelldaten.",
            "Ergänzen Sie „status“.",
        )
    if status == "modelldaten" and not content.get("statustext", "").strip():
        yield "„statustext“ fehlt.", "Ergänzen Sie etwa „Modelldaten – keine amtliche Statistik“."
    by_name = {entry["name"]: entry for entry in entries}
    for name in by_name:
        if [entry["name"] for entry in entries].count(name) > 1:
            yield f"{quoted(name)} ist mehrmals beschrieben.", "Lassen Sie nur eine Beschreibung stehen."
    for name in USED:
        if name not in by_name:
            yield f"Die Tabelle {quoted(name)} ist nicht beschrieben.", similar(name, by_name)
    if len(polygons := [name for name, entry in by_name.items() if "schema" not in entry and name not in USED]) > 1:
        what = f"Flächen sind mehrmals beschrieben: {', '.join(polygons)}."
        yield what, "Lassen Sie nur eine Beschreibung ohne „schema“ stehen."
    for name, entry in by_name.items():
        yield from _path_faults(name, entry)
        if "schema" in entry or name in USED:
            yield from _schema_faults(name, entry.get("schema"))
            yield from _key_faults(name, entry.get("schema"))


def _path_faults(name: str, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with the files of one table."""
    path = entry.get("path")
    paths = [path] if isinstance(path, str) else path or []
    pattern = entry.get("jahresdateien")
    if pattern is not None or name == "werte":
        if pattern is None or Path(pattern).stem.count("{jahr}") != 1 or pattern.count("{jahr}") != 1:
            yield f"Bei {quoted(name)} fehlt {{jahr}} in „jahresdateien“.", "Üblich ist werte/{jahr}.csv."
        if name != "werte":
            yield f"Bei {quoted(name)} ist „jahresdateien“ nicht vorgesehen.", "Nennen Sie die Datei unter „path“."
    elif not isinstance(path, str) or not path:
        yield (
            f"Bei {quoted(name)} fehlt „path“ oder nennt nicht genau eine Datei.",
            "Nennen Sie die Datei.",
        )
    for file in [*paths, *([pattern] if pattern else [])]:
        if outside(file):
            yield (
                f"Bei {quoted(name)} führt der Pfad {quoted(file[:80])} aus dem Datenordner hinaus.",
                "Legen Sie die Datei in den Datenordner und nennen Sie ihren Pfad von dort, mit / getrennt.",
            )
        elif not Path(file).name or len(file) > 200:
            yield f"Bei {quoted(name)} nennt {quoted(file[:80])} keine Datei.", "Nennen Sie die Datei."


def _schema_faults(name: str, schema: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the description of one table."""
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not fields or not all(field.get("name") for field in fields):
        yield (
            f"Bei {quoted(name)} fehlen die Spalten („fields“).",
            "Beschreiben Sie jede mit „name“ und „type“.",
        )
        return
    for entry in fields:
        where = f"{quoted(name)}, Spalte {quoted(entry['name'])}"
        yield from ((f"{where}: {what}", remedy) for what, remedy in _field_faults(name, entry))
    present = [entry["name"] for entry in fields]
    for column in dict.fromkeys(present):
        if present.count(column) > 1 or column in ("datei", "zeile"):
            yield f"Bei {quoted(name)} ist die Spalte {quoted(column)} doppelt oder so nicht vorgesehen.", _RESTORE
    for column in (USED | _DISPENSABLE).get(name, "").split():
        if column not in present:
            yield f"Bei {quoted(name)} fehlt die Spalte {quoted(column)}.", similar(column, present)


def _field_faults(table: str, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with the description of one column."""
    name, kind, rules = entry["name"], entry.get("type", "string"), entry.get("constraints", {})
    if kind not in TYPES:
        yield f"Der Typ {quoted(kind)} ist unbekannt.", similar(kind, TYPES)
        return
    if name in [*(USED | _DISPENSABLE).get(table, "").split(), *_ALLOWED.get(table, "").split()]:
        expected = next((kind for kind, names in _KINDS.items() if name in names.split()), "string")
        if kind != expected:
            yield f"Der Typ ist {quoted(kind)}, der Bericht braucht {quoted(expected)}.", f"Tragen Sie {expected} ein."
    for label in labels(entry).values():
        if label and label not in STATUS:
            yield f"Die Bedeutung {quoted(label)} eines Zeichens ist unbekannt.", similar(label, STATUS)
    unfit = (_NUMERIC if kind not in ("number", "integer") else set()) | (_TEXTUAL if kind != "string" else set())
    if kind in ("date", "boolean"):
        unfit.add("enum")
    for rule in [rule for rule in rules if rule in unfit]:
        yield f"Die Regel {quoted(rule)} passt nicht zum Typ {quoted(kind)}.", "Streichen Sie die Regel."
    texts = [isinstance(value, str) for value in rules.get("enum", [])]
    if texts and (not all(texts) if kind == "string" else any(texts)):
        yield f"Die erlaubten Werte („enum“) passen nicht zum Typ {quoted(kind)}.", _RESTORE
    if table == "raeume" and name == "ebene" and len(set(rules.get("enum", []))) < 2:
        yield "Die Ebenen („enum“) fehlen.", "Nennen Sie sie von der Stadt bis zum kleinsten Gebiet."


def _key_faults(name: str, schema: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the keys of one table."""
    present = [f.get("name") for f in schema.get("fields", [])] if isinstance(schema, dict) else []
    if not present:
        return
    key = schema.get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    if name in KEYS and [column for column in key if (name, column) != ("werte", "fassung")] != KEYS[name]:
        yield f"Bei {quoted(name)} ist der Schlüssel („primaryKey“) nicht {', '.join(KEYS[name])}.", _RESTORE
    elif not set(key) <= set(present):
        yield f"Bei {quoted(name)} nennt der Schlüssel („primaryKey“) eine Spalte, die es nicht gibt.", _RESTORE
    for reference in schema.get("foreignKeys", []):
        fields, target = reference["fields"], reference["reference"]
        fields = [fields] if isinstance(fields, str) else fields
        wanted, table = target.get("fields", []), target.get("resource") or name
        wanted = [wanted] if isinstance(wanted, str) else wanted
        if len(fields) != 1 or fields[0] not in present:
            what = f"Bei {quoted(name)} nennt ein Verweis („foreignKeys“) nicht genau eine Spalte der Tabelle."
            yield what, _RESTORE
        elif table not in KEYS or wanted != KEYS[table]:
            what = f"Bei {quoted(name)} verweist die Spalte {quoted(fields[0])} nicht auf den Schlüssel einer Tabelle."
            yield what, "Möglich sind raum_id in raeume, merkmal in merkmale, indikator in indikatoren."
