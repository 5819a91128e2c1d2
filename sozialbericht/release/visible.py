"""Visible: the counts that readers of a finished report know, as ``freigaben/<Jahr>.csv`` records them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from sozialbericht.audit import attack
from sozialbericht.audit.attack import Read
from sozialbericht.audit.cells import Cell, Shown
from sozialbericht.audit.mentions import Vocabulary
from sozialbericht.audit.readers.channels import Publication


def counts(publication: Publication, shown: Shown) -> pd.DataFrame:
    """The counts of a publication: raum_id, merkmal, stichtag, wert, gedruckt.

    ``gedruckt`` are those that stand in its tables and open data and those that follow from a printed rate alone. The
    others are all that the report had leave to show of sensitive Merkmale and of days on which something is withheld: a
    picture or a sentence may tell them.
    """
    read = attack.printed(publication, shown, Vocabulary(shown.tables))
    printed = {**read.counts, **dict(_following(read, shown))}
    exported = {
        Cell(record.area, record.subject, record.date)
        for reading in publication.readings.values()
        for record in reading.records
        if record.kind == "merkmal"
    }
    sensitive = shown.tables.features["sensibel"]
    withheld = {(cell.feature, cell.date) for cell in shown.withheld}
    rows = [
        (cell.area, cell.feature, cell.date, count, cell in printed or cell in exported)
        for cell, count in shown.known.items()
        if cell in printed or sensitive[cell.feature] or (cell.feature, cell.date) in withheld
    ]
    table = pd.DataFrame(rows, columns=["raum_id", "merkmal", "stichtag", "wert", "gedruckt"])
    return table.assign(stichtag=pd.to_datetime(table["stichtag"]))


def _following(read: Read, shown: Shown) -> Iterator[tuple[Cell, float]]:
    """The numerators that a printed value leaves no choice for, where readers know its denominator."""
    sensitive = shown.tables.features["sensibel"]
    for key, (low, high) in read.values.items():
        row: Any = shown.tables.indicators.loc[key[0]]
        above, below = shown.summands(*key)
        if row["art"] in ("index", "veraenderung") or len(above) != 1 or len(below) != 1:
            continue
        whole = below[0]
        if (sensitive[whole.feature] and whole not in read.counts) or not shown.known.get(whole):
            continue
        least, most = (end * shown.known[whole] / float(row["faktor"]) for end in (low, high))
        if math.ceil(least - 1e-9) == math.floor(most + 1e-9) and above[0] in shown.known:
            yield above[0], shown.known[above[0]]
