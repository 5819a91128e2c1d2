"""Export book: the workbook (XLSX) of a report's values – a cover sheet, a sheet for each dimension, notes.

Its parts depend on its content alone: dates in its properties are the report's.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from sozialbericht.export import fielddictionary
from sozialbericht.export.opendata import PRINTED, OpenData
from sozialbericht.export.tidytable import defused

_HEADING = {
    "raum": ("Gebiet", 30), "ebene": ("Ebene", 13), "raum_id": ("raum_id", 20), "bezeichnung": ("Indikator", 44),
    "indikator": ("indikator", 18), "wert": ("Wert", 10), "einheit": ("Einheit", 13), "status": ("Status", 14),
    "zaehler": ("Zähler", 11), "nenner": ("Nenner", 11), "unten": ("von (95 %)", 11), "oben": ("bis (95 %)", 11),
    "stand_zaehler": ("Stand", 12), "datenart": ("Datenart", 13),
}  # fmt: skip
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FACTS, _MODIFIED = "docProps/core.xml", re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_FONT = "Calibri"
_BOLD, _FILL = Font(name=_FONT, bold=True), PatternFill("solid", fgColor="E9EDF2")


def parts(data: OpenData, mark: str) -> dict[str, bytes]:
    """The parts of the workbook's archive by name; ``mark`` stands in place of the Kennung."""
    book = Workbook(write_only=True)
    facts = book.properties
    facts.title, facts.creator, facts.subject = data.title, data.publisher, data.kind
    facts.created = facts.modified = data.moment.replace(tzinfo=None)
    _cover(book, data, mark)
    now = data.values[data.values["jahr"] == data.year]
    for name in dict.fromkeys(now["dimension"].tolist()):
        footer = data.tables.status_text, mark
        _dimension(book, str(name), now[now["dimension"] == name], footer)
    _words(book)
    written = io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as archive:
        found = {part: archive.read(part) for part in archive.namelist()}
    when = f"{data.moment:%Y-%m-%dT%H:%M:%SZ}".encode()  # openpyxl puts the current time there
    found[_FACTS] = _MODIFIED.sub(rb"\g<1>" + when, found[_FACTS])
    return found


def _sheet(book: Workbook, title: str) -> Any:
    """A new sheet that is printed across, as wide as a page."""
    sheet = book.create_sheet(title)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    return sheet


def _cover(book: Workbook, data: OpenData, mark: str) -> None:
    sheet = _sheet(book, "Deckblatt")
    sheet.row_dimensions[1].height = 26
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 90
    told = data.tables.status_text
    sheet.append([_styled(sheet, data.title, Font(name=_FONT, bold=True, size=13))])
    if told:
        sheet.append([_styled(sheet, told, Font(name=_FONT, bold=True, size=12, color="B00020"))])
    sheet.append([])
    notes = [
        ("Berichtsjahr", str(data.year)), ("Kennung der Fassung", mark), ("Datenart", data.kind),
        ("Herausgeber", data.tables.settings.herausgeber), ("Kontakt", data.tables.settings.kontakt),
        ("Blätter", "Je Dimension eines, mit den Werten des Berichtsjahres; alle Jahre stehen in werte.csv."),
        ("Zahlen", "Gerundet wie im Bericht. Die Spalten Zähler und Nenner sind die Zahlen, aus denen der Wert folgt."),
        ("Geheimhaltung", "Was der Bericht nicht zeigt, steht auch hier nicht; die Spalte Status sagt, warum."),
    ]  # fmt: skip
    for name, words in notes:
        if words:
            sheet.append([_styled(sheet, name, _BOLD), _styled(sheet, words, wrap=True)])


def _dimension(book: Workbook, name: str, rows: pd.DataFrame, footer: tuple[str, str]) -> None:
    """A row for each indicator and area, with filters, the heading and the name of the area in sight."""
    sheet = _sheet(book, _FORBIDDEN.sub(" ", name)[:31])
    sheet.print_title_rows = "1:1"
    sheet.freeze_panes = "B2"
    for place, (_, width) in enumerate(_HEADING.values(), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_HEADING))}{len(rows) + 1}"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = footer
    sheet.append([_styled(sheet, title, _BOLD, fill=True) for title, _ in _HEADING.values()])
    columns = [rows[column].tolist() for column in _HEADING]
    formats = ["0" if places == 0 else f"0.{'0' * places}" for places in rows["nachkommastellen"].tolist()]
    for number_format, *cells in zip(formats, *columns, strict=True):
        sheet.append([
            _cell(sheet, column, value, number_format) for column, value in zip(_HEADING, cells, strict=True)
        ])  # fmt: skip


def _cell(sheet: object, column: str, value: Any, number_format: str) -> object:
    """A number with its format, a day as a day, all else as text; nothing where there is nothing."""
    if pd.isna(value) or value == "":
        return None
    if column in (*PRINTED, "zaehler", "nenner"):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = number_format if column in PRINTED else "#,##0" if value == int(value) else "#,##0.00"
        return cell
    if isinstance(value, dt.datetime):
        cell = WriteOnlyCell(sheet, value.date())
        cell.number_format = "dd.mm.yyyy"
        return cell
    return _text(value)


def _words(book: Workbook) -> None:
    sheet = _sheet(book, "Wörterbuch")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCD", (24, 18, 12, 100), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_styled(sheet, field.name, _BOLD, fill=True) for field in fielddictionary.WORDS])
    for row in fielddictionary.rows():
        sheet.append([_text(words) for words in row])


def _text(words: object) -> str:
    return defused(str(words))


def _styled(sheet: object, words: str, font: Font | None = None, *, fill: bool = False, wrap: bool = False) -> object:
    cell = WriteOnlyCell(sheet, _text(words))
    if font:
        cell.font = font
    if fill:
        cell.fill = _FILL
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
