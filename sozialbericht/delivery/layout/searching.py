"""Searching: the tables in the grids of a delivery."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sozialbericht.data.faultlist import listed
from sozialbericht.data.reading.workbooks import letter
from sozialbericht.delivery.layout import columnheads, rowkinds
from sozialbericht.delivery.layout.bodyrows import body
from sozialbericht.delivery.layout.foundtable import Column, FoundTable
from sozialbericht.delivery.layout.rowkinds import RowKind
from sozialbericht.delivery.layout.segments import Segment, Segmenter
from sozialbericht.delivery.sheets.collecting import paused
from sozialbericht.delivery.sheets.grid import Grid
from sozialbericht.faults import Fault, InputError


def tables(grids: Iterable[Grid]) -> list[FoundTable]:
    """The tables of all grids, in their order; raises :class:`InputError` where there is none at all.

    What stands in sheets without a table is told in ``elsewhere`` of the first table.
    """
    with paused():
        return _tables(grids)


def _tables(grids: Iterable[Grid]) -> list[FoundTable]:
    found: list[FoundTable] = []
    elsewhere: list[tuple[str, int, str]] = []
    empty: list[str] = []
    for grid in grids:
        kinds = [rowkinds.row_kind(number, cells) for number, cells in enumerate(grid.rows, 1)]
        segments = Segmenter(kinds).segments()
        found += [
            _table(grid, kinds, segment, first=at == 0, several=len(segments) > 1)
            for at, segment in enumerate(segments)
        ]
        if not segments:
            empty.append(_place(grid))
            elsewhere += [(_place(grid), row.number, row.text) for row in kinds if row is not None]
    if not found:
        what = "Keine Tabelle gefunden: In keiner Zeile stehen Zahlen neben einem Namen."
        remedy = "Prüfen Sie, ob es die richtige Datei ist; erwartet werden Zeilen mit einem Gebiet und Werten daneben."
        raise InputError([Fault(listed(empty) or "Lieferung", what, remedy)])
    if empty:
        remark = f"Ohne Tabelle: {listed(empty, 10)}; der Text von dort steht bei der Lieferung."
        found[0] = replace(found[0], elsewhere=tuple(elsewhere), remarks=(*found[0].remarks, remark))
    return found


def _place(grid: Grid) -> str:
    return f"{grid.file}, Blatt „{grid.sheet}“" if grid.sheet else grid.file


def _table(
    grid: Grid, kinds: list[RowKind | None], segment: Segment, *, first: bool, several: bool
) -> FoundTable:
    """A segment of a grid as a table."""
    used = sorted(
        {column for at in [*segment.head, *segment.body] if (row := kinds[at]) is not None for column in row.filled}
    )
    columns = columnheads.columns(grid, [at + 1 for at in segment.head], used)
    rows, filled = body(grid, kinds, segment, columns)
    parts = [*segment.title, *segment.head, *segment.body, *segment.notes, *(at for at, _ in segment.left_out)]
    remarks = [*(grid.remarks if first else ()), *_hidden(grid, parts, columns), *filled]
    if not segment.head:
        remarks.append("Über der Tabelle steht kein Kopf; die Spalten haben nur ihre Buchstaben.")
    if several:
        remarks.append(f"Auf dem Blatt stehen mehrere Tabellen; diese reicht von Zeile {min(parts) + 1} bis "
                       f"{max(parts) + 1}.")  # fmt: skip
    uncomputed = [f"{columns[at].letter}{row.number}" for row in rows for at, c in enumerate(row.cells) if c.formula]
    if uncomputed:
        remarks.append(f"Formeln ohne Ergebnis stehen in {listed(uncomputed)}; sie wurden nie berechnet.")
    return FoundTable(
        file=grid.file,
        sheet=grid.sheet,
        title=tuple(_text(kinds, at) for at in segment.title),
        columns=columns,
        rows=rows,
        notes=tuple((at + 1, _text(kinds, at)) for at in sorted(segment.notes)),
        left_out=tuple((at + 1, why, _text(kinds, at)) for at, why in sorted(segment.left_out)),
        remarks=tuple(remarks),
        title_rows=tuple(at + 1 for at in segment.title),
        head_rows=tuple(at + 1 for at in segment.head),
        since_1904=grid.since_1904,
    )


def _text(kinds: list[RowKind | None], at: int) -> str:
    row = kinds[at]
    return row.text if row is not None else ""


def _hidden(grid: Grid, parts: list[int], columns: tuple[Column, ...]) -> list[str]:
    """Remarks on what nobody sees who opens the file."""
    found = []
    if grid.hidden:
        found.append("Das Blatt ist ausgeblendet; es ist mitgelesen.")
    rows = sorted(grid.hidden_rows & {at + 1 for at in parts})
    if rows:
        found.append(f"Ausgeblendete Zeilen sind mitgelesen: {listed(rows, 10)}.")
    unseen = [
        f"{column.letter} („{' '.join(column.head)}“)" if column.head else letter(column.number)
        for column in columns
        if column.hidden
    ]
    if unseen:
        found.append(f"Ausgeblendete Spalten sind mitgelesen: {listed(unseen, 10)}.")
    return found
