"""Snapshots: a data folder as it stands in the kernels' parent, loaded, protected and partly computed, for later runs.

A snapshot is a pickle in the cache of the project, whose entries hold a digest of their content. Whoever can write there
can change notebooks as well, so a pickle opens no door that is not open. It is known by the content of the data folder
and by the program: another code, library or environment finds none.
"""

from __future__ import annotations

import pickle
from contextlib import suppress
from pathlib import Path

from sozialbericht.rendering.cache import Cache
from sozialbericht.rendering.fingerprint import data_digest, digest
from sozialbericht.writing import preparation, stock


def prepare(
    kept: str, program: str, daten: str, jahr: int, vergleichsjahr: int | None = None, shared: bool = False
) -> None:
    """Prepare as :func:`sozialbericht.writing.preparation.prepare` does, from a snapshot if there is one.

    ``kept`` is the folder of the cache, ``program`` the fingerprint of code, libraries and environment. A snapshot with
    what several chapters ask for (``shared``) serves those who ask for less, too.
    """
    cache, folder = Cache(Path(kept)), Path(daten)
    content = data_digest(folder)
    keys = {rich: digest("snapshot", program, content, repr((daten, jahr, vergleichsjahr, rich))) for rich in (True, shared)}
    found = next((entry for key in keys.values() if (entry := cache.get(key)) is not None), None)
    if found is not None:
        with suppress(Exception):  # a snapshot that cannot be read is none
            stock.hold(pickle.loads(found))
    preparation.prepare(daten, jahr, vergleichsjahr, shared)
    if found is None and data_digest(folder) == content:
        cache.put(keys[shared], pickle.dumps(stock.of(folder), pickle.HIGHEST_PROTOCOL))
