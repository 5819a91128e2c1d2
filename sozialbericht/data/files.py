"""Files: CSV, Excel and JSON read as text, with the line numbers an editor shows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from sozialbericht.data.findings import Findings, listed, quoted, similar
from sozialbericht.data.parsing import german

Rows = list[tuple[int, list[str]]]
"""Line number and cells of each line that is not empty."""

MAY_BE_EMPTY = ("brueche", "massnahmen", "nachbarn")
"""Tables that are in order without a single row."""

_SAVE_UTF8 = (
    "In Excel: Datei → Speichern unter → Dateityp „CSV UTF-8 (durch Trennzeichen getrennt)“; "
    "Umlaute danach prüfen."
)
_SAVE_CSV = "In Excel: Datei → Speichern unter → Dateityp „CSV UTF-8 (durch Trennzeichen getrennt)“."


def locate(folder: Path, declared: str, endings: tuple[str, ...], findings: Findings) -> Path | None:
    """The declared file, or the one beside it with another ending that can be read as well."""
    path = folder / declared
    found = [p for p in (path.with_suffix(e) for e in dict.fromkeys((path.suffix, *endings))) if p.is_file()]
    if not found:
        near = similar(path.name, [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else [])
        findings.add(
            "Datei fehlt", declared, "Die Datei fehlt.", near or "Legen Sie die Datei in den Datenordner."
        )
        return None
    if len(found) > 1:
        names = " und ".join(p.name for p in found)
        findings.add(
            "Datei doppelt",
            declared,
            f"Es liegen zwei Fassungen vor: {names}.",
            "Lassen Sie nur die gültige Fassung im Ordner.",
        )
        return None
    return found[0]


def read_bytes(path: Path, file: str, findings: Findings) -> bytes | None:
    """The content of a file, or None and a fault."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        findings.add("Datei fehlt", file, "Die Datei fehlt.", "Legen Sie die Datei in den Datenordner.")
    except OSError as error:
        findings.add(
            "Datei nicht lesbar",
            file,
            f"Die Datei lässt sich nicht lesen ({error.strerror}).",
            "Schließen Sie die Datei in anderen Programmen und prüfen Sie die Zugriffsrechte.",
        )
    else:
        if content.strip():
            return content
        findings.add(
            "Datei leer",
            file,
            "Die Datei ist leer.",
            "Speichern Sie die Tabelle neu oder löschen Sie die Datei.",
        )
    return None


def decode(content: bytes, encoding: str, file: str, findings: Findings) -> str | None:
    """The text of a file in the declared encoding, or None and a fault that names the likely one."""
    name = "utf-8-sig" if encoding.lower().replace("-", "") == "utf8" else encoding
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        findings.add(
            "falsche Kodierung",
            file,
            f"Die Datei ist in UTF-16 gespeichert, nicht in {encoding}.",
            _SAVE_UTF8,
        )
        return None
    try:
        text = content.decode(name)
    except LookupError:
        findings.add(
            "falsche Kodierung",
            "datapackage.json",
            f"Die Kodierung {quoted(encoding)} für {file} ist unbekannt.",
            "Üblich ist „utf-8“.",
        )
        return None
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        start = content.rfind(b"\n", 0, error.start) + 1
        line = content[start : content.find(b"\n", start) if b"\n" in content[start:] else None]
        guess = line.decode("cp1252", errors="replace").strip()
        findings.add(
            "falsche Kodierung",
            file,
            f"Die Datei ist nicht in {encoding.upper()} gespeichert, vermutlich in Windows-1252 (ANSI); "
            f"die Zeile hieße dann {quoted(guess[:80])}.",
            _SAVE_UTF8,
            row,
        )
        return None
    for sign in ("Ã¤", "Ã¶", "Ã¼", "ÃŸ", "\ufffd"):
        if sign in text:
            findings.add(
                "falsche Kodierung",
                file,
                f"Umlaute sind zerstört ({quoted(sign)}): Die Datei wurde einmal in falscher Kodierung gespeichert.",
                "Holen Sie die Fassung vor dem Fehler zurück und speichern Sie sie als CSV UTF-8.",
                text[: text.index(sign)].count("\n") + 1,
            )
            return None
    return text


def read_json(path: Path, file: str, findings: Findings) -> Any:
    """The content of a JSON file, or None and a fault with line and position."""
    content = read_bytes(path, file, findings)
    text = decode(content, "utf-8", file, findings) if content is not None else None
    if text is None:
        return None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        lines = text.splitlines() or [""]
        line = lines[min(error.lineno, len(lines)) - 1].strip()
        findings.add(
            "kaputtes JSON",
            file,
            f"Das JSON ist ungültig, an Position {error.colno} der Zeile: {error.msg} "
            f"(gefunden {quoted(line[:60])}).",
            "Häufig fehlt kurz davor ein Komma, ein Anführungszeichen oder eine Klammer.",
            error.lineno,
        )
    return None


def read_table(path: Path, file: str, resource: dict[str, Any], findings: Findings) -> pd.DataFrame | None:
    """One table as text: the contract's columns, then ``datei`` and ``zeile``; None if it cannot be read.

    Rows with too many or too few cells are faults and left out (the table counts as broken).
    """
    content = read_bytes(path, file, findings)
    if content is None:
        return None
    rows: Rows | None
    if path.suffix.lower() == ".xlsx":
        rows = _excel(content, file, findings)
    else:
        rows = _csv(content, file, resource, findings)
    if rows is None:
        return None
    if not rows:
        findings.add("Datei leer", file, "Die Datei ist leer.", "Speichern Sie die Tabelle neu.")
        return None
    (head_line, head), body = rows[0], rows[1:]
    names = [field["name"] for field in resource["schema"]["fields"]]
    if not _header_fits([cell.strip() for cell in head], names, head_line, file, resource, findings):
        return None
    if not body and resource["name"] not in MAY_BE_EMPTY:
        findings.add(
            "Tabelle leer", file, "Unter der Kopfzeile steht keine Zeile.", "Tragen Sie die Daten ein."
        )
        return None
    good = [(line, cells) for line, cells in body if len(cells) == len(head)]
    if len(good) < len(body):
        findings.broken.update({file, resource["name"]})
        for line, cells in body:
            if len(cells) != len(head):
                findings.add(
                    "falsche Zahl von Feldern",
                    file,
                    f"Die Zeile hat {len(cells)} Felder, erwartet werden {len(head)}: "
                    f"{quoted(_delimiter(resource).join(cells)[:80])}.",
                    "Prüfen Sie fehlende oder überzählige Trennzeichen; Text mit Trennzeichen gehört in Anführungszeichen.",
                    line,
                )
    frame = pd.DataFrame([cells for _, cells in good], columns=[cell.strip() for cell in head], dtype=object)
    frame = frame[names].copy()
    frame["datei"] = file
    frame["zeile"] = [line for line, _ in good]
    return frame


def _delimiter(resource: dict[str, Any]) -> str:
    return str(resource.get("dialect", {}).get("delimiter", ";"))


def _header_fits(
    head: list[str], names: list[str], line: int, file: str, resource: dict[str, Any], findings: Findings
) -> bool:
    """Whether the header has exactly the contract's columns, in any order; notes what it lacks."""
    before = len(findings)
    declared = _delimiter(resource)
    if len(head) == 1 and len(names) > 1:
        for other, title in (
            (";", "Semikolon"),
            (",", "Komma"),
            ("\t", "Tabulator"),
            ("|", "senkrechter Strich"),
        ):
            if other != declared and len(set(head[0].split(other)) & set(names)) > 1:
                findings.add(
                    "falsches Trennzeichen",
                    file,
                    f"Die Spalten sind durch {title} getrennt, vereinbart ist {quoted(declared)}.",
                    "Speichern Sie die Datei mit dem vereinbarten Trennzeichen (deutsches Excel: „CSV UTF-8“) "
                    "oder vereinbaren Sie „delimiter“ in datapackage.json.",
                    line,
                )
                return False
    missing = [name for name in names if name not in head]
    unknown = [name for name in dict.fromkeys(head) if name not in names]
    for name in missing:
        near = similar(name, unknown) if unknown else ""
        findings.add(
            "Spalte fehlt",
            file,
            f"Die Spalte fehlt; gefunden wurden: {listed(head, 12)}.",
            f"{near} Ergänzen Sie die Spalte {quoted(name)} (sie darf leer bleiben, wo der Vertrag es erlaubt).".strip(),
            line,
            name,
        )
    for name in unknown:
        findings.add(
            "unbekannte Spalte",
            file,
            "Die Spalte ist im Vertrag nicht vorgesehen." if name else "Eine Spalte hat keine Überschrift.",
            similar(name, missing) or "Löschen Sie die Spalte oder beschreiben Sie sie in datapackage.json.",
            line,
            name,
        )
    for name in sorted({name for name in head if name in names and head.count(name) > 1}):
        findings.add(
            "Spalte doppelt",
            file,
            f"Die Spalte kommt {head.count(name)}-mal vor.",
            "Lassen Sie nur eine stehen.",
            line,
            name,
        )
    return len(findings) == before


def _csv(content: bytes, file: str, resource: dict[str, Any], findings: Findings) -> Rows | None:
    """The lines of a CSV file in the declared dialect."""
    if content.startswith(b"PK\x03\x04"):
        findings.add(
            "kein CSV",
            file,
            "Die Datei ist eine Excel-Mappe, heißt aber .csv.",
            f"{_SAVE_CSV} Oder .xlsx nennen.",
        )
        return None
    text = decode(content, resource.get("encoding", "utf-8"), file, findings)
    if text is None:
        return None
    quote = resource.get("dialect", {}).get("quoteChar", '"')
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_delimiter(resource), quotechar=quote, strict=True
    )
    rows: Rows = []
    line = 1
    try:
        for cells in reader:
            if any(cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        findings.add(
            "Anführungszeichen",
            file,
            "Ein Anführungszeichen wird geöffnet, aber nicht richtig geschlossen.",
            "Schließen Sie es; ein Anführungszeichen im Text wird verdoppelt.",
            line,
        )
        return None
    return rows


def _excel(content: bytes, file: str, findings: Findings) -> Rows | None:
    """The lines of the first sheet of an Excel file, each cell as a German CSV would write it."""
    try:
        import openpyxl
    except ImportError:
        findings.add("Excel", file, "Zum Lesen von Excel-Dateien fehlt das Paket openpyxl.", _SAVE_CSV)
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            rows = list(_sheet(book.worksheets[0].iter_rows(values_only=True)))
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError):
        findings.add(
            "Excel", file, "Die Datei ist keine lesbare Excel-Mappe (.xlsx).", "Speichern Sie sie neu."
        )
        return None
    return rows


def _sheet(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, list[str]]]:
    width = 0
    for line, cells in enumerate(rows, start=1):
        texts = [_excel_cell(cell) for cell in cells]
        if not any(texts):
            continue
        if not width:
            width = max(i for i, text in enumerate(texts, start=1) if text)
        while len(texts) > width and not texts[-1]:
            texts.pop()
        yield line, texts + [""] * (width - len(texts))


def _excel_cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    if isinstance(cell, int | float):
        return german(cell)
    return str(cell)
