"""Files: found in the data folder, decoded as declared, JSON read with the place of its errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sozialbericht.data.findings import Findings, quoted, similar

SAVE_CSV = "In Excel: Datei → Speichern unter → Dateityp „CSV UTF-8 (durch Trennzeichen getrennt)“."
"""What to do about a file in the wrong encoding or format."""


def locate(folder: Path, declared: str, endings: tuple[str, ...], findings: Findings) -> Path | None:
    """The declared file, or the one beside it with another ending that can be read as well."""
    path = folder / declared
    found = [p for p in (path.with_suffix(e) for e in dict.fromkeys((path.suffix, *endings))) if p.is_file()]
    if not found:
        near = similar(path.name, [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else [])
        findings.add("Datei fehlt", declared, "Die Datei fehlt.", near or "Legen Sie die Datei in den Datenordner.")
        return None
    if len(found) > 1:
        names = " und ".join(p.name for p in found)
        findings.add(
            "Datei doppelt",
            declared,
            f"Es liegen zwei Fassungen vor: {names}.",
            "Lassen Sie nur die gültige Fassung im Ordner.",
        )
        return None
    return found[0]


def read_bytes(path: Path, file: str, findings: Findings) -> bytes | None:
    """The content of a file, or None and a fault."""
    try:
        content = path.read_bytes()
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
        if content.strip():
            return content
        findings.add(
            "Datei leer",
            file,
            "Die Datei ist leer.",
            "Speichern Sie die Tabelle neu oder löschen Sie die Datei.",
        )
    return None


def decode(content: bytes, encoding: str, file: str, findings: Findings) -> str | None:
    """The text of a file in the declared encoding, or None and a fault that names the likely one."""
    name = "utf-8-sig" if encoding.lower().replace("-", "") == "utf8" else encoding
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        findings.add(
            "falsche Kodierung",
            file,
            f"Die Datei ist in UTF-16 gespeichert, nicht in {encoding}.",
            SAVE_CSV,
        )
        return None
    try:
        text = content.decode(name)
    except LookupError:
        findings.add(
            "falsche Kodierung",
            "datapackage.json",
            f"Die Kodierung {quoted(encoding)} für {file} ist unbekannt.",
            "Üblich ist „utf-8“.",
        )
        return None
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        start = content.rfind(b"\n", 0, error.start) + 1
        line = content[start : content.find(b"\n", start) if b"\n" in content[start:] else None]
        guess = line.decode("cp1252", errors="replace").strip()
        findings.add(
            "falsche Kodierung",
            file,
            f"Die Datei ist nicht in {encoding.upper()} gespeichert, vermutlich in Windows-1252 (ANSI); "
            f"die Zeile hieße dann {quoted(guess[:80] + '…' if len(guess) > 80 else guess)}.",
            SAVE_CSV,
            row=row,
        )
        return None
    for sign in ("Ã¤", "Ã¶", "Ã¼", "ÃŸ", "\ufffd"):
        if sign in text:
            findings.add(
                "falsche Kodierung",
                file,
                f"Umlaute sind zerstört ({quoted(sign)}): Die Datei wurde falsch gespeichert.",
                "Holen Sie die Fassung vor dem Fehler zurück und speichern Sie sie als CSV UTF-8.",
                row=text[: text.index(sign)].count("\n") + 1,
            )
            return None
    return text


def read_json(path: Path, file: str, findings: Findings) -> Any:
    """The content of a JSON file, or None and a fault with line and position."""
    content = read_bytes(path, file, findings)
    text = decode(content, "utf-8", file, findings) if content is not None else None
    if text is None:
        return None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        lines = text.splitlines() or [""]
        line = lines[min(error.lineno, len(lines)) - 1].strip()
        findings.add(
            "kaputtes JSON",
            file,
            f"Das JSON ist ungültig, an Position {error.colno} der Zeile: {error.msg} (gefunden {quoted(line[:60])}).",
            "Häufig fehlt kurz davor ein Komma, ein Anführungszeichen oder eine Klammer.",
            row=error.lineno,
        )
    return None
