"""Execution: the notebooks of a run, several at a time, each in a kernel of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import as_completed
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sozialbericht import surroundings
from sozialbericht.execution import kernelsource, needs, notebookrun
from sozialbericht.order.project import default_root
from sozialbericht.order.tasks import Result, Task

if TYPE_CHECKING:
    from sozialbericht.cache.runcache import RunCache
    from sozialbericht.execution.kernelsource import KernelSource


def execute(
    tasks: Iterable[Task],
    *,
    jobs: int | None = None,
    forked: bool = True,
    executor: str | None = None,
    root: Path | None = None,
    kernels: KernelSource | None = None,
    cache: RunCache | None = None,
) -> Generator[Result]:
    """Execute all tasks, at most ``jobs`` at a time (default: the cores); yields each result as it comes.

    They begin in the given order. A failing notebook does not stop the others; its result holds the failure.
    Closing the iterator drops the tasks that have not begun and ends all kernels. With ``forked`` kernels are forked
    where that is possible; then one notebook more than there are cores is under way by default, because a kernel that
    starts or ends leaves its core idle. With ``executor``, ``dask://HOST:PORT``, a cluster executes them; ``root`` is
    the project's folder, ``kernels`` what :func:`kernels_for` gave before, ``cache`` as there.
    """
    tasks = list(tasks)
    if not tasks:
        return
    from sozialbericht.execution import executors, worker

    most = at_most(jobs, forked)
    with ExitStack() as stack:
        work: Callable[..., Result] = worker.run
        if executor is None:
            kernels = kernels or stack.enter_context(kernels_for(tasks, jobs=jobs, forked=forked, cache=cache))
            work = partial(notebookrun.run, kernels=kernels)
            # a grammar of internet addresses takes a second to load, and no notebook is checked against it
            sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
            import papermill  # noqa: F401  while the parent loads
        submit = stack.enter_context(executors.opened(executor, most, work, root or default_root()))
        running = {submit(task): task for task in tasks}
        for done in as_completed(running):
            yield executors.outcome(running[done], done) if executor else done.result()


def at_most(jobs: int | None, forked: bool) -> int:
    """How many notebooks are under way at a time."""
    return max(1, min(jobs or (os.cpu_count() or 1) + forked, surroundings.kernels_by_files()))


@contextmanager
def kernels_for(
    tasks: Sequence[Task], *, jobs: int | None = None, forked: bool = True, cache: RunCache | None = None,
    waiting: bool = False,
) -> Generator[KernelSource]:  # fmt: skip
    """Kernels for these tasks, all ended at the end; their parent loads what they need while the caller goes on.

    With a ``cache`` it takes the protected data that an earlier run has stored, and stores them for later ones; with
    ``waiting`` it waits for the tables that the caller hands over.
    """
    most, data = at_most(jobs, forked), needs.data(tasks, cache)
    with kernelsource.opened(needs.modules(tasks), data, most=most, forked=forked, waiting=waiting) as kernels:
        yield kernels
