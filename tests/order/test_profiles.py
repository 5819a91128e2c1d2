"""Which profiles are made, and their list."""

import shutil
from pathlib import Path

import pytest
import small_report

from sozialbericht.checking import lint
from sozialbericht.data import contract
from sozialbericht.faults import InputError
from sozialbericht.order import profiles
from sozialbericht.order.project import open_project


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return small_report.with_profiles(small_report.project(tmp_path_factory.mktemp("profile")))


@pytest.fixture
def choose(root):
    tables = contract.load(root / "data")
    return lambda *names: profiles.choose(open_project(root), tables.areas, tables.levels, names)


def test_all_profiles_by_group_the_group_s_own_first(choose):
    chosen = choose()
    assert [p.area for p in chosen] == [
        "sb_nord", "sr_altstadt", "sr_hafen", "sr_bahnhof", "sb_sued", "sr_gartenfeld", "sr_lindenhof",
        "sr_muehlenberg",
    ]  # fmt: skip
    assert [p.source.name for p in chosen[:2]] == ["stadtbezirk.ipynb", "sozialraum.ipynb"]
    assert list(profiles.grouped(chosen)) == ["sb_nord", "sb_sued"]
    bahnhof = chosen[3]
    assert (bahnhof.name, bahnhof.heading) == ("Bahnhofsviertel", "Stadtbezirk Nord")
    assert bahnhof.covers == ("03 Bahnhof", "04 Postviertel")
    assert (bahnhof.page, bahnhof.label) == ("profil-sr_bahnhof.html", "sec-profil-sr-bahnhof")
    assert bahnhof.place == "notebooks/profil/sozialraum.ipynb (sr_bahnhof)"
    assert [p.heads_group for p in chosen[:2]] == [True, False]


def test_some_profiles_in_the_order_of_the_areas(choose):
    assert [p.area for p in choose("mühlenberg", "Süd", "hafen")] == ["sr_hafen", "sb_sued", "sr_muehlenberg"]
    with pytest.raises(InputError, match="Meinten Sie „Hafen“"):
        choose("Haven")


def test_the_list_names_links_and_districts(choose, root):
    text = profiles.overview(open_project(root), choose("hafen", "Süd"))
    assert text.startswith("# {unten.profile} {#sec-profil .unnumbered}")
    listed = text.split("::: {.profilverzeichnis}\n")[1]
    assert listed == (
        "- Stadtbezirk Nord\n\n    - [Hafen](#sec-profil-sr-hafen) [02 Hafen]{.bezirke}\n\n"
        "- [Stadtbezirk Süd](#sec-profil-sb-sued)\n\n\n:::\n"
    )


def test_levels_without_a_notebook_have_no_profiles(root, tmp_path):
    folder = small_report.with_profiles(small_report.project(tmp_path))
    (folder / "notebooks" / "profil" / "stadtbezirk.ipynb").unlink()
    tables = contract.load(folder / "data")
    chosen = profiles.choose(open_project(folder), tables.areas, tables.levels, [])
    assert len(chosen) == 6
    assert chosen[0].heading == "Stadtbezirk Nord"
    (folder / "notebooks" / "profil" / "sozialraum.ipynb").unlink()
    with pytest.raises(InputError, match=r"Erwartet wird notebooks/profil/sozialraum\.ipynb"):
        profiles.choose(open_project(folder), tables.areas, tables.levels, [])


def test_the_text_of_the_list_must_be_there(choose, tmp_path):
    folder = small_report.project(tmp_path)
    with pytest.raises(InputError, match=r"report/sozialraumprofile\.qmd: Die Datei fehlt"):
        profiles.overview(open_project(folder), choose())


def test_notebooks_of_profiles_are_checked(tmp_path):
    folder = small_report.with_profiles(small_report.project(tmp_path))
    assert lint.check(open_project(folder)) == []
    path = folder / "notebooks" / "profil" / "sozialraum.ipynb"
    small_report.notebook(path, ("x = 1", 'import csv\nb = "ok"'))
    faults = [str(fault) for fault in lint.check(open_project(folder))]
    assert any("Die Parameterzelle setzt „raum“ nicht." in fault for fault in faults), faults
    assert any("profil/sozialraum.ipynb, Zelle 3, Zeile 1: Die Zelle liest Dateien" in fault for fault in faults), (
        faults
    )


def test_the_project_s_own_notebooks_are_found():
    found = open_project(Path(__file__).resolve().parents[2]).profiles
    assert sorted(found) == ["allgemein", "sozialraum", "stadtbezirk"]


def test_one_general_notebook_makes_the_profiles_of_all_levels(tmp_path):
    folder = small_report.project(tmp_path)
    target = folder / "notebooks" / "profil" / "allgemein.ipynb"
    target.parent.mkdir(exist_ok=True)
    shutil.copy(small_report.ROOT / "notebooks" / "profil" / "allgemein.ipynb", target)
    tables, project = contract.load(folder / "data"), open_project(folder)
    chosen = profiles.choose(project, tables.areas, tables.levels, [])
    assert {p.source.name for p in chosen} == {"allgemein.ipynb"} and len(chosen) == 8
    flat = tables.areas[tables.areas["ebene"] != "stadtbezirk"]
    flat = flat.assign(teil_von=flat["teil_von"].where(flat["ebene"] == "stadt", tables.city))
    lowest = profiles.choose(project, flat, ["stadt", "sozialraum"], [])
    assert len(lowest) == 6, "with one level below the city, never the city itself"
