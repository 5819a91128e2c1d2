"""Valuefiles: the files ``werte/<Jahr>.csv`` with new and changed values; every other line stays as it is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from sozialbericht.data.descriptor import NAME, resource
from sozialbericht.data.reading.parsing import german
from sozialbericht.data.tableset import Tables
from sozialbericht.data.timeline import valueyears
from sozialbericht.faults import Fault, InputError


def cell(value: float, sign: str, decimal: str = ",") -> str:
    """A value as it stands in a file."""
    return sign or german(value).replace(",", decimal)


def contents(tables: Tables, new: pd.DataFrame, changed: pd.DataFrame) -> dict[str, bytes]:
    """The files that the values change, by their path in the data folder, the descriptor with them where a year is new.

    ``new`` has raum_id, merkmal, stichtag, value, sign; ``changed`` also datei and zeile of the row that has it now.
    Raises :class:`InputError` where a file of values is a workbook, which is not written.
    """
    entry = resource(tables.descriptor, "werte")
    found: dict[str, bytes] = {}
    text = (tables.folder / NAME).read_text(encoding="utf-8-sig")
    listed = text
    for year in sorted({day.year for frame in (new, changed) for day in frame["stichtag"]}):
        file = str(entry["jahresdateien"]).replace("{jahr}", str(year))
        path = tables.folder / file
        if (book := path.with_suffix(".xlsx")).is_file():
            remedy = f"Als {path.name} (CSV, Semikolon) speichern und die Arbeitsmappe aus dem Ordner nehmen."
            raise InputError([Fault(book.name, "Arbeitsmappen mit Werten kann der Befehl nicht ergänzen.", remedy)])
        own = [frame[frame["stichtag"].dt.year == year] for frame in (new, changed)]
        found[file] = _file(path, entry, *own)
        if not path.is_file():
            listed = valueyears.with_year(listed, str(entry["jahresdateien"]), year)
    if listed != text:
        found[NAME] = listed.encode("utf-8")
    return found


def _file(path: Path, entry: dict[str, Any], new: pd.DataFrame, changed: pd.DataFrame) -> bytes:
    """One file with its new rows at the end and its changed ones in their lines."""
    dialect = entry.get("dialect", {})
    sign, decimal = str(dialect.get("delimiter", ";")), str(dialect.get("decimalChar", ","))
    before = path.read_bytes() if path.is_file() else b""
    encoding = "utf-8-sig" if before.startswith(b"\xef\xbb\xbf") else str(entry.get("encoding", "utf-8"))
    names = [f["name"] for f in entry["schema"]["fields"] if not f.get("entbehrlich")]
    lines = before.decode(encoding).splitlines(keepends=True) if before else [sign.join(names) + "\n"]
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    heads = next(csv.reader([lines[0].rstrip("\r\n")], delimiter=sign))
    at = heads.index("wert")
    for row, value, told in zip(changed["zeile"], changed["value"], changed["sign"], strict=True):
        old = lines[int(row) - 1]
        fields = next(csv.reader([old.rstrip("\r\n")], delimiter=sign))
        fields[at] = cell(value, told, decimal)
        lines[int(row) - 1] = _line(fields, sign) + old[len(old.rstrip("\r\n")) :]
    if len(new) and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += ending
    lines += (_line(fields, sign) + ending for fields in _rows(new, heads, decimal))
    return "".join(lines).encode(encoding)


def _rows(new: pd.DataFrame, heads: list[str], decimal: str) -> Iterator[list[str]]:
    for _, row in new.iterrows():
        told = {
            "raum_id": str(row["raum_id"]), "merkmal": str(row["merkmal"]), "stichtag": f"{row['stichtag']:%d.%m.%Y}",
            "wert": cell(row["value"], row["sign"], decimal),
        }  # fmt: skip
        yield [told.get(head.strip(), "") for head in heads]


def _line(fields: list[str], sign: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign, lineterminator="").writerow(fields)
    return text.getvalue()
