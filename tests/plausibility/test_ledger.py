"""Ledger: a row is added to hinweise.csv as it is written there, or nothing is."""

import csv
import shutil

import pytest
import small_report
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.data import contract
from sozialbericht.faults import InputError
from sozialbericht.plausibility import acceptance, ledger, review

HEAD = "regel;raum_id;merkmal;stichtag;wert;grund;kuerzel\n"


@pytest.fixture
def city(tmp_path):
    """The folder of the small city with one number ten times too large."""
    folder = tmp_path / "data"
    shutil.copytree(small_report.CITY, folder)
    path = folder / "werte" / "2005.csv"
    text = path.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith("sr_hafen;geburten;"))
    path.write_text(text.replace(old, old + "0"), encoding="utf-8")
    return folder


def accept(folder, reason="Geprüft: stimmt.", initials="ab"):
    """Accept the only oddity of the folder; returns what is written."""
    tables = contract.load(folder)
    (oddity,) = review.review(tables).open
    return ledger.accept(tables, oddity, reason, initials)


def test_the_file_is_made_and_the_oddity_is_gone(city):
    path, row = accept(city)
    assert path == city / "hinweise.csv"
    assert path.read_text(encoding="utf-8") == f"{HEAD}{row}\n"
    assert row.startswith("sprung;sr_hafen;geburten;31.12.200")
    found = review.review(contract.load(city))
    assert (found.open, len(found.accepted), found.stale) == ((), 1, ())
    assert [one.initials for one in acceptance.of(contract.load(city).others["hinweise"])] == ["ab"]


def test_another_value_makes_it_stale(city):
    accept(city)
    path = city / "werte" / "2005.csv"
    text = path.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith("sr_hafen;geburten;"))
    path.write_text(text.replace(old, old + "0"), encoding="utf-8")
    found = review.review(contract.load(city))
    assert (len(found.open), found.accepted, len(found.stale)) == (1, (), 1)


@pytest.mark.parametrize(
    "before",
    [
        HEAD,
        HEAD.rstrip(),
        "\ufeff" + HEAD,
        HEAD.replace("\n", "\r\n"),
        "kuerzel;grund;wert;stichtag;merkmal;raum_id;regel\n",
        HEAD + "flaeche;sr_hafen;;;;Ist so.;cd\n",
    ],
    ids=["head", "without end of line", "BOM", "Windows", "other order", "with a row"],
)
def test_the_file_stays_as_it_is_written(city, before):
    path = city / "hinweise.csv"
    path.write_bytes(before.encode())
    accept(city)
    content = path.read_bytes().decode()
    assert content.startswith(before.rstrip("\r\n"))
    assert ("\r\n" in content) == ("\r\n" in before)
    assert content.count("\n") == len(content.splitlines())
    assert len(review.review(contract.load(city)).accepted) == 1


@pytest.mark.parametrize(
    ("reason", "initials"),
    [("", "ab"), ("Grund", ""), ("Grund\u202e", "ab"), ("Grund", "a\x07b"), ("  ", "ab")],
)
def test_nothing_is_written_that_the_contract_does_not_take(city, reason, initials):
    with pytest.raises(InputError):
        accept(city, reason, initials)
    assert not (city / "hinweise.csv").exists()


def test_a_second_row_of_the_same_is_refused(city):
    tables = contract.load(city)
    (oddity,) = review.review(tables).open
    ledger.accept(tables, oddity, "Grund", "ab")
    before = (city / "hinweise.csv").read_bytes()
    with pytest.raises(InputError, match="steht schon in"):
        ledger.accept(tables, oddity, "Grund", "ab")
    assert (city / "hinweise.csv").read_bytes() == before


def test_a_workbook_is_left_to_the_analyst(city):
    (city / "hinweise.xlsx").write_bytes(b"x")
    tables = contract.load(small_report.CITY)
    tables.__dict__["folder"] = city
    oddity = review.Oddity("sprung", 9, "", "", "werte/2005.csv", area="sr_hafen", feature="geburten")
    with pytest.raises(InputError, match="Tragen Sie die Zeile selbst ein: sprung;sr_hafen;geburten"):
        ledger.accept(tables, oddity, "Grund", "ab")


def test_a_folder_that_cannot_be_written(city, monkeypatch):
    def full(self, content):
        raise OSError(28, "No space left on device")

    tables = contract.load(city)
    (oddity,) = review.review(tables).open
    monkeypatch.setattr(ledger.Path, "replace", full)
    with pytest.raises(InputError, match="lässt sich nicht schreiben"):
        ledger.accept(tables, oddity, "Grund", "ab")
    assert [path.name for path in city.iterdir() if "hinweise" in path.name] == []


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8), min_size=2, max_size=5))
def test_a_line_is_read_back(values):
    assert (
        next(csv.reader([ledger.line(values)], delimiter=";", strict=True), []) == values
        or "\n" in "".join(values)
        or ("\r" in "".join(values))
    )
