"""Reading: what lies in a made workbook, in the notation of ``Book.grid`` and ``Book.layout``, to compare them."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import xlrd
from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string

from tests.deliveries.sheets import trimmed

_TABLE, _OFFICE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("table", "office"))
_MOST = 500
Found = tuple[dict[str, list[list[Any]]], dict[str, list[Any]]]


def workbook(file: Path) -> Found:
    """The cells of a workbook, and what is hidden and merged, by sheet."""
    return {".xls": _excel97, ".ods": _opendocument}.get(file.suffix, _excel)(file)


def _excel(file: Path) -> Found:
    cells, layout = {}, {}
    for sheet in openpyxl.load_workbook(file):
        values = [[_day(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        cells[sheet.title] = trimmed(values)
        rows = [number for number, told in sheet.row_dimensions.items() if told.hidden]
        columns = [column_index_from_string(name) for name, told in sheet.column_dimensions.items() if told.hidden]
        merged = sorted(map(str, sheet.merged_cells.ranges))
        layout[sheet.title] = [sheet.sheet_state != "visible", rows, columns, merged]
    return cells, layout


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, dt.datetime) else value


def _excel97(file: Path) -> Found:
    book = xlrd.open_workbook(file, formatting_info=True)

    def value(cell: Any) -> Any:
        if cell.ctype == xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, book.datemode).date()
        return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else cell.value

    cells, layout = {}, {}
    for sheet in book:
        cells[sheet.name] = trimmed([[value(cell) for cell in sheet.row(i)] for i in range(sheet.nrows)])
        rows = [number + 1 for number, told in sheet.rowinfo_map.items() if told.hidden]
        columns = [number + 1 for number, told in sheet.colinfo_map.items() if told.hidden]
        merged = [_range(row, column, end - 1, last - 1) for row, end, column, last in sheet.merged_cells]
        layout[sheet.name] = [sheet.visibility != 0, rows, columns, sorted(merged)]
    return cells, layout


def _range(row: int, column: int, last_row: int, last_column: int) -> str:
    """A range as Excel writes it, of numbers from 0."""
    return f"{get_column_letter(column + 1)}{row + 1}:{get_column_letter(last_column + 1)}{last_row + 1}"


def _opendocument(file: Path) -> Found:
    cells, layout = {}, {}
    with zipfile.ZipFile(file) as packed:
        content = etree.fromstring(packed.read("content.xml"))
    for sheet in content.iter(f"{_TABLE}table"):
        rows: list[list[Any]] = []
        hidden_rows: list[int] = []
        merged = []
        for row in sheet.iter(f"{_TABLE}table-row"):
            values: list[Any] = []
            for cell in row:
                wide, high = (int(cell.get(f"{_TABLE}number-{what}-spanned", 1)) for what in ("columns", "rows"))
                if wide * high > 1:
                    merged.append(_range(len(rows), len(values), len(rows) + high - 1, len(values) + wide - 1))
                values += [_value(cell)] * _times(cell, "columns")
            times = _times(row, "rows")
            if row.get(f"{_TABLE}visibility"):
                hidden_rows += range(len(rows) + 1, len(rows) + 1 + times)
            rows += [list(values) for _ in range(times)]
        columns = [
            column.get(f"{_TABLE}visibility") is not None
            for column in sheet.iter(f"{_TABLE}table-column")
            for _ in range(_times(column, "columns"))
        ]
        name = sheet.get(f"{_TABLE}name")
        cells[name] = trimmed(rows)
        layout[name] = [False, hidden_rows, [i for i, hidden in enumerate(columns, 1) if hidden], sorted(merged)]
    return cells, layout


def _times(part: Any, what: str) -> int:
    """How often a cell, row or column stands there; empty ones at the end may be thousands."""
    return min(int(part.get(f"{_TABLE}number-{what}-repeated", 1)), _MOST)


def _value(cell: Any) -> Any:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in ("float", "percentage"):
        return float(cell.get(f"{_OFFICE}value"))
    if kind == "date":
        return dt.date.fromisoformat(cell.get(f"{_OFFICE}date-value")[:10])
    return "".join(cell.itertext()) or None
