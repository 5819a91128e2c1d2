"""The line of an index and the pairs of two groups: marks lie where the values are and never on each other."""

from __future__ import annotations

import math

import matplotlib.pyplot as plt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.drawing.canvas.rowgrid import Rowgrid
from sozialbericht.drawing.canvas.style import FULL, NARROW
from sozialbericht.drawing.charts.dumbbell import Dumbbell, dumbbells
from sozialbericht.drawing.charts.indexline import APART, NUMBERED, Classes, indexline

CLASSES = Classes(("hoch", "mittel", "niedrig"), ("s1", "s2", "s4"), (-1.0, 1.0))
NAN = math.nan


def dots(fig):
    parts = fig.axes[0].get_children()
    return [line for line in parts if hasattr(line, "get_marker") and line.get_marker() in ("o", "D")]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-25, 30), min_size=1, max_size=50), st.booleans())
def test_marks_of_the_index_are_ordered_and_apart(tenths: list[int], narrow: bool) -> None:
    fig = indexline([(k, v / 10) for k, v in enumerate(tenths, start=1)], CLASSES, narrow=narrow)
    places = [(line.get_xdata()[0], line.get_ydata()[0]) for line in dots(fig)]
    plt.close(fig)
    assert len(places) == len(tenths)
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    width, height = (NARROW if narrow else FULL), fig.get_size_inches()[1] * 25.4
    for k, (x, y) in enumerate(places):
        assert 0 < x < width and NUMBERED / 2 <= y < height
        for other_x, other_y in places[:k]:
            assert abs(y - other_y) >= NUMBERED or abs(x - other_x) >= NUMBERED + APART - 1e-6


@pytest.mark.parametrize("bare", [True, False])
def test_numbers_stand_in_the_marks_unless_they_are_many(bare: bool) -> None:
    fig = indexline([(17, 0.3), (4, -1.2)], CLASSES, bare=bare)
    words = [text.get_text() for text in fig.axes[0].texts]
    plt.close(fig)
    assert ("17" in words) is not bare and {"mittel", "−1"} <= set(words)


def test_groups_lie_on_their_sides_with_their_signs() -> None:
    rows = [
        Dumbbell((-1.2, -1.4, -1.0), (0.6, 0.5, 0.7), True),
        Dumbbell((0.8, NAN, NAN), (-0.4, NAN, NAN), False),
        Dumbbell((NAN, NAN, NAN), (NAN, NAN, NAN), True),
    ]
    fig = dumbbells(rows, Rowgrid(8.0, (6.0, 6.0, 6.0)), "Musterstadt", 44.0)
    marks = [(line.get_marker(), line.get_xdata()[0]) for line in dots(fig)]
    plt.close(fig)
    assert [sign for sign, _ in marks] == ["o", "o", "D", "D"]
    assert marks[0][1] < 22 < marks[1][1] and marks[3][1] < 22 < marks[2][1]
