"""Stitched projects: the folder that a stitcher has made, and the Typst sources that the PDF was set from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sozialbericht.cache.runcache import RunCache
from sozialbericht.digests import digest


@dataclass(frozen=True)
class StitchedProject:
    """The entry of an assembled project that is stitched in one way, under the ``key`` of both."""

    cache: RunCache
    key: str

    def get(self, folder: Path) -> list[str | None] | None:
        """Write the stitched files into a new folder; the names of what was made, None, and nothing written, if it is
        not stored."""
        entry = self.cache.store.get(digest("names", self.key))
        if entry is None or not self.cache.store.get_folder(self.key, folder):
            return None
        names: list[str | None] = json.loads(entry)
        return names

    def put(self, folder: Path, names: list[str | None], sources: Mapping[str, str]) -> None:
        """Store the files of a folder, the names of what was made, and the sources."""
        self.cache.store.put(self._sources, json.dumps(sources).encode())
        self.cache.store.put_folder(self.key, folder)
        self.cache.store.put(digest("names", self.key), json.dumps(names).encode())

    def published(self, output: Path) -> None:
        """Store that the report in ``output`` is this one."""
        self.cache.store.put(self.cache.keys.sources(output), self._sources.encode())

    @property
    def _sources(self) -> str:
        return digest("sources", self.key)


def sources(cache: RunCache, output: Path) -> dict[str, str]:
    """The Typst sources of the report in ``output`` by name; none where they are not stored."""
    key = cache.store.get(cache.keys.sources(output))
    entry = cache.store.get(key.decode()) if key else None
    found: dict[str, str] = json.loads(entry) if entry else {}
    return found
