"""Definitions that held in earlier years: each Stand by its own, and nothing compared across the change."""

import shutil
from pathlib import Path

import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.faults import InputError
from sozialbericht.findings.typification import typisierung

CITY = Path(__file__).resolve().parents[1] / "stadt"
HEAD = "indikator;bis;zaehler;nenner;bezug;definition;grund\n"
WHY = "Bis 2004 zählten nur die unter 18-Jährigen als Bezug."


def city(target: Path, *lines: str) -> Path:
    folder = Path(shutil.copytree(CITY, target))
    (folder / "abgrenzungen.csv").write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def test_each_stand_has_the_definition_of_its_time(tmp_path):
    folder = city(tmp_path / "d", f"geburtenrate;2004;;ew_u18;der unter 18-Jährigen;;{WHY}")
    plain, b = Bericht(2006, daten=CITY), Bericht(2006, daten=folder)
    assert b.wert("geburtenrate").wert == plain.wert("geburtenrate").wert or b.wert("geburtenrate").wert.segment == 1
    before = b.wert("geburtenrate", jahr=2004).wert
    young = b.merkmal("ew_u18", b.stadt, "2004-12-31")["wert"].iloc[0]
    assert before.denominator == young
    assert b.wert("geburtenrate", jahr=2005).wert.denominator == plain.wert("geburtenrate", jahr=2005).wert.denominator
    assert not b.aenderung("geburtenrate", seit=2004).ok
    assert b.aenderung("geburtenrate", seit=2005).ok
    assert plain.aenderung("geburtenrate", seit=2004).ok
    assert b.brueche("geburtenrate")["grund"].tolist() == [WHY]


def test_a_report_of_the_time_tells_the_definition_of_the_time(tmp_path):
    folder = city(tmp_path / "d", f"geburtenrate;2004;;ew_u18;der unter 18-Jährigen;;{WHY}")
    assert Bericht(2004, daten=folder).indikator("geburtenrate")["bezug"] == "der unter 18-Jährigen"
    assert Bericht(2004, daten=folder).indikator("geburtenrate")["definition"], "an empty cell is as in the catalogue"
    assert Bericht(2005, daten=folder).indikator("geburtenrate")["nenner"] == "ew"
    assert not Bericht(2004, daten=folder).brueche("geburtenrate").size
    catalogue = Bericht(2004, daten=folder).indikatoren()
    assert catalogue.dtypes.equals(Bericht(2004, daten=CITY).indikatoren().dtypes)


def test_the_typology_knows_of_it(tmp_path):
    folder = city(tmp_path / "d", f"anteil_u18;2004;;ew;;;{WHY}")
    new = Bericht(2006, daten=folder)
    assert typisierung(new).abschnitte == {} or typisierung(new).abschnitte["anteil_u18"] == 1


def test_two_changes_are_two_breaks(tmp_path):
    folder = city(tmp_path / "d", f"geburtenrate;2005;;;;;{WHY}", f"geburtenrate;2004;;ew_u18;;;{WHY}")
    b = Bericht(2006, daten=folder)
    assert [b.wert("geburtenrate", jahr=y).wert.segment for y in (2004, 2005, 2006)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"geburtenrade;2004;;ew;;;{WHY}", "geburtenrade"),
        (f"geburtenrate;2004;;ev;;;{WHY}", "„ev“ gibt es in merkmale.csv nicht"),
        ("geburtenrate;2004;;ew;;;", "grund"),
        (f"geburtenrate;bald;;ew;;;{WHY}", "bis"),
    ],
)
def test_what_is_wrong_with_the_table_is_told(tmp_path, line, told):
    with pytest.raises(InputError, match=told):
        Bericht(2006, daten=city(tmp_path / "d", line))
