"""Where the kernels of a run come from: a private folder, the parent that they are forked from, their end.

Nothing of Jupyter is imported before the first kernel is asked for: the parent loads meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sozialbericht import surroundings
from sozialbericht.cache.store import folder_of, made_private, private_folder
from sozialbericht.execution import forkclient
from sozialbericht.order.project import PRINT, RUN, TOLD, default_root, package_path
from sozialbericht.surroundings import PRIVATE, SINGLE_THREADED

#: The longest path (bytes) that holds sockets, and what a kernel's own folder adds to that of the run.
LONGEST_SOCKET, ROOM = 90, 12
#: A kernel may take at least this much memory (bytes), else its share of four fifths of the machine's.
LEAST_MEMORY = 2 << 30


def environment(folder: Path | None = None, web: bool = True) -> dict[str, str]:
    """The kernel's environment: the package can be imported, numeric libraries use one thread per kernel; whether web
    pages are made of its notebook.

    Settings and profiles of the user stay outside: what looks for them finds a private folder beside the cache or,
    where that cannot be written, the ``folder`` of the run.
    """
    given = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    path = os.pathsep.join([*package_path(), *map(os.path.abspath, given)])
    private = _lasting_folder() or (folder or Path(tempfile.gettempdir())) / "umgebung"
    own = {
        "PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        TOLD: str(default_root()), RUN: "web" if web else PRINT,
        **{name: str(private / place) for name, place in PRIVATE.items()},
    }  # fmt: skip
    return {**surroundings.cleaned(), **SINGLE_THREADED, **own}


def _lasting_folder() -> Path | None:
    """A folder of the project in which matplotlib may keep its list of fonts, which takes long to make."""
    place = private_folder(default_root())
    try:
        made_private(folder_of(default_root()))
        for name in set(PRIVATE.values()):
            (place / name).mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return place if os.access(place, os.W_OK) else None


class KernelSource:
    """The source of one run's kernels: its folder, the parent if they are forked, the processes of those started."""

    def __init__(self, folder: Path, parent: forkclient.Parent | None, most: int) -> None:
        self.folder = folder
        self.parent = parent
        self.started: list[Any] = []
        self.memory = max(LEAST_MEMORY, _installed_memory() * 4 // 5 // most)

    def without_parent(self) -> KernelSource:
        """The same, but kernels are started in the ordinary way."""
        ordinary = KernelSource(self.folder, None, 1)
        ordinary.started = self.started
        return ordinary

    def hand(self, tables: bytes = b"") -> None:
        """Hand over the tables that the parent waits for, or none (:meth:`forkclient.Parent.hand`)."""
        if self.parent is not None:
            self.parent.hand(tables)

    def assistant(self, env: dict[str, str]) -> forkclient.Forked | None:
        """An assistant of the audit from the parent, which has loaded the tables already; None where it gives none."""
        with contextlib.suppress(forkclient.NotForked):
            return None if self.parent is None else self.parent.assist(env, self.memory)
        return None

    def close(self) -> None:
        """End all kernels that still run and the parent."""
        if self.parent is not None:
            self.parent.close()
        for process in self.started:
            if process.poll() is None:
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL) if os.name == "posix" else process.kill()


@contextmanager
def opened(
    modules: Sequence[str] = (), data: Sequence[Sequence[Any]] = (), *, most: int = 1, forked: bool = True,
    waiting: bool = False,
) -> Iterator[KernelSource]:  # fmt: skip
    """Kernels for at most ``most`` notebooks at a time, all ended at the end.

    With ``forked`` and where the system allows it they come from a parent that imports ``modules`` and loads ``data``
    (arguments of :func:`sozialbericht.execution.preload.prepare`) while the caller goes on; with ``waiting`` it waits
    for the tables that the caller hands over.
    """
    folder = _private_folder()
    parent = None
    try:
        if forked and forkclient.possible():
            with contextlib.suppress(OSError):
                parent = forkclient.Parent(folder, environment(folder), modules, data, waiting)
        made = KernelSource(folder, parent, most)
        try:
            yield made
        finally:
            made.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _private_folder() -> Path:
    """A new folder for temporary files; another place where the path would be too long for sockets."""
    folder = tempfile.mkdtemp(prefix="sb")
    if os.name == "posix" and len(os.fsencode(folder)) + ROOM > LONGEST_SOCKET:
        with contextlib.suppress(OSError):
            shorter = tempfile.mkdtemp(prefix="sb", dir="/tmp")
            shutil.rmtree(folder, ignore_errors=True)
            return Path(shorter)
    return Path(folder)


def _installed_memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0
