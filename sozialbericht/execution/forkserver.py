"""The parent of forked processes: one of its own that imports and loads once and then forks a kernel per request, or an
assistant of the audit, which no notebook has reached: their code runs in other children.

It is started by :mod:`sozialbericht.execution.forkclient` as ``python -m sozialbericht.execution.forkserver
SETTINGS`` with a Unix socket as its standard input. Each byte on that socket brings the end of another one, the line
to one process: a line of JSON (``argv``, ``cwd``, ``env``, ``memory``) asks for it, that for an assistant brings its
standard input and output instead of ``argv``; ``pid``, ``ready`` and ``exit`` are the answers, numbers of signals may
follow. Where the parent is to wait for tables, the first byte brings a file with them instead. A line that closes ends
its process; when the socket itself closes, everything ends and the run's folder is
removed. It runs no threads and no event loop, because only the forking thread lives on in a child.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
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
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from sozialbericht.cache import snapshots
from sozialbericht.execution import forkkernel
from sozialbericht.order.project import PACKAGE


def load(
    modules: list[str], data: list[list[Any]], orphaned: Callable[[], bool] = lambda: False,
    handed: Callable[[], bytes] = bytes,
) -> None:  # fmt: skip
    """Import modules and load data (arguments of :func:`sozialbericht.execution.preload.prepare`), as far as they
    succeed and are not ``handed`` over, but for modules of the user's own: their code runs where no assistant of the
    audit comes from, in kernels.

    What fails here fails again in the kernel, where a reader of the notebook sees it; warnings likewise.
    """
    show, warnings.showwarning = warnings.showwarning, lambda *_, **__: None
    for name in modules:
        if orphaned():
            return
        with contextlib.suppress(Exception):
            if not of_user(name):
                importlib.import_module(name)
    tables = handed()
    for arguments in data:
        if orphaned():
            return
        with contextlib.suppress(Exception):
            from sozialbericht.execution import preload

            snapshots.hold(tables, Path(arguments[0]))
            preload.prepare(*arguments)
    warnings.showwarning = show
    for loaded in list(sys.modules.values()):  # so that kernels show each warning once more
        if isinstance(loaded, ModuleType):
            vars(loaded).pop("__warningregistry__", None)


def of_user(name: str) -> bool:
    """Whether a module lies in a folder of ``PYTHONPATH``, as none that is installed does, nor this package's own."""
    package = name.partition(".")[0]
    spec = None if package == PACKAGE.name else importlib.util.find_spec(package)
    if spec is None or not (spec.has_location or spec.submodule_search_locations):
        return False
    places = spec.submodule_search_locations or [spec.origin or ""]
    given = {os.path.realpath(place) for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place}
    return any(os.path.realpath(Path(place).parent) in given for place in places)


def threads() -> int:
    """How many threads this process runs, also those of libraries where the system tells."""
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208
    except OSError:
        return threading.active_count()


class Line:
    """The socket to one process, on the parent's side; ``streams`` are the standard input and output that have come."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end
        self.received = b""
        self.pid = 0
        self.streams: list[int] = []

    def say(self, **answer: Any) -> None:
        """Send an answer; who does not listen any more does not matter."""
        with contextlib.suppress(OSError):
            self.end.sendall(json.dumps(answer).encode() + b"\n")

    def lines(self) -> list[bytes] | None:
        """The complete lines that have come, None when the other end is closed."""
        try:
            received, streams, _, _ = socket.recv_fds(self.end, 1 << 20, 2)
        except BlockingIOError:
            return []
        except OSError:
            received, streams = b"", []
        self.streams += streams
        if not received:
            return None
        *complete, self.received = (self.received + received).split(b"\n")
        return complete

    def signal(self, number: int) -> None:
        """Send a signal to the process and what it has started."""
        if self.pid:
            try:
                os.killpg(self.pid, number)
            except ProcessLookupError:  # before the child leads a group
                os.kill(self.pid, number)

    def close_streams(self) -> None:
        """Leave the process's own input and output to it."""
        while self.streams:
            os.close(self.streams.pop())


class Server:
    """The parent's loop: requests, signals and ends of processes."""

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
        """A request or signals on a line, all that have come at once; its closing ends the process."""
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
                line.close_streams()
            return
        for text in lines:
            if line.pid:
                with contextlib.suppress(OSError):
                    line.signal(int(text))
            elif self.refusal:
                line.say(refused=self.refusal)
            else:
                self.fork(line, json.loads(text))
        line.close_streams()

    def fork(self, line: Line, request: dict[str, Any]) -> None:
        """Fork a kernel, or an assistant where its streams have come; the child never returns."""
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                signal.set_wakeup_fd(-1)
                self.selector.close()
                for end in (self.control, self.wake, self.wakes, *(other.end for other in self.lines.values())):
                    end.close()
                request["env"] = {**self.added, **request["env"]}
                forkkernel.settle(request, parent)
                if line.streams:
                    forkkernel.assist(line.streams, ready=lambda: line.say(ready=True))
                forkkernel.serve(request["argv"], parent, ready=lambda: line.say(ready=True))
            except Exception:
                traceback.print_exc()
            finally:
                os._exit(1)
        line.pid = pid
        self.lines[pid] = line
        line.say(pid=pid)

    def reap(self) -> None:
        """Processes that have ended: end what they had started, then tell the exit code."""
        with contextlib.suppress(BlockingIOError):
            while self.wake.recv(4096):
                pass
        for pid, line in list(self.lines.items()):
            # The dead process keeps its number until it is reaped, so the signal can meet no other group.
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

    def handed() -> bytes:
        _, ends, _, _ = socket.recv_fds(control, 1, 1)
        with contextlib.ExitStack() as stack:
            files = [stack.enter_context(os.fdopen(end, "rb")) for end in ends]
            return b"".join(file.read() for file in files)

    before = dict(os.environ)
    gc.disable()  # what is loaded stays: to look through it again and again takes a fifth of the time
    try:
        modules = [*forkkernel.MODULES, *settings["modules"]]
        load(modules, settings["data"], orphaned, handed if settings["waiting"] else bytes)
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
    os._exit(0)  # the command waits for it, and to give back all tables one by one would take long
