"""What is known from earlier runs of a project: whole reports, checked inputs, stitched projects.

Nothing here loads data or draws, so that a run in which nothing has changed ends at once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from sozialbericht.rendering.cache import Cache, folder_of
from sozialbericht.rendering.fingerprint import Inputs, digest, file_digest, files, tree_digest
from sozialbericht.rendering.request import Made, Request


class Known:
    """The cache of the project in ``root`` and the fingerprints of this run; with ``used`` False nothing is known."""

    def __init__(self, root: Path, *, used: bool = True) -> None:
        self.cache = Cache(folder_of(root) if used else None)
        self.inputs = Inputs(root)

    @property
    def stitchers(self) -> str:
        """Digest of what a stitcher's answer depends on besides what it is given."""
        return digest(self.inputs.libraries, self.inputs.surroundings)

    def checked_key(self, data: Path) -> str:
        """The key of checked inputs: all notebooks, texts and data."""
        return digest("checked", self.inputs.texts(), self.inputs.data(data), self.inputs.program)

    def years(self, data: Path) -> list[int] | None:
        """The years with data if these very inputs were found without fault before."""
        found = self.cache.get(self.checked_key(data))
        return None if found is None else [int(year) for year in found.split()]

    def keep_years(self, data: Path, years: Sequence[int]) -> None:
        """Remember that the inputs are without fault, unless they have changed meanwhile."""
        key = self.checked_key(data)
        if self._again().checked_key(data) == key:
            self.cache.put(key, " ".join(map(str, years)).encode())

    def report_key(self, request: Request, data: Path, engine: str) -> str:
        """The key of a whole report, wherever it goes and however many kernels work for it."""
        wanted = repr((request.year, request.formats, request.only, request.profiles, engine))
        return digest("report", wanted, self.checked_key(data))

    def report(self, key: str, folder: Path) -> Made | None:
        """The report in ``folder`` if it is the one of this key and no file of it has changed since."""
        found = self.cache.get(key)
        if found is None:
            return None
        record = json.loads(found)
        if {p.relative_to(folder).as_posix(): file_digest(p) for p in files(folder)} != record["files"]:
            return None
        pdf, page, profiles = (folder / name if name else None for name in record["made"])
        return Made(folder, pdf, page, record["engine"], profiles)

    def keep_report(self, key: str, made: Made, request: Request, data: Path) -> None:
        """Remember what a report consists of, unless its inputs have changed while it was made."""
        if self._again().report_key(request, data, made.engine) != key:
            return
        names = [p and p.relative_to(made.folder).as_posix() for p in (made.pdf, made.page, made.profiles)]
        listed = {p.relative_to(made.folder).as_posix(): file_digest(p) for p in files(made.folder)}
        self.cache.put(key, json.dumps({"files": listed, "made": names, "engine": made.engine}).encode())

    def stitched_key(self, stages: Sequence[Path], *wanted: str) -> str:
        """The key of assembled projects stitched in the way that ``wanted`` says."""
        return digest("stitched", *wanted, *(tree_digest(s, whole=True) for s in stages), self.inputs.program)

    def _again(self) -> Known:
        """The same question asked anew: everything is read again."""
        again = Known(self.inputs.root, used=False)
        again.inputs = Inputs(self.inputs.root, self.inputs.variables)
        return again
