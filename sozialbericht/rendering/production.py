"""From the command to the published reports: the steps in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from sozialbericht.faults import Fault, InputError, ReportError
from sozialbericht.project import Project, open_project
from sozialbericht.rendering.edition import Edition, Made, Request, soften_references

if TYPE_CHECKING:
    from sozialbericht.data.tables import Tables

__all__ = ["Made", "Request", "check", "choose_engine", "make", "make_all", "soften_references"]


def check(project: Project, data: Path, *years: int) -> list[int]:
    """Validate data, notebooks and texts; returns the years with data, raises :class:`InputError` with every fault."""
    return validated(project, data, *years).years


def validated(project: Project, data: Path, *years: int) -> Tables:
    """The checked tables; raises :class:`InputError` with every fault of data, notebooks, texts and years."""
    from sozialbericht.data import contract
    from sozialbericht.rendering import lint
    from sozialbericht.writing.source import check_year, find_data

    faults: list[Fault] = []
    tables = None
    try:
        tables = contract.load(find_data(data).resolve())
        for year in years:
            check_year(year, tables.years)
    except InputError as error:
        faults += error.faults
    faults += lint.check(project)
    if faults or tables is None:
        raise InputError(faults)
    return tables


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
) -> list[Made | InputError | ReportError]:
    """Make several reports of the same data, engine and number of jobs; one that fails does not stop the others.

    All notebooks of all reports run in one go. Each report is assembled, stitched and published as a whole as
    soon as its own notebooks are done. Returns what was made or the fault, in the order of the requests; raises
    :class:`InputError` for faults that no report can be made with.
    """
    from sozialbericht.rendering import execution
    from sozialbericht.writing.source import check_year

    first = requests[0]
    project = open_project(root)
    engine = choose_engine(first.engine)
    say(f"Prüfe Daten, Notebooks und Texte ({engine[0]})")
    tables = validated(project, first.data, *([first.year] if len(requests) == 1 else []))

    outcomes: dict[str, Made | InputError | ReportError] = {}
    editions: dict[str, Edition] = {}
    with ExitStack() as open_folders:
        for request in requests:
            try:
                check_year(request.year, tables.years)
                edition = Edition(project, request, tables, engine)
            except InputError as error:
                outcomes[str(request.year)] = error
            else:
                editions[edition.name] = edition
                open_folders.push(edition.stack.__exit__)
        tasks = [task for edition in editions.values() for task in edition.tasks]
        if tasks:
            say(f"Führe {len(tasks)} Notebooks aus")
        many = len(editions) > 1
        for edition in [e for e in editions.values() if not e.tasks]:
            outcomes[edition.name] = _finished(edition, say, many)
        with closing(execution.execute(tasks, jobs=first.jobs)) as results:
            for result in results:
                task = result.task
                sign, year = "✗" if result.failure else "✓", f"{task.report} " if many else ""
                say(f"  {sign} {year}{task.name} ({result.seconds:.1f} s)".replace(".", ","))
                if editions[task.report].take(result):
                    outcomes[task.report] = _finished(editions[task.report], say, many)
    return [outcomes[str(request.year)] for request in requests]


def _finished(edition: Edition, say: Callable[[str], None], many: bool) -> Made | InputError | ReportError:
    """The finished report or why there is none."""
    try:
        return edition.finish(lambda line: say(f"{edition.name}: {line}" if many else line))
    except (InputError, ReportError) as error:
        return error


def choose_engine(wanted: str) -> tuple[str, str | None]:
    """The engine's name for the user and Quarto's path, None for the built-in stitcher."""
    from sozialbericht.rendering import quarto

    found = quarto.find() if wanted in ("auto", "quarto") else None
    if found:
        return f"Quarto {quarto.version(found)}", found
    if wanted == "quarto":
        raise InputError(
            [Fault("--engine quarto", "Quarto ist nicht zu finden.",
                   "Quarto ab 1.9 installieren, QUARTO_PATH setzen oder mit --engine builtin rendern.")]
        )  # fmt: skip
    return "eingebauter Setzer (pandoc und Typst)", None
