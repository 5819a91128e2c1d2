"""Notebooks executed in kernels of their own."""

import json
import pickle
import re
import time
from pathlib import Path

import pytest
import small_report

from sozialbericht.execution import kernels, kernelsource, notebookrun
from sozialbericht.execution.runs import execute
from sozialbericht.order.tasks import Result, task

PARAMETERS = {"jahr": 2007, "vergleichsjahr": 2006, "daten": "/nirgends"}


@pytest.fixture
def run(tmp_path):
    """Execute notebooks given by name and code cells; returns the results by name in the order they came."""

    def go(jobs=None, **cells):
        tasks = [
            task("2007", n, small_report.notebook(tmp_path / "quelle" / f"01_{n}.ipynb", ("# Titel", *c)), PARAMETERS)
            for n, c in cells.items()
        ]
        results = {r.task.name: r for r in execute(tasks, jobs=jobs)}
        assert {r.task for r in results.values()} == set(tasks)
        assert [p.name for p in tmp_path.iterdir()] == ["quelle"]
        return results

    return go


def printed(result):
    cells = json.loads(result.notebook)["cells"]
    return "".join("".join(o["text"]) for c in cells for o in c.get("outputs", []) if o["output_type"] == "stream")


def test_a_failing_notebook_does_not_stop_the_others(run):
    results = run(
        gut=("print(jahr, vergleichsjahr, daten)",),
        schlecht=("x = 1", "\n# erst eine Bemerkung\nraise ValueError('kaputt')\ny = 2"),
        auch_gut=("import sozialbericht; print(sozialbericht.__file__)",),
    )
    assert printed(results["gut"]) == "2007 2006 /nirgends\n"
    assert "sozialbericht" in printed(results["auch_gut"]), "the package need not be installed"
    failure = results["schlecht"].failure
    assert (failure.place, failure.cell, failure.row) == ("notebooks/01_schlecht.ipynb", 4, 3)
    assert failure.cause == "Ein Wert passt hier nicht (ValueError: kaputt)."
    assert "kaputt" in results["schlecht"].notebook
    assert failure.told(Path("/da/schlecht.ipynb")) == (
        "notebooks/01_schlecht.ipynb, Zelle 4, Zeile 3: Ein Wert passt hier nicht (ValueError: kaputt).\n"
        f"      raise ValueError('kaputt')\n      {'^' * 26}\n  → {failure.remedy}\n"
        f"  ausgeführtes Notebook: {Path('/da/schlecht.ipynb')}"
    )
    assert results["gut"].failure is None
    assert results["gut"].seconds > 0


def test_a_task_and_its_result_can_be_sent_to_another_process(run):
    result = run(a=("print(1)",))["a"]
    assert pickle.loads(pickle.dumps(result)) == result
    assert result.task.file == "a.ipynb"
    assert dict(result.task.parameters) == PARAMETERS


def test_the_package_s_own_messages_stand_alone(run):
    code = "from sozialbericht.faults import Fault, InputError\nraise InputError([Fault('Notebook', 'So nicht.')])"
    assert run(a=(code,))["a"].failure.cause == "So nicht."


def test_a_kernel_that_dies(run):
    failure = run(a=("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",))["a"].failure
    assert "Der Kernel ist während der Ausführung abgestürzt" in failure.cause
    assert failure.place == "notebooks/01_a.ipynb"


def test_a_cell_that_does_not_end(run, monkeypatch):
    monkeypatch.setattr(notebookrun, "CELL_TIMEOUT", 1)
    failure = run(a=("import time\ntime.sleep(60)",))["a"].failure
    assert failure.cause == "Eine Zelle lief länger als 1 Sekunden."


def test_a_kernel_that_does_not_start(run, monkeypatch):
    monkeypatch.setattr(kernels.sys, "executable", "/gibt/es/nicht")
    result = run(a=("1",))["a"]
    assert result.failure.cause.startswith("Der Kernel startet nicht: ")
    assert result.failure.cell is None
    assert result.notebook == ""


def test_tcp_where_there_are_no_sockets_in_the_file_system(run, monkeypatch):
    monkeypatch.setattr(kernels, "HAS_IPC", False)
    results = run(jobs=2, a=("print(1)",), b=("print(2)",))
    assert [r.failure for r in results.values()] == [None, None]
    assert kernels.Kernel().transport == "tcp"


def test_one_job_at_a_time(run):
    code = "import time; a = time.time(); time.sleep(0.3); print(a, time.time())"
    results = run(jobs=1, a=(code,), b=(code,))
    spans = sorted(tuple(map(float, printed(r).split())) for r in results.values())
    assert spans[0][1] <= spans[1][0]


def test_who_closes_the_iterator_stops_what_has_not_begun(tmp_path, monkeypatch):
    begun = []

    def slow(task, kernels):
        begun.append(task.name)
        time.sleep(0.1)
        return Result(task, "{}", 0.1)

    monkeypatch.setattr(notebookrun, "run", slow)
    results = execute([task("2007", name, tmp_path / "x.ipynb", {}) for name in "abcdef"], jobs=1)
    assert next(results).task.name == "a"
    results.close()
    time.sleep(0.3)
    assert len(begun) <= 2


def test_the_kernel_s_environment(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/anderes")
    given = kernelsource.environment()
    root = str(Path(kernels.__file__).resolve().parents[2])
    assert re.split(r"[:;]", given["PYTHONPATH"]) == [root, "/anderes"]
    assert given["OMP_NUM_THREADS"] == "1"
