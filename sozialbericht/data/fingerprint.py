"""Fingerprint: by what a data folder is known, whatever the dates of its files."""

from __future__ import annotations

import hashlib
from pathlib import Path


def fingerprint(folder: Path) -> str:
    """A digest of the names and contents of all files under ``folder``, hidden and lock files of Excel left out.

    Raises ``OSError`` if a file cannot be read.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or any(part.startswith((".", "~$")) for part in name.split("/")):
            continue
        content = path.read_bytes()
        digest.update(f"{len(name.encode())} {name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()
