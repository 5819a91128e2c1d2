"""Fingerprint: by what the content of a data folder is known, in a process and in the cache."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from sozialbericht.data.releases import releaserecord
from sozialbericht.digests import digest, file_digest, files, tree_digest


def fingerprint(folder: Path) -> str:
    """The digest of a data folder, with the files that its descriptor places outside (which the contract then refuses).

    Links are followed; what programs leave behind does not count; a file that cannot be read counts as empty. The
    record of releases does not count, either: no number depends on it.
    """
    record = folder / releaserecord.NAME
    parts = [tree_digest(folder, [path for path in files(folder) if path != record])]
    try:
        resources = json.loads((folder / "datapackage.json").read_bytes())["resources"]
        paths = sorted(str(r[key]) for r in resources for key in ("path", "jahresdateien") if key in r)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        paths = []
    for path in paths:
        with suppress(OSError, ValueError):
            if not (folder / path).resolve().is_relative_to(folder.resolve()):
                parts += [path, file_digest(folder / path)]
    return digest(*parts)
