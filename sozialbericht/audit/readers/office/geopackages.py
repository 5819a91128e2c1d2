"""GeoPackages: every table of the database; positions are no secret, numbers of areas are judged by their columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from sozialbericht.audit.readers import opentables
from sozialbericht.audit.readers.readings import Passage, Reading, Record, clean

#: Columns of numbers about an area that are no values.
_KEYS = {"fid", "ogc_fid", "jahr"}
#: How a geometry begins (https://www.geopackage.org/spec/#gpb_format).
_SHAPE = b"GP"


def read(content: bytes, name: str) -> Reading:
    """All that a GeoPackage says. Raises ValueError where it has bytes that no table shows."""
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(content)
        if database.execute("PRAGMA freelist_count").fetchone()[0]:
            raise ValueError("Seiten ohne Tabelle")
        records: list[Record] = []
        passages: list[Passage] = []
        for table, sql in database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall():
            passages.append(Passage("verborgen", name, clean(f"{table} {sql or ''}"), (name,)))
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        for (table,) in database.execute(tables).fetchall():
            found = database.execute('SELECT * FROM "{}"'.format(table.replace('"', '""')))
            heading = [column[0] for column in found.description]
            if table.startswith("rtree_"):  # the extents of the shapes
                continue
            if "raum_id" in heading:
                for row in found:
                    _area(dict(zip(heading, row, strict=True)), name, records, passages)
            else:
                rows = ([_said(entry) for entry in row] for row in found)
                passages += opentables.loose(rows, name, (name, table))
        return Reading(tuple(passages), records=tuple(records))
    finally:
        database.close()


def _area(row: dict[str, Any], name: str, records: list[Record], passages: list[Passage]) -> None:
    """The numbers of an area under the keys of their indicators, and its texts."""
    area, year = str(row["raum_id"]), row.get("jahr")
    for column, entry in row.items():
        if isinstance(entry, int | float) and column not in _KEYS:
            when = year if isinstance(year, int) else 0
            records.append(Record("indikator", column, area, "", when, (("wert", float(entry)),)))
        elif text := _said(entry):
            passages += _text(text, name, (name, column, area))


def _text(text: str, name: str, heads: tuple[str, ...]) -> Iterator[Passage]:
    if words := clean(text):
        yield Passage("Tabelle", name, words, heads)


def _said(entry: object) -> str:
    """A cell as text; of a geometry nothing. Raises ValueError for other bytes."""
    if isinstance(entry, bytes):
        if not entry.startswith(_SHAPE):
            raise ValueError("Bytes, die keine Fläche sind")
        return ""
    return "" if entry is None else str(entry)
