"""Publication: a report replaces the one before it as a whole, and only when it is complete.

What is not a run's own stays: :mod:`sozialbericht.rendering.retention`.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

from sozialbericht.faults import ReportError, disk_full
from sozialbericht.order import manifest
from sozialbericht.order.manifest import Manifest
from sozialbericht.rendering import retention
from sozialbericht.rendering.retention import Keeping

#: The list of what a failed run has left, in its workshop.
LEFT = ".gemacht.json"


def failed_folder(output: Path) -> Path:
    """Where the workshop of a failed run stays, beside the output."""
    return output.with_name(output.name + ".fehler")


@contextmanager
def workshop(output: Path) -> Iterator[Path]:
    """A new folder beside the output to work in; after a failure it stays as ``<output>.fehler``.

    One run at a time works for an output: raises :class:`ReportError` where another one does, and where the disk is
    full; then nothing stays. What an earlier run left because it was killed is cleared away first.
    """
    with _writing_to(output.parent):
        output.parent.mkdir(parents=True, exist_ok=True)
    with _alone(output):
        _clear(output)
        with _writing_to(output.parent):
            folder = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
        try:
            yield folder
        except Exception as error:
            kept = failed_folder(output)
            _clear_failed(kept)
            if full := disk_full(error):
                shutil.rmtree(folder, ignore_errors=True)
                raise full from error
            _keep_failed(folder, kept)
            raise
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        shutil.rmtree(folder, ignore_errors=True)
        _clear_failed(failed_folder(output))


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    """Say it where a folder cannot be written to."""
    try:
        yield
    except BlockingIOError:
        raise
    except OSError as error:
        raise disk_full(error) or ReportError(
            f"In den Ordner {folder} lässt sich nicht schreiben ({error.strerror}).",
            "Mit --output einen Ordner angeben, in dem Sie schreiben dürfen.",
        ) from error


def _keep_failed(folder: Path, kept: Path) -> None:
    """Keep the workshop of a failed run, where the one before it could be cleared away."""
    try:
        manifest.write(folder, manifest.of(folder), LEFT)
        folder.rename(kept)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)


def _clear_failed(kept: Path) -> None:
    """Delete the workshop of a failed run; what was changed or put there since goes aside with its folder.

    Of a folder without the list of what a run has left nobody knows whose it is: all of it goes aside. One that another
    program holds open stays, with its list, until a later run.
    """
    if not kept.is_dir() or kept.is_symlink():
        return
    listed = manifest.read(kept, LEFT) or Manifest()
    for path, entry in listed.files.items():
        if manifest.unchanged(kept / path, entry):
            retention.delete(kept / path)
    mine = [path for path in manifest.leaves(kept) if not retention.LEFT_BEHIND.fullmatch(path)]
    if all((kept / path).is_dir() or path == LEFT for path in mine):
        shutil.rmtree(kept, ignore_errors=True)
        return
    aside, number = kept.with_name(f"{kept.name} ({retention.EDITED})"), 2
    while aside.exists():
        aside = kept.with_name(f"{kept.name} ({retention.EDITED} {number})")
        number += 1
    with suppress(OSError):
        kept.rename(aside)
        retention.delete(aside / LEFT)
        retention.delete_empty(aside)


def clear_left(output: Path) -> None:
    """Delete what runs for ``output`` have left that failed or were killed; raises :class:`ReportError` while one works
    for it."""
    with _alone(output):
        _clear(output)
        _clear_failed(failed_folder(output))


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    """Hold the output's lock, which the system releases when the process ends, however it ends."""
    path = output.with_name(f".{output.name}.sperre")
    try:
        with _writing_to(output.parent):
            lock = _locked(path)
    except BlockingIOError as error:
        raise ReportError(
            f"Ein anderer Lauf macht gerade den Bericht in {output}.",
            "Warten, bis er fertig ist, und erneut rendern.",
        ) from error
    try:
        with lock:
            try:
                yield
            finally:
                if os.name == "posix":  # before the lock is released: whoever has opened the file sees that it is gone
                    path.unlink(missing_ok=True)
    finally:
        if os.name != "posix":  # where an open file cannot be deleted
            with suppress(OSError):
                path.unlink()


def _locked(path: Path) -> IO[str]:
    """The lock's file, opened and locked; raises ``BlockingIOError``."""
    while True:
        file = path.open("a", encoding="utf-8")
        try:
            _lock(file.fileno())
            if os.name != "posix" or (path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno()))):
                return file
        except BaseException:
            file.close()
            raise
        file.close()  # another run has just ended and taken its file along


def _lock(file: int) -> None:
    """Lock an open file at once or raise ``BlockingIOError``; network folders that know no locks go without."""
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except BlockingIOError:
        raise
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EDEADLK):
            raise BlockingIOError(error.errno, str(error)) from error


def _clear(output: Path) -> None:
    """Remove workshops of runs that were killed; a report that was being replaced then comes back."""
    left = re.compile(rf"\.{re.escape(output.name)}-[a-z0-9_]{{8}}")
    for path in output.parent.iterdir():
        if left.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)
    old = _old(output)
    if old.exists() and not output.exists():
        old.rename(output)
    _take_over(output)


def _old(output: Path) -> Path:
    """Where the report before stays while it is being replaced."""
    return output.with_name(f".{output.name}.alt")


def _take_over(output: Path) -> None:
    """Let what is not a run's own come from the report before, then delete that."""
    if (old := _old(output)).exists():
        Keeping(old, manifest.read(output) or Manifest()).move(output)


def repeats(new: Path, output: Path) -> bool:
    """Whether the report in ``output`` is the finished folder ``new`` to the byte, or holds less or more of it."""
    before, made = manifest.read(output), manifest.read(new)
    if before is None or made is None:
        return before is None
    return all(before.files[path] == made.files[path] for path in before.files.keys() & made.files.keys())


def publish(new: Path, output: Path, about: Manifest | None = None) -> list[str]:
    """Put the finished folder ``new`` in the place of ``output``; the old report stays if that fails.

    ``about`` says what the report is. Returns what a user has to know about files that have stayed.
    """
    old = _old(output)
    made = manifest.of(new, about)
    notes: list[str] = []
    try:
        _take_over(output)
        if output.exists():
            staying = Keeping(output, made)
            made = replace(made, files={**made.files, **staying.listed})
            staying.link(new)
            notes = staying.notes()
        manifest.write(new, made)
        if output.exists():
            output.rename(old)
    except OSError as error:
        raise disk_full(error) or ReportError(
            f"Der bisherige Bericht in {output} lässt sich nicht ersetzen ({error.strerror}). "
            "Wahrscheinlich ist das PDF oder der Ordner in einem anderen Programm geöffnet.",
            "Dort schließen und erneut rendern.",
        ) from error
    try:
        new.rename(output)
    finally:
        if old.exists() and not output.exists():
            old.rename(output)
    _take_over(output)
    return notes
