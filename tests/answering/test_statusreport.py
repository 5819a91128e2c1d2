"""What is unchanged and what is stale, and why."""

import argparse
from dataclasses import replace

import pytest
import small_report

from sozialbericht import command
from sozialbericht.answering import statusreport
from sozialbericht.cache import checkeddata, provenance, reports
from sozialbericht.cache.checkeddata import CheckedData
from sozialbericht.cache.runcache import RunCache
from sozialbericht.data import contract
from sozialbericht.faults import InputError
from sozialbericht.order import profiles, project
from sozialbericht.order.project import open_project
from sozialbericht.order.request import Made, Request
from sozialbericht.order.tasks import chapter_tasks, profile_tasks


@pytest.fixture
def at(tmp_path, monkeypatch):
    """A small project whose notebooks are said to have been executed."""
    (tmp_path / "projekt").mkdir()
    root = small_report.project(tmp_path / "projekt")
    monkeypatch.setattr(project, "default_root", lambda: root)
    monkeypatch.setattr(statusreport, "default_root", lambda: root)
    cache = RunCache.of(root)
    for task in chapter_tasks(open_project(root), Request(2006), root / "data"):
        cache.store.put(cache.keys.notebook(task), b"{}")
        provenance.put(cache, provenance.name_of(task), provenance.of_notebook(task, cache.inputs))
    return root


def told(root):
    return statusreport.told(argparse.Namespace(year=[2006], data=root / "data")).splitlines()


def test_all_is_known(at):
    head, *chapters = told(at)
    assert head == "unbekannt   Bericht 2006 – noch nicht gemacht"
    assert chapters == ["  unverändert bevoelkerung", "  unverändert arbeitslosigkeit", "  unverändert tabellen"]


def test_what_has_changed_is_named(at):
    small_report.add_line(at / "notebooks" / "01_bevoelkerung.ipynb", "x = 1")
    assert told(at)[1:] == [
        "  veraltet    bevoelkerung – geändert: Notebook (notebooks/01_bevoelkerung.ipynb)",
        "  unverändert arbeitslosigkeit", "  unverändert tabellen",
    ]  # fmt: skip
    small_report.append(at / "data" / "bericht.yml", "# neu")
    assert "  veraltet    tabellen – geändert: Daten (data/bericht.yml)" in told(at)


def test_a_report_and_its_texts(at):
    folder = at / "build" / "2006"
    folder.mkdir(parents=True)
    assert told(at)[0].startswith("unbekannt   Bericht 2006 – aus keinem früheren Lauf")
    cache = RunCache.of(at)
    chosen = statusreport.engine.choose("auto").name
    origin = provenance.of_report(Request(2006, ("html",)), at / "data", chosen, cache.inputs)
    provenance.put(cache, provenance.name_of(folder.resolve()), origin)
    small_report.append(at / "report" / "glossar.qmd", "\nNeu.")
    head, place, *_ = told(at)
    assert head == "veraltet    Bericht 2006 – geändert: Texte (report/glossar.qmd)"
    assert place == "  liegt in build/2006"


def test_a_year_without_values(at):
    with pytest.raises(InputError, match=r"Für 1999 gibt es keine Werte\.\n  → Werte gibt es für 2004"):
        statusreport.told(argparse.Namespace(year=[1999], data=at / "data"))


def test_the_command(at, capsys):
    assert command.main(["status", "--data", str(at / "data")]) == 0
    assert "Bericht 2006" in capsys.readouterr().out
    assert command.main(["status", "--yaer", "2006"]) == 2
    assert "Meinten Sie „--year“?" in capsys.readouterr().err


def test_changes_are_others_new_and_gone():
    before = {"Daten": {"a": "1", "b": "2", "c": "3"}, "Programm": {"Code": "1"}}
    now = {"Daten": {"a": "1", "b": "9", "d": "4"}, "Programm": {"Code": "1"}}
    assert provenance.changes(before, now) == {"Daten": ["b", "c", "d"]}


def known_report(root, request):
    """Let a report be known as made by an earlier run with what there is now."""
    request = replace(request, data=root / "data")
    folder = request.folder(root)
    folder.mkdir(parents=True)
    (folder / "seite.html").write_text("<p>Hallo</p>", encoding="utf-8")
    cache, chosen = RunCache.of(root), statusreport.engine.choose("auto").name
    made = Made(folder, None, folder / "seite.html", chosen)
    reports.put(cache, cache.keys.report(request, request.data, chosen), made, request, request.data)


def test_drafts_and_excerpts_are_told_as_they_were_made(at):
    known_report(at, Request(2006, ("html",), draft=True))
    known_report(at, Request(2006, ("pdf",), only=["tabellen"]))
    assert told(at)[4:] == [
        "unverändert Entwurf 2006", "  liegt in build/2006-entwurf",
        "unverändert Auszug 2006 (tabellen)", "  liegt in build/2006-auszug",
    ]  # fmt: skip
    small_report.append(at / "report" / "glossar.qmd", "\nNeu.")
    assert told(at)[4] == "veraltet    Entwurf 2006 – geändert: Texte (report/glossar.qmd)"
    (at / "build" / "2006-auszug" / "seite.html").write_text("von Hand", encoding="utf-8")
    assert told(at)[6].startswith("veraltet    Auszug 2006 (tabellen)")


def test_profiles_are_counted_by_what_is_known_of_them(at):
    small_report.with_profiles(at)
    cache, data = RunCache.of(at), at / "data"
    facts = CheckedData.of(contract.load(data))
    checkeddata.put(cache, facts)
    known_report(at, Request(2006, profiles=[]))
    assert told(at)[0] == "unverändert Bericht 2006 (mit Profilen)"
    every = profiles.choose(open_project(at), facts.tables.areas, facts.tables.levels, [])
    assert told(at)[-1] == f"  unbekannt   {len(every)} Profile – aus keinem früheren Lauf bekannt"
    for task in profile_tasks(every, Request(2006), data):
        cache.store.put(cache.keys.notebook(task), b"{}")
        provenance.put(cache, provenance.name_of(task), provenance.of_notebook(task, cache.inputs))
    assert told(at)[-1] == f"  unverändert {len(every)} Profile"
    small_report.add_line(at / "notebooks" / "profil" / "stadtbezirk.ipynb", "x = 1")
    assert told(at)[-1].startswith("  veraltet ") and "Notebook (notebooks/profil/stadtbezirk.ipynb" in told(at)[-1]
