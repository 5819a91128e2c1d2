"""A year and a dimension of a project that is there, and the questions where a person sits at the keyboard."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import lookalike
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht import command
from sozialbericht.data import contract
from sozialbericht.faults import InputError
from sozialbericht.fitting import chapterset
from sozialbericht.order import project
from sozialbericht.order.offer import Offer
from sozialbericht.order.project import open_project
from sozialbericht.rendering import production
from sozialbericht.scaffold import newcommand, newdimension, newyear
from sozialbericht.scaffold.conversation import Conversation
from sozialbericht.status import Status


@pytest.fixture
def own(twenty: Path, tmp_path: Path) -> Path:
    """A project that a test may change."""
    shutil.copytree(twenty, tmp_path / "p")
    return tmp_path / "p"


def files(root: Path) -> dict[str, bytes]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in root.rglob("*")
        if p.is_file() and "build" not in p.parts
    }


# -- a year -------------------------------------------------------------------------------------------------


def test_a_year_has_the_rows_of_the_year_before_without_values(own, capsys):
    newyear.make(own, 2020, print)
    tables = contract.load(own / "data")
    assert tables.years[-1] == 2020
    new = tables.values[tables.values["stichtag"].dt.year == 2020]
    assert len(new) == 3 * 20 and set(new["status"]) == {Status.MISSING}
    assert set(new["stichtag"].astype(str)) == {"2020-12-31"}
    assert "60 Zeilen wie 2019, alle noch „…“" in capsys.readouterr().out
    described = json.loads((own / "data" / "datapackage.json").read_text(encoding="utf-8"))
    werte = next(r for r in described["resources"] if r["name"] == "werte")
    assert werte["path"] == [f"werte/{year}.csv" for year in range(2017, 2021)]
    assert production.check(open_project(own), own / "data", 2020, cache=False)[-1] == 2020


def test_a_year_before_all_others_leaves_out_areas_that_did_not_exist(own):
    newyear.make(own, 2016, print)
    tables = contract.load(own / "data")
    new = tables.values[tables.values["stichtag"].dt.year == 2016]
    assert len(new) == 3 * 19
    assert not (new["raum_id"] == f"pr_{lookalike.LATE}").any()
    text = (own / "data" / "datapackage.json").read_text(encoding="utf-8")
    assert text.index("werte/2016.csv") < text.index("werte/2017.csv")


def test_only_the_list_of_years_changes_in_the_contract(tmp_path):
    shutil.copytree(Path(__file__).parents[1] / "stadt", tmp_path / "data")
    before = (tmp_path / "data" / "datapackage.json").read_text(encoding="utf-8")
    newyear.make(tmp_path, 2007, print)
    after = (tmp_path / "data" / "datapackage.json").read_text(encoding="utf-8")
    assert re.sub(r',\s*"werte/2007\.csv"', "", after) == before
    contract.load(tmp_path / "data")


def test_a_leap_day_becomes_the_28th(own):
    path = own / "data" / "werte" / "2020.csv"
    rows = [f"pr_{k};inhabitants;29.02.2020;5" for k in lookalike.all_keys()]
    path.write_text("\n".join(["raum_id;merkmal;stichtag;wert", *rows, ""]), encoding="utf-8")
    newyear.make(own, 2021, print)
    assert "28.02.2021" in (own / "data" / "werte" / "2021.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(("year", "words"), [(2019, "gibt es schon"), (12, "kein Berichtsjahr")])
def test_years_that_cannot_be(own, year, words):
    before = files(own)
    with pytest.raises(InputError, match=words):
        newyear.make(own, year, print)
    assert files(own) == before


# -- a dimension --------------------------------------------------------------------------------------------


def test_a_dimension_is_a_chapter_in_its_place_and_rows_to_fill(own, capsys):
    before = {name: (own / "data" / f"{name}.csv").read_bytes() for name in ("merkmale", "indikatoren")}
    newdimension.make(own, "kinderbetreuung", print)
    for name, content in before.items():
        now = (own / "data" / f"{name}.csv").read_bytes()
        assert now.startswith(content) and now[len(content) :].count(b"\n") == 1
    chapters = [c.name for c in open_project(own).chapters]
    assert chapters[3:6] == ["kurzfassung", "einleitung", "kinderbetreuung"], "general ones are not listed"
    assert (own / "notebooks" / "01_kinderbetreuung.ipynb").is_file()
    tables = contract.load(own / "data")
    chosen = chapterset.of(open_project(own), Offer.of(tables), own / "data")
    assert [c.name for c in chosen.project.chapters][2:5] == ["einleitung", "bevoelkerung", "kinderbetreuung"]
    assert [c.dimension for c in chosen.project.chapters][2:5] == ["", "Bevölkerung", ""]
    row = contract.load(own / "data").indicators.loc["kinderbetreuung_anteil"]
    assert (row["dimension"], row["nenner"], row["bezug_monat"]) == ("Kinderbetreuung", "inhabitants", 12)
    assert "notebooks/01_kinderbetreuung.ipynb" in capsys.readouterr().out


def test_a_notebook_of_the_house_is_as_jupyter_saves_it(own):
    newdimension.make(own, "Kinder & Jugend", print)
    text = (own / "notebooks" / "01_kinder_jugend.ipynb").read_text(encoding="utf-8")
    content = json.loads(text)
    assert text == json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert len(content["cells"]) <= 12
    assert [c["metadata"].get("tags") for c in content["cells"]].count(["parameters"]) == 1
    assert "$" not in text


@pytest.mark.parametrize("name", ["bevölkerung", "Einleitung", "–"])
def test_dimensions_that_are_there_already(own, name):
    before = files(own)
    with pytest.raises(InputError):
        newdimension.make(own, name, print)
    assert files(own) == before


def test_nothing_changes_where_a_dimension_cannot_be_made(own, monkeypatch):
    def faulty(*_: object, **__: object) -> None:
        raise InputError([])

    before = files(own)
    monkeypatch.setattr(production, "check", faulty)
    with pytest.raises(InputError):
        newdimension.make(own, "kinderbetreuung", print)
    assert files(own) == before


def test_a_catalogue_as_excel_writes_it_stays_so(own):
    path = own / "data" / "merkmale.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n"))
    newdimension.make(own, "kinderbetreuung", print)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfmerkmal;") and content.count(b"\xef\xbb\xbf") == 1
    assert content.count(b"\n") == content.count(b"\r\n") == 1 + 4


def test_the_command_inside_a_project(own, monkeypatch, capsys):
    monkeypatch.chdir(own / "data")
    assert command.main(["new", "--year", "2020"]) == 0
    assert command.main(["new", "--dimension", "Wohnen"]) == 0
    assert "Angelegt: data/werte/2020.csv" in capsys.readouterr().out
    project.work_in(None)


# -- questions ----------------------------------------------------------------------------------------------


def answering(*answers: str) -> tuple[Conversation, list[str]]:
    waiting, said = list(answers), []

    def ask(question: str) -> str:
        said.append(question)
        return waiting.pop(0)

    return Conversation(ask, said.append), said


def test_a_conversation_asks_for_what_is_open_and_proposes(tmp_path, monkeypatch, capsys):
    areas, district = lookalike.polygons(tmp_path), lookalike.districts(tmp_path)
    table = lookalike.values(tmp_path)[2]
    monkeypatch.setattr(newcommand.sys.stdin, "isatty", lambda: True, raising=False)
    answers = [
        "fehlt.geojson", str(areas), "", "falsch", "NAME", "", "Zwanzigstadt", "kiez", "planungsraum",
        f"bezirk:{district}", "", "nichts.csv", str(table), "", "Meldewesen",
    ]  # fmt: skip
    talk, said = answering(*answers)
    monkeypatch.setattr(newcommand, "Conversation", lambda ask, say: talk)
    assert command.main(["new", str(tmp_path / "p")]) == 0
    assert any("Die Datei fehlt.geojson gibt es nicht." in line for line in said)
    assert any("[SCHLUESSEL]" in line for line in said), "the proposal stands in brackets"
    assert any("Eine Spalte „falsch“ gibt es nicht" in line for line in said)
    assert any("kennt der Bericht nicht" in line for line in said)
    tables = contract.load(tmp_path / "p" / "data")
    assert tables.levels == ["stadt", "bezirk", "planungsraum"]
    assert set(tables.features["quelle"]) == {"Meldewesen"}
    assert "Angelegt und geprüft" in capsys.readouterr().out


def test_stopping_leaves_nothing(tmp_path, monkeypatch, capsys):
    def ask(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(newcommand.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", ask)
    assert command.main(["new", str(tmp_path / "p")]) == 1
    assert "Abgebrochen; es wurde nichts angelegt." in capsys.readouterr().err
    assert not (tmp_path / "p").exists()


@settings(deadline=None, max_examples=15)
@given(st.text(max_size=30))
def test_every_name_of_a_dimension_is_a_chapter_or_a_fault(tmp_path_factory, name):
    """Whatever is typed, the rows and the heading hold it as text."""
    root = tmp_path_factory.mktemp("d")
    shutil.copytree(Path(__file__).parents[1] / "stadt", root / "data")
    (root / "notebooks").mkdir()
    (root / "report").mkdir()
    (root / "report" / "index.qmd").write_text("# Zu diesem Bericht\n", encoding="utf-8")
    (root / "report" / "_quarto.yml").write_text("book:\n  chapters:\n    - index.qmd\n", encoding="utf-8")
    before = files(root)
    try:
        newdimension.make(root, name, lambda line: None)
    except InputError:
        assert files(root) == before
    else:
        assert len(open_project(root).chapters) == 2
