"""Which chapters a report has: by what the data have and what the notebooks ask for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import small_report

from sozialbericht.data import contract
from sozialbericht.faults import InputError
from sozialbericht.fitting import chapterset
from sozialbericht.order import profiles
from sozialbericht.order.offer import Offer
from sozialbericht.order.project import open_project

LEVELS = {"stadt": 1, "sozialraum": 40}
OFFER = Offer("Musterstadt", LEVELS, ["Bevölkerung", "Arbeitslosigkeit"], 4, 3, True, True)
GENERAL = ("# Allgemein {#sec-allgemein}", small_report.START + 'b.text("Da.")')
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a notebook into a project with the data of the small city; returns the project's folder."""
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "_quarto.yml").write_text("book:\n  chapters: []\n", encoding="utf-8")
    shutil.copytree(small_report.CITY, tmp_path / "data")

    def written(file: str, *cells: str, parameters: str = "", **about: object) -> Path:
        path = small_report.notebook(tmp_path / "notebooks" / file, cells, parameters + small_report.PARAMETERS)
        content = json.loads(path.read_text(encoding="utf-8"))
        content["metadata"]["sozialbericht"] = about
        path.write_text(json.dumps(content), encoding="utf-8")
        return tmp_path

    return written


def chosen(root: Path, offer: Offer = OFFER) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """The chapters that run with the file of each, those left out with the reason, the faults."""
    found = chapterset.of(open_project(root), offer, root / "data")
    project = found.project
    left = {one.name: one.reason for one in project.left_out if one.reason}
    return {c.name: c.place for c in project.chapters}, left, [str(fault) for fault in found.faults]


def of_key(key: str, label: str = "") -> tuple[str, str]:
    return f"# Kapitel {{#sec-{label or 'k'}}}", f'{small_report.START}b.text("{{w}}", w=b.wert("{key}"))'


def test_a_chapter_with_keys_that_the_data_do_not_have_is_left_out(write):
    root = write("01_da.ipynb", *of_key("arbeitslosenquote", "da"))
    write("02_fehlt.ipynb", *of_key("mietspiegel", "fehlt"))
    running, left, faults = chosen(root)
    assert list(running) == ["da"] and not faults
    told = "nennt einen Schlüssel, den die Daten nicht haben: Den Indikator „mietspiegel“ gibt es nicht"
    assert left == {"fehlt": told}


def test_a_key_that_is_like_one_of_the_data_is_a_fault(write):
    running, left, faults = chosen(write("01_da.ipynb", *of_key("arbeitslosenquot")))
    assert list(running) == ["da"] and not left
    assert len(faults) == 1 and "Meinten Sie „arbeitslosenquote“?" in faults[0]


def test_a_chapter_of_another_city_is_left_out_and_no_reader_hears_of_it(write):
    root = write("01_eigen.ipynb", *GENERAL, eigen="Anderswo")
    write("02_hier.ipynb", *of_key("arbeitslosenquote"), eigen="Musterstadt")
    running, left, _ = chosen(root)
    assert list(running) == ["hier"] and left == {"eigen": "gehört zum Bericht für Anderswo"}
    project = chapterset.of(open_project(root), OFFER, root / "data").project
    assert [one.foreign for one in project.left_out[:1]] == [True]


@pytest.mark.parametrize(
    ("need", "offer", "why"),
    [
        ("typisierung", {"levels": {"stadt": 1, "kiez": 19}}, "braucht mindestens 20 Gebiete, hier sind es 19"),
        ("typisierung", {"typed": 1}, "braucht mindestens 2 Indikatoren mit Vorzeichen (typ_vorzeichen in "
                                      "indikatoren.csv), hier sind es 1"),
        ("statusindex", {"levels": {"stadt": 1, "kiez": 9}}, "braucht mindestens 10 Gebiete, hier sind es 9"),
        ("statusindex", {"graded": 0}, "braucht mindestens 2 gewertete Indikatoren mit Vorzeichen (typ_vorzeichen in "
                                       "indikatoren.csv), hier sind es 0"),
        ("raummuster", {"levels": {"stadt": 1, "kiez": 5}}, "braucht mindestens 10 Gebiete, hier sind es 5"),
        ("flaechen", {"polygons": False}, "braucht die Flächen der Gebiete"),
        ("nachbarn", {"neighbours": False}, "braucht Flächen oder die Datei nachbarn.csv"),
        ("mitte", {}, "braucht eine mittlere Ebene"),
        ("massnahmen", {}, "braucht die Datei massnahmen.csv"),
    ],
)  # fmt: skip
def test_what_a_notebook_says_it_needs(write, need, offer, why):
    root = write("01_k.ipynb", *GENERAL, braucht=[need])
    assert chosen(root, replace(OFFER, **offer))[1] == {"k": why}
    enough = Offer("", {"stadt": 1, "bezirk": 3, "kiez": 20}, [], 2, 2, True, True, ["massnahmen"])
    assert chosen(root, enough)[1] == {}


@pytest.mark.parametrize(
    ("call", "why"), [("b.geodaten()", "Flächen"), ("b.veroeffentlichtes()", "veroeffentlicht.csv")]
)
def test_methods_without_which_nothing_would_be_left(write, call, why):
    root = write("01_k.ipynb", GENERAL[0], f"{small_report.START}x = {call}")
    assert why in chosen(root, replace(OFFER, polygons=False))[1]["k"]


def test_general_notebooks_stand_in(write):
    root = write("00_einleitung.ipynb", *of_key("mietspiegel", "auftrag"))
    write("03_arbeitslosigkeit.ipynb", *of_key("arbeitslosenquote", "al"))
    write("10_danach.ipynb", "# Danach {#sec-danach}", f'{small_report.START}b.text("Mehr in @sec-auftrag.")')
    write("80_anhang.ipynb", "# Anhang {#sec-anhang}", small_report.START)
    write("allgemein/einleitung.ipynb", "# Einleitung {#sec-einleitung}", small_report.START)
    write("allgemein/dimension.ipynb", "# D {#sec-d}", small_report.START, parameters='dimension = ""\n')
    running, left, faults = chosen(root)
    assert running == {
        "einleitung": "notebooks/allgemein/einleitung.ipynb",
        "bevoelkerung": "notebooks/allgemein/dimension.ipynb (Bevölkerung)",
        "arbeitslosigkeit": "notebooks/03_arbeitslosigkeit.ipynb",
        "danach": "notebooks/10_danach.ipynb",
        "anhang": "notebooks/80_anhang.ipynb",
    }
    assert list(running) == ["einleitung", "bevoelkerung", "arbeitslosigkeit", "danach", "anhang"]
    assert not left, "where another stands in, nothing is left out"
    assert not faults, "what the chapter would have set may be referred to"


def test_dimensions_follow_the_catalogue(write):
    root = write("01_bevoelkerung.ipynb", *of_key("anteil_u18"))
    write("10_danach.ipynb", "# Danach {#sec-danach}", small_report.START)
    write("allgemein/dimension.ipynb", "# D {#sec-d}", small_report.START, parameters='dimension = ""\n')
    dimensions = ["Alter", "Bevölkerung", "Räume, weit"]
    running, _, _ = chosen(root, replace(OFFER, dimensions=dimensions))
    assert list(running) == ["alter", "bevoelkerung", "raeume_weit", "danach"]
    (root / "notebooks" / "01_bevoelkerung.ipynb").unlink()
    running, _, _ = chosen(root, replace(OFFER, dimensions=dimensions))
    assert list(running) == ["alter", "bevoelkerung", "raeume_weit", "danach"]


def test_references_that_only_some_projects_can_fulfil(write):
    cells = ("# K {#sec-k}", f'{small_report.START}b.text("Mehr in @sec-plan.")')
    root = write("01_k.ipynb", *cells)
    assert "@sec-plan führt ins Leere" in chosen(root)[2][0]
    write("01_k.ipynb", *cells, wahlweise=["sec-plan"])
    assert not chosen(root)[2]
    project = chapterset.of(open_project(root), OFFER, root / "data").project
    assert "sec-plan" in {label for one in project.left_out for label in one.labels}


def test_with_faulty_data_nothing_is_said_of_keys_that_they_may_have(write):
    root = write("01_k.ipynb", *of_key("mietspiegel"))
    write("02_n.ipynb", "# N {#sec-n}", f'{small_report.START}b.text("@sec-nichts")')
    found = chapterset.of(open_project(root), None, root / "data")
    assert [str(fault).partition(":")[0] for fault in found.faults] == ["notebooks/02_n.ipynb, Zelle 3, Zeile 4"]
    assert [c.name for c in found.project.chapters] == ["k", "n"]


def test_what_is_told_in_the_terminal(write):
    root = write("01_a.ipynb", *GENERAL, eigen="Anderswo")
    write("02_b.ipynb", "# B {#sec-b}", small_report.START, eigen="Anderswo")
    write("03_c.ipynb", "# C {#sec-c}", small_report.START, braucht=["mitte"])
    found = chapterset.of(open_project(root), OFFER, root / "data").project
    assert chapterset.told(found) == [
        "3 Kapitel entfallen, weil sie nicht zu den Daten passen:",
        "  a, b: gehört zum Bericht für Anderswo", "  c: braucht eine mittlere Ebene",
    ]  # fmt: skip
    assert chapterset.told(replace(found, left_out=found.left_out[2:3]))[0].startswith("Ein Kapitel entfällt")
    assert chapterset.told(replace(found, left_out=())) == []


def test_the_quick_look_agrees_with_the_thorough_one(write):
    root = write("01_a.ipynb", *GENERAL, eigen="Anderswo")
    write("02_b.ipynb", "# B {#sec-b}", small_report.START)
    write("allgemein/dimension.ipynb", "# D {#sec-d}", small_report.START, parameters='dimension = ""\n')
    project = open_project(root)
    thorough = chapterset.of(project, OFFER, root / "data").project
    assert chapterset.fitted(project, OFFER).chapters == thorough.chapters


def test_notebooks_of_profiles_that_do_not_fit_are_told_where_they_are_asked_for(write):
    root = write("01_k.ipynb", "# K {#sec-k}", small_report.START)
    write("profil/sozialraum.ipynb", *of_key("mietspiegel"), parameters='raum = ""\n')
    found = chapterset.of(open_project(root), OFFER, root / "data")
    assert not found.faults and not found.project.profiles
    tables = contract.load(root / "data")
    with pytest.raises(InputError, match=r"sozialraum\.ipynb nennt einen Schlüssel, den die Daten nicht haben"):
        profiles.choose(found.project, tables.areas, tables.levels, [])


def test_a_chapter_of_a_text_that_nobody_has_written_is_left_out_without_a_word(write):
    root = write("01_da.ipynb", *of_key("arbeitslosenquote", "da"))
    write("allgemein/vorwort.ipynb", "# Vorwort {#sec-vorwort .unnumbered}", small_report.START, braucht=["vorwort"])
    (root / "report" / "_quarto.yml").write_text("book:\n  chapters: [vorwort.ipynb]\n", encoding="utf-8")
    running, left, faults = chosen(root)
    assert list(running) == ["da"] and not faults
    assert left == {"vorwort": "braucht den Text texte/vorwort.md"}
    assert chapterset.of(open_project(root), OFFER, root / "data").told == []
    running, left, faults = chosen(root, replace(OFFER, texts=["vorwort"]))
    assert list(running) == ["vorwort", "da"] and not left


def test_a_chapter_whose_heading_follows_the_data_says_what_it_is_called(write):
    root = write("01_status.ipynb", small_report.START, braucht=["nachbarn"], titel="Status und Dynamik")
    found = chapterset.of(open_project(root), replace(OFFER, neighbours=False), root / "data")
    assert [one.title for one in found.project.left_out if one.reason] == ["Status und Dynamik"]
