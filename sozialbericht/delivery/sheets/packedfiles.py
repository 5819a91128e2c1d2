"""Packed files: the files in an archive (.zip), taken into memory one by one and never written anywhere."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from sozialbericht.data.files import outside
from sozialbericht.data.reading.packedparts import Refused, damaged, entries

MOST = 200
"""An archive of more files is none of an office's."""

_KIND = "Archivdatei (.zip)"
_LITTER = re.compile(r"(?i)(^|/)(__MACOSX/|\.|~\$|Thumbs\.db$|desktop\.ini$)")


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file in an archive; raises :class:`Refused` for what no office packs."""
    parts = [part for part in entries(content, "Archivdatei", _KIND) if not part.is_dir()]
    if len(parts) > MOST:
        what = f"Das Archiv enthält {len(parts)} Dateien; gelesen werden höchstens {MOST}."
        raise Refused(what, "Packen Sie nur die Tabellen der Lieferung ein.")
    for part in parts:
        if outside(part.filename) and not _nested(part.filename):
            what = f"Das Archiv enthält eine Datei, deren Pfad hinausführt: „{part.filename[:80]}“."
            raise Refused(what, "Packen Sie das Archiv neu, ohne Laufwerk und übergeordnete Ordner.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in parts:
            if _LITTER.search(part.filename):
                continue
            try:
                yield part.filename, archive.read(part)
            except Exception as error:  # zipfile and zlib raise many kinds
                raise damaged(_KIND) from error


def _nested(name: str) -> bool:
    """Whether a path only leads into folders of the archive."""
    steps = PurePosixPath(name)
    return not steps.is_absolute() and not any(outside(step) for step in steps.parts)
