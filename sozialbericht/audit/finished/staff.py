"""Staff: the assistants of a run. The first is started with the first question, others when there is much to do."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

from sozialbericht import surroundings
from sozialbericht.cache.snapshots import Snapshot
from sozialbericht.faults import ReportError
from sozialbericht.order.project import PACKAGE

#: Bytes of files that wait for an assistant when another one is called.
MUCH = 6_000_000
#: Seconds that an assistant has to end.
PATIENCE = 2


class Desk(NamedTuple):
    """What every assistant is given: the data folder, the folder of the store, and by report year the snapshot of the
    tables and the key of the logbook."""

    data: Path
    store: Path | None
    snapshots: dict[int, Snapshot | None]
    logbooks: dict[int, str]


class Process(Protocol):
    """What an assistant runs in, as ``subprocess.Popen`` has it."""

    stdin: IO[bytes] | None
    stdout: IO[bytes] | None

    def poll(self) -> int | None:
        """The exit code, None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises ``subprocess.TimeoutExpired``."""

    def kill(self) -> None:
        """End it at once."""


#: A process of an assistant with this environment, forked from one that has loaded the tables; None where none can be.
Fork = Callable[[dict[str, str]], Process | None]


class Staff:
    """At most ``most`` assistants; a question goes to the one with the least to do."""

    def __init__(self, desk: Desk, most: int, fork: Fork = lambda _: None) -> None:
        self._desk, self._most, self._fork = desk, max(1, most), fork
        self._members: list[_Member] = []

    def ask(self, question: str, *arguments: Any, size: int = 0) -> Future[Any]:
        """The answer of an assistant (a method of :class:`~sozialbericht.audit.finished.assistant.Assistant`), as it
        comes; ``size`` is how many bytes there are to be read. The answer raises :class:`ReportError` where there is
        none."""
        free = min(self._members, key=lambda member: member.waiting, default=None)
        if free is None or (free.waiting > MUCH and len(self._members) < self._most):
            free = _Member(self._desk, self._fork)
            self._members.append(free)
        return free.ask(question, arguments, size)

    def close(self) -> None:
        """End all assistants; what they have not answered is dropped."""
        for member in self._members:
            member.close()


class _Member:
    """An assistant and the thread that talks to it. Where its process ends in the middle of a question, another one is
    asked the same, once."""

    def __init__(self, desk: Desk, fork: Fork) -> None:
        self.waiting = 0
        self._process: Process | None = None
        self._desk, self._fork = desk, fork
        self._thread, self._closed, self._why = ThreadPoolExecutor(1), False, ""

    def ask(self, question: str, arguments: tuple[Any, ...], size: int) -> Future[Any]:
        self.waiting += size
        answer = self._thread.submit(self._answer, question, arguments)
        answer.add_done_callback(lambda _: self._done(size))
        return answer

    def _done(self, size: int) -> None:
        self.waiting -= size

    def _answer(self, question: str, arguments: tuple[Any, ...]) -> Any:
        found, answer = self._asked(question, arguments) or self._asked(question, arguments) or (False, self._why)
        if not found:
            raise ReportError(
                f"Die Prüfung der fertigen Dateien ist abgebrochen: {answer}",
                "Den Bericht noch einmal machen, bei wenig Arbeitsspeicher mit --jobs 1.",
            )
        return answer

    def _asked(self, question: str, arguments: tuple[Any, ...]) -> tuple[bool, Any] | None:
        """Whether there is an answer, and it or the words for why not; None where the process has ended."""
        if self._closed:
            return None
        try:
            process = self._process or self._started()
            self._tell((question, arguments))
            found, answer = pickle.load(process.stdout)  # type: ignore[arg-type]
            return found, answer
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self._why = f"ein Prozess hat sich beendet ({self._end() or type(error).__name__})"
            return None

    def _started(self) -> Process:
        given = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]
        path = os.pathsep.join([str(PACKAGE.parent), *map(os.path.abspath, given)])
        own = {**surroundings.cleaned(), **surroundings.SINGLE_THREADED, "PYTHONPATH": path}
        self._process = self._fork(own) or subprocess.Popen(
            [sys.executable, "-P", "-m", "sozialbericht.audit.finished.assistant"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=own, start_new_session=True,
        )  # fmt: skip
        self._tell(self._desk)
        return self._process

    def _tell(self, what: Any) -> None:
        assert self._process is not None and self._process.stdin is not None
        pickle.dump(what, self._process.stdin, pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()

    def close(self) -> None:
        self._closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._end()

    def _end(self) -> int | None:
        """End the process, if there is one, and return its exit code."""
        process, self._process = self._process, None
        if process is None:
            return None
        with suppress(OSError):
            process.stdin.close()  # type: ignore[union-attr]
        try:
            code = process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        process.stdout.close()  # type: ignore[union-attr]
        return code


@contextmanager
def opened(desk: Desk, most: int, fork: Fork) -> Iterator[Staff]:
    """A staff for the length of a run."""
    staff = Staff(desk, most, fork)
    try:
        yield staff
    finally:
        staff.close()
