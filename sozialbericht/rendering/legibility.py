"""Legibility: no report is published whose pages cannot be read; of drafts and of figures from notebooks it is said.

The check of :mod:`sozialbericht.proof`, made by an assistant while the PDF is finished and the web pages are made, and
what the user is told where it finds something.
"""

from __future__ import annotations

import html
import pickle
import re
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sozialbericht.audit.finished.staff import Staff
from sozialbericht.blocklanguage import DRAWN
from sozialbericht.cache.runcache import RunCache
from sozialbericht.digests import digest
from sozialbericht.faults import ReportError

if TYPE_CHECKING:
    from sozialbericht.proof.proofreading import Flaw

#: So many flaws are named; of the others only the number.
NAMED = 8
_TITLE = re.compile(rf"<svg[^>]*{DRAWN}[^>]*><title>([^<]*)</title>")


class Legibility:
    """The legibility of one report, whose PDFs the ``staff`` reads."""

    def __init__(self, cache: RunCache, staff: Staff) -> None:
        self._cache, self._staff = cache, staff
        self._asked: dict[str, Future[list[Flaw]]] = {}

    def ahead(self, name: str, pages: bytes, stage: Path) -> None:
        """Have the pages read that a PDF of this name will have, set from the project in ``stage``."""
        self._asked[name] = self._staff.ask("call", _proofread, pages, _drawn(stage))

    def require(self, pdfs: Sequence[tuple[Path, Path]], say: Callable[[str], None], *, strict: bool) -> None:
        """Say what is wrong with finished PDFs, each with the project it was set from, and of several in which.

        ``strict``: raise :class:`ReportError` where it is no figure that an analyst has drawn.
        """
        asked = [(path.name, self._flaws(path, stage)) for path, stage in pdfs]
        found = [(f"{name}, " * (len(asked) > 1), flaw) for name, answer in asked for flaw in answer()]
        severe = [(where, flaw) for where, flaw in found if strict and not flaw.drawn]
        if severe:
            raise ReportError(_told("Im gesetzten Bericht ist nicht alles lesbar:", severe, f"{MENDED} {LOOKED_AT}"))
        if found:
            remedy = DRAWN_MENDED if all(flaw.drawn for _, flaw in found) else MENDED
            say(_told("Warnung: Im gesetzten Bericht ist nicht alles lesbar:", found, remedy))

    def _flaws(self, path: Path, stage: Path) -> Callable[[], list[Flaw]]:
        """The flaws of a PDF, as soon as they are there; they are stored for the same file in another run."""
        content = path.read_bytes()
        key = self._cache.keys.proof(digest(content), _drawn(stage))
        if path.name not in self._asked:
            if (entry := self._cache.store.get(key)) is not None:
                return partial(pickle.loads, entry)
            self.ahead(path.name, content, stage)

        def answer() -> list[Flaw]:
            found = self._asked[path.name].result()
            self._cache.store.put(key, pickle.dumps(found))
            return found

        return answer


MENDED = "Namen und Überschriften kürzen, Abbildungen und Tabellen teilen."
LOOKED_AT = "Ansehen lässt sich der Bericht mit „--draft“."
DRAWN_MENDED = (
    "Eigene Abbildungen in einer Breite des Rasters zeichnen, mit Schrift ab 7 pt und Platz für jede Beschriftung "
    "(docs/handbuch.md, „Abbildungen“)."
)


def _proofread(pages: bytes, titles: list[str]) -> list[Flaw]:
    from sozialbericht.proof.proofreading import proofread  # takes a while, and is there where assistants come from

    return proofread(pages, titles)


def _drawn(stage: Path) -> list[str]:
    """The titles of the figures that analysts have drawn."""
    heads = (path.read_text(encoding="utf-8")[:2000] for path in sorted((stage / "bilder").glob("fig-*.svg")))
    return [html.unescape(match[1]) for head in heads if (match := _TITLE.search(head))]


def _told(head: str, flaws: Sequence[tuple[str, Flaw]], remedy: str) -> str:
    left = len(flaws) - NAMED
    more = ["  … und eine weitere Stelle" if left == 1 else f"  … und {left} weitere Stellen"] if left > 0 else []
    return "\n".join([head, *(f"  {where}{flaw}" for where, flaw in flaws[:NAMED]), *more, f"  → {remedy}"])
