"""Complementary suppression of random small cities against all tables that fit, and of larger ones by programs."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables_that_fit import REST, WHOLE, City, computed, ranges, shown_of

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
        found = bounds(city, {**shown, key: truth[key]}, [c for c in hidden if c != key])
        narrow = {cell for cell, (least, most) in found.items() if most - least < WIDTH}
        if reason.exposed:
            assert narrow & {(area, feature) for area, feature, _ in reason.exposed}, key


def tried(city, shown, cells):
    return ranges(city, shown, cells, WIDTH)


def solved(city, shown, cells):
    return {cell: computed(city, shown, cell) for cell in cells}


@settings(max_examples=60, **LIMITS)
@given(cities(most_areas=5, most=5))
def test_nothing_can_be_computed_and_nothing_is_withheld_in_vain(city):
    check(city, tried)


@settings(max_examples=60, **LIMITS)
@given(cities(most_areas=9))
def test_the_same_of_larger_cities_by_programs(city):
    check(city, solved)


@pytest.mark.slow
@settings(max_examples=2000, **LIMITS)
@given(cities(most_areas=12))
def test_the_same_of_two_thousand_cities(city):
    check(city, solved)


@settings(max_examples=60, **LIMITS)
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
