"""The store on disk: entries of earlier runs, each under the key of everything that it was made from.

It lies in ``build/.cache`` of the project, so that every checkout has its own and deleting ``build`` deletes it. An
entry holds its key and the digest of its content: one that is damaged, cut off, foreign or not readable is a miss,
never an error. A store that cannot be written changes nothing but the time.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

MAGIC = b"sozialbericht 1"
#: Bytes that all entries together may take, and days after which an entry that nobody asked for goes.
LIMIT = 1 << 30
DAYS = 60
#: The mode of a folder for the user alone.
PRIVATE = 0o700
_DAY = 86400


def folder_of(root: Path) -> Path:
    """Where the store of a project lies."""
    return root / "build" / ".cache"


def private_folder(root: Path) -> Path:
    """Where kernels of a project find settings in place of the user's: beside its entries."""
    return folder_of(root) / "umgebung"


def made_private(folder: Path) -> Path:
    """A folder of the project, made if need be, that nobody but the user can look into: open counts may lie there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    with suppress(OSError):  # that of another user
        if folder.stat().st_mode & 0o77:
            folder.chmod(PRIVATE)
    return folder


class Store:
    """Entries by key; several runs may use one folder at the same time. Without a folder nothing is stored."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._written = False

    def get(self, key: str) -> bytes | None:
        """The content of an entry, None if there is none or it is not what was written; such an entry goes."""
        if self.folder is None:
            return None
        path = self._path(key)
        try:
            magic, name, digest, packed = path.read_bytes().split(b"\n", 3)
            if (magic, name) != (MAGIC, key.encode()) or hashlib.sha256(packed).hexdigest().encode() != digest:
                raise ValueError(key)
            content = zlib.decompress(packed)
        except OSError:
            return None
        except (ValueError, zlib.error):
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # entries asked for last go last; no date ever decides whether one is right
        return content

    def put(self, key: str, content: bytes) -> None:
        """Store a content under a key: all of it or nothing."""
        if self.folder is None:
            return
        path = self._path(key)
        packed = zlib.compress(content, 1)
        head = b"\n".join([MAGIC, key.encode(), hashlib.sha256(packed).hexdigest().encode(), b""])
        new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            made_private(self.folder)
            path.parent.mkdir(exist_ok=True)
            new.write_bytes(head + packed)
            new.replace(path)
            self._written = True
        except OSError:
            with suppress(OSError):
                new.unlink(missing_ok=True)

    def prune(self, limit: int = LIMIT) -> None:
        """After a run that wrote something, drop what is old and, beyond the limit, what was not asked for longest."""
        if self.folder is None or not self._written:
            return
        self._written = False
        now = time.time()
        found = []
        for path in self._entries():
            with suppress(OSError):
                state = path.stat()
                found.append((state.st_mtime, state.st_size, path))
        left = sum(size for _, size, _ in found)
        for used, size, path in sorted(found, key=lambda entry: entry[:2]):
            unfinished = "." in path.name and now - used > _DAY
            if left > limit or now - used > DAYS * _DAY or unfinished:
                with suppress(OSError):
                    path.unlink()
                    left -= size

    def clear(self) -> int:
        """Delete all entries; returns how many there were."""
        number = len(list(self._entries()))
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
        return number

    def size(self) -> tuple[int, int]:
        """How many entries there are and how many bytes they take."""
        sizes = []
        for path in self._entries():
            with suppress(OSError):
                sizes.append(path.stat().st_size)
        return len(sizes), sum(sizes)

    def put_folder(self, key: str, folder: Path) -> None:
        """Store the files of a folder; equal files of several folders are stored once.

        A file that is there already is not looked into: a damaged one is found, and goes, when it is asked for.
        """
        lines = []
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            try:
                os.utime(self._path(digest))
            except OSError:
                self.put(digest, content)
            lines.append(f"{digest} {path.relative_to(folder).as_posix()}")
        self.put(key, "\n".join(lines).encode())

    def get_folder(self, key: str, folder: Path) -> bool:
        """Write the files stored under a key into a folder; False, and nothing written, if one of them is missing."""
        listed = self.get(key)
        if listed is None:
            return False
        contents = {}
        for line in listed.decode().splitlines():
            digest, _, name = line.partition(" ")
            content = self.get(digest)
            if content is None or hashlib.sha256(content).hexdigest() != digest:
                return False
            contents[name] = content
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return True

    def _entries(self) -> Iterable[Path]:
        return [] if self.folder is None else self.folder.glob("??/*")

    def _path(self, key: str) -> Path:
        return (self.folder or Path()) / key[:2] / key[2:]
