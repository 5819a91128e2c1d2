"""A staff that answers in this process, so that a test can put other tables in place of the loaded ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sozialbericht.audit.finished.assistant import Assistant
from sozialbericht.audit.finished.fileaudit import FileAudit
from sozialbericht.audit.finished.staff import Desk, Fork
from sozialbericht.cache.runcache import RunCache


class LocalStaff:
    """Answers at once and counts what it was asked."""

    def __init__(self, desk: Desk) -> None:
        self.assistant, self.asked = Assistant(desk), Counter[str]()

    def ask(self, question: str, *arguments: Any, size: int = 0) -> Future[Any]:
        """The answer."""
        self.asked[question] += 1
        answer: Future[Any] = Future()
        answer.set_result(getattr(self.assistant, question)(*arguments))
        return answer


@contextmanager
def opened(desk: Desk, most: int, fork: Fork) -> Iterator[LocalStaff]:
    """In place of :func:`sozialbericht.audit.finished.staff.opened`."""
    yield LocalStaff(desk)


def begun(root: Path, data: Path, year: int = 2006) -> tuple[LocalStaff, FileAudit]:
    """A file audit with the store of a project."""
    cache = RunCache.of(root)
    staff = LocalStaff(Desk(data, cache.store.folder, {}, {year: cache.keys.logbook(data, year)}))
    return staff, FileAudit(staff, cache, data, year)  # type: ignore[arg-type]
