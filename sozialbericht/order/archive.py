"""Archive: the last reports of a year that another one has replaced, to compare a new one with.

They lie beside the reports, in ``archiv/<Jahr>``, each under its identity; as far as the file system can, they take no
space of their own until the report is replaced.
"""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path

from sozialbericht.order import manifest

NAME = "archiv"


def of(output: Path) -> list[Path]:
    """The archived reports of a folder, the newest first."""
    place = output.with_name(NAME) / output.name
    found = [folder for folder in place.glob("*") if (folder / manifest.NAME).is_file()] if place.is_dir() else []
    return sorted(found, key=lambda folder: (folder.stat().st_mtime_ns, folder.name), reverse=True)


def keep(output: Path, most: int) -> None:
    """Keep the report that lies in ``output`` as the newest of at most ``most``; only what a run has made, and no draft
    or excerpt. Where the disk does not allow it, nothing is kept."""
    found = manifest.read(output)
    if found is not None and found.kind == manifest.REPORT and most > 0:
        told = hashlib.sha256((output / manifest.NAME).read_bytes()).hexdigest()[:6]
        target = output.with_name(NAME) / output.name / f"{found.edition}-{told}"
        with suppress(OSError):
            shutil.rmtree(target, ignore_errors=True)
            for path in [*found.files, manifest.NAME]:
                (target / path).parent.mkdir(parents=True, exist_ok=True)
                _copy(output / path, target / path)
    for old in of(output)[max(most, 0) :]:
        shutil.rmtree(old, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    """The same file under another name, or a copy of it."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)
