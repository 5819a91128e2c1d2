"""Tables of a chapter."""

import pytest

from sozialbericht.checking.lint import check_text
from sozialbericht.stitching import pandoc
from sozialbericht.wording import intervalwords


def cells(block):
    """Head and rows of a table as they are printed."""
    table = next(e for e in pandoc.elements(pandoc.parse(block.markdown)) if e["t"] == "Table")
    head, bodies = table["c"][3], table["c"][4]
    rows = [head[1][0], *bodies[0][3]]
    return [[pandoc.plain_text(cell[4]).replace("\u00ad", "") for cell in row[1]] for row in rows]


def test_by_district(b, shown):
    b.tabelle_bezirke(["arbeitslosenquote:anzahl", "arbeitslosenquote"], id="tbl-x", titel="T", einheit="in %")
    head, *rows = cells(shown[0])
    assert head == ["Stadtbezirk", "Arbeitslose", "Arbeitslosenquote"]
    assert [row[0] for row in rows] == ["Nord", "Süd", "Musterstadt"]
    assert rows[-1] == ["Musterstadt", "3.025", "12,1"]
    assert check_text("x", shown[0].markdown) == []


def test_all_areas_by_district(b, shown):
    b.tabelle_raeume(["alo_u25_anteil", "hilfequote"], id="tbl-x", titel="T")
    _, *rows = cells(shown[0])
    names = [row[0].replace("\u2007", "").replace("\u00a0", " ") for row in rows]
    assert names[:3] == ["Musterstadt", "Nord", "1  Altstadt"]
    assert "3  Bahnhofsviertel*" in names
    assert rows[names.index("5  Lindenhof")][1] == "."
    assert rows[names.index("6  Mühlenberg*")][1:] == ["–", "."]
    assert "Name aus der Gliederung erschlossen" in shown[0].markdown
    assert "„.“ geheim gehalten" in shown[0].markdown


def test_a_column_of_intervals(b, shown):
    columns = ["arbeitslosenquote", "arbeitslosenquote:bereich", "einkommensindex", "einkommensindex:bereich"]
    b.tabelle_raeume(columns, id="tbl-x", titel="T")
    head, city, *_ = cells(shown[0])
    assert head[2] == head[4] == "95-%-\u200bBereich"
    value = b.wert("arbeitslosenquote").wert
    assert city[1:] == ["12,1", intervalwords.span(value.lower, value.upper, 1), b.wert("einkommensindex").zahl, ""]
    b.tabelle_bezirke(["alo_u25_anteil", "alo_u25_anteil:bereich"], id="tbl-y", titel="T")
    assert "„/“ nicht verlässlich." in shown[1].markdown, "a sign of a district is explained, too"
    assert [row[2] for row in cells(shown[1])[1:]].count("") == sum(
        row[1].strip("\u200b") in {".", "/"} for row in cells(shown[1])[1:]
    )


def test_groups_of_the_city(b, shown):
    b.tabelle_gruppen("arbeitslosenquote", {"unter 25 Jahre": "alo_u25_anteil"}, id="tbl-x", titel="Arbeitslose")
    head, total, young = cells(shown[0])
    assert head == ["Gruppe", "September 2006", "Anteil in %", "September 2005", "Veränderung in %"]
    assert total[:4] == ["Insgesamt", "3.025", "100", "3.016"]
    assert young[0] == "unter 25 Jahre"


def test_groups_without_an_earlier_year(early, shown):
    early.tabelle_gruppen("arbeitslosenquote", {"unter 25 Jahre": "alo_u25_anteil"}, id="tbl-x", titel="Arbeitslose")
    head, total, _ = cells(shown[0])
    assert len(head) == len(total) == 3, "no columns for what there is not"
    assert "nicht sinnvoll" not in shown[0].markdown and "Veränderung" not in shown[0].markdown


def test_any_printed_cells(b, shown):
    b.tabelle(["A", "B"], (row for row in (["1", "2"], ["3", "4"])), id="tbl-x", titel="T", quelle="Q.")
    assert cells(shown[0]) == [["A", "B"], ["1", "2"], ["3", "4"]]
    with pytest.raises(ValueError, match="muss mit „tbl-“ beginnen"):
        b.tabelle([], [], id="x", titel="T", quelle="Q")
