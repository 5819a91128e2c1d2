"""Faults: what is wrong with an input, said so that an analyst can mend it."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Fault:
    """One fault of an input.

    ``what`` says in German what was found and what was expected, ``remedy`` what to do next.
    ``place`` is a file (relative to the project where possible), ``row`` the line as a text editor
    counts it (the header is line 1), ``column`` the column's or the field's name.
    """

    place: str
    what: str
    remedy: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        """The fault as one German paragraph."""
        where = self.place
        if self.row is not None:
            where += f", Zeile {self.row}"
        if self.column:
            where += f", Spalte „{self.column}“"
        text = f"{where}: {self.what}" + (f"\n  → {self.remedy}" if self.remedy else "")
        return _UNPRINTABLE.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text)


class InputError(Exception):
    """Data, notebooks or report texts break the contract; holds every fault found (exit code 2)."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(f) for f in self.faults))


class ReportError(Exception):
    """The report could not be made although its inputs are in order (exit code 1)."""


def disk_full(error: BaseException) -> ReportError | None:
    """The fault to report where this error says that a disk, or a user's share of it, is full."""
    if not isinstance(error, OSError) or error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return None
    file = error.filename2 or error.filename
    place = f" (beim Schreiben von {file})" if file else ""
    return ReportError(f"Auf dem Datenträger ist kein Platz mehr{place}. Platz schaffen und erneut rendern.")
