"""The one rule: which differences are told, of areas and of years."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportions_ztest

from sozialbericht.position import Position
from sozialbericht.statistics.intervals.comparison import Comparison, among, compare, positions, together
from sozialbericht.statistics.intervals.estimate import Estimate

AREAS = st.lists(
    st.integers(20, 9000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=12
)
ALL = slice(None)


def of(pairs: list[tuple[float, float]], art: str = "anteil") -> Estimate:
    count, total = np.array(pairs, dtype=float).T
    return Estimate(art, count, total, 100.0, np.ones(len(pairs)))


def shown(made: Estimate) -> np.ndarray:
    return np.isfinite(made.value)


@given(AREAS, st.floats(1, 99))
def test_shares_beside_the_city_are_corrected_score_tests(pairs: list[tuple[int, int]], city: float) -> None:
    made = of(pairs)
    found = positions(made, city, shown(made))
    p = [proportions_ztest(x, n, city / 100, prop_var=city / 100)[1] for x, n in pairs]
    corrected = multipletests(p, method="fdr_bh")[1]
    for answer, value, q in zip(found, made.value, corrected, strict=True):
        if abs(q - 0.05) > 1e-9:
            assert answer.differs == (q < 0.05)
        assert answer.sign in (0, np.sign(value - city))


@given(AREAS, st.floats(1, 99), st.sampled_from(["anteil", "rate"]))
def test_what_is_told_is_outside_its_interval(pairs: list[tuple[int, int]], city: float, art: str) -> None:
    made = of(pairs, art)
    lower, upper = made.interval()
    for k, answer in enumerate(positions(made, city, shown(made))):
        if answer.differs:
            assert (lower[k] > city - 1e-9) if answer is Position.ABOVE else (upper[k] < city + 1e-9)


def test_the_four_answers() -> None:
    made = of([(900, 1000), (100, 1000), (505, 1000), (np.nan, 1000)])
    assert positions(made, 50.0, shown(made)).tolist() == ["über", "unter", "im Bereich", "kein Intervall"]
    assert set(positions(made, np.nan, shown(made))) == {Position.UNKNOWN}
    assert set(positions(of([(9, 10)], "mittel"), 50.0, np.array([True]))) == {Position.UNKNOWN}


def test_what_is_not_shown_does_not_count_among_the_many() -> None:
    """By the areas that are corrected for, the withheld one would be guessed at."""
    made = of([(61, 100), (50, 100), (50, 100), (50, 100)])
    assert made.p_values(50.0)[0] == pytest.approx(0.0278, abs=1e-4)
    alone = np.array([True, False, False, False])
    assert positions(made, 50.0, alone).tolist() == ["über", *["kein Intervall"] * 3]
    assert positions(made, 50.0, ~np.zeros(4, bool))[0] == "im Bereich"


def test_an_area_may_miss_the_city_and_still_not_differ() -> None:
    made = of([(61, 100), *[(50, 100)] * 9])
    assert made.interval().lower[0] > 50
    assert positions(made, 50.0, shown(made))[0] is Position.WITHIN


def test_of_like_areas_hardly_ever_one_is_told() -> None:
    """39 areas that do not differ: without correction two of them would, with it one in every twenty cities."""
    draw, cities = np.random.default_rng(16), 400
    told = []
    for _ in range(cities):
        made = of([(x, 2000) for x in draw.binomial(2000, 0.12, 39)])
        told.append(sum(answer.differs for answer in positions(made, 12.0, shown(made))))
    assert np.mean(np.array(told) > 0) == pytest.approx(0.05, abs=0.03)


def both(new: list[tuple[float, float]], old: list[tuple[float, float]], art: str = "anteil") -> Comparison:
    one, other = of(new, art), of(old, art)
    return compare(one, other, shown(one) & shown(other))


@settings(deadline=None)
@given(AREAS, st.sampled_from(["anteil", "rate"]), st.randoms(use_true_random=False))
def test_a_change_turns_round_with_its_years(pairs: list[tuple[int, int]], art: str, chance) -> None:
    old = [(chance.randint(0, n), n) for _, n in pairs]
    forth, back = both(pairs, old, art), both(old, pairs, art)
    assert np.allclose(forth.difference, -back.difference)
    assert np.allclose(forth.lower, -back.upper) and np.allclose(forth.upper, -back.lower)
    assert [a.sign for a in forth.position] == [-a.sign for a in back.position]
    for k, answer in enumerate(forth.position):
        assert forth.lower[k] - 1e-9 <= forth.difference[k] <= forth.upper[k] + 1e-9
        if answer.differs:
            assert not forth.lower[k] <= 0 <= forth.upper[k]


def test_only_what_may_be_compared_has_a_difference() -> None:
    one, other = of([(30, 100), (30, 100)]), of([(90, 100), (90, 100)])
    found = compare(one, other, np.array([True, False]))
    assert found.difference[0] == pytest.approx(-60) and np.isnan(found.difference[1])
    assert found.position.tolist() == ["unter", "kein Intervall"] and np.isnan(found.lower[1])


def test_changes_in_per_cent_are_compared_on_one_base() -> None:
    """Both are rates of the base year's count then, which both share."""
    found = both([(900, 1000), (900, 1000)], [(1100, 1000), (1100, 1001)], "veraenderung")
    assert found.difference.tolist()[0] == pytest.approx(-20)
    rates = both([(900, 1000)], [(1100, 1000)], "rate")
    assert (found.lower[0], found.upper[0]) == pytest.approx((rates.lower[0], rates.upper[0]))
    assert found.position.tolist() == ["unter", "kein Intervall"]


def test_each_area_beside_all_others() -> None:
    pairs = [(400, 1000), (100, 1000), (110, 1000)]
    found = among(of(pairs))
    for k in range(3):
        rest = np.sum([pair for at, pair in enumerate(pairs) if at != k], axis=0)
        alone = both([pairs[k]], [tuple(rest)])
        assert found.difference[k] == pytest.approx(alone.difference[0])
        assert (found.lower[k], found.upper[k]) == pytest.approx((alone.lower[0], alone.upper[0]))
    assert found.position.tolist() == ["über", "unter", "unter"]
    assert set(among(of([(np.nan, 10), (3, 10)])).position) == {Position.UNKNOWN}


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(AREAS, AREAS), min_size=1, max_size=6))
def test_pairs_of_different_indicators_are_corrected_together(pairs: list[tuple[list, list]]) -> None:
    given_pairs = [(of(one).pooled(), of(other, "anteil").pooled()) for one, other in pairs]
    found = together(given_pairs)
    alone = [compare(one, other, np.array([True])) for one, other in given_pairs]
    for name in ("difference", "lower", "upper"):
        np.testing.assert_array_equal(getattr(found, name), np.concatenate([getattr(one, name) for one in alone]))
    for position, single in zip(found.position, alone, strict=True):
        assert position == single.position[0] or (single.position[0].differs and position is Position.WITHIN)
    # as many of the same difference are corrected to the same answer
    same = together([given_pairs[0]] * 3).position
    assert list(same) == [alone[0].position[0]] * 3


def test_no_pairs_have_no_differences() -> None:
    found = together([])
    assert len(found.difference) == len(found.position) == 0


def test_a_pair_without_interval_or_of_changes_is_not_told() -> None:
    amounts, changes = of([(30, 40)], "verhaeltnis"), of([(30, 40)], "veraenderung")
    found = together([(amounts, amounts), (changes, changes)])
    assert list(found.position) == [Position.UNKNOWN] * 2
    assert found.difference[0] == 0 and np.isnan(found.difference[1])
