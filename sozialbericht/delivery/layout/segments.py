"""Segments: the rows of a sheet parted into tables, each row in exactly one part of one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sozialbericht.delivery.layout import columnheads
from sozialbericht.delivery.layout.rowkinds import NUMBER, YEAR, RowKind, is_note, is_page, is_total, without_page

REPEATED_HEAD = "wiederholter Tabellenkopf"
REPEATED_TITLE = "wiederholter Titel"
PAGE = "Seitenzahl oder Hinweis auf die Fortsetzung"
NUMBERED = "Zeile mit den Nummern der Spalten"
RULE = "Trennlinie"
SECTION = "Zwischenüberschrift ohne Werte"

Places = Sequence[int]


@dataclass
class Segment:
    """One table as places of rows (from 0): title, head, body, notes, and with a reason what is left out."""

    title: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)
    sections: dict[int, int] = field(default_factory=dict)
    """For a row of the body the line above it that stands alone."""


class Segmenter:
    """Parts the rows of one sheet."""

    def __init__(self, rows: Sequence[RowKind | None]) -> None:
        self._rows = rows
        self._found: list[Segment] = []
        self._section: int | None = None
        self._rules: list[int] = []

    def segments(self) -> list[Segment]:
        """The tables; empty where no row has values."""
        waiting: list[int] = []
        for at, row in enumerate(self._rows):
            if row is None:
                continue
            if row.ruled:
                self._rules.append(at)
                continue
            if self._is_body(at, row, waiting):
                self._settle(waiting, at)
                waiting = []
                self._add(at, row)
            else:
                waiting.append(at)
        if self._found:
            self._finish(waiting)
        kept = self._merged()
        for rule in self._rules if kept else ():
            starts = [min([*segment.title, *segment.head, *segment.body]) for segment in kept]
            at = max((place for place, start in enumerate(starts) if start < rule), default=0)
            kept[at].left_out.append((rule, RULE))
        return kept

    def _is_body(self, at: int, row: RowKind, waiting: Places) -> bool:
        """Whether a row has values; years may be values or the head over them."""
        if row.valued:
            return True
        if not row.yearly or len(row.filled) < 2:
            return False
        if self._found and not waiting:
            last = self._rows[self._found[-1].body[-1]] if self._found[-1].body else None
            return last is not None and last.filled == row.filled and not self._is_known_head(at)
        years = [text for text, sort in zip(row.texts, row.kinds, strict=True) if sort == YEAR]
        above = self._rows[at - 1] if at and waiting and waiting[-1] == at - 1 else None
        full = above is not None and above.wordy and above.filled == row.filled
        return full and row.kinds[0] != YEAR and len(years) == 1 and self._follows(at)

    def _follows(self, at: int) -> bool:
        """Whether the next row has values in the same columns."""
        below = self._rows[at + 1] if at + 1 < len(self._rows) else None
        row = self._rows[at]
        return below is None or (row is not None and (below.valued or below.yearly) and below.filled == row.filled)

    def _add(self, at: int, row: RowKind) -> None:
        segment = self._found[-1]
        if not segment.body and segment.head and _numbers_columns(row):
            segment.left_out.append((at, NUMBERED))
            return
        segment.body.append(at)
        if self._section is not None:
            segment.sections[at] = self._section
            if is_total(row):
                self._section = None

    def _is_known_head(self, at: int) -> bool:
        row = self._rows[at]
        known = [self._rows[place] for place in self._found[-1].head] if self._found else []
        return any(k is not None and row is not None and k.texts == row.texts for k in known)

    def _settle(self, waiting: Places, body: int) -> None:
        """Decide what the rows between the body so far and its next row are."""
        if not self._found:
            head = columnheads.above(self._rows, body, 0)
            self._begin(waiting, head, waiting[0] if waiting else 0)
            return
        if not waiting:
            return
        last = self._found[-1]
        head = columnheads.above(self._rows, body, waiting[0])
        same = self._repeats(head)
        if not same and not self._opens(head, waiting):
            for at in waiting:
                self._between(at)
            return
        others = [at for at in waiting if at not in head]
        titles = [at for at in others if not self._is_note(at) and not self._is_page(at)]
        known = {self._text(at) for at in last.title}
        if same and all(self._text(at) in known for at in titles if at < head[0]):
            last.left_out += [(at, REPEATED_HEAD) for at in head]
            for at in others:
                if at in titles and at < head[0]:
                    last.left_out.append((at, REPEATED_TITLE))
                else:
                    self._between(at)
            return
        start = self._start_of_title([at for at in others if at < head[0]], head)
        for at in others:
            if at < start:
                self._after(at)
        self._begin(others, head, start)

    def _begin(self, others: Places, head: list[int], start: int) -> None:
        """Begin a table whose title starts at a place; what stands between its head and its body is a section."""
        self._section = None
        end = head[-1] if head else len(self._rows)
        self._found.append(Segment(title=[at for at in others if start <= at < end and at not in head], head=head))
        for at in others:
            if at > end:
                self._between(at)

    def _repeats(self, head: Places) -> bool:
        """Whether these rows are the head of the table once more."""
        known = self._found[-1].head
        return bool(head) and [self._text(at) for at in head] == [self._text(at) for at in known]

    def _opens(self, head: Places, waiting: Places) -> bool:
        """Whether a head begins a new table: several cells, and something between it and the body before."""
        rows = [self._rows[at] for at in head]
        if not any(row is not None and len(row.filled) > 1 for row in rows):
            return False
        before = self._found[-1].body[-1] if self._found[-1].body else waiting[0] - 1
        return head[0] > before + 1

    def _start_of_title(self, others: Places, head: Places) -> int:
        """Where the title of a new table begins: after the last empty row, else after the notes; what stands close
        to the body above is none of it where an empty row follows."""
        end = head[0]
        body = self._found[-1].body
        for at in reversed(others):
            apart = any(self._rows[place] is None for place in range(at + 1, end))
            close = bool(body) and all(self._rows[place] is not None for place in range(body[-1] + 1, at))
            if (apart and (close or end != head[0])) or self._is_note(at) or self._is_page(at):
                return end
            end = at
        return end

    def _between(self, at: int) -> None:
        """A row without values amid the body."""
        row = self._rows[at]
        assert row is not None
        last = self._found[-1]
        if self._is_page(at):
            last.left_out.append((at, PAGE))
        elif self._is_note(at):
            last.notes.append(at)
        elif len(row.filled) > 1:
            self._add(at, row)
        elif row.kinds in (NUMBER, YEAR):
            last.body.append(at)
        else:
            self._section = at
            last.left_out.append((at, SECTION))

    def _after(self, at: int) -> None:
        """A row below the body that belongs to the table above it."""
        if self._is_page(at):
            self._found[-1].left_out.append((at, PAGE))
        else:
            self._found[-1].notes.append(at)

    def _finish(self, waiting: Places) -> None:
        """Decide what the rows below the last body are: rows without values as long as nothing stands between."""
        last = self._found[-1]
        end = last.body[-1] if last.body else -2
        for at in waiting:
            row = self._rows[at]
            assert row is not None
            if at == end + 1 and len(row.filled) > 1 and not self._is_note(at):
                self._add(at, row)
                end = at
            else:
                self._after(at)

    def _merged(self) -> list[Segment]:
        """The tables, without those that are a few numbers in the lines above or below a real one."""
        if not any(segment.head and segment.body for segment in self._found):
            return [segment for segment in self._found if segment.body]
        kept: list[Segment] = []
        carried: list[int] = []
        for segment in self._found:
            if segment.head and segment.body:
                segment.title = sorted([*carried, *segment.title])
                carried = []
                kept.append(segment)
            elif len(segment.body) > 2:
                kept.append(segment)
            else:
                carried += [*segment.title, *segment.head, *segment.body, *segment.notes]
                carried += [at for at, _ in segment.left_out]
        kept[-1].notes += carried
        return kept

    def _text(self, at: int) -> str:
        row = self._rows[at]
        return without_page(row.text) if row is not None else ""

    def _is_note(self, at: int) -> bool:
        row = self._rows[at]
        return row is not None and is_note(row)

    def _is_page(self, at: int) -> bool:
        row = self._rows[at]
        return row is not None and is_page(row)


def _numbers_columns(row: RowKind) -> bool:
    """Whether a row counts the columns: 1, 2, 3 …"""
    told = [text.strip("()") for text in row.texts]
    if len(told) < 3 or not all(text.isdecimal() and len(text) < 3 for text in told):
        return False
    first = int(told[0])
    return first in (0, 1) and [int(text) for text in told] == list(range(first, first + len(told)))
