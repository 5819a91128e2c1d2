"""Open documents: the grids of a table of LibreOffice (.ods)."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from xml.parsers import expat

from sozialbericht.data.reading.packedparts import SAVE_WORKBOOK, Refused, check
from sozialbericht.data.reading.sheetoutline import SheetError, refuse_doctype
from sozialbericht.delivery.sheets.cellmaking import (
    RAISED,
    CellMaker,
    Format,
    check_size,
    text_cell,
    uncomputed,
)
from sozialbericht.delivery.sheets.grid import EMPTY, Cell, Grid

_PER_CENT = Format("0%")
_WHOLE_DAY = re.compile(r"\d{1,2}\D+\d{1,2}\D+\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}\. ?[A-Za-zä]+")
_TITLE = ("Tabelle von LibreOffice", "Tabelle von LibreOffice (.ods)")


def read(content: bytes, file: str) -> list[Grid]:
    """The sheets of a table of LibreOffice; raises :class:`Refused`, and what zipfile raises for a damaged one."""
    check(content, *_TITLE)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Refused(f"Die {_TITLE[0]} ist verschlüsselt.", "Speichern Sie sie ohne Kennwort.")
        xml = archive.read("content.xml")
    reader = _Reader(file)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        what = f"Die Datei ist keine lesbare {_TITLE[1]}: Das XML ist in Zeile {error.lineno} kaputt."
        raise Refused(what, SAVE_WORKBOOK) from error
    return reader.grids


def _local(given: dict[str, str]) -> dict[str, str]:
    return {name.rpartition(" ")[2]: value for name, value in given.items()}


def _count(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 1


class _Reader:
    """Gathers the sheets while the XML goes by; what repeats at the end of a row or sheet is not written out."""

    def __init__(self, file: str) -> None:
        self.grids: list[Grid] = []
        self._file, self._maker = file, CellMaker()
        self._style = ""
        self._raised: set[str] = set()
        self._unseen: set[str] = set()
        self._inside = False
        self._row: list[Cell] | None = None
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[list[str]] = []
        self._spans: list[bool] = []
        self._apart = 0
        self._comment: list[str] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if self._apart:
            self._apart += 1
        elif self._cell is not None:
            self._within(local, _local(given))
        elif local == "style":
            self._style = _local(given).get("name", "")
        elif local == "text-properties" and _local(given).get("text-position", "").startswith("super"):
            self._raised.add(self._style)
        elif local == "table-properties" and _local(given).get("display") == "false":
            self._unseen.add(self._style)
        elif local == "table":
            self._start_table(_local(given))
        elif local == "shapes":
            self._apart = 1
        elif self._inside and local == "table-column":
            self._column(_local(given))
        elif self._inside and local == "table-row":
            told = _local(given)
            self._row, self._blank, self._times = [], 0, _count(told.get("number-rows-repeated"))
            self._row_hidden = told.get("visibility") in ("collapse", "filter")
        elif self._row is not None and local in ("table-cell", "covered-table-cell"):
            self._cell, self._paragraphs, self._comment = _local(given), [], []

    def _within(self, local: str, given: dict[str, str]) -> None:
        if local in ("annotation", "frame", "g", "custom-shape", "table"):
            self._apart = 1
            if local == "annotation":
                self._comments += 1
        elif local == "p":
            self._paragraphs.append([])
        elif local == "span":
            self._spans.append(given.get("style-name", "") in self._raised)
        elif self._paragraphs and local == "s":
            self._paragraphs[-1].append(" " * min(_count(given.get("c")), 1000))
        elif self._paragraphs and local in ("tab", "line-break"):
            self._paragraphs[-1].append(" ")

    def text(self, text: str) -> None:
        if not self._apart and self._cell is not None and self._paragraphs:
            self._paragraphs[-1].append(text.translate(RAISED) if any(self._spans) else text)

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if self._apart:
            self._apart -= 1
        elif self._cell is not None:
            if local in ("table-cell", "covered-table-cell"):
                self._end_cell()
            elif local == "span" and self._spans:
                self._spans.pop()
        elif local == "table-row" and self._row is not None:
            self._end_row()
        elif local == "table" and self._inside:
            self._end_table()

    def _start_table(self, given: dict[str, str]) -> None:
        if self._inside:
            raise SheetError("Eine Tabelle steht in einer anderen")
        self._inside, self._name = True, given.get("name", "")
        self._hidden = given.get("style-name", "") in self._unseen
        self._rows: list[list[Cell]] = []
        self._waiting, self._width, self._comments, self._columns = 0, 0, 0, 0
        self._hidden_rows: set[int] = set()
        self._hidden_spans: list[tuple[int, int]] = []
        self._merged: list[tuple[int, int, int, int]] = []

    def _column(self, given: dict[str, str]) -> None:
        first = self._columns + 1
        self._columns += _count(given.get("number-columns-repeated"))
        if given.get("visibility") in ("collapse", "filter"):
            self._hidden_spans.append((first, self._columns))

    def _end_cell(self) -> None:
        assert self._cell is not None and self._row is not None
        told, self._cell = self._cell, None
        self._spans = []
        times = _count(told.get("number-columns-repeated"))
        cell = self._made(told, "\n".join("".join(p) for p in self._paragraphs))
        column = len(self._row) + self._blank + 1
        if cell is not EMPTY:
            check_size(1, column + times, self._name)
        broad, high = _count(told.get("number-columns-spanned")), _count(told.get("number-rows-spanned"))
        if broad > 1 or high > 1:
            row = len(self._rows) + self._waiting + 1
            self._merged.append((row, column, row + high - 1, column + broad - 1))
        if cell is EMPTY:
            self._blank += times
            return
        self._row.extend([EMPTY] * self._blank)
        self._row.extend([cell] * times)
        self._blank = 0

    def _made(self, told: dict[str, str], shown: str) -> Cell:
        kind = told.get("value-type", "")
        if kind in ("float", "percentage", "currency"):
            return self._number(told.get("value", ""), shown, kind)
        if kind == "date":
            try:
                day = dt.date.fromisoformat(told.get("date-value", "")[:10])
            except ValueError:
                return text_cell(shown)
            if _WHOLE_DAY.search(shown) or not shown:
                return self._maker.plain(day)
            return Cell(" ".join(shown.split()), day)
        if kind == "boolean":
            return self._maker.plain(told.get("boolean-value") == "true")
        if "formula" in told and not kind and not shown:
            return uncomputed()
        return self._maker.plain(shown or told.get("string-value", ""))

    def _number(self, told: str, shown: str, kind: str) -> Cell:
        try:
            value = float(told)
        except ValueError:
            return text_cell(shown)
        if kind == "percentage":
            return self._maker.formatted(value, _PER_CENT)
        if re.fullmatch("0[0-9]+", shown.strip()) and float(shown) == value:
            return self._maker.formatted(value, Format("0" * len(shown.strip())))
        return self._maker.plain(value)

    def _end_row(self) -> None:
        row, self._row = self._row or [], None
        if not row:
            self._waiting += self._times
            return
        first = len(self._rows) + self._waiting + 1
        self._width = max(self._width, len(row))
        check_size(first + self._times, self._width, self._name)
        self._rows.extend([[]] * self._waiting)
        self._rows.extend([row] * self._times)
        self._waiting = 0
        if self._row_hidden:
            self._hidden_rows.update(range(first, first + self._times))

    def _end_table(self) -> None:
        columns = frozenset(c for a, b in self._hidden_spans for c in range(a, min(b, self._width) + 1))
        remarks = (f"Das Blatt hat Kommentare an Zellen: {self._comments}.",) if self._comments else ()
        self.grids.append(
            Grid(
                file=self._file,
                sheet=self._name,
                rows=self._rows,
                hidden=self._hidden,
                hidden_rows=frozenset(self._hidden_rows),
                hidden_columns=columns,
                merged=tuple(m for m in self._merged if m[0] <= len(self._rows)),
                remarks=remarks,
            )
        )
        self._inside = False
