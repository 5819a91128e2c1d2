"""What a figure shows, as a table for the web: printed as elsewhere, signs in the place of what is not shown."""

from __future__ import annotations

import csv

from sozialbericht.bericht import Bericht
from sozialbericht.blocklanguage import VALUES
from sozialbericht.writing import captions, figures
from sozialbericht.writing.blocks import Block
from sozialbericht.writing.drawnvalues import Drawnvalues

QUOTE, YOUTH = "arbeitslosenquote", "alo_u25_anteil"


def table(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines(), delimiter=";"))


def test_values_of_areas_are_printed_with_their_signs(b: Bericht) -> None:
    head, *rows = table(Drawnvalues.of_areas(b, {QUOTE: "Quote", YOUTH: "jung; unter 25"}).text())
    assert head == ["Gebiet", "Quote", "jung; unter 25"]
    for (area, row), told in zip(b.raeume().iterrows(), rows, strict=True):
        value = b.wert(YOUTH, str(area)).wert
        assert told[0] == row["kurzname"]
        assert told[1] == b.wert(QUOTE, str(area)).zahl
        assert told[2] == captions.cell(value.number, value.status, value.decimals)
    assert {".", "–"} < {row[2] for row in rows}  # withheld, nothing


def test_a_series_has_a_column_a_year(b: Bericht, shown: list[Block]) -> None:
    figures.verlauf(b, QUOTE)
    text = shown[-1].pictures[f"fig-{QUOTE}-verlauf{VALUES}"]
    head, city, *districts = table(text)
    assert head == ["Gebiet", "2004", "2005", "2006"]
    assert city[0] == b.stadtname and city[-1] == b.wert(QUOTE).zahl
    assert [row[0] for row in districts] == list(b.bezirke()["kurzname"])


def test_lines_are_told_by_their_names(b: Bericht) -> None:
    head, *rows = table(Drawnvalues.of_years(b, {QUOTE: "alle", YOUTH: "junge"}, [b.ebenen.stadt]).text())
    assert head[0] == "Indikator" and [row[0] for row in rows] == ["alle", "junge"]
    assert all(len(row) == len(head) for row in rows)


def test_marks_of_soft_hyphens_are_none_in_the_text() -> None:
    assert Drawnvalues(["Gymna|sium in %"], [["1"]]).text() == "Gymna\u00adsium in %\n1\n"
