"""A worker of a cluster: executes notebooks in a process that lasts, and refuses what it would not do as asked."""

from __future__ import annotations

import atexit
import os
import socket
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Lock

from sozialbericht.cache.inputs import Inputs, notebook_digest
from sozialbericht.execution import kernelsource, needs, notebookrun
from sozialbericht.execution.kernelsource import KernelSource
from sozialbericht.faults import InputError
from sozialbericht.order.project import default_root, work_in
from sozialbericht.order.tasks import Failure, Result, Task

Run = Callable[..., Result]


class Worker:
    """What a worker holds as long as its process lasts: the source of its kernels, the digests of its programs."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kernels: KernelSource | None = None
        self._programs: dict[str, str] = {}

    def kernels(self, task: Task) -> KernelSource:
        """Kernels that are forked from one parent, which has imported what the first task needs."""
        with self._lock:
            if self._kernels is None:
                stack = ExitStack()
                atexit.register(stack.close)
                opened = kernelsource.opened(needs.modules([task]), most=os.cpu_count() or 1)
                self._kernels = stack.enter_context(opened)
            return self._kernels

    def program(self, root: str) -> str:
        """The digest of a project's program when this worker was first asked: it has loaded that one, whatever lies on
        its disk by now."""
        if root not in self._programs:
            self._programs[root] = Inputs(Path(root)).code
        return self._programs[root]


#: Of this process, because a cluster hands over functions and nothing that they could hold on to.
THIS = Worker()


def run(task: Task) -> Result:
    """Execute one notebook in this worker."""
    return notebookrun.run(task, THIS.kernels(task))


def states(task: Task, inputs: Inputs) -> dict[str, str]:
    """What has to be equal on both machines, by its German name."""
    folders = [Path(v) for _, v in task.parameters if isinstance(v, str) and Path(v).is_absolute()]
    return {
        "das Notebook": notebook_digest(task.source),
        "die Daten": "".join(inputs.data(folder) for folder in folders),
        "das Programm": inputs.code,
        "die Versionen der Pakete": inputs.versions,
    }


def checked(run: Run, task: Task, expected: dict[str, str], root: str) -> Result:
    """Execute a task here; what this machine sees must be what the one who asks has seen."""
    try:
        default_root()
    except InputError:
        work_in(Path(root))
    found = states(task, Inputs(Path(root)))
    different = [name for name, state in expected.items() if found[name] != state]
    if expected["das Programm"] != THIS.program(root) and "das Programm" not in different:
        different.append("das geladene Programm (den Worker neu starten)")
    if different:
        cause = f"Auf dem Rechner {socket.gethostname()} sind anders als hier: {', '.join(different)}."
        return Result(task, "", 0.0, Failure(task.place, None, "", cause))
    return run(task)
