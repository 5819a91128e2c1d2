"""Notebooks executed in kernels of their own."""

import json
import re
from pathlib import Path

import pytest
import small_report

from sozialbericht.project import Chapter
from sozialbericht.rendering import execution, kernels
from sozialbericht.rendering.execution import execute

PARAMETERS = {"jahr": 2007, "vergleichsjahr": 2006, "daten": "/nirgends"}


@pytest.fixture
def run(tmp_path):
    """Execute notebooks given by name and code cells; returns the outcomes by name."""

    def go(jobs=None, notify=lambda outcome: None, **cells):
        chapters = [
            Chapter(name, small_report.notebook(tmp_path / "quelle" / f"01_{name}.ipynb", ("# Titel", *code)), False)
            for name, code in cells.items()
        ]
        outcomes = execute(chapters, tmp_path / "ziel", PARAMETERS, jobs=jobs, notify=notify)
        assert [o.name for o in outcomes] == list(cells)
        return {o.name: o for o in outcomes}

    return go


def printed(path):
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    return "".join("".join(o["text"]) for c in cells for o in c.get("outputs", []) if o["output_type"] == "stream")


def test_a_failing_notebook_does_not_stop_the_others(run):
    told = []
    outcomes = run(
        notify=lambda o: told.append(o.name),
        gut=("print(jahr, vergleichsjahr, daten)",),
        schlecht=("x = 1", "\n# erst eine Bemerkung\nraise ValueError('kaputt')\ny = 2"),
        auch_gut=("import sozialbericht; print(sozialbericht.__file__)",),
    )
    assert sorted(told) == ["auch_gut", "gut", "schlecht"]
    assert printed(outcomes["gut"].path) == "2007 2006 /nirgends\n"
    assert "sozialbericht" in printed(outcomes["auch_gut"].path), "the package need not be installed"
    failure = outcomes["schlecht"].failure
    assert (failure.notebook, failure.cell, failure.line) == ("01_schlecht.ipynb", 4, "# erst eine Bemerkung")
    assert failure.cause == "ValueError: kaputt"
    assert failure.saved.is_file()
    assert str(failure) == (
        "notebooks/01_schlecht.ipynb, Zelle 4: ValueError: kaputt\n  erste Zeile: # erst eine Bemerkung\n"
        f"  ausgeführtes Notebook: {failure.saved}"
    )
    assert outcomes["gut"].failure is None
    assert outcomes["gut"].seconds > 0


def test_the_package_s_own_messages_stand_alone(run):
    code = "from sozialbericht.faults import Fault, InputError\nraise InputError([Fault('Notebook', 'So nicht.')])"
    assert run(a=(code,))["a"].failure.cause == "Notebook: So nicht."


def test_a_kernel_that_dies(run):
    failure = run(a=("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",))["a"].failure
    assert "Der Kernel ist während der Ausführung abgestürzt" in failure.cause
    assert failure.notebook == "01_a.ipynb"


def test_a_cell_that_does_not_end(run, monkeypatch):
    monkeypatch.setattr(execution, "CELL_TIMEOUT", 1)
    failure = run(a=("import time\ntime.sleep(60)",))["a"].failure
    assert failure.cause == "Eine Zelle lief länger als 1 Sekunden."


def test_a_kernel_that_does_not_start(run, monkeypatch):
    monkeypatch.setattr(kernels.sys, "executable", "/gibt/es/nicht")
    outcome = run(a=("1",))["a"]
    assert outcome.failure.cause.startswith("Der Kernel startet nicht: ")
    assert outcome.failure.cell is None


def test_tcp_where_there_are_no_sockets_in_the_file_system(run, monkeypatch):
    monkeypatch.setattr(kernels, "HAS_IPC", False)
    outcomes = run(jobs=2, a=("print(1)",), b=("print(2)",))
    assert [o.failure for o in outcomes.values()] == [None, None]
    assert kernels.Kernel().transport == "tcp"


def test_one_job_at_a_time(run):
    code = "import time; a = time.time(); time.sleep(0.3); print(a, time.time())"
    outcomes = run(jobs=1, a=(code,), b=(code,))
    spans = sorted(tuple(map(float, printed(o.path).split())) for o in outcomes.values())
    assert spans[0][1] <= spans[1][0]


def test_an_interruption_stops_what_has_not_begun(run):
    def stop(outcome):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(jobs=1, notify=stop, a=("1",), b=("1",), c=("1",))


def test_the_kernel_s_environment(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/anderes")
    given = kernels.environment()
    root = str(Path(kernels.__file__).resolve().parents[2])
    assert re.split(r"[:;]", given["PYTHONPATH"]) == [root, "/anderes"]
    assert given["OMP_NUM_THREADS"] == "1"


def test_where_it_failed_without_a_saved_notebook(tmp_path):
    assert execution._failed_cell(tmp_path / "fehlt.ipynb") == (None, "")
    path = small_report.notebook(tmp_path / "01_a.ipynb", ("# A", "x = 1"))
    assert execution._failed_cell(path) == (None, "")
