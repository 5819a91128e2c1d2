"""The rules on shipped tables: clean ones give nothing, planted faults are found and told."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.rules import (
    heaping,
    identities,
    magnitudes,
    outliers,
    remainders,
    repeats,
    rhythm,
    swaps,
)
from sozialbericht.plausibility.yardstick import deviations

QUIET = (heaping, identities, magnitudes, outliers, remainders, repeats, rhythm, swaps)


@pytest.mark.parametrize("rule", QUIET, ids=lambda rule: rule.__name__.rpartition(".")[2])
def test_clean_data_give_nothing(shipped, rule):
    assert list(rule.find(Material(shipped))) == []


def one(rule, tables):
    """The only oddity of a rule."""
    (oddity,) = rule.find(Material(tables))
    return oddity


# -- magnitudes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("factor", "words"), [(10, "10-Fache"), (1000, "1.010-Fache"), (0.001, "993-tel")])
def test_another_unit_of_a_whole_stand(planted, of_stand, factor, words):
    numbers = of_stand("wfl", "2005-12-31")
    oddities = [
        oddity
        for oddity in magnitudes.find(
            Material(planted({(a, "wfl", "2005-12-31"): v * factor for a, v in numbers.items()}))
        )
        if oddity.date == dt.date(2005, 12, 31)
    ]
    (oddity,) = oddities
    assert oddity.rule == "groessenordnung"
    assert oddity.observed == pytest.approx(factor, rel=0.1)
    assert len(oddity.cells) == 39
    assert words in oddity.what
    assert " der Zahl am 31.12.2004" in oddity.what
    assert "€ statt T€" in oddity.remedy


def test_a_whole_stand_that_changes_out_of_proportion(planted, of_stand):
    numbers = of_stand("whg_sozial", "2007-12-31")
    oddity = one(magnitudes, planted({(a, "whg_sozial", "2007-12-31"): round(v * 2.2) for a, v in numbers.items()}))
    assert (oddity.rule, oddity.feature, oddity.area) == ("bruch", "whg_sozial", "")
    assert "brueche.csv" in oddity.remedy


def test_euro_in_place_of_thousands_without_a_past(planted, of_stand):
    tables = planted(
        {(a, "einkuenfte", "2001-12-31"): v * 1000 for a, v in of_stand("einkuenfte", "2001-12-31").items()}
    )
    indicators = tables.indicators.copy()
    indicators.loc["ek_mittel", "klassengrenzen"] = "25000 30000 35000 40000"
    oddity = one(magnitudes, replace(tables, indicators=indicators))
    assert oddity.rule == "groessenordnung"
    assert (oddity.file, oddity.feature) == ("indikatoren.csv", "einkuenfte")
    assert "Klassengrenzen" in oddity.what


@pytest.mark.parametrize(
    ("indicator", "factor", "wanted"),
    [("al_rate", 1000, "100"), ("geburtenrate", 100, "1.000"), ("mobilitaet", 1000, "100")],
)
def test_a_factor_that_does_not_fit_the_unit(shipped, indicator, factor, wanted):
    indicators = shipped.indicators.copy()
    indicators.loc[indicator, ["faktor", "klassengrenzen"]] = [factor, ""]
    oddity = one(magnitudes, replace(shipped, indicators=indicators))
    assert f"dazu passt {wanted}." in oddity.what


def test_powers_of_ten():
    assert [magnitudes.power(ratio) for ratio in (9, 1100, 0.08, 1e-3)] == [1, 3, -1, -3]


# -- swaps -------------------------------------------------------------------------------------------


def test_two_neighbours_that_exchange_one_number(planted, value):
    one_area, other = "sr_nordmarkt", "sr_borsigplatz"
    old = [value(area, "hh", "2004-12-31") for area in (one_area, other)]
    oddity = one(swaps, planted({(one_area, "hh", "2004-12-31"): old[1], (other, "hh", "2004-12-31"): old[0]}))
    assert (oddity.rule, oddity.area, oddity.feature) == ("vertauscht", one_area, "hh")
    assert {cell.area for cell in oddity.cells} == {one_area, other}
    assert "Nordmarkt und Borsigplatz" in oddity.what


def test_two_areas_far_apart_in_the_list(planted, value):
    one_area, other = "sr_city", "sr_mengede"
    old = [value(area, "hh", "2004-12-31") for area in (one_area, other)]
    oddity = one(swaps, planted({(one_area, "hh", "2004-12-31"): old[1], (other, "hh", "2004-12-31"): old[0]}))
    assert {cell.area for cell in oddity.cells} == {one_area, other}


def test_two_areas_that_exchange_their_rows(planted, shipped):
    rows = shipped.values[
        shipped.values["raum_id"].isin(["sr_schueren", "sr_hoerde"]) & (shipped.values["stichtag"] == "2004-12-31")
    ]
    wide = rows.pivot(index="merkmal", columns="raum_id", values="wert")
    new = {}
    for feature, pair in wide.iterrows():
        new["sr_schueren", str(feature), "2004-12-31"] = pair["sr_hoerde"]
        new["sr_hoerde", str(feature), "2004-12-31"] = pair["sr_schueren"]
    oddity = one(swaps, planted(new))
    assert oddity.feature == ""
    assert "Merkmale am 31.12.2004" in oddity.what
    assert len(oddity.cells) > 20


def test_one_wrong_number_is_no_swap(planted, value):
    number = value("sr_nordmarkt", "hh", "2004-12-31")
    assert list(swaps.find(Material(planted({("sr_nordmarkt", "hh", "2004-12-31"): number * 2})))) == []


# -- repeats -----------------------------------------------------------------------------------------


def test_a_stand_that_repeats_an_earlier_one(planted, of_stand):
    numbers = of_stand("geburten", "2004-12-31")
    oddity = one(repeats, planted({(a, "geburten", "2005-12-31"): v for a, v in numbers.items()}))
    assert (oddity.rule, oddity.feature, oddity.date) == ("wiederholung", "geburten", dt.date(2005, 12, 31))
    assert "39 von 39 Gebieten haben genau die Zahl, die sie im Jahr 2004 hatten" in oddity.what


def test_repeated_stands_of_many_merkmale_are_one_oddity(planted, of_stand):
    names = ("geburten", "sterbefaelle", "zuzuege", "fortzuege", "korrekturen")
    new = {(a, name, "2005-12-31"): v for name in names for a, v in of_stand(name, "2004-12-31").items()}
    oddity = one(repeats, planted(new))
    assert {cell.feature for cell in oddity.cells} == {*names}


def test_half_a_stand_that_was_not_renewed(planted, of_stand):
    numbers = list(of_stand("geburten", "2004-12-31").items())[:18]
    assert one(repeats, planted({(a, "geburten", "2005-12-31"): v for a, v in numbers})).observed >= 18


def test_a_column_under_another_name(planted, of_stand):
    numbers = of_stand("hh_kind", "2005-12-31")
    oddity = one(repeats, planted({(a, "hh_1", "2005-12-31"): v for a, v in numbers.items()}))
    assert oddity.date == dt.date(2005, 12, 31)
    assert {"hh_1", "hh_kind"} >= {oddity.feature}
    assert "genau die Zahlen des Merkmals" in oddity.what


def test_a_row_that_repeats_the_one_before(planted, value):
    names = ("zuzuege", "fortzuege", "geburten", "sterbefaelle", "hze", "korrekturen")
    features = [*names, "hh", "hh_1", "hh_kind", "whg"]
    tables = planted(
        {("sr_borsigplatz", name, "2005-12-31"): value("sr_nordmarkt", name, "2005-12-31") for name in features}
    )
    values = tables.values[tables.values["merkmal"].isin(features)]
    oddity = one(repeats, replace(tables, values=values))
    assert (oddity.area, oddity.feature) == ("sr_borsigplatz", "")
    assert "Nordmarkt" in oddity.what


def test_surprise_is_that_of_the_poisson_distribution():
    assert repeats.surprise(5, 1.0) == pytest.approx(deviations(stats.poisson(1.0).logsf(4)))
    assert repeats.surprise(0, 1.0) == 0


# -- heaping -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [3, 5, 10])
def test_rounded_counts(planted, of_stand, step):
    numbers = of_stand("zuzuege", "2005-12-31")
    oddity = one(heaping, planted({(a, "zuzuege", "2005-12-31"): step * round(v / step) for a, v in numbers.items()}))
    assert (oddity.rule, oddity.feature) == ("gerundet", "zuzuege")
    assert f"39 von 39 Zahlen sind durch {step} teilbar" in oddity.what


def test_a_delivery_that_is_rounded_as_a_whole_is_one_oddity(planted, of_stand):
    names = ("zuzuege", "fortzuege", "geburten")
    new = {(a, name, "2005-12-31"): 5 * round(v / 5) for name in names for a, v in of_stand(name, "2005-12-31").items()}
    assert {cell.feature for cell in one(heaping, planted(new)).cells} == {*names}


def test_a_digit_too_frequent():
    rng = np.random.default_rng(1)
    numbers = rng.integers(100, 9999, 400)
    assert heaping.heaped(numbers.astype(float)) is None
    numbers[:120] = numbers[:120] // 10 * 10 + 7
    unusual, step, count = heaping.heaped(numbers.astype(float))
    assert (step, unusual > 5, count > 140) == (0, True, True)
    counts = np.bincount(numbers % 10, minlength=10)
    assert unusual == pytest.approx(stats.norm.isf(stats.chisquare(counts).pvalue / 2), rel=1e-6)


def test_clean_digits_are_seldom_heaped():
    rng = np.random.default_rng(2)
    assert not any(heaping.heaped(rng.integers(20, 30_000, 39).astype(float)) for _ in range(3000))


# -- rhythm ------------------------------------------------------------------------------------------


def moved(tables, feature, old, new):
    """The tables with another Stichtag of a Merkmal."""
    values = tables.values.copy()
    chosen = (values["merkmal"] == feature) & (values["stichtag"] == pd.Timestamp(old))
    assert chosen.any()
    values.loc[chosen, "stichtag"] = pd.Timestamp(new)
    return replace(tables, values=values)


def test_a_day_that_occurs_once(shipped):
    oddity = next(iter(rhythm.find(Material(moved(shipped, "hze", "2005-12-31", "2005-11-30")))))
    assert (oddity.rule, oddity.feature, oddity.date) == ("stichtag", "hze", dt.date(2005, 11, 30))
    assert "kommt bei Hilfen zur Erziehung nur einmal vor; sonst wird am 31.12. gezählt" in oddity.what


def test_a_year_left_out(shipped):
    values = shipped.values
    values = values[~((values["merkmal"] == "hze") & (values["stichtag"] == "2004-12-31"))]
    oddity = one(rhythm, replace(shipped, values=values))
    assert "fehlt ein Stand zwischen dem 31.12.2003 und dem 31.12.2005" in oddity.what


def test_a_rhythm_of_two_years_is_none_of_one():
    every_second = tuple(dt.date(year, 12, 31) for year in range(2000, 2011, 2))
    assert rhythm.gaps(every_second) == []
    yearly = tuple(dt.date(year, 12, 31) for year in range(2000, 2008))
    assert rhythm.gaps(yearly) == []
    assert rhythm.gaps((*yearly, dt.date(2009, 12, 31))) == [(dt.date(2007, 12, 31), dt.date(2009, 12, 31))]


def test_a_new_day_beside_the_usual_one_is_no_fault():
    yearly = tuple(dt.date(year, 12, 31) for year in range(2000, 2006))
    assert rhythm.off_days((*yearly[:-1], dt.date(2005, 9, 30), yearly[-1])) == []
    assert rhythm.off_days((*yearly[:-1], dt.date(2005, 9, 30))) == [dt.date(2005, 9, 30)]
    assert rhythm.off_days((*yearly[:2], dt.date(2003, 6, 30))) == []


# -- remainders --------------------------------------------------------------------------------------


def with_totals(tables, feature, share):
    """The tables with delivered totals of the districts that are larger than their parts by a share."""
    values = tables.values[tables.values["merkmal"] == feature]
    parents = values["raum_id"].map(tables.areas["teil_von"])
    sums = values.groupby([parents.rename("raum_id"), "merkmal", "stichtag"])["wert"].sum().reset_index()
    sums["wert"] = np.round(sums["wert"] * (1 + share))
    sums = sums.assign(status="ok", datei="werte/2006.csv", zeile=range(1, len(sums) + 1))
    return replace(tables, values=pd.concat([tables.values, sums], ignore_index=True))


def test_a_usual_remainder_is_nothing_unusual(shipped):
    assert list(remainders.find(Material(with_totals(shipped, "al", 0.01)))) == []
    assert list(remainders.find(Material(with_totals(shipped, "al", 0.15)))) == []


def test_a_remainder_that_is_larger_than_else(shipped):
    tables = with_totals(shipped, "al", 0.01)
    values = tables.values.copy()
    chosen = (values["raum_id"] == "sb_hoerde") & (values["merkmal"] == "al") & (values["stichtag"] == "2006-12-31")
    values.loc[chosen, "wert"] += 700
    oddity = one(remainders, replace(tables, values=values))
    assert (oddity.rule, oddity.area, oddity.date) == ("rest", "sb_hoerde", dt.date(2006, 12, 31))
    assert oddity.what.startswith("Stadtbezirk Hörde, Arbeitslose am 31.12.2006: geliefert sind ")


# -- identities --------------------------------------------------------------------------------------


def test_a_sum_that_nobody_has_declared(shipped):
    others = {name: table for name, table in shipped.others.items() if name != "zerlegungen"}
    told = [oddity.what for oddity in identities.find(Material(replace(shipped, others=others)))]
    assert any("Arbeitslosengeld II + " in what and "Sozialgeld" in what for what in told)
    assert all("ist nicht erklärt" in what for what in told)


def test_a_number_that_breaks_an_undeclared_sum(planted, value):
    number = value("sr_nette", "alg2", "2006-12-31")
    tables = planted({("sr_nette", "alg2", "2006-12-31"): number + 3})
    others = {name: table for name, table in tables.others.items() if name != "zerlegungen"}
    found = [oddity for oddity in identities.find(Material(replace(tables, others=others))) if oddity.area]
    assert {(oddity.area, oddity.date) for oddity in found} == {("sr_nette", dt.date(2006, 12, 31))}
    assert all("alg2" in {cell.feature for cell in oddity.cells} for oddity in found)
    assert found[0].unusual > 99


# -- outliers ----------------------------------------------------------------------------------------


def test_a_first_delivery_with_a_lost_digit(planted, value):
    number = value("sr_aplerbeck", "einkuenfte", "2001-12-31")
    oddity = one(outliers, planted({("sr_aplerbeck", "einkuenfte", "2001-12-31"): number // 10}))
    assert (oddity.rule, oddity.area, oddity.feature) == ("ausreisser", "sr_aplerbeck", "einkuenfte")
    assert "bezogen auf Steuerpflichtige" in oddity.what


def test_what_an_area_always_is_is_no_outlier(planted, shipped):
    dates = [f"{year}-12-31" for year in range(2000, 2008)]
    index = shipped.values.set_index(["raum_id", "merkmal", "stichtag"])["wert"]
    new = {("sr_nette", "hh_1", date): round(0.97 * index["sr_nette", "hh", pd.Timestamp(date)]) for date in dates}
    assert list(outliers.find(Material(planted(new)))) == []
    (last,) = list(new.items())[-1:]
    assert [o.area for o in outliers.find(Material(planted(dict([last]))))] == ["sr_nette"]


def test_a_wrong_denominator_is_named_once(planted, value):
    number = value("sr_nette", "untersucht", "2006-08-01")
    found = list(outliers.find(Material(planted({("sr_nette", "untersucht", "2006-08-01"): number * 10}))))
    assert len(found) == 1
    assert (found[0].area, found[0].feature) == ("sr_nette", "untersucht")
    assert "weitere Quoten dieses Gebiets" in found[0].what
