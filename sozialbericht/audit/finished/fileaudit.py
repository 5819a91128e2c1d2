"""File audit: a finished report judged before it is published, as far as possible while the rest is still being made.

Nothing large is imported here. Whatever was handed over ahead, in the end every file that lies in the folder must have
been judged with the content that it has then.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from sozialbericht.audit.finished.logbook import Judged, Logbook
from sozialbericht.audit.finished.staff import Staff
from sozialbericht.cache.runcache import RunCache
from sozialbericht.digests import digest
from sozialbericht.order import manifest

#: In place of a file's name: the pictures of single areas.
TOGETHER = "die Bilder der Gebiete zusammen"


@dataclass
class Leak:
    """Something that files of a report give away: what, the words that do, and the files, German."""

    what: str
    words: str
    files: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What keeps a report from being published: withheld counts that follow from its tables (German), what its files
    give away, and by name the files that nobody could read, with the reason."""

    exposed: list[str]
    leaks: list[Leak]
    unread: dict[str, str]

    @property
    def safe(self) -> bool:
        """Whether the report may be published."""
        return not (self.exposed or self.leaks or self.unread)


class FileAudit:
    """The audit of the report of one year."""

    def __init__(self, staff: Staff, cache: RunCache, data: Path, year: int) -> None:
        self._staff, self._cache, self._data, self._year = staff, cache, data, year
        self._key = cache.keys.logbook(data, year)
        self._logbook = Logbook(cache.store.get(self._key))
        self._asked: dict[str, Future[Judged]] = {}
        self._cleared = cache.store.get(cache.keys.cleared(data, year)) is not None
        self._questions: Future[str] | None = None
        self._exposed: Future[list[str]] | None = None

    def ahead(self, name: str, content: bytes) -> None:
        """Hand over a file that the report will have, under its name in the folder."""
        self._ask_tables()
        self._judge(_digest(name, content), name, content)

    def outcome(self, folder: Path) -> Outcome:
        """What is found in the finished folder; raises :class:`ReportError` where nobody answers.

        What is harmless is noted for the next report, unless data or program have changed meanwhile.
        """
        self._ask_tables()
        unread: dict[str, str] = {}
        names: dict[str, str] = {}
        for name in manifest.leaves(folder):
            path = folder / name
            if path.is_symlink():
                unread[name] = "Verknüpfung"
            elif path.is_file():
                content = path.read_bytes()
                known = _digest(name, content)
                self._judge(known, name, content)
                names.setdefault(known, name)
        judged = {known: self._logbook.get(known) or self._asked[known].result() for known in names}
        dots = [dot for found in judged.values() for dot in found.dots]
        among = digest("together", *sorted(repr((d.kind, d.level, d.height, d.area, d.place, d.name)) for d in dots))
        judged[among] = self._logbook.get(among) or self._staff.ask("together", self._year, dots).result()
        exposed = self._answered()
        self._note(judged, exposed)
        unread |= {names[known]: found.unread for known, found in judged.items() if found.unread}
        return Outcome(exposed, _leaks({names.get(known, TOGETHER): found for known, found in judged.items()}), unread)

    def _judge(self, known: str, name: str, content: bytes) -> None:
        """Have a file judged, if it is new."""
        if self._logbook.get(known) is None and known not in self._asked:
            key = self._cache.keys.reading(known)
            self._asked[known] = self._staff.ask("file", self._year, name, content, key, size=len(content))

    def _ask_tables(self) -> None:
        """Ask, in two steps, whether the tables give a withheld count away, unless it is known of these data or of
        others with the same sensitive numbers."""
        if self._cleared:
            return
        if self._questions is None:
            self._questions = self._staff.ask("questions", self._year)
        elif self._exposed is None and self._questions.done():
            if self._cache.store.get(self._cache.keys.bounds(self._questions.result())) is None:
                self._exposed = self._staff.ask("exposed", self._year)
            else:
                self._cleared = True

    def _answered(self) -> list[str]:
        if self._questions is not None:
            self._questions.result()
            self._ask_tables()
        return [] if self._exposed is None else self._exposed.result()

    def _note(self, judged: dict[str, Judged], exposed: list[str]) -> None:
        for known, found in judged.items():
            self._logbook.put(known, found)
        cache, now = self._cache, self._cache.keys_now()
        if now.logbook(self._data, self._year) != self._key:
            return
        if any(known in self._asked for known in judged):
            cache.store.put(self._key, self._logbook.entry())
        if not exposed and self._questions is not None:
            cache.store.put(cache.keys.bounds(self._questions.result()), b"frei")
            cache.store.put(cache.keys.cleared(self._data, self._year), b"frei")


def _leaks(judged: dict[str, Judged]) -> list[Leak]:
    """What the files give away, once for all that do; where a notebook or a text does, it comes first."""
    found: dict[str, Leak] = {}
    for name in sorted(judged, key=lambda name: (not name.startswith("projekt/"), name)):
        for what, words in judged[name].faults:
            found.setdefault(what, Leak(what, words)).files.append(name)
    return list(found.values())


def _digest(name: str, content: bytes) -> str:
    """What a file is known by: its name without the folder, and its content."""
    return digest(PurePosixPath(name).name, content)
