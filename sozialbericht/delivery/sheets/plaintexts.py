"""Plain texts: the grid in a text table, whatever parts its columns: tabs, semicolons, commas or blanks."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from sozialbericht.data.reading.encodings import SAVE_CSV, destroyed, guessed, mended
from sozialbericht.data.reading.packedparts import Refused
from sozialbericht.delivery.sheets import fixedcolumns
from sozialbericht.delivery.sheets.cellmaking import CellMaker, check_size, trimmed
from sozialbericht.delivery.sheets.grid import Cell, Grid

_SIGNS = ("\t", ";", "|", ",")
_SEPARATOR_LINE = re.compile(r"(?i)\s*\"?sep=(.)\"?\s*")
_SAMPLE = 2000


def read(content: bytes, file: str) -> list[Grid]:
    """The table in a text file of any usual encoding; raises :class:`Refused`."""
    text, encoding = guessed(content)
    remarks = [f"Gelesen als {encoding}; die Datei sagt ihre Kodierung nicht."] if encoding else []
    if "\0" in text:
        what = "Die Datei ist weder eine Tabelle noch ein Text: Sie enthält Nullbytes."
        raise Refused(what, "Schicken Sie die Tabelle als Excel-Datei (.xlsx) oder CSV.")
    if "\ufffd" in text:
        raise Refused("Einige Zeichen der Datei lassen sich nicht lesen; sie ist falsch gespeichert.", SAVE_CSV)
    if destroyed(text):
        text = mended(text)
        if destroyed(text):
            remedy = "Holen Sie die Fassung vor dem Fehler zurück und speichern Sie sie als CSV UTF-8."
            raise Refused("Umlaute sind zerstört: Die Datei wurde falsch gespeichert.", remedy)
        remarks.append("Umlaute waren zerstört („Ã¤“ statt „ä“) und sind wiederhergestellt.")
    return [grid(text, file, remarks)]


def grid(text: str, file: str, remarks: list[str]) -> Grid:
    """The grid in a text; its rows are the lines as an editor counts them. Raises :class:`Refused`."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for ending in "\x0b\x0c\x85\u2028\u2029":
        text = text.replace(ending, " ")
    first, _, rest = text.partition("\n")
    if told := _SEPARATOR_LINE.fullmatch(first):
        sign, text = told[1], f"\n{rest}"
    else:
        sign = separator(text)
    if not sign:
        rows = fixedcolumns.rows(text.split("\n"))
    else:
        lines = text.count("\n") + 1
        check_size(1, text.count(sign) + lines, "")
        rows, unclosed = _parted(text, sign)
        if unclosed:
            what = "Ein Anführungszeichen ist nicht richtig geschlossen; alle sind als Teil des Textes gelesen."
            remarks = [*remarks, what]
    maker = CellMaker()
    made: list[list[Cell]] = [trimmed([maker.plain(cell) for cell in row]) for row in rows]
    return Grid(file=file, sheet="", rows=made, remarks=tuple(remarks))


def separator(text: str) -> str:
    """The sign between the cells of a text, "" where blanks or nothing part them.

    >>> separator("Gebiet;Anteil\\nAltstadt;12,5")
    ';'
    """
    lines = [line for line in text.split("\n", _SAMPLE)[:_SAMPLE] if line.strip()]
    scores = {sign: _agreeing(lines, sign) for sign in _SIGNS}
    best = max(_SIGNS, key=lambda sign: scores[sign])
    for sign in _SIGNS[:-1]:
        if scores[sign] and 2 * scores[sign] >= scores[best]:
            return sign
    return "," if scores[","] and not fixedcolumns.gutters(lines) else ""


def _agreeing(lines: list[str], sign: str) -> int:
    """How many lines hold a sign as often as most of those that hold it at all."""
    held = Counter(count for line in lines if (count := re.sub(r'"[^"]*"', "", line).count(sign)))
    return max(held.values(), default=0)


def _parted(text: str, sign: str) -> tuple[list[list[str]], bool]:
    """The cells of each line, and whether quotation marks had to be read as text."""
    try:
        return _read(text, sign, csv.QUOTE_MINIMAL), False
    except csv.Error as error:
        if "limit" in str(error) and max(map(len, text.split("\n"))) > csv.field_size_limit():
            what = f"Ein Feld hat mehr als {csv.field_size_limit()} Zeichen."
            raise Refused(what, "Prüfen Sie, ob die Datei eine Tabelle ist.") from error
    return _read(text, sign, csv.QUOTE_NONE), True


def _read(text: str, sign: str, quoting: int) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True, quoting=quoting)  # type: ignore[arg-type]
    for cells in reader:
        rows.append(cells)
        rows.extend([] for _ in range(reader.line_num - len(rows)))
    return rows
