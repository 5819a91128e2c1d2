"""Snapshots: the tables of a data folder, loaded, protected and partly computed, for the kernels of later runs.

A snapshot is a pickle of a :class:`~sozialbericht.findings.tablestore.TableStore` in the store of the project, whose
entries hold a digest of their content. Whoever can write there can change notebooks as well, so a pickle opens no door
that is not open. Its key names the content of the data folder and the program: another code, library or environment
finds none.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sozialbericht.cache.inputs import Inputs
from sozialbericht.cache.store import Store
from sozialbericht.data.content import fingerprint
from sozialbericht.order.tasks import Parameter

if TYPE_CHECKING:
    from sozialbericht.cache.runcache import RunCache
    from sozialbericht.findings.tablestore import TableStore


class Snapshot(NamedTuple):
    """The entry of a snapshot as another process is told of it: the store's folder, the keys that may serve, the one to
    store under last, the content of the data; the project's root and the digest of its code."""

    store: str
    keys: Sequence[str]
    content: str
    root: str
    code: str


def of(cache: RunCache, folder: str, years: Sequence[Parameter | None], *, shared: bool) -> Snapshot | None:
    """The entry for a data folder, a report's year and the one it is compared with; None where nothing is stored.

    A snapshot with what several chapters share (``shared``) serves those who ask for less, too.
    """
    if cache.store.folder is None:
        return None
    keys = [cache.keys.snapshot(folder, years, shared=rich) for rich in dict.fromkeys((True, shared))]
    content, code = cache.inputs.data(Path(folder)), cache.inputs.code
    return Snapshot(str(cache.store.folder), keys, content, str(cache.inputs.root), code)


@contextmanager
def restored(entry: Snapshot, folder: Path) -> Iterator[None]:
    """Within this context the tables of the folder are there without being loaded if they are stored; else those that
    are there at its end are, unless data or code have changed meanwhile."""
    store = Store(Path(entry.store))
    found = any(hold(store.get(key), folder) for key in entry.keys)
    yield
    if not found and fingerprint(folder) == entry.content and Inputs(Path(entry.root)).code == entry.code:
        from sozialbericht.findings import tablestore

        store.put(entry.keys[-1], packed(tablestore.of(folder)))


def packed(tables: TableStore) -> bytes:
    """The pickle of tables, with what has been computed of them so far, as :func:`hold` takes it."""
    return pickle.dumps(tables, pickle.HIGHEST_PROTOCOL)


def hold(content: bytes | None, folder: Path) -> bool:
    """Hold the tables of a pickle; says whether there was one that can be read and is of this folder as it is."""
    if not content:
        return False
    from sozialbericht.findings import tablestore

    try:
        tables = pickle.loads(content)
        if tables.key != tablestore.key_of(folder):
            return False
        tablestore.hold(tables)
    except Exception:
        return False
    return True
