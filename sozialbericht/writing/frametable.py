"""Frametable: a DataFrame as a table of the report: German numbers and dates, signs of statuses, names of areas."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from numbers import Integral, Real
from typing import Any

import pandas as pd

from sozialbericht import numbers
from sozialbericht.data.faultlist import similar
from sozialbericht.faults import Fault, InputError
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.status import Status
from sozialbericht.writing import links
from sozialbericht.writing.blocks import Layout

#: Columns that go together: a number, the number of what is limited, the status of both.
VALUE, LIMITED, STATUS = "wert", "klammer", "status"
#: An index of areas, the polygons of a table of areas, and from how many columns on a table has the whole width.
AREAS, GEOMETRY, MANY = "raum_id", "geometry", 7
NUMBERS = (Real, Decimal)
Decimals = int | Mapping[str, int] | None


def printed(
    b: Datenbestand, given: pd.DataFrame | pd.Series, decimals: Decimals
) -> tuple[list[str], list[list[str]], Layout]:
    """Head, cells and layout of a table; raises :class:`InputError` for one that cannot be printed."""
    frame = given.to_frame() if isinstance(given, pd.Series) else given
    _check(frame, decimals)
    shown = frame.loc[:, [not _silent(frame, name) for name in frame.columns]]
    names = [_name(name) for name in shown.columns]
    columns = [_cells(frame, place, name, decimals) for place, name in _placed(frame, shown)]
    words = [not any(isinstance(value, NUMBERS) for value in shown.iloc[:, k]) for k in range(len(names))]
    front = [] if frame.index.names == [None] else [_index(b, frame.index, k) for k in range(frame.index.nlevels)]
    heads = [head for head, _ in front] + [name[-1] for name in names]
    rows = [list(row) for row in zip(*(cells for _, cells in front), *columns, strict=True)]
    left = (*range(len(front)), *(len(front) + k for k, text in enumerate(words) if text))
    upper: list[tuple[int, int]] = []
    if shown.columns.nlevels == 2:
        above, start = [""] * len(front), len(front)
        for name, group in groupby(name[0] for name in names):
            width = len(list(group))
            upper.append((start, start + width - 1))
            above += [name, *[""] * (width - 1)]
            start += width
        rows.insert(0, above)
    return heads, rows, Layout(left=left or (-1,), wide=len(heads) >= MANY, upper=tuple(upper))


def checked(head: object = None, rows: object = None, *more: object) -> tuple[list[str], list[list[str]]]:
    """A head and printed cells as they are given; raises :class:`InputError` where they are no such thing."""
    if more:
        raise _fault("b.tabelle(…) nimmt eine Tafel oder Kopf und Zeilen, nicht mehr.", "Eine Tabelle je Aufruf.")
    if not isinstance(head, list | tuple) or not all(isinstance(name, str) for name in head):
        what = f"b.tabelle(…) bekommt {_called(head)}, keine Tafel (DataFrame) und keine Liste von Spaltenköpfen."
        raise _fault(what, "b.tabelle(tafel, id=…, titel=…, quelle=…) schreiben, mit einer Tafel aus pandas.")
    if rows is None or isinstance(rows, str) or not isinstance(rows, Iterable):
        raise _fault("Zum Tabellenkopf fehlen die Zeilen.", "b.tabelle([„Kopf“, …], [[„Zelle“, …], …], …) schreiben.")
    told = [list(row) if isinstance(row, list | tuple) else [row] for row in rows]
    for number, row in enumerate(told, start=1):
        if len(row) != len(head):
            what = f"Zeile {number} der Tabelle hat {len(row)} Zellen, der Kopf {len(head)}."
            raise _fault(what, "Jeder Zeile so viele Zellen geben, wie der Kopf hat.")
        if wrong := [cell for cell in row if not isinstance(cell, str)]:
            what = f"In Zeile {number} der Tabelle steht {_called(wrong[0])}, kein Text: {wrong[0]!s:.40}."
            raise _fault(what, "Zahlen drucken: numbers.shown(zahl, status, stellen); oder einen DataFrame geben.")
    return list(head), told


def _check(frame: pd.DataFrame, decimals: Decimals) -> None:
    if frame.empty:
        raise _fault("Die Tafel hat keine Zeilen oder keine Spalten.", "Die Auswahl davor prüfen.")
    if frame.columns.nlevels > 2:
        raise _fault("Die Tafel hat mehr als zwei Ebenen von Spaltenköpfen.", "Ebenen mit droplevel(…) weglassen.")
    known = {_name(name)[-1] for name in frame.columns}
    for name in decimals if isinstance(decimals, Mapping) else ():
        if str(name) not in known:
            raise _fault(f"Eine Spalte „{name}“ für „stellen“ hat die Tafel nicht.", similar(name, known))


def _silent(frame: pd.DataFrame, name: Hashable) -> bool:
    """Whether a column says how another one is printed, or draws."""
    first, last = (*_name(name)[:-1],), _name(name)[-1]
    beside = {_name(other)[-1] for other in frame.columns if (*_name(other)[:-1],) == first}
    return last == GEOMETRY or (last in (STATUS, LIMITED) and {VALUE, STATUS} <= beside)


def _placed(frame: pd.DataFrame, shown: pd.DataFrame) -> Iterable[tuple[int, Hashable]]:
    return ((k, name) for k, name in enumerate(frame.columns) if name in shown.columns)


def _cells(frame: pd.DataFrame, place: int, name: Hashable, decimals: Decimals) -> list[str]:
    """The printed cells of a column."""
    values = frame.iloc[:, place].tolist()
    head, last = _name(name)[:-1], _name(name)[-1]
    beside = {_name(other)[-1]: frame.iloc[:, k].tolist() for k, other in enumerate(frame.columns)
              if _name(other)[:-1] == head}  # fmt: skip
    places = _places(values, last, decimals)
    statuses = beside.get(STATUS, [Status.OK] * len(values))
    if last != VALUE or STATUS not in beside:
        pairs = zip(values, statuses, strict=True)
        return [_signed(value, status) or _cell(value, last, places) for value, status in pairs]
    brackets = beside.get(LIMITED, values)
    told = zip(values, brackets, statuses, strict=True)
    return [_stated(limited if status == Status.LIMITED else value, status, places) for value, limited, status in told]


def _signed(value: Any, status: Any) -> str:
    """The sign of the row's status in the place of what is not there, "" for what is or where no status says why."""
    absent = value is None or (pd.api.types.is_scalar(value) and pd.isna(value))
    return numbers.status_sign(str(status)) if absent and str(status) in list(Status) else ""


def _stated(value: Any, status: Any, places: int) -> str:
    """A number with its status; one that has none has not been delivered."""
    known = str(status) in list(Status)
    if not known or (status in (Status.OK, Status.LIMITED) and pd.isna(value)):
        return numbers.status_sign(Status.MISSING)
    return numbers.shown(float(value), str(status), places)


def _places(values: list[Any], name: str, decimals: Decimals) -> int:
    """So many decimals as are asked for; else none where all numbers are whole, else one."""
    asked = decimals.get(name) if isinstance(decimals, Mapping) else decimals
    if asked is not None:
        return asked
    known = [float(value) for value in values if isinstance(value, NUMBERS)]
    return 0 if all(value.is_integer() for value in known if not math.isnan(value)) else 1


def _cell(value: Any, name: str, places: int) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return numbers.status_sign(Status.MISSING)
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Integral) and "jahr" in name.lower():
        return str(value)
    if isinstance(value, NUMBERS):
        if not math.isfinite(float(value)):
            raise _fault(f"In der Spalte „{name}“ steht keine Zahl, sondern „{value}“.", "Nicht durch 0 teilen.")
        return numbers.shown(float(value), Status.OK, places)
    return str(value)


def _index(b: Datenbestand, index: pd.Index, level: int) -> tuple[str, list[str]]:
    """A level of the index as a column: its head and its cells, areas with their short names."""
    name, values = index.names[level], index.get_level_values(level).tolist()
    if name != AREAS:
        return _name(name)[-1], [_cell(value, str(name), _places(values, str(name), None)) for value in values]
    everything = {str(area): one.einzahl for one in b.ebenen for area in b.raeume(one).index}
    heads = {everything.get(str(area), "") for area in values}
    cells = [links.mark(b.name(str(area)), str(area)) if str(area) in everything else str(area) for area in values]
    return heads.pop() if len(heads) == 1 else "Gebiet", cells


def _name(name: object) -> tuple[str, ...]:
    parts = name if isinstance(name, tuple) else (name,)
    return tuple("" if part is None else str(part) for part in parts)


def _called(thing: object) -> str:
    words = {"int": "eine Zahl", "float": "eine Zahl", "str": "einen Text", "list": "eine Liste", "NoneType": "nichts"}
    kind = type(thing).__name__
    return words.get(kind, f"etwas anderes ({kind})")


def _fault(what: str, remedy: str) -> InputError:
    return InputError([Fault("Notebook", what, remedy)])
