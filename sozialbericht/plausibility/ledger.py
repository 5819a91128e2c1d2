"""Ledger: the file ``hinweise.csv``, to which an acceptance is added as a row, all of it or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sozialbericht.data import columns, files
from sozialbericht.data.faultlist import Findings
from sozialbericht.data.reading.tablefile import Source
from sozialbericht.data.reading.tabular import read_table
from sozialbericht.data.tableset import Tables
from sozialbericht.faults import Fault, InputError
from sozialbericht.plausibility import acceptance
from sozialbericht.plausibility.oddity import Oddity

FILE = f"{acceptance.NAME}.csv"


def accept(tables: Tables, oddity: Oddity, reason: str, initials: str) -> tuple[Path, str]:
    """Add the row that accepts an oddity to ``hinweise.csv`` of the data folder; returns the file and the row.

    The file is made where there is none. Raises :class:`InputError`, with nothing written, for a reason or initials
    that the contract does not take, and where the acceptances stand in a workbook.
    """
    entry = _entry(tables)
    path = tables.folder / str(entry["path"])
    if (book := path.with_suffix(".xlsx")).is_file():
        remedy = f"Tragen Sie die Zeile selbst ein: {line(acceptance.fields(oddity, reason, initials))}"
        raise InputError([Fault(book.name, "Arbeitsmappen kann der Befehl nicht ergänzen.", remedy)])
    dialect = entry.get("dialect", {})
    delimiter = str(dialect.get("delimiter", ";"))
    before = path.read_bytes() if path.is_file() else b""
    encoding = "utf-8-sig" if before.startswith(b"\xef\xbb\xbf") else str(entry.get("encoding", "utf-8"))
    text = before.decode(encoding) if before else line(acceptance.COLUMNS, delimiter) + "\n"
    ending = "\r\n" if "\r\n" in text else "\n"
    heads = [head.strip().strip('"') for head in text.lstrip("\ufeff").splitlines()[0].split(delimiter)]
    told = dict(zip(acceptance.COLUMNS, acceptance.fields(oddity, reason.strip(), initials.strip()), strict=True))
    told["wert"] = told["wert"].replace(",", str(dialect.get("decimalChar", ",")))
    row = line([told.get(head, "") for head in heads], delimiter)
    content = (text + ("" if text.endswith(("\n", "\r")) else ending) + row + ending).encode(encoding)
    _check(content, entry, tables.folder)
    _write(path, content)
    return path, row


def line(values: Sequence[str], delimiter: str = ";") -> str:
    """Fields as a line of CSV, quoted where they have to be."""
    return delimiter.join(
        '"' + value.replace('"', '""') + '"' if any(sign in value for sign in (delimiter, '"', "\n", "\r")) else value
        for value in values
    )


def _entry(tables: Tables) -> dict[str, Any]:
    """How the contract describes the table, or how it is read where it is not declared."""
    from sozialbericht.data.contract import UNDECLARED

    entries = [*tables.descriptor["resources"], *UNDECLARED]
    return next(entry for entry in entries if entry["name"] == acceptance.NAME)


def _check(content: bytes, entry: dict[str, Any], folder: Path) -> None:
    """Read the new content as the contract does; raises :class:`InputError` for what it does not take."""
    findings = Findings(folder)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / FILE
        path.write_bytes(content)
        table = read_table(Source(path, FILE, entry, findings))
        if table is not None:
            columns.typed(table, entry, findings)
    if len(findings):
        raise InputError(findings.faults())


def _write(path: Path, content: bytes) -> None:
    """Put a new content in the place of a file."""
    try:
        files.put(path, content)
    except OSError as error:
        what = f"Die Datei lässt sich nicht schreiben ({error.strerror})."
        raise InputError([Fault(path.name, what, "Schließen Sie sie in anderen Programmen.")]) from error
