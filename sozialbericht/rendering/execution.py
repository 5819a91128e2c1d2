"""Execution: papermill runs the notebooks, several at a time, each in a kernel of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sozialbericht.project import Chapter
from sozialbericht.rendering.chapters import read_notebook, source

#: Seconds that one cell may take and that a kernel may take to start.
CELL_TIMEOUT = 600
START_TIMEOUT = 60


@dataclass(frozen=True)
class Failure:
    """Why a notebook failed: cell (counted from 1 as in JupyterLab), its first source line, the cause."""

    notebook: str
    cell: int | None
    line: str
    cause: str
    saved: Path

    def __str__(self) -> str:
        """The failure as a German paragraph."""
        where = f"notebooks/{self.notebook}" + (f", Zelle {self.cell}" if self.cell else "")
        line = f"\n  erste Zeile: {self.line}" if self.line else ""
        return f"{where}: {self.cause}{line}\n  ausgeführtes Notebook: {self.saved}"


@dataclass(frozen=True)
class Outcome:
    """What became of a chapter's notebook: the executed file, the seconds it took, the failure if any."""

    name: str
    path: Path
    seconds: float
    failure: Failure | None = None


def execute(
    chapters: list[Chapter],
    folder: Path,
    parameters: Mapping[str, Any],
    *,
    jobs: int | None = None,
    notify: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Execute the notebooks of the chapters into ``folder``, at most ``jobs`` at a time (default: the cores).

    A failing notebook does not stop the others; its outcome holds the failure. ``notify`` is called as each ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    outcomes = {}
    with ThreadPoolExecutor(max_workers=jobs or os.cpu_count() or 1) as pool:
        running = {pool.submit(_alone, chapter, folder, dict(parameters)): chapter.name for chapter in chapters}
        try:
            for done in as_completed(running):
                outcomes[running[done]] = done.result()
                notify(done.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [outcomes[chapter.name] for chapter in chapters]


def _alone(chapter: Chapter, folder: Path, parameters: dict[str, Any]) -> Outcome:
    """One notebook in a thread of its own, whose event loop is closed afterwards (nbclient leaves it open)."""
    from jupyter_core.utils import ensure_event_loop

    try:
        return _run(chapter, folder, parameters)
    finally:
        ensure_event_loop().close()


def _run(chapter: Chapter, folder: Path, parameters: dict[str, Any]) -> Outcome:
    """One notebook; a kernel that does not start is tried once more."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from sozialbericht.rendering.kernels import Kernel

    saved = folder / chapter.source.name
    started = time.monotonic()

    def outcome(cause: str | None, cell: tuple[int | None, str] = (None, "")) -> Outcome:
        seconds = time.monotonic() - started
        failure = Failure(chapter.source.name, cell[0], cell[1], cause, saved) if cause else None
        return Outcome(chapter.name, saved, seconds, failure)

    for attempt in (1, 2):
        try:
            papermill.execute_notebook(
                str(chapter.source), str(saved), parameters=parameters, kernel_name="python3", progress_bar=False,
                request_save_on_cell_execute=False, autosave_cell_every=0, start_timeout=START_TIMEOUT,
                execution_timeout=CELL_TIMEOUT, kernel_manager_class=Kernel, shutdown_kernel="immediate",
                resources={"metadata": {"path": str(chapter.source.parent)}},
            )  # fmt: skip
            return outcome(None)
        except PapermillExecutionError as error:
            return outcome(_cause(error.ename, error.evalue), _failed_cell(saved))
        except CellTimeoutError:
            return outcome(f"Eine Zelle lief länger als {CELL_TIMEOUT} Sekunden.", _failed_cell(saved))
        except DeadKernelError:
            return outcome("Der Kernel ist während der Ausführung abgestürzt (Speicher voll?).", _failed_cell(saved))
        except (RuntimeError, OSError) as error:
            if attempt == 2:
                return outcome(f"Der Kernel startet nicht: {error}")
    raise AssertionError("unreachable")


def _cause(name: str, value: str) -> str:
    """The cause of a failed cell; the package's own messages stand alone."""
    return value if name in {"InputError", "TemplateError"} else f"{name}: {value}"


def _failed_cell(saved: Path) -> tuple[int | None, str]:
    """Number (without papermill's own cells) and first source line of the cell that failed or was running."""
    if not saved.is_file():
        return None, ""
    number = 0
    for cell in read_notebook(saved)["cells"]:
        tags = cell.get("metadata", {}).get("tags", [])
        if {"injected-parameters", "papermill-error-cell-tag"} & set(tags):
            continue
        number += 1
        ran = cell.get("metadata", {}).get("papermill", {})
        broken = any(o["output_type"] == "error" for o in cell.get("outputs", []))
        if cell["cell_type"] == "code" and (
            broken or ran.get("status") in {"failed", "running"} or ran.get("exception")
        ):
            lines = [line for line in source(cell).splitlines() if line.strip()]
            return number, lines[0].strip() if lines else ""
    return None, ""
