"""Keeping: what of a report's folder stays when a new report takes its place.

The files that the manifest lists and that are still what a run has written give way. Files that no run has made, and
those that were changed since, stay; where a new file has their name they get another one. What a run has made before
and this one does not make (the PDF, say, after ``--format html``) stays under its name while nothing has changed that
it is made from, else under a name that says that it is of an earlier state.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sozialbericht.order import manifest
from sozialbericht.order.manifest import Entry, Manifest

#: What names of files say that stay; without umlauts, so that every system can write them.
EARLIER, EDITED, OWN = "-frueher", "bearbeitet", "eigene"
#: Where the files of a folder without a manifest go.
UNLISTED = "frueher"
#: What programs leave behind: it stays like the rest, but there is no need to say so.
LEFT_BEHIND = re.compile(
    r"(.*/)?(\.quarto|_buch|\.jupyter_cache|\.ipynb_checkpoints|__pycache__)/.*|"
    r"(.*/)?(\.gitignore|\.DS_Store|Thumbs\.db|desktop\.ini)"
)


@dataclass(frozen=True)
class Kept:
    """A file that stays: its path before and after, why, and its entry in the new manifest if a run has made it."""

    path: str
    target: str
    why: str
    entry: Entry | None = None


class Keeping:
    """What stays of the folder ``old`` beside the files of ``made``, the manifest of the new report."""

    def __init__(self, old: Path, made: Manifest) -> None:
        self.old, self.made = old, made
        self._before = manifest.read(old)
        self._parts = {_part(path) for path, entry in made.files.items() if not entry.earlier}
        if "profil" in self._parts:
            self._parts.add("profil-auszug")
        self._files = {_folded(path) for path in made.files}
        self._folders = {_folded(str(p)) for path in made.files for p in PurePosixPath(path).parents}
        self.kept: list[Kept] = []
        self.replaced: dict[str, str] = {}
        """The files that give way, and for each what stands in the new report in its place, if anything does."""
        for path in manifest.leaves(old):
            self.replaced[path] = path if path in made.files else ""
            kept = self._decide(path)
            if kept:
                del self.replaced[path]
                self.kept.append(kept)
                self._files.add(_folded(kept.target))
                self._folders |= {_folded(str(p)) for p in PurePosixPath(kept.target).parents}

    @property
    def listed(self) -> dict[str, Entry]:
        """The entries of the kept files that a run has made."""
        return {kept.target: kept.entry for kept in self.kept if kept.entry}

    def _decide(self, path: str) -> Kept | None:
        """How a file stays, None if it gives way."""
        place = self.old / path
        if place.is_dir() and not place.is_symlink():  # an empty one
            return None if _folded(path) in self._folders else Kept(path, self._free(path, OWN), "")
        if self._before is None:
            return self._unlisted(path)
        if path == manifest.NAME:
            return None
        entry = self._before.files.get(path)
        if entry is None:
            return None if self._is_new(path) else Kept(path, self._free(path, OWN), OWN)
        target = path
        if made := self.made.files.get(path):
            if made.earlier or manifest.unchanged(self.old / path, entry) or self._is_new(path):
                return None
            return Kept(path, self._free(path, EDITED), EDITED)
        stays = _part(path) not in self._parts
        if stays and not entry.earlier and not self._before.same_report(self.made):
            target, entry = _earlier(path), replace(entry, earlier=True)
        if not manifest.unchanged(self.old / path, entry):
            return None if self._is_new(path, target) else Kept(path, self._free(target, EDITED), EDITED)
        if not stays:
            return None
        if _folded(target) in self._files:
            self.replaced[path] = target
            return None
        return Kept(path, target, EARLIER if entry.earlier else "", entry)

    def _unlisted(self, path: str) -> Kept | None:
        """The same for a folder of which it is not known what a run has made."""
        if self._is_new(path):
            return None
        target = path if path.startswith(f"{UNLISTED}/") else f"{UNLISTED}/{path}"
        return Kept(path, self._free(target, EDITED), UNLISTED)

    def _is_new(self, path: str, target: str = "") -> bool:
        """Whether the new report has the very same file."""
        made = self.made.files.get(target or path)
        return made is not None and manifest.unchanged(self.old / path, made)

    def _free(self, path: str, word: str) -> str:
        """A path that no other file has; a part of it that is taken says ``word``."""
        parts: list[str] = []
        names = PurePosixPath(path).parts
        for place, name in enumerate(names):
            last, number, candidate = place == len(names) - 1, 1, name
            while _folded(whole := "/".join([*parts, candidate])) in self._files or (
                last and _folded(whole) in self._folders
            ):
                stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
                candidate = f"{stem} ({word}{f' {number}' if number > 1 else ''}){suffix}"
                number += 1
            parts.append(candidate)
        return "/".join(parts)

    def link(self, new: Path) -> None:
        """Let the kept files appear in the folder ``new``, too; what cannot be linked is moved by :meth:`move`."""
        for kept in self.kept:
            with suppress(OSError, NotImplementedError):
                _link(self.old / kept.path, new / kept.target)

    def move(self, output: Path) -> None:
        """Take along what ``output`` does not have yet, then delete the rest of the old folder.

        Nothing is deleted that is neither replaced nor in its new place; what cannot be moved stays where it is.
        """
        there = {_identity(output / path) for path in manifest.leaves(output)} - {None}
        moves = {kept.path: kept.target for kept in self.kept}
        for path, instead in self.replaced.items():
            if instead and not os.path.lexists(output / instead):  # listed, but it could not be linked
                moves[path] = instead
            else:
                delete(self.old / path)
        for path, target in moves.items():
            place = self.old / path
            if _identity(place) in there or (place.is_dir() and not place.is_symlink()):
                delete(place)  # a folder only if it is empty
            if os.path.lexists(place):
                _move(place, output / target)
        delete_empty(self.old)

    def notes(self) -> list[str]:
        """What a user has to know about the kept files."""
        return list(_notes(self.kept))


def _notes(kept: Iterable[Kept]) -> Iterator[str]:
    by = {
        why: [k.target for k in kept if k.why == why and not LEFT_BEHIND.fullmatch(k.path)]
        for why in (EDITED, OWN, EARLIER, UNLISTED)
    }
    if by[EDITED]:
        yield (
            f"Behalten, weil seit dem letzten Lauf geändert: {_named(by[EDITED])}; die neue Fassung hat den alten "
            "Namen."
        )
    if by[OWN]:
        yield f"Behalten, weil von keinem Lauf gemacht: {_named(by[OWN])}"
    if by[EARLIER]:
        tops = list(dict.fromkeys(t.partition("/")[0] + "/" * ("/" in t) for t in by[EARLIER]))
        yield (
            f"Von einem früheren Stand und diesmal nicht neu gemacht: {_named(tops)}; "
            "ein Lauf, der auch das macht, ersetzt es."
        )
    if by[UNLISTED]:
        yield (
            f"Was im Ordner lag, steht in keinem Verzeichnis eines Laufs ({manifest.NAME}); "
            f"es liegt jetzt unter {UNLISTED}/ ({len(by[UNLISTED])} Dateien) und kann gelöscht werden, wenn es "
            "niemand braucht."
        )


def _named(paths: list[str], most: int = 4) -> str:
    return ", ".join(paths[:most]) + (f" und {len(paths) - most} weitere" if len(paths) > most else "")


def _part(path: str) -> str:
    """Which part of a report a file is of: ``html``, ``pdf``, ``projekt``,
    all profiles or some in one, a single one.
    """
    top, _, rest = path.replace(EARLIER, "").partition("/")
    if rest:
        return f"{top}/{rest}" if top == "profile" else top
    if top.startswith("sozialraumprofile"):
        return "profil-auszug" if "-auszug" in top else "profil"
    return PurePosixPath(top).suffix.removeprefix(".")


def _earlier(path: str) -> str:
    """The name of a file of an earlier state."""
    top, slash, rest = path.partition("/")
    return f"{top}{EARLIER}/{rest}" if slash else f"{PurePosixPath(top).stem}{EARLIER}{PurePosixPath(top).suffix}"


def _folded(path: str) -> str:
    """A path as systems compare it that tell no capitals from small letters."""
    return unicodedata.normalize("NFC", path).casefold()


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        target.symlink_to(source.readlink(), target_is_directory=source.is_dir())
    elif source.is_dir():
        if manifest.readable(source):
            target.mkdir(exist_ok=True)
    else:
        target.hardlink_to(source)


def _move(source: Path, target: Path) -> None:
    """Move a file to its new place; what is there stays."""
    with suppress(OSError):
        name, number = target.name, 2
        while os.path.lexists(target):
            target = target.with_name(f"{PurePosixPath(name).stem} ({OWN} {number}){PurePosixPath(name).suffix}")
            number += 1
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            source.rename(target)
        except PermissionError:
            _allow(source)
            source.rename(target)


def _identity(path: Path) -> object:
    """By this a file is known under all its names (a link by its own name and where it leads); None for folders."""
    with suppress(OSError):
        state = path.lstat()
        if stat.S_ISLNK(state.st_mode):
            return path.name, str(path.readlink())
        if not stat.S_ISDIR(state.st_mode) and state.st_ino:
            return state.st_dev, state.st_ino
    return None


def delete(path: Path) -> None:
    """Delete a file or an empty folder, also one that may only be read."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
            return
        try:
            path.unlink()
        except PermissionError:
            _allow(path)
            path.unlink()


def _allow(path: Path) -> None:
    """Let a file or folder that may only be read be changed, and its folder."""
    for place in (path.parent, path):
        place.chmod(place.stat().st_mode | stat.S_IWUSR)


def delete_empty(folder: Path) -> None:
    """Delete a folder with all its folders, as far as no file is left in them."""
    for place, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            Path(place).rmdir()
