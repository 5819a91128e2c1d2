"""What a figure shows, as a table for the web: printed as elsewhere, signs in the place of what is not shown."""

from __future__ import annotations

import csv

import pandas as pd
import pytest
from matplotlib.figure import Figure

from sozialbericht.bericht import Bericht
from sozialbericht.blocklanguage import VALUES
from sozialbericht.faults import InputError
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
    assert [row[0] for row in districts] == list(b.raeume(b.ebenen.mitte)["kurzname"])


def test_lines_are_told_by_their_names(b: Bericht) -> None:
    head, *rows = table(Drawnvalues.of_years(b, {QUOTE: "alle", YOUTH: "junge"}, [b.ebenen.stadt]).text())
    assert head[0] == "Indikator" and [row[0] for row in rows] == ["alle", "junge"]
    assert all(len(row) == len(head) for row in rows)


def test_values_given_with_a_drawing(b: Bericht, shown: list[Block]) -> None:
    area = str(b.raeume().index[0])
    drawn = {"id": "fig-eigene", "titel": "T", "alternativtext": "Punkte.", "quelle": "Eigene."}
    b.abbildung((Figure(), [QUOTE, YOUTH]), **drawn)
    head, first, *_ = table(shown[-1].pictures[f"fig-eigene{VALUES}"])
    assert head == ["Gebiet", *(f"{b.indikator(key)['bezeichnung']} in %" for key in (QUOTE, YOUTH))]
    assert first[:2] == [b.name(area), b.wert(QUOTE, area).zahl]
    areas, classes = pd.Index([area, b.raeume(b.ebenen.mitte).index[0]]), pd.Index(["a", "b"], name="Klasse")
    for index, named in ((areas, "Gebiet"), (classes, "Klasse")):
        frame = pd.DataFrame({"Rate": [1234.55, None], "Zahl": [2, 1000], "Typ": ["x", "–"]}, index=index)
        b.abbildung((lambda schmal: Figure(), frame), **drawn)
        head, *rows = table(shown[-1].pictures[f"fig-eigene{VALUES}"])
        assert head == [named, "Rate", "Zahl", "Typ"]
        assert [row[1:] for row in rows] == [["1.234,6", "2", "x"], ["", "1.000", "–"]]
        assert rows[0][0] == (b.name(area) if named == "Gebiet" else "a")
    with pytest.raises(InputError, match="quotee"):
        b.abbildung((Figure(), ["quotee"]), **drawn)


def test_marks_of_soft_hyphens_are_none_in_the_text() -> None:
    assert Drawnvalues(["Gymna|sium in %"], [["1"]]).text() == "Gymna\u00adsium in %\n1\n"
