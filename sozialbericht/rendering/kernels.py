"""Kernels: started with the running interpreter, so that neither a kernel spec nor this package need be installed."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
import weakref
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from sozialbericht.project import default_root

#: Sockets of the file system have no port that another process could take first.
HAS_IPC = os.name == "posix"


def environment() -> dict[str, str]:
    """The kernel's environment: the package can be imported, numeric libraries use one thread per kernel."""
    package = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    own = {"PYTHONPATH": path, "PYDEVD_DISABLE_FILE_VALIDATION": "1", "SOZIALBERICHT_WURZEL": str(default_root())}
    return {**os.environ, **threads, **own}


class Kernel(AsyncKernelManager):
    """A kernel manager with its own socket paths and connection file in a private folder."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        folder = tempfile.mkdtemp(prefix="sb")
        self._tidy = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.connection_file = str(Path(folder) / "kernel.json")
        if HAS_IPC:
            self.transport = "ipc"
            self.ip = str(Path(folder) / secrets.token_hex(4))

    @property
    def kernel_spec(self) -> KernelSpec:
        """A kernel of this interpreter, whatever kernels are installed."""
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
        )

    async def _async_pre_start_kernel(self, **kwargs: Any) -> tuple[list[str], dict[str, Any]]:
        kwargs["env"] = environment()
        started: tuple[list[str], dict[str, Any]] = await super()._async_pre_start_kernel(**kwargs)
        return started

    pre_start_kernel = _async_pre_start_kernel

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if not restart:
            self._tidy()

    cleanup_resources = _async_cleanup_resources
