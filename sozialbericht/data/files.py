"""Files: found in the data folder and nowhere else, read as a whole; and any file written as a whole."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from sozialbericht import surroundings
from sozialbericht.data.faultlist import Findings, quoted, similar

LARGEST = 200_000_000
"""A file of more bytes is none of a city's."""

_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]+:")


def outside(declared: str) -> bool:
    """Whether a path of the descriptor could lead out of the data folder or is none at all."""
    parts = re.split(r"[/\\]", declared)
    return bool(_ABSOLUTE.match(declared)) or ".." in parts or "\0" in declared or "\\" in declared


def inside(path: Path, folder: Path, file: str, findings: Findings) -> bool:
    """Whether an existing file lies in the data folder, links followed; notes it where it does not."""
    if path.resolve().is_relative_to(folder.resolve()):
        return True
    findings.add(
        "Pfad führt hinaus",
        file,
        "Die Datei ist eine Verknüpfung, die aus dem Datenordner hinausführt.",
        "Legen Sie die Datei selbst in den Datenordner.",
    )
    return False


def locate(folder: Path, declared: str, endings: tuple[str, ...], findings: Findings) -> Path | None:
    """The declared file, or the one beside it with another ending that can be read as well."""
    path = folder / declared
    try:
        found = [p for p in (path.with_suffix(e) for e in dict.fromkeys((path.suffix, *endings))) if p.is_file()]
    except (OSError, ValueError):
        found = []
    if not found:
        names = sorted(p.name for p in path.parent.iterdir()) if path.parent.is_dir() else []
        near = similar(path.name, names)
        findings.add("Datei fehlt", declared, "Die Datei fehlt.", near or "Legen Sie die Datei in den Datenordner.")
        return None
    if len(found) > 1:
        names = [p.name for p in found]
        findings.add(
            "Datei doppelt",
            declared,
            f"Es liegen zwei Fassungen vor: {' und '.join(names)}.",
            "Lassen Sie nur die gültige Fassung im Ordner.",
        )
        return None
    return found[0] if inside(found[0], folder, declared, findings) else None


def read_bytes(path: Path, file: str, findings: Findings) -> bytes | None:
    """The content of a file, or None and a fault."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except FileNotFoundError:
        findings.add("Datei fehlt", file, "Die Datei fehlt.", "Legen Sie die Datei in den Datenordner.")
    except OSError as error:
        findings.add(
            "Datei nicht lesbar",
            file,
            f"Die Datei lässt sich nicht lesen ({error.strerror}).",
            "Schließen Sie die Datei in anderen Programmen und prüfen Sie die Zugriffsrechte.",
        )
    else:
        if size > LARGEST:
            what = f"Die Datei ist {size / 1e6:.0f} MB groß; gelesen werden höchstens {LARGEST / 1e6:.0f} MB."
            findings.add("Datei zu groß", file, what, f"Prüfen Sie, ob {quoted(path.name)} die richtige Datei ist.")
            return None
        if content.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
            return content
        findings.add(
            "Datei leer",
            file,
            "Die Datei ist leer.",
            "Speichern Sie die Tabelle neu oder löschen Sie die Datei.",
        )
    return None


def put(path: Path, content: bytes, *, private: bool = False) -> None:
    """Put a content in the place of a file, which keeps its rights, or with rights for its owner alone (``private``):
    whoever reads it, whenever, finds the old content or the new one.

    The folder is made where there is none. Whatever goes wrong, the file is as it was, and nothing lies beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(new, "xb", opener=surroundings.private if private else None) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and not private:
            new.chmod(path.stat().st_mode & 0o777)
        new.replace(path)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
