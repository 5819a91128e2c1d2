"""The benchmark's pieces run on a small scale; nothing is timed here."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import earlier, grid, measure, parts, ways
from benchmarks.__main__ import MARKS, ORDER, README, _table, renewed
from benchmarks.measure import Cost
from sozialbericht.data import contract


@pytest.mark.parametrize("areas", [20, 100])
def test_made_cities_fulfil_the_contract(tmp_path, areas):
    tables = contract.load(grid.write_city(tmp_path / "stadt", areas, range(2005, 2007)))
    assert tables.years == [2005, 2006]
    assert (tables.areas["ebene"] == "sozialraum").sum() == areas
    assert len(tables.values) == areas * 2 * 2


def test_notebooks_of_a_made_city(tmp_path):
    grid.write_notebooks(tmp_path / "notebooks", 2)
    found = parts.tasks(tmp_path, [2005, 2006], [], False)
    assert [(t.report, t.name) for t in found] == [
        (year, name) for year in ("2005", "2006") for name in ("01_kapitel", "02_kapitel")
    ]


def test_costs_add_up():
    assert Cost(1, 2, 300) + Cost(2, 1, 200) == Cost(3, 3, 300)


def test_a_command_and_its_children_are_measured(tmp_path):
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10**7)); x = bytearray(10**8)'])"
    cost = measure.measure([[sys.executable, "-c", code]], tmp_path, measure.environment(tmp_path))
    assert cost.wall > 0
    assert cost.cpu > 0
    with pytest.raises(measure.Failed, match="kaputt"):
        measure.measure([[sys.executable, "-c", "raise SystemExit('kaputt')"]], tmp_path, {})


def test_memory_of_a_tree():
    assert measure.tree_memory(measure.os.getpid()) > 10
    assert measure.tree_memory(2**22 + 1) == 0


def test_the_floor_draws_what_the_notebooks_draw(small_project, monkeypatch, tmp_path):
    """The same number of pictures as the report's notebooks, executed as plain code in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.parts", "floor", str(small_project), "--jobs", "1"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=tmp_path, env=measure.environment(ways.CHECKOUT)
    )
    out = tmp_path / "ausgefuehrt"
    options = argparse.Namespace(root=small_project, out=out, years=[2006], only=[], profiles=False, jobs=2)
    parts.execute(options)
    pictures = 0
    for path in out.iterdir():
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                block = output.get("data", {}).get("application/vnd.sozialbericht.block+json")
                pictures += len(block["bilder"]) if block else 0
    assert int(done.stdout) == pictures > 5


def test_one_notebook_is_edited(tmp_path):
    setting = ways.Setting(ways.copy_of_project(tmp_path), tmp_path / "work")
    path = tmp_path / "notebooks" / "03_arbeitslosigkeit.ipynb"
    ways.edit_one(setting)
    changed = [
        p for p in tmp_path.rglob("*.ipynb") if p.read_bytes() != (ways.CHECKOUT / p.relative_to(tmp_path)).read_bytes()
    ]
    assert changed == [path]
    assert "Ein Satz mehr." in path.read_text(encoding="utf-8")


@pytest.mark.skipif(not (ways.CHECKOUT / ".git").exists(), reason="kein Git-Arbeitsverzeichnis")
def test_an_earlier_state_is_a_clone_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(earlier, "compile_all", lambda root: None)
    root = earlier.clone(tmp_path / "before", "HEAD")
    assert {t.name for t in parts.tasks(root, [2006], [], False)} >= {"arbeitslosigkeit", "wohnen"}
    with pytest.raises(subprocess.CalledProcessError):
        earlier.clone(tmp_path / "never", "keine-marke")
    (tmp_path / "web" / "x").mkdir(parents=True)
    (tmp_path / "web" / "x" / "y").write_bytes(b"0" * 2**19)
    assert earlier.size(tmp_path / "web") == 0.5


def test_tables_and_the_place_for_them():
    table = _table("Way", {"floor: x": Cost(2, 3, 400), "ours": Cost(3, 4, 500)}, "floor: x")
    assert table[0] == "| Way | wall (s) | CPU (s) | peak memory (MiB) | × floor |"
    assert table[-1] == "| ours | 3.0 | 4.0 | 500 | 1.50 |"
    text = Path(README).read_text(encoding="utf-8")
    assert [text.count(mark) for mark in MARKS] == [1, 1]


def test_a_part_measured_at_another_time_keeps_its_tables():
    old = "<!-- part: ways -->\nalt\n\nmehr\n\n<!-- part: scale -->\nauch alt"
    text = f"davor\n{MARKS[0]}\n{old}\n{MARKS[1]}\ndanach\n"
    new = renewed(text, {"scale": ["neu"], "jobs": ["dazu"]}, ["ways", "jobs", "scale"])
    assert new == (
        f"davor\n{MARKS[0]}\n<!-- part: ways -->\nalt\n\nmehr\n\n<!-- part: jobs -->\ndazu\n\n"
        f"<!-- part: scale -->\nneu\n{MARKS[1]}\ndanach\n"
    )


def test_the_results_of_the_readme_are_found_again():
    text = README.read_text(encoding="utf-8")
    assert renewed(text, {}, ORDER) == text
    assert "<!-- part: ways -->" in text
