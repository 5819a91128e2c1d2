"""Logbook: which files were judged and found harmless, so that only what is new in the next report is judged.

A file is known by the digest of its name and content, what is in it by the marks of passages and pictures: of a PDF
that was set anew all pages are read, and only the sentence that has changed is judged.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import NamedTuple

from sozialbericht.audit.readers.readings import MARK, Dot

#: How many marks the files of a logbook may have together.
MOST = 500_000


class Judged(NamedTuple):
    """A file that was judged: what it gives away, each with the words that do (German), why it could not be read, its
    dots, to be judged with those of other files, and the marks of what is harmless."""

    faults: tuple[tuple[str, str], ...] = ()
    unread: str = ""
    dots: tuple[Dot, ...] = ()
    marks: bytes = b""

    @property
    def harmless(self) -> bool:
        """Whether nothing is wrong with the file alone."""
        return not self.faults and not self.unread


class Logbook:
    """The harmless files by their digests, those asked for last at the end."""

    def __init__(self, entry: bytes | None = None) -> None:
        self._files: dict[str, Judged] = {} if entry is None else pickle.loads(entry)

    def get(self, digest: str) -> Judged | None:
        """What was found of a file; None where it was not judged or is not harmless."""
        found = self._files.pop(digest, None)
        if found is not None:
            self._files[digest] = found
        return found

    def put(self, digest: str, judged: Judged) -> None:
        """Note a harmless file."""
        if judged.harmless:
            self._files[digest] = judged

    def marks(self) -> frozenset[bytes]:
        """The marks of everything that is harmless."""
        every = b"".join(judged.marks for judged in self._files.values())
        return frozenset(every[place : place + MARK] for place in range(0, len(every), MARK))

    def entry(self) -> bytes:
        """The logbook as it is stored: the files asked for last, as many as it may hold."""
        kept = list(self._latest())
        return pickle.dumps(dict(reversed(kept)), pickle.HIGHEST_PROTOCOL)

    def _latest(self) -> Iterator[tuple[str, Judged]]:
        left = MOST * MARK
        for digest, judged in reversed(self._files.items()):
            left -= len(judged.marks)
            if left < 0:
                return
            yield digest, judged
