"""A project of one's own: from a map, a list and tables to data that are in order and a report."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import geopandas as gpd
import lookalike
import pytest
from lookalike import wished

from sozialbericht import command
from sozialbericht.data import contract
from sozialbericht.faults import InputError
from sozialbericht.order import project
from sozialbericht.order.project import open_project
from sozialbericht.rendering import production
from sozialbericht.scaffold import newproject, template
from sozialbericht.scaffold.given import brief
from sozialbericht.statistics.cube import aggregate


@pytest.fixture(autouse=True)
def _no_project_is_named():
    yield
    project.work_in(None)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def refused(tmp_path: Path, **changes: object) -> str:
    """The faults of a wish; nothing may be left of the project."""
    target = tmp_path / "neu"
    with pytest.raises(InputError) as error:
        newproject.make(wished(tmp_path, target, **changes), print)
    assert not target.exists()
    assert not list(tmp_path.glob(".neu-*")), "a half-made folder stays behind"
    return str(error.value)


# -- what it makes -------------------------------------------------------------------------------------------


def test_areas_keep_their_keys(twenty):
    areas = {row["raum_id"]: row for row in rows(twenty / "data" / "raeume.csv")}
    assert len(areas) == 1 + 4 + 20
    assert areas["pr_0203"]["schluessel"] == "0203"
    assert areas["pr_0203"]["teil_von"] == "bz_02"
    assert (areas["bz_03"]["name"], areas["bz_03"]["teil_von"]) == ("Süd", "st_zwanzigstadt")
    assert [areas[f"pr_{k}"]["nummer"] for k in lookalike.all_keys()] == [str(n) for n in range(1, 21)]


def test_equal_names_are_told_apart_by_the_level_above(twenty):
    names = {row["raum_id"]: row["kurzname"] for row in rows(twenty / "data" / "raeume.csv")}
    assert (names["pr_0101"], names["pr_0401"]) == ("Schloßstraße (Nord)", "Schloßstraße (West)")


def test_values_are_those_of_the_tables(twenty):
    tables = contract.load(twenty / "data")
    assert tables.years == [2017, 2018, 2019]
    found = tables.values.set_index(["raum_id", "merkmal", "stichtag"])["wert"]
    for key in ("0101", "0405"):
        assert tuple(found[f"pr_{key}", m, "2019-12-31"] for m in ("inhabitants", "below_18", "foreigners")) == (
            lookalike.counts(key, 2019)
        )


def test_an_area_that_the_values_know_only_later_exists_from_then_on(twenty):
    late = next(r for r in rows(twenty / "data" / "raeume.csv") if r["schluessel"] == lookalike.LATE)
    assert late["gueltig_von"] == "01.01.2018"
    tables = contract.load(twenty / "data")
    cube = aggregate(tables.values, tables.areas).set_index(["raum_id", "merkmal", "stichtag"])
    for year in (2017, 2019):
        chosen = [k for k in lookalike.all_keys() if k != lookalike.LATE or year > 2017]
        whole = sum(lookalike.counts(k, year)[0] for k in chosen)
        assert cube.at[("st_zwanzigstadt", "inhabitants", f"{year}-12-31"), "wert"] == whole


def test_the_catalogue_has_shares_of_the_population(twenty):
    indicators = {row["indikator"]: row for row in rows(twenty / "data" / "indikatoren.csv")}
    assert set(indicators) == {"below_18_anteil", "foreigners_anteil"}
    assert indicators["below_18_anteil"]["nenner"] == "inhabitants"
    features = {row["merkmal"]: row for row in rows(twenty / "data" / "merkmale.csv")}
    assert (features["below_18"]["sensibel"], features["below_18"]["teil_von"]) == ("ja", "inhabitants")
    assert features["inhabitants"]["sensibel"] == "nein"
    assert {row["quelle"] for row in features.values()} == {"Erfundene Zahlen"}


def test_polygons_stay_where_they_are(twenty, tmp_path):
    before = gpd.read_file(lookalike.polygons(tmp_path)).set_index("SCHLUESSEL").geometry
    made = gpd.read_file(twenty / "data" / "raeume.geojson").set_index("raum_id").geometry
    assert len(made) == 20
    for key in lookalike.all_keys():
        assert made[f"pr_{key}"].equals_exact(before[key], 1e-6)


def test_nothing_of_the_demonstration_is_in_it(twenty):
    names = {r["kurzname"] for r in rows(template.Template().root / "data" / "raeume.csv")} - {"Hafen"}
    for path in [*twenty.glob("data/*.*"), *twenty.rglob("*.ipynb"), *twenty.glob("report/*.qmd")]:
        assert "Dortmund" not in path.read_text(encoding="utf-8"), path
    assert not names & {r["kurzname"] for r in rows(twenty / "data" / "raeume.csv")}
    assert json.loads((twenty / "data" / "datapackage.json").read_text(encoding="utf-8"))["status"] == "amtlich"


def test_what_is_made_is_in_order(twenty):
    names = [c.name for c in open_project(twenty).chapters]
    assert names[:5] == ["index", "vorwort", "stellungnahme", "kurzfassung", "einleitung"] and "tabellen" in names
    assert not {"bildung", "aktionsplan"} & set(names) and "glossar" in names, "chapters and texts of another city"
    assert production.check(open_project(twenty), Path("data"), 2019, cache=False) == [2017, 2018, 2019]
    assert not (twenty / "build").exists() or not list((twenty / "build").glob("20*"))


def test_its_notebooks_begin_with_a_year_that_it_has(twenty):
    """They can be run in JupyterLab as they are."""
    paths = sorted((twenty / "notebooks").rglob("*.ipynb"))
    assert len(paths) > 10
    for path in paths:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        told = next("".join(c["source"]) for c in cells if "parameters" in c["metadata"].get("tags", []))
        given = dict(line.split(" = ") for line in told.splitlines() if line.startswith(("jahr", "vergleichsjahr")))
        assert given == {"jahr": "2019", "vergleichsjahr": "2018"}, path


def test_it_has_the_handbook_with_its_pictures(twenty):
    text = (twenty / "docs" / "handbuch.md").read_text(encoding="utf-8")
    shown = re.findall(r"\]\((bilder/[^)]+)\)", text)
    assert shown and all((twenty / "docs" / path).is_file() for path in shown)


@pytest.mark.slow
def test_it_renders_at_once(twenty, tmp_path):
    shutil.copytree(twenty, tmp_path / "p")
    request = production.Request(2019, engine="builtin", data=tmp_path / "p" / "data")
    made = production.make(request, root=tmp_path / "p")
    page = (made.page.parent / "bevoelkerung.html").read_text(encoding="utf-8")
    assert "fig-dim-below-18-anteil-karte" in page
    assert "Zwanzigstadt" in page and made.pdf.stat().st_size > 20_000


FIVE = {
    2019: ("1203;204;310", "800;120;199", "2301;500;-", "410;77;120", "950;2;300"),
    2020: ("1213;214;300", "830;124;195", "2331;510;400", "420;70;121", "951;130;."),
}


@pytest.mark.slow
@pytest.mark.parametrize("values", [True, False], ids=["werte", "ohne Werte"])
def test_five_areas_without_polygons_render(tmp_path, values):
    """Charts and tables only; one count is withheld by the office, one is small, one is nothing."""
    path = tmp_path / "liste.csv"
    places = [f"0{n};{name}" for n, name in enumerate(("Altdorf", "Neudorf", "Hafen *", "Heide", "Mühle & Söhne"), 1)]
    path.write_text("\n".join(["Nr;Name", *places, ""]), encoding="utf-8")
    tables = []
    for year, cells in FIVE.items():
        tables.append(tmp_path / f"w-{year}-12-31.csv")
        lines = [f"0{n};{row}" for n, row in enumerate(cells, 1)]
        tables[-1].write_text("\n".join(["Nr;Einwohner;unter 18;ab 65", *lines, ""]), encoding="utf-8")
    given = {"areas": path, "key": "Nr", "levels": (brief.level("Kiez/Kieze/m"),), "date": brief.date("31.12.2020")}
    wish = wished(tmp_path, tmp_path / "p", **given, values=tuple(tables) if values else ())
    said = []
    newproject.make(wish, said.append)
    assert "  typisierung, aktionsraeume, folgerungen: braucht mindestens 20 Gebiete, hier sind es 5" in "\n".join(said)
    request = production.Request(2020, engine="builtin", data=tmp_path / "p" / "data", formats=("html",))
    made = production.make(request, root=tmp_path / "p")
    pages = {page.name: page.read_text(encoding="utf-8") for page in made.page.parent.glob("*.html")}
    assert {"einleitung.html", "bevoelkerung.html", "tabellen.html", "methoden.html"} <= set(pages)
    assert not {"typisierung.html", "status_dynamik.html", "aktionsraeume.html"} & set(pages)
    assert "Typisierung der Kieze: braucht mindestens 20 Gebiete, hier sind es 5." in pages["datenstand.html"]
    assert not [name for name, page in pages.items() if re.search('data-bild="[^"]*-karte"', page)], "there are no maps"


@pytest.mark.slow
def test_without_polygons_everything_else_renders(tmp_path):
    """The look-alike as a list, with signs for the typology: types and Aktionsräume without a map."""
    wish = wished(tmp_path, tmp_path / "p", areas=lookalike.listed(tmp_path), key="Schlüssel",
                  levels=(brief.level("planungsraum"), brief.level("bezirk:BEZ:Bezirk")))  # fmt: skip
    newproject.make(wish, lambda line: None)
    path = tmp_path / "p" / "data" / "indikatoren.csv"
    listed = rows(path)
    for row in listed:
        row |= {"typ_vorzeichen": "1", "richtung": "belastung"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(listed)
    request = production.Request(2019, engine="builtin", data=tmp_path / "p" / "data", draft=True)
    said = []
    made = production.make(request, root=tmp_path / "p", say=said.append)
    gone = next(at for at, line in enumerate(said) if line.startswith("Ein Kapitel entfällt"))
    assert said[gone + 1].strip().startswith("folgerungen: "), "there is no register"
    pages = {page.name: page.read_text(encoding="utf-8") for page in made.page.parent.glob("*.html")}
    assert {"typisierung.html", "status_dynamik.html", "raeumliche_struktur.html", "aktionsraeume.html"} <= set(pages)
    assert "fig-typen-karte" not in pages["typisierung.html"] and "fig-typen-profil" in pages["typisierung.html"]


# -- what it refuses ----------------------------------------------------------------------------------------


def test_a_key_at_two_places_shows_both_and_never_advises_to_join_them(tmp_path):
    told = refused(tmp_path, areas=lookalike.polygons(tmp_path, wrong=True))
    assert "Der Schlüssel „0102“ steht bei zwei Gebieten: „Viertel 102“ (2. Fläche bei 10,007° O, 51,015° N" in told
    assert "„Schloßstraße“ (16. Fläche bei 10,457° O, 51,005° N, neben 0402" in told
    assert "km auseinander" in told
    assert "--correct 16=0401" in told, "the key that has values and no area belongs to the place beside 0402"
    assert "In den Werten, aber bei keinem Gebiet steht 0401" in told
    assert "erein" not in told, "two places are not joined"


def test_a_corrected_key(tmp_path):
    areas = lookalike.polygons(tmp_path, wrong=True)
    newproject.make(wished(tmp_path, tmp_path / "neu", areas=areas, corrected={16: "0401"}), print)
    names = {r["schluessel"]: r["name"] for r in rows(tmp_path / "neu" / "data" / "raeume.csv")}
    assert names["0401"] == "Schloßstraße (West)"


def test_parts_of_an_area_that_touch_are_one(tmp_path, capsys):
    path = lookalike.polygons(tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    more = lookalike.feature("0105", 5)
    more["geometry"]["coordinates"] = [
        [[10.014, 51.04], [10.02, 51.04], [10.02, 51.05], [10.014, 51.05], [10.014, 51.04]]
    ]
    content["features"].append(more)
    path.write_text(json.dumps(content), encoding="utf-8")
    wish = wished(tmp_path, tmp_path / "neu", areas=path, values=())
    path.write_text(json.dumps(content), encoding="utf-8")
    newproject.make(wish, print)
    assert "Viertel 105 (0105): mehrere Flächen, die sich berühren, sind eine geworden." in capsys.readouterr().out


def test_faults_of_areas_and_values_come_together(tmp_path):
    table = tmp_path / "fremd-2019-12-31.csv"
    table.write_text("id;inhabitants\n0101;5\n", encoding="utf-8")
    undated = tmp_path / "ohne.csv"
    undated.write_text("id;inhabitants\n0101;5\n", encoding="utf-8")
    told = refused(
        tmp_path, values=(table, undated, tmp_path / "fehlt.csv"),
        levels=(brief.level("planungsraum"), brief.level("bezirk:BEZIRK")),
    )  # fmt: skip
    for words in ("Der Stichtag der Werte ist nicht gesagt", "Die Datei fehlt", "Die Spalte „BEZIRK“ gibt es in"):
        assert words in told


def test_it_never_replaces_anything(tmp_path):
    target = tmp_path / "neu"
    target.mkdir()
    (target / "notiz.txt").write_text("meine", encoding="utf-8")
    with pytest.raises(InputError, match="nicht leer"):
        newproject.make(wished(tmp_path, target), print)
    with pytest.raises(InputError, match="nicht leer"):
        newproject.demonstration(target, print)
    assert [path.name for path in target.iterdir()] == ["notiz.txt"]
    (target / "notiz.txt").unlink()
    newproject.demonstration(target, print)
    assert (target / "render.py").is_file()


def test_half_made_folders_are_removed(tmp_path, monkeypatch):
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(newproject, "_chapters", stopped)
    with pytest.raises(KeyboardInterrupt):
        newproject.make(wished(tmp_path, tmp_path / "neu" / "tief"), print)
    assert not (tmp_path / "neu").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_broken_polygons_are_named_at_the_file_they_come_from(tmp_path):
    path = lookalike.polygons(tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    ring = content["features"][3]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    wish = wished(tmp_path, tmp_path / "neu", areas=path)
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=r"gebiete\.geojson.*pr_0104"):
        newproject.make(wish, print)


# -- the command --------------------------------------------------------------------------------------------


def test_the_demonstration_is_complete(tmp_path, capsys):
    assert command.main(["new", str(tmp_path / "beispiel"), "--demo"]) == 0
    assert "cd " in capsys.readouterr().out
    made, root = tmp_path / "beispiel", template.Template().root
    for part in ("notebooks", "report", "data"):
        shipped = {
            p.relative_to(root) for p in (root / part).rglob("*") if p.is_file() and "__pycache__" not in p.parts
        }
        assert shipped == {p.relative_to(made) for p in (made / part).rglob("*") if p.is_file()}
    assert command.main(["render", "--check", "--project", str(made)]) == 0
    assert "2007" in capsys.readouterr().out


def test_options_of_the_command(tmp_path, capsys, monkeypatch):
    areas, district = lookalike.polygons(tmp_path), lookalike.districts(tmp_path)
    tables = [str(path) for path in lookalike.values(tmp_path)]
    monkeypatch.chdir(tmp_path)
    arguments = ["new", "p", "--areas", areas.name, "--key", "SCHLUESSEL", "--name", "NAME", "--level", "planungsraum"]
    arguments += [f"bezirk:{district.name}", "--city", "Zwanzigstadt", "--values", *tables, "--yes"]
    assert command.main([*arguments, "--columns", "inhabitants", "below_18"]) == 0
    said = capsys.readouterr().out
    assert "20 Planungsräume, 1 Indikatoren" in said
    assert "Weiter: cd p && python render.py --year 2019" in said
    assert command.main(arguments) == 2, "it is there already"


@pytest.mark.parametrize(("file", "installed"), [("dist-info/RECORD", True), ("egg-info/PKG-INFO", False)])
def test_a_project_is_rendered_by_a_python_that_knows_the_package(file, installed, tmp_path, monkeypatch):
    """Where it was only built, by another Python, its checkout has a folder that looks like an installed package."""
    path = tmp_path / f"sozialbericht-1.{file}"
    path.parent.mkdir()
    path.write_text("Name: sozialbericht\n")
    found = [metadata.Distribution.at(path.parent)]
    monkeypatch.setattr(metadata, "distributions", lambda *, name: found if name == "sozialbericht" else [])
    said = []
    newproject.demonstration(tmp_path / "p", said.append)
    install = f"Zuvor einmal: python -m pip install --no-deps -e {project.PACKAGE.parent}"
    assert (install in said) == (not installed)
    assert said[-1] == f"Weiter: cd {tmp_path / 'p'} && python render.py --year 2006"


def test_wrong_calls_name_every_fault(tmp_path, capsys):
    arguments = [
        "new",
        str(tmp_path / "p"),
        "--yes",
        "--level",
        "kiez",
        "--date",
        "gestern",
        "--units",
        "x",
        "--correct",
        "a=b",
    ]
    assert command.main(arguments) == 2
    said = capsys.readouterr().err
    for option in ("--areas", "--city", "--level", "--date", "--units", "--correct"):
        assert f"\n{option}: " in said
    assert "--demo" in said and "Kiez/Kieze/m" in said
    assert command.main(["new"]) == 2
    assert command.main(["new", "--year", "2008", "--dimension", "x"]) == 2


def test_the_command_works_in_any_folder_of_a_project(twenty, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(twenty / "notebooks")
    assert command.main(["render", "--check"]) == 0
    monkeypatch.chdir(tmp_path)
    assert command.main(["--project", str(twenty), "render", "--check"]) == 0
    assert capsys.readouterr().out.count("Werte gibt es für 2017, 2018, 2019.") == 2
    assert command.main(["render", "--check", "--project", str(tmp_path)]) == 2
    assert "sozialbericht new" in capsys.readouterr().err


def test_outside_of_a_project_every_command_says_what_to_do(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(project, "PACKAGE", tmp_path / "site-packages" / "sozialbericht")
    monkeypatch.chdir(tmp_path)
    for arguments in (["render", "--check"], ["cache"], ["new", "--year", "2008"], ["audit", "--year", "2006"]):
        assert command.main(arguments) == 2, arguments
        assert "sozialbericht new ORDNER" in capsys.readouterr().err, arguments


def test_render_py_says_what_is_not_installed(twenty, tmp_path):
    done = subprocess.run(
        [sys.executable, "-IS", twenty / "render.py"], cwd=tmp_path, capture_output=True, text=True, check=False,
        encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 1 and done.stderr.startswith("Dieses Python kennt das Paket „sozialbericht“ nicht.\n  → ")
    assert "Traceback" not in done.stderr and "python -m pip install --no-deps -e ." in done.stderr


def test_render_py_works_in_its_own_folder(twenty, tmp_path):
    done = subprocess.run(
        [sys.executable, twenty / "render.py", "--check"], cwd=tmp_path, capture_output=True, text=True, check=False,
        encoding="utf-8", env={"PYTHONPATH": str(project.PACKAGE.parent), "PATH": ""},
    )  # fmt: skip
    assert "Werte gibt es für 2017, 2018, 2019." in done.stdout, done.stderr
