"""A whole run that is interrupted, killed or short of space: nothing is left, the last report is untouched."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import small_report

from sozialbericht.execution import kernelsource
from sozialbericht.stitching import quarto

ROOT = Path(__file__).resolve().parents[1]
MAIN = """
import sys, pathlib
from sozialbericht import command, surroundings
from sozialbericht.order import project
surroundings.end_cleanly()
project.default_root = lambda: pathlib.Path(sys.argv[1])
sys.exit(command.render(sys.argv[2:]))
"""
pytestmark = pytest.mark.skipif(os.name != "posix", reason="Signale wie unter Windows gibt es hier nicht")


@pytest.fixture
def start(tmp_path):
    """Start a run of the small project in a process group of its own."""
    root = small_report.project(tmp_path / "projekt")
    output = tmp_path / "ziel" / "2006"
    (output / "projekt").mkdir(parents=True)
    (output / "projekt" / "_quarto.yml").write_text("alt", encoding="utf-8")
    temporary = tmp_path / "t"
    temporary.mkdir()
    started = []

    def go(*more):
        arguments = ["--year", "2006", "--engine", "builtin", "--no-cache", "--output", str(output), *more]
        command = [sys.executable, "-c", MAIN, str(root), *arguments, "--data", str(small_report.CITY)]
        started.append(
            subprocess.Popen(
                command, env={**kernelsource.environment(), "TMPDIR": str(temporary)}, start_new_session=True,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
        )  # fmt: skip
        return started[-1]

    yield go, output, temporary
    for process in started:
        process.kill()
        process.communicate()


def family(pid):
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def left(members, seconds):
    _, alive = psutil.wait_procs(members, timeout=seconds)
    return [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]


def beside(output: Path) -> list[str]:
    """What lies beside a report, but for the log of the last run, which tells what went wrong."""
    return sorted(path.name for path in output.parent.iterdir() if path.suffix != ".log")


def intact(output):
    """The last report is there and nothing else beside it."""
    assert (output / "projekt" / "_quarto.yml").read_text(encoding="utf-8") == "alt"
    return beside(output)


def pytest_generate_tests(metafunc):
    """As many moments as were asked for, the ways to end taking turns."""
    if "moment" in metafunc.fixturenames:
        metafunc.parametrize("moment", range(metafunc.config.getoption("--moments")))


@pytest.mark.slow
def test_the_end_at_a_random_moment(start, moment):
    """Ctrl-C for all of its processes, SIGTERM and SIGKILL for the command alone."""
    go, output, temporary = start
    way = ("ctrl-c", "term", "kill")[moment % 3]
    (output / "notiz.txt").write_text("meins", encoding="utf-8")
    process = go()
    members = {}
    end = time.monotonic() + random.Random(moment).uniform(0.3, 8)
    while time.monotonic() < end and process.poll() is None:
        members |= {p.pid: p for p in family(process.pid)}
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):  # it has made the report already
        if way == "ctrl-c":
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.send_signal(signal.SIGTERM if way == "term" else signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert not left(list(members.values()), 5)
    assert [note.read_text(encoding="utf-8") for note in output.rglob("notiz.txt")] == ["meins"]
    assert "Traceback" not in said or process.returncode < 0, said
    made = (output / "bericht-2006.pdf").is_file()
    if made:  # it was published just before
        assert (output / "html" / "index.html").is_file()
    else:
        assert process.returncode != 0 and intact(output)
    if way != "kill" and not made:
        assert process.returncode in (1, -signal.SIGINT, -signal.SIGTERM)  # negative: before the command had begun
        assert "Abgebrochen; der letzte fertige Bericht bleibt." in said or process.returncode < 0
        assert beside(output) == ["2006"]
    deadline = time.monotonic() + 3
    while list(temporary.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(temporary.iterdir()) == []
    if way == "kill" and beside(output) != ["2006"]:
        assert go("--format", "html").wait(timeout=120) == 0
        assert beside(output) == ["2006", "2006.eingaben.json"], "the next run clears away what was left"


@pytest.mark.slow
def test_a_killed_run_and_the_next_one(start):
    go, output, temporary = start
    process = go()
    deadline = time.monotonic() + 60
    while len(members := family(process.pid)) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(members) >= 3, "main process, parent, a kernel"
    second = go()
    _, said = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "Ein anderer Lauf macht gerade den Bericht" in said
    process.kill()
    assert not left(members, 3)
    deadline = time.monotonic() + 3
    while list(temporary.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(temporary.iterdir()) == []
    assert intact(output)
    third = go("--format", "html")
    _, said = third.communicate(timeout=120)
    assert third.returncode == 0, said
    assert beside(output) == ["2006", "2006.eingaben.json"]
    assert (output / "html" / "index.html").is_file()


@pytest.mark.slow
@pytest.mark.quarto
@pytest.mark.skipif(quarto.find() is None, reason="Quarto ist nicht installiert")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_the_main_process_ends_while_quarto_stitches(start, number):
    go, output, temporary = start
    process = go("--engine", "quarto")
    deadline = time.monotonic() + 120
    while not (stitching := [p for p in family(process.pid) if guarded(p)]):
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(0.5)  # Quarto has started pandoc or is about to
    members = family(process.pid)
    assert {p.pid for p in stitching} < {p.pid for p in members}
    os.kill(process.pid, number)
    process.communicate(timeout=15)
    assert not left(members, 5)
    assert intact(output)
    if number == signal.SIGINT:
        assert intact(output) == ["2006"]
    assert list(temporary.iterdir()) == []


def guarded(process):
    """Whether a process is the guard of a call of Quarto."""
    try:
        return any(word.endswith("guard.py") for word in process.cmdline())
    except psutil.Error:
        return False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="nur unter Linux lässt sich ein kleiner Datenträger einhängen")
def test_a_small_disk(tmp_path, moment):
    """The report goes to a real file system of a size at which it becomes full somewhere on the way."""
    root = small_report.project(tmp_path / "projekt")
    output = tmp_path / "platte" / "2006"
    output.parent.mkdir()
    size = int(1024 * 1.25**moment) if moment < 12 else random.Random(moment).randint(100, 16000)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(output.parent)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("hier darf kein Datenträger eingehängt werden")
    try:
        (output / "projekt").mkdir(parents=True)
        (output / "projekt" / "_quarto.yml").write_text("alt", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", MAIN, str(root), "--year", "2006", "--engine", "builtin", "--no-cache",
             "--output", str(output), "--data", str(small_report.CITY)],
            env=kernelsource.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        if done.returncode:
            assert done.returncode == 1 and "Auf dem Datenträger ist kein Platz mehr" in done.stderr, done.stderr
            assert intact(output) == ["2006"]
        else:
            assert size > 2000 and (output / "bericht-2006.pdf").is_file()
    finally:
        subprocess.run(["umount", str(output.parent)], check=True)


@pytest.mark.slow
def test_a_full_disk(start, tmp_path):
    """Writing a text of the report fails as it does on a full disk."""
    _, output, _ = start
    command = [
        sys.executable,
        "-c",
        FULL + MAIN,
        str(tmp_path / "projekt"),
        "--year",
        "2006",
        "--engine",
        "builtin",
        "--no-cache",
    ]
    done = subprocess.run(
        [*command, "--output", str(output), "--data", str(small_report.CITY)], env=kernelsource.environment(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "Auf dem Datenträger ist kein Platz mehr" in done.stderr
    assert "Traceback" not in done.stderr
    assert intact(output) == ["2006"]


FULL = """
import errno, pathlib
write = pathlib.Path.write_text
def full(self, *given, **named):
    if self.suffix == ".qmd":
        raise OSError(errno.ENOSPC, "No space left on device", str(self))
    return write(self, *given, **named)
pathlib.Path.write_text = full
"""
