"""Partitions (*Zerlegungen*): merkmale that are the sum of others, as the contract declares them.

``zerlegungen.csv`` has a row per part. A row without a part says that something of the whole is not delivered (a
remainder: those without a job for less than a year, say); without such a row the parts add up to the whole exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sozialbericht.data.faultlist import Finding, quoted
from sozialbericht.data.reading.parsing import german
from sozialbericht.data.sums import Cube, day, slack, terms

if TYPE_CHECKING:
    from sozialbericht.data.tableset import Tables

NAME = "zerlegungen"
"""The table of the contract; it may be absent."""


@dataclass(frozen=True)
class Partition:
    """A whole and its parts, all disjoint; ``complete`` where there is nothing else in the whole."""

    name: str
    whole: str
    parts: tuple[str, ...]
    complete: bool = True


def of(table: pd.DataFrame | None) -> list[Partition]:
    """The partitions of a table with the columns zerlegung, ganzes, teil, in its order; none without a table."""
    if table is None or table.empty:
        return []
    return [
        Partition(
            str(name), str(rows["ganzes"].iloc[0]), tuple(rows["teil"][rows["teil"] != ""]),
            complete=bool((rows["teil"] != "").all()),
        )
        for name, rows in table.groupby("zerlegung", sort=False)
    ]  # fmt: skip


def stored(expression: str, partitions: Sequence[Partition]) -> list[str]:
    """The merkmale of a sum, all parts of a partition replaced by the whole that is stored.

    >>> stored("w + m + x", [Partition("sex", "all", ("w", "m"))])
    ['all', 'x']
    """
    found = terms(expression)
    for partition in partitions:
        if partition.complete and len(set(found)) == len(found) and set(partition.parts) <= set(found):
            place = min(map(found.index, partition.parts))
            found = [term for term in found if term not in partition.parts]
            found.insert(place, partition.whole)
    return found


def simplified(tables: Tables) -> pd.DataFrame:
    """The indicators with sums of parts replaced by the whole that is stored.

    Only where the whole is counted whenever its parts are and its series breaks where theirs do: nothing changes but
    that a value does not depend on the parts, of which one may be too small to be shown.
    """
    known = tables.values.groupby("merkmal")["stichtag"].agg(set)
    breaks = tables.breaks.groupby("merkmal")["ab"].agg(set)

    def serves(partition: Partition) -> bool:
        parts = [known.get(part, set()) for part in partition.parts]
        broken: set[Any] = set().union(*(breaks.get(part, set()) for part in partition.parts))
        whole = known.get(partition.whole, set())
        return bool(set.intersection(*parts) <= whole and broken == breaks.get(partition.whole, set()))

    usable = [partition for partition in of(tables.others.get(NAME)) if serves(partition)]
    out = tables.indicators.copy()
    for column in ("zaehler", "nenner"):
        out[column] = [" + ".join(stored(expression, usable)) for expression in out[column]]
    return out


def partitions(tables: Tables, broken: set[str]) -> Iterator[Finding]:
    """Each partition names one whole and its parts, is no circle, and adds up for every area and Stichtag."""
    table = tables.others.get(NAME)
    if table is None:
        return
    faults = [*_rows(table), *_circles(table)]
    yield from faults
    if not faults and table["teil"].isin(["", *tables.features.index]).all():
        cube = Cube(tables)
        for partition in of(table):
            if partition.whole in tables.features.index:
                yield from _differences(cube, partition)


def _rows(table: Any) -> Iterator[Finding]:
    """What is wrong with single rows."""
    for _, rows in table.groupby("zerlegung", sort=False):
        first = rows.iloc[0]
        for place, (_, row) in enumerate(rows.iterrows()):
            if row["ganzes"] != first["ganzes"]:
                what = (
                    f"Die Zerlegung {quoted(row['zerlegung'])} hat hier das Ganze {quoted(row['ganzes'])}, weiter "
                    f"oben {quoted(first['ganzes'])}."
                )
                yield _in_row("Zerlegung", row, "ganzes", what, "Eine Zerlegung hat ein Ganzes.")
            elif row["teil"] == row["ganzes"]:
                what = f"{quoted(row['ganzes'])} ist ein Teil von sich selbst."
                yield _in_row("Zerlegung", row, "teil", what, "Berichtigen Sie das Ganze oder den Teil.")
            elif row["teil"] in list(rows["teil"].iloc[:place]):
                what = f"{quoted(row['teil'])} steht in der Zerlegung {quoted(row['zerlegung'])} zweimal."
                yield _in_row("Zerlegung", row, "teil", what, "Lassen Sie nur eine der Zeilen stehen.")
        if not (rows["teil"] != "").any():
            what = f"Die Zerlegung {quoted(first['zerlegung'])} hat keine Teile."
            yield _in_row("Zerlegung", first, "teil", what, "Nennen Sie die Teile, einen je Zeile.")


def _circles(table: Any) -> Iterator[Finding]:
    """No merkmal is part of itself by way of others."""
    rows = table[(table["teil"] != "") & (table["teil"] != table["ganzes"])]
    below: dict[str, list[str]] = rows.groupby("ganzes")["teil"].apply(list).to_dict()
    for whole, parts in below.items():
        seen: set[str] = set()
        waiting = list(parts)
        while waiting:
            part = waiting.pop()
            if part not in seen:
                seen.add(part)
                waiting.extend(below.get(part, []))
        if whole in seen:
            row = rows[rows["ganzes"] == whole].iloc[0]
            what = f"{quoted(whole)} ist über die Zerlegungen ein Teil von sich selbst."
            yield _in_row("Kreis", row, "teil", what, "Berichtigen Sie, was Teil wovon ist.")
            return


def _differences(cube: Cube, partition: Partition) -> Iterator[Finding]:
    """Where the parts do not add up to the whole (or, with something not delivered, are more than it)."""
    parts = cube.of(*partition.parts)
    whole = cube.of(partition.whole).reindex(parts.index)
    off = (parts - whole).to_numpy()
    wrong = off > slack(whole).to_numpy()
    if partition.complete:
        wrong |= -off > slack(whole).to_numpy()
    for row, column in np.argwhere(wrong):
        date, area = parts.index[row], str(parts.columns[column])
        much = abs(round(float(off[row, column]), 6))
        yield cube.finding(
            "Zerlegung geht nicht auf",
            (area, partition.whole, date),
            f"{' + '.join(partition.parts)} sind zusammen {german(round(float(parts.iat[row, column]), 6))}, "
            f"{quoted(partition.whole)} aber {german(whole.iat[row, column])}: {german(much)} "
            f"{'mehr' if off[row, column] > 0 else 'weniger'} ({quoted(area)}, Stichtag {day(date)}, Zerlegung "
            f"{quoted(partition.name)}).",
            "Prüfen Sie das Ganze und seine Teile.",
        )


def _in_row(kind: str, row: Any, column: str, what: str, remedy: str) -> Finding:
    return Finding(kind, row["datei"], what, remedy, int(row["zeile"]), column)
