"""Old books: the grids of a workbook of Excel 97 and before (.xls)."""

from __future__ import annotations

import io
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError

from sozialbericht.data.reading.numberformats import falsified
from sozialbericht.data.reading.packedparts import SAVE_WORKBOOK, Refused
from sozialbericht.data.reading.workbooks import letter
from sozialbericht.delivery.sheets.cellmaking import (
    RAISED,
    CellMaker,
    Format,
    check_size,
    dates,
    text_cell,
    trimmed,
)
from sozialbericht.delivery.sheets.excelparts import said_of_formats
from sozialbericht.delivery.sheets.grid import EMPTY, Cell, Grid

_RAISED = 1  # the escapement of superscripts


def read(content: bytes, file: str) -> list[Grid]:
    """The sheets of a workbook; raises :class:`Refused`, and what a broken part makes xlrd fail."""
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO(), on_demand=True
        )
    except (xlrd.XLRDError, CompDocError) as error:
        if "encrypted" in str(error):
            raise Refused("Die Excel-Mappe ist verschlüsselt.", "Speichern Sie sie ohne Kennwort.") from error
        what = "Die Datei ist keine lesbare alte Excel-Mappe (.xls); sie ist beschädigt oder etwas anderes."
        raise Refused(what, SAVE_WORKBOOK) from error
    maker = CellMaker()
    grids = []
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        check_size(sheet.nrows, sheet.ncols, sheet.name)
        grids.append(_grid(book, sheet, file, maker))
        book.unload_sheet(number)
    return grids


def _grid(book: Any, sheet: Any, file: str, maker: CellMaker) -> Grid:
    how: dict[str, set[str]] = {}
    forms: dict[int, tuple[Format, str]] = {}
    rows = []
    for row in range(sheet.nrows):
        cells = []
        for column in range(sheet.row_len(row)):
            kind = sheet.cell_type(row, column)
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                cells.append(EMPTY)
                continue
            form, words = _format(book, sheet.cell_xf_index(row, column), forms)
            if words and kind == xlrd.XL_CELL_NUMBER:
                how.setdefault(words, set()).add(letter(column + 1))
            cells.append(_cell(book, sheet, (row, column), form, maker))
        rows.append(trimmed(cells))
    hidden = {row + 1 for row, told in sheet.rowinfo_map.items() if told.hidden or told.height == 0}
    columns = {at + 1 for at, told in sheet.colinfo_map.items() if told.hidden or told.width == 0}
    notes = [
        f"Kommentar zu Zelle {letter(column + 1)}{row + 1}: „{' '.join(note.text.split())}“"
        for (row, column), note in sorted(sheet.cell_note_map.items())[:20]
    ]
    since = ["Die Mappe zählt ihre Tage ab 1904."] if book.datemode else []
    return Grid(
        file=file,
        sheet=sheet.name,
        rows=rows,
        hidden=sheet.visibility != 0,
        hidden_rows=frozenset(row for row in hidden if row <= len(rows) and rows[row - 1]),
        hidden_columns=frozenset(column for column in columns if column <= sheet.ncols),
        merged=tuple((top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells),
        remarks=(*notes, *said_of_formats(how), *since),
        since_1904=bool(book.datemode),
    )


def _format(book: Any, style: int, forms: dict[int, tuple[Format, str]]) -> tuple[Format, str]:
    """What a style changes, and how it shows other numbers than are stored."""
    if style not in forms:
        known = book.format_map.get(book.xf_list[style].format_key) if style < len(book.xf_list) else None
        code = known.format_str if known else ""
        form = Format(code)
        forms[style] = (form, "" if form or dates(code) else falsified(code))
    return forms[style]


def _cell(book: Any, sheet: Any, at: tuple[int, int], form: Format, maker: CellMaker) -> Cell:
    kind, value = sheet.cell_type(*at), sheet.cell_value(*at)
    if kind == xlrd.XL_CELL_ERROR:
        return text_cell(xlrd.error_text_from_code.get(value, "#FEHLER"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return maker.plain(bool(value))
    if kind == xlrd.XL_CELL_DATE:
        try:
            value = xlrd.xldate.xldate_as_datetime(value, book.datemode)
        except (ValueError, OverflowError):  # no day of the calendar
            return maker.plain(float(value))
        return maker.formatted(value, form)
    if kind == xlrd.XL_CELL_TEXT and at in sheet.rich_text_runlist_map:
        return text_cell(_raised(book, value, sheet.rich_text_runlist_map[at]))
    return maker.formatted(value, form) if form else maker.plain(value)


def _raised(book: Any, text: str, runs: list[tuple[int, int]]) -> str:
    """A text with the digits raised that stand so."""
    starts = [0, *(start for start, _ in runs)]
    fonts = [None, *(book.font_list[font] if font < len(book.font_list) else None for _, font in runs)]
    pieces = []
    for start, end, font in zip(starts, [*starts[1:], len(text)], fonts, strict=True):
        piece = text[start:end]
        pieces.append(piece.translate(RAISED) if font is not None and font.escapement == _RAISED else piece)
    return "".join(pieces)
