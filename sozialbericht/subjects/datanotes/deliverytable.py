"""Deliverytable: which deliveries are in the data, as the report tells it: source, day, Stand and number of values.

Names of files, checksums, initials and remarks stay in the data folder.
"""

from __future__ import annotations

import re

from sozialbericht import numbers
from sozialbericht.data.timeline import intakelog
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.writing import tables
from sozialbericht.writing.blocks import Caption, Layout


def put(b: Datenbestand, label: str) -> None:
    """Put the table of the deliveries with values up to the report's year; nothing where none is on record."""
    table = b._tables.others.get(intakelog.NAME)
    rows = []
    for _, row in table.iterrows() if table is not None else ():
        stand = str(row.get("stand", ""))
        if all(int(year) > b.jahr for year in re.findall(r"\b\d{4}\b", stand) or [str(b.jahr)]):
            continue
        rows.append([str(row["quelle"]), f"{row['eingang']:%d.%m.%Y}", stand, numbers.number(float(row["werte"]))])
    if rows:
        tables.put(
            b, ["Quelle", "Eingang", "Stand", "Werte"], rows,
            Caption(label, "Lieferungen der Stellen", "in der Reihenfolge ihres Eingangs",
                    "Eigene Aufzeichnung (data/protokoll.csv)."),
            Layout(columns="1fr 24mm 1fr 18mm", left=(0, 1, 2)),
        )  # fmt: skip
