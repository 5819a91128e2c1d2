"""Forked processes, the client's side: starts the parent and asks it for kernels and for assistants of the audit.

The other side is :mod:`sozialbericht.execution.forkserver`; :mod:`sozialbericht.execution.kernels` hands the kernels to
jupyter_client.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from sozialbericht.execution.forkkernel import INLINE
from sozialbericht.surroundings import SINGLE_THREADED

#: Seconds that the parent may take until it answers and a forked kernel until it can be reached.
ANSWER_TIMEOUT = 60
STEP = 0.005


class NotForked(RuntimeError):
    """The parent gives no process: it has ended, or refuses because threads run in it."""


def possible() -> bool:
    """Whether kernels are forked here: not on Windows, which cannot, nor on macOS, whose frameworks do not bear it."""
    return sys.platform not in ("win32", "darwin") and hasattr(os, "fork") and hasattr(socket, "send_fds")


class Forked:
    """A forked process with the part of ``Popen`` that jupyter_client uses. ``line`` is the socket to the parent;
    only an assistant has a standard input and output."""

    stderr = None

    def __init__(self, line: socket.socket, stdin: IO[bytes] | None = None, stdout: IO[bytes] | None = None) -> None:
        self._line, self.stdin, self.stdout = line, stdin, stdout
        self._received = b""
        self.returncode: int | None = None
        self.pid = int(self._answer("pid"))
        self._answer("ready")
        line.setblocking(False)

    def _answer(self, name: str) -> Any:
        """Wait for this answer; raises NotForked when another one comes, or none."""
        self._line.settimeout(ANSWER_TIMEOUT)
        while b"\n" not in self._received:
            try:
                received = self._line.recv(4096)
            except OSError as error:
                raise NotForked(str(error)) from error
            if not received:
                raise NotForked("Der Elternprozess der Kernel ist beendet.")
            self._received += received
        line, self._received = self._received.split(b"\n", 1)
        answer = json.loads(line)
        if name not in answer:
            raise NotForked(f"Der Elternprozess antwortet: {answer}")
        return answer[name]

    def poll(self) -> int | None:
        """The exit code, None while the kernel runs; a parent that has ended has taken its kernels along."""
        while self.returncode is None:
            try:
                received = self._line.recv(4096)
            except BlockingIOError:
                return None
            except OSError:
                received = b""
            self._received += received
            *lines, self._received = self._received.split(b"\n")
            for line in lines:
                self.returncode = json.loads(line).get("exit", self.returncode)
            if not received and self.returncode is None:
                self.returncode = -9
        self._line.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if deadline is not None and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
            time.sleep(STEP)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and what it has started, through the parent, which knows whether it lives."""
        if self.poll() is None:
            with contextlib.suppress(OSError):
                self._line.sendall(b"%d\n" % number)

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(9)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(15)


class Parent:
    """The parent process; it loads while the caller goes on, kernels wait for it.

    ``modules`` are imported in it and ``data`` loaded (arguments of :func:`sozialbericht.execution.preload.prepare`)
    before the first fork; with ``waiting`` it waits before that for tables (:meth:`hand`).
    """

    def __init__(
        self,
        folder: Path,
        environment: dict[str, str],
        modules: Sequence[str] = (),
        data: Sequence[Sequence[Any]] = (),
        waiting: bool = False,
    ) -> None:
        self._folder, self._waiting = folder, waiting
        settings = {"folder": str(folder), "modules": list(modules), "data": list(data), "waiting": waiting}
        self._control, theirs = socket.socketpair()
        self._lock = threading.Lock()
        command = [sys.executable, "-P", "-m", "sozialbericht.execution.forkserver", json.dumps(settings)]
        cwd = folder if folder.is_dir() else None  # matplotlib would take settings from the working directory
        own = {"MPLBACKEND": INLINE, **environment, **SINGLE_THREADED}
        try:
            with theirs:
                self.process = subprocess.Popen(
                    command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, start_new_session=True, env=own, cwd=cwd
                )
        except OSError:
            self._control.close()
            raise

    def hand(self, tables: bytes = b"") -> None:
        """Hand over tables (a pickle as :mod:`sozialbericht.cache.snapshots` has them) if the parent still waits for
        them; where there are none it loads them itself."""
        if not self._waiting:
            return
        self._waiting = False
        with contextlib.suppress(OSError), tempfile.TemporaryFile(dir=self._folder) as file:
            with contextlib.suppress(OSError):  # no room: what is cut off is none
                file.write(tables)
                file.flush()
            file.seek(0)
            socket.send_fds(self._control, [b"="], [file.fileno()])

    def launch(self, argv: Sequence[str], cwd: str, env: dict[str, str], memory: int = 0) -> Forked:
        """A new kernel that can be reached; raises NotForked."""
        return self._forked({"argv": argv, "cwd": cwd, "env": env, "memory": memory})

    def assist(self, env: dict[str, str], memory: int = 0) -> Forked:
        """A new assistant of the audit (:mod:`sozialbericht.audit.finished.assistant`); raises NotForked."""
        inside, questions = os.pipe()
        answers, outside = os.pipe()
        ours = open(questions, "wb"), open(answers, "rb")  # noqa: SIM115, PTH123
        try:
            return self._forked({"cwd": "", "env": env, "memory": memory}, (inside, outside), ours)
        except BaseException:
            for stream in ours:
                stream.close()
            raise
        finally:
            for end in (inside, outside):
                os.close(end)

    def _forked(self, request: dict[str, Any], ends: Sequence[int] = (), ours: Sequence[IO[bytes]] = ()) -> Forked:
        """The process that is asked for, with these ``ends`` as its standard input and output; ``ours`` are others."""
        line, theirs = socket.socketpair()
        with theirs:
            try:
                with self._lock:
                    socket.send_fds(self._control, [b"+"], [theirs.fileno()])
                text = json.dumps(request).encode() + b"\n"
                line.sendall(text[socket.send_fds(line, [text], ends) :])
            except OSError as error:
                line.close()
                raise NotForked(str(error)) from error
        try:
            return Forked(line, *ours)
        except BaseException:
            line.close()
            raise

    def close(self) -> None:
        """End the parent and all that it has forked."""
        self._control.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
