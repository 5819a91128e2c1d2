"""One notebook, executed by papermill in a kernel of its own."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozialbericht.execution.chapters import read_notebook, source
from sozialbericht.faults import disk_full
from sozialbericht.order.tasks import Failure, Result, Task

if TYPE_CHECKING:
    from sozialbericht.execution.kernelsource import KernelSource

#: Seconds that one cell may take and that a kernel may take to start.
CELL_TIMEOUT = 600
START_TIMEOUT = 60
CRASHED = "Der Kernel ist während der Ausführung abgestürzt (Speicher voll?)."


def run(task: Task, kernels: KernelSource | None = None) -> Result:
    """Execute one notebook; needs nothing but the task and leaves nothing behind, so it can run in any process."""
    from jupyter_core.utils import ensure_event_loop

    try:
        with tempfile.TemporaryDirectory(prefix="sozialbericht-", dir=kernels.folder if kernels else None) as folder:
            return _run(task, Path(folder) / task.file, kernels)
    finally:
        ensure_event_loop().close()  # nbclient leaves it open


def _run(task: Task, saved: Path, own: KernelSource | None) -> Result:
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

    for place in (own, own.without_parent()) if own else (None, None):
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
