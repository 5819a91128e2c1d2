"""Leftovers: what runs leave on this disk besides their reports, and how to be rid of it.

Open counts lie in the store (loaded tables), executed notebooks and half-made reports in the workshops of runs that
failed or were killed. All of it belongs to the user alone: the folders can be read by nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sozialbericht.cache.store import Store, folder_of
from sozialbericht.faults import ReportError
from sozialbericht.order.project import LOGS
from sozialbericht.rendering import publication

_WORKSHOP = re.compile(r"\.(?P<output>.+)-[a-z0-9_]{8}|(?P<failed>.+)\.fehler")


def told(root: Path) -> str:
    """How many entries the store of a project has, and where they lie."""
    number, size = Store(folder_of(root)).size()
    return f"Einträge: {number}, {size / 1e6:.1f} MB".replace(".", ",") + f" in {folder_of(root)}"


def cleared(root: Path) -> str:
    """Delete the store of a project, and in its ``build`` the workshops of runs that are over and the logs.

    What a user has changed in a workshop stays, and so does that of a run that goes on.
    """
    entries = Store(folder_of(root)).clear()
    build = folder_of(root).parent
    others = [path for path in _left(build) if path.exists()]
    for output in sorted({build / _output(path) for path in others if path.is_dir()}):
        with suppress(ReportError):
            publication.clear_left(output)
    for path in others:
        if path.is_file():
            path.unlink(missing_ok=True)
    gone = sum(not path.exists() for path in others)
    more = f"; außerdem {gone} Reste gescheiterter Läufe in {build}" if gone else ""
    return f"Gelöschte Einträge: {entries} in {folder_of(root)}{more}"


def _left(build: Path) -> Iterator[Path]:
    yield from sorted(path for path in build.glob("*") if path.is_dir() and _WORKSHOP.fullmatch(path.name))
    yield from sorted(build.glob(LOGS))


def _output(path: Path) -> str:
    found = _WORKSHOP.fullmatch(path.name)
    return (found["output"] or found["failed"]) if found else path.name
