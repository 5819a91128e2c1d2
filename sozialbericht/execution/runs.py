"""Execution: papermill runs the notebooks, several at a time, each in a kernel of its own."""

from __future__ import annotations

import ast
import atexit
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import as_completed
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from sozialbericht import surroundings
from sozialbericht.execution import kernelpool
from sozialbericht.execution.chapters import read_notebook, source
from sozialbericht.faults import InputError, disk_full
from sozialbericht.order.project import default_root
from sozialbericht.order.tasks import Failure, Result, Task

if TYPE_CHECKING:
    from sozialbericht.cache.reports import Known
    from sozialbericht.execution.kernelpool import Pool

#: Seconds that one cell may take and that a kernel may take to start.
CELL_TIMEOUT = 600
START_TIMEOUT = 60
#: How the names of methods begin that ask for the typology, and how many notebooks make it worth while to prepare it.
SHARED = (
    "typ",
    "aktionsr",
    "veroeffentlicht",
    "tabelle_veroeffentlicht",
    "auswahl",
    "abstaende",
    "entscheidung",
    "nach_status",
    "status",
    "steckbrief",
    "einordnung",
    "profil",
)
SEVERAL = 3
CRASHED = "Der Kernel ist während der Ausführung abgestürzt (Speicher voll?)."


def execute(
    tasks: Iterable[Task],
    *,
    jobs: int | None = None,
    forked: bool = True,
    executor: str | None = None,
    root: Path | None = None,
    pool: Pool | None = None,
    known: Known | None = None,
) -> Generator[Result]:
    """Execute all tasks, at most ``jobs`` at a time (default: the cores); yields each result as it comes.

    They begin in the given order. A failing notebook does not stop the others; its result holds the failure.
    Closing the iterator drops the tasks that have not begun and ends all kernels. With ``forked`` kernels come from a
    warm parent where that is possible; then one notebook more than there are cores is under way by default, because a
    kernel that starts or ends leaves its core idle. With ``executor``, ``dask://HOST:PORT``, a cluster executes them;
    ``root`` is the project's folder, ``pool`` what :func:`kernels_for` gave before, ``known`` as there.
    """
    tasks = list(tasks)
    if not tasks:
        return
    from sozialbericht.execution import executors

    most = at_most(jobs, forked)
    with ExitStack() as stack:
        work: Callable[..., Result] = run_on_worker
        if executor is None:
            pool = pool or stack.enter_context(kernels_for(tasks, jobs=jobs, forked=forked, known=known))
            work = partial(run, pool=pool)
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
    tasks: Sequence[Task], *, jobs: int | None = None, forked: bool = True, known: Known | None = None
) -> Generator[Pool]:
    """Kernels for these tasks, all ended at the end; their warm parent loads while the caller goes on.

    With ``known`` the parent takes the protected data that an earlier run has kept, and keeps them for later ones.
    """
    most = at_most(jobs, forked)
    with kernelpool.pool(imported(tasks), preparations(tasks, known), most=most, forked=forked) as pool:
        yield pool


def run_on_worker(task: Task) -> Result:
    """Execute one notebook in a worker of a cluster, which keeps a warm parent for its kernels."""
    with _lock:
        if not _own:
            stack = ExitStack()
            atexit.register(stack.close)
            _own.append(stack.enter_context(kernelpool.pool(imported([task]), most=os.cpu_count() or 1)))
    return run(task, _own[0])


_lock = Lock()
_own: list[Pool] = []


def imported(tasks: Iterable[Task]) -> list[str]:
    """The modules that the notebooks import, in order of their names."""
    names: set[str] = set()
    for text in (text for path in sorted({task.source for task in tasks}) for text in _code(path)):
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue  # told when it is executed
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
    return sorted(names)


def preparations(tasks: Iterable[Task], known: Known | None = None) -> list[list[Any]]:
    """What the warm parent does before it forks: the data of every report and year loaded once, and what at least
    :data:`SEVERAL` of its notebooks would compute each for itself."""
    tasks = list(tasks)
    asking: dict[tuple[Any, ...], int] = {}
    words = {path: asks(_code(path)) for path in {task.source for task in tasks}}
    for task in tasks:
        given = dict(task.parameters)
        if "daten" in given and "jahr" in given:
            key = given["daten"], given["jahr"], given.get("vergleichsjahr")
            asking[key] = asking.get(key, 0) + words[task.source]
    if known is None or known.kept is None:
        function: list[Any] = ["sozialbericht.execution.preload:prepare"]
    else:
        function = ["sozialbericht.execution.snapshots:prepare", known.kept]
    return [[*function, *key, number >= SEVERAL] for key, number in asking.items()]


def asks(cells: list[str]) -> bool:
    """Whether code cells ask for the typology, by the methods that they call, whatever their object is called."""
    for cell in cells:
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):  # told when the cell is executed
            tree = ast.parse(cell)
            if any(isinstance(n, ast.Attribute) and n.attr.startswith(SHARED) for n in ast.walk(tree)):
                return True
    return False


def _code(path: Path) -> list[str]:
    """The code cells of a notebook; none where it cannot be read, which is told when it is executed."""
    try:
        return [source(cell) for cell in read_notebook(path)["cells"] if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, InputError):
        return []


def run(task: Task, pool: Pool | None = None) -> Result:
    """Execute one notebook; needs nothing but the task and leaves nothing behind, so it can run in any process."""
    from jupyter_core.utils import ensure_event_loop

    try:
        with tempfile.TemporaryDirectory(prefix="sozialbericht-", dir=pool.folder if pool else None) as folder:
            return _run(task, Path(folder) / task.file, pool)
    finally:
        ensure_event_loop().close()  # nbclient leaves it open


def _run(task: Task, saved: Path, pool: Pool | None) -> Result:
    """One notebook, executed into the file ``saved``; a kernel that does not start is tried once more, not forked."""

    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from sozialbericht.execution import kernels

    started = time.monotonic()
    begun: list[int] = []
    notebooks: list[Any] = []

    def result(cause: str | None, cell: tuple[int | None, str] = (None, "")) -> Result:
        seconds = time.monotonic() - started
        failure = Failure(task.place, *cell, cause) if cause else None
        return Result(task, saved.read_text(encoding="utf-8") if saved.is_file() else "", seconds, failure)

    for place in (pool, pool.without_parent()) if pool else (None, None):
        try:
            papermill.execute_notebook(
                str(task.source), str(saved), parameters=dict(task.parameters), kernel_name="python3",
                progress_bar=False, request_save_on_cell_execute=False, autosave_cell_every=0,
                start_timeout=START_TIMEOUT, execution_timeout=CELL_TIMEOUT,
                kernel_manager_class=kernels.manager(place),
                shutdown_kernel="immediate", resources={"metadata": {"path": str(task.source.parent)}},
                on_notebook_start=lambda notebook: notebooks.append(notebook),  # noqa: PLW0108 called by name
                on_cell_start=lambda cell, cell_index: begun.append(cell_index),
            )  # fmt: skip
            return result(None)
        except PapermillExecutionError as error:
            return result(_cause(error.ename, error.evalue), _failed_cell(saved))
        except (CellTimeoutError, DeadKernelError) as error:
            saved.write_text(json.dumps(notebooks[-1], ensure_ascii=False), encoding="utf-8")  # as far as it has come
            late = isinstance(error, CellTimeoutError)
            cause = f"Eine Zelle lief länger als {CELL_TIMEOUT} Sekunden." if late else CRASHED
            return result(cause, _failed_cell(saved, begun))
        except (RuntimeError, OSError) as error:
            if full := disk_full(error):
                return result(str(full))
            cause = f"Der Kernel startet nicht: {error}"
    return result(cause)


def _cause(name: str, value: str) -> str:
    """The cause of a failed cell; the package's own messages stand alone."""
    if name == "MemoryError":
        return f"Die Zelle braucht mehr Speicher, als ein Kernel bekommt ({value or name})."
    return value if name in {"InputError", "TemplateError"} else f"{name}: {value}"


def _failed_cell(saved: Path, begun: Sequence[int] = ()) -> tuple[int | None, str]:
    """Number (without papermill's own cells) and first source line of the cell that failed, or else of the last one
    that has ``begun`` (counted from 0, with papermill's cells)."""
    if not saved.is_file():
        return None, ""
    number = 0
    for position, cell in enumerate(read_notebook(saved)["cells"]):
        tags = cell.get("metadata", {}).get("tags", [])
        if "papermill-error-cell-tag" in tags:
            begun = [last + 1 for last in begun]  # stands before the others
        if {"injected-parameters", "papermill-error-cell-tag"} & set(tags):
            continue
        number += 1
        broken = any(o["output_type"] == "error" for o in cell.get("outputs", []))
        if cell["cell_type"] == "code" and (broken or (begun and begun[-1] == position)):
            lines = [line for line in source(cell).splitlines() if line.strip()]
            return number, lines[0].strip() if lines else ""
    return None, ""
