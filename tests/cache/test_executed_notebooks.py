"""Results of earlier runs: never another result than without a cache, whatever is edited in which order."""

import json
import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
import small_report
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.cache import inputs
from sozialbericht.cache.inputs import Inputs
from sozialbericht.cache.notebooks import Notebooks
from sozialbericht.cache.runcache import RunCache
from sozialbericht.cache.store import Store
from sozialbericht.order.tasks import Failure, Result, task


def fake(asked):
    """Executes by writing down all that a notebook could see; the tasks executed are noted in ``asked``."""

    def execute(tasks):
        for t in tasks:
            asked.append(t.name)
            cells = json.loads(t.source.read_text(encoding="utf-8"))["cells"]
            parameters = dict(t.parameters)
            seen = [parameters["jahr"], [(c["cell_type"], c["source"]) for c in cells]]
            data = Path(str(parameters["daten"]))
            for folder, pattern in ((data, "*"), (inputs.PACKAGE, "*.py"), (t.source.parent, "*.py")):
                seen.append([(p.name, p.read_text()) for p in sorted(folder.rglob(pattern)) if p.is_file()])
            failure = Failure(t.place, 1, "", "kaputt") if "Fehler" in json.dumps(seen) else None
            yield Result(t, json.dumps(seen), 1.0, failure)

    return execute


@pytest.fixture
def place(tmp_path, monkeypatch):
    return _place(tmp_path, monkeypatch.setattr)


def _place(root, replace):
    replace(inputs, "PACKAGE", root / "sozialbericht")
    replace(inputs.sys, "path", [])
    for folder in ("sozialbericht", "data", "report"):
        (root / folder).mkdir()
    (root / "sozialbericht" / "a.py").write_text("0")
    (root / "data" / "werte.csv").write_text("0")
    for name in ("01_a", "02_b"):
        small_report.notebook(root / "notebooks" / f"{name}.ipynb", (f"# {name}", "0"))
    return root


def test_a_printed_report_takes_notebooks_of_the_web_and_not_the_other_way_round(place, tmp_path):
    """The cuts for phones are more; what lacks them does not do for the web."""
    source, given = place / "notebooks" / "01_a.ipynb", {"jahr": 2006, "daten": str(place / "data")}
    printed, web = (task("2006", "a", source, given, web=web) for web in (False, True))
    for order, executed in (([printed, web, printed], 2), ([web, printed], 1)):
        store, asked = Store(tmp_path / f"speicher-{executed}"), []
        for one in order:
            list(Notebooks([one], RunCache(store, Inputs(place, {}))).results(fake(asked)))
        assert len(asked) == executed


def run(root, store, year=2006, execute=None):
    """Result texts by name, and which tasks were executed."""
    asked = []
    parameters = {"jahr": year, "daten": str(root / "data")}
    tasks = [task(str(year), p.stem, p, parameters) for p in sorted((root / "notebooks").glob("*.ipynb"))]
    found = list(Notebooks(tasks, RunCache(store, Inputs(root, {}))).results(execute or fake(asked)))
    assert sorted(r.task.name for r in found) == [t.name for t in tasks], "each task once"
    return {r.task.name: (r.notebook, r.failure) for r in found}, asked


def test_only_what_changed_is_executed(place):
    store = Store(place / "cache")
    first, asked = run(place, store)
    assert asked == ["01_a", "02_b"]
    assert run(place, store) == (first, [])
    small_report.notebook(place / "notebooks" / "01_a.ipynb", ("# A", "1"))
    changed, asked = run(place, store)
    assert asked == ["01_a"]
    assert changed["01_a"] != first["01_a"]
    assert run(place, Store(None))[1] == ["01_a", "02_b"]


def test_stored_results_say_so(place):
    store = Store(place / "cache")
    run(place, store)
    t = task("2006", "neu", place / "notebooks" / "01_a.ipynb", {"jahr": 2006, "daten": str(place / "data")})
    (found,) = Notebooks([t], RunCache(store, Inputs(place, {}))).results(fake([]))
    assert (found.stored, found.seconds, found.task.name) == (True, 0.0, "neu")


def test_the_same_work_is_done_once(place):
    asked = []
    parameters = {"jahr": 2006, "daten": str(place / "data")}
    tasks = [task(report, report, place / "notebooks" / "01_a.ipynb", parameters) for report in ("kurz", "lang")]
    found = list(Notebooks(tasks, RunCache(Store(None), Inputs(place, {}))).results(fake(asked)))
    assert asked == ["kurz"]
    assert [r.task.name for r in found] == ["kurz", "lang"]
    assert found[0].notebook == found[1].notebook


def test_every_task_has_a_result_and_equal_ones_are_executed_once(place):
    store = Store(place / "cache")
    parameters = {"jahr": 2006, "daten": str(place / "data")}

    def notebooks(*names):
        tasks = [task(f"{n}", name, place / "notebooks" / f"{name}.ipynb", parameters) for n, name in enumerate(names)]
        return Notebooks(tasks, RunCache(store, Inputs(place, {})))

    assert len(list(notebooks("01_a").results(fake([])))) == 1
    mixed = notebooks("01_a", "02_b", "01_a", "02_b", "02_b")
    assert (len(mixed.stored), len(mixed.missing)) == (2, 1)
    assert len(list(mixed.results(fake([])))) == 5


def test_failures_are_not_kept(place):
    store = Store(place / "cache")
    (place / "data" / "werte.csv").write_text("Fehler")
    assert run(place, store)[0]["01_a"][1]
    assert run(place, store)[1] == ["01_a", "02_b"]


def test_what_changes_meanwhile_is_not_kept(place):
    store = Store(place / "cache")

    def slow(tasks):
        for result in fake([])(tasks):
            (place / "data" / "werte.csv").write_text("mitten im Lauf")
            yield result

    run(place, store, execute=slow)
    (place / "data" / "werte.csv").write_text("0")
    assert run(place, store)[1] == ["01_a", "02_b"]


def test_a_run_broken_off_keeps_what_is_finished(place):
    store = Store(place / "cache")
    parameters = {"jahr": 2006, "daten": str(place / "data")}
    tasks = [task("2006", p.stem, p, parameters) for p in sorted((place / "notebooks").glob("*.ipynb"))]
    running = Notebooks(tasks, RunCache(store, Inputs(place, {}))).results(fake([]))
    next(running)
    running.close()
    assert run(place, store)[1] == ["02_b"]


NUMBERS = st.integers(0, 2).map(str)
EDITS = st.one_of(
    st.tuples(st.just("notebook"), st.sampled_from(["01_a", "02_b"]), NUMBERS),
    st.tuples(st.just("outputs"), st.sampled_from(["01_a", "02_b"]), NUMBERS),
    st.tuples(st.just("data"), st.sampled_from(["werte.csv", "neu.csv"]), NUMBERS),
    st.tuples(st.just("package"), st.sampled_from(["a.py", "b.py"]), NUMBERS),
    st.tuples(st.just("helper"), st.just("helfer.py"), NUMBERS),
    st.tuples(
        st.just("remove"), st.sampled_from(["data/neu.csv", "sozialbericht/b.py", "notebooks/helfer.py"]), NUMBERS
    ),
    st.tuples(st.just("damage"), st.integers(0, 5), st.integers(0, 200)),
    st.tuples(st.just("year"), st.sampled_from([2005, 2006]), NUMBERS),
)


@settings(max_examples=60, deadline=None)
@given(edits=st.lists(EDITS, max_size=12))
def test_with_and_without_a_cache_are_equal(edits):
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(inputs, "PACKAGE"),
        patch.object(inputs.sys, "path"),
    ):
        _compare(_place(Path(folder), setattr), edits)


def _compare(root, edits):
    store = Store(root / "cache")
    year = 2006
    executed = run(root, store)[1]
    for kind, where, what in edits:
        before = len(executed)
        notebook = root / "notebooks" / f"{where}.ipynb"
        if kind == "notebook":
            small_report.notebook(notebook, (f"# {where}", what))
        elif kind == "outputs":
            content = json.loads(notebook.read_text())
            content["cells"][1] |= {"execution_count": int(what), "outputs": [{"text": what}]}
            notebook.write_text(json.dumps(content))
        elif kind == "remove":
            (root / where).unlink(missing_ok=True)
        elif kind == "damage":
            entries = sorted(p for p in store.folder.rglob("*") if p.is_file())
            if entries:
                content = entries[where % len(entries)].read_bytes()
                entries[where % len(entries)].write_bytes(content[:what])
        elif kind == "year":
            year = where
        else:
            folder = {"data": "data", "package": "sozialbericht", "helper": "notebooks"}[kind]
            (root / folder / where).write_text(what)
        found, asked = run(root, store, year)
        executed += asked
        assert found == run(root, Store(None), year)[0]
        if kind == "outputs":
            assert len(executed) == before
