"""From the command to the published reports: the steps in their order.

:class:`~sozialbericht.rendering.productionrun.ProductionRun` says how each of them is done for several reports at once,
:class:`~sozialbericht.rendering.edition.Edition` for one report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sozialbericht.cache.runcache import RunCache
from sozialbericht.faults import InputError, ReportError
from sozialbericht.order.project import Project, find_data
from sozialbericht.order.request import Made, Request
from sozialbericht.rendering.productionrun import Outcome, ProductionRun

if TYPE_CHECKING:
    from sozialbericht.plausibility.review import Review
    from sozialbericht.rendering.edition import Edition

__all__ = ["Inspected", "Made", "Outcome", "Request", "check", "inspect", "make", "make_all"]


@dataclass(frozen=True)
class Inspected:
    """What is found in a project without fault: its years, the names of its chapters, lines about those that are left
    out, and what is unusual in its data.
    """

    years: list[int]
    chapters: list[str]
    left_out: list[str]
    reminders: list[str]
    review: Callable[[], Review]


def check(project: Project, data: Path, *years: int, cache: bool = True) -> list[int]:
    """Validate data, notebooks and texts; returns the years with data, raises :class:`InputError` with every fault.

    ``cache`` says whether what an earlier run has found in order may be believed.
    """
    return inspect(project, data, *years, cache=cache).years


def inspect(project: Project, data: Path, *years: int, cache: bool = True) -> Inspected:
    """Like :func:`check`; returns also what chapters are left out, and how to see what is unusual in the data, which
    takes a moment where it is new.
    """
    from sozialbericht.cache import reviews
    from sozialbericht.fitting import chapterset
    from sozialbericht.rendering.validation import validated
    from sozialbericht.stitching import imprint, pandoc

    run_cache = RunCache.of(project.root, used=cache)
    with pandoc.storing(run_cache.texts):
        found, chosen = validated(project, find_data(data, project.root).resolve(), run_cache, *years)
    names = [chapter.name for chapter in chosen.chapters]
    reminders = imprint.reminders(found.status_text, found.settings)
    return Inspected(found.years, names, chapterset.told(chosen), reminders, lambda: reviews.of(run_cache, found))


def make(request: Request, *, say: Callable[[str], None] = lambda line: None, root: Path | None = None) -> Made:
    """Make one report; raises :class:`InputError` or :class:`ReportError`."""
    (made,) = make_all([request], say=say, root=root)
    if isinstance(made, Made):
        return made
    raise made


def make_all(
    requests: Sequence[Request], *, say: Callable[[str], None] = lambda line: None, root: Path | None = None
) -> list[Outcome]:
    """Make several reports of the same data, engine and number of jobs; one that fails does not stop the others.

    Returns what was made or the fault, in the order of the requests; raises :class:`InputError` for faults that no
    report can be made with.
    """
    run = ProductionRun(requests, say, root)
    run.take_unchanged()
    if run.changed:
        with run.opened():
            run.load()  # and protect: the parent of the kernels does it while all is checked
            run.check()
            for edition in run.execute():
                run.outcomes[edition.request.year] = _finished(edition)
    run.store()
    return [run.outcomes[request.year] for request in requests]


def _finished(edition: Edition) -> Outcome:
    """The finished report or why there is none."""
    try:
        with edition.opened():
            edition.assemble()
            edition.phase("Setze den Bericht")
            edition.stitch()
            edition.phase("Prüfe die fertigen Dateien")
            edition.clear()
            edition.phase("Lege den Bericht ab")
            return edition.publish()
    except (InputError, ReportError) as error:
        return error
