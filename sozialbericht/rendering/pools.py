"""The kernels of one run: a private folder, the parent that they are forked from, their end.

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

from sozialbericht.project import default_root
from sozialbericht.rendering import warm

#: A kernel may take at least this much memory (bytes), else its share of four fifths of the machine's.
LEAST_MEMORY = 2 << 30


def environment() -> dict[str, str]:
    """The kernel's environment: the package can be imported, numeric libraries use one thread per kernel."""
    package = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
    own = {"PYTHONPATH": path, "PYDEVD_DISABLE_FILE_VALIDATION": "1", "SOZIALBERICHT_WURZEL": str(default_root())}
    return {**os.environ, **warm.SINGLE_THREADED, **own}


class Pool:
    """The kernels of one run: a private folder, the warm parent if there is one, the ordinary kernels' processes."""

    def __init__(self, folder: Path, parent: warm.Parent | None, most: int) -> None:
        self.folder = folder
        self.parent = parent
        self.ordinary: list[Any] = []
        self.memory = max(LEAST_MEMORY, _installed_memory() * 4 // 5 // most)

    def without_parent(self) -> Pool:
        """The same, but kernels are started in the ordinary way."""
        ordinary = Pool(self.folder, None, 1)
        ordinary.ordinary = self.ordinary
        return ordinary

    def release(self) -> None:
        """No kernel will be asked for any more: let the parent end while the caller goes on."""
        if self.parent is not None:
            self.parent.release()

    def close(self) -> None:
        """End all kernels that still run and the parent."""
        if self.parent is not None:
            self.parent.close()
        for process in self.ordinary:
            if process.poll() is None:
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL) if os.name == "posix" else process.kill()


@contextmanager
def pool(
    modules: Sequence[str] = (), calls: Sequence[Sequence[Any]] = (), *, most: int = 1, forked: bool = True
) -> Iterator[Pool]:
    """Kernels for at most ``most`` notebooks at a time, all ended at the end.

    With ``forked`` and where the system allows it they come from a parent that imports ``modules`` and makes ``calls``
    while the caller goes on.
    """
    folder = Path(tempfile.mkdtemp(prefix="sb"))
    parent = None
    try:
        if forked and warm.possible():
            with contextlib.suppress(OSError):
                parent = warm.Parent(folder, environment(), modules, calls)
        made = Pool(folder, parent, most)
        try:
            yield made
        finally:
            made.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _installed_memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0
