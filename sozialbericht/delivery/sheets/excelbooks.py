"""Excel books: the grids of a workbook (.xlsx, .xlsm). Calamine reads the values, the rest is told by the parts."""

from __future__ import annotations

import io
import zipfile

import python_calamine

from sozialbericht.data.reading.numberformats import falsified
from sozialbericht.data.reading.packedparts import SAVE_WORKBOOK, Refused, check
from sozialbericht.data.reading.sheetoutline import SheetError
from sozialbericht.data.reading.workbooks import letter
from sozialbericht.delivery.sheets import excelparts
from sozialbericht.delivery.sheets.cellmaking import RAISED, CellMaker, check_size, dates, text_cell, uncomputed
from sozialbericht.delivery.sheets.excelparts import Book, Sheet
from sozialbericht.delivery.sheets.grid import EMPTY, Cell, Grid
from sozialbericht.delivery.sheets.sheetmarks import Marks, marks

_LETTERS = [letter(number) for number in range(1, 16_385)]


def read(content: bytes, file: str) -> list[Grid]:
    """The sheets with cells of a workbook; raises :class:`Refused`, and what a broken part makes fail."""
    check(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            book = excelparts.book(archive)
            sheets = [sheet for sheet in book.sheets if "/worksheets/" in f"/{sheet.path}" or _is_sheet(archive, sheet)]
            marked = []
            for sheet in sheets:
                with archive.open(sheet.path) as xml:
                    marked.append(marks(xml, [*book.formats, *book.codes], book.raised))
                check_size(marked[-1].last_row, marked[-1].last_column, sheet.name)
        values = python_calamine.load_workbook(io.BytesIO(content))
    except SheetError as error:
        raise Refused(f"Die Datei ist keine lesbare Excel-Mappe (.xlsx): {error}.", SAVE_WORKBOOK) from error
    names = [sheet.name for sheet in book.sheets]
    if list(values.sheet_names) != names or len(set(names)) < len(names):
        raise Refused("Die Excel-Mappe ist beschädigt: Ihr Verzeichnis der Blätter stimmt nicht.", SAVE_WORKBOOK)
    maker = CellMaker()
    return [
        _grid(file, sheet, mark, _rows(values, sheet, mark, book, maker), book)
        for sheet, mark in zip(sheets, marked, strict=True)
    ]


def _is_sheet(archive: zipfile.ZipFile, sheet: Sheet) -> bool:
    """Whether a part is a sheet of cells and no chart."""
    if not sheet.path:
        raise Refused(f"Die Excel-Mappe ist beschädigt: Das Blatt „{sheet.name}“ fehlt in ihr.", SAVE_WORKBOOK)
    return b"sheetData" in archive.read(sheet.path)


def _rows(
    values: python_calamine.CalamineWorkbook, sheet: Sheet, mark: Marks, book: Book, maker: CellMaker
) -> list[list[Cell]]:
    """The cells, with what the marks tell put in its place."""
    found = values.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    rows = [maker.row(row) for row in found]  # type: ignore[arg-type]
    if len(rows) > mark.last_row:
        raise SheetError("Zeilen am Ende der Tabelle stehen an falscher Stelle")
    for at, number in mark.styles.items():
        if form := book.formats.get(number):
            row, column = at
            if row <= len(rows) and column <= len(rows[row - 1]):
                _put(rows, at, maker.formatted(found[row - 1][column - 1], form))
    for at, error in mark.errors.items():
        _put(rows, at, text_cell(error or "#FEHLER"))
    for at in mark.formulas - mark.errors.keys():
        row, column = at
        if row > len(rows) or column > len(rows[row - 1]) or rows[row - 1][column - 1] is EMPTY:
            _put(rows, at, uncomputed())
    for (row, column), high in mark.raised.items():
        start, _, rest = str(found[row - 1][column - 1]).rpartition(high)
        _put(rows, (row, column), text_cell(start + high.translate(RAISED) + rest))
    for at, string in mark.strings.items():
        if string in book.raised:
            _put(rows, at, text_cell(book.raised[string]))
    return rows


def _put(rows: list[list[Cell]], at: tuple[int, int], cell: Cell) -> None:
    row, column = at
    while len(rows) < row:
        rows.append([])
    cells = rows[row - 1]
    cells.extend([EMPTY] * (column - len(cells)))
    cells[column - 1] = cell


def _grid(file: str, sheet: Sheet, mark: Marks, rows: list[list[Cell]], book: Book) -> Grid:
    columns = frozenset(
        column for first, last in mark.hidden_spans for column in range(first, min(last, mark.last_column) + 1)
    )
    how: dict[str, set[str]] = {}
    for (_, column), number in mark.styles.items():
        if number in book.codes and (words := falsified(book.codes[number])) and not dates(book.codes[number]):
            how.setdefault(words, set()).add(_LETTERS[column - 1])
    remarks = [*sheet.comments, *excelparts.said_of_formats(how)]
    if book.since_1904:
        remarks.append("Die Mappe zählt ihre Tage ab 1904.")
    return Grid(
        file=file,
        sheet=sheet.name,
        rows=rows,
        hidden=sheet.hidden,
        hidden_rows=frozenset(mark.hidden_rows),
        hidden_columns=columns,
        merged=tuple(mark.merged),
        remarks=tuple(remarks),
        since_1904=book.since_1904,
    )
