"""Jumps: planted ones are found where they are, and clean series have none."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.panel import Panel
from sozialbericht.plausibility.rules import jumps

DATES = tuple(dt.date(2000 + year, 12, 31) for year in range(7))


def panel(values, cuts=(), *, counted=True):
    """A panel of the values, one row per area, by years from 2000."""
    values = np.array(values, dtype=float)
    areas = tuple(f"sr_{row}" for row in range(len(values)))
    return Panel("x", areas, DATES[: values.shape[1]], values, np.ones(len(values), dtype=bool), cuts, counted)


def clean(seed=0, areas=40, stands=7, noise=0.5):
    """Stocks that change by chance, all of them growing by 2 % a year."""
    rng = np.random.default_rng(seed)
    means = rng.uniform(20, 4000, areas)[:, None] * 1.02 ** np.arange(stands)
    return np.round(means + noise * np.sqrt(means) * rng.normal(size=(areas, stands)))


def found(values, cuts=()):
    """Row, Stand and expected value of the jumps of a panel."""
    made = list(jumps.of_panel(panel(values, cuts)))
    return [(int(jump.cell.area[3:]), DATES.index(jump.cell.date), jump) for jump in made]


def test_clean_series_have_no_jumps():
    assert sum(len(found(clean(seed))) for seed in range(60)) <= 1


@pytest.mark.parametrize("column", [1, 3, 5])
@pytest.mark.parametrize("factor", [0.1, 0.6, 1.6, 10])
def test_a_spike_is_one_number(column, factor):
    values = clean(1)
    right = values[7, column]
    values[7, column] = np.round(right * factor)
    (jump,) = found(values)
    assert jump[:2] == (7, column)
    assert jump[2].expected == pytest.approx(right, rel=0.1)
    assert jump[2].after is not None
    assert not jump[2].either


@pytest.mark.parametrize("column", [2, 4, 6])
def test_a_step_is_one_number_though_all_later_ones_are_higher(column):
    values = clean(2)
    values[5, column:] = np.round(values[5, column:] * 1.7)
    (jump,) = found(values)
    assert jump[:2] == (5, column)
    assert jump[2].before == (DATES[column - 1], values[5, column - 1])
    assert jump[2].after is None


def test_a_wrong_first_number_may_be_either():
    values = clean(3)
    values[5, 0] = np.round(values[5, 0] * 3)
    (jump,) = found(values)
    assert jump[:2] == (5, 1)
    assert {cell.date for cell in jump[2].cells} == {DATES[0], DATES[1]}


def test_two_jumps_of_a_row_are_told_apart():
    values = clean(4)
    values[5, 2] *= 3
    values[5, 5:] *= 2
    assert [(row, column) for row, column, _ in found(values)] == [(5, 2), (5, 5)]


def test_no_jump_across_a_declared_break():
    values = clean(5)
    values[:, 4:] = np.round(values[:, 4:] * np.random.default_rng(5).uniform(0.5, 2, (40, 1)))
    assert len(found(values)) > 5
    assert found(values, cuts=(4,)) == []


def test_unknown_numbers_are_bridged():
    values = clean(6)
    values[5, 3] = np.nan
    assert found(values) == []
    values[5, 4:] *= 2
    (jump,) = found(values)
    assert jump[:2] == (5, 4)
    assert jump[2].before == (DATES[2], values[5, 2])


def test_zeros_are_numbers():
    values = clean(7)
    values[5, 3] = 0
    assert [(row, column) for row, column, _ in found(values)] == [(5, 3)]
    values[5] = 0
    assert found(values) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 39), st.integers(0, 6), st.sampled_from([0.05, 0.1, 10, 100]))
def test_a_number_ten_times_wrong_is_always_seen(seed, row, column, factor):
    values = clean(seed)
    values[row, column] = np.round(values[row, column] * factor)
    places = {(other, cell.date) for other, _, jump in found(values) for cell in jump.cells}
    assert (row, DATES[column]) in places


def test_few_areas_and_stands_are_no_error():
    for shape in ((1, 1), (2, 2), (3, 1), (1, 5)):
        assert found(np.full(shape, 10.0)) == []


# -- in a city ---------------------------------------------------------------------------------------


def test_shipped_data_jump_where_the_model_drifts(shipped):
    oddities = list(jumps.find(Material(shipped)))
    assert {(oddity.area, oddity.date.year) for oddity in oddities} == {
        ("sr_wickede", 2006), ("sr_boevinghausen_westrich", 2006), ("sr_boevinghausen_westrich", 2007),
    }  # fmt: skip
    assert all(oddity.rule == "sprung" and oddity.unusual >= 5 for oddity in oddities)


def test_the_words_name_place_number_past_and_what_to_do(planted):
    tables = planted({("sr_nette", "whg_leer", "2004-12-31"): 1000.0})
    oddity = next(one for one in jumps.find(Material(tables)) if one.area == "sr_nette")
    assert oddity.what.startswith("Nette, leer stehende Wohnungen am 31.12.2004: 1.000; nach ")
    assert " am 31.12.2003 und " in oddity.what
    assert "am 31.12.2005 und der Entwicklung aller Gebiete wären rund " in oddity.what
    assert oddity.remedy.endswith("Prüfen Sie die Lieferung.")
    row = tables.values[
        (tables.values["raum_id"] == "sr_nette")
        & (tables.values["merkmal"] == "whg_leer")
        & (tables.values["stichtag"] == pd.Timestamp(2004, 12, 31))
    ].iloc[0]
    assert (oddity.file, oddity.rows) == (row["datei"], (row["zeile"],))
    assert oddity.key == "sprung/sr_nette/whg_leer/2004-12-31"
    assert oddity.observed == 1000
    assert oddity.expected == pytest.approx(137, rel=0.1)


def test_what_moves_together_is_one_oddity_and_what_does_not_another(planted, value):
    names = ("whg", "whg_leer", "hh", "hh_1", "hh_kind")
    new = {("sr_nette", name, f"{year}-12-31"): round(value("sr_nette", name, f"{year}-12-31") * 1.5)
           for name in names for year in (2005, 2006, 2007)}  # fmt: skip
    new["sr_nette", "geburten", "2005-12-31"] = value("sr_nette", "geburten", "2005-12-31") * 10
    found = [one for one in jumps.find(Material(planted(new))) if one.area == "sr_nette"]
    assert len(found) == 2
    together = next(one for one in found if one.feature != "geburten")
    assert {cell.feature for cell in together.cells} == {*names}
    assert "Ebenso springen: " in together.what
    assert together.remedy.startswith("Neuer Zuschnitt")


def test_a_merkmal_that_jumps_everywhere_breaks(planted, of_stand):
    factors = dict(zip(of_stand("bev", "2004-12-31"), np.random.default_rng(1).uniform(0.4, 2.5, 39), strict=True))
    new = {
        (area, "hh_allein", f"{year}-12-31"): round(number * factors[area])
        for year in (2004, 2005, 2006, 2007)
        for area, number in of_stand("hh_allein", f"{year}-12-31").items()
    }
    found = [one for one in jumps.find(Material(planted(new))) if one.feature == "hh_allein"]
    assert [one.rule for one in found] == ["bruch"]
    assert found[0].date == dt.date(2004, 12, 31)
    assert found[0].area == ""
    assert "brueche.csv" in found[0].remedy
    assert len(found[0].cells) > 8


def test_a_declared_break_is_no_jump(shipped):
    without = replace(shipped, breaks=shipped.breaks.iloc[:0])
    declared = {one.key for one in jumps.find(Material(shipped))}
    new = [one for one in jumps.find(Material(without)) if one.key not in declared]
    assert all(one.feature.startswith("al") and one.date.year == 2005 for one in new)


def test_rows_that_slid_by_one(planted, of_stand):
    numbers = list(of_stand("whg_efh", "2003-12-31").items())
    new = {
        (area, "whg_efh", "2003-12-31"): other for (area, _), (_, other) in zip(numbers[5:], numbers[4:], strict=False)
    }
    (oddity,) = [one for one in jumps.find(Material(planted(new))) if one.feature == "whg_efh"]
    assert (oddity.rule, oddity.date) == ("bruch", dt.date(2003, 12, 31))
    assert "verrutscht" in oddity.remedy and "um eine Zeile" in oddity.remedy


def test_a_whole_district_that_jumps_is_seen(planted, of_stand, shipped):
    areas = shipped.areas.index[shipped.areas["teil_von"] == "sb_innenstadt_nord"]
    new = {(area, "whg_leer", "2003-12-31"): round(2 * of_stand("whg_leer", "2003-12-31")[area]) for area in areas}
    found = {one.area for one in jumps.find(Material(planted(new))) if one.feature == "whg_leer"}
    assert found == set(areas)
