"""Body rows: the rows of a table, with merged cells filled and sums found."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from sozialbericht.data.faultlist import listed
from sozialbericht.data.reading.parsing import CellError
from sozialbericht.data.reading.workbooks import letter
from sozialbericht.delivery.cells.amounts import amount
from sozialbericht.delivery.layout import rowkinds
from sozialbericht.delivery.layout.foundtable import Column, Row
from sozialbericht.delivery.layout.rowkinds import NUMBER, SIGN, TEXT, YEAR, RowKind
from sozialbericht.delivery.layout.segments import Segment
from sozialbericht.delivery.sheets.cellmaking import MOST_CELLS
from sozialbericht.delivery.sheets.grid import EMPTY, Cell, Grid

_MOST_SUMMED = 2000
_LARGE = 50  # sums of small counts come about by chance


def body(
    grid: Grid, kinds: Sequence[RowKind | None], segment: Segment, columns: Sequence[Column]
) -> tuple[tuple[Row, ...], list[str]]:
    """The rows of a table and remarks on merged cells."""
    merged, remarks = _merged(grid, segment)
    numbers = [column.number for column in columns]
    rows = []
    stub = _stub([kinds[at] for at in segment.body], numbers)
    common = _common(grid, segment, numbers[stub])
    for at in segment.body:
        cells = grid.rows[at]
        line = [cells[number - 1] if number <= len(cells) else EMPTY for number in numbers]
        for place, number in enumerate(numbers):
            if merged and line[place] is EMPTY and (at + 1, number) in merged:
                line[place] = merged[at + 1, number]
        total = line[stub].text not in common and _says_total(line, stub)
        section = kinds[segment.sections[at]] if at in segment.sections else None
        rows.append(Row(at + 1, tuple(line), total, at + 1 in grid.hidden_rows, section.text if section else ""))
    return tuple(_with_sum(rows)), remarks


def _stub(kinds: Sequence[RowKind | None], numbers: Sequence[int]) -> int:
    """The place of the column with the names: of those with words the one with the most different ones."""
    words: dict[int, set[str]] = {}
    for row in kinds:
        if row is not None:
            for column, text, sort in zip(row.filled, row.texts, row.kinds, strict=True):
                if sort == TEXT:
                    words.setdefault(column, set()).add(text)
    if not words:
        return 0
    return numbers.index(max(words, key=lambda column: (len(words[column]) > 3, len(words[column]), -column)))


def _common(grid: Grid, segment: Segment, column: int) -> set[str]:
    """The words that so many rows have in a column that they cannot be the name of a sum over the others."""
    texts = Counter(cells[column - 1].text for at in segment.body if len(cells := grid.rows[at]) >= column)
    return {text for text, count in texts.items() if text and count > max(3, len(segment.body) / 4)}


def _says_total(line: Sequence[Cell], stub: int) -> bool:
    """Whether the name of a row says that it adds up others; where it has none, the words to the left of it."""
    if line[stub].text:
        return rowkinds.says_total(line[stub].text)
    return any(rowkinds.says_total(cell.text) for cell in line[:stub])


def _merged(grid: Grid, segment: Segment) -> tuple[dict[tuple[int, int], Cell], list[str]]:
    """The words of merged cells in the body for each of their rows, and remarks; merged values are not repeated."""
    rows = {at + 1 for at in segment.body}
    found: dict[tuple[int, int], Cell] = {}
    filled, doubtful = [], []
    reach = 0
    for top, left, bottom, right in grid.merged:
        reach += bottom - top
        if reach > MOST_CELLS:  # merged cells lie over each other: no program of an office makes that
            break
        if top not in rows or (top == bottom and left == right) or left > len(grid.rows[top - 1]):
            continue
        cell = grid.rows[top - 1][left - 1]
        where = f"{letter(left)}{top}:{letter(min(right, 16_384))}{bottom}"
        if rowkinds.kind(cell.text) in (NUMBER, SIGN, YEAR):
            doubtful.append(where)
        elif cell is not EMPTY and bottom > top:
            found.update({(row, left): cell for row in range(top + 1, min(bottom, len(grid.rows)) + 1) if row in rows})
            filled.append(where)
    remarks = []
    if filled:
        remarks.append(f"Verbundene Zellen gelten für alle ihre Zeilen: {listed(filled)}.")
    if doubtful:
        remarks.append(f"Verbundene Zellen mit Werten gelten nur für ihre erste Zelle: {listed(doubtful)}.")
    return found, remarks


def _with_sum(rows: list[Row]) -> list[Row]:
    """The rows, the last or the first one as a total where it adds up all others in every column with numbers."""
    if not 4 <= len(rows) <= _MOST_SUMMED or any(row.total for row in rows):
        return rows
    values = [[_value(cell) for cell in row.cells] for row in rows]
    for place in (-1, 0):
        others = values[:-1] if place else values[1:]
        checks = []
        for at, whole in enumerate(values[place]):
            known = [told for row in others if (told := row[at]) is not None]
            if whole is not None and len(known) == len(others):
                checks.append(math.isclose(sum(known), whole, rel_tol=1e-9))
        if checks and all(checks) and max(value or 0 for value in values[place]) >= _LARGE:
            last = rows[place]
            rows[place] = Row(last.number, last.cells, True, last.hidden, last.section)
            break
    return rows


def _value(cell: Cell) -> float | None:
    try:
        return amount(cell, {}).value if cell.text else None
    except CellError:
        return None
