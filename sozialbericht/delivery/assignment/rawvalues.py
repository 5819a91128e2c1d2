"""Rawvalues: every cell of a delivery that holds a value, with what its row, its head and its table say of it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

import pandas as pd

from sozialbericht.data.reading.parsing import CellError
from sozialbericht.delivery.assignment import columnlabels, signlegend
from sozialbericht.delivery.assignment.officefile import Officefile
from sozialbericht.delivery.assignment.shape import Shape, head, shape
from sozialbericht.delivery.cells.amounts import Amount, amount, decimal_of
from sozialbericht.delivery.cells.areanames import AreaNames
from sozialbericht.delivery.cells.moments import Moment, in_words, moment
from sozialbericht.delivery.layout.foundtable import FoundTable, Row
from sozialbericht.delivery.sheets.grid import Cell
from sozialbericht.faults import Fault

COLUMNS = (
    "table",
    "row",
    "column",
    "area",
    "total",
    "moment",
    "label",
    "derived",
    "value",
    "sign",
    "bracketed",
    "fault",
    "hidden",
)
#: When a table was made, which is not when it was counted.
_MADE = re.compile(
    r"\b(?:auswertung|erstellt|gedruckt|druckdatum|ausgabe|veröffentlicht|abgerufen|erscheinung|quelle|datenabzug"
    r"|stand der daten)\w*\D{0,12}(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{1,2}\.\s?[A-Za-zä]+\s\d{4}|\d{4}-\d{2}-\d{2})?",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_ ]?(0[1-9]|1[0-2])(?![-_ ]?\d)")
_MEANT = re.compile(r"stand|stichtag|berichts|schuljahr|\bam\b|\bim\b|\bjahr|\bmonat", re.IGNORECASE)


@dataclass
class Rawvalues:
    """The values of a delivery: ``frame`` with :data:`COLUMNS` (``area`` as spelled, ``moment`` None where nothing says
    one), the tables and their shapes, what was left out (place, row, why)."""

    tables: list[FoundTable]
    shapes: list[Shape]
    frame: pd.DataFrame
    left: list[tuple[str, int, str]] = field(default_factory=list)

    def place(self, number: int) -> str:
        """File and sheet of a table."""
        return place(self.tables[number])

    def context(self, number: int) -> str:
        """What title and sheet say of all values of a table, without dates."""
        table = self.tables[number]
        return columnlabels.joined([*table.title, table.sheet])


def place(table: FoundTable) -> str:
    """File and sheet of a table as messages name them."""
    return f"{table.file}, Blatt „{table.sheet}“" if table.sheet else table.file


def of(
    tables: Sequence[FoundTable], areas: AreaNames, known: Officefile, date: Moment | None = None
) -> Rawvalues:
    """The values of the tables as an assignment reads them; tables without areas are left out. A ``date`` that
    somebody has said goes before what title, sheet and file name say."""
    shapes = [shape(table, areas, known.spalten) for table in tables]
    found = Rawvalues(list(tables), shapes, pd.DataFrame(columns=list(COLUMNS)))
    pieces: dict[str, list[object]] = {name: [] for name in COLUMNS}
    signs = signlegend.of((note for table in tables for _, note in table.notes), known.zeichen)
    sheets: dict[tuple[str, str], Moment | None] = {}
    for number, (table, form) in enumerate(zip(tables, shapes, strict=True)):
        whole = date or table_moment(table) or sheets.get((table.file, table.sheet))
        sheets[(table.file, table.sheet)] = whole
        found.left += [(place(table), row, why) for row, why, _ in table.left_out]
        if not form.readable:
            found.left += [
                (place(table), row.number, "Die Tabelle nennt keine Gebiete des Berichts.") for row in table.rows
            ]
            continue
        _read(found, (number, form, whole), (signs, known.dezimal), pieces)
    found.frame = pd.DataFrame(pieces)
    _qualified(found)
    return found


def _read(
    found: Rawvalues, which: tuple[int, Shape, Moment | None], how: tuple[dict[str, str], str],
    pieces: dict[str, list[object]],
) -> None:  # fmt: skip
    """Add the values of one table, of which something says one date for all, or nothing."""
    number, form, whole = which
    table = found.tables[number]
    signs, decimal = how
    moments: dict[str, Moment | None] = {}
    ordered = sorted(form.parts, key=lambda part: head(table.columns[part]))  # whatever the order of the columns
    for at, column in enumerate(form.values):
        sign = decimal or decimal_of(row.cells[column.at] for row in table.rows)
        for row in table.rows:
            cell = row.cells[column.at]
            area = column.area or _words(row, form.area)
            if not area or (not cell.text.strip() and not cell.formula and _empty(row, form)):
                if at == 0 and any(c.text.strip() for c in row.cells):
                    found.left.append((place(table), row.number, "Die Zeile hat keine Werte."))
                continue
            read, fault = _amount(cell, signs, sign, (table, row.number, column.at))
            if cell.formula and fault:
                found.left.append((fault.place, row.number, f"{fault.what} {fault.remedy}"))
                continue
            when = column.moment or whole
            if form.moment is not None and (text := _words(row, form.moment)):
                if text not in moments:
                    moments[text] = moment(row.cells[form.moment].value, since_1904=table.since_1904) or moment(text)
                when = moments[text] or when
            parts = [_words(row, part) for part in ordered]
            label = columnlabels.joined([*parts, column.label])
            for name, value in zip(
                COLUMNS,
                (number, row.number, table.columns[column.at].letter, area, row.total, when, label, column.derived,
                 read.value, read.sign, read.bracketed, fault, row.hidden), strict=True,
            ):  # fmt: skip
                pieces[name].append(value)


def _words(row: Row, at: int | None) -> str:
    return "" if at is None else " ".join(row.cells[at].text.split())


def _empty(row: Row, form: Shape) -> bool:
    return not any(row.cells[column.at].text.strip() for column in form.values)


def _amount(
    cell: Cell, signs: dict[str, str], decimal: str, where: tuple[FoundTable, int, int]
) -> tuple[Amount, Fault | None]:
    """The cell's number or sign; a fault where it cannot be read, which counts if the value is taken."""
    table, row, at = where
    try:
        return amount(cell, signs, decimal), None
    except CellError as error:
        column = f"{table.columns[at].letter} ({' '.join(table.columns[at].head)})".replace(" ()", "")
        remedy = error.remedy or "Die Zelle in der Lieferung berichtigen oder bei der Stelle nachfragen."
        return Amount(None, "", False), Fault(place(table), error.what, remedy, row, column)


def table_moment(table: FoundTable) -> Moment | None:
    """The date that title, sheet, notes or file name say for a whole table; None where they say none or several."""
    title = [_MADE.sub(" ", line) for line in table.title]
    notes = [_MADE.sub(" ", text) for _, text in table.notes if _MEANT.search(text)]
    stem = re.sub(r"(?<=[^\W\d])[-.]|_", " ", _MONTH.sub(_month, PurePath(table.file).stem))
    for lines in (
        [line for line in title if _MEANT.search(line)], title, [table.sheet], notes, [stem],
    ):  # fmt: skip
        told = list(dict.fromkeys(when for line in lines for when in in_words(line)))
        if told:
            exact = [when for when in told if when.kind in ("stichtag", "schuljahr", "monat")] or told
            return exact[0] if len(exact) == 1 else None
    return None


def _month(found: re.Match[str]) -> str:
    """The last day of a month that a name of a file has as 2008-09."""
    year, month = int(found[1]), int(found[2])
    return f"{calendar.monthrange(year, month)[1]}.{month:02d}.{year}"


def _qualified(found: Rawvalues) -> None:
    """Name labels after sheet or title where there are none, or where several tables use one for different things."""
    frame = found.frame
    if frame.empty:
        return
    keys = frame.groupby("label", sort=False)["table"].nunique()
    overlapping = set()
    for label in keys.index[keys > 1]:
        own = frame[frame["label"] == label]
        if own.drop_duplicates(["area", "moment", "table"]).duplicated(["area", "moment"]).any():
            overlapping.add(label)
    sheets: dict[int, str] = {}
    for number in frame["table"].unique():
        table = found.tables[number]
        several = len({t.sheet for t in found.tables}) > 1
        name = columnlabels.stable(table.sheet) if several else ""
        sheets[number] = (
            name
            or columnlabels.stable(" ".join(table.title[:1]))
            or columnlabels.stable(PurePath(table.file).stem)
            or "Werte"
        )
    needs = (frame["label"] == "") | frame["label"].isin(overlapping)
    own = [
        f"{sheets[number]}: {label}" if label else sheets[number]
        for number, label in zip(frame.loc[needs, "table"], frame.loc[needs, "label"], strict=True)
    ]
    frame.loc[needs, "label"] = own
