"""Findings: the faults of one run, collected over all files and shortened where they are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sozialbericht.faults import Fault, nearest

LIMIT = 20
"""So many faults of one kind are listed for one file; the others are only counted."""
PLACES = 3
"""So many more lines are named where the same is said of all of them."""


class Finding(NamedTuple):
    """One fault; ``kind`` names its sort and decides what is listed and what is only counted."""

    kind: str
    file: str
    what: str
    remedy: str = ""
    row: int | None = None
    column: str = ""


class Findings:
    """The faults of one data folder.

    Files are named relative to that folder (``werte/2006.csv``); a fault's place is relative to the
    working directory where the folder lies below it (``data/werte/2006.csv``).
    """

    def __init__(self, folder: Path) -> None:
        resolved = folder.resolve()
        try:
            shown = resolved.relative_to(Path.cwd())
        except ValueError:
            shown = Path(resolved.name)
        self._prefix = "" if shown == Path() else shown.as_posix() + "/"
        self._entries: list[tuple[str, Fault]] = []
        self.broken: set[str] = set()
        """Tables (or single files of values) not read in full; what needs them is not checked."""

    def add(
        self, kind: str, file: str, what: str, remedy: str = "", *, row: int | None = None, column: str = ""
    ) -> None:
        """Note one fault."""
        self.extend([Finding(kind, file, what, remedy, row, column)])

    def extend(self, found: Iterable[Finding]) -> None:
        """Note several faults."""
        for kind, file, what, remedy, row, column in found:
            self._entries.append((kind, Fault(self._prefix + file, what, remedy, row, column)))

    def place(self, file: str) -> str:
        """A file of the folder as messages name it."""
        return self._prefix + file

    def cells(self) -> set[tuple[str, int | None, str]]:
        """File, line and column of the single cells noted so far."""
        start = len(self._prefix)
        faults = [fault for _, fault in self._entries if fault.row is not None]
        return {(fault.place[start:], fault.row, fault.column) for fault in faults}

    def __len__(self) -> int:
        return len(self._entries)

    def faults(self) -> list[Fault]:
        """All faults by file and line, at most ``LIMIT`` of one kind in one file."""
        ordered = _once(sorted(self._entries, key=lambda e: (e[1].place, e[1].row or 0)))
        totals = Counter((fault.place, kind) for kind, fault in ordered)
        seen: Counter[tuple[str, str]] = Counter()
        result = []
        for kind, fault in ordered:
            key = (fault.place, kind)
            seen[key] += 1
            if seen[key] <= LIMIT:
                result.append(fault)
            elif seen[key] == LIMIT + 1:
                rest = totals[key] - LIMIT
                what = f"… und {rest} weitere Fehler dieser Art ({kind})"
                result.append(Fault(fault.place, what, "Erst die genannten beheben."))
        return result


def _once(entries: list[tuple[str, Fault]]) -> list[tuple[str, Fault]]:
    """What is said of several lines in the same words is said once, with the number and the first lines."""
    same: dict[tuple[str, str, str, str, str], list[Fault]] = {}
    for kind, fault in entries:
        same.setdefault((kind, fault.place, fault.column, fault.what, fault.remedy), []).append(fault)
    merged = []
    for (kind, *_), faults in same.items():
        rows = [fault.row for fault in faults[1:] if fault.row is not None]
        first, others = faults[0], len(faults) - 1
        if others and len(rows) == others:
            more = f" und {others - PLACES} weiteren" if others > PLACES else ""
            named = f"Ebenso in Zeile {', '.join(map(str, rows[:PLACES]))}{more} (zusammen {others + 1} Stellen)."
            first = replace(first, what=f"{first.what} {named}")
            merged.append((kind, first))
        else:
            merged += [(kind, fault) for fault in faults]
    return merged


def similar(text: object, known: Iterable[object]) -> str:
    """A German sentence with the known words nearest to ``text``, or what is known at all."""
    words = [str(word) for word in known]
    if near := nearest(str(text), words):
        return near
    return f"Bekannt sind: {', '.join(words)}." if 0 < len(words) <= 12 else ""


def quoted(text: object) -> str:
    """The text in German quotation marks."""
    return f"„{text}“"


def listed(words: Iterable[object], most: int = 5) -> str:
    """The first words, separated by commas, and how many more there are."""
    texts = [str(word) for word in words]
    more = f" und {len(texts) - most} weitere" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more
