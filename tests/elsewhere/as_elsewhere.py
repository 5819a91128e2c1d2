"""Another system, simulated for the package alone: what it imports and asks of the system is as on Windows or macOS.

Libraries go on as they are, so that the package's own code is what is tried:

* modules that the system has not cannot be imported, functions and constants that it has not are missing,
  ``os.name`` and ``sys.platform`` are its own;
* what is read or written as text says its encoding, which is another one there;
* *Windows*: a name with a forbidden sign, a reserved name or one that ends in a dot or a blank cannot be created;
  nothing is renamed onto what is there; what anybody holds open, or has as folder to work in, cannot be renamed or
  deleted, nor can what is read-only; symbolic links need a privilege.

``main`` runs the command line that way: ``python as_elsewhere.py windows PROJECT ARGUMENT …``; at its end it says the
longest path that was opened, from the project or the folder for temporary files on.
"""

# What pathlib calls is what is changed here.
# ruff: noqa: PTH100, PTH109, PTH112, PTH115, PTH116, PTH119, PTH121, PTH208

from __future__ import annotations

import builtins
import errno
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)
FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
POSIX_ONLY = {
    "os": {
        "fork", "forkpty", "killpg", "getpgid", "setsid", "uname", "getuid", "geteuid", "getgid", "nice", "getpriority",
        "setpriority", "mkfifo", "chown", "fchown", "fchmod", "sysconf", "statvfs", "getloadavg", "sched_getaffinity",
        "waitid", "wait3", "wait4", "WNOHANG", "WEXITED", "WNOWAIT", "P_PID", "O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK",
        "O_DIRECTORY", "PRIO_PROCESS",
    },
    "signal": {
        "SIGKILL", "SIGHUP", "SIGQUIT", "SIGCHLD", "SIGUSR1", "SIGUSR2", "SIGPIPE", "SIGALRM", "pthread_sigmask"
    },
    "socket": {"AF_UNIX", "send_fds", "recv_fds"},
    "sys": set[str](),
}  # fmt: skip
UNIX_MODULES = {"fcntl", "resource", "termios", "tty", "pty", "pwd", "grp"}
MISSING = {
    "windows": POSIX_ONLY,
    "macos": {"os": {"sched_getaffinity"}, "signal": set[str](), "socket": set[str](), "sys": set[str]()},
}
NAMES = {"windows": ("nt", "win32"), "macos": ("posix", "darwin")}


class Elsewhere(ModuleType):
    """A module of the standard library without what it has not elsewhere, and with what is otherwise there."""

    def __init__(self, real: ModuleType, missing: set[str], **other: Any) -> None:
        super().__init__(real.__name__, real.__doc__)
        self.__dict__.update({k: v for k, v in vars(real).items() if not k.startswith("__")}, **other)
        for name in missing:
            self.__dict__.pop(name, None)
        self.__dict__["_missing"], self.__dict__["_real"] = missing, real

    def __getattr__(self, name: str) -> Any:
        if name in self.__dict__["_missing"]:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r} on this system")
        return getattr(self.__dict__["_real"], name)


class Popen(subprocess.Popen):  # type: ignore[type-arg]
    """A process as Windows starts it: without functions before it and without passed file numbers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("preexec_fn") or kwargs.get("pass_fds"):
            raise ValueError("preexec_fn and pass_fds are not supported on Windows platforms")
        super().__init__(*args, **kwargs)


def _msvcrt() -> ModuleType:
    """The one function of ``msvcrt`` that the package uses, over a lock of this system."""
    import fcntl

    module = ModuleType("msvcrt")

    def locking(file: int, mode: int, count: int) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PermissionError(errno.EACCES, "Permission denied") from error

    module.__dict__.update(LK_NBLCK=2, locking=locking)
    return module


def install(system: str) -> None:
    """Simulate ``windows`` or ``macos`` for what the package imports from now on."""
    name, platform = NAMES[system]
    missing = MISSING[system]
    changed = {
        "os": Elsewhere(os, missing["os"], name=name),
        "sys": Elsewhere(sys, missing["sys"], platform=platform),
        "signal": Elsewhere(__import__("signal"), missing["signal"]),
        "socket": Elsewhere(__import__("socket"), missing["socket"]),
    }
    gone = UNIX_MODULES if system == "windows" else set()
    if system == "windows":
        changed |= {"subprocess": Elsewhere(subprocess, set(), Popen=Popen), "msvcrt": _msvcrt()}
        _as_windows_files()
    original: Callable[..., Any] = builtins.__import__

    def imported(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        if globals and str(globals.get("__name__", "")).partition(".")[0] == "sozialbericht" and not level:
            if name in gone:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
            if name in changed:
                return changed[name]
        return original(name, globals, locals, fromlist, level)

    builtins.__import__ = imported


def _family() -> list[int]:
    """This process and all that it has started."""
    found, new = [os.getpid()], [os.getpid()]
    while new:
        pid = new.pop()
        for task in _listed(f"/proc/{pid}/task"):
            try:
                children = [int(child) for child in Path(f"/proc/{pid}/task/{task}/children").read_bytes().split()]
            except OSError:
                continue
            new += children
            found += children
    return found


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _held() -> Iterator[str]:
    """The files that this process or one that it has started holds open, and the folders in which they work."""
    for pid in _family():
        for link in [*(f"/proc/{pid}/fd/{number}" for number in _listed(f"/proc/{pid}/fd")), f"/proc/{pid}/cwd"]:
            try:
                target = os.readlink(link)
                if link.endswith("/cwd") or stat.S_ISREG(os.stat(link).st_mode):
                    yield target
            except OSError:
                continue


#: Files that another program holds open (a reader of PDF, a table program): given by the tests.
OTHERS: set[str] = {path for path in os.environ.get("HELD_ELSEWHERE", "").split(os.pathsep) if path}


def _refuse_held(path: Any) -> None:
    """Refuse what is held for more than an instant: a process that is being started holds all that is open here."""
    place = os.path.realpath(os.fspath(path))
    for pause in (0.01, 0.05, 0.2, 0.0):
        held = next((held for held in (*OTHERS, *_held()) if held == place or held.startswith(place + os.sep)), "")
        if not held:
            return
        time.sleep(pause)
    raise PermissionError(errno.EACCES, f"used by another process: {held}", place)


def _as_windows_files() -> None:
    real = {name: getattr(os, name) for name in ("rename", "replace", "unlink", "rmdir")}
    places = [os.path.realpath(place) for place in (tempfile.gettempdir(), os.getcwd())]

    def rename(source: Any, target: Any, **more: Any) -> None:
        _refuse_held(source)
        if os.path.lexists(target) and not os.path.samefile(source, target):
            raise FileExistsError(errno.EEXIST, "Cannot create a file when that file already exists", str(target))
        real["rename"](source, target, **more)

    def replace(source: Any, target: Any, **more: Any) -> None:
        _refuse_held(source)
        if os.path.lexists(target):
            _refuse_held(target)
            if os.path.isdir(target):
                raise PermissionError(errno.EACCES, "Access is denied", str(target))
        real["replace"](source, target, **more)

    def unlink(path: Any, **more: Any) -> None:
        if os.path.lexists(path):
            _refuse_held(path)
            if not os.lstat(path).st_mode & stat.S_IWUSR:
                raise PermissionError(errno.EACCES, "Access is denied", str(path))
        real["unlink"](path, **more)

    def rmdir(path: Any, **more: Any) -> None:
        _refuse_held(path)
        real["rmdir"](path, **more)

    def symlink(*args: Any, **more: Any) -> None:
        raise OSError(errno.EINVAL, "A required privilege is not held by the client")

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes) and isinstance(arguments[2], int):
            if arguments[2] & os.O_CREAT:
                _refuse_name(os.fsdecode(arguments[0]), places)
        elif event in ("os.mkdir", "os.rename"):
            _refuse_name(os.fsdecode(arguments[event == "os.rename"]), places)

    os.rename, os.replace, os.unlink, os.remove, os.rmdir = rename, replace, unlink, unlink, rmdir  # type: ignore[assignment]
    os.symlink = symlink
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    sys.addaudithook(hook)


def forbidden(name: str) -> bool:
    """Whether Windows cannot create a file of this name."""
    return bool(RESERVED.fullmatch(name) or FORBIDDEN.search(name))


LONGEST = [""]


def _refuse_name(path: str, places: list[str]) -> None:
    """Refuse a name that Windows cannot create; remember the longest path below the places of a run."""
    name = os.path.basename(path)
    if forbidden(name):
        raise OSError(errno.EINVAL, "The filename, directory name, or volume label syntax is incorrect", path)
    for place in places:
        if os.path.abspath(path).startswith(place + os.sep):
            LONGEST.append(max(LONGEST.pop(), os.path.abspath(path)[len(place) + 1 :], key=len))
            break


def main() -> int:
    """Run the command line as on another system."""
    system, project = sys.argv[1], Path(sys.argv[2])
    os.chdir(project)
    warnings.filterwarnings("error", category=EncodingWarning, module="sozialbericht")
    if system != "linux":
        install(system)
    from sozialbericht import command, surroundings
    from sozialbericht.order import project as order

    order.default_root = lambda: project
    for stream in (sys.stdout, sys.stderr):  # as the command does at its start, which a simulation cannot start anew
        surroundings._soften(stream)
    code = command.render(sys.argv[3:])
    print(f"Längster Pfad: {LONGEST[0]}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
