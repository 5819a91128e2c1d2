"""One notebook, executed by papermill in a kernel of its own."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozialbericht.execution.mishaps import failedcell
from sozialbericht.faults import disk_full
from sozialbericht.order.tasks import Failure, Result, Task

if TYPE_CHECKING:
    from sozialbericht.execution.kernelsource import KernelSource

#: Seconds that one cell may take and that a kernel may take to start.
CELL_TIMEOUT = 600
START_TIMEOUT = 60
CRASHED = (
    "Der Kernel ist während der Ausführung abgestürzt (Speicher voll?).",
    "Mit --jobs 1 wiederholen; die Zelle allein in JupyterLab ausführen.",
)
INSTALL = "Die Umgebung nach requirements.lock neu einrichten: python -m pip install -r requirements.lock"


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

    def result(failure: Failure | None) -> Result:
        seconds = time.monotonic() - started
        return Result(task, saved.read_text(encoding="utf-8") if saved.is_file() else "", seconds, failure)

    for place in (own, own.without_parent()) if own else (None, None):
        try:
            papermill.execute_notebook(
                str(task.source), str(saved), parameters=dict(task.parameters), kernel_name="python3",
                progress_bar=False, request_save_on_cell_execute=False, autosave_cell_every=0,
                start_timeout=START_TIMEOUT, execution_timeout=CELL_TIMEOUT,
                kernel_manager_class=kernels.manager(place, task.web),
                shutdown_kernel="immediate", resources={"metadata": {"path": str(task.source.parent)}},
                on_notebook_start=lambda notebook: notebooks.append(notebook),  # noqa: PLW0108 called by name
                on_cell_start=lambda cell, cell_index: begun.append(cell_index),
            )  # fmt: skip
            text = saved.read_text(encoding="utf-8")
            ended = '"SystemExit"' in text and failedcell.found(saved)[0]  # papermill lets it pass, without the rest
            return result(failedcell.failure(task.place, _otherwise("SystemExit", ""), saved) if ended else None)
        except PapermillExecutionError as error:
            return result(failedcell.failure(task.place, _otherwise(error.ename, error.evalue), saved))
        except (CellTimeoutError, DeadKernelError) as error:
            saved.write_text(json.dumps(notebooks[-1], ensure_ascii=False), encoding="utf-8")  # as far as it has come
            late = isinstance(error, CellTimeoutError)
            slow = f"Eine Zelle lief länger als {CELL_TIMEOUT} Sekunden.", "Weniger rechnen oder die Zelle teilen."
            return result(failedcell.failure(task.place, slow if late else CRASHED, saved, begun))
        except (RuntimeError, OSError) as error:
            if full := disk_full(error):
                return result(Failure(task.place, None, "", str(full)))
            cause = f"Der Kernel startet nicht: {error}"
    return result(Failure(task.place, None, "", cause, INSTALL))


def _otherwise(name: str, value: str) -> tuple[str, str]:
    """Cause and remedy of a failed cell whose kernel has said none in German."""
    told = f"{name}: {value}" if value else name
    if name == "MemoryError":
        return f"Die Zelle braucht mehr Speicher, als ein Kernel bekommt ({told}).", "Weniger auf einmal laden."
    return f"Die Zelle endet mit einem Fehler ({told}).", "Die Zelle in JupyterLab ausführen und berichtigen."
