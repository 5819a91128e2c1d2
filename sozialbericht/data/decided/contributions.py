"""Contributions: texts that others write for a report, files of the data folder: ``texte/vorwort.md``,
``texte/stellungnahme.md``. A report without them has no such pages.

They are text, not code: paragraphs, second-level headings, lists and emphasis count, all else is printed as it stands
(:func:`sozialbericht.escaping.limited`).
"""

from __future__ import annotations

import re
from pathlib import Path

from sozialbericht.data import files
from sozialbericht.data.faultlist import Findings, quoted, similar
from sozialbericht.data.reading.characters import described, unprintable

#: The folder of the texts, and their names, which are those of their chapters.
FOLDER, NAMES = "texte", ("vorwort", "stellungnahme")
#: So many characters a text has at most: some four pages.
LONGEST = 12_000
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def read(folder: Path, findings: Findings) -> dict[str, tuple[str, ...]]:
    """The paragraphs of each text that is there and says something; what is wrong with the others is noted."""
    place = folder / FOLDER
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(place.iterdir()) if place.is_dir() else []:
        file = f"{FOLDER}/{path.name}"
        if path.name.startswith((".", "~$")) or path.is_dir():
            continue
        if path.suffix != ".md" or path.stem not in NAMES:
            what = f"Einen Text {quoted(path.name)} kennt der Bericht nicht."
            known = [f"{name}.md" for name in NAMES]
            remedy = similar(path.name, known) or f"Möglich sind: {', '.join(known)}."
            findings.add("Text unbekannt", file, what, remedy)
        elif files.inside(path, folder, file, findings) and (paragraphs := _paragraphs(path, file, findings)):
            found[path.stem] = paragraphs
    return found


def _paragraphs(path: Path, file: str, findings: Findings) -> tuple[str, ...]:
    """The paragraphs of a file; none, and a fault, where it cannot be read or printed."""
    try:
        text = path.read_bytes()[: 8 * LONGEST].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        remedy = "Prüfen Sie die Zugriffsrechte."
        findings.add("Datei nicht lesbar", file, f"Die Datei lässt sich nicht lesen ({error.strerror}).", remedy)
        return ()
    except UnicodeDecodeError:
        remedy = "Speichern Sie sie in einem Texteditor als UTF-8."
        findings.add("falsche Kodierung", file, "Die Datei ist nicht in UTF-8 gespeichert.", remedy)
        return ()
    if len(text) > LONGEST:
        what = f"Der Text hat mehr als {LONGEST} Zeichen."
        findings.add("Text zu lang", file, what, "Kürzen Sie ihn; ein Bericht hat dafür höchstens vier Seiten.")
        return ()
    if sign := unprintable(text, lines=True):
        row = text[: text.index(sign)].count("\n") + 1
        what = f"Der Text enthält das Zeichen {described(sign)}, das sich nicht drucken lässt."
        findings.add("Zeichen nicht druckbar", file, what, "Löschen Sie das Zeichen.", row=row)
        return ()
    parts = [part.strip("\n") for part in _BLANK.split(text.strip()) if part.strip()]
    if parts and parts[0].lstrip("# ").casefold() in NAMES:
        del parts[0]  # the chapter has its heading
    return tuple(parts)
