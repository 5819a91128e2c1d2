"""Tables as text: the lines of a file turned into the contract's columns, or what keeps them from being that."""

from __future__ import annotations

import pandas as pd

from sozialbericht.data.faultlist import quoted
from sozialbericht.data.files import read_bytes
from sozialbericht.data.reading import headings, texttables, workbooks
from sozialbericht.data.reading.characters import PROSE, described, printable, unprintable
from sozialbericht.data.reading.tablefile import Rows, Source

MAY_BE_EMPTY = ("abgrenzungen", "brueche", "handlungsfelder", "hinweise", "massnahmen", "nachbarn", "zerlegungen")
"""Tables that are in order without a single row."""

LONGEST = 10_000
"""No cell has more characters."""

_SPACE = " \t\r\n\u00a0\u2007\u202f"


def read_table(source: Source) -> pd.DataFrame | None:
    """One file as text: the contract's columns, then ``datei`` and ``zeile``; None if it cannot be read.

    Rows with too many or too few cells are faults and left out (the table counts as broken).
    """
    content = read_bytes(source.path, source.file, source.findings)
    if content is None:
        return None
    workbook = source.path.suffix.lower() == ".xlsx"
    known = len(source.findings)
    rows = workbooks.read(content, source) if workbook else texttables.read(content, source)
    if rows is None:
        return None
    if not rows:
        source.fault("Datei leer", "Die Datei ist leer.", "Speichern Sie die Tabelle neu.")
        return None
    if not headings.fits(rows, source):
        return None
    head, body = [headings.clean(cell) for cell in rows[0][1]], rows[1:]
    if not body and source.resource["name"] not in MAY_BE_EMPTY:
        source.fault("Tabelle leer", "Unter der Kopfzeile steht keine Zeile.", "Tragen Sie die Daten ein.")
        return None
    body = _without_remarks(head, body, source)
    good = [(line, cells) for line, cells in body if len(cells) == len(head)]
    if len(good) < len(body):
        _ragged(body, len(head), source)
    if len(source.findings) > known:
        source.findings.broken.update({source.file, source.resource["name"]})
    frame = pd.DataFrame([cells for _, cells in good], columns=head, dtype=object)
    frame = frame.reindex(columns=source.names, fill_value="")
    frame["datei"] = source.file
    frame["zeile"] = [line for line, _ in good]
    for name in source.names:
        _check_characters(frame, name, source)
    return frame


def _without_remarks(head: list[str], body: Rows, source: Source) -> Rows:
    """The lines without those that hold but one text: subheadings, footnotes; each is noted."""
    required = {field["name"] for field in source.fields if field.get("constraints", {}).get("required")}
    if len(head) < 3 or len(required) < 2:
        return body
    width = len(head)
    remarks = [(line, cells) for line, cells in body if _is_remark(cells, width)]
    if not remarks:
        return body
    end = max((line for line, cells in body if sum(map(bool, cells)) > 1), default=0)
    for line, cells in remarks:
        text = next(filter(None, map(str.strip, cells)))
        where = "Unter der Tabelle steht noch ein Text" if line > end else "Die Zeile enthält nur einen Text"
        what = f"{where}: {quoted(text if len(text) <= 60 else text[:60] + '…')}."
        remedy = "Löschen Sie Zwischenüberschriften, Fußnoten und Quellenangaben aus der Tabelle."
        source.fault("Text in der Tabelle", what, remedy, line)
    return [(line, cells) for line, cells in body if not _is_remark(cells, width)]


def _is_remark(cells: list[str], width: int) -> bool:
    """Whether a line of a table so wide holds but one text."""
    if len(cells) not in (1, width) or (len(cells) > 1 and cells[0].strip() and cells[1].strip()):
        return False
    return sum(1 for cell in cells if cell.strip()) == 1


def _ragged(body: Rows, width: int, source: Source) -> None:
    """Note the lines with too many or too few cells."""
    for line, cells in body:
        if len(cells) != width:
            shown = quoted(source.delimiter.join(cells)[:80])
            source.fault(
                "falsche Zahl von Feldern",
                f"Die Zeile hat {len(cells)} Felder, erwartet werden {width}: {shown}.",
                f"Prüfen Sie die Trennzeichen; Text, der {quoted(source.delimiter)} enthält, gehört in "
                "Anführungszeichen.",
                line,
            )


def _check_characters(frame: pd.DataFrame, name: str, source: Source) -> None:
    """Note cells with characters that cannot be printed, and take these out so that nothing else is said about them."""
    lines = name in PROSE
    texts = frame[name].tolist()
    if not unprintable("".join(texts), lines=lines) and max(map(len, texts), default=0) <= LONGEST:
        return
    for at, text in enumerate(texts):
        row = int(frame["zeile"].iloc[at])
        if sign := unprintable(text.strip(_SPACE), lines=lines):
            what = f"Die Zelle enthält das Zeichen {described(sign)}, das sich nicht drucken lässt."
            source.fault(
                "nicht druckbares Zeichen", what, "Löschen Sie das Zeichen oder tippen Sie den Text neu.", row, name
            )
        if len(text) > LONGEST:
            what = f"Die Zelle hat {len(text)} Zeichen; mehr als {LONGEST} sind kein Text einer Tabelle."
            source.fault("zu langer Text", what, "Prüfen Sie die Anführungszeichen.", row, name)
        texts[at] = printable(text.strip(_SPACE), lines=lines)[:LONGEST]
    frame[name] = pd.Series(texts, index=frame.index, dtype=object)
