"""Reading: the cells of a made workbook of LibreOffice, in the notation of ``Book.grid``, to compare them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import xlrd
from odf import opendocument, table, teletype

from tests.deliveries.sheets import trimmed

_MOST = 500


def grid(file: Path) -> dict[str, list[list[Any]]]:
    """What the cells of a workbook hold, by sheet."""
    return _excel97(file) if file.suffix == ".xls" else _opendocument(file)


def _excel97(file: Path) -> dict[str, list[list[Any]]]:
    book = xlrd.open_workbook(file)

    def cell(found: Any) -> Any:
        if found.ctype == xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(found.value, book.datemode).date()
        return found.value if found.ctype != xlrd.XL_CELL_EMPTY else None

    return {sheet.name: trimmed([[cell(c) for c in sheet.row(i)] for i in range(sheet.nrows)]) for sheet in book}


def _opendocument(file: Path) -> dict[str, list[list[Any]]]:
    found = {}
    for sheet in opendocument.load(file).spreadsheet.getElementsByType(table.Table):
        rows: list[list[Any]] = []
        for row in sheet.getElementsByType(table.TableRow):
            cells: list[Any] = []
            for cell in row.childNodes:
                cells += [_value(cell)] * min(int(cell.getAttribute("numbercolumnsrepeated") or 1), _MOST)
            rows += [list(cells) for _ in range(min(int(row.getAttribute("numberrowsrepeated") or 1), _MOST))]
        found[sheet.getAttribute("name")] = trimmed(rows)
    return found


def _value(cell: Any) -> Any:
    kind = cell.getAttribute("valuetype") if cell.qname[1] == "table-cell" else None
    if kind in ("float", "percentage"):
        return float(cell.getAttribute("value"))
    if kind == "date":
        return dt.date.fromisoformat(cell.getAttribute("datevalue")[:10])
    return teletype.extractText(cell) or None
