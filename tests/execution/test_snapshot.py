"""Snapshots of a loaded data folder: found by content and program only, never another value than without one."""

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import small_report

from sozialbericht.bericht import Bericht
from sozialbericht.cache.keys import Inputs
from sozialbericht.cache.store import Cache
from sozialbericht.data import contract
from sozialbericht.execution import kernelpool, preload, snapshots
from sozialbericht.faults import InputError
from sozialbericht.findings import holdings
from sozialbericht.findings.typification import Typen
from sozialbericht.statistics import indicators


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(small_report.CITY, tmp_path / "daten"))


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def made(monkeypatch):
    """What is loaded and computed, by name."""
    names = set()
    for owner, name in ((contract, "load"), (indicators, "compute"), (Typen, "_typed")):
        real = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *a, real=real, name=name, **k: names.add(name) or real(*a, **k))
    return names


@pytest.fixture
def prepare(folder, kept, monkeypatch):
    """Prepare as a new process would: nothing is held."""
    monkeypatch.setattr(holdings, "_held", {})

    def go(program="1", year=2006, shared=False, code=None):
        holdings._held.clear()
        snapshots.prepare(place(kept, program, code), str(folder), year, year - 1, shared)

    return go


def place(kept, program="1", code=None):
    """Where and for whom a snapshot is kept."""
    return [str(kept), str(kept.parent), code or Inputs(kept.parent).code, program]


def entries(kept):
    return sorted(p for p in kept.rglob("*") if p.is_file())


def told(found):
    """All that a typology or an index says, to be compared."""
    return {name: value.to_dict() if hasattr(value, "to_dict") else value for name, value in vars(found).items()}


def shown(folder):
    """The tables, counts, values and rows of a folder, and what several chapters ask for."""
    b = Bericht(2006, 2005, folder)
    tables = {
        name: getattr(b._tables, name) for name in ("areas", "features", "indicators", "values", "breaks", "geometry")
    }
    rest = [b._tables.descriptor, b._tables.years, dict(b._rows), told(b.typisierung()), told(b.status_dynamik())]
    return {**tables, "cube": b._cube, "index": b._values, **b._tables.others}, repr(rest)


def assert_same(one, other):
    assert one[0].keys() == other[0].keys()
    for name, table in one[0].items():
        pd.testing.assert_frame_equal(pd.DataFrame(table), pd.DataFrame(other[0][name]))
    assert one[1] == other[1]


@pytest.mark.parametrize("shared", [True, False])
def test_a_second_run_loads_and_computes_nothing(prepare, folder, kept, made, shared):
    prepare(shared=shared)
    assert made == {"load", "compute"} | ({"_typed"} if shared else set())
    first = shown(folder)
    made.clear()
    prepare(shared=shared)
    assert made == set()
    second = shown(folder)
    assert made == (set() if shared else {"compute", "_typed"})
    assert_same(first, second)
    holdings._held.clear()
    assert_same(first, shown(folder))
    assert len(entries(kept)) == 1


@pytest.mark.slow
def test_types_of_many_areas_are_kept(tmp_path, made, monkeypatch):
    monkeypatch.setattr(holdings, "_held", {})
    snapshots.prepare(place(tmp_path / "cache"), str(small_report.ROOT / "data"), 2006, 2005, True)
    first = shown(small_report.ROOT / "data")
    assert "'grund': ''" in first[1]
    holdings._held.clear()
    made.clear()
    snapshots.prepare(place(tmp_path / "cache"), str(small_report.ROOT / "data"), 2006, 2005, True)
    assert_same(first, shown(small_report.ROOT / "data"))
    assert made == set()


def test_another_process_loads_nothing_either(prepare, folder, kept):
    prepare(shared=True)
    code = f"""
from sozialbericht.data import contract
contract.load = None
from sozialbericht.execution import snapshots
snapshots.prepare({place(kept)!r}, {str(folder)!r}, 2006, 2005, True)
from sozialbericht.bericht import Bericht
print(Bericht(2006, 2005, {str(folder)!r}).wert("anteil_u18"))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=kernelpool.environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(Bericht(2006, 2005, folder).wert("anteil_u18"))


def test_who_asks_for_less_is_served_too(prepare, kept, made):
    prepare(shared=True)
    made.clear()
    prepare()
    assert made == set()
    assert len(entries(kept)) == 1


def test_who_asks_for_more_is_not(prepare, kept, made):
    prepare()
    made.clear()
    prepare(shared=True)
    assert "_typed" in made
    assert len(entries(kept)) == 2
    made.clear()
    prepare(shared=True)
    assert made == set()


@pytest.mark.parametrize(
    "other",
    [
        lambda folder: {"program": "2"},
        lambda folder: {"year": 2005},
        lambda folder: small_report.append(folder / "merkmale.csv", "") or {},
        lambda folder: shutil.copy(folder / "brueche.csv", folder / "LIESMICH.txt") and {},
    ],
)
def test_another_program_content_or_year_finds_nothing(prepare, folder, kept, made, other):
    prepare()
    made.clear()
    prepare(**other(folder))
    assert made == {"load", "compute"}
    assert len(entries(kept)) == 2


def test_code_that_has_changed_since_the_run_began_leaves_none(prepare, kept, made):
    prepare(code="das Programm von vorhin")
    assert entries(kept) == []
    assert made == {"load", "compute"}


def test_one_of_a_folder_with_other_leftovers_is_made_again(prepare, folder, kept, made):
    """Two fingerprints name a folder; a snapshot serves only where both are the same."""
    prepare()
    (folder / "Thumbs.db").write_bytes(b"x")
    prepare()
    made.clear()
    prepare()
    assert made == set()


def test_changed_data_give_changed_values(prepare, folder):
    prepare()
    before = Bericht(2006, 2005, folder).wert("anteil_u18")
    path = folder / "werte" / "2006.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("ew_u18;2006-12-31;6", "ew_u18;2006-12-31;16"), encoding="utf-8"
    )
    prepare()
    assert str(Bericht(2006, 2005, folder).wert("anteil_u18")) != str(before)


DAMAGED = [
    lambda path: path.write_bytes(path.read_bytes()[:-1]),
    lambda path: path.write_bytes(b""),
    lambda path: Cache(path.parents[1]).put(path.parent.name + path.name, b"kein Pickle"),
    lambda path: Cache(path.parents[1]).put(path.parent.name + path.name, pickle.dumps(7)),
    lambda path: Cache(path.parents[1]).put(path.parent.name + path.name, b"cgibt_es_nicht\nStock\n."),
]


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_one_is_none(prepare, folder, kept, made, damage):
    prepare(shared=True)
    first = shown(folder)
    (path,) = entries(kept)
    damage(path)
    made.clear()
    prepare(shared=True)
    assert made == {"load", "compute", "_typed"}
    assert_same(first, shown(folder))


@pytest.mark.parametrize("damage", [DAMAGED[0], DAMAGED[2]])
def test_a_damaged_one_is_written_again(prepare, kept, made, damage):
    prepare()
    (path,) = entries(kept)
    damage(path)
    prepare()
    made.clear()
    prepare()
    assert made == set()


def test_a_folder_that_changes_meanwhile_leaves_none(prepare, folder, kept, made, monkeypatch):
    real = preload.prepare

    def slow(*given):
        real(*given)
        small_report.append(folder / "merkmale.csv", "")

    with monkeypatch.context() as patch:
        patch.setattr(preload, "prepare", slow)
        prepare()
    assert entries(kept) == []
    made.clear()
    prepare()
    assert made == {"load", "compute"}
    assert len(entries(kept)) == 1


def test_faulty_data_leave_none(prepare, folder, kept):
    (folder / "werte" / "2006.csv").write_text("kaputt", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputError):
            prepare()
    with pytest.raises(InputError):
        prepare(year=1900)
    assert entries(kept) == []


def test_what_is_held_already_is_not_replaced(prepare, folder, kept):
    prepare(shared=True)
    holdings._held.clear()
    own = holdings.of(folder)
    own.derived("eigenes", lambda: 7)
    snapshots.prepare(place(kept), str(folder), 2006, 2005)
    assert holdings.of(folder) is own
    assert own.derived("eigenes", lambda: 8) == 7
    assert ("typen", 2006) in own._derived
