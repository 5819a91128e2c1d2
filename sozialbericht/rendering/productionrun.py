"""One run of the command: several reports of the same data, and all that lasts as long as they are made."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sozialbericht import surroundings
from sozialbericht.cache import reports
from sozialbericht.cache.runcache import RunCache
from sozialbericht.faults import InputError, ReportError
from sozialbericht.order.project import Project, check_year, default_root, find_data, open_project
from sozialbericht.order.request import Made, Request
from sozialbericht.order.tasks import AREA
from sozialbericht.rendering import runcourse
from sozialbericht.rendering.runcourse import Course, Durations, Part, Telling
from sozialbericht.stitching import engine, quarto

if TYPE_CHECKING:
    from sozialbericht.audit.finished.staff import Staff
    from sozialbericht.cache.checkeddata import CheckedData
    from sozialbericht.cache.notebooks import Notebooks
    from sozialbericht.execution.kernelsource import KernelSource
    from sozialbericht.order.tasks import Result, Task
    from sozialbericht.rendering.edition import Edition

Outcome = Made | InputError | ReportError
#: How many processes audit at most: each holds all tables, and after a few the longest file decides.
MOST_ASSISTANTS = 4


class ProductionRun:
    """The steps of a run and what they hand on: the cache, then the checked data; ``outcomes`` by year."""

    _project: Project
    _data: CheckedData
    _open: ExitStack
    _aside: Executor
    _kernels: KernelSource | None = None

    def __init__(self, requests: Sequence[Request], say: Callable[[str], None], root: Path | None = None) -> None:
        self.requests, self._first, self._say = requests, requests[0], Telling.of(say)
        self.root = (root or default_root()).resolve()
        self.folder = find_data(self._first.data, self.root).resolve()
        surroundings.check(self.root, self.folder, *(request.folder(self.root) for request in requests))
        self.engine = engine.choose(self._first.engine)
        if (missing := quarto.missing()) and self.engine.quarto is None and self._first.engine == "auto":
            say(missing)
        self.cache = RunCache.of(self.root, used=self._first.cache)
        self._say.course = Course(Durations.read(self.cache), runcourse.kind(requests, self.engine.name))
        keys = self.cache.keys
        self._keys = {request.year: keys.report(request, self.folder, self.engine.name) for request in requests}
        self.outcomes: dict[int, Outcome] = {}
        self.changed = list(requests)

    def take_unchanged(self) -> None:
        """Leave as it is each report of which nothing has changed since it was made."""
        for request in self.requests:
            if made := reports.get(self.cache, self._keys[request.year], request.folder(self.root)):
                self._say(f"{request.year}: Nichts hat sich geändert ({self.engine.name})")
                self.outcomes[request.year] = made
                self.changed.remove(request)

    @contextmanager
    def opened(self) -> Generator[None]:
        """All that lasts as long as reports are made; it ends with this context, however that ends."""
        self._project = open_project(self.root)
        with _seldom_collected(), ExitStack() as self._open:
            self._say.doing(f"Prüfe Daten, Notebooks und Texte ({self.engine.name})")
            self._aside = self._open.enter_context(_thread_aside())
            yield

    def load(self) -> None:
        """Start the parent of the kernels, which protects the data as soon as they are loaded; where they are not known
        to be without fault that is done in this process.

        Not where nothing is to be executed, or it is not yet known what (profiles) or not here (a cluster).
        """
        from sozialbericht.cache import checkeddata
        from sozialbericht.cache.notebooks import Notebooks
        from sozialbericht.execution import runs
        from sozialbericht.fitting import chapterset
        from sozialbericht.order.tasks import chapter_tasks

        if self._first.profiles is not None or self._first.executor is not None:
            return
        missing: list[Task] = []
        known = None
        with suppress(InputError):  # said when the report is begun
            known = checkeddata.get(self.cache, self.folder)
            project = chapterset.fitted(self._project, known.offer) if known else self._project
            tasks = [task for request in self.changed for task in chapter_tasks(project, request, self.folder)]
            missing = Notebooks(tasks, self.cache).missing
        if missing:
            self._kernels = self._open.enter_context(
                runs.kernels_for(
                    missing, jobs=self._first.jobs, forked=self._first.forked, cache=self.cache, waiting=known is None
                )
            )

    def check(self) -> None:
        """Check data, notebooks and texts; raises :class:`InputError` with every fault."""
        from sozialbericht.fitting import chapterset
        from sozialbericht.rendering.validation import validated
        from sozialbericht.stitching import pandoc

        self._open.enter_context(pandoc.storing(self.cache.texts))
        years = [self._first.year] if len(self.changed) == 1 else []
        hand = self._kernels.hand if self._kernels is not None else None
        self._data, self._project = validated(self._project, self.folder, self.cache, *years, hand=hand)
        for line in chapterset.told(self._project):
            self._say(line)

    def execute(self) -> Generator[Edition]:
        """Begin the reports and execute all their notebooks in one go; yields each report whose own are done."""
        from sozialbericht.cache.notebooks import Notebooks

        editions = self._begun()
        notebooks = Notebooks([task for edition in editions.values() for task in edition.tasks], self.cache)
        if notebooks.stored or notebooks.missing:
            number = len(notebooks.missing)
            unchanged = f", {len(notebooks.stored)} unverändert" if notebooks.stored else ""
            self._say.doing(f"Führe {number} Notebook{'s' * (number != 1)} aus{unchanged}")
        self._lay_out_ahead(editions, notebooks)
        self._plan(editions, notebooks)
        yield from [edition for edition in editions.values() if not edition.tasks]
        results = self._open.enter_context(closing(notebooks.results(self._executed)))
        for result in results:
            edition = editions[result.task.report]
            if edition.take(result):
                yield edition

    def _plan(self, editions: dict[str, Edition], notebooks: Notebooks) -> None:
        """Tell which notebooks there are, in the order in which they begin, and how many run at a time."""
        from sozialbericht.execution import runs

        stored = {result.task for result in notebooks.stored}
        tasks = [task for edition in editions.values() for task in edition.tasks]
        parts = [Part(t.report, t.name, t in stored, AREA in dict(t.parameters)) for t in tasks]
        self._say.planned(parts, runs.at_most(self._first.jobs, self._first.forked))
        for part in parts:
            if part.stored:
                self._say.detail(f"unverändert: {part.name}", part.year)

    def store(self) -> None:
        """Store what the new reports consist of, and how long the run took, for later runs."""
        if self.changed and self._say.course:
            self._say.course.finish().write(self.cache)
        for request in self.changed:
            if isinstance(made := self.outcomes[request.year], Made):
                reports.put(self.cache, self._keys[request.year], made, request, self.folder)
        self.cache.store.prune()

    def _begun(self) -> dict[str, Edition]:
        """The reports that can be begun, by name, each with a folder to work in; the others have their outcome."""
        from sozialbericht.order import comparisonyear
        from sozialbericht.rendering.edition import Edition, Means

        begun: dict[str, Edition] = {}
        means = Means(self._project, self._data, self.engine, self.cache, self._staff())
        for request in self.changed:
            try:
                check_year(request.year, self._data.years)
                comparisonyear.check(request, self._data.years)
                edition = Edition(request, means, self._say)
            except (InputError, ReportError) as error:
                self.outcomes[request.year] = error
            else:
                self._open.push(edition.stack.__exit__)
                begun[edition.name] = edition
                self._say.begun(edition.name, edition.output)
        for edition in begun.values():
            edition.among_others = len(begun) > 1
        return begun

    def _staff(self) -> Staff:
        """Those who judge the finished files, as soon as there are any; for as long as the run lasts."""
        from sozialbericht.audit.finished import staff
        from sozialbericht.cache import snapshots
        from sozialbericht.order import comparisonyear

        folder, audited = self.folder, [request for request in self.changed if request.audited]
        taken = {
            r.year: snapshots.of(self.cache, str(folder), (r.year, comparisonyear.of(r, folder)), shared=False)
            for r in audited
        }
        logbooks = {year: self.cache.keys.logbook(folder, year) for year in taken}
        desk = staff.Desk(folder, self.cache.store.folder, taken, logbooks)
        most = min(self._first.jobs or os.cpu_count() or 1, MOST_ASSISTANTS, surroundings.kernels_by_files())
        return self._open.enter_context(
            staff.opened(desk, most, lambda env: self._kernels.assistant(env) if self._kernels else None)
        )

    def _executed(self, tasks: list[Task]) -> Generator[Result]:
        from sozialbericht.execution import runs

        first = self._first
        if tasks and self._kernels is None and first.executor is None:
            opened = runs.kernels_for(tasks, jobs=first.jobs, forked=first.forked, cache=self.cache)
            self._kernels = self._open.enter_context(opened)
        return runs.execute(
            tasks, jobs=first.jobs, forked=first.forked, executor=first.executor, root=self.root,
            kernels=self._kernels, cache=self.cache,
        )  # fmt: skip

    def _lay_out_ahead(self, editions: dict[str, Edition], notebooks: Notebooks) -> None:
        """Let Typst lay out the reports before while the notebooks run, where few have changed and it will set them."""
        if self.engine.quarto is None and notebooks.missing and len(notebooks.stored) > len(notebooks.missing):
            for edition in editions.values():
                if "pdf" in edition.request.formats:
                    edition.ahead = self._aside.submit(edition.lay_out_ahead)


@contextmanager
def _seldom_collected() -> Generator[None]:
    """Look for garbage seldom: what a run loads stays until its end,
    and looking through it takes a tenth of the time.
    """
    before = gc.get_threshold()
    surroundings.collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _thread_aside() -> Generator[Executor]:
    """A thread for what is not needed in the end: nobody waits for it, and what has not begun is dropped."""
    thread = ThreadPoolExecutor(1)
    try:
        yield thread
    finally:
        thread.shutdown(wait=False, cancel_futures=True)
