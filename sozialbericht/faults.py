"""Faults: what is wrong with an input, said so that an analyst can mend it."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

#: How much of a line of code a message shows.
_WIDEST = 100


@dataclass(frozen=True)
class Fault:
    """One fault of an input.

    ``what`` says in German what was found and what was expected, ``remedy`` what to do next.
    ``place`` is a file (relative to the project where possible), ``row`` the line as a text editor
    counts it (the header is line 1), ``column`` the column's or the field's name. Of code, ``line`` is the line itself
    and ``span`` the columns at fault (from 0).
    """

    place: str
    what: str
    remedy: str = ""
    row: int | None = None
    column: str = ""
    line: str = ""
    span: tuple[int, int] | None = None

    def __str__(self) -> str:
        """The fault as one German paragraph."""
        where = self.place
        if self.row is not None:
            where += f", Zeile {self.row}"
        if self.column:
            where += f", Spalte „{self.column}“"
        shown = pointed(self.line, self.span) if self.line.strip() else ""
        text = f"{where}: {self.what}{shown}" + (f"\n  → {self.remedy}" if self.remedy else "")
        return _UNPRINTABLE.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text)


def pointed(line: str, span: tuple[int, int] | None) -> str:
    """A line of code below a message, with carets below the columns at fault; of a long one what is around them."""
    start, end = span or (0, 0)
    indent = len(line) - len(line.lstrip())
    first = max(indent, start - _WIDEST // 2 if len(line) - indent > _WIDEST else indent)
    shown = line[first : first + _WIDEST].rstrip().replace("\t", " ")
    carets = "^" * max(1, min(end, first + len(shown)) - start) if span else ""
    below = f"\n      {' ' * max(0, start - first)}{carets}" if carets else ""
    return f"\n      {shown}{below}"


class InputError(Exception):
    """Data, notebooks or report texts break the contract; holds every fault found (exit code 2)."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(f) for f in self.faults))


class ReportError(Exception):
    """The report could not be made although its inputs are in order (exit code 1).

    ``remedy`` says what to do next; where there is none, ``what`` names it.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what + (f"\n  → {remedy}" if remedy else ""))


#: How alike two names are (of 1) if one is meant without doubt.
SURE = 0.85


def meant(name: str, names: Iterable[str]) -> list[str]:
    """The names that a misspelt one may be: one where it is nearly sure, else up to two, or none."""
    known = {n.casefold(): n for n in names}
    close = get_close_matches(name.casefold(), known, 2, 0.7)
    if close and SequenceMatcher(None, close[0], name.casefold()).ratio() >= SURE:
        close = close[:1]
    return [known[n] for n in close]


def nearest(name: str, names: Iterable[str]) -> str:
    """A remedy that asks „Meinten Sie „x“?“, or "" where no name is near."""
    near = meant(name, names)
    return f"Meinten Sie {' oder '.join(f'„{n}“' for n in near)}?" if near else ""


def listed(names: Iterable[str], most: int = 8) -> str:
    """The names in order, the first ones of many."""
    there = sorted(names)
    return ", ".join(there[:most]) + (" …" if len(there) > most else "")


def disk_full(error: BaseException) -> ReportError | None:
    """The fault to report where this error says that a disk, or a user's share of it, is full."""
    if not isinstance(error, OSError) or error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return None
    file = error.filename2 or error.filename
    place = f" (beim Schreiben von {file})" if file else ""
    return ReportError(f"Auf dem Datenträger ist kein Platz mehr{place}.", "Platz schaffen und erneut rendern.")
