"""Text tables: CSV in the declared dialect, with the line numbers an editor shows."""

from __future__ import annotations

import csv
import io
import re

from sozialbericht.data.faultlist import quoted
from sozialbericht.data.reading.encodings import SAVE_CSV, decode
from sozialbericht.data.reading.kinds import WORKBOOK, kind
from sozialbericht.data.reading.tablefile import Rows, Source

_TRUNCATED = (65_536, 1_048_576)
_SEPARATOR_LINE = re.compile(r"(?i)\s*\"?sep=(.)\"?\s*")


def read(content: bytes, source: Source) -> Rows | None:
    """The lines of a CSV file; None and a fault where they cannot be read in full."""
    if found := kind(content):
        what = f"Die Datei ist {found}, heißt aber {source.path.suffix}."
        remedy = "Benennen Sie sie in .xlsx um oder speichern Sie sie als CSV UTF-8." if found == WORKBOOK else SAVE_CSV
        source.fault("kein CSV", what, remedy)
        return None
    text = decode(content, source.resource.get("encoding", "utf-8"), source.file, source.findings)
    if text is None:
        return None
    quote = source.resource.get("dialect", {}).get("quoteChar", '"')
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=source.delimiter, quotechar=quote, strict=True)
    rows: Rows = []
    line = 1
    try:
        for cells in reader:
            if any(cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        _unreadable(str(error), line, source)
        return None
    if line - 1 in _TRUNCATED:
        what = (
            f"Die Datei hat genau {line - 1} Zeilen, so viele wie Excel höchstens speichert; vermutlich ist sie "
            "abgeschnitten."
        )
        source.fault("abgeschnitten", what, "Holen Sie die vollständige Tabelle.", line - 1)
        return None
    return _without_separator_line(rows, source)


def _unreadable(english: str, line: int, source: Source) -> None:
    """Note why the csv module stops in a line."""
    if "limit" in english and source.path.stat().st_size < csv.field_size_limit():
        english = ""
    what = "Ein Anführungszeichen wird geöffnet, aber nicht richtig geschlossen."
    if "limit" in english:
        what = (
            f"Ein Feld hat mehr als {csv.field_size_limit()} Zeichen; vermutlich ist ein Anführungszeichen nicht "
            "geschlossen."
        )
    source.fault("Anführungszeichen", what, "Schließen Sie es; ein Anführungszeichen im Text wird verdoppelt.", line)


def _without_separator_line(rows: Rows, source: Source) -> Rows | None:
    """The lines without Excel's own first line ``sep=;``, which is no part of the table."""
    first = source.delimiter.join(rows[0][1]) if rows else ""
    if not (found := _SEPARATOR_LINE.fullmatch(first)):
        return rows
    if found[1] == source.delimiter:
        return rows[1:]
    source.fault(
        "falsches Trennzeichen",
        f"Die erste Zeile {quoted(first)} nennt Excel ein anderes Trennzeichen, vereinbart ist "
        f"{quoted(source.delimiter)}.",
        "Löschen Sie die Zeile und speichern Sie die Tabelle mit dem vereinbarten Trennzeichen.",
        rows[0][0],
    )
    return None
