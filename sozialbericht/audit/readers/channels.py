"""Channels: which formats are published, and who reads them for the audit.

A file is read by the reader registered for its ending. A format without one is not published: what nobody can read,
nobody can vouch for. Readings are kept in the store by the content of the file: only what has changed is read again.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sozialbericht import digests
from sozialbericht.audit.readers import markup, pictures, prints, textfiles
from sozialbericht.audit.readers.office import geopackages, spreadsheets, wordfiles
from sozialbericht.audit.readers.readings import Reading
from sozialbericht.cache.runcache import RunCache
from sozialbericht.cache.store import Store

Reader = Callable[[bytes, str], Reading]

_READERS: dict[str, Reader] = {}
#: Why nobody reads a link: what it leads to is not there.
LINK = "Verknüpfung"


def register(reader: Reader, *endings: str) -> None:
    """Make a format known: from now on files with these endings are read by ``reader``."""
    for ending in endings:
        _READERS[ending.lower()] = reader


def reader_of(path: Path) -> Reader | None:
    """Who reads this file; None for a format that nobody has registered."""
    return _READERS.get(path.suffix.lower())


register(markup.read, ".html", ".htm", ".xhtml")
register(pictures.read, ".svg")
register(prints.read, ".pdf")
register(textfiles.read_csv, ".csv", ".tsv")
register(textfiles.read_json, ".json", ".geojson", ".jsonld")
register(spreadsheets.read, ".xlsx")
register(geopackages.read, ".gpkg")
register(textfiles.read_notebook, ".ipynb")
register(textfiles.read_manuscript, ".md", ".qmd")
register(textfiles.read_script, ".js")
register(textfiles.read_lines, ".css", ".scss", ".txt", ".typ", ".yml", ".yaml", ".lua")
register(wordfiles.read, ".docx")
register(textfiles.read_nothing, ".woff", ".woff2", ".ttf", ".otf")


@dataclass(frozen=True)
class Publication:
    """All that the files of a folder say, by their names in it; ``unread`` are those that nobody can read."""

    folder: Path
    readings: dict[str, Reading] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The report year that the manifest names."""
        try:
            return int(json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))["year"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def different(self) -> dict[str, Reading]:
        """The readings without repetitions: of files with the same name and content the first."""
        seen: dict[int, tuple[str, Reading]] = {}
        for name, reading in self.readings.items():
            seen.setdefault(id(reading), (name, reading))
        return dict(seen.values())


class Kept(NamedTuple):
    """The entry of the store that a reading is kept in."""

    store: Store
    key: str


def reading_of(content: bytes, name: str, kept: Kept | None = None) -> Reading:
    """All that a file says; the reading from earlier where one is ``kept``."""
    reader = reader_of(Path(name))
    if reader is None:
        return Reading(unreadable=f"für das Format „{Path(name).suffix or Path(name).name}“ gibt es keinen Leser")
    if kept is not None and (entry := kept.store.get(kept.key)) is not None:
        known: Reading = pickle.loads(entry)
        return known
    try:
        reading = reader(content, Path(name).name)
    except Exception as reason:  # whatever the reason, nobody has read the file: a fault of the publication
        return Reading(unreadable=f"nicht lesbar ({type(reason).__name__})")
    if kept is not None:
        kept.store.put(kept.key, pickle.dumps(reading, pickle.HIGHEST_PROTOCOL))
    return reading


def read(folder: Path, cache: RunCache | None = None) -> Publication:
    """Read everything in a published folder. ``cache`` may have kept readings of files with the same content."""
    found = Publication(folder)
    known: dict[str, Reading] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found.unread[name] = LINK
        elif path.is_file():
            content = path.read_bytes()
            digest = digests.digest(path.name, content)
            if digest not in known:
                kept = None if cache is None else Kept(cache.store, cache.keys.reading(digest))
                known[digest] = reading_of(content, path.name, kept)
            if known[digest].unreadable:
                found.unread[name] = known[digest].unreadable
            else:
                found.readings[name] = known[digest]
    return found
