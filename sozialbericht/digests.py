"""Digests: SHA-256 over the content of files and folders, whatever their dates, sizes and places."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

#: Names of files and folders that programs leave behind and nothing here reads.
LEFTOVER = re.compile(r"__pycache__|\.ipynb_checkpoints|~\$.*|\.~lock\..*|\.DS_Store|Thumbs\.db|.*\.py[co]")


def digest(*parts: str | bytes) -> str:
    """SHA-256 of the parts in hexadecimal; where one part ends and the next begins counts."""
    total = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(content).to_bytes(8, "big"))
        total.update(content)
    return total.hexdigest()


def files(folder: Path) -> Iterator[Path]:
    """All files below a folder in order, links followed, leftovers of programs left out."""
    seen = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(place)
        folders[:] = [] if real in seen else sorted(n for n in folders if not LEFTOVER.fullmatch(n))
        if real not in seen:
            yield from (Path(place) / n for n in sorted(names) if not LEFTOVER.fullmatch(n))
        seen.add(real)


def file_digest(path: Path) -> str:
    """SHA-256 of a file's content; "" for one that is not there or cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""


def tree_digest(folder: Path, chosen: Iterable[Path] | None = None, *, of: Callable[[Path], str] = file_digest) -> str:
    """Digest of names and content of the files below a folder, or of the chosen ones; ``of`` gives that of one file."""
    parts = []
    for path in files(folder) if chosen is None else chosen:
        parts += [os.path.relpath(path, folder).replace(os.sep, "/"), of(path)]
    return digest(*parts)
