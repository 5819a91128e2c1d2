"""Record of releases: ``freigaben.csv`` of the data folder, a row for each edition of a report that was released.

A report of which nothing stands there is a draft. Only ``sozialbericht release`` writes the file.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sozialbericht.data.faultlist import Finding, Findings, quoted
from sozialbericht.data.files import inside
from sozialbericht.data.releases import showncells

NAME = "freigaben.csv"
_COLUMNS = ["jahr", "status", "datum", "verantwortlich", "anlass", "fassung"]
_KINDS = {"jahr": "integer", "datum": "date"}


class Stand(StrEnum):
    """What an edition is: released for the first time, or in the place of one that was."""

    RELEASED = "freigegeben"
    CORRECTED = "berichtigt"


@dataclass(frozen=True)
class Release:
    """A released edition of a year's report: by whom, when, and if it corrects an earlier one why.

    ``edition`` is by what its content is known (:mod:`sozialbericht.rendering.identity`).
    """

    year: int
    stand: Stand
    date: dt.date
    by: str
    reason: str
    edition: str


def read(folder: Path, findings: Findings, year: int | None = None) -> list[Release]:
    """The releases of a data folder in their order, all or those of a ``year``; faults are noted with their line."""
    path = folder / NAME
    if not path.exists() and not path.is_symlink() and not (folder / showncells.NAME).is_dir():
        return []
    before = len(findings)
    table = _table(path, findings) if path.is_file() and inside(path, folder, NAME, findings) else []
    if len(findings) == before:
        findings.extend(_faults(table, folder))
    if len(findings) > before:
        return []
    return [release for _, release in table if year in (None, release.year)]


def written(releases: Iterable[Release]) -> str:
    """The text of the file."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in releases:
        writer.writerow([one.year, one.stand, f"{one.date:%d.%m.%Y}", one.by, one.reason, one.edition])
    return text.getvalue()


def lines(folder: Path, year: int) -> bytes:
    """What the file says of a year, as it stands there; nothing is checked."""
    try:
        content = (folder / NAME).read_bytes()
    except OSError:
        return b""
    return b"".join(line for line in content.splitlines(keepends=True) if line.startswith(b"%d;" % year))


def _table(path: Path, findings: Findings) -> list[tuple[int, Release]]:
    """The rows of the file with their lines."""
    from sozialbericht.data.columns import typed
    from sozialbericht.data.reading.tablefile import Source
    from sozialbericht.data.reading.tabular import read_table

    rules: dict[str, dict[str, Any]] = {name: {"required": True} for name in _COLUMNS if name != "anlass"}
    rules["status"]["enum"] = [stand.value for stand in Stand]
    fields = [
        {"name": name, "type": _KINDS.get(name, "string"), "constraints": rules.get(name, {})} for name in _COLUMNS
    ]
    entry = {"name": "freigaben.csv", "schema": {"fields": fields}}
    before = len(findings)
    text = read_table(Source(path, NAME, entry, findings))
    if text is None:
        return []
    rows = typed(text, entry, findings)
    if len(findings) > before:
        return []
    return [
        (
            int(row["zeile"]),
            Release(
                int(row["jahr"]), Stand(row["status"]), row["datum"].date(), row["verantwortlich"], row["anlass"],
                row["fassung"],
            ),
        )
        for _, row in rows.iterrows()
    ]  # fmt: skip


def _faults(table: list[tuple[int, Release]], folder: Path) -> Iterator[Finding]:
    """A year is released once and then corrected, each time for a reason; what it showed is on record, too."""
    seen: set[int] = set()
    remedy = "Holen Sie die letzte Fassung der Datei zurück; nur „sozialbericht release“ schreibt sie."
    for row, one in table:
        if (one.stand == Stand.CORRECTED) != (one.year in seen):
            what = f"Der Bericht {one.year} ist hier {quoted(one.stand)}, "
            what += "davor aber schon freigegeben." if one.year in seen else "davor aber nie freigegeben."
            yield Finding("Freigabe", NAME, what, remedy, row, "status")
        elif one.stand == Stand.CORRECTED and not one.reason:
            yield Finding("Freigabe", NAME, "Zu einer Berichtigung fehlt der Anlass.", remedy, row, "anlass")
        seen.add(one.year)
        if not showncells.path(folder, one.year).is_file():
            what = f"Zur Freigabe des Berichts {one.year} fehlt {showncells.NAME}/{one.year}.csv."
            yield Finding("Freigabe", NAME, what, "Holen Sie die Datei zurück.", row, "jahr")
    for path in sorted((folder / showncells.NAME).glob("*.csv")):
        if path.stem.isdecimal() and int(path.stem) not in seen:
            what = f"In {NAME} steht nichts von einer Freigabe des Berichts {path.stem}."
            yield Finding("Freigabe", f"{showncells.NAME}/{path.name}", what, remedy)
