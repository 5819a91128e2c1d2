"""The reports of consecutive years print the same number for the same thing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sozialbericht.bericht import Bericht

YEARS = (2005, 2006, 2007)


@pytest.fixture(scope="module")
def reports() -> dict[int, Bericht]:
    return {year: Bericht(year, year - 1, "data") for year in YEARS}


@pytest.mark.parametrize(("early", "late"), [(2005, 2006), (2006, 2007), (2005, 2007)])
def test_values_intervals_and_positions(reports: dict[int, Bericht], early: int, late: int) -> None:
    one, two = (
        reports[year]._values.xs(early, level="jahr").drop(columns=["stand_zaehler", "stand_nenner"])
        for year in (early, late)
    )
    pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize("late", [2006, 2007])
def test_what_a_change_starts_from(reports: dict[int, Bericht], late: int) -> None:
    now, before = reports[late], reports[late - 1]
    for indicator in now.indikatoren().index:
        for area in [now.stadt, *now.raeume(now.ebenen.mitte).index]:
            change = now.aenderung(str(indicator), str(area))
            own = before.wert(str(indicator), str(area))
            assert change.alt.number == own.wert.number or np.isnan(own.wert.number)
            assert change.alt.status == own.wert.status


@pytest.mark.parametrize("late", [2006, 2007])
def test_types_and_selection_of_the_year_before(reports: dict[int, Bericht], late: int) -> None:
    now, before = reports[late], reports[late - 1]
    pd.testing.assert_series_equal(now.typisierung(late - 1).typ, before.typisierung().typ)
    assert now.auswahl(late - 1).raeume == before.auswahl().raeume


@pytest.mark.parametrize("late", [2006, 2007])
def test_a_gap_is_the_gap_before_and_what_it_has_grown_by(reports: dict[int, Bericht], late: int) -> None:
    """With the areas of each year: what the report before prints, plus the change, is what this one prints."""
    now, before = ({gap.indikator: gap for gap in reports[year].abstaende()} for year in (late, late - 1))
    told = [name for name in now if now[name].wandel_eigen is not None and name in before]
    assert told
    for name in told:
        step = 10 ** -now[name].plan.wert.decimals
        grown = abs(now[name].differenz) - abs(before[name].differenz)
        assert now[name].wandel_eigen.differenz == pytest.approx(grown, abs=0.51 * step)
