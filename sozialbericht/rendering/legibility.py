"""Legibility: no report is published whose pages cannot be read; of drafts and of figures from notebooks it is said.

The check of :mod:`sozialbericht.proof` beside the work on the web pages, and what the user is told where it finds
something.
"""

from __future__ import annotations

import html
import pickle
import re
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

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
    """The legibility of one report; ``stack`` closes the thread that reads."""

    def __init__(self, cache: RunCache, stack: ExitStack) -> None:
        self._cache, self._stack = cache, stack
        self._asked: dict[str, Future[list[Flaw]]] = {}
        self._thread: ThreadPoolExecutor | None = None

    def ahead(self, content: bytes, stage: Path) -> None:
        """Have a PDF read that was set from the project in ``stage``."""
        titles = _drawn(stage)
        key = self._cache.keys.proof(digest(content), titles)
        if key not in self._asked:
            if self._thread is None:
                self._thread = self._stack.enter_context(ThreadPoolExecutor(1))
            self._asked[key] = self._thread.submit(self._read, key, content, titles)

    def require(self, pdfs: Sequence[tuple[Path, Path]], say: Callable[[str], None], *, strict: bool) -> None:
        """Say what is wrong with finished PDFs, each with the project it was set from.

        ``strict``: raise :class:`ReportError` where it is no figure that an analyst has drawn.
        """
        for path, stage in pdfs:
            self.ahead(path.read_bytes(), stage)
        found = [flaw for future in self._asked.values() for flaw in future.result()]
        severe = [flaw for flaw in found if strict and not flaw.drawn]
        if severe:
            raise ReportError(_told("Im gesetzten Bericht ist nicht alles lesbar:", severe, MENDED))
        if found:
            remedy = DRAWN_MENDED if all(flaw.drawn for flaw in found) else MENDED
            say(_told("Warnung: Im gesetzten Bericht ist nicht alles lesbar:", found, remedy))

    def _read(self, key: str, content: bytes, titles: list[str]) -> list[Flaw]:
        from sozialbericht.proof.proofreading import proofread

        if (entry := self._cache.store.get(key)) is not None:
            known: list[Flaw] = pickle.loads(entry)
            return known
        found = proofread(content, titles)
        self._cache.store.put(key, pickle.dumps(found))
        return found


MENDED = (
    "Namen und Überschriften kürzen, Abbildungen und Tabellen teilen; ansehen lässt sich der Bericht mit „--draft“."
)
DRAWN_MENDED = (
    "Eigene Abbildungen in einer Breite des Rasters zeichnen, mit Schrift ab 7 pt und Platz für jede Beschriftung "
    "(docs/handbuch.md, „Abbildungen“)."
)


def _drawn(stage: Path) -> list[str]:
    """The titles of the figures that analysts have drawn."""
    heads = (path.read_text(encoding="utf-8")[:2000] for path in sorted((stage / "bilder").glob("fig-*.svg")))
    return [html.unescape(match[1]) for head in heads if (match := _TITLE.search(head))]


def _told(head: str, flaws: Sequence[Flaw], remedy: str) -> str:
    more = [f"  … und {len(flaws) - NAMED} weitere Stellen"] if len(flaws) > NAMED else []
    return "\n".join([head, *(f"  {flaw}" for flaw in flaws[:NAMED]), *more, f"  → {remedy}"])
