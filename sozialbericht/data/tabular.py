"""Tables as text: CSV in the declared dialect or Excel, with the line numbers an editor shows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from sozialbericht.data.files import SAVE_CSV, decode, read_bytes
from sozialbericht.data.findings import Findings, listed, quoted, similar
from sozialbericht.data.parsing import german

Rows = list[tuple[int, list[str]]]
"""Line number and cells of each line that is not empty."""

MAY_BE_EMPTY = ("brueche", "massnahmen", "nachbarn")
"""Tables that are in order without a single row."""

_DELIMITERS = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "senkrechter Strich"}


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
            f"{SAVE_CSV} Oder .xlsx nennen.",
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
        findings.add("Excel", file, "Zum Lesen von Excel-Dateien fehlt das Paket openpyxl.", SAVE_CSV)
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
