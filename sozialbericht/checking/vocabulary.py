"""The vocabulary of a project: which keys of areas, indicators and counts of its data a notebook may name, and which
pictures."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sozialbericht.digests import files
from sozialbericht.escaping import slugged
from sozialbericht.order.project import PICTURES

#: The columns whose words are keys, by kind, with the table that they stand in.
COLUMNS = {
    "indikator": ("indikatoren", "indikator"),
    "merkmal": ("merkmale", "merkmal"),
    "raum": ("raeume", "raum_id"),
    "ebene": ("raeume", "ebene"),
    "dimension": ("indikatoren", "dimension"),
}
#: The kind of the names of pictures, which are files.
PICTURE = "bild"
#: How a kind is called, with its article, and the file that lists its keys.
NAMES = {
    "indikator": ("Den Indikator", "data/indikatoren.csv"),
    "merkmal": ("Das Merkmal", "data/merkmale.csv"),
    "raum": ("Das Gebiet", "data/raeume.csv"),
    "ebene": ("Die Ebene", "data/raeume.csv"),
    "dimension": ("Die Dimension", "data/indikatoren.csv"),
    PICTURE: ("Das Bild", PICTURES),
}


@dataclass(frozen=True)
class Vocabulary:
    """The keys of a data folder by kind; none where its tables are not simply to be read, and nothing is said then.
    With them the files in a folder of pictures."""

    folder: Path | None = None
    pictures: Path | None = None

    @cached_property
    def keys(self) -> dict[str, list[str]]:
        """The keys by kind, each once, in order."""
        tables = {} if self.folder is None else _tables(self.folder)
        found = {kind: _column(tables.get(table), column) for kind, (table, column) in COLUMNS.items()}
        found = found if all(found.values()) else {kind: [] for kind in COLUMNS}
        shown = [] if self.pictures is None else files(self.pictures)
        return found | {PICTURE: [path.relative_to(self.pictures).as_posix() for path in shown if self.pictures]}

    def unknown(self, kind: str, word: str) -> str:
        """What is wrong with a word as a key of this kind, or of one of several (``indikator|merkmal``); "" if nothing.

        Of counts, a sum is a key, too: ``hlu + asyl``. ``anfang`` is what keys of counts begin with.
        """
        kinds = ["merkmal" if one == "anfang" else one for one in kind.split("|")]
        known = [key for one in kinds for key in self.keys[one]]
        words = [part.strip() for part in word.split("+")] if "merkmal" in kinds else [word]
        if kind == "anfang" and any(key.startswith(f"{word}_") for key in known):
            return ""
        return next((part for part in words if part not in known), "") if known or kind == PICTURE else ""

    def known(self, kind: str) -> list[str]:
        """All keys of a kind, or of several."""
        return [key for one in kind.split("|") for key in self.keys["merkmal" if one == "anfang" else one]]

    def slugs(self, kind: str) -> list[str]:
        """The keys as they stand in labels."""
        return [slug(kind, key) for key in self.keys[kind]]


def slug(kind: str, key: str) -> str:
    """A key as it stands in a label: ``al_rate`` → ``al-rate``, the dimension „Räume, weit“ → ``raeume-weit``."""
    return slugged(key) if kind == "dimension" else key.replace("_", "-")


def _tables(folder: Path) -> dict[str, tuple[Path, str]]:
    """The tables of the folder that are CSV files: path and delimiter by name."""
    try:
        resources = json.loads((folder / "datapackage.json").read_bytes())["resources"]
        return {
            str(r["name"]): (folder / str(r["path"]), str((r.get("dialect") or {}).get("delimiter", ";"))[:1])
            for r in resources
            if isinstance(r.get("path"), str)
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _column(table: Any, column: str) -> list[str]:
    if table is None or table[0].suffix.lower() != ".csv":
        return []
    try:
        with table[0].open(encoding="utf-8-sig", newline="") as file:
            return list(
                dict.fromkeys(filter(None, (row.get(column) for row in csv.DictReader(file, delimiter=table[1]))))
            )
    except (OSError, ValueError, csv.Error, TypeError):
        return []
