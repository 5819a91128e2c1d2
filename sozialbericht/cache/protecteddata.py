"""Protected data: the tables of a report after disclosure control, for a run that needs them outside a notebook, and
their digests.

What is published names digests of protected data only. A digest of the raw tables would be an oracle: with all other
counts public, whoever guesses a withheld one could confirm it.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sozialbericht.cache import snapshots
from sozialbericht.cache.runcache import RunCache
from sozialbericht.digests import digest
from sozialbericht.order import comparisonyear
from sozialbericht.order.request import Request

if TYPE_CHECKING:
    from sozialbericht.findings.tablestore import TableStore

#: Tables of the office's own: accepted oddities with their raw values, the record of deliveries. Only what a notebook
#: prints of them is published.
PRIVATE = ("hinweise", "protokoll")


class ProtectedDigests(NamedTuple):
    """SHA-256 of the protected counts as they are exported, and of what describes them: areas, catalogues, settings."""

    counts: str
    described: str


def store_of(cache: RunCache, folder: Path, request: Request) -> TableStore:
    """The tables of a data folder as a report asks for them; from a snapshot where there is one."""
    from sozialbericht.findings import tablestore

    years = (request.year, comparisonyear.of(request, folder))
    snapshot = snapshots.of(cache, str(folder), years, shared=False)
    with nullcontext() if snapshot is None else snapshots.restored(snapshot, folder):
        return tablestore.of(folder, request.year)


def digests_of(cache: RunCache, folder: Path, request: Request) -> ProtectedDigests:
    """The digests of what a report may show, computed once for each content of the data."""
    key = cache.keys.protected(folder, request.year)
    if (entry := cache.store.get(key)) is not None:
        return ProtectedDigests(*json.loads(entry))
    found = _computed(store_of(cache, folder, request), request.year)
    if cache.keys_now().protected(folder, request.year) == key:
        cache.store.put(key, json.dumps(found).encode())
    return found


def _computed(store: TableStore, year: int) -> ProtectedDigests:
    from sozialbericht.disclosure import opencounts

    tables = store.tables()
    kind = opencounts.MADE if tables.status_text else opencounts.REPORTED
    counts = opencounts.text(store.cube(), year, kind)
    frames = [tables.areas, tables.features, tables.indicators, tables.breaks]
    frames += [table for name, table in sorted(tables.others.items()) if name not in PRIVATE]
    parts = [frame.to_csv(lineterminator="\n") for frame in frames]
    shapes = b"" if tables.geometry is None else b"".join(tables.geometry.geometry.to_wkb())
    descriptor = json.dumps(tables.descriptor, sort_keys=True, default=str)
    described = digest(*parts, repr(tables.settings), descriptor, shapes)
    return ProtectedDigests(hashlib.sha256(counts.encode()).hexdigest(), described)
