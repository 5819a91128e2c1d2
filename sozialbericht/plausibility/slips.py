"""Slips of the hand: what may have been typed or copied in place of the number that is expected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sozialbericht.plausibility.course import Course
from sozialbericht.plausibility.yardstick import SLIP_LIMIT

#: A number that is no further than this from what is expected explains the slip.
FITTING = 1.0
#: Numbers below are too often alike to tell whose they are.
TELLING = 10


class Slip(NamedTuple):
    """A slip: ``how`` in German, the number that would have been meant, whether it is ``typical``: so rare to fit by
    chance that a smaller deviation is reported, too."""

    how: str
    meant: float
    typical: bool


def explain(course: Course, row: int, column: int) -> Slip | None:
    """The slip that turns what is expected at a place into what stands there; None where none fits."""
    value = float(course.values[row, column])
    wanted = float(course.best[row, column])
    neighbours = [course.values[row + step, column] for step in (-1, 1) if 0 <= row + step < len(course.values)]
    if value >= TELLING and any(value == other for other in neighbours):
        return Slip("Die Zahl ist die der Nachbarzeile.", wanted, typical=True)
    for slip in _written(value, wanted):
        if abs(float(course.at(row, column, slip.meant))) <= FITTING:
            return slip
    return None


def typical(course: Course) -> Iterator[tuple[int, int, Slip]]:
    """Places whose numbers are unusual enough for a typical slip, and are one.

    Only where the numbers before and after agree: beside a step both would be odd.
    """
    sizes = np.abs(np.nan_to_num(course.unusual))
    for row, column in np.argwhere((sizes > SLIP_LIMIT) & course.agreed):
        slip = explain(course, int(row), int(column))
        if slip and slip.typical:
            yield int(row), int(column), slip


def _written(value: float, wanted: float) -> Iterator[Slip]:
    """What may have been meant, the likeliest first."""
    for power, how in ((1, "Zehnfache"), (2, "Hundertfache"), (3, "Tausendfache")):
        yield Slip(f"Es ist etwa das {how} des Erwarteten: eine Null oder Stelle zu viel?", value / 10**power, False)
        yield Slip(f"Das {how} läge im Rahmen: fehlt eine Stelle?", value * 10**power, False)
    if not value.is_integer() or value < TELLING:
        return
    digits = str(int(value))
    for meant in _exchanged(digits):
        yield Slip(f"Ein Zahlendreher? {meant} läge im Rahmen.", float(meant), True)
    if wanted > TELLING * value / 3:
        yield from (Slip(f"Fehlt eine Ziffer? {m} läge im Rahmen.", float(m), False) for m in _with_one(digits, wanted))
    for at in range(len(digits)):
        if (shorter := digits[:at] + digits[at + 1 :]) and shorter[0] != "0":
            yield Slip(f"Eine Ziffer zu viel? {shorter} läge im Rahmen.", float(shorter), False)


def _exchanged(digits: str) -> Sequence[str]:
    """The number with two neighbouring digits exchanged."""
    found = [digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1)]
    return [other for other in dict.fromkeys(found) if other != digits and other[0] != "0"]


def _with_one(digits: str, wanted: float) -> list[str]:
    """The number with one digit more, the nearest to what is expected."""
    longer = [digits[:at] + new + digits[at:] for at in range(len(digits) + 1) for new in "0123456789"]
    valid = [other for other in longer if other[0] != "0"]
    return sorted(valid, key=lambda other: abs(float(other) - wanted))[:1]
