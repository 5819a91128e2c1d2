"""What was found in a chapter, kept for as long as nothing changes that it depends on."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path

from sozialbericht.cache.store import Cache
from sozialbericht.checking.code.interface import Interface
from sozialbericht.checking.labels import Found, Label, Reference
from sozialbericht.digests import digest, file_digest
from sozialbericht.faults import Fault


@dataclass
class Checked:
    """What was found in a chapter: its faults, its labels and references."""

    faults: list[Fault] = field(default_factory=list)
    found: Found = field(default_factory=Found)

    def written(self) -> bytes:
        """All of it as text."""
        return json.dumps(dataclasses.asdict(self)).encode()


def read(text: bytes) -> Checked:
    """What :meth:`Checked.written` has written."""
    given = json.loads(text)
    found = given["found"]
    marks = [Label(**{**label, "way": tuple(map(tuple, label["way"]))}) for label in found["labels"]]
    references = [Reference(**reference) for reference in found["references"]]
    return Checked([Fault(**fault) for fault in given["faults"]], Found(marks, references))


@dataclass(frozen=True)
class Kept:
    """The cache of a project for what was found, ``base`` being the digest of program and keys of the data."""

    cache: Cache
    base: str

    def key(self, path: Path, place: str) -> str:
        """The key of a chapter by its content."""
        return digest("checked", self.base, place, file_digest(path))

    def get(self, key: str) -> Checked | None:
        """What is kept under a key."""
        entry = self.cache.get(key)
        return None if entry is None else read(entry)

    def interface(self, made: Interface | None = None) -> Interface:
        """The interface of the package as an earlier run has read it; with ``made`` keep what this one has read."""
        key = digest("interface", self.base)
        if made is None:
            return Interface((self.cache.get(key) or b"").decode())
        if new := made.kept():
            self.cache.put(key, new.encode())
        return made

    def put(self, key: str, checked: Checked) -> None:
        """Keep what was found."""
        self.cache.put(key, checked.written())
