"""Characters that no font of the report has are refused before anything runs."""

import dataclasses
import shutil
from pathlib import Path

import pytest
import small_report

from sozialbericht.data import contract
from sozialbericht.faults import InputError
from sozialbericht.order.project import open_project
from sozialbericht.rendering import production
from sozialbericht.stitching import glyphs


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(small_report.CITY, folder)
    return folder


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_shipped_and_small_data_can_be_printed(data: Path) -> None:
    assert glyphs.check(contract.load(data)) == []
    assert glyphs.check(contract.load(small_report.ROOT / "data")) == []


@pytest.mark.parametrize("sign", ["\U0001f642", "東", "ع", "\ue000", "\U00020000"])
def test_a_sign_without_a_font_is_named(data: Path, sign: str) -> None:
    replaced(data / "raeume.csv", "Hafen;Hafen", f"Hafen {sign};Hafen")
    faults = glyphs.check(contract.load(data))
    assert [(f.place, f.column) for f in faults] == [("data/raeume.csv", "name")]
    assert f"U+{ord(sign):04X}" in faults[0].what and "sr_hafen" in faults[0].what


def test_other_european_scripts_can_be_printed(data: Path) -> None:
    replaced(data / "raeume.csv", "Hafen;Hafen", "Łódź Ğüş Αθήνα Київ;Hafen")
    assert glyphs.check(contract.load(data)) == []


def test_the_status_line_counts(data: Path) -> None:
    tables = dataclasses.replace(contract.load(data), status_text="Modell \U0001f642")
    assert [f.place for f in glyphs.check(tables)] == ["data/datapackage.json"]


def test_the_check_refuses(tmp_path: Path) -> None:
    folder = small_report.project(tmp_path)
    replaced(folder / "data" / "indikatoren.csv", "Geburtenrate;", "Geburtenrate \U0001f476;")
    with pytest.raises(InputError, match=r"indikatoren\.csv.*Spalte „bezeichnung“.*U\+1F476"):
        production.check(open_project(folder), folder / "data", 2006)
