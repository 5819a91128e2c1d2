"""Assistant: a process that judges the files of reports, one question after the other.

It is started for :mod:`sozialbericht.audit.finished.staff`. Its standard input brings pickles: first a :class:`Desk`,
then questions, each the name of a method of :class:`Assistant` and its arguments; its standard output takes the
answers, each with whether there is one, else with the words for why not. It ends when its input does.
"""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn

from sozialbericht import surroundings
from sozialbericht.audit import account, sources
from sozialbericht.audit.cells import Shown
from sozialbericht.audit.finished.logbook import Judged, Logbook
from sozialbericht.audit.finished.staff import Desk
from sozialbericht.audit.inspector import Inspector
from sozialbericht.audit.questions import Questions
from sozialbericht.audit.readers import channels
from sozialbericht.audit.readers.channels import Kept
from sozialbericht.audit.readers.readings import Dot
from sozialbericht.cache import snapshots
from sozialbericht.cache.store import Store
from sozialbericht.digests import digest
from sozialbericht.faults import InputError, ReportError
from sozialbericht.findings import tablestore


class Assistant:
    """Answers questions; what the tables of a year allow is loaded with the first that needs it."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._store = desk, Store(desk.store)
        self._shown, self._inspector, self._known = cache(self._load), cache(self._inspect), cache(self._marks)

    def file(self, year: int, name: str, content: bytes, key: str) -> Judged:
        """Read and judge a file; ``key`` is that of its reading in the store."""
        reading = channels.reading_of(content, name, Kept(self._store, key) if self._desk.store else None)
        if reading.unreadable:
            return Judged(unread=reading.unreadable)
        found = self._inspector(year).judge(name, reading, self._known(year))
        faults = account.faults(found.statements, found.pictures, self._shown(year).tables)
        return Judged(tuple(faults.items()), "", found.dots, b"".join(found.harmless))

    def call(self, ask: Callable[..., Any], *arguments: Any) -> Any:
        """What a function of the program answers."""
        return ask(*arguments)

    def together(self, year: int, dots: Iterable[Dot]) -> Judged:
        """Judge what pictures of single areas show together."""
        drawn = self._inspector(year).together(dots)
        return Judged(tuple(account.faults((), drawn, self._shown(year).tables).items()))

    def questions(self, year: int) -> str:
        """A digest of what is asked of the tables: the same as long as no number of a sensitive Merkmal is new."""
        return digest(repr(Questions.of(self._shown(year))))

    def exposed(self, year: int) -> list[str]:
        """The withheld counts that follow from the tables, or are confined to too few values."""
        shown = self._shown(year)
        targets = Questions.of(shown).answered({}, briefly=True)
        return [account.named(one, shown.tables) for one in targets if one.interval.consistent and not one.safe]

    def _load(self, year: int) -> Shown:
        snapshot = None if tablestore.held(self._desk.data) else self._desk.snapshots.get(year)
        with nullcontext() if snapshot is None else snapshots.restored(snapshot, self._desk.data):
            return sources.shown(self._desk.data, year)

    def _inspect(self, year: int) -> Inspector:
        return Inspector(self._shown(year))

    def _marks(self, year: int) -> frozenset[bytes]:
        return Logbook(self._store.get(self._desk.logbooks[year])).marks()


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until there are no more questions."""
    assistant = Assistant(pickle.load(questions))
    while True:
        try:
            name, arguments = pickle.load(questions)
        except EOFError:
            return
        try:
            answer = True, getattr(assistant, name)(*arguments)
        except (InputError, ReportError) as error:
            answer = False, str(error)
        except Exception as error:  # its words may hold values of the data
            place = traceback.extract_tb(error.__traceback__)[-1]
            answer = False, f"{type(error).__name__} in {Path(place.filename).name}, Zeile {place.lineno}"
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def main() -> NoReturn:
    """Serve the process that has asked for this one; what libraries print goes to nowhere."""
    surroundings.collect_seldom()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers)
    os._exit(0)  # to give back all tables one by one would take longer than to answer


if __name__ == "__main__":
    main()
