"""Archives: the parts of a file that is a ZIP archive, as documents for Word and workbooks are, and what stands beside
them in it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from sozialbericht.audit.readers.readings import Passage, clean

#: The most that a file may be unpacked.
LIMIT = 500_000_000


@dataclass(frozen=True)
class Archive:
    """The parts by their names, and the comments of archive and parts, which no program shows."""

    parts: dict[str, bytes]
    comments: tuple[Passage, ...]


def unpacked(content: bytes, name: str) -> Archive:
    """The archive; raises ValueError for one that is larger than any of ours."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        if sum(part.file_size for part in file.infolist()) > LIMIT:
            raise ValueError("zu groß")
        parts = {part: file.read(part) for part in file.namelist() if not part.endswith("/")}
        said = [file.comment, *(entry.comment for entry in file.infolist())]
    texts = (clean(text.decode(errors="replace")) for text in said)
    return Archive(parts, tuple(Passage("Metadaten", name, text, (name,)) for text in texts if text))
