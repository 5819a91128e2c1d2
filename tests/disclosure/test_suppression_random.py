"""Complementary suppression of random small cities against all tables that fit, and of larger ones by programs."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables_that_fit import DAY, REST, WHOLE, City, computed, ranges, shown_of

from sozialbericht.disclosure.protection import Protection

WIDTH = 3
SMALL = (1, 2)
LIMITS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}


@st.composite
def cities(draw, most_areas=7, most_levels=4, most=9):
    """A city of two to four levels with a partition into two or three parts, which may leave something out."""
    levels = draw(st.integers(2, most_levels))
    parents, above = {"stadt": ""}, ["stadt"]
    for level in range(1, levels):
        new = []
        for parent in above:
            room = max(1, (most_areas - len(parents)) // max(1, len(above)))
            for _ in range(draw(st.integers(1, min(4, max(1, room))))):
                name = f"e{level}_{len(parents)}"
                parents[name] = parent
                new.append(name)
        above = new
    complete = draw(st.booleans())
    parts = ("w", "m") if draw(st.booleans()) else ("a", "b", "c")
    parts = parts if complete else (*parts[:2], REST)
    leaves = [a for a in parents if a not in parents.values()]
    number = st.one_of(st.integers(0, 3), st.integers(0, most))
    return City(parents, parts, {(a, p): draw(number) for a in leaves for p in parts}, complete)


def check(city: City, bounds) -> None:
    """No withheld cell is too certain, nothing small is shown, and each complementary cell is needed."""
    protection = city.protected()
    suppression = protection.suppression
    cells = suppression.system.cells
    keys = list(zip(cells["raum_id"], cells["merkmal"], strict=True))
    shown = shown_of(protection)
    truth = dict(zip(keys, suppression.system.value, strict=False))
    assert not set(city.secret) & set(shown)
    for key, value in shown.items():
        assert value == truth[key]
        assert value not in SMALL
    given_up = {keys[n] for n in suppression.unprotected if n < len(keys)}
    hidden = [key for key in keys if key not in shown]
    for key, (least, most) in bounds(city, shown, hidden).items():
        assert key in given_up or most - least >= WIDTH, (key, least, most)
    if given_up:  # then there is no way: even if nothing at all were shown of any
        return
    for n, key in enumerate(keys):
        reason = suppression.reason(n)
        if reason is None or reason.kind != "complementary":
            continue
        assert reason.optimal
        assert reason.exposed or reason.remainders, key
        if reason.exposed:
            exposed = {(area, feature) for area, feature, _ in reason.exposed}
            found = bounds(city, {**shown, key: truth[key]}, [c for c in hidden if c != key and c in exposed])
            assert any(most - least < WIDTH for least, most in found.values()), key


def tried(city, shown, cells):
    return ranges(city, shown, cells, WIDTH)


def solved(city, shown, cells):
    return {cell: computed(city, shown, cell, WIDTH) for cell in cells}


@settings(max_examples=25, **LIMITS)
@given(cities(most_areas=5, most=5))
def test_nothing_can_be_computed_and_nothing_is_withheld_in_vain(city):
    check(city, tried)


@settings(max_examples=25, **LIMITS)
@given(cities(most_areas=9))
def test_the_same_of_larger_cities_by_programs(city):
    check(city, solved)


@st.composite
def deliveries(draw, **limits):
    """Such a city of which one to three values are delivered as withheld."""
    city = draw(cities(**limits))
    cells = [(area, feature) for area in city.leaves for feature in (WHOLE, *city.told)]
    return replace(city, secret=tuple(draw(st.lists(st.sampled_from(cells), min_size=1, max_size=3, unique=True))))


@settings(max_examples=25, **LIMITS)
@given(deliveries(most_areas=9))
def test_what_is_delivered_as_withheld_is_protected_as_well(city):
    check(city, solved)


@settings(max_examples=20, **LIMITS)
@given(cities(most_areas=8), st.data())
def test_a_second_year_changes_costs_only(city, data):
    """Nothing more is exposed, and as many are withheld in each year as in it alone, or more where they cost less."""
    counts = {key: data.draw(st.integers(0, 9)) for key in city.counts}
    later = replace(city, counts=counts, day=DAY + pd.DateOffset(years=1))
    both = pd.concat([city.cube(), later.cube()], ignore_index=True)
    made = Protection(both, city.features(), city.areas(), city.partitions())
    assert made.suppression.unprotected == []
    for year in (city, later):
        cube = made.cube()
        rows = cube[(cube["stichtag"] == year.day) & (cube["status"] == "ok")]
        shown = {(row.raum_id, row.merkmal): row.wert for row in rows.itertuples()}
        hidden = cube[(cube["stichtag"] == year.day) & (cube["status"] == "withheld")]
        for row in hidden.itertuples():
            least, most = computed(year, shown, (row.raum_id, row.merkmal))
            assert most - least >= WIDTH


@pytest.mark.slow
@settings(max_examples=500, **LIMITS)
@given(deliveries(most_areas=12))
def test_the_same_of_five_hundred_deliveries(city):
    check(city, solved)


@pytest.mark.slow
@settings(max_examples=2000, **LIMITS)
@given(cities(most_areas=12))
def test_the_same_of_two_thousand_cities(city):
    check(city, solved)


@settings(max_examples=25, **LIMITS)
@given(cities(most_areas=9))
def test_a_remainder_of_one_or_two_cannot_be_computed(city):
    protection = city.protected()
    if city.complete or protection.suppression.unprotected:
        return
    shown = shown_of(protection)
    for area in city.parents:
        rest = sum(city.counts[leaf, REST] for leaf in city.below(area))
        if rest in SMALL:
            least, most = computed(city, shown, (area, REST))
            assert most - least >= WIDTH
    assert {feature for _, feature in shown} <= {WHOLE, *city.told}
