"""What is known from earlier runs of a project: whole reports, data without faults, stitched projects.

Nothing here loads data or draws, so that a run in which nothing has changed ends at once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sozialbericht import digests
from sozialbericht.cache.keys import Inputs
from sozialbericht.cache.store import Cache, folder_of
from sozialbericht.digests import digest, file_digest
from sozialbericht.order import manifest
from sozialbericht.order.request import Made, Request

if TYPE_CHECKING:
    from sozialbericht.data.settings import Settings
    from sozialbericht.data.tableset import Tables


@dataclass(frozen=True)
class DataFacts:
    """What every report has to know of a data folder in which no fault was found: its years, the status of its data."""

    folder: Path
    years: list[int]
    status_text: str

    @classmethod
    def of(cls, tables: Tables) -> DataFacts:
        """The facts of checked tables, which are kept."""
        facts = cls(tables.folder, tables.years, tables.status_text)
        facts.__dict__["tables"] = tables
        return facts

    @cached_property
    def settings(self) -> Settings:
        """What ``bericht.yml`` decides, read without the tables."""
        from sozialbericht.data import settings
        from sozialbericht.data.faultlist import Findings

        return settings.read(self.folder, Findings(self.folder))

    @cached_property
    def tables(self) -> Tables:
        """The checked tables, loaded when they are asked for; raises :class:`InputError`."""
        from sozialbericht.data import contract

        return contract.load(self.folder)


class Known:
    """The cache of the project in ``root`` and the fingerprints of this run; with ``used`` False nothing is known."""

    def __init__(self, root: Path, *, used: bool = True) -> None:
        self.cache = Cache(folder_of(root) if used else None)
        self.inputs = Inputs(root)

    @property
    def kept(self) -> list[str] | None:
        """Where and for whom snapshots of data are kept: folder of the cache, of the project, fingerprints of the code
        alone and of the whole program. None where nothing is kept."""
        if self.cache.folder is None:
            return None
        return [str(self.cache.folder), str(self.inputs.root), self.inputs.code, self.inputs.program]

    @property
    def lint(self) -> tuple[Cache, str] | None:
        """Where it is kept what was found in notebooks and texts, and the digest of the program; None where nowhere."""
        return None if self.cache.folder is None else (self.cache, self.inputs.program)

    def same_code(self) -> bool:
        """Whether the program on disk is still the one whose fingerprint this run has taken."""
        return self._again().inputs.code == self.inputs.code

    @property
    def stitchers(self) -> str:
        """Digest of what a stitcher's answer depends on besides what it is given."""
        return digest(self.inputs.libraries, self.inputs.surroundings)

    def data(self, folder: Path) -> DataFacts | None:
        """The facts of a data folder if this very content was found without fault before."""
        found = self.cache.get(self._data_key(folder))
        return None if found is None else DataFacts(folder, **json.loads(found))

    def keep_data(self, facts: DataFacts) -> None:
        """Remember that a data folder is without fault, unless it has changed meanwhile."""
        key = self._data_key(facts.folder)
        if self._again()._data_key(facts.folder) == key:
            self.cache.put(key, json.dumps({"years": facts.years, "status_text": facts.status_text}).encode())

    def _data_key(self, folder: Path) -> str:
        return digest("data", self.inputs.data(folder), self.inputs.program)

    def report_key(self, request: Request, data: Path, engine: str) -> str:
        """The key of a whole report, wherever it goes and however many kernels work for it."""
        wanted = repr((request.year, request.formats, request.only, request.profiles, engine))
        return digest("report", wanted, self.inputs.texts(), self.inputs.data(data), self.inputs.program)

    def state(self, request: Request, data: Path) -> str:
        """Digest of data, texts and program, whatever is made of them and in whatever surroundings."""
        parts = self.inputs.texts(), self.inputs.data(data), self.inputs.code, self.inputs.libraries
        return digest("state", repr((request.year, sorted(request.only))), *parts)

    def report(self, key: str, folder: Path) -> Made | None:
        """The report in ``folder`` if it is the one of this key and no file of it has changed since.

        What else lies in the folder does not matter.
        """
        found = self.cache.get(key)
        if found is None:
            return None
        record = json.loads(found)
        if any(file_digest(folder / path) != content for path, content in record["files"].items()):
            return None
        pdf, page, profiles = (folder / name if name else None for name in record["made"])
        return Made(folder, pdf, page, record["engine"], profiles)

    def keep_report(self, key: str, made: Made, request: Request, data: Path) -> None:
        """Remember what a report consists of, unless its inputs have changed while it was made."""
        if self._again().report_key(request, data, made.engine) != key:
            return
        names = [p and p.relative_to(made.folder).as_posix() for p in (made.pdf, made.page, made.profiles)]
        listed = {path: entry.sha256 for path, entry in manifest.of(made.folder).files.items()}
        if (own := manifest.read(made.folder)) is not None:
            listed = {path: entry.sha256 for path, entry in own.files.items()}
            listed[manifest.NAME] = file_digest(made.folder / manifest.NAME)
        self.cache.put(key, json.dumps({"files": listed, "made": names, "engine": made.engine}).encode())

    def stitched_key(self, stages: Sequence[Path], *wanted: str) -> str:
        """The key of assembled projects stitched in the way that ``wanted`` says."""
        return digest("stitched", *wanted, *map(digests.tree_digest, stages), self.inputs.program)

    def keep_printed(self, folder: Path, sources: str) -> None:
        """Remember the Typst sources of the report in ``folder``, kept under the key ``sources``."""
        self.cache.put(digest("printed", str(folder)), sources.encode())

    def printed(self, folder: Path) -> dict[str, str]:
        """The Typst sources of the report in ``folder``; none where they are not known."""
        key = self.cache.get(digest("printed", str(folder)))
        found = self.cache.get(key.decode()) if key else None
        sources: dict[str, str] = json.loads(found) if found else {}
        return sources

    def _again(self) -> Known:
        """The same question asked anew: everything is read again."""
        again = Known(self.inputs.root, used=False)
        again.inputs = Inputs(self.inputs.root, self.inputs.variables)
        return again
