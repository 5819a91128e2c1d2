"""The child: from a fork of the parent to an ordinary kernel, or an assistant of the audit, with a clean state.

Run as a program, ``python -m sozialbericht.execution.forkkernel``, it is a kernel that was not forked, with the same
state; :mod:`sozialbericht.execution.kernels` starts one where there is no parent.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from sozialbericht import surroundings
from sozialbericht.execution.mishaps import cellfault

#: What every kernel needs or imports while it starts, imported in the parent.
MODULES = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "ipykernel.debugger",
    "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger", "IPython.core.magics.execution",
    "IPython.core.oinspect", "IPython.core.pylabtools", "IPython.extensions.storemagic", "faulthandler", "pdb",
    "resource", "sqlite3.dbapi2", "tornado.platform.asyncio", "zmq.utils.garbage", "pandas.core.methods.to_dict",
    "numpy", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "matplotlib_inline.backend_inline",
    "PIL.features", "sozialbericht.execution.mishaps.germancause",
)  # fmt: skip
INLINE = "module://matplotlib_inline.backend_inline"
PR_SET_PDEATHSIG = 1


def settle(request: dict[str, Any], parent: int) -> None:
    """Give this process a state of its own: session, signals, and what the ``request`` says: ``cwd``, ``env``,
    ``memory`` (bytes, 0: no limit)."""
    os.setsid()
    _die_with(parent)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    os.chdir(request["cwd"] or ".")
    limit_memory(request["memory"])
    _seed()


def assist(streams: Sequence[int], ready: Callable[[], None]) -> NoReturn:
    """Be an assistant of the audit with these ``streams`` as standard input and output, until there are no more
    questions; what it has to say beside its answers goes to nowhere."""
    for number, stream in enumerate((*streams, os.open(os.devnull, os.O_WRONLY))):
        os.dup2(stream, number)
        os.close(stream)
    ready()

    from sozialbericht.audit.finished import assistant

    assistant.main()


def serve(arguments: Sequence[str], parent: int, ready: Callable[[], None]) -> None:
    """Be a kernel with these ``arguments`` of ipykernel until it ends; ``ready`` is called when its sockets can be
    reached."""
    from ipykernel.kernelapp import IPKernelApp

    # The kernel ends when its parent has ended, also where the system does not see to it.
    sys.argv = [sys.argv[0], *arguments, f"--IPKernelApp.parent_handle={parent}"]
    add_working_directory()
    surroundings.collect_seldom()
    app: Any = IPKernelApp.instance()
    app.initialize(sys.argv[1:])
    if os.environ.get("MPLBACKEND") == INLINE:
        # matplotlib is imported already, so its own hook has come too early and would lose figures without show().
        app.shell.enable_matplotlib("inline")
    cellfault.attach(app.shell)
    _as_imported_in_a_kernel()
    ready()
    app.start()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def add_working_directory() -> None:
    """Let modules beside the notebook be found, but none of them stand in for one of Python's own.

    IPython does the same, but not where Python was told not to look in the working directory while it starts.
    """
    if "" not in sys.path:
        places = [n for n, path in enumerate(sys.path) if Path(path).name in ("site-packages", "dist-packages")]
        sys.path.insert(places[0] if places else len(sys.path), "")


def _die_with(parent: int) -> None:
    """Let Linux end this process when its parent ends; elsewhere the kernel's own poller does within a second."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def limit_memory(most: int) -> None:
    """Let allocations beyond ``most`` bytes fail with MemoryError (0: no limit), so that one cell cannot exhaust the
    machine; only where the system counts them (Linux)."""
    if most and sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _as_imported_in_a_kernel() -> None:
    """pandas shows 20 columns when it is imported in a kernel, but as many as fit a terminal's line elsewhere."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and pandas.get_option("display.max_columns") == 0:
        pandas.set_option("display.max_columns", 20)


def _seed() -> None:
    """Random numbers of this kernel's own: NumPy's global state is copied by a fork."""
    import numpy as np

    random.seed()
    np.random.seed()


if __name__ == "__main__":  # a kernel that is started in the ordinary way
    from ipykernel import kernelapp

    add_working_directory()
    surroundings.collect_seldom()
    kernel: Any = kernelapp.IPKernelApp.instance()
    kernel.initialize()
    cellfault.attach(kernel.shell)
    kernel.start()
