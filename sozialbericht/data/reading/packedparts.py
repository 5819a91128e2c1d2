"""Archives: whether a workbook or another file of packed parts can be unpacked without harm."""

from __future__ import annotations

import io
import re
import zipfile

LARGEST = 300_000_000
"""A workbook whose parts are larger than this, unpacked, is none of a city's."""

SAVE_WORKBOOK = "Öffnen Sie die Datei in Excel und speichern Sie sie neu als Arbeitsmappe (.xlsx)."
"""What to do about a workbook that cannot be read."""

_DOCTYPE = re.compile(b"|".join(re.escape("<!DOCTYPE".encode(e)) for e in ("utf-8", "utf-16-le", "utf-16-be")))


class Refused(Exception):
    """What is wrong with a workbook: German words, what to do, row and column where there is one."""

    def __init__(self, what: str, remedy: str, row: int | None = None, column: str = "") -> None:
        super().__init__(what)
        self.what, self.remedy, self.row, self.column = what, remedy, row, column


def check(content: bytes, name: str = "Excel-Mappe", kind: str = "Excel-Mappe (.xlsx)") -> None:
    """Raise :class:`Refused` for what is encrypted, damaged or would be huge when unpacked; ``name`` and ``kind`` call
    it in messages."""
    parts = entries(content, name, kind)
    names = [part.filename for part in parts]
    if len(set(names)) < len(names):
        raise Refused(f"Die {name} ist beschädigt: Ein Teil kommt zweimal vor.", SAVE_WORKBOOK)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = any(_DOCTYPE.search(archive.read(part)) for part in parts)
    except Exception as error:  # zipfile and zlib raise many kinds
        raise damaged(kind) from error
    if found:
        what = (
            f"Die Datei ist keine lesbare {kind}: Die Datei enthält eine Dokumenttyp-Angabe, wie keine {name} sie hat."
        )
        raise Refused(what, SAVE_WORKBOOK)


def entries(content: bytes, name: str, kind: str) -> list[zipfile.ZipInfo]:
    """What an archive says that it holds, none of it encrypted and all of it together not too large; raises
    :class:`Refused`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except Exception as error:  # zipfile raises many kinds
        raise damaged(kind) from error
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused(f"Die {name} ist verschlüsselt.", "Speichern Sie sie ohne Kennwort.")
    if (size := sum(part.file_size for part in parts)) > LARGEST:
        what = f"Die {name} ist entpackt {size / 1e6:.0f} MB groß; gelesen werden höchstens {LARGEST / 1e6:.0f} MB."
        raise Refused(what, "Kopieren Sie die Tabelle in eine neue Mappe.")
    return parts


def damaged(kind: str) -> Refused:
    """That an archive of this kind cannot be unpacked."""
    what = f"Die Datei ist keine lesbare {kind}; sie ist beschädigt oder unvollständig."
    return Refused(what, "Holen Sie die Datei noch einmal oder speichern Sie sie in Excel neu.")
