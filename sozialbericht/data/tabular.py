"""Tables as text: CSV in the declared dialect or Excel, with the line numbers an editor shows."""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Source:
    """A file that holds (a part of) a declared table; ``file`` is its name in messages."""

    path: Path
    file: str
    resource: dict[str, Any]
    findings: Findings

    @property
    def delimiter(self) -> str:
        """The declared sign between two cells."""
        return str(self.resource.get("dialect", {}).get("delimiter", ";"))

    def fault(self, kind: str, what: str, remedy: str, row: int | None = None, column: str = "") -> None:
        """Note a fault of this file."""
        self.findings.add(kind, self.file, what, remedy, row=row, column=column)


def read_table(source: Source) -> pd.DataFrame | None:
    """One file as text: the contract's columns, then ``datei`` and ``zeile``; None if it cannot be read.

    Rows with too many or too few cells are faults and left out (the table counts as broken).
    """
    content = read_bytes(source.path, source.file, source.findings)
    if content is None:
        return None
    rows = _excel(content, source) if source.path.suffix.lower() == ".xlsx" else _csv(content, source)
    if rows is None:
        return None
    if not rows:
        source.fault("Datei leer", "Die Datei ist leer.", "Speichern Sie die Tabelle neu.")
        return None
    (line, cells), body = rows[0], rows[1:]
    head = [cell.strip() for cell in cells]
    if _wrong_delimiter(head, line, source) or not _header_fits(head, line, source):
        return None
    if not body and source.resource["name"] not in MAY_BE_EMPTY:
        source.fault("Tabelle leer", "Unter der Kopfzeile steht keine Zeile.", "Tragen Sie die Daten ein.")
        return None
    good = [(line, cells) for line, cells in body if len(cells) == len(head)]
    if len(good) < len(body):
        _ragged(body, len(head), source)
    frame = pd.DataFrame([cells for _, cells in good], columns=head, dtype=object)
    frame = frame[[field["name"] for field in source.resource["schema"]["fields"]]].copy()
    frame["datei"] = source.file
    frame["zeile"] = [line for line, _ in good]
    return frame


def _ragged(body: Rows, width: int, source: Source) -> None:
    """Note the lines with too many or too few cells."""
    source.findings.broken.update({source.file, source.resource["name"]})
    for line, cells in body:
        if len(cells) != width:
            shown = quoted(source.delimiter.join(cells)[:80])
            source.fault(
                "falsche Zahl von Feldern",
                f"Die Zeile hat {len(cells)} Felder, erwartet werden {width}: {shown}.",
                f"Prüfen Sie die Trennzeichen; Text, der {quoted(source.delimiter)} enthält, gehört in "
                "Anführungszeichen.",
                line,
            )


def _wrong_delimiter(head: list[str], line: int, source: Source) -> bool:
    """Whether the header is cut into its columns by another sign than the declared one; notes it."""
    names = {field["name"] for field in source.resource["schema"]["fields"]}
    for sign, title in _DELIMITERS.items():
        if len(head) == 1 and len(names & set(head[0].split(sign))) > 1:
            source.fault(
                "falsches Trennzeichen",
                f"Die Spalten sind durch {title} getrennt, vereinbart ist {quoted(source.delimiter)}.",
                "Speichern Sie die Datei mit dem vereinbarten Trennzeichen (deutsches Excel: „CSV UTF-8“) "
                "oder vereinbaren Sie „delimiter“ in datapackage.json.",
                line,
            )
            return True
    return False


def _header_fits(head: list[str], line: int, source: Source) -> bool:
    """Whether the header has exactly the contract's columns, in any order; notes what is wrong."""
    before = len(source.findings)
    names = [field["name"] for field in source.resource["schema"]["fields"]]
    missing = [name for name in names if name not in head]
    unknown = [name for name in dict.fromkeys(head) if name not in names]
    for name in missing:
        what = f"Die Spalte fehlt; gefunden wurden: {listed(head, 25)}."
        remedy = similar(name, unknown) if unknown else ""
        source.fault("Spalte fehlt", what, remedy or "Ergänzen Sie die Spalte.", line, name)
    for name in unknown:
        what = "Diese Spalte ist nicht vorgesehen." if name else "Eine Spalte hat keine Überschrift."
        remedy = similar(name, missing) if missing else ""
        remedy = remedy or "Löschen Sie die Spalte oder beschreiben Sie sie in datapackage.json."
        source.fault("unbekannte Spalte", what, remedy, line, name)
    for name in names:
        if head.count(name) > 1:
            what = f"Die Spalte kommt {head.count(name)}-mal vor."
            source.fault("Spalte doppelt", what, "Lassen Sie nur eine stehen.", line, name)
    return len(source.findings) == before


def _csv(content: bytes, source: Source) -> Rows | None:
    """The lines of a CSV file in the declared dialect."""
    if content.startswith(b"PK\x03\x04"):
        source.fault("kein CSV", "Die Datei ist eine Excel-Mappe, heißt aber .csv.", SAVE_CSV)
        return None
    text = decode(content, source.resource.get("encoding", "utf-8"), source.file, source.findings)
    if text is None:
        return None
    quote = source.resource.get("dialect", {}).get("quoteChar", '"')
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=source.delimiter, quotechar=quote, strict=True)
    rows: Rows = []
    line = 1
    try:
        for cells in reader:
            if any(cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        source.fault(
            "Anführungszeichen",
            "Ein Anführungszeichen wird geöffnet, aber nicht richtig geschlossen.",
            "Schließen Sie es; ein Anführungszeichen im Text wird verdoppelt.",
            line,
        )
        return None
    return rows


def _excel(content: bytes, source: Source) -> Rows | None:
    """The lines of the first sheet of an Excel file, each cell as a German CSV would write it."""
    try:
        openpyxl = importlib.import_module("openpyxl")
    except ImportError:
        source.fault("Excel", "Zum Lesen von Excel-Dateien fehlt das Paket openpyxl.", SAVE_CSV)
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return list(_sheet(book.worksheets[0].iter_rows(values_only=True)))
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError):
        source.fault("Excel", "Die Datei ist keine lesbare Excel-Mappe (.xlsx).", "Speichern Sie sie neu.")
        return None


def _sheet(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not empty, cut to the width of the header where nothing stands beyond it."""
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
