"""Executors: this machine and a real Dask cluster give the same results, also when a worker dies."""

import builtins
import json
import os
import signal
import sys
import time
import warnings
from concurrent.futures import Future, as_completed
from pathlib import Path

import pytest
import small_report

from sozialbericht.cache.inputs import Inputs
from sozialbericht.execution import executors, worker
from sozialbericht.execution.executors import opened, outcome
from sozialbericht.execution.runs import execute
from sozialbericht.faults import InputError
from sozialbericht.order.tasks import Result, task

distributed = pytest.importorskip("distributed")


def slow(given):
    """Stands in for a notebook; notes in its folder that it has begun, and where."""
    folder = Path(dict(given.parameters)["daten"]).parent
    (folder / f"{given.name}-{os.getpid()}-{time.monotonic_ns()}").touch()
    time.sleep(0.3)
    return Result(given, given.name.upper(), 0.3)


def raising(given):
    raise ValueError("kaputt")


@pytest.fixture(scope="module")
def cluster():
    """Two workers, each a process of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster:
            yield cluster


@pytest.fixture
def address(cluster):
    return cluster.scheduler_address.replace("tcp://", "dask://")


@pytest.fixture
def tasks(tmp_path):
    """Eight tasks, with a folder of data."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("1")
    source = small_report.notebook(tmp_path / "notebooks" / "01_a.ipynb", ("# A",))
    return [task("2006", f"t{n}", source, {"nr": n, "daten": str(tmp_path / "data")}) for n in range(8)]


def run_all(address, tasks, run=slow, on_result=lambda n: None):
    """The results in order of their coming; each future is asked once."""
    root = tasks[0].source.parents[1]
    found = []
    with opened(address, 2, run, root) as submit:
        futures = {submit(t): t for t in tasks}
        for number, future in enumerate(as_completed(futures), start=1):
            found.append(outcome(futures[future], future))
            on_result(number)
    return found


def test_here_and_there_give_the_same(tasks, address):
    here, far = (run_all(place, tasks) for place in (None, address))
    assert sorted(here, key=lambda r: r.task.name) == sorted(far, key=lambda r: r.task.name)
    assert [r.notebook for r in sorted(far, key=lambda r: r.task.name)] == [f"T{n}" for n in range(8)]


def test_a_worker_killed_half_way(tasks, address, tmp_path):
    """Nothing is lost and nothing comes twice."""
    killed = []

    def kill(number):
        if number == 3:
            begun = sorted(tmp_path.glob("t*-*"), key=lambda p: p.name.rsplit("-", 1)[1])
            killed.append(int(begun[-1].name.split("-")[1]))
            os.kill(killed[0], signal.SIGKILL)

    found = run_all(address, tasks, on_result=kill)
    assert killed
    assert sorted(r.notebook for r in found) == [f"T{n}" for n in range(8)]
    assert [r.failure for r in found] == [None] * 8
    assert len(list(tmp_path.glob("t*-*"))) > 8, "what the killed worker had begun was done again"


def test_notebooks_on_a_cluster(address, tmp_path):
    """The same outputs as here, from kernels of the workers, two of them one after the other in the same worker."""
    parameters = {"jahr": 2007, "vergleichsjahr": 2006, "daten": "/nirgends"}
    cells = ("# Titel", "print(jahr)"), ("# Titel", "x = 1"), ("# Titel", "1 / 0")
    paths = [small_report.notebook(tmp_path / f"0{n}_a.ipynb", c) for n, c in enumerate(cells)]
    tasks = [task("2007", path.stem, path, parameters) for path in paths]
    here, far = ({r.task.name: r for r in execute(tasks, executor=e, root=tmp_path)} for e in (None, address))
    assert sorted(far) == [t.name for t in tasks]
    assert far["02_a"].failure == here["02_a"].failure
    assert far["02_a"].failure.cause == "Hier wird durch 0 geteilt (ZeroDivisionError: division by zero)."
    for name in ("00_a", "01_a"):
        assert far[name].failure is None
        outputs = [[c.get("outputs") for c in json.loads(r[name].notebook)["cells"]] for r in (here, far)]
        assert outputs[0] == outputs[1]


def test_what_raises_on_a_worker_is_a_failure(tasks, address):
    found = run_all(address, tasks[:1], run=raising)[0]
    assert found.failure.cause == "Der Rechenverbund hat das Notebook verloren: kaputt"


def test_a_cancelled_future_is_a_failure(tasks):
    future = Future()
    future.cancel()
    assert outcome(tasks[0], future).failure.cause == "Der Rechenverbund hat das Notebook verloren: abgebrochen"
    future = Future()
    future.set_exception(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        outcome(tasks[0], future)


def test_a_worker_with_other_inputs_refuses(tasks):
    inputs = Inputs(tasks[0].source.parents[1])
    expected = worker.states(tasks[0], inputs)
    root = str(inputs.root)
    assert worker.checked(slow, tasks[0], expected, root).failure is None
    (tasks[0].source.parents[1] / "data" / "a.csv").write_text("2")
    refused = worker.checked(slow, tasks[0], expected | {"die Versionen der Pakete": "andere"}, root).failure
    assert refused.cause.endswith("sind anders als hier: die Daten, die Versionen der Pakete.")


def test_a_worker_with_an_old_program_refuses(tasks, monkeypatch):
    root = tasks[0].source.parents[1]
    expected = worker.states(tasks[0], Inputs(root))
    monkeypatch.setattr(worker.THIS, "program", lambda root: "alt")
    refused = worker.checked(slow, tasks[0], expected, str(root)).failure
    assert "das geladene Programm (den Worker neu starten)" in refused.cause


@pytest.mark.parametrize("wrong", ["dask://", "dask://rechner", "tcp://a:1", "a:1", "dask://a:b", "dask://a:1/x"])
def test_addresses(wrong):
    with pytest.raises(InputError, match="Das ist keine Adresse"):
        executors.check_address(wrong)
    assert executors.check_address("dask://rechner:8786") == "tcp://rechner:8786"


@pytest.mark.filterwarnings("ignore")
def test_no_scheduler_answers(tasks, monkeypatch):
    monkeypatch.setattr(executors, "ANSWER", 1)
    with pytest.raises(InputError, match="Dort antwortet kein Dask-Scheduler"):
        run_all("dask://127.0.0.1:1", tasks)


def test_the_package_is_missing(tasks, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "distributed":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, "distributed")
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match="„distributed“ ist nicht installiert"):
        run_all("dask://127.0.0.1:8786", tasks)


def test_an_interruption_drops_what_has_not_begun(tasks, tmp_path):
    def stop(number):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_all(None, tasks, on_result=stop)
    assert len(list(tmp_path.glob("t*-*"))) < 8
