"""Channels: which formats are published, and who reads them for the audit.

A file is read by the reader registered for its ending. A format without one is not published: what nobody can read,
nobody can vouch for. Readings are kept by the content of the file, so that only what has changed is read again.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sozialbericht.audit.readers import markup, pictures, prints, textfiles
from sozialbericht.audit.readers.readings import Reading

Reader = Callable[[bytes, str], Reading]

_READERS: dict[str, Reader] = {}
#: Raised when a reader learns to read more, so that what was kept of earlier ones is not used.
VERSION = 6


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
register(textfiles.read_json, ".json", ".geojson")
register(textfiles.read_notebook, ".ipynb")
register(textfiles.read_manuscript, ".md", ".qmd")
register(textfiles.read_script, ".js")
register(textfiles.read_lines, ".css", ".scss", ".txt", ".typ", ".yml", ".yaml", ".lua")
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


def read(folder: Path, keep: Path | None = None, *, without: Iterable[str] = ()) -> Publication:
    """Read everything in a published folder. ``keep`` is a folder for readings, ``without`` names what is left out."""
    found = Publication(folder)
    left_out = tuple(without)
    known: dict[str, Reading] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name.startswith(left_out):
            continue
        if path.is_symlink():
            found.unread[name] = "Verknüpfung"
            continue
        reader = reader_of(path)
        if reader is None:
            found.unread[name] = f"für das Format „{path.suffix or path.name}“ gibt es keinen Leser"
            continue
        content = path.read_bytes()
        digest = hashlib.sha256(f"{VERSION}:{path.name}:".encode() + content).hexdigest()
        if digest not in known:
            known[digest] = _kept(reader, content, path.name, None if keep is None else keep / f"{digest}.lesung")
        reading = known[digest]
        if reading.unreadable:
            found.unread[name] = reading.unreadable
        found.readings[name] = reading
    return found


def _kept(reader: Reader, content: bytes, name: str, place: Path | None) -> Reading:
    """A reading from earlier where name and content are the same, else a new one."""
    if place is not None and place.is_file():
        try:
            stored: Reading = pickle.loads(place.read_bytes())
        except (pickle.UnpicklingError, EOFError, AttributeError, ImportError):
            place.unlink(missing_ok=True)
        else:
            return stored
    reading = _attempt(reader, content, name)
    if place is not None:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.write_bytes(pickle.dumps(reading))
    return reading


def _attempt(reader: Reader, content: bytes, name: str) -> Reading:
    """A file that cannot be read is a fault of the publication, whatever the reason."""
    try:
        return reader(content, name)
    except Exception as reason:  # any failure means the same: nobody has read the file
        return Reading(unreadable=f"nicht lesbar ({type(reason).__name__})")
