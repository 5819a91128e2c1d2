"""A guarded program ends, with all that it has started, when the one ends who has started it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from sozialbericht.execution import guard, kernelpool

pytestmark = pytest.mark.skipif(os.name != "posix", reason="unter Windows wird nichts bewacht")
#: A program that starts another one and says so by a file.
BUSY = 'sleep 1000 & sleep 1000 & echo "$!" > "$1"; wait'
MAIN = """
import os, sys
from sozialbericht.execution import guard
guard.run(["sh", "-c", sys.argv[1], "sh", sys.argv[2]], os.environ)
"""


def test_exit_code_and_what_was_said():
    assert guard.run(["sh", "-c", "echo eins; echo zwei >&2; exit 3"], os.environ) == (3, "eins\nzwei\n")
    assert guard.run(["sh", "-c", "kill -TERM $$"], os.environ) == (128 + signal.SIGTERM, "")
    assert guard.run(["sh", "-c", 'echo "$EIGENES"'], {**os.environ, "EIGENES": "x"}) == (0, "x\n")


def test_a_lot_is_said():
    code, said = guard.run([sys.executable, "-c", "print('x' * 1_000_000)"], os.environ)
    assert (code, len(said)) == (0, 1_000_001)


def test_what_the_program_leaves_running_ends_with_it(tmp_path):
    file = tmp_path / "nummer"
    assert guard.run(["sh", "-c", 'sleep 1000 >/dev/null 2>&1 & echo "$!" > "$1"', "sh", str(file)], os.environ)[0] == 0
    assert gone([int(file.read_text())])


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT])
def test_nothing_is_left_when_the_main_process_ends(tmp_path, number):
    file = tmp_path / "nummer"
    process = subprocess.Popen(
        [sys.executable, "-c", RESET + MAIN, BUSY, str(file)], env=kernelpool.environment(), stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while not (file.is_file() and file.read_text().strip()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    members = [p.pid for p in psutil.Process(process.pid).children(recursive=True)]
    assert int(file.read_text()) in members
    assert len(members) == 4, "guard, shell and two sleepers"
    os.killpg(process.pid, number)  # as a terminal does
    process.wait(10)
    assert gone(members)


#: Ctrl-C has its usual meaning also where the tests run in the background.
RESET = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"


def gone(numbers, seconds=5.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(Path(f"/proc/{n}").exists() or psutil.pid_exists(n) for n in numbers if not zombie(n)):
            return True
        time.sleep(0.02)
    return False


def zombie(number):
    try:
        return psutil.Process(number).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
