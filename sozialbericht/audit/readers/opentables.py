"""Open tables: rows that name area and subject by their keys, as exports have them; each number is judged exactly.

What else stands in such a table is read as a passage; digits that are no number where one is expected make it
unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sozialbericht.audit.readers.readings import Passage, Record, clean

#: The columns of numbers, by all names that exports give them.
NUMBERS = {
    "wert": "wert", "Wert": "wert", "zaehler": "zaehler", "Zähler": "zaehler", "nenner": "nenner", "Nenner": "nenner",
    "unten": "unten", "von (95 %)": "unten", "oben": "oben", "bis (95 %)": "oben",
}  # fmt: skip
_KINDS = ("indikator", "merkmal")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: 00:00:00)?")


def is_open(heading: Sequence[str]) -> bool:
    """Whether a table's columns name area, subject and status of its numbers, as only exports have them."""
    named = "raum_id" in heading and any(kind in heading for kind in _KINDS)
    return named and "wert" in map(NUMBERS.get, heading) and bool({"status", "Status"} & set(heading))


def read(heading: Sequence[str], rows: Iterable[Sequence[str]], name: str, title: str = "") -> tuple[
    list[Record], list[Passage]
]:
    """The records of a table and what else it says; ``title`` is that of a sheet.

    Raises ValueError for digits in a column of numbers that are no number.
    """
    place = {column: at for at, column in enumerate(heading)}
    kind = next(kind for kind in _KINDS if kind in place)
    about = [place[kind], place["raum_id"]]
    day, year = place.get("stichtag"), place.get("jahr")
    numbers = [(at, NUMBERS[column]) for at, column in enumerate(heading) if column in NUMBERS]
    others = [(at, column) for at, column in enumerate(heading) if column not in NUMBERS]
    records: list[Record] = []
    said: dict[tuple[str, str], Passage] = {}
    stem = Path(name).stem
    for row in rows:
        subject, area = (row[at] if at < len(row) else "" for at in about)
        found = []
        for at, column in numbers:
            text = row[at] if at < len(row) else ""
            if _NUMBER.fullmatch(text):
                found.append((column, float(text)))
            elif any(letter.isdigit() for letter in text):
                raise ValueError("Text mit Ziffern, wo eine Zahl stehen muss")
            elif text:
                said[column, text] = Passage("Tabelle", name, clean(text), (stem, title, subject, area))
        if found:
            given = row[year] if year is not None else ""
            when = row[day][:10] if day is not None else ""
            records.append(Record(kind, subject, area, when, int(given) if given.isdecimal() else 0, tuple(found)))
        for at, column in others:
            text = row[at] if at < len(row) else ""
            if (column, text) not in said and not _DAY.fullmatch(text) and not (at == year and text.isdecimal()):
                said[column, text] = Passage("Tabelle", name, clean(text), (stem, title, subject, area))
        for text in row[len(heading) :]:
            said["", text] = Passage("Tabelle", name, clean(text), (stem, title, subject, area))
    return records, [passage for passage in said.values() if passage.text]


def loose(rows: Iterable[Sequence[str]], name: str, heads: tuple[str, ...], kind: str = "Tabelle") -> Iterator[Passage]:
    """The cells of a table that says its subjects in words: each with the words of its row."""
    for row in rows:
        cells = [clean(cell) for cell in row if clean(cell)]
        words = " ".join(cell for cell in cells if not _NUMBER.fullmatch(cell))
        yield from (Passage(kind, name, cell, (*heads, words)) for cell in cells)
