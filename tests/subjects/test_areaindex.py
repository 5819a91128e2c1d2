"""The index of areas: every area and every part of one has its line, and leads where it belongs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.data.lookup import districts
from sozialbericht.subjects.finding import areaindex
from sozialbericht.writing.blocks import Block

DATA = Path(__file__).parents[2] / "data"
STADT = Path(__file__).parents[1] / "stadt"


@pytest.fixture(scope="module")
def report() -> Bericht:
    return Bericht(2006, 2005, DATA)


def test_every_area_and_every_district_has_its_line(report: Bericht) -> None:
    entries = areaindex.entries(report)
    leading = {entry.name: set(entry.areas) for entry in entries if entry.leads}
    own = {entry.name: entry.areas[0] for entry in entries if not entry.leads}
    areas = report.raeume()
    assert own == {row["kurzname"]: area for area, row in areas.iterrows()}
    for area, row in areas.iterrows():
        for district in districts(row["umfasst"]):
            name = re.sub(r"^\d+\s+|\s*\(.*", "", district)
            assert area in leading.get(name, {own.get(name)}), district


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("Eving", [12, 13]), ("Syburg", [28]), ("Lichtendorf", [25]), ("Kemminghausen", [12]), ("Höchsten", [28])],
)
def test_a_part_leads_to_its_areas(report: Bericht, name: str, numbers: list[int]) -> None:
    (entry,) = (e for e in areaindex.entries(report) if e.name == name)
    assert sorted(report.raeume().loc[list(entry.areas), "nummer"]) == numbers and entry.leads


def test_order_is_that_of_a_german_reader(report: Bericht) -> None:
    names = [entry.name for entry in areaindex.entries(report)]
    assert names.index("Sölde") < names.index("Syburg") and names.index("Ruhrallee") < names.index("Schüren")
    assert len(names) == len(set(names))


def test_the_table_has_number_type_and_pages(report: Bericht, shown: list[Block]) -> None:
    report.anhang().verzeichnis()
    told = shown[-1].markdown
    assert "| Sozialraum | Nr. | Typ | Steckbrief | Profil |" in told
    line = "| **[Nordmarkt]{raum=sr_nordmarkt}** | 6 | 5 | [Steckbrief]{seite=sec-aktionsraum-sr-nordmarkt} |"
    assert f"{line} [Profil]{{seite=sec-profil-sr-nordmarkt}} |" in told
    assert "| Eving | → [12]{raum=sr_eving_i_kemminghausen}, [13]{raum=sr_lindenhorst_eving_ii} |" in told
    part = next(line for line in told.splitlines() if line.startswith("| Westerfilde |"))
    sheet = "sec-aktionsraum-sr-bodelschwingh-westerfilde"
    assert f"| [Steckbrief]{{seite={sheet}}} |" in part, "from the name of a part to the page in one step"
    assert "| Syburg | → [28]" in told and "[Profil]{seite=sec-profil-sr-holzen-hoechsten-syburg}" in told
    assert "**[City]{raum=sr_city}** | 1 | 2 | – |" in told, "no Aktionsraum"


def test_the_pages_of_maps_and_ranked_charts_are_asked_for(report: Bericht, shown: list[Block]) -> None:
    report.anhang().verzeichnis()
    told = " ".join(block.markdown for block in shown)
    assert "[in den Kapiteln]{reihe=karte}" in told and "[ebenso]{reihe=rang}" in told


def test_a_city_without_parts_and_types_has_its_areas(shown: list[Block]) -> None:
    small = Bericht(2006, 2005, STADT)
    small.anhang().verzeichnis()
    told = shown[-1].markdown
    assert all(f"{{raum={area}}}**" in told for area in small.raeume().index)
    assert "Typ" not in told and "Steckbrief" not in told
