"""The parent of warm kernels: a process of its own that imports and loads once and then forks a kernel per request.

It is started by :mod:`sozialbericht.execution.kernelparent` as ``python -m sozialbericht.execution.forkserver
SETTINGS`` with a Unix socket as its standard input. Each byte on that socket brings the end of another one, the line
to one kernel: a line of JSON (``argv``, ``cwd``, ``env``) asks for it, ``pid``, ``ready`` and ``exit`` are the
answers, numbers of signals may follow. A line that closes ends its kernel; when the socket itself closes, everything
ends and the run's folder is removed. It runs no threads and no event loop, because only the forking thread lives on
in a child.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import threading
import traceback
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

from sozialbericht.execution import forkkernel


def preload(modules: list[str], calls: list[list[Any]], orphaned: Any = lambda: False) -> None:
    """Import modules and make calls (``module:function`` and its arguments), as far as they succeed.

    What fails here fails again in the kernel, where a reader of the notebook sees it; warnings likewise.
    """
    show, warnings.showwarning = warnings.showwarning, lambda *_, **__: None
    for name in modules:
        if orphaned():
            return
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    for target, *arguments in calls:
        if orphaned():
            return
        with contextlib.suppress(Exception):
            module, function = target.split(":")
            getattr(importlib.import_module(module), function)(*arguments)
    warnings.showwarning = show
    for loaded in list(sys.modules.values()):  # so that kernels show each warning once more
        if isinstance(loaded, ModuleType):
            vars(loaded).pop("__warningregistry__", None)


def threads() -> int:
    """How many threads this process runs, also those of libraries where the system tells."""
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208
    except OSError:
        return threading.active_count()


class Line:
    """The socket to one kernel, on the parent's side."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end
        self.received = b""
        self.pid = 0

    def say(self, **answer: Any) -> None:
        """Send an answer; who does not listen any more does not matter."""
        with contextlib.suppress(OSError):
            self.end.sendall(json.dumps(answer).encode() + b"\n")

    def lines(self) -> list[bytes] | None:
        """The complete lines that have come, None when the other end is closed."""
        try:
            received = self.end.recv(1 << 20)
        except BlockingIOError:
            return []
        except OSError:
            received = b""
        if not received:
            return None
        *complete, self.received = (self.received + received).split(b"\n")
        return complete

    def signal(self, number: int) -> None:
        """Send a signal to the kernel and what it has started."""
        if self.pid:
            try:
                os.killpg(self.pid, number)
            except ProcessLookupError:  # before the child leads a group
                os.kill(self.pid, number)


class Server:
    """The parent's loop: requests, signals and ends of kernels."""

    def __init__(self, control: socket.socket, added: dict[str, str]) -> None:
        self.control = control
        self.added = added
        self.lines: dict[int, Line] = {}
        self.selector = selectors.DefaultSelector()
        self.wake, wakes = socket.socketpair()
        for end in (control, self.wake, wakes):
            end.setblocking(False)
        self.wakes = wakes
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
        self.selector.register(control, selectors.EVENT_READ, self.open_line)
        self.selector.register(self.wake, selectors.EVENT_READ, self.reap)
        self.running = True

    def serve(self, refusal: str = "") -> None:
        """Answer until the control socket closes; with a ``refusal`` every request gets this answer."""
        self.refusal = refusal
        while self.running:
            for key, _ in self.selector.select():
                key.data() if not isinstance(key.data, Line) else self.read(key.data)
        for line in self.lines.values():
            with contextlib.suppress(OSError):
                line.signal(signal.SIGKILL)
        for line in self.lines.values():
            with contextlib.suppress(ChildProcessError):
                os.waitpid(line.pid, 0)

    def open_line(self) -> None:
        """A new line has come, or the client is gone."""
        try:
            received, ends, _, _ = socket.recv_fds(self.control, 1, 1)
        except BlockingIOError:
            return
        except OSError:
            received, ends = b"", []
        if not received:
            self.running = False
            return
        for end in ends:
            os.set_inheritable(end, False)
            line = Line(socket.socket(fileno=end))
            line.end.setblocking(False)
            self.selector.register(line.end, selectors.EVENT_READ, line)

    def read(self, line: Line) -> None:
        """A request or signals on a line, all that have come at once; its closing ends the kernel."""
        if line.end.fileno() == -1:  # reaped in this round
            return
        lines = line.lines()
        if lines is None:
            self.selector.unregister(line.end)
            if line.pid:
                with contextlib.suppress(OSError):
                    line.signal(signal.SIGKILL)
            else:
                line.end.close()
            return
        for text in lines:
            if line.pid:
                with contextlib.suppress(OSError):
                    line.signal(int(text))
            elif self.refusal:
                line.say(refused=self.refusal)
            else:
                self.fork(line, json.loads(text))

    def fork(self, line: Line, request: dict[str, Any]) -> None:
        """Fork a kernel; the child never returns."""
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                signal.set_wakeup_fd(-1)
                self.selector.close()
                for end in (self.control, self.wake, self.wakes, *(other.end for other in self.lines.values())):
                    end.close()
                request["env"] = {**self.added, **request["env"]}
                forkkernel.become(request, parent, ready=lambda: line.say(ready=True))
            except Exception:
                traceback.print_exc()
            finally:
                os._exit(1)
        line.pid = pid
        self.lines[pid] = line
        line.say(pid=pid)

    def reap(self) -> None:
        """Kernels that have ended: end what they had started, then tell the exit code."""
        with contextlib.suppress(BlockingIOError):
            while self.wake.recv(4096):
                pass
        for pid, line in list(self.lines.items()):
            # The dead kernel keeps its number until it is reaped, so the signal can meet no other group.
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                continue
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
            line.pid = 0
            line.say(exit=os.waitstatus_to_exitcode(status))
            with contextlib.suppress(KeyError, ValueError):
                self.selector.unregister(line.end)
            line.end.close()
            del self.lines[pid]


def main(settings: dict[str, Any]) -> None:
    """Load everything, then serve; when the client has gone, remove the run's folder."""
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

    def orphaned() -> bool:
        try:
            return control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    before = dict(os.environ)
    gc.disable()  # what is loaded stays: to look through it again and again takes a fifth of the time
    try:
        preload([*forkkernel.MODULES, *settings["modules"]], settings["calls"], orphaned)
        gc.freeze()
        gc.enable()
        running = threads()
        added = {name: value for name, value in os.environ.items() if name not in before}  # by libraries, for kernels
        Server(control, added).serve("" if running == 1 else f"{running} Threads")
    finally:
        if orphaned():  # else the client still uses it
            shutil.rmtree(Path(settings["folder"]), ignore_errors=True)


if __name__ == "__main__":
    del sys.path[0]  # as ipykernel_launcher does: the working directory holds no modules
    main(json.loads(sys.argv[1]))
