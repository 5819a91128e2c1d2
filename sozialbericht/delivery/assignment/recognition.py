"""Recognition: from which source a delivery comes, told by the heads of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from sozialbericht.delivery.assignment import columnlabels
from sozialbericht.delivery.assignment.likeness import SPELT
from sozialbericht.delivery.assignment.officefile import Officefile
from sozialbericht.delivery.assignment.shape import head, shape
from sozialbericht.delivery.cells.areanames import AreaNames
from sozialbericht.delivery.layout.foundtable import FoundTable

#: Such a share of the heads has to be known for a delivery to be of a source.
ENOUGH = 0.6


def source(tables: Iterable[FoundTable], known: Sequence[Officefile], areas: AreaNames) -> Officefile | None:
    """The known source whose heads and labels a delivery has, None where it fits none or two alike."""
    heads = {name for table in tables for name in _telling(table, areas)}
    scored = sorted(((_share(heads, one), one.name) for one in known), reverse=True) if heads else []
    if not scored or scored[0][0] < ENOUGH or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    return next(one for one in known if one.name == scored[0][1])


def _telling(table: FoundTable, areas: AreaNames) -> set[str]:
    """What a table calls its columns and the parts of its rows; names of areas and dates tell nothing."""
    form = shape(table, areas, {})
    places = [at for at in (form.area, form.moment, *form.parts, *form.other) if at is not None]
    parts = {columnlabels.stable(row.cells[at].text) for at in form.parts for row in table.rows}
    told = {head(table.columns[at]) for at in places} | {column.label for column in form.values} | parts
    return {name for name in told if name and not name.startswith("Spalte ")}


def _share(heads: set[str], known: Officefile) -> float:
    """Which share of the heads a source knows: as columns, or as a part of its labels."""
    own = set(known.spalten)
    for label in known.merkmale:
        bare = label.split(": ", 1)[-1]
        own |= {label, bare, *bare.split(columnlabels.BETWEEN)}
        own |= {
            columnlabels.BETWEEN.join(bare.split(columnlabels.BETWEEN)[at:])
            for at in range(bare.count(columnlabels.BETWEEN) + 1)
        }
    return sum(name in own for name in heads) / len(heads)


def proposal(file: str) -> str:
    """A name for the source of a file: its words without dates and numbers."""
    stem = columnlabels.stable(re.sub(r"[_\W]+", " ", PurePath(file).stem)).casefold()
    words = [word for word in re.sub(r"[^a-z ]", " ", stem.translate(SPELT)).split() if len(word) > 1]
    return "_".join(words)[:30].strip("_") or "lieferung"
