"""Kernels: started with the running interpreter, so that neither a kernel spec nor this package need be installed.

papermill, nbclient and ipykernel stay as they are. A kernel provisioner, registered in the running process only, forks
a kernel from the parent of the run's source (:mod:`sozialbericht.execution.kernelsource`), which has loaded everything
already; where there is none, or it refuses, the kernel is started in the ordinary way, with the same results.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import weakref
from importlib.metadata import EntryPoint
from pathlib import Path
from queue import Empty
from typing import Any, cast

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from sozialbericht.execution import forkclient, kernelsource
from sozialbericht.execution.kernelsource import KernelSource, environment

#: Sockets of the file system have no port that another process could take first; their paths must be short.
HAS_IPC = os.name == "posix"
#: How a kernel is started; ``-P``: no file beside the notebook stands in for a module of Python.
START = ("-P", "-m", "sozialbericht.execution.forkkernel")
ARGUMENTS = 1 + len(START)
#: What an ordinary kernel says on its error stream, in its private folder.
SAID = "gesagt"
PROVISIONER = "sozialbericht-fork"
#: Seconds between two looks whether a kernel has ended, and until a kernel is asked once more whether it is there.
STEP, ASK_AGAIN = 0.005, 0.25


class Provisioner(LocalProvisioner):
    """Launches a kernel from the parent of the manager's source, or in the ordinary way."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Launch a kernel; waits for the parent, so it blocks the event loop of this kernel's client."""
        source: KernelSource | None = getattr(self.parent, "source", None)
        if source is not None and source.parent is not None:
            try:
                arguments, folder = cmd[ARGUMENTS:], str(kwargs.get("cwd") or Path.cwd())
                process = source.parent.launch(arguments, folder, kwargs["env"], source.memory)
                self.process = cast("Any", process)
                self.pid, self.pgid, self.cwd = process.pid, None, folder
                return self.connection_info
            except forkclient.NotForked as error:
                logging.getLogger(__name__).info("Kernel wird gewöhnlich gestartet: %s", error)
        with contextlib.ExitStack() as stack:
            if (place := getattr(self.parent, "private", None)) is not None:
                kwargs["stdout"] = subprocess.DEVNULL
                kwargs["stderr"] = stack.enter_context((place / SAID).open("wb"))
            information = await super().launch_kernel(cmd, **kwargs)
        if source is not None:
            source.started.append(self.process)
        return information

    async def wait(self) -> int | None:
        """Wait for the kernel's end, looking often."""
        while await self.poll() is None:
            await asyncio.sleep(STEP)
        code: int | None = await super().wait()
        return code


KernelProvisionerFactory.instance().provisioners[PROVISIONER] = EntryPoint(
    PROVISIONER, f"{__name__}:Provisioner", KernelProvisionerFactory.GROUP_NAME
)


class Client(AsyncKernelClient):
    """A client that begins as soon as the kernel has answered on both channels."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered and its end of the answer has come; raises RuntimeError."""
        deadline = time.monotonic() + (timeout or float("inf"))
        asked = {self.kernel_info()}
        while True:
            try:
                message = await self.get_iopub_msg(timeout=ASK_AGAIN)
            except Empty:
                if not await self._async_is_alive():
                    raise RuntimeError(f"Der Kernel ist beim Start abgestürzt{_reason(self.parent)}") from None
                if time.monotonic() > deadline:
                    raise RuntimeError(f"Der Kernel antwortet seit {timeout} Sekunden nicht.") from None
                asked.add(self.kernel_info())
                continue
            idle = message["content"].get("execution_state") == "idle"
            if idle and message["parent_header"].get("msg_id") in asked:
                break
        reply = await self.get_shell_msg(timeout=max(1.0, min(60.0, deadline - time.monotonic())))
        self._handle_kernel_info_reply(reply)


def _reason(manager: object) -> str:
    """The last thing that a kernel has said, in which the reason stands."""
    place = getattr(manager, "private", None)
    with contextlib.suppress(OSError):
        if place is not None:
            lines = [line for line in (place / SAID).read_text("utf-8", "replace").splitlines() if line.strip()]
            return f": {lines[-1].strip()}" if lines else "."
    return "."


class Kernel(AsyncKernelManager):
    """A kernel manager with its own socket paths and connection file in a private folder."""

    source: KernelSource | None = None
    web = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(client_factory=Client, **kwargs)
        folder = tempfile.mkdtemp(prefix="sb", dir=self.source.folder if self.source else None)
        self.private = Path(folder)
        self._tidy = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.connection_file = str(Path(folder) / "kernel.json")
        if HAS_IPC and len(os.fsencode(folder)) < kernelsource.LONGEST_SOCKET:
            self.transport = "ipc"
            self.ip = str(Path(folder) / secrets.token_hex(4))

    @property
    def kernel_spec(self) -> KernelSpec:
        """A kernel of this interpreter, whatever kernels are installed."""
        return KernelSpec(
            argv=[sys.executable, *START, "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": PROVISIONER}},
        )

    async def _async_pre_start_kernel(self, **kwargs: Any) -> tuple[list[str], dict[str, Any]]:
        kwargs["env"] = environment(self.source.folder if self.source else self.private, self.web)
        started: tuple[list[str], dict[str, Any]] = await super()._async_pre_start_kernel(**kwargs)
        return started

    pre_start_kernel = _async_pre_start_kernel

    async def _async_wait(self, pollinterval: float = STEP) -> None:
        await super()._async_wait(pollinterval=min(pollinterval, STEP))

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if not restart:
            self._tidy()

    cleanup_resources = _async_cleanup_resources


def manager(source: KernelSource | None, web: bool = True) -> type[Kernel]:
    """The class of kernel managers that take kernels from this source, for nbclient; without one in the ordinary way.

    nbclient makes the manager itself and hands nothing on to it, so it is the class that knows its source and whether
    web pages are made of the notebook.
    """
    return type("Kernel", (Kernel,), {"source": source, "web": web})
