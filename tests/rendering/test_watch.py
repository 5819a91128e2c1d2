"""Watching: what is saved is made again, faults are shown, the end is clean."""

import threading
import time
from pathlib import Path

import pytest

from sozialbericht.cache import keys
from sozialbericht.faults import Fault, InputError, ReportError
from sozialbericht.order.request import Made, Request
from sozialbericht.rendering import server, watch


@pytest.fixture
def root(tmp_path, monkeypatch):
    for name in ("notebooks", "report", "data", "build", "paket"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(keys, "PACKAGE", tmp_path / "paket")
    monkeypatch.setattr(watch, "PACKAGE", tmp_path / "paket")
    monkeypatch.setattr(watch, "QUIET", 50)
    monkeypatch.setattr(server, "PORT", 0)
    return tmp_path


class Run:
    """A watch in a thread of its own; ``outcome`` is what the next rendering gives."""

    def __init__(self, root: Path) -> None:
        self.root, self.said, self.made, self.shown = root, [], 0, []
        self.outcome = Made(root / "build" / "2006", None, None, "x")
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        self.wait(lambda: self.made == 1)

    def _run(self):
        watch.watch(
            [Request(2006)], self._make, self.root / "data",
            say=self.said.append, opened=self.shown.append, root=self.root, stop=self.stop,
        )  # fmt: skip

    def _make(self):
        self.made += 1
        if isinstance(self.outcome, InputError):
            raise self.outcome
        return [self.outcome]

    def wait(self, condition):
        end = time.monotonic() + 10
        while not condition():
            assert time.monotonic() < end, self.said
            time.sleep(0.02)


@pytest.fixture
def run(root):
    run = Run(root)
    yield run
    run.stop.set()
    run.thread.join(10)
    assert not run.thread.is_alive()


@pytest.mark.parametrize("place", ["notebooks/01_a.ipynb", "report/index.qmd", "data/werte.csv"])
def test_what_is_saved_is_made_again(run, root, place):
    (root / place).write_text("neu")
    run.wait(lambda: run.made == 2)
    assert f"Geändert: {Path(place).name}" in run.said
    assert run.said[0].startswith("Vorschau: http://127.0.0.1:")
    assert run.shown == [run.said[0].split()[1]]


def test_what_is_saved_during_the_first_rendering_is_made_again(root, monkeypatch):
    make = Run._make

    def slow(self):
        if self.made == 0:
            (root / "notebooks" / "01_a.ipynb").write_text("neu")
        return make(self)

    monkeypatch.setattr(Run, "_make", slow)
    run = Run(root)
    try:
        run.wait(lambda: run.made == 2)
    finally:
        run.stop.set()
        run.thread.join(10)
    assert "Geändert: 01_a.ipynb" in run.said


def test_what_programs_leave_behind_is_not(run, root):
    (root / "notebooks" / ".ipynb_checkpoints").mkdir()
    for name in (".ipynb_checkpoints/01_a-checkpoint.ipynb", ".01_a.ipynb.swp", "a.qmd~", "4913", "~$werte.xlsx"):
        (root / "notebooks" / name).write_text("x")
    time.sleep(0.5)
    assert run.made == 1


def test_a_fault_is_said_and_shown_until_it_is_gone(run, root):
    run.outcome = ReportError("Ein Notebook ist fehlgeschlagen")
    (root / "notebooks" / "01_a.ipynb").write_text("kaputt")
    run.wait(lambda: "2006: Ein Notebook ist fehlgeschlagen" in run.said)
    run.outcome = InputError([Fault("data/werte.csv", "So nicht.")])
    (root / "data" / "werte.csv").write_text("kaputt")
    run.wait(lambda: any("So nicht." in line for line in run.said))
    run.outcome = Made(root / "build" / "2006", None, None, "x")
    (root / "data" / "werte.csv").write_text("heil")
    run.wait(lambda: run.said[-1].startswith("Aktuell: "))
    assert run.made == 4


def test_a_changed_program_is_not_mixed_with_the_loaded_one(run, root):
    (root / "paket" / "a.py").write_text("x = 1")
    run.wait(lambda: any("bitte --watch beenden" in line for line in run.said))
    (root / "notebooks" / "01_a.ipynb").write_text("neu")
    run.wait(lambda: "Geändert: 01_a.ipynb" in run.said)
    time.sleep(0.3)
    assert run.made == 1


def test_pages_stay_while_there_is_a_fault(root):
    with server.Preview(0) as shown:
        good = Made(root / "build" / "2006", None, None, "x")
        requests = [Request(2006), Request(2007)]
        watch._make(requests, lambda: [good, ReportError("2007 geht nicht")], shown, lambda line: None)
        assert shown.state.folders == {"2006": good.folder}
        assert shown.state.message == "2007: 2007 geht nicht"
        watch._make(requests, lambda: [ReportError("a"), ReportError("b")], shown, lambda line: None)
        assert shown.state.folders == {"2006": good.folder}
        assert shown.state.message == "2006: a\n\n2007: b"
        assert shown.state.number == 1
