"""Names of areas in cells and keys."""

from __future__ import annotations

import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.writing.blocks import unmarked
from sozialbericht.writing.links import Names, mark

HAFEN, SUED = "[Hafen]{raum=sr_hafen}", "[Süd]{raum=sb_sued}"


@pytest.mark.parametrize(
    ("cell", "marked"),
    [
        ("Hafen", HAFEN),
        (" 2\u00a0\u00a0Hafen*", f" 2\u00a0\u00a0{HAFEN}&#42;"),
        ("Hafen*", f"{HAFEN}&#42;"),
        ("Süd", SUED),
        ("Hafen (2,6), Süd (0,1) und Hafen", f"{HAFEN} (2,6), {SUED} (0,1) und {HAFEN}"),
        ("Hafen, Quark", "Hafen, Quark"),
        ("Hafenstraße", "Hafenstraße"),
        ("im Hafen", "im Hafen"),
        ("", ""),
        ("12,5", "12,5"),
    ],
)
def test_cells_that_are_names(b: Bericht, cell: str, marked: str) -> None:
    assert Names(b).marked(cell) == marked
    assert unmarked(Names(b).marked(cell)) == cell


def test_a_level_may_be_left_out(b: Bericht) -> None:
    assert Names(b, ("stadtbezirk",)).marked("Hafen") == "Hafen"


def test_equal_names_mean_the_first_level(b: Bericht, monkeypatch: pytest.MonkeyPatch) -> None:
    lowest, between = b.ebenen.unten, b.ebenen.mitte
    areas = {level: b.raeume(level).assign(kurzname="Mitte").head(1) for level in (lowest, between)}
    monkeypatch.setattr(b, "raeume", areas.__getitem__)
    assert Names(b).marked("Mitte") == mark("Mitte", "sr_altstadt")
    assert Names(b, (between, lowest)).marked("Mitte") == mark("Mitte", "sb_nord")


def test_tables_mark_names_by_their_column(b: Bericht, shown: list) -> None:
    rows = [["Nord", "Hafen"], ["Hafen", "1"]]
    b.tabelle(["Stadtbezirk", "Wert"], rows, id="tbl-a", titel="A", quelle="Q")
    b.tabelle(["Gebiet", "Wert"], rows, id="tbl-b", titel="B", quelle="Q")
    first, second = (block.markdown for block in shown)
    assert "| [Nord]{raum=sb_nord} | Hafen |" in first
    assert "| Hafen | 1 |" in first
    assert f"| {HAFEN} | 1 |" in second
    assert "{raum=" not in shown[1].preview


def test_district_tables_and_area_tables(b: Bericht, shown: list) -> None:
    b.tabelle_bezirke(["arbeitslosenquote"], id="tbl-a", titel="A")
    b.tabelle_raeume(["arbeitslosenquote"], id="tbl-b", titel="B")
    for block in shown:
        assert "| [Nord]{raum=sb_nord} |" in block.markdown
    assert f"{HAFEN} |" in shown[1].markdown
    assert "[Bahnhofsviertel]{raum=sr_bahnhof}&#42;" in shown[1].markdown
