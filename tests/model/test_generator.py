"""The generator reproduces the committed files and meets what is given."""

import csv
from pathlib import Path

import pytest

from sozialbericht.model import generator, outline
from sozialbericht.model.__main__ import main
from sozialbericht.model.assumptions import load, number, rows
from sozialbericht.model.chance import Chance

DATA = Path(__file__).parents[2] / "data"
YEARS = range(2000, 2008)


@pytest.fixture(scope="module")
def values():
    found = {}
    for year in YEARS:
        for row in rows(DATA / "werte" / f"{year}.csv"):
            found[row["raum_id"], row["merkmal"], row["stichtag"]] = number(row["wert"])
    return found


@pytest.fixture(scope="module")
def parents():
    return {r["raum_id"]: r["teil_von"] for r in rows(DATA / "raeume.csv")}


def test_the_committed_files_come_out_byte_for_byte():
    made = generator.values(DATA)
    assert sorted(made) == list(YEARS)
    for year, text in made.items():
        assert (DATA / "werte" / f"{year}.csv").read_bytes() == text.encode(), year


def test_the_committed_geometry_comes_out_byte_for_byte(tmp_path):
    area = load(DATA).parameters["flaeche_km2"] * 1e6
    outline.write(tmp_path / "raeume.geojson", outline.polygons(DATA / "modell", area))
    assert (tmp_path / "raeume.geojson").read_bytes() == (DATA / "raeume.geojson").read_bytes()


def test_given_values_are_met_exactly(values, parents):
    stored = {r["merkmal"] for r in rows(DATA / "merkmale.csv")}
    checked = 0
    for row in rows(DATA / "modell" / "vorgaben.csv"):
        if row["art"] not in {"exakt", "annahme"} or row["merkmal"] not in stored:
            continue
        area, feature, day = row["raum_id"], row["merkmal"], row["stichtag"]
        members = {key for key in parents if area in {key, parents[key], parents.get(parents[key])}}
        total = sum(v for (a, f, d), v in values.items() if (f, d) == (feature, day) and a in members)
        assert total == number(row["wert"]), (area, feature, day)
        checked += 1
    assert checked > 40


def test_parts_do_not_exceed_their_whole(values):
    whole_of = {r["merkmal"]: r["teil_von"] for r in rows(DATA / "merkmale.csv") if r["teil_von"]}
    for (area, feature, day), value in values.items():
        if feature in whole_of:
            whole = values.get((area, whole_of[feature], day))
            assert whole is None or value <= whole, (area, feature, day)


def test_rare_cells_are_few_but_there(values):
    sensitive = {r["merkmal"] for r in rows(DATA / "merkmale.csv") if r["sensibel"] == "ja"}
    for year in YEARS:
        labour = [
            (a, f, d, v)
            for (a, f, d), v in values.items()
            if f in sensitive and f[:2] == "al" and d.endswith(str(year))
        ]
        # Poisson counts around about one to six young long-term unemployed of one sex an area: 40 to 53 are 1 or 2
        assert 30 <= sum(v in {1, 2} for *_, v in labour) <= 65, year
    assert any(v == 0 and f[:2] == "al" for (_, f, d), v in values.items() if d.endswith("2006"))


def test_indicator_formulas_name_known_features():
    features = {r["merkmal"] for r in rows(DATA / "merkmale.csv")}
    for row in rows(DATA / "indikatoren.csv"):
        for term in (row["zaehler"] + " + " + row["nenner"]).split(" + "):
            assert not term or term in features, row["indikator"]


def test_another_seed_gives_other_values_but_the_same_totals():
    inputs = load(DATA)
    first, second = generator.generate(inputs), generator.generate(inputs, seed=1)
    day = max(first["al"])
    assert first["al"][day].sum() == second["al"][day].sum()
    assert (first["al"][day] != second["al"][day]).any()


def test_noise_depends_on_its_words_alone():
    assert Chance(1).uniform("a", 2) == Chance(1).uniform("a", 2) != Chance(2).uniform("a", 2)
    path = Chance(1).path(("a",), list(YEARS), 0.7)
    assert all(-1 < value < 1 for value in path)


def test_the_command_rewrites_a_folder(tmp_path, capsys):
    for name in ("raeume.csv", "merkmale.csv"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    (tmp_path / "modell").mkdir()
    (tmp_path / "werte").mkdir()
    for path in (DATA / "modell").glob("*.csv"):
        (tmp_path / "modell" / path.name).write_bytes(path.read_bytes())
    assert main([str(tmp_path)]) == 0
    assert (tmp_path / "werte" / "2006.csv").read_bytes() == (DATA / "werte" / "2006.csv").read_bytes()
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
    assert "Falscher Aufruf: es fehlt ORDNER" in capsys.readouterr().err


def test_no_place_name_stands_in_the_package():
    names = {part.lower() for r in rows(DATA / "raeume.csv") for part in r["kurzname"].split("/")}
    package = Path(generator.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8").lower() for path in package.glob("*.py"))
    assert not [name for name in names if len(name) > 4 and name in text]


def test_tables_are_written_as_declared():
    for path in DATA.rglob("*.csv"):
        raw = path.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in raw
        with path.open(encoding="utf-8", newline="") as handle:
            widths = {len(row) for row in csv.reader(handle, delimiter=";")}
        assert len(widths) == 1, path


def test_published_counts_have_their_counterpart(values, parents):
    checked = 0
    for row in rows(DATA / "veroeffentlicht.csv"):
        if row["abgleich"] != "exakt" or not row["merkmal"]:
            continue
        area, feature, day = row["raum_id"], row["merkmal"], row["stichtag"]
        members = {key for key in parents if area in {key, parents[key], parents.get(parents[key])}}
        total = sum(values.get((member, feature, day), 0) for member in members)
        assert total == number(row["vergleichswert"]), (area, feature, day)
        checked += 1
    assert checked > 30
