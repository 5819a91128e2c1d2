"""Which counts readers of a finished report know."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozialbericht.audit import sources
from sozialbericht.audit.cells import Cell
from sozialbericht.audit.readers.channels import Publication
from sozialbericht.audit.readers.readings import Passage, Reading
from sozialbericht.release import visible

CITY = Path(__file__).parents[1] / "stadt"


@pytest.fixture(scope="module")
def shown():
    return sources.shown(CITY, 2006)


def published(*passages: tuple[str, str, str]) -> Publication:
    """A publication with cells of a table: heading of the column, of the row, text."""
    cells = tuple(Passage("Tabelle", "tabellen.html", text, (column, row)) for column, row, text in passages)
    return Publication(CITY, {"tabellen.html": Reading(cells)})


def printed(table) -> set[Cell]:
    rows = table[table["gedruckt"]]
    return {Cell(row.raum_id, row.merkmal, f"{row.stichtag:%Y-%m-%d}") for row in rows.itertuples()}


def test_a_count_in_a_table_is_known(shown) -> None:
    count = shown.known[Cell("sr_hafen", "alo", "2006-09-30")]
    table = visible.counts(published(("Arbeitslose", "Hafen", f"{count:.0f}")), shown)
    assert Cell("sr_hafen", "alo", "2006-09-30") in printed(table)
    assert {cell.area for cell in printed(table)} == {"sr_hafen"}


def test_a_count_that_follows_from_a_printed_rate_is_known(shown) -> None:
    row = shown.rows["hilfequote", 2006, "sr_altstadt"]
    (above,), _ = shown.summands("hilfequote", 2006, "sr_altstadt")
    rate = f"{row.number:.1f}".replace(".", ",")
    assert printed(visible.counts(published(("Hilfen zur Erziehung", "Altstadt", rate)), shown)) == {above}


def test_a_rate_that_leaves_a_choice_tells_no_count(shown) -> None:
    row = shown.rows["arbeitslosenquote", 2006, "st_musterstadt"]
    rate = f"{row.number:.1f}".replace(".", ",")
    assert row.denominator > 2000
    assert printed(visible.counts(published(("Arbeitslosenquote", "Musterstadt", rate)), shown)) == set()


def test_all_that_may_be_shown_of_sensitive_counts_is_listed_and_nothing_withheld(shown) -> None:
    table = visible.counts(published(), shown)
    assert not table["gedruckt"].any() and set(table["merkmal"]) == {"alo", "alo_u25", "hilfen"}
    cells = {Cell(row.raum_id, row.merkmal, f"{row.stichtag:%Y-%m-%d}") for row in table.itertuples()}
    assert cells <= set(shown.known) and not cells & set(shown.withheld)
    assert {cell.date[:4] for cell in cells} <= {"2004", "2005", "2006"}
