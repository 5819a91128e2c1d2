"""Executors: where the notebooks of a run are executed, here or on the machines of a Dask cluster.

Both are a ``concurrent.futures.Executor``. Here its threads look after the kernels; a Dask cluster takes the same tasks
and gives back the same results. Its workers must see the project and the data under the same paths, with the same
content: what differs is refused, not executed.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from sozialbericht.cache.keys import Inputs, notebook_digest
from sozialbericht.faults import Fault, InputError
from sozialbericht.order.tasks import Failure, Result, Task

ADDRESS = re.compile(r"dask://(?P<host>[^/\s]+:\d+)/?")
#: Seconds within which a scheduler has to answer.
ANSWER = 10
Run = Callable[..., Result]


def check_address(address: str) -> str:
    """The ``tcp://`` address of ``dask://HOST:PORT``; raises :class:`InputError` for another form."""
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise InputError([Fault(f"--executor {address}", "Das ist keine Adresse.", "Erwartet wird dask://HOST:PORT.")])
    return f"tcp://{match['host']}"


@contextmanager
def local(jobs: int) -> Iterator[Executor]:
    """Threads of this process; what has not begun when an error or an interruption comes is dropped."""
    threads = ThreadPoolExecutor(max_workers=jobs)
    try:
        yield threads
    except BaseException:
        threads.shutdown(wait=False, cancel_futures=True)
        raise
    threads.shutdown()


@contextmanager
def dask(address: str) -> Iterator[Executor]:
    """The workers of a Dask cluster.

    Raises :class:`InputError` if the package ``distributed`` is missing or no scheduler answers.
    """
    place = f"--executor {address}"
    scheduler = check_address(address)
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError(
            [Fault(place, "Das Paket „distributed“ ist nicht installiert.", "python -m pip install distributed")]
        ) from error
    try:
        client: Any = Client(scheduler, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        what = f"Dort antwortet kein Dask-Scheduler ({error})."
        raise InputError([Fault(place, what, "Die Adresse prüfen oder „dask scheduler“ starten.")]) from error
    with client:
        if not client.nthreads():
            raise InputError([Fault(place, "Der Dask-Scheduler hat keine Worker.", "„dask worker“ starten.")])
        workers = client.get_executor(pure=False)
        try:
            yield workers
        except BaseException:
            workers.shutdown(wait=False)
            raise


@contextmanager
def opened(address: str | None, jobs: int, run: Run, root: Path) -> Iterator[Callable[[Task], Future[Result]]]:
    """A function that hands a task to ``run`` and returns the future of its result.

    ``address`` is None for this machine, at most ``jobs`` at a time, or ``dask://HOST:PORT``. ``run`` must be a
    function of a module.
    """
    with ExitStack() as stack:
        if address is None:
            executor = stack.enter_context(local(jobs))
            yield lambda task: executor.submit(run, task)
            return
        executor = stack.enter_context(dask(address))
        inputs = Inputs(root)
        yield lambda task: executor.submit(partial(there, run), task, states(task, inputs), str(root))


def outcome(task: Task, future: Future[Result]) -> Result:
    """The result of a finished future; what a cluster has lost is a failure of its task."""
    error = future.exception() if not future.cancelled() else None
    if error is None and not future.cancelled():
        return future.result()
    if isinstance(error, (KeyboardInterrupt, SystemExit)):
        raise error
    cause = f"Der Rechenverbund hat das Notebook verloren: {error or 'abgebrochen'}"
    return Result(task, "", 0.0, Failure(task.place, None, "", cause))


def states(task: Task, inputs: Inputs) -> dict[str, str]:
    """What has to be equal on both machines, by its German name."""
    folders = [Path(v) for _, v in task.parameters if isinstance(v, str) and Path(v).is_absolute()]
    return {
        "das Notebook": notebook_digest(task.source),
        "die Daten": "".join(inputs.data(folder) for folder in folders),
        "das Programm": inputs.code,
        "die Versionen der Pakete": inputs.versions,
    }


def there(run: Run, task: Task, expected: dict[str, str], root: str) -> Result:
    """Execute a task on a worker; what it sees must be what the one who asks has seen.

    A worker has the program that it has loaded, whatever lies on its disk by now.
    """
    found = states(task, Inputs(Path(root)))
    different = [name for name, state in expected.items() if found[name] != state]
    if expected["das Programm"] != loaded(root) and "das Programm" not in different:
        different.append("das geladene Programm (den Worker neu starten)")
    if different:
        cause = f"Auf dem Rechner {socket.gethostname()} sind anders als hier: {', '.join(different)}."
        return Result(task, "", 0.0, Failure(task.place, None, "", cause))
    return run(task)


@cache
def loaded(root: str) -> str:
    """The program's digest when this process was first asked."""
    return Inputs(Path(root)).code
