"""Sheets: workbooks as lists of rows, and their files, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

_THEN = dt.datetime(2009, 3, 2, 9, 0)
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


class Percent(float):
    """A share that its cell shows in per cent."""


class Month(dt.date):
    """A day of which its cell shows month and year."""


@dataclass
class Sheet:
    """A sheet: rows of values (None, text, number, date, "=…"), merged ranges, what is hidden (counted from 1)."""

    name: str
    rows: list[list[Any]]
    merged: list[str] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


@dataclass
class Book:
    """A workbook; ``mac`` counts its days from 1904, ``macro`` says it may hold macros."""

    sheets: list[Sheet]
    mac: bool = False
    macro: bool = False

    def grid(self) -> dict[str, list[list[Any]]]:
        """What the cells hold, by sheet, in one notation for all formats."""
        return {sheet.name: trimmed(sheet.rows) for sheet in self.sheets}

    def layout(self) -> dict[str, list[Any]]:
        """What is hidden and what is merged, by sheet."""
        return {s.name: [s.hidden, s.hidden_rows, s.hidden_columns, sorted(s.merged)] for s in self.sheets}


def trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """Rows without empty ends; days as texts, numbers as floats, empty cells as ""."""
    plain = [[_plain(cell) for cell in row] for row in rows]
    for row in plain:
        while row and row[-1] == "":
            row.pop()
    while plain and not plain[-1]:
        plain.pop()
    return plain


def _plain(cell: Any) -> Any:
    if isinstance(cell, dt.date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, int | float):
        return round(float(cell), 10)
    return "" if cell is None else cell


def xlsx(book: Book) -> bytes:
    """The workbook as Excel's file."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    if book.mac:
        made.epoch = CALENDAR_MAC_1904
    for sheet in book.sheets:
        _fill(made.create_sheet(sheet.name), sheet)
    made.active = next(i for i, sheet in enumerate(book.sheets) if not sheet.hidden)
    made.properties.creator, made.properties.created = "Musteramt", _THEN
    file = io.BytesIO()
    made.save(file)
    return _settled(file.getvalue(), book.macro)


def _fill(target: Any, sheet: Sheet) -> None:
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row, 1):
            if value is None:
                continue
            cell = target.cell(number, column, value)
            if isinstance(value, dt.date):
                cell.number_format = "mmmm yyyy" if isinstance(value, Month) else "dd.mm.yyyy"
            elif isinstance(value, Percent):
                cell.number_format = "0.0%"
            elif isinstance(value, int) and value > 999:
                cell.number_format = "#,##0"
    for merged in sheet.merged:
        target.merge_cells(merged)
        target[merged.split(":")[0]].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    target["A1"].font = Font(bold=True)
    target.sheet_state = "hidden" if sheet.hidden else "visible"
    for number in sheet.hidden_rows:
        target.row_dimensions[number].hidden = True
    for column in sheet.hidden_columns:
        target.column_dimensions[get_column_letter(column)].hidden = True


def _settled(file: bytes, macro: bool) -> bytes:
    """The file with one time of making."""
    members = []
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2009-03-02T09:00:00Z", content)
            if name == "[Content_Types].xml" and macro:
                content = content.replace(_PLAIN.encode(), _MACRO.encode())
            members.append((name, content))
    return zipped(members)


def zipped(members: list[tuple[str, bytes]]) -> bytes:
    """Files in an archive, the same bytes each time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in members:
            info = zipfile.ZipInfo(name, _THEN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, content)
    return target.getvalue()
