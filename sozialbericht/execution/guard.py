"""The guard: a program with all that it has started ends when the process ends that has started it, however it ends.

Run as a program of its own, ``python guard.py COMMAND …``, it starts the command in a session of its own and ends that
session when its standard input closes, which the system does for a process that was killed, too.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from select import select

#: Seconds between two looks whether the command has ended.
LOOK = 0.02


def run(command: Sequence[str], env: Mapping[str, str]) -> tuple[int, str]:
    """Run a command to its end; returns its exit code and what it has said, errors after the rest.

    When this process is interrupted or ends before, the command and all that it has started end as well. On Windows
    they are not guarded.
    """
    if os.name != "posix":
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", env=env, check=False)
        return done.returncode, done.stdout + done.stderr
    watched, ours = os.pipe()
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(Path(__file__).resolve()), *command],
            stdin=watched, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", errors="replace", env=env,
            start_new_session=True,  # what a terminal sends to this process does not reach the guard
        )  # fmt: skip
    except BaseException:
        os.close(ours)
        raise
    finally:
        os.close(watched)
    with process:
        try:
            said = process.communicate()
        finally:
            os.close(ours)
            process.wait()
    return process.returncode, "".join(said)


def main(command: Sequence[str]) -> int:
    """Run the command and end it, with all that it has started, when standard input closes; returns its exit code."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    # The command keeps its number until it is waited for, so the signal can meet no other group.
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        ended, _, _ = select([0], [], [], LOOK)
        if ended and not os.read(0, 1):
            break
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    code = process.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
