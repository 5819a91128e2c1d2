"""Measuring a command: wall time, CPU time and memory of all its processes together."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

#: Seconds between two looks at the memory; each look takes a few milliseconds.
LOOK = 0.15
#: The same for all ways: one thread per process in numeric libraries, bytecode written.
ENVIRONMENT = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock and of all processors, peak memory in MiB (PSS where the system tells it)."""

    wall: float
    cpu: float
    memory: float

    def __add__(self, other: Cost) -> Cost:
        """One after the other."""
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


class Failed(RuntimeError):
    """A command ended with a fault; its last words."""


def environment(root: Path) -> dict[str, str]:
    """What every way is given; ``root`` is the checkout with the package."""
    own = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")}
    return {**own, **ENVIRONMENT, "PYTHONPATH": str(root)}


def measure(commands: Sequence[Sequence[str]], cwd: Path, env: Mapping[str, str]) -> Cost:
    """Run commands one after the other; raises :class:`Failed`."""
    total = Cost(0, 0, 0)
    for command in commands:
        total += _one(command, cwd, env)
    return total


def _one(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> Cost:
    before = os.times()
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=cwd, env=dict(env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        peak = _Peak(process.pid)
        peak.start()
        said, _ = process.communicate()
        peak.ended.set()
    peak.join()
    wall = time.perf_counter() - started
    after = os.times()
    if process.returncode:
        raise Failed(f"{' '.join(command[:6])} … {process.returncode}:\n{said[-2000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, cpu, peak.mebibytes)


class _Peak(threading.Thread):
    """Looks at the memory of a process and all its descendants until it is told to end."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.mebibytes = 0.0
        self._pid = pid

    def run(self) -> None:
        while True:
            self.mebibytes = max(self.mebibytes, tree_memory(self._pid))
            if self.ended.wait(LOOK):
                return


def tree_memory(pid: int) -> float:
    """MiB that a process and all its descendants take now."""
    try:
        root = psutil.Process(pid)
        processes = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0.0
    total = 0
    for process in processes:
        try:
            full = process.memory_full_info()
            total += getattr(full, "pss", full.rss)
        except psutil.Error:
            continue
    return total / 2**20


def compile_all(root: Path) -> None:
    """Write the bytecode of the package and of the installed libraries, so that no way pays for it."""
    places = [p for p in sys.path if p.endswith("site-packages")]
    command = [sys.executable, "-m", "compileall", "-q", str(root / "sozialbericht"), *places]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
