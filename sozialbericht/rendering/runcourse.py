"""The course of a run: what is done, what runs, how long the rest will take, and whom the run tells of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sozialbericht.cache.runcache import RunCache
from sozialbericht.digests import digest
from sozialbericht.order.request import Request

#: How much quicker or slower than the last time a run may seem, so that one odd notebook does not decide.
ODD = 3.0
#: Seconds as in the last run that are thought of besides: a second or two decide nothing.
DOUBT = 3.0
KEY = digest("durations")


@dataclass
class Durations:
    """How long earlier runs took (seconds): each notebook, and by kind of run what came before and after them and how
    many notebooks ran at a time on average (``pace``)."""

    notebooks: dict[str, float] = field(default_factory=dict)
    runs: dict[str, dict[str, float]] = field(default_factory=dict)

    @classmethod
    def read(cls, cache: RunCache) -> Durations:
        """Those of the cache; none where there are none."""
        entry = cache.store.get(KEY)
        return cls(**json.loads(entry)) if entry else cls()

    def write(self, cache: RunCache) -> None:
        """Keep them for later runs."""
        cache.store.put(KEY, json.dumps({"notebooks": self.notebooks, "runs": self.runs}).encode())


def kind(requests: Sequence[Request], engine: str) -> str:
    """What of a run decides how long its parts take, besides its notebooks."""
    asked = [(r.year, r.formats, sorted(r.only), r.profiles, r.audited) for r in requests]
    return repr((asked, engine))


@dataclass(frozen=True)
class Part:
    """A notebook of a run, whether it is done already (``stored``), and whether it is the ``profile`` of an area."""

    year: str
    name: str
    stored: bool = False
    profile: bool = False


class Course:
    """How far a run has come. ``most`` notebooks run at a time; they begin in the order of :meth:`plan`."""

    def __init__(self, durations: Durations, run: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.durations, self._run, self._clock = durations, run, clock
        self.started = clock()
        self._begun = self._ended = 0.0
        self.parts: list[Part] = []
        self.most = 1
        self.done: dict[Part, float] = {}
        self.failed: list[Part] = []

    def plan(self, parts: Sequence[Part], most: int) -> None:
        """The notebooks are known and begin to run."""
        self.parts, self.most, self._begun = list(parts), most, self._clock()
        if all(part.stored for part in parts):
            self._ended = self._begun

    def take(self, part: Part, seconds: float, *, failed: bool) -> None:
        """A notebook has ended."""
        self.done[part] = seconds
        if failed:
            self.failed.append(part)
        if not self.waiting:
            self._ended = self._clock()

    @property
    def waiting(self) -> list[Part]:
        """The notebooks that are not done, in order."""
        return [part for part in self.parts if not part.stored and part not in self.done]

    def running(self) -> list[Part]:
        """The notebooks that run now: the first ones of those that are not done."""
        return self.waiting[: self.most]

    def remaining(self) -> float | None:
        """Seconds until the end by the last run of this kind; None where there was none."""
        known, now = self.durations.runs.get(self._run), self._clock()
        if known is None:
            return None
        if not self._begun:
            return max(0.0, known["head"] - (now - self.started)) + known["executing"] + known["tail"]
        ratio = self._ratio(known["head"])
        tail = known["tail"] * ratio
        if self._ended:
            return max(0.0, tail - (now - self._ended))
        wall = sum(self._expected(part) for part in self.parts if not part.stored) * ratio / max(known["pace"], 0.1)
        return max(0.0, wall - (now - self._begun)) + tail

    def _ratio(self, head: float) -> float:
        """How much slower this run is than the last one, by what is done so far."""
        past = head + sum(self._expected(part) for part in self.done)
        real = self._begun - self.started + sum(self.done.values())
        return min(ODD, max(1 / ODD, (real + DOUBT) / (past + DOUBT)))

    def _expected(self, part: Part) -> float:
        known = self.durations.notebooks
        return known.get(part.name, sum(known.values()) / len(known) if known else 1.0)

    def finish(self) -> Durations:
        """The run has ended: how long it took, for later ones; what failed does not count."""
        now = self._clock()
        good = {part.name: seconds for part, seconds in self.done.items() if part not in self.failed and seconds}
        if not self._begun or not self._ended or self.failed:
            return Durations(self.durations.notebooks | good, self.durations.runs)
        executing = self._ended - self._begun
        before = self.durations.runs.get(self._run, {})
        pace = sum(self.done.values()) / executing if good and executing > 0 else before.get("pace", float(self.most))
        run = {
            "head": self._begun - self.started, "executing": executing, "tail": now - self._ended, "pace": pace,
        }  # fmt: skip
        return Durations(self.durations.notebooks | good, self.durations.runs | {self._run: run})


class Telling:
    """Whom a run tells what it does: as lines, to a function. Others show the same in other ways."""

    course: Course | None = None

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say

    @classmethod
    def of(cls, say: Callable[[str], None]) -> Telling:
        """A function as one who is told; who is one already stays."""
        return say if isinstance(say, Telling) else cls(say)

    def __call__(self, line: str) -> None:
        """A line that the user has to read."""
        self.say(line)

    def doing(self, line: str, year: str = "") -> None:
        """A step begins; ``year`` is given where it concerns one report of several."""
        self.say(f"{year}: {line}" if year else line)

    def detail(self, line: str, year: str = "") -> None:
        """What is worth a line only for who wants to know everything."""

    def phase(self, line: str, year: str = "") -> None:
        """One of the last steps begins: setting, audit, publication."""
        self.detail(line, year)

    def begun(self, year: str, output: Path) -> None:
        """A report is begun that will lie in this folder."""

    def planned(self, parts: Sequence[Part], most: int) -> None:
        """The notebooks of all reports are known and begin to run."""
        if self.course:
            self.course.plan(parts, most)

    def done(self, part: Part, seconds: float, *, failed: bool, line: str) -> None:
        """A notebook has ended; ``line`` says it."""
        if self.course:
            self.course.take(part, seconds, failed=failed)
        self.say(line)
