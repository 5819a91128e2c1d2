"""Officetable: a table as an office has it, its cells as text, with the lines that an editor or Excel shows."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from sozialbericht.data.faultlist import Findings, listed
from sozialbericht.data.files import read_bytes
from sozialbericht.data.reading import texttables, workbooks
from sozialbericht.data.reading.characters import described, unprintable
from sozialbericht.data.reading.tablefile import Source
from sozialbericht.faults import Fault, InputError

_SEPARATOR = re.compile(rb"(?i)\s*\"?sep=(.)\"?\s*")


@dataclass(frozen=True)
class Officetable:
    """Head and rows of a table; ``place`` is its name in messages, ``decimal`` how it writes 1,5."""

    place: str
    head: list[str]
    rows: list[tuple[int, list[str]]]
    decimal: str = ","

    def cells(self, column: str) -> list[str]:
        """The cells of a column; raises :class:`InputError` where there is none of this name."""
        if column not in self.head:
            what = f"Die Spalte „{column}“ gibt es nicht."
            raise InputError([Fault(self.place, what, f"Gefunden wurden: {listed(self.head, 25)}.")])
        at = self.head.index(column)
        return [cells[at] for _, cells in self.rows]


def read(path: Path) -> Officetable:
    """A CSV file with semicolons (decimal comma), commas (decimal point) or tabs, or the first sheet of a workbook.

    Raises :class:`InputError` with every fault.
    """
    findings = Findings(path.parent)
    found = _read(path, findings)
    if found is None or len(findings):
        raise InputError(findings.faults())
    return found


def _read(path: Path, findings: Findings) -> Officetable | None:
    content = read_bytes(path, path.name, findings)
    if content is None:
        return None
    sign = ";" if path.suffix.lower() == ".xlsx" else _delimiter(content)
    about = {"name": path.stem, "dialect": {"delimiter": sign}, "schema": {"fields": []}}
    source = Source(path, path.name, about, findings)
    rows = (workbooks if path.suffix.lower() == ".xlsx" else texttables).read(content, source)
    if rows is None:
        return None
    if len(rows) < 2:
        source.fault("Tabelle leer", "Unter der Kopfzeile steht keine Zeile.", "Eine Tabelle mit Daten nennen.")
        return None
    head = [unicodedata.normalize("NFC", " ".join(cell.split())) for cell in rows[0][1]]
    while head and not head[-1] and not any("".join(cells[len(head) - 1 :]).strip() for _, cells in rows[1:]):
        head.pop()
    _check_head(head, rows[0][0], source)
    body = []
    for line, cells in rows[1:]:
        if "".join(cells[len(head) :]).strip() or len(cells) < len(head):
            what = f"Die Zeile hat {len(cells)} Felder, die Kopfzeile {len(head)}."
            source.fault("falsche Zahl von Feldern", what, "Prüfen Sie Trennzeichen und Anführungszeichen.", line)
        body.append((line, [cell.strip() for cell in cells[: len(head)]]))
        for cell in body[-1][1]:
            if unseen := unprintable(cell):
                what = f"Die Zeile enthält das Zeichen {described(unseen)}, das sich nicht drucken lässt."
                source.fault("nicht druckbares Zeichen", what, "Löschen Sie das Zeichen.", line)
    return Officetable(findings.place(path.name), head, body, "." if sign == "," else ",")


def _check_head(head: list[str], line: int, source: Source) -> None:
    """Note columns without a name and names that stand twice."""
    for number, name in enumerate(head, start=1):
        if not name:
            source.fault("Spalte ohne Namen", f"Die {number}. Spalte hat keine Überschrift.", "Benennen Sie sie.", line)
        elif head.index(name) < number - 1:
            what = f"Die Spalte „{name}“ kommt {head.count(name)}-mal vor."
            source.fault("Spalte doppelt", what, "Geben Sie jeder einen eigenen Namen.", line)


def _delimiter(content: bytes) -> str:
    """What separates the cells of the first line: the sign that it has most often outside of quotation marks."""
    first = next((line for line in io.BytesIO(content) if line.strip()), b"")
    if told := _SEPARATOR.fullmatch(first.removeprefix(b"\xef\xbb\xbf")):
        return told[1].decode("latin-1")
    bare = re.sub(rb'"[^"]*"', b"", first).decode("latin-1")
    return max(";\t,|", key=bare.count)
