"""The shipped profiles' numbers are the report's, for every Sozialraum and every indicator, as they are drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.findings import strengths
from sozialbericht.profile import comparisontable, remarks, rows
from sozialbericht.wording import intervalwords
from sozialbericht.writing import captions

DATA = Path(__file__).parents[2] / "data"


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
        for indicator, line in zip(
            rows.profilindikatoren(report), comparisontable.lines(report, str(area)), strict=True
        ):
            value, city, row = report.wert(indicator, area), report.wert(indicator), line.spine
            table = report.daten(indicator, report.ebene(area))
            assert row.status == value.wert.status == table.at[area, "status"]
            printed = line.cells()
            assert printed[0] == captions.cell(table.at[area, "wert"], row.status, value.wert.decimals)
            assert printed[2] == city.zahl
            if row.status == "ok":
                assert printed[1] == (
                    intervalwords.span(table.at[area, "unten"], table.at[area, "oben"], row.decimals) or "x"
                )
                assert printed[3] == str(int(table["wert"].rank(ascending=row.direction < 0, method="min")[area]))
                assert printed[5] == table.at[area, "lage"]
            ends = [report.hoechste(indicator)[0].wert.number, report.niedrigste(indicator)[0].wert.number]
            assert {row.least, row.most} == set(ends)


def test_differences_are_those_of_burdens_and_strengths(report: Bericht) -> None:
    for area in report.raeume().index:
        told = {d.indikator: d.belastung for d in strengths.abweichungen(report, area)}
        for indicator, row in zip(rows.profilindikatoren(report), rows.spannen(report, area), strict=True):
            assert row.side() == {True: -1, False: 1, None: 0}[told.get(indicator)]


def test_each_side_of_the_band_holds_its_areas(report: Bericht) -> None:
    for row in rows.spannen(report, report.raeume().index[0]):
        places = np.array([row.place(v) for v in row.everyone])
        assert places.min() == -1 and places.max() == 1
        if row.direction:
            better = sum((v - row.city) * row.direction > 0 for v in row.everyone)
            assert (places > 0).sum() == better


def test_sentences_are_complete(report: Bericht) -> None:
    for area in [*report.raeume().index, *report.raeume("stadtbezirk").index]:
        for told in (rows.bilanzsatz(report, area), remarks.spannenbeispiel(report, area)):
            assert not told or (told[0].isupper() and told.endswith("."))
            assert "  " not in told and "{" not in told and "null" not in told and "eins " not in told
