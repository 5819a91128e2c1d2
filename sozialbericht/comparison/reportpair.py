"""Report pair: what differs between two reports – files, values, classes, sentences, pages.

Files are compared by their bytes. Values and classes are those of the open data; sentences and cells of tables those
that the readers of the audit find in the pages, so that a mark-up that shows the same is no difference.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from sozialbericht.audit.readers import channels
from sozialbericht.audit.readers.readings import Passage
from sozialbericht.export import exportfolder
from sozialbericht.order import manifest
from sozialbericht.order.manifest import Manifest
from sozialbericht.status import Status
from sozialbericht.stitching import imprint

_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZÄÖÜ„▲▼])")
_SHOWN = {Status.OK, Status.LIMITED, Status.UNRELIABLE}


class Change(NamedTuple):
    """What stands in one report and what in the other; "" where nothing does. ``place`` says where, German."""

    place: str
    one: str
    other: str


@dataclass(frozen=True)
class ReportPair:
    """Two folders with reports; what is asked for is read once."""

    one: Path
    other: Path

    @cached_property
    def manifests(self) -> tuple[Manifest, Manifest]:
        """What the folders hold, by their bytes as they are now."""
        return self._now(self.one), self._now(self.other)

    def _now(self, folder: Path) -> Manifest:
        listed = manifest.read(folder) or Manifest()
        now = manifest.of(folder, listed)
        earlier = {path for path, entry in listed.files.items() if entry.earlier}
        return Manifest(
            now.kind, now.year, files={path: entry for path, entry in now.files.items() if path not in earlier},
            edition=now.edition, protected=now.protected, versions=now.versions,
        )  # fmt: skip

    @cached_property
    def files(self) -> list[Change]:
        """The files that differ or are in one folder only, with the digests of their content."""
        one, other = (found.files for found in self.manifests)
        return [
            Change(path, one[path].sha256 if path in one else "", other[path].sha256 if path in other else "")
            for path in sorted({*one, *other})
            if one.get(path) != other.get(path)
        ]

    @cached_property
    def _rows(self) -> tuple[dict[tuple[str, str, str], dict[str, str]], ...]:
        """The values of both by indicator, year and area; of reports of two years those of each one's own year."""
        years = [found.year for found in self.manifests]
        alike = years[0] == years[1]
        found = []
        for folder, year in zip((self.one, self.other), years, strict=True):
            path = folder / exportfolder.NAME / "werte.csv"
            rows: dict[tuple[str, str, str], dict[str, str]] = {}
            if path.is_file():
                with path.open(encoding="utf-8", newline="") as file:
                    for row in csv.DictReader(file):
                        if alike or row["jahr"] == str(year):
                            rows[row["indikator"], row["jahr"] if alike else "", row["raum_id"]] = row
            found.append(rows)
        return tuple(found)

    @property
    def counted(self) -> int:
        """How many values both reports have."""
        one, other = self._rows
        return len(one.keys() & other.keys())

    @cached_property
    def values(self) -> list[Change]:
        """The values that differ, or are shown in one report only."""
        return list(self._differing(lambda row: row["wert"] if row["status"] in _SHOWN else ""))

    @cached_property
    def classes(self) -> list[Change]:
        """Where the status of a value or its place beside the city differs."""
        return list(self._differing(lambda row: f"{row['lage']}, Status {row['status']}"))

    def _differing(self, said: Callable[[dict[str, str]], str]) -> Iterator[Change]:
        one, other = self._rows
        for key in dict.fromkeys([*one, *other]):
            here, there = one.get(key), other.get(key)
            told = said(here) if here else "", said(there) if there else ""
            if told[0] != told[1]:
                row = here or there or {}
                yield Change(f"{row['bezeichnung']}, {row['raum']}" + (f" ({key[1]})" if key[1] else ""), *told)

    @cached_property
    def pages(self) -> list[Change]:
        """The pages that show something else or are in one report only, with the number of sentences and cells that the
        other one does not have."""
        found = []
        for page in dict.fromkeys([*self._pages[0], *self._pages[1]]):
            one, other = (pages.get(page) for pages in self._pages)
            gone, come = self._only(one, other), self._only(other, one)
            if one is None or other is None or gone or come:
                found.append(Change(page, _number(one, gone), _number(other, come)))
        return found

    @cached_property
    def sentences(self) -> list[Change]:
        """The sentences, captions and descriptions of pictures that one report has and the other does not, by page."""
        found = []
        for page in dict.fromkeys([*self._pages[0], *self._pages[1]]):
            one, other = (pages.get(page) for pages in self._pages)
            if one is not None and other is not None:
                found += [Change(page, words, "") for kind, words in self._only(one, other) if kind != "Tabelle"]
                found += [Change(page, "", words) for kind, words in self._only(other, one) if kind != "Tabelle"]
        return found

    @staticmethod
    def _only(one: Counter[tuple[str, str]] | None, other: Counter[tuple[str, str]] | None) -> list[tuple[str, str]]:
        return list(((one or Counter()) - (other or Counter())).elements())

    @cached_property
    def _pages(self) -> tuple[dict[str, Counter[tuple[str, str]]], ...]:
        """What the pages of both say: those of the web where both have them, else the assembled chapters."""
        web = all((folder / "html").is_dir() for folder in (self.one, self.other))
        return tuple(_said(folder / ("html" if web else "projekt")) for folder in (self.one, self.other))


def _said(folder: Path) -> dict[str, Counter[tuple[str, str]]]:
    """By page the sentences and cells, with their kind."""
    found: dict[str, Counter[tuple[str, str]]] = {}
    for path in sorted(folder.glob("*")):
        if path.suffix in (".html", ".qmd", ".ipynb") and path.is_file():
            reading = channels.reading_of(path.read_bytes(), path.name)
            found[path.stem] = Counter(part for passage in reading.passages for part in _parts(passage))
    return found


def _parts(passage: Passage) -> Iterator[tuple[str, str]]:
    if passage.text.startswith(imprint.EDITION) or passage.kind not in ("Text", "Tabelle", "Alternativtext"):
        return
    if passage.kind == "Tabelle":
        yield "Tabelle", passage.text
    else:
        yield from ((passage.kind, words) for words in _SENTENCE.split(passage.text))


def _number(page: Counter[tuple[str, str]] | None, own: list[tuple[str, str]]) -> str:
    return "" if page is None else str(len(own))
