"""Shape: which columns of a table name areas, dates and parts, and which hold values; told by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from sozialbericht.delivery.assignment import columnlabels
from sozialbericht.delivery.assignment.columnlabels import BETWEEN
from sozialbericht.delivery.assignment.officefile import AREA, MOMENT, PARTS, WITHOUT
from sozialbericht.delivery.cells.areanames import AreaNames, Match
from sozialbericht.delivery.cells.moments import Moment, moment
from sozialbericht.delivery.layout.foundtable import Column, FoundTable, Row
from sozialbericht.delivery.sheets.grid import Cell

_TIME = re.compile(r"\b(?:jahr|schuljahr|stichtag|stand|datum|monat|zeit|berichtsmonat|quartal)", re.IGNORECASE)
_KEY = re.compile(r"nr\b|nummer|schlüssel|schluessel|kennz|code|raum|bezirk|gebiet|id\b", re.IGNORECASE)
_NUMBER = re.compile(r"[-+(]?[\d.,'\s\u00a0\u2009\u202f]*\d[\d.,'\s\u00a0\u2009\u202f]*[-)%]?\s*%?")
_CODE = re.compile(r"code\b|_code|schlüssel|schluessel|kennziffer|lfd|^nr\b|nummer|\bid\b", re.IGNORECASE)
#: Signs in place of a number: such cells do not make a column one of words.
_SIGNS = re.compile(r"[*.\-–—/x…·]|\.\.\.|k\. ?A\.", re.IGNORECASE)
#: Heads of numbers that are made of others; such columns are not taken unless somebody says so.
_DERIVED = re.compile(
    r"%|\b(?:anteil|quote|prozent|v\. ?h\.|saldo|vorjahr|veränderung|differenz|durchschnitt|mittelwert|index\b|je\s)",
    re.IGNORECASE,
)
#: So large a share of the names in a column has to be known for it to be that of the areas.
KNOWN = 0.5


@dataclass(frozen=True)
class ValueColumn:
    """A column of values: its place among the columns, the label of its head, area and date that the head names;
    ``derived``: made of other numbers, or hidden."""

    at: int
    label: str
    area: str = ""
    moment: Moment | None = None
    derived: bool = False


@dataclass(frozen=True)
class Shape:
    """Places of the columns of a table by what they are for; ``other`` are those that are not read."""

    area: int | None
    moment: int | None
    parts: tuple[int, ...]
    values: tuple[ValueColumn, ...]
    other: tuple[int, ...]

    @property
    def readable(self) -> bool:
        """Whether there are values of areas."""
        return bool(self.values) and (self.area is not None or any(column.area for column in self.values))


def sure(match: Match) -> bool:
    """Whether a name is that of an area, of areas on several levels, or of a statistische Bezirk."""
    return match.certain or bool(match.part) or (bool(match.nearest) and match.nearest[-1][1] >= 100)


def head(column: Column) -> str:
    """How a column is called in an assignment and in messages."""
    return columnlabels.joined(column.head) or f"Spalte {column.letter}"


def shape(table: FoundTable, areas: AreaNames, roles: Mapping[str, str]) -> Shape:
    """The shape of a table; ``roles`` by head go before what is found out."""
    places = range(len(table.columns))
    told = {at: roles.get(head(table.columns[at]), "") for at in places}
    bodies = [[row.cells[at] for row in table.rows if not row.total and _text(row.cells[at])] for at in places]
    numeric = [_numeric(cells) for cells in bodies]
    area = _said(told, AREA)
    if area is None:
        area = _area_column(table, areas, bodies, numeric, told)
    when = _said(told, MOMENT)
    if when is None:
        when = next(
            (at for at in places if at != area and not told[at] and _dated(table, at, bodies[at])), None
        )
    free = [at for at in places if at not in (area, when) and told[at] != WITHOUT]
    words = [at for at in free if told[at] == PARTS or (not numeric[at] and bodies[at])]
    parts = tuple(at for at in words if told[at] == PARTS) or _parts(table, area, when, words)
    across = area is None and _areas_across(table, areas, [at for at in free if numeric[at]])
    held = [at for at in free if numeric[at] and not _coded(table.columns[at], bodies[at])]
    values = tuple(_value_column(table, at, areas if across else None, bodies[at]) for at in held)
    values = tuple(_named(values, table))
    used = {area, when, *parts, *(column.at for column in values)}
    return Shape(area, when, parts, values, tuple(at for at in places if at not in used))


def _text(cell: Cell) -> str:
    return " ".join(cell.text.split())


def _said(told: Mapping[int, str], role: str) -> int | None:
    return next((at for at, word in told.items() if word == role), None)


def _is_number(cell: Cell) -> bool:
    """Whether a cell is a number, in whichever way it is written."""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return True
    return bool(_NUMBER.fullmatch(_text(cell)))


def _numeric(cells: Sequence[Cell]) -> bool:
    """Whether a column holds values: half of what stands there are numbers, the rest mostly signs."""
    counted = sum(map(_is_number, cells))
    signs = sum(bool(_SIGNS.fullmatch(_text(cell))) for cell in cells)
    formulas = sum(cell.formula for cell in cells)
    return bool(cells) and (counted + signs + formulas) >= 0.6 * len(cells) and (counted + formulas > 0 or signs > 3)


def _coded(column: Column, cells: Sequence[Cell]) -> bool:
    """Whether numbers are codes, not values: the head says so, or all rows have the same."""
    if _CODE.search(" ".join(column.head)):
        return True
    return len(cells) > 5 and len({_text(cell) for cell in cells}) == 1 and not any(cell.formula for cell in cells)


def _area_column(
    table: FoundTable,
    areas: AreaNames,
    bodies: Sequence[Sequence[Cell]],
    numeric: Sequence[bool],
    told: Mapping[int, str],
) -> int | None:
    """The column with most areas of the report; names go before numbers."""
    best, found = (0.0, 0, 0.0), None
    for at, cells in enumerate(bodies):
        names = list(dict.fromkeys(map(_text, cells)))
        if told[at] or not names or (numeric[at] and not _KEY.search(head(table.columns[at]))):
            continue
        matched = [match.nearest[0][0] for match in map(areas.found, names) if sure(match)]
        share = len(matched) / len(names)
        if numeric[at] and share < 0.8:
            continue
        rank = (len(set(matched)) * (0.5 if numeric[at] else 1.0), int(not numeric[at]), share)
        if share >= KNOWN and len(matched) >= 2 and rank > best:
            best, found = rank, at
    return found


def _dated(table: FoundTable, at: int, cells: Sequence[Cell]) -> bool:
    """Whether a column holds dates: all of its cells are some, and they do not only look so."""
    if not cells:
        return False
    distinct = {str(cell.value) if cell.value is not None else cell.text: cell for cell in cells}
    if len(distinct) > 60 or any(
        moment(_value(cell), since_1904=table.since_1904) is None for cell in distinct.values()
    ):
        return False
    plain = all(re.fullmatch(r"\d{4}(?:[.,]0+)?", text) for text in map(_text, distinct.values()))
    return not plain or bool(_TIME.search(head(table.columns[at]))) or len(distinct) * 5 <= len(cells)


def _value(cell: Cell) -> object:
    return cell.value if cell.value is not None else cell.text


def _parts(table: FoundTable, area: int | None, when: int | None, words: Sequence[int]) -> tuple[int, ...]:
    """The columns of words that part the rows of an area: those with which no two rows say the same."""
    rows = [row for row in table.rows if not row.total]
    keys = [at for at in (area, when) if at is not None]

    def unique(with_columns: Sequence[int]) -> bool:
        seen = [tuple(_text(row.cells[at]) for at in with_columns) for row in rows]
        return len(set(seen)) == len(seen)

    varied = [at for at in words if len({_text(row.cells[at]) for row in rows}) > 1]
    if not keys or unique(keys) or not varied:
        return ()
    kept = list(varied)
    for at in sorted(varied, key=lambda at: (not _CODE.search(" ".join(table.columns[at].head)), -at)):
        fewer = [other for other in kept if other != at]
        if fewer and (unique([*keys, *fewer]) or (not unique([*keys, *kept]) and _tells_same(rows, at, fewer))):
            kept = fewer
    return tuple(kept)


def _tells_same(rows: Sequence[Row], at: int, others: Sequence[int]) -> bool:
    """Whether one of the other columns says all that this one does."""
    for other in others:
        pairs = {(_text(row.cells[other]), _text(row.cells[at])) for row in rows}
        if len(pairs) == len({_text(row.cells[other]) for row in rows}):
            return True
    return False


def _areas_across(table: FoundTable, areas: AreaNames, numeric: Sequence[int]) -> bool:
    """Whether areas stand in the heads of columns."""
    named = [at for at in numeric if _area_of(table.columns[at], areas)]
    return len(named) >= 2 and len(named) >= KNOWN * len(numeric)


def _area_of(column: Column, areas: AreaNames) -> str:
    return next((part for part in reversed(column.head) if part and sure(areas.found(part))), "")


def _value_column(table: FoundTable, at: int, areas: AreaNames | None, cells: Sequence[Cell]) -> ValueColumn:
    column = table.columns[at]
    area = _area_of(column, areas) if areas else ""
    named, when = [], None
    for part in column.head:
        if area and areas and (part == area or sure(areas.found(part))):
            continue
        found = moment(part) if part and not re.fullmatch(r"\d{1,3}", part.strip()) else None
        when = when or found
        if found is None:
            named.append(part)
    label = columnlabels.joined(part for part in named if not columnlabels.plain(part))
    words = " ".join(column.head)
    derived = column.hidden or bool(_DERIVED.search(words)) or (bool(cells) and all(cell.percent for cell in cells))
    return ValueColumn(at, label, area, when, derived)


def _named(columns: Sequence[ValueColumn], table: FoundTable) -> list[ValueColumn]:
    """The value columns; those without a head of words take the part that only they lack: "" stays for the table."""
    twice = [a for a, b in product(columns, columns) if a.at < b.at and _same(a, b)]
    if not twice:
        return list(columns)
    again = {column.label for column in twice}
    return [
        column if column.label not in again else
        ValueColumn(
            column.at, BETWEEN.join(filter(None, [column.label, f"Spalte {table.columns[column.at].letter}"])),
            column.area, column.moment, column.derived,
        )
        for column in columns
    ]  # fmt: skip


def _same(a: ValueColumn, b: ValueColumn) -> bool:
    return (a.label, a.area, a.moment) == (b.label, b.area, b.moment)
