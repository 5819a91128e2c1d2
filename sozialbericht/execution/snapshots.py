"""Snapshots: a data folder as it stands in the kernels' parent, loaded, protected and partly computed, for later runs.

A snapshot is a pickle in the cache of the project, whose entries hold a digest of their content. Whoever can write
there can change notebooks as well, so a pickle opens no door that is not open. It is known by the content of the data
folder and by the program: another code, library or environment finds none.
"""

from __future__ import annotations

import pickle
from pathlib import Path

from sozialbericht.cache.keys import Inputs
from sozialbericht.cache.store import Cache
from sozialbericht.data.content import fingerprint
from sozialbericht.digests import digest
from sozialbericht.execution import preload
from sozialbericht.findings import holdings


def prepare(
    kept: list[str], daten: str, jahr: int, vergleichsjahr: int | None = None, shared: bool = False
) -> None:
    """Prepare as :func:`sozialbericht.execution.preload.prepare` does, from a snapshot if there is one.

    ``kept`` says where and for whom it is kept (:attr:`sozialbericht.cache.reports.Known.kept`). A snapshot with what
    several chapters ask for (``shared``) serves those who ask for less, too. None is kept of data or code that have
    changed meanwhile.
    """
    cache_folder, root, code, program = kept
    cache, folder = Cache(Path(cache_folder)), Path(daten)
    content = fingerprint(folder)
    keys = {
        rich: digest("snapshot", program, content, repr((daten, jahr, vergleichsjahr, rich))) for rich in (True, shared)
    }
    taken = any(_take(cache.get(key), folder) for key in keys.values())
    preload.prepare(daten, jahr, vergleichsjahr, shared)
    if not taken and fingerprint(folder) == content and Inputs(Path(root)).code == code:
        cache.put(keys[shared], pickle.dumps(holdings.of(folder), pickle.HIGHEST_PROTOCOL))


def _take(entry: bytes | None, folder: Path) -> bool:
    """Hold the stock of a snapshot; says whether there was one that can be read and is of this folder as it is."""
    if entry is None:
        return False
    try:
        found = pickle.loads(entry)
        if found.key != holdings.key_of(folder):
            return False
        holdings.hold(found)
    except Exception:
        return False
    return True
