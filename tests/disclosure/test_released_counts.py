"""What released reports have shown stays known: it cannot be withheld any more, and all else is protected from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables_that_fit import DAY, REST, WHOLE, City, computed, ranges, shown_of
from test_suppression_random import cities

from sozialbericht.disclosure.protection import Protection

LIMITS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
Key = tuple[str, str]


def released(shown: dict[Key, float], printed: set[Key]) -> pd.DataFrame:
    """What a report has shown, as its file says it."""
    rows = [(*key, DAY, value, key in printed) for key, value in shown.items()]
    frame = pd.DataFrame(rows, columns=["raum_id", "merkmal", "stichtag", "wert", "gedruckt"])
    return frame.astype({"wert": float, "gedruckt": bool, "stichtag": "datetime64[ns]"})


@dataclass
class Case:
    """A city as a report was released of it, what that showed, and the city, its rules and its deliveries today."""

    before: dict[Key, float]
    printed: set[Key]
    city: City
    minimum: int

    def protection(self) -> Protection:
        features = self.city.features().assign(mindestzahl=self.minimum)
        shown = released(self.before, self.printed)
        return Protection(
            self.city.cube(), features, self.city.areas(), self.city.partitions(), None, shown,
        )  # fmt: skip

    def today(self) -> dict[Key, float]:
        """The true numbers of all cells."""
        cells = [(area, feature) for area in self.city.parents for feature in (WHOLE, *self.city.told)]
        return {key: float(sum(self.city.counts[m] for m in self.city.members(*key))) for key in cells}


@st.composite
def cases(draw, **limits):
    """A released city of which counts were revised, the minimum raised, values delivered as withheld – or nothing."""
    city = draw(cities(**limits))
    before = shown_of(city.protected())
    printed = set(draw(st.lists(st.sampled_from(sorted(before)), unique=True))) if before else set()
    if draw(st.booleans()):
        printed = set(before)
    changes = draw(st.lists(st.tuples(st.sampled_from(sorted(city.counts)), st.integers(0, 6)), max_size=2))
    cells = [(area, feature) for area in city.leaves for feature in (WHOLE, *city.told)]
    secret = draw(st.one_of(st.just([]), st.lists(st.sampled_from(cells), max_size=2, unique=True)))
    later = replace(city, counts={**city.counts, **dict(changes)}, secret=tuple(secret))
    return Case(before, printed, later, draw(st.sampled_from((3, 3, 5))))


def check(case: Case, bounds) -> None:
    """Nothing that no report has shown is too certain, or else all of it that new reports could tell is withheld."""
    protection = case.protection()
    suppression = protection.suppression
    cells = suppression.system.cells
    keys = list(zip(cells["raum_id"], cells["merkmal"], strict=True))
    shown, truth = shown_of(protection), case.today()
    for key, value in shown.items():
        assert value == truth[key]
        same = case.before.get(key) == value
        assert value not in range(1, case.minimum) or (same and key in case.printed)
    unnumbered = {(row.raum_id, row.merkmal) for row in case.city.cube().itertuples() if np.isnan(row.wert)}
    for key in case.printed - unnumbered:
        assert case.before[key] != truth[key] or key in shown, "it is known, whatever is done"
    told = {key: value for key, value in case.before.items() if key in unnumbered and value == truth[key]}
    revised = {key for key, value in case.before.items() if key in unnumbered and value != truth[key]}
    given_up = {keys[n] for n in suppression.unprotected if n < len(keys)}
    hidden = [key for key in keys if key not in shown]
    public = {key: value for key, value in case.before.items() if shown.get(key) == value}
    for known, asked in ((shown, hidden), ({**shown, **told}, [] if revised else [k for k in hidden if k not in told])):
        old = {**public, **(told if known is not shown else {})}
        found = bounds(case, known, asked)
        lost = bounds(case, old, [key for key in asked if key in given_up])
        for key, (least, most) in found.items():
            if key in given_up:
                low, high = lost[key]
                assert min(most - least, case.minimum) == min(high - low, case.minimum), (
                    key,
                    "less than before",
                )
            else:
                assert most - least >= case.minimum, (key, least, most)


def tried(case: Case, known: dict[Key, float], asked: list[Key]):
    return ranges(case.city, known, asked, case.minimum)


def solved(case: Case, known: dict[Key, float], asked: list[Key]):
    return {key: computed(case.city, known, key, case.minimum) for key in asked}


def test_cells_that_can_never_be_wide_enough_stay_as_uncertain_as_they_can_be():
    """The minimum rose from 3 to 5 and nearly all is known: what would still tell more is withheld, too."""
    parents = {"stadt": "", "o": "stadt", "u": "stadt", "o1": "o", "o2": "o", "o3": "o", "u1": "u"}
    counts = {"o1": (3, 0, 0), "o2": (0, 2, 1), "o3": (0, 3, 3), "u1": (0, 2, 2)}
    parts = ("a", "b", REST)
    told = {(area, part): number for area, row in counts.items() for part, number in zip(parts, row, strict=True)}
    city = City(parents, parts, told, complete=False)
    known = {
        "stadt": {"a": 3, "b": 7, WHOLE: 16}, "o": {"a": 3, WHOLE: 12}, "u": {"a": 0, WHOLE: 4},
        "o1": {"b": 0, WHOLE: 3}, "o2": {"a": 0, WHOLE: 3}, "o3": {"b": 3, WHOLE: 6}, "u1": {"a": 0, WHOLE: 4},
    }  # fmt: skip
    before = {(area, feature): float(value) for area, row in known.items() for feature, value in row.items()}
    case = Case(before, set(before), city, 5)
    check(case, solved)
    assert ("o", "b") not in shown_of(case.protection())


def test_what_an_earlier_report_told_of_a_withheld_value_can_make_another_certain():
    counts = {("e", "a"): 0, ("e", "b"): 0, ("e", REST): 3}
    city = City({"stadt": "", "e": "stadt"}, ("a", "b", REST), counts, complete=False, secret=(("e", WHOLE),))
    before = {(area, part): 0.0 for area in ("stadt", "e") for part in ("a", "b")} | {
        ("e", WHOLE): 3.0,
        ("stadt", WHOLE): 3.0,
    }
    check(Case(before, set(), city, 5), solved)


@settings(max_examples=25, **LIMITS)
@given(cases(most_areas=4, most_levels=3, most=3))
def test_nothing_follows_for_readers_of_earlier_reports(case):
    check(case, tried)


@settings(max_examples=40, **LIMITS)
@given(cases(most_areas=9))
def test_the_same_of_larger_cities_by_programs(case):
    check(case, solved)


@pytest.mark.slow
@settings(max_examples=1000, **LIMITS)
@given(cases(most_areas=10))
def test_the_same_of_a_thousand_cities(case):
    check(case, solved)
