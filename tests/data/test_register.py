"""The register of measures: it may be absent or empty; its keys, states and aims are checked."""

import json
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
HEAD = "raum_id;art;ziel;handlungsfeld;massnahme;traeger;status;beginn;herkunft"
ROW = "{};Maßnahme;Kinder stärken;Eltern unterstützen;Elterncafé;Jugendamt;läuft;2007;beispiel"


@pytest.fixture
def register(city):
    """The small city with the shipped description of the register and two measures."""
    content = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    entry = next(e for e in content["resources"] if e["name"] == "massnahmen")
    city.describe(lambda d: d["resources"].append(entry))
    rows = [ROW.format("st_musterstadt"), ROW.format("sb_nord").replace("café", "kurs").replace("2007", "")]
    (city.folder / "massnahmen.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return city


def test_the_register_is_read(register):
    table = register.load().others["massnahmen"]
    assert list(table["massnahme"]) == ["Elterncafé", "Elternkurs"]
    assert table["beginn"].iloc[0] == 2007 and table["beginn"].isna().iloc[1]


def test_without_the_file_there_is_no_register(register):
    (register.folder / "massnahmen.csv").unlink()
    assert "massnahmen" not in register.load().others


def test_an_empty_register_is_in_order(register):
    (register.folder / "massnahmen.csv").write_text(HEAD + "\n", encoding="utf-8")
    assert register.load().others["massnahmen"].empty


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("st_musterstadt", "sr_nirgends", "raum_id"),
        ("läuft", "laeuft", "status"),
        ("beispiel", "erfunden", "herkunft"),
        ("2007", "1707", "beginn"),
        (";Jugendamt;", ";;", "traeger"),
        ("Kinder stärken;", "Zusammenhalt;", "ziel"),
        ("Maßnahme;", "Vorhaben;", "art"),
    ],
)
def test_a_faulty_entry(register, old, new, column):
    register.edit("massnahmen.csv", old, new)
    fault = register.fault()
    assert column in (fault.column or "") or column in str(fault)
    assert "massnahmen.csv" in str(fault)


def test_what_is_there_is_running(register):
    entry = ROW.format("sb_nord").replace("Maßnahme", "Bestand").replace("Elterncafé", "Treff")
    register.append("massnahmen.csv", entry)
    assert list(register.load().others["massnahmen"]["art"]) == ["Maßnahme", "Maßnahme", "Bestand"]
    register.edit("massnahmen.csv", "Treff;Jugendamt;läuft", "Treff;Jugendamt;geplant")
    fault = register.fault()
    assert "„Treff“ ist Bestand" in fault.what and fault.row == 4


def test_without_the_column_every_entry_is_a_measure(register):
    path = register.folder / "massnahmen.csv"
    rows = [line.split(";") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\n".join(";".join([row[0], *row[2:]]) for row in rows) + "\n", encoding="utf-8")
    assert len(register.load().others["massnahmen"]) == 2


def test_a_measure_stands_once_per_area(register):
    register.append("massnahmen.csv", ROW.format("st_musterstadt"))
    assert "steht schon in Zeile 2" in register.fault().what


def test_every_shipped_entry_is_marked_as_an_example():
    lines = (DATA / "massnahmen.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == HEAD and len(lines) > 30
    assert all(line.endswith(";beispiel") for line in lines[1:])
