"""From the command to the published reports: the steps in their order."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sozialbericht import surroundings
from sozialbericht.cache.reports import DataFacts, Known
from sozialbericht.faults import Fault, InputError, ReportError
from sozialbericht.order.project import Project, check_year, default_root, find_data, open_project
from sozialbericht.order.request import Made, Request
from sozialbericht.stitching import quarto

if TYPE_CHECKING:
    from sozialbericht.cache.notebooks import Plan
    from sozialbericht.execution.kernelpool import Pool
    from sozialbericht.order.tasks import Result, Task
    from sozialbericht.rendering.edition import Edition

__all__ = ["Made", "Outcome", "Request", "check", "choose_engine", "make", "make_all"]

Outcome = Made | InputError | ReportError
#: New objects after which garbage is looked for (Python's own number is hundreds).
COLLECT_EVERY = 100_000


def check(project: Project, data: Path, *years: int, cache: bool = True) -> list[int]:
    """Validate data, notebooks and texts; returns the years with data, raises :class:`InputError` with every fault.

    ``cache`` says whether what an earlier run has found in order may be believed.
    """
    known = Known(project.root, used=cache)
    with _remembering(known):
        return validated(project, find_data(data).resolve(), known, *years).years


def validated(project: Project, data: Path, known: Known, *years: int) -> DataFacts:
    """The checked data; raises :class:`InputError` with every fault of data, notebooks, texts and years."""
    from sozialbericht.checking import lint

    faults: list[Fault] = []
    facts = known.data(data)
    try:
        if facts is None:
            from sozialbericht.data import contract
            from sozialbericht.stitching import glyphs

            tables = contract.load(data)
            if unprintable := glyphs.check(tables):
                raise InputError(unprintable)
            facts = DataFacts.of(tables)
            known.keep_data(facts)
        for year in years:
            check_year(year, facts.years)
    except InputError as error:
        faults += error.faults
    faults += lint.check(project, data=data, kept=known.lint)
    if facts is not None:
        from sozialbericht.stitching import assembly

        try:
            assembly.cover_words(project, facts.settings)
        except InputError as error:
            faults += error.faults
    if faults or facts is None:
        raise InputError(faults)
    return facts


def make(request: Request, *, say: Callable[[str], None] = lambda line: None, root: Path | None = None) -> Made:
    """Make and publish one report.

    Raises :class:`InputError` for faults of the inputs and :class:`ReportError` when notebooks fail or a stitcher
    refuses; then the last good report is untouched and the workshop stays as ``<output>.fehler``.
    """
    made = make_all([request], say=say, root=root)[0]
    if isinstance(made, Exception):
        raise made
    return made


def make_all(
    requests: Sequence[Request], *, say: Callable[[str], None] = lambda line: None, root: Path | None = None
) -> list[Outcome]:
    """Make several reports of the same data, engine and number of jobs; one that fails does not stop the others.

    A report of which nothing has changed since it was made stays as it is. All notebooks of the others run in one
    go. Each report is assembled, stitched and published as a whole as soon as its own notebooks are done. Returns
    what was made or the fault, in the order of the requests; raises :class:`InputError` for faults that no report can
    be made with.
    """
    first = requests[0]
    root = (root or default_root()).resolve()
    surroundings.check(root, find_data(first.data).resolve(), *(request.folder(root) for request in requests))
    engine = choose_engine(first.engine)
    if (missing := quarto.missing()) and engine[1] is None and first.engine == "auto":
        say(missing)
    data = find_data(first.data).resolve()
    known = Known(root, used=first.cache)
    keys = {request.year: known.report_key(request, data, engine[0]) for request in requests}
    outcomes: dict[int, Outcome] = {}
    for request in requests:
        if unchanged := known.report(keys[request.year], request.folder(root)):
            say(f"{request.year}: Nichts hat sich geändert ({engine[0]})")
            outcomes[request.year] = unchanged
    changed = [request for request in requests if request.year not in outcomes]
    if changed:
        with _seldom_collected():
            outcomes |= _make(open_project(root), changed, data, engine, known, say)
    for request in changed:
        if isinstance(made := outcomes[request.year], Made):
            known.keep_report(keys[request.year], made, request, data)
    known.cache.prune()
    return [outcomes[request.year] for request in requests]


def _make(
    project: Project,
    requests: Sequence[Request],
    data: Path,
    engine: tuple[str, str | None],
    known: Known,
    say: Callable[[str], None],
) -> dict[int, Outcome]:
    """Make the reports that are not known; what was made or the fault, by year."""
    first = requests[0]
    outcomes: dict[int, Outcome] = {}
    editions: dict[str, Edition] = {}
    with ExitStack() as open_folders:
        say(f"Prüfe Daten, Notebooks und Texte ({engine[0]})")
        aside = open_folders.enter_context(_aside())
        pool = open_folders.enter_context(_early(project, requests, data, known))

        from sozialbericht.cache.notebooks import Plan
        from sozialbericht.execution import runs
        from sozialbericht.rendering.edition import Edition

        open_folders.enter_context(_remembering(known))
        facts = validated(project, data, known, *([first.year] if len(requests) == 1 else []))
        for request in requests:
            try:
                check_year(request.year, facts.years)
                edition = Edition(project, request, facts, engine, known)
            except (InputError, ReportError) as error:
                outcomes[request.year] = error
            else:
                editions[edition.name] = edition
                open_folders.push(edition.stack.__exit__)
        plan = Plan([task for edition in editions.values() for task in edition.tasks], known.cache, known.inputs)
        if plan.known or plan.waiting:
            number = len(plan.waiting)
            unchanged = f", {len(plan.known)} unverändert" if plan.known else ""
            say(f"Führe {number} Notebook{'s' * (number != 1)} aus{unchanged}")
        many = len(editions) > 1
        _rehearse(aside, editions.values(), plan, engine[1])
        for edition in [e for e in editions.values() if not e.tasks]:
            outcomes[edition.request.year] = _finished(edition, say, many)

        def execute(tasks: list[Task]) -> Generator[Result]:
            return runs.execute(
                tasks, jobs=first.jobs, forked=first.forked, executor=first.executor, root=project.root, pool=pool,
                known=known,
            )

        with closing(plan.results(execute)) as results:
            for number, result in enumerate(results, 1):
                if pool is not None and number == plan.total:
                    pool.release()
                edition = editions[result.task.report]
                if not result.reused:
                    sign, year = "✗" if result.failure else "✓", f"{edition.name} " if many else ""
                    say(f"  {sign} {year}{result.task.name} ({result.seconds:.1f} s)".replace(".", ","))
                if edition.take(result):
                    outcomes[edition.request.year] = _finished(edition, say, many)
    return outcomes


@contextmanager
def _seldom_collected() -> Generator[None]:
    """Look for garbage seldom: what a run loads stays until its end,
    and looking through it takes a tenth of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_EVERY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _early(project: Project, requests: Sequence[Request], data: Path, known: Known) -> Generator[Pool | None]:
    """Kernels for the chapters that have to be executed, whose parent loads while data and texts are checked.

    None where nothing is to be executed, or it is not yet known what (profiles) or not here (a cluster).
    """
    from sozialbericht.cache.notebooks import Plan
    from sozialbericht.execution import runs
    from sozialbericht.order.tasks import chapter_tasks

    first = requests[0]
    waiting = []
    if first.profiles is None and first.executor is None:
        with suppress(InputError):  # said when the report is begun
            tasks = [task for request in requests for task in chapter_tasks(project, request, data)]
            waiting = Plan(tasks, known.cache, known.inputs).waiting
    if not waiting:
        yield None
        return
    with runs.kernels_for(waiting, jobs=first.jobs, forked=first.forked, known=known) as pool:
        yield pool


def _remembering(known: Known) -> AbstractContextManager[None]:
    """Until the end of this context pandoc is not asked twice, nor what an earlier run has kept."""
    from sozialbericht.stitching import pandoc

    return pandoc.remembering(known.cache, known.stitchers, known.inputs.program, known.same_code)


def _rehearse(thread: Executor, editions: Iterable[Edition], plan: Plan, quarto: str | None) -> None:
    """Let Typst lay out the reports before while the notebooks run, where few have changed and it will set them."""
    if quarto is None and plan.waiting and len(plan.known) > len(plan.waiting):
        for edition in editions:
            if "pdf" in edition.request.formats:
                edition.rehearsal = thread.submit(edition.rehearse)


@contextmanager
def _aside() -> Generator[Executor]:
    """A thread for what is not needed in the end: nobody waits for it, and what has not begun is dropped."""
    thread = ThreadPoolExecutor(1)
    try:
        yield thread
    finally:
        thread.shutdown(wait=False, cancel_futures=True)


def _finished(edition: Edition, say: Callable[[str], None], many: bool) -> Outcome:
    """The finished report or why there is none."""
    try:
        return edition.finish(lambda line: say(f"{edition.name}: {line}" if many else line))
    except (InputError, ReportError) as error:
        return error


def choose_engine(wanted: str) -> tuple[str, str | None]:
    """The engine's name for the user and Quarto's path, None for the built-in stitcher."""
    found = quarto.find() if wanted in ("auto", "quarto") else None
    if found:
        return f"Quarto {quarto.version(found)}", found
    if wanted == "quarto":
        raise InputError(
            [Fault("--engine quarto", " ".join(filter(None, ["Quarto ist nicht zu finden.", quarto.missing()])),
                   "Quarto ab 1.9 installieren, QUARTO_PATH setzen oder mit --engine builtin rendern.")]
        )  # fmt: skip
    return "eingebauter Setzer (pandoc und Typst)", None
