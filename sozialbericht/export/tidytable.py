"""Tidy table: rows of texts as CSV (RFC 4180, UTF-8, decimal point), with no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?", re.ASCII)


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before it where one would.

    See https://owasp.org/www-community/attacks/CSV_Injection; numbers stay numbers.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\n") and not _NUMBER.fullmatch(text) else text


def text(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The CSV of a table with its heading."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return out.getvalue()
