"""Attainable intervals: against brute force over all tables of whole numbers that fit, and by example."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.audit.bounds import Interval, System, _Question, attainable

MOST = 4
"""The greatest count in the tables that are tried out."""


def solve(system: System, *wanted: dict[str, float], enough: int = 3, **more: int) -> list[Interval]:
    return attainable(system, wanted, enough=enough, **more)


def test_a_sum_with_one_unknown_is_exact() -> None:
    system = System()
    system.relate({"a": 1}, 2, 2)
    assert solve(system, {"a": 1}) == [Interval(2, 2, 1)]
    assert solve(system, {"a": 1})[0].exact


def test_two_unknowns_of_a_sum() -> None:
    system = System()
    system.relate({"a": 1, "b": 1}, 5, 5)
    assert solve(system, {"a": 1}, {"b": 1}) == [Interval(0, 5, 3), Interval(0, 5, 3)]
    assert solve(system, {"a": 1, "b": 1})[0].exact, "what is known of both together"


def test_values_between_the_ends_need_not_be_attainable() -> None:
    system = System()
    system.relate({"a": 1, "b": -3}, 0, 0)
    system.limit("b", 0, 1)
    found = solve(system, {"a": 1})[0]
    assert (found.low, found.high, found.values) == (0, 3, 2)
    assert not found.exact


def test_a_rate_with_its_rounding_fixes_its_numerator() -> None:
    """9,3 % of 118 is 11, and nothing else."""
    system = System()
    system.relate({"zaehler": 1}, 118 * 0.0925, 118 * 0.0935)
    assert solve(system, {"zaehler": 1})[0].exact


def test_an_interval_with_a_rate_fixes_both() -> None:
    """A rate with Wilson's bounds, one decimal each: 9,3 [5,3; 15,9] is 11 of 118 only."""
    fitting = []
    z = 1.959963984540054
    for total, count in itertools.product(range(1, 400), range(1, 60)):
        if count > total:
            continue
        share = count / total
        centre = (share + z**2 / (2 * total)) / (1 + z**2 / total)
        half = z / (1 + z**2 / total) * math.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
        if [round(100 * x, 1) for x in (share, centre - half, centre + half)] == [9.3, 5.3, 15.9]:
            fitting.append((count, total))
    assert fitting == [(11, 118)]


def test_the_unbounded_stays_unbounded() -> None:
    system = System()
    system.relate({"a": 1, "b": -1}, 0, math.inf)
    assert solve(system, {"a": 1})[0] == Interval(0, math.inf, 3)


def test_a_contradiction_is_told() -> None:
    system = System()
    system.relate({"a": 1, "b": 1}, 3, 3)
    system.limit("a", 0, 1)
    system.limit("b", 0, 1)
    found = solve(system, {"a": 1})[0]
    assert not found.consistent and math.isnan(found.low)
    assert not found.exact


def test_an_unknown_without_relations_can_be_anything() -> None:
    assert solve(System(), {"a": 1})[0] == Interval(0, math.inf, 3)


def test_sums_over_components() -> None:
    system = System()
    system.relate({"a": 1, "b": 1}, 2, 2)
    system.relate({"c": 1, "d": 1}, 1, 1)
    found = solve(system, {"a": 1, "c": 1})[0]
    assert (found.low, found.high) == (0, 3)


@st.composite
def systems(draw: st.DrawFn) -> tuple[System, list[str]]:
    """Up to five unknowns of at most ``MOST`` and up to five relations that one hidden table satisfies."""
    names = [f"x{place}" for place in range(draw(st.integers(2, 5)))]
    truth = {name: draw(st.integers(0, MOST)) for name in names}
    system = System()
    for name in names:
        system.limit(name, 0, MOST)
    for _ in range(draw(st.integers(1, 5))):
        chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
        factors = {name: draw(st.sampled_from([-2.0, -1.0, 1.0, 1.0, 0.5, -0.093])) for name in chosen}
        total = sum(factor * truth[name] for name, factor in factors.items())
        slack = draw(st.sampled_from([0.0, 0.0, 0.5, 1.0]))
        upper = draw(st.booleans())
        system.relate(factors, total - slack, total + slack if upper else math.inf)
    return system, names


def fitting(system: System, names: list[str]) -> list[dict[str, int]]:
    """All tables of whole numbers that fit."""
    found = []
    for values in itertools.product(range(MOST + 1), repeat=len(names)):
        table = dict(zip(names, values, strict=True))
        inside = all(low - 1e-6 <= table[str(name)] <= high + 1e-6 for name, (low, high) in system.limits.items())
        sums = (
            (sum(factor * table[str(name)] for name, factor in relation.terms), relation)
            for relation in system.relations
        )
        if inside and all(relation.low - 1e-6 <= total <= relation.high + 1e-6 for total, relation in sums):
            found.append(table)
    return found


@settings(max_examples=150, deadline=None)
@given(systems(), st.integers(2, 4))
def test_intervals_are_those_of_brute_force(given_system: tuple[System, list[str]], enough: int) -> None:
    system, names = given_system
    tables = fitting(system, names)
    assert tables, "the hidden table fits"
    for name, found in zip(names, solve(system, *({name: 1} for name in names), enough=enough), strict=True):
        values = {table[name] for table in tables}
        assert (found.low, found.high) == (min(values), max(values))
        assert found.values == min(len(values), enough)
        assert found.consistent and found.proven


@settings(max_examples=50, deadline=None)
@given(systems())
def test_sums_of_unknowns_are_those_of_brute_force(given_system: tuple[System, list[str]]) -> None:
    system, names = given_system
    values = {sum(table.values()) for table in fitting(system, names)}
    found = solve(system, dict.fromkeys(names, 1.0))[0]
    assert (found.low, found.high) == (min(values), max(values))


@settings(max_examples=20, deadline=None)
@given(systems())
def test_the_same_each_time(given_system: tuple[System, list[str]]) -> None:
    system, names = given_system
    wanted = [{name: 1.0} for name in names]
    assert attainable(system, wanted) == attainable(system, wanted)


@pytest.mark.parametrize("nodes", [0, 1])
def test_a_limit_on_nodes_never_makes_a_number_look_safer(nodes: int) -> None:
    system = System()
    system.relate({"a": 2, "b": 3, "c": 5, "d": 7}, 31, 31)
    for name in "abcd":
        system.limit(name, 0, 9)
    for name in "abcd":
        limited, full = (solve(system, {name: 1}, nodes=limit)[0] for limit in (nodes, 20_000))
        assert limited.values <= full.values


@given(systems(), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_a_brief_answer_never_looks_safer(given_system: tuple[System, list[str]], width: int) -> None:
    system, names = given_system
    wanted = [{name: 1.0} for name in names]
    whole = attainable(system, wanted)
    brief = attainable(system, wanted, widths=[width] * len(names))
    for full, short in zip(whole, brief, strict=True):
        wide = full.values >= 3 and full.high - full.low + 1 >= width
        assert (short.values >= 3 and short.high - short.low + 1 >= width) == wide
        assert short == full or (wide and full.low <= short.low < short.high <= full.high)


def test_many_small_tables_are_asked_for_together(monkeypatch: pytest.MonkeyPatch) -> None:
    system, wanted = System(), []
    for n in range(60):
        for row, total in enumerate((7 + n % 5, 9)):
            system.relate({(n, row, column): 1 for column in "ab"}, total, total)
        for column, total in (("a", 8), ("b", 8 + n % 5)):
            system.relate({(n, row, column): 1 for row in range(2)}, total, total)
        wanted += [{(n, row, column): 1.0} for row in range(2) for column in "ab"]
    system.limit((0, 0, "a"), 3, 4)  # the one table of which too little is left
    asked = []
    solve_one = _Question._solve

    def counted(self: _Question, *given: Any) -> float | None:
        asked.append(given)
        return solve_one(self, *given)

    monkeypatch.setattr(_Question, "_solve", counted)
    found = attainable(system, wanted, widths=[3] * len(wanted))
    assert [place for place, one in enumerate(found) if one.values < 3] == [0, 1, 2, 3]
    assert (found[0].low, found[0].high) == (3, 4)
    assert len(asked) < 20, "not two for each of them"
