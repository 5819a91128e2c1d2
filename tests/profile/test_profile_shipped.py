"""The shipped profiles' numbers are the report's, for every Sozialraum and every indicator, as they are drawn."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from sozialbericht import numbers
from sozialbericht.bericht import Bericht
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts.spine import Words, spine
from sozialbericht.findings import strengths
from sozialbericht.profile import rows, spinechart
from sozialbericht.writing import captions

DATA = Path(__file__).parents[2] / "data"
WORDS = Words("Raum", "Bezirk", "Stadt", "alle")


@pytest.fixture(scope="module", params=[2005, 2006, 2007])
def report(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(request.param, request.param - 1, DATA)


def test_profiles_compare_all_dimensions(report: Bericht) -> None:
    chosen = rows.profilindikatoren(report)
    catalogue = report.indikatoren()
    assert 16 <= len(chosen) <= 18
    assert list(dict.fromkeys(catalogue.loc[chosen, "dimension"])) == list(dict.fromkeys(catalogue["dimension"]))
    assert set(report.kurzfassung().hauptindikatoren()) <= set(chosen)


def test_numbers_of_all_areas_and_indicators_are_the_report_s(report: Bericht) -> None:
    for area in [*report.raeume().index, *report.raeume("stadtbezirk").index]:
        district = report.ebene(area) == "stadtbezirk"
        for indicator, row in zip(rows.profilindikatoren(report), rows.spannen(report, area), strict=True):
            value, city = report.wert(indicator, area), report.wert(indicator)
            table = report.daten(indicator, report.ebene(area))
            assert row.status == value.wert.status == table.at[area, "status"]
            assert captions.cell(row.value, row.status, row.decimals) == captions.cell(
                table.at[area, "wert"], table.at[area, "status"], value.wert.decimals
            )
            assert numbers.number(row.city, row.decimals) == city.zahl
            if not district:
                above = report.wert(indicator, str(table.at[area, "teil_von"]))
                assert numbers.number(row.district, row.decimals) == above.zahl
            assert row.rank == int(table["wert"].rank(ascending=False, method="min")[area])
            ends = [report.hoechste(indicator)[0].wert.number, report.niedrigste(indicator)[0].wert.number]
            assert {row.least, row.most} == set(ends)


def test_differences_are_those_of_burdens_and_strengths(report: Bericht) -> None:
    for area in report.raeume().index:
        told = {d.indikator: d.belastung for d in strengths.abweichungen(report, area)}
        for indicator, row in zip(rows.profilindikatoren(report), rows.spannen(report, area), strict=True):
            assert row.side() == {True: -1, False: 1, None: 0}[told.get(indicator)]


def test_drawn_numbers_are_the_report_s(report: Bericht) -> None:
    for area in report.raeume().index[:: 39 // 3]:
        svg = to_svg(spine(rows.spannen(report, area), WORDS), "print", "Titel")
        drawn = [e.text or "" for e in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
        for indicator, row in zip(rows.profilindikatoren(report), rows.spannen(report, area), strict=True):
            place = drawn.index(rows.mit_einheit(report, indicator))
            expected = [
                row.stand, report.wert(indicator, area).zahl, numbers.number(row.district, row.decimals),
                report.wert(indicator).zahl, str(row.rank),
            ]  # fmt: skip
            assert drawn[place + 1 : place + 6] == expected


def test_each_side_of_the_band_holds_its_areas(report: Bericht) -> None:
    for row in rows.spannen(report, report.raeume().index[0]):
        places = np.array([row.place(v) for v in row.everyone])
        assert places.min() == -1 and places.max() == 1
        if row.direction:
            better = sum((v - row.city) * row.direction > 0 for v in row.everyone)
            assert (places > 0).sum() == better


def test_sentences_are_complete(report: Bericht) -> None:
    for area in [*report.raeume().index, *report.raeume("stadtbezirk").index]:
        for told in (rows.bilanzsatz(report, area), spinechart.spannenbeispiel(report, area)):
            assert not told or (told[0].isupper() and told.endswith("."))
            assert "  " not in told and "{" not in told and "null" not in told and "eins " not in told
