"""Checked data: believed only while nothing has changed, and loaded when they are asked for."""

import json
import os
import shutil

import pytest
import small_report

from sozialbericht.cache import checkeddata
from sozialbericht.cache.checkeddata import CheckedData
from sozialbericht.cache.runcache import RunCache
from sozialbericht.data import contract
from sozialbericht.faults import InputError
from sozialbericht.findings import tablestore
from sozialbericht.order.project import open_project
from sozialbericht.rendering import production


def checked(root, folder, *, used=True):
    return checkeddata.get(RunCache.of(root, used=used), folder)


def test_checked_data(root):
    folder = root / "data"
    assert checked(root, folder) is None
    checkeddata.put(RunCache.of(root), CheckedData(folder, [2005, 2006], "Modelldaten"))
    assert checked(root, folder) == CheckedData(folder, [2005, 2006], "Modelldaten")
    assert checked(root, folder, used=False) is None
    shutil.copytree(folder, root / "kopie")
    assert checked(root, root / "kopie") == CheckedData(root / "kopie", [2005, 2006], "Modelldaten")
    os.utime(folder / "werte.csv", (1, 1))
    (root / "report" / "index.qmd").write_text("Neu")
    assert checked(root, folder) is not None
    (root / "paket" / "a.py").write_text("x")
    assert checked(root, folder) is None
    (root / "paket" / "a.py").unlink()
    (folder / "werte.csv").write_text("2")
    assert checked(root, folder) is None


@pytest.fixture
def loads(monkeypatch):
    """The folders that are loaded and checked; none is held before."""
    monkeypatch.setattr(tablestore, "_stores", {})
    folders = []
    load = contract.load
    monkeypatch.setattr(contract, "load", lambda folder, year=None: folders.append(folder) or load(folder, year))
    return folders


def test_facts_keep_the_tables_they_are_of(loads):
    tables = contract.load(small_report.CITY)
    facts = CheckedData.of(tables)
    assert (facts.folder, facts.years, facts.status_text) == (small_report.CITY, [2004, 2005, 2006], tables.status_text)
    assert facts.tables is tables
    assert len(loads) == 1


def test_tables_of_checked_data_are_loaded_when_asked_for(loads):
    facts = CheckedData(small_report.CITY, [2006], "")
    assert loads == []
    assert facts.tables.years == [2004, 2005, 2006]
    assert facts.tables is facts.tables
    assert loads == [small_report.CITY]


def check(root, *years):
    """The years, or what is said and about which place."""
    try:
        return production.check(open_project(root), root / "data", *years)
    except InputError as error:
        return error.faults


def test_data_are_checked_once(empty_project, loads):
    assert check(empty_project) == check(empty_project, 2006) == [2004, 2005, 2006]
    assert len(loads) == 1
    assert ["Vorhanden sind: 2004, 2005, 2006" in str(fault) for fault in check(empty_project, 1999)] == [True]
    assert len(loads) == 1
    tablestore._stores.clear()  # as another process
    assert check(empty_project) == [2004, 2005, 2006]
    assert len(loads) == 1
    production.check(open_project(empty_project), empty_project / "data", cache=False)
    assert len(loads) == 2


def test_data_are_checked_again_after_a_change(empty_project, loads):
    check(empty_project)
    path = empty_project / "data" / "werte" / "2006.csv"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("ew;2006-12-31;7281", "ew;2006-12-31;7.281"), encoding="utf-8")
    for _ in range(2):
        faults = check(empty_project, 2006)
        assert faults and all("2006.csv" in fault.place for fault in faults)
    assert len(loads) == 3, "faulty data are not remembered"
    path.write_text(before, encoding="utf-8")
    assert check(empty_project, 2006) == [2004, 2005, 2006]
    assert len(loads) == 3, "nothing is loaded that is as before"
    descriptor = empty_project / "data" / "datapackage.json"
    content = json.loads(descriptor.read_text(encoding="utf-8"))
    assert checked(empty_project, empty_project / "data").status_text == content["statustext"]
    descriptor.write_text(json.dumps(content | {"status": "amtlich"}), encoding="utf-8")
    assert checked(empty_project, empty_project / "data") is None
    check(empty_project)
    assert checked(empty_project, empty_project / "data").status_text == ""
    assert len(loads) == 4


def test_notebooks_are_checked_though_the_data_are_stored(empty_project, loads):
    check(empty_project)
    broken = empty_project / "notebooks" / "01_a.ipynb"
    broken.write_text("{", encoding="utf-8")
    for years in ((), (2006,)):
        assert [fault.place for fault in check(empty_project, *years)] == ["notebooks/01_a.ipynb"]
    places = [fault.place for fault in check(empty_project, 1999)]
    assert places[-1] == "notebooks/01_a.ipynb"
    assert len(places) == 2
    broken.unlink()
    (empty_project / "report" / "index.qmd").write_text('# A\n\nEin "Wort".\n', encoding="utf-8")
    assert [fault.place for fault in check(empty_project)] == ["report/index.qmd"]
    assert len(loads) == 1
