"""Column heads: which rows are the head of a table, and the words over each of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sozialbericht.data.reading.workbooks import letter
from sozialbericht.delivery.layout.foundtable import Column
from sozialbericht.delivery.layout.rowkinds import RowKind
from sozialbericht.delivery.sheets.grid import Cell, Grid

MOST = 3
"""A head has at most so many rows."""

_MARKS = re.compile(r"(?<=\S)(\s*(\d{1,2}\)|\*+\)|[⁰¹²³⁴-⁹⁽⁾]+\)?)|\s+\*+)+$")
_HYPHEN = re.compile(r"(?<=\w)-\s*\n\s*(?=[a-zäöüß])")


def above(rows: Sequence[RowKind | None], body: int, top: int) -> list[int]:
    """The places of the head over the row at place ``body``, from top to bottom; nothing above ``top`` belongs to
    it. Empty where the row has no head."""
    at = body - 1
    while at >= top and ((row := rows[at]) is None or row.ruled) and body - at <= 3:
        at -= 1
    alone = at
    while alone >= top and body - alone <= 4 and ((row := rows[alone]) is None or row.ruled or _alone(row, rows[body])):
        alone -= 1
    if alone >= top and (row := rows[alone]) is not None and len(row.filled) > 1:
        at = alone
    found: list[int] = []
    while at >= top and len(found) < MOST:
        row = rows[at]
        if row is not None and row.ruled and found:
            at -= 1
            continue
        if row is None or not _belongs(row, [rows[place] for place in found], rows[body]):
            break
        found.insert(0, at)
        at -= 1
    while found and _is_title(rows[found[0]], [rows[place] for place in found[1:]]):
        del found[0]
    return found


def _belongs(row: RowKind, below: Sequence[RowKind | None], body: RowKind | None) -> bool:
    """Whether a row can be part of the head over ``below`` and the body."""
    assert body is not None
    if row.valued:
        return False
    if len(row.filled) > 1:
        return True
    return row.filled[0] > body.filled[0] or (bool(below) and _stub_only(row, below))


def _alone(row: RowKind, body: RowKind | None) -> bool:
    """Whether a row is a line between the head and the body, as „Männer“."""
    return len(row.filled) == 1 and body is not None and row.filled[0] <= body.filled[0]


def _stub_only(row: RowKind, below: Sequence[RowKind | None]) -> bool:
    """Whether a single word stands over a column in which the head below is empty."""
    return all(b is not None and row.filled[0] < b.filled[0] for b in below)


def _is_title(row: RowKind | None, below: Sequence[RowKind | None]) -> bool:
    """Whether the uppermost row over a head is rather a line of the title: few cells, and over its first one the head
    has a word of its own."""
    if row is None or not below or below[0] is None:
        return False
    first = below[0]
    sparse = 2 * len(row.filled) < max(len(b.filled) for b in below if b is not None)
    return row.filled[0] in first.filled and row.filled[0] == first.filled[0] and sparse


def columns(grid: Grid, head: Sequence[int], numbers: Sequence[int]) -> tuple[Column, ...]:
    """The columns with these numbers and their heads; ``head`` are rows of the sheet, from 1."""
    lines = [_line(grid, row, numbers[-1] if numbers else 0) for row in head]
    for at in range(len(lines) - 1):
        _fill(lines[at], lines[at + 1 :], _spans(grid, head[at], len(lines[at])))
    found = []
    for number in numbers:
        words = tuple(line[number - 1] for line in lines if line[number - 1])
        found.append(Column(number, letter(number), words, number in grid.hidden_columns))
    return tuple(found)


def word(cell: Cell) -> str:
    """A cell of a head without the marks of footnotes, a word parted at a line's end in one piece."""
    text = cell.text
    if isinstance(cell.value, str) and "\n" in cell.value:
        text = " ".join(_HYPHEN.sub("", cell.value).split())
    return _MARKS.sub("", text)


def _line(grid: Grid, row: int, width: int) -> list[str]:
    """The words of a row of the head; cells merged with one to their left have its word, those below it none."""
    cells = grid.rows[row - 1]
    line = [word(cell) for cell in cells[:width]] + [""] * (width - len(cells))
    for top, left, _, right in grid.merged:
        if top == row and left <= width:
            said = line[left - 1]
            for column in range(left, min(right, width) + 1):
                line[column - 1] = line[column - 1] or said
    return line


def _spans(grid: Grid, row: int, width: int) -> set[int]:
    """The columns in which merged cells lie in a row."""
    found: set[int] = set()
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom:
            found.update(range(left, min(right, width) + 1))
    return found


def _fill(line: list[str], below: Sequence[list[str]], merged: set[int]) -> None:
    """Let a word stand over the columns to its right, as where the cells of a spanning head are not merged."""
    said = ""
    for at, text in enumerate(line):
        lower = any(under[at] for under in below)
        if text:
            said = text if lower and at + 1 not in merged else ""
        elif lower and at + 1 not in merged:
            line[at] = said
        else:
            said = ""
