"""The annex made from the catalogue: one table a page, time series with their breaks, the guide to the tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.subjects import timetables
from sozialbericht.subjects.annex import balanced, slugged
from sozialbericht.writing.blocks import Block

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def report() -> Bericht:
    """The report of 2006 from the demonstration data."""
    return Bericht(2006, 2005, ROOT / "data")


def rows(markdown: str) -> list[list[str]]:
    """The cells of a block's table, its head first."""
    lines = [line for line in markdown.splitlines() if line.startswith("|") and "---" not in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize(
    ("count", "most", "sizes"),
    [(18, 8, [6, 6, 6]), (15, 8, [8, 7]), (8, 8, [8]), (1, 8, [1]), (9, 8, [5, 4]), (0, 8, [])],
)
def test_parts_are_as_few_and_as_equal_as_can_be(count: int, most: int, sizes: list[int]) -> None:
    parts = balanced([str(n) for n in range(count)], most)
    assert [len(part) for part in parts] == sizes
    assert [name for part in parts for name in part] == [str(n) for n in range(count)]


def test_labels_are_ascii() -> None:
    assert slugged("Kinder & Jugendliche, Übergänge") == "kinder-jugendliche-uebergaenge"


def test_each_dimension_begins_on_a_new_page(report: Bericht, shown: list[Block]) -> None:
    report.anhang().tabellen("Bevölkerung")
    heading, first, *others = [block.markdown for block in shown]
    assert 'seite="neu"' in heading
    assert 'seite="neu"' not in first.splitlines()[0]
    assert others
    assert all('seite="neu"' in other.splitlines()[0] for other in others)


def test_every_indicator_stands_in_the_tables_of_its_dimension(report: Bericht, shown: list[Block]) -> None:
    for dimension in report.dimensionen():
        shown.clear()
        report.anhang().tabellen(dimension)
        heads = sum("Bereich" not in head for block in shown[1:] for head in rows(block.markdown)[0][1:])
        assert heads == len(report.indikatoren(dimension))


def test_a_break_stands_in_the_head_and_in_the_source_line(report: Bericht, shown: list[Block]) -> None:
    timetables.tabelle_jahre(report, "al_rate", id="tbl-jahre")
    table = rows(shown[0].markdown)
    assert table[0] == ["Stadtbezirk", "2000", "2001", "2002", "2003", "2004", "Bruch 2005", "2006"]
    assert "Über den Bruch hinweg nicht vergleichbar" in shown[0].markdown
    assert table[-1][0] == "Dortmund"
    assert len(table) == 1 + 12 + 1


def test_columns_are_the_years_of_the_stand_not_of_the_report(report: Bericht, shown: list[Block]) -> None:
    timetables.tabelle_jahre(report, "svb_quote", id="tbl-a")
    timetables.tabelle_jahre(report, "normalgewicht", id="tbl-b")
    assert rows(shown[0].markdown)[0][-1] == "2005"
    assert rows(shown[1].markdown)[0][-1] == "2005/06"


def test_a_series_that_begins_with_its_law_has_no_break(report: Bericht, shown: list[Block]) -> None:
    timetables.tabelle_jahre(report, "sgb2_quote", id="tbl-jahre")
    assert rows(shown[0].markdown)[0] == ["Stadtbezirk", "2005", "2006"]


def test_changes_up_to_their_base_year_are_not_meaningful(report: Bericht, shown: list[Block]) -> None:
    report.anhang().zeitreihen("Bevölkerung")
    city = next(row for row in rows(shown[1].markdown) if row[0].startswith("Bevölkerungsentwicklung"))
    assert city[2:5] == ["x", "x", "x"]
    assert "x" not in city[5:]
    assert "„x“ nicht sinnvoll" in shown[1].markdown


def test_printed_values_are_those_of_the_report(report: Bericht, shown: list[Block]) -> None:
    timetables.tabelle_jahre(report, "al_rate", id="tbl-jahre")
    table = rows(shown[0].markdown)
    for row, area in zip(table[1:], [*report.raeume("stadtbezirk").index, report.stadt], strict=True):
        assert row[-1] == report.wert("al_rate", str(area)).zahl


def test_a_single_stand_is_said_in_a_sentence(report: Bericht, shown: list[Block]) -> None:
    report.anhang().zeitreihen("Einkommen")
    assert len(shown) == 2
    assert "nur ein Stand vor (2001)" in shown[1].markdown


def test_the_guide_names_only_tables_that_are_made(report: Bericht, shown: list[Block]) -> None:
    report.anhang().wegweiser()
    named = set(re.findall(r"@(tbl-[\w-]+)", shown[0].markdown))
    shown.clear()
    for dimension in report.dimensionen():
        report.anhang().tabellen(dimension)
        report.anhang().zeitreihen(dimension)
    made = {found[1] for block in shown if (found := re.match(r"::: \{#(tbl-[\w-]+)", block.markdown))}
    assert named <= made


def test_a_sheet_says_how_its_stand_is_chosen(report: Bericht, shown: list[Block]) -> None:
    for name in ("al_rate", "svb_quote", "ek_index", "hze_rate", "normalgewicht", "ueb_gymnasium"):
        report.anhang().blatt(name)
    rules = ["jüngster September bis zum Berichtsjahr", "jüngster Juni bis ein Jahr vor dem Berichtsjahr",
             "jüngstes Jahr bis vier Jahre vor dem Berichtsjahr", "jüngstes Jahr bis ein Jahr vor dem Berichtsjahr",
             "jüngstes Schuljahr, das spätestens ein Jahr vor dem Berichtsjahr beginnt",
             "jüngstes Schuljahr, das spätestens im Berichtsjahr beginnt"]  # fmt: skip
    for rule, block in zip(rules, shown, strict=True):
        assert rule in block.markdown


def test_the_data_status_lists_every_feature_under_its_source(report: Bericht, shown: list[Block]) -> None:
    report.anhang().datenstand(id="tbl-datenstand")
    table = rows(shown[0].markdown)[1:]
    sources = [row for row in table if row[1:] == ["", "", ""]]
    assert len(table) - len(sources) == len(report.merkmale())
    assert {row[0] for row in sources} == set(report.merkmale()["quelle"])
