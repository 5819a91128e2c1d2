"""Workbooks: the table in an Excel file, each cell as a German CSV would write it, or why it cannot be read."""

from __future__ import annotations

import datetime as dt
import importlib
import io
import math
import re
import warnings
import zipfile
from typing import Any

from sozialbericht.data.faultlist import listed, quoted
from sozialbericht.data.reading import headings, kinds
from sozialbericht.data.reading.encodings import SAVE_CSV
from sozialbericht.data.reading.numberformats import falsified
from sozialbericht.data.reading.packedparts import SAVE_WORKBOOK, Refused, check
from sozialbericht.data.reading.parsing import german
from sozialbericht.data.reading.sheetoutline import Outline, SheetError, marked_strings, outline
from sozialbericht.data.reading.tablefile import Rows, Source

_KIND = "Excel"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(content: bytes, source: Source) -> Rows | None:
    """The lines of the table in a workbook; None and a fault where they cannot be read in full."""
    try:
        openpyxl = importlib.import_module("openpyxl")
    except ImportError:
        source.fault(_KIND, "Zum Lesen von Excel-Dateien fehlt das Paket openpyxl.", SAVE_CSV)
        return None
    try:
        found = kinds.kind(content)
        if found != kinds.WORKBOOK:
            raise Refused(f"Die Datei ist keine lesbare Excel-Mappe (.xlsx), sondern {found or 'Text'}.", SAVE_WORKBOOK)
        check(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _table(openpyxl, content, source)
    except Refused as refused:
        source.fault(_KIND, refused.what, refused.remedy, refused.row, refused.column)
    except SheetError as error:
        source.fault(_KIND, f"Die Datei ist keine lesbare Excel-Mappe (.xlsx): {error}.", SAVE_WORKBOOK)
    except Exception as error:  # openpyxl raises whatever a broken part makes fail
        what = (
            "Die Datei ist keine lesbare Excel-Mappe (.xlsx); ein Teil von ihr ist beschädigt "
            f"({type(error).__name__})."
        )
        source.fault(_KIND, what, SAVE_WORKBOOK)
    return None


def _table(openpyxl: Any, content: bytes, source: Source) -> Rows | None:
    """The lines of the first sheet, after every sheet has been looked at."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    if not book.worksheets:
        raise Refused("Die Excel-Mappe enthält kein Tabellenblatt.", "Legen Sie die Tabelle auf das erste Blatt.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        strings = next((n for n in archive.namelist() if n.lower().endswith("sharedstrings.xml")), "")
        marked = frozenset[int]()
        if strings:
            with archive.open(strings) as xml:
                marked = marked_strings(xml)
        outlines = []
        for sheet in book.worksheets:
            with archive.open(sheet._worksheet_path) as xml:
                outlines.append(outline(xml, marked))
    sheet, filled = _chosen(list(zip(book.worksheets, outlines, strict=True)), source)
    if filled.empty:
        return []
    _check_sheet(sheet.title, filled)
    return _rows(sheet, filled, source)


def _chosen(sheets: list[tuple[Any, Outline]], source: Source) -> tuple[Any, Outline]:
    """The first sheet; refused where it is hidden or another one could be meant."""
    filled = [(sheet, out) for sheet, out in sheets if not out.empty]
    for sheet, _ in filled:
        if sheet.sheet_state != "visible":
            what = f"Das Blatt {quoted(sheet.title)} ist ausgeblendet, enthält aber Daten."
            remedy = (
                "Blenden Sie es ein (Rechtsklick auf ein Blatt → Einblenden) und löschen Sie es, wenn es nicht gilt."
            )
            raise Refused(what, remedy)
    if not filled:
        return sheets[0]
    tables = [sheet for sheet, out in filled if _holds_table(sheet, out, source)]
    first = filled[0][0]
    others = [sheet.title for sheet in tables if sheet is not first]
    if others and first in tables:
        what = (
            f"Die Mappe enthält mehrere Blätter mit Daten: {listed(s.title for s in tables)}; gelesen wird nur ein "
            "Blatt."
        )
        raise Refused(what, f"Lassen Sie nur das gültige Blatt stehen, wohl {quoted(first.title)}.")
    if others:
        what = (
            f"Das erste Blatt {quoted(first.title)} enthält die Tabelle nicht, wohl aber {listed(map(quoted, others))}."
        )
        raise Refused(
            what, "Stellen Sie das Blatt mit der Tabelle an die erste Stelle und löschen Sie andere Tabellen."
        )
    return filled[0]


def _holds_table(sheet: Any, filled: Outline, source: Source) -> bool:
    """Whether a sheet has the head of the table or lines as wide as it."""
    width = len(source.names)
    sheet.reset_dimensions()
    broad = 0
    for cells in sheet.iter_rows(
        max_row=min(filled.last_row, 40), max_col=min(filled.last_column, 100), values_only=True
    ):
        texts = [str(cell) for cell in cells if cell is not None]
        if headings.is_head(texts, source.names):
            return True
        broad += len(texts) >= max(2, math.ceil(0.75 * width))
    return broad > 1


def _check_sheet(title: str, filled: Outline) -> None:
    """Refuse what makes a reader see something else than the file holds."""
    where = f"auf dem Blatt {quoted(title)}"
    if filled.hidden_rows:
        how = "Durch einen Filter ausgeblendete" if filled.filtered else "Ausgeblendete"
        what = f"{how} Zeilen {where} enthalten Daten: {listed(filled.hidden_rows)}."
        remedy = "Blenden Sie die Zeilen ein (Filter löschen) und löschen Sie sie, wenn sie nicht gelten."
        raise Refused(what, remedy, filled.hidden_rows[0])
    if filled.hidden_columns:
        columns = listed(map(letter, filled.hidden_columns))
        what = f"Ausgeblendete Spalten {where} enthalten Daten: {columns}."
        raise Refused(what, "Blenden Sie die Spalten ein und löschen Sie sie, wenn sie nicht gelten.")
    for merged in filled.merged:
        found = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?", merged)
        if found is None or int(found[2]) <= filled.last_row:
            row = int(found[2]) if found else None
            what = f"Die Zellen {merged} {where} sind verbunden."
            raise Refused(what, "Heben Sie die Verbindung auf; jede Zelle hat einen eigenen Wert.", row)
    for row, column in filled.uncomputed:
        what = f"Die Formel in Zelle {letter(column)}{row} hat kein Ergebnis; sie wurde nie berechnet."
        remedy = "Öffnen Sie die Datei in Excel, lassen Sie sie berechnen und speichern Sie sie."
        raise Refused(what, remedy, row, letter(column))
    for row, column in filled.marked:
        cell = f"{letter(column)}{row}"
        what = f"Die Zelle {cell} enthält hoch-, tiefgestellten oder durchgestrichenen Text, der mitgelesen würde."
        raise Refused(what, "Löschen Sie die Fußnotenzeichen und gestrichenen Text.", row, letter(column))


def _rows(sheet: Any, filled: Outline, source: Source) -> Rows | None:
    """The lines that are not empty, cut to the width of the header where nothing stands beyond it;
    None after a fault.
    """
    sheet.reset_dimensions()
    rows: Rows = []
    width, known = 0, len(source.findings)
    cells_of = sheet.iter_rows(max_row=filled.last_row, max_col=filled.last_column)
    for line, cells in enumerate(cells_of, start=1):
        texts = [_text(cell, line, at, source) for at, cell in enumerate(cells, start=1)]
        if not any(texts):
            continue
        width = width or max(at for at, text in enumerate(texts, start=1) if text)
        while len(texts) > width and not texts[-1]:
            texts.pop()
        rows.append((line, texts + [""] * (width - len(texts))))
    if len(source.findings) > known:
        return None
    if rows and max(line for line, _ in rows) != filled.last_row:
        raise SheetError("Zeilen am Ende der Tabelle lassen sich nicht lesen")
    return rows


def _text(cell: Any, line: int, column: int, source: Source) -> str:
    """A cell as text; what shows another number than it holds is noted."""
    value = cell.value
    if value is None:
        return ""
    where = f"{letter(column)}{line}"
    if cell.data_type == "e":
        remedy = "Berichtigen Sie die Formel oder tragen Sie den Wert ein."
        source.fault("Fehlerwert", f"Die Zelle {where} enthält den Fehlerwert {value}.", remedy, line, letter(column))
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dt.datetime):
        return value.isoformat()[:10] if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float):
        if how := falsified(cell.number_format or ""):
            what = f"Die Zelle {where} zeigt ihre Zahl {how}; gespeichert ist {_german(value)}."
            remedy = "Stellen Sie das Zellenformat auf „Standard“ und prüfen Sie, ob der Wert stimmt."
            source.fault("Zahlenformat", what, remedy, line, letter(column))
        return _german(value)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))


def _german(value: float) -> str:
    exact = abs(value) < 2**53 if isinstance(value, int) else math.isfinite(value)
    return german(value) if exact else str(value)


def letter(column: int) -> str:
    """The letters of a column, counted from 1.

    >>> letter(1), letter(28)
    ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
