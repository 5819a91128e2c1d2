"""The year of comparison: the newest earlier one with values, the one asked for, and the newest of an indicator."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.bericht import Bericht
from sozialbericht.data.timeline import valueyears
from sozialbericht.faults import InputError
from sozialbericht.order import comparisonyear
from sozialbericht.order.request import Request

STADT = Path(__file__).resolve().parents[1] / "stadt"
YEARS = valueyears.of(STADT)


@given(st.integers(1990, 2030), st.sets(st.integers(1990, 2030)))
def test_it_is_an_earlier_year_and_none_with_values_lies_between(year, years):
    found = comparisonyear.newest_before(year, years)
    assert found < year
    assert not any(found < other < year for other in years)
    assert found in years or not any(other < year for other in years)


def test_years_are_read_from_names_of_files(tmp_path):
    folder = shutil.copytree(STADT, tmp_path / "d")
    (folder / "werte" / "2004.csv").rename(folder / "werte" / "2004.XLSX")
    (folder / "werte" / "~$2009.csv").write_text("", encoding="utf-8")
    assert valueyears.of(folder) == YEARS == Bericht(2006, daten=STADT)._tables.years
    assert valueyears.of(tmp_path / "nirgends") == []


def test_a_monitoring_that_comes_every_second_year_is_compared(tmp_path):
    folder = shutil.copytree(STADT, tmp_path / "d")
    (folder / "werte" / "2005.csv").unlink()
    contract = folder / "datapackage.json"
    contract.write_text(contract.read_text(encoding="utf-8").replace('"werte/2005.csv",', ""), encoding="utf-8")
    assert comparisonyear.of(Request(2006), folder) == 2004
    b = Bericht(2006, daten=folder)
    assert b.vergleichsjahr == 2004
    d = b.aenderung("anteil_u18")
    assert d.ok
    assert (d.alt.numerator_date.year, d.zuvor) == (2004, "zwei Jahre zuvor")
    assert "2004" in d.gegenueber


def test_the_year_asked_for_holds_for_all(tmp_path):
    assert comparisonyear.of(Request(2006, compare_with=2004), STADT) == 2004
    b = Bericht(2006, 2004, STADT)
    assert b.aenderung("anteil_u18").alt.year == 2004
    assert b.aenderung("anteil_u18", seit=2005).alt.year == 2005


def test_an_indicator_without_a_value_of_that_year_takes_the_newest_before(tmp_path):
    folder = shutil.copytree(STADT, tmp_path / "d")
    path = folder / "werte" / "2005.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if ";ew_u18;" not in line), encoding="utf-8")
    b = Bericht(2006, daten=folder)
    assert b.vergleichsjahr == 2005
    assert b.aenderung("anteil_u18").alt.numerator_date.year == 2004
    assert b.aenderung("geburtenrate").alt.year == 2005
    assert not b.aenderung("anteil_u18", seit=2006).ok


@pytest.mark.parametrize(("wanted", "word"), [(2006, "nicht davor"), (2007, "nicht davor"), (1990, "keine Werte")])
def test_a_year_that_is_none_is_refused(wanted, word):
    with pytest.raises(InputError, match=word):
        comparisonyear.check(Request(2006, compare_with=wanted), [2004, 2005, 2006, 2007])
    comparisonyear.check(Request(2006, compare_with=2004), [2004, 2005, 2006])
    comparisonyear.check(Request(2006), [])
