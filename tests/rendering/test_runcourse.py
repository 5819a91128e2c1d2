"""How far a run has come and how long it will take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.rendering.runcourse import Course, Durations, Part, Telling

SECONDS = {"a": 8.0, "b": 4.0, "c": 4.0, "d": 8.0}
PARTS = [Part("2006", name) for name in SECONDS]


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def ran(durations, *, slower=1.0, look=lambda course, clock: None):
    """A run on two cores that takes 3 s before its notebooks, then 12 s, then 5 s; ``look`` sees it often."""
    clock = Clock()
    course = Course(durations, "art", clock)
    events = [(3.0, None), (7.0, PARTS[1]), (11.0, PARTS[0]), (11.0, PARTS[2]), (15.0, PARTS[3])]
    for half in range(int(40 * slower) + 1):
        clock.now = 100 + half / 2
        for at, part in list(events):
            if at * slower <= half / 2:
                events.remove((at, part))
                if part is None:
                    course.plan(PARTS, 2)
                else:
                    course.take(part, SECONDS[part.name] * slower, failed=False)
        look(course, clock)
    return course


def test_without_an_earlier_run_nobody_knows():
    ran(Durations(), look=lambda course, clock: (course.remaining() is None) or pytest.fail())


@pytest.mark.parametrize("slower", [1.0, 1.2])
def test_the_second_run_is_foretold(slower):
    known = ran(Durations()).finish()
    told = []
    ran(known, slower=slower, look=lambda course, clock: told.append((clock.now - 100, course.remaining())))
    whole = 20 * slower
    for at, left in told:
        if whole / 4 <= at <= whole:
            assert abs(at + left - whole) <= 0.3 * whole, (at, left)
    assert told[-1][1] < 0.5


def test_what_runs_are_the_first_that_are_not_done():
    clock = Clock()
    course = Course(Durations(), "art", clock)
    course.plan([*PARTS, Part("2006", "alt", stored=True)], 2)
    assert [part.name for part in course.running()] == ["a", "b"]
    course.take(PARTS[0], 1.0, failed=True)
    assert [part.name for part in course.running()] == ["b", "c"]
    assert course.finish().notebooks == {}, "what fails says nothing of how long it takes"


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=8), st.integers(1, 4))
def test_the_rest_is_never_negative(seconds, most):
    clock = Clock()
    course = Course(Durations({}, {"art": {"head": 1, "executing": 5, "tail": 2, "pace": 1.5}}), "art", clock)
    parts = [Part("2006", str(n)) for n in range(len(seconds))]
    course.plan(parts, most)
    for part, took in zip(parts, seconds, strict=True):
        clock.now += took / most
        course.take(part, took, failed=False)
        assert course.remaining() >= 0
    assert set(course.finish().notebooks) == {part.name for part in parts}


def test_who_is_told_by_lines():
    said = []
    telling = Telling.of(said.append)
    assert Telling.of(telling) is telling
    telling("Lies.")
    telling.doing("Setze", "2006")
    telling.phase("Lege ab")
    telling.detail("unverändert")
    telling.planned(PARTS, 2)
    telling.done(PARTS[0], 1.0, failed=False, line="  ✓ a")
    assert said == ["Lies.", "2006: Setze", "  ✓ a"]
