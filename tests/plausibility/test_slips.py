"""Slips: what may have been typed in place of the number that is expected."""

import numpy as np
import pytest

from sozialbericht.plausibility import slips
from sozialbericht.plausibility.course import Course


def course(new, column=3):
    """Twenty steady areas; the sixth one has another number at a Stand."""
    rng = np.random.default_rng(1)
    means = np.linspace(100, 3000, 20)
    means[5] = 1240
    values = np.round(means[:, None] + 0.5 * np.sqrt(means[:, None]) * rng.normal(size=(20, 7)))
    values[5] = [1240, 1243, 1238, 1240, 1241, 1239, 1240]
    values[5, column] = new
    return Course(values, np.ones(20, dtype=bool))


@pytest.mark.parametrize(
    ("written", "how", "meant"),
    [
        (2140, "Ein Zahlendreher? 1240 läge im Rahmen.", 1240),
        (1420, "Ein Zahlendreher? 1240 läge im Rahmen.", 1240),
        (124, "Das Zehnfache läge im Rahmen", 1240),
        (12400, "etwa das Zehnfache des Erwarteten", 1240),
        (124000, "etwa das Hundertfache", 1240),
        (140, "Fehlt eine Ziffer? 1240 läge im Rahmen.", 1240),
        (19240, "Eine Ziffer zu viel? 1240 läge im Rahmen.", 1240),
    ],
)
def test_slips_are_named(written, how, meant):
    slip = slips.explain(course(written), 5, 3)
    assert slip is not None
    assert how in slip.how
    assert slip.meant == pytest.approx(meant, rel=0.01)


def test_the_number_of_the_neighbour():
    made = course(0)
    values = made.values.copy()
    values[5, 3] = values[6, 3]
    slip = slips.explain(Course(values, made.base), 5, 3)
    assert slip is not None and slip.typical
    assert slip.how == "Die Zahl ist die der Nachbarzeile."


def test_what_no_slip_explains():
    assert slips.explain(course(777), 5, 3) is None
    assert slips.explain(course(0), 5, 3) is None


def test_a_typical_slip_is_told_below_the_limit_of_others():
    made = course(1420)
    assert abs(made.unusual[5, 3]) > 4
    assert (5, 3) in {(row, column) for row, column, _ in slips.typical(made)}
    assert (5, 3) not in {(row, column) for row, column, _ in slips.typical(course(1240))}


def test_no_slip_beside_a_step():
    values = course(1240).values.copy()
    values[5, 4:] = 2140
    assert not any(row == 5 for row, *_ in slips.typical(Course(values, np.ones(20, dtype=bool))))
