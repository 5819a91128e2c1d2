"""Clearance: no report is published that gives a withheld count away, nor one that holds what nobody can read.

The audit of :mod:`sozialbericht.audit.finished`, and what the user is told where it finds something; and of what it
cannot read: photographs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sozialbericht.audit.finished.fileaudit import FileAudit, Leak, Outcome
from sozialbericht.blocklanguage import DRAWN
from sozialbericht.faults import ReportError

#: So many places are named; of the others only the number.
NAMED = 5
_TITLE, _DOTS = re.compile(r"<title>([^<]*)</title>"), re.compile(r"<image\b")


class Clearance:
    """The clearance of one report."""

    def __init__(self, audit: FileAudit, year: int) -> None:
        self._audit, self._year = audit, year

    def ahead(self, name: str, content: bytes) -> None:
        """Have a file judged that the report will have, under its name in the folder."""
        self._audit.ahead(name, content)

    def ahead_of(self, folder: Path, name: str) -> None:
        """Have the files of a folder judged, which lies as ``name`` in the report."""
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            self.ahead(f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes())

    def require(self, folder: Path, kept: Path, say: Callable[[str], None]) -> None:
        """Let the finished report pass, and say which figures nobody has read; raises :class:`ReportError` with what is
        wrong with it.

        ``kept`` is where it will lie then, to be looked at.
        """
        found = self._audit.outcome(folder)
        if not found.safe:
            raise ReportError("\n\n".join(_told(found, self._year, kept)))
        for line in photographs(folder):
            say(line)


def photographs(folder: Path) -> list[str]:
    """What is to be said of each figure of a report that is a picture of dots or has one in it, by its title."""
    found: dict[str, str] = {}
    cuts = (path for path in folder.glob("*/bilder/*.svg") if "." not in path.stem)  # one of each figure
    for path in sorted(cuts):
        text = path.read_text(encoding="utf-8")
        if _DOTS.search(text):
            title = html.unescape(match[1]) if (match := _TITLE.search(text)) else path.stem
            kind = "enthält ein Bild aus Punkten" if DRAWN in text[:300] else "zeigt ein Foto"
            found.setdefault(title, f"„{title}“ {kind}")
    return [f"{words}; was darauf steht, liest die Prüfung nicht: ansehen." for words in found.values()]


def _told(found: Outcome, year: int, kept: Path) -> Iterator[str]:
    command = f"python -m sozialbericht audit --year {year}"
    if found.exposed:
        number = len(found.exposed)
        yield _listed(
            f"Die Geheimhaltung hält nicht: {number} geheim gehaltene Zahlen lassen sich berechnen oder zu eng "
            "eingrenzen.", found.exposed,
            "Prüfen Sie zerlegungen.csv, die gelieferten Zeichen und was freigegebene Berichte schon gezeigt haben; "
            f"alle nennt „{command}“.",
        )  # fmt: skip
    if found.leaks:
        yield _listed(
            "Im fertigen Bericht steht, was geheim gehalten ist:", [_leak(leak) for leak in found.leaks],
            "Zahlen und Sätze des Notebooks nur aus den Werten von b bilden (b.wert, b.satz). Der Bericht liegt "
            f"unter {kept}; alle Stellen nennt „{command} --output {kept}“.",
        )  # fmt: skip
    if found.unread:
        yield _listed(
            "Im Bericht liegt, was niemand auf Geheimgehaltenes prüfen kann:",
            [f"{name}: {why}" for name, why in found.unread.items()],
            "Die Datei aus report/ oder dem Notebook nehmen oder in einem Format ablegen, das gelesen wird (Bilder als "
            "SVG); ein neues Format bekommt einen Leser in sozialbericht/audit/readers/channels.py.",
        )


def _leak(leak: Leak) -> str:
    more = len(leak.files) - NAMED
    files = ", ".join(leak.files[:NAMED]) + (f" und {more} weitere" if more > 0 else "")
    return f"{leak.what} {leak.words}".strip() + f"\n    {files}"


def _listed(head: str, lines: Sequence[str], remedy: str) -> str:
    more = [f"  … und {len(lines) - NAMED} weitere"] if len(lines) > NAMED else []
    return "\n".join([head, *(f"  {line}" for line in lines[:NAMED]), *more, f"  → {remedy}"])
