"""Whole reports: which files one consists of, so that it stays where it is while nothing changes."""

from __future__ import annotations

import json
from pathlib import Path

from sozialbericht.cache import provenance
from sozialbericht.cache.runcache import RunCache
from sozialbericht.digests import file_digest
from sozialbericht.order import manifest
from sozialbericht.order.request import Made, Request


def get(cache: RunCache, key: str, folder: Path) -> Made | None:
    """The report in ``folder`` if it is the one of this key and no file of it has changed since.

    What else lies in the folder does not matter.
    """
    entry = cache.store.get(key)
    if entry is None:
        return None
    record = json.loads(entry)
    if any(file_digest(folder / path) != content for path, content in record["files"].items()):
        return None
    pdf, page, profiles, word = (folder / name if name else None for name in record["made"])
    return Made(folder, pdf, page, record["engine"], profiles, word)


def put(cache: RunCache, key: str, made: Made, request: Request, data: Path) -> None:
    """Store what a report consists of, unless its inputs have changed while it was made."""
    now = cache.keys_now()
    if now.report(request, data, made.engine) != key:
        return
    origin = provenance.of_report(request, data, made.engine, now.inputs)
    provenance.put(cache, provenance.name_of(made.folder), origin)
    names = [p and p.relative_to(made.folder).as_posix() for p in (made.pdf, made.page, made.profiles, made.word)]
    if (own := manifest.read(made.folder)) is None:
        listed = {path: entry.sha256 for path, entry in manifest.of(made.folder).files.items()}
    else:
        listed = {path: entry.sha256 for path, entry in own.files.items()}
        listed[manifest.NAME] = file_digest(made.folder / manifest.NAME)
    cache.store.put(key, json.dumps({"files": listed, "made": names, "engine": made.engine}).encode())
