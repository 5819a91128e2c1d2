"""Swaps: two areas that exchange their numbers at a Stand, in one Merkmal or in their whole rows.

For each pair of neighbours in the list of areas, and for pairs whose numbers are both unusual, it is asked how much
better the numbers fit when they are exchanged: T = Σ (z² − z'²) over both numbers, z as delivered and z' exchanged, in
usual deviations. T is twice the logarithm of a likelihood ratio of two normal distributions, so that chance alone gives
√T > t at most as often as a standard normal variable exceeds t.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from sozialbericht.plausibility.course import Course
from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.oddity import Cell, Oddity
from sozialbericht.plausibility.yardstick import LIMIT

#: Numbers that are worth being compared with others', and how well they have to fit when exchanged.
ODD, FITTING = 3.0, 2.0
#: There are many pairs of areas that are no neighbours: they have to gain more and to fit better.
FAR_GAIN, FAR_FITTING = 2 * LIMIT**2, 1.0
#: So many Merkmale make a whole row; they depend on each other, so that their sum counts half.
ROW = 3
DEPENDENT = 2.0


class Gain(NamedTuple):
    """How much better the numbers of two areas fit exchanged; ``clear`` where those of one Merkmal alone prove it,
    ``odd`` where at least one of them is unusual."""

    feature: str
    gain: float
    clear: bool
    odd: bool


def find(material: Material) -> Iterator[Oddity]:
    """Pairs of areas whose numbers fit better when exchanged, whole rows before single Merkmale."""
    pairs: dict[tuple[dt.date, int, int], list[Gain]] = defaultdict(list)
    for panel in material.panels.values():
        for first, course in panel.courses:
            for column, one, other, *gain in _gains(course, panel.base):
                pairs[panel.dates[first + column], one, other].append(Gain(panel.feature, *gain))
    for (date, one, other), gains in sorted(pairs.items()):
        better = [gain for gain in gains if gain.gain > 0]
        total = sum(gain.gain for gain in gains) / DEPENDENT
        if len(better) >= ROW and len(better) > 0.8 * len(gains) and total > LIMIT**2:
            yield _told(material, date, (one, other), [gain.feature for gain in gains], float(np.sqrt(total)))
            continue
        if all(gain.clear for gain in gains if gain.odd):  # else the places have changed, not their rows
            for gain in (gain for gain in gains if gain.clear):
                yield _told(material, date, (one, other), [gain.feature], float(np.sqrt(gain.gain)))


def _gains(course: Course, base: np.ndarray) -> Iterator[tuple[int, int, int, float, bool, bool]]:
    """Column, two rows, and what :class:`Gain` holds."""
    rows = np.flatnonzero(base)
    unusual, values = course.unusual, course.values
    for column in range(course.values.shape[1]):
        odd = rows[np.abs(np.nan_to_num(unusual[rows, column])) > ODD]
        neighbours = set(zip(rows[:-1].tolist(), rows[1:].tolist(), strict=True))
        pairs = sorted(neighbours | set(combinations(odd.tolist(), 2)))
        one, other = np.array(pairs, dtype=int).reshape(-1, 2).T
        near = np.array([pair in neighbours for pair in pairs], dtype=bool)
        delivered = unusual[one, column], unusual[other, column]
        exchanged = (
            course.at(one, column, values[other, column]),
            course.at(other, column, values[one, column]),
        )
        gain = sum(z**2 for z in delivered) - sum(z**2 for z in exchanged)
        clear = (gain > np.where(near, LIMIT**2, FAR_GAIN)) & (np.minimum(*np.abs(delivered)) > ODD)
        clear &= np.maximum(*np.abs(exchanged)) < np.where(near, FITTING, FAR_FITTING)
        strange = np.maximum(*np.abs(delivered)) > ODD
        for at in np.flatnonzero(np.isfinite(gain)):
            yield column, int(one[at]), int(other[at]), float(gain[at]), bool(clear[at]), bool(strange[at])


def _told(
    material: Material, date: dt.date, rows: tuple[int, int], features: list[str], unusual: float
) -> Oddity:  # fmt: skip
    one, other = (material.areas[row] for row in rows)
    names = f"{material.area(one)} und {material.area(other)}"
    whole = len(features) > 1
    if whole:
        subject, value = f"{len(features)} Merkmale am {date:%d.%m.%Y}", None
    else:
        panel = material.panels[features[0]]
        value = float(panel.values[rows[0], panel.dates.index(date)])
        others = float(panel.values[rows[1], panel.dates.index(date)])
        subject = (
            f"{material.feature(features[0])} {material.stand(features[0], date)} "
            f"({material.number(value)} und {material.number(others)})"
        )
    what = f"{names}: Die Zahlen passen vertauscht viel besser zur Vergangenheit beider Gebiete: {subject}."
    remedy = "Prüfen Sie, ob die beiden Zeilen in der Lieferung vertauscht sind, und tauschen Sie sie zurück."
    cells = tuple(Cell(area, feature, date) for feature in features for area in (one, other))
    file, lines = material.places(cells)
    return Oddity(
        "vertauscht", unusual, what, remedy, file, lines, one, "" if whole else features[0], date, value, cells=cells
    )  # fmt: skip
