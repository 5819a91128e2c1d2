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
ODD, FITTING = 3.0, 3.0
#: There are many pairs of areas that are no neighbours: they have to gain more and to fit better.
FAR_GAIN, FAR_FITTING = 2 * LIMIT**2, 2.0
#: So many Merkmale, and so large a part of them, make a whole row; so small a part may be odd by chance; they depend on
#: each other: their sum counts half.
ROW, MOST, SOME = 3, 0.8, 0.1
DEPENDENT = 2.0


class Gains(NamedTuple):
    """What exchanging would bring for pairs of areas at a Stand, in arrays as long as ``one`` (rows of the panels).

    ``gain`` is T for each Merkmal (first axis), NaN where one of the numbers is unknown; ``clear`` where the numbers of
    that Merkmal alone prove it, ``odd`` where one of them is unusual, ``fits`` where none would be if exchanged.
    """

    one: np.ndarray
    other: np.ndarray
    gain: np.ndarray
    clear: np.ndarray
    odd: np.ndarray
    fits: np.ndarray


def find(material: Material) -> Iterator[Oddity]:
    """Pairs of areas whose numbers fit better when exchanged, whole rows before single Merkmale."""
    by_date: dict[dt.date, list[tuple[str, Course, int]]] = defaultdict(list)
    for panel in material.panels.values():
        for first, course in panel.courses:
            for column in range(course.values.shape[1]):
                by_date[panel.dates[first + column]].append((panel.feature, course, column))
    rows = np.flatnonzero(material.base)
    for date, columns in sorted(by_date.items()):
        features = [feature for feature, *_ in columns]
        for near, pairs in ((True, np.stack([rows[:-1], rows[1:]])), (False, _odd_pairs(rows, columns))):
            gains = _gains(columns, pairs, near=near)
            yield from _pairs(material, date, features, gains)


def _odd_pairs(rows: np.ndarray, columns: list[tuple[str, Course, int]]) -> np.ndarray:
    """Pairs of areas that are no neighbours and whose numbers of one Merkmal are both unusual."""
    found: set[tuple[int, int]] = set()
    for _, course, column in columns:
        odd = rows[np.abs(np.nan_to_num(course.unusual[rows, column])) > ODD]
        found.update(combinations(odd.tolist(), 2))
    place = {int(row): at for at, row in enumerate(rows)}
    distant = sorted(pair for pair in found if abs(place[pair[0]] - place[pair[1]]) > 1)
    return np.array(distant, dtype=int).reshape(-1, 2).T


def _gains(columns: list[tuple[str, Course, int]], pairs: np.ndarray, *, near: bool) -> Gains:
    """What exchanging would bring for each Merkmal and pair."""
    one, other = pairs
    least, fitting = (LIMIT**2, FITTING) if near else (FAR_GAIN, FAR_FITTING)
    gain, clear, odd, fits = [], [], [], []
    for _, course, column in columns:
        delivered = np.abs([course.unusual[one, column], course.unusual[other, column]])
        values = course.values[:, column]
        exchanged = np.abs([course.at(one, column, values[other]), course.at(other, column, values[one])])
        gain.append((delivered**2).sum(axis=0) - (exchanged**2).sum(axis=0))
        odd.append(delivered.max(axis=0) > ODD)
        fits.append(exchanged.max(axis=0) < ODD)
        clear.append((gain[-1] > least) & (delivered.min(axis=0) > ODD) & (exchanged.max(axis=0) < fitting))
    return Gains(one, other, np.array(gain), np.array(clear), np.array(odd), np.array(fits))


def _pairs(material: Material, date: dt.date, features: list[str], gains: Gains) -> Iterator[Oddity]:
    known = np.isfinite(gains.gain).sum(axis=0)
    better = (np.nan_to_num(gains.gain) > 0).sum(axis=0)
    total = np.nansum(gains.gain, axis=0) / DEPENDENT
    whole = (better >= ROW) & (better > MOST * known) & (gains.fits.sum(axis=0) > MOST * known) & (total > LIMIT**2)
    others = (gains.odd & ~gains.clear).sum(axis=0)
    single = ~whole & gains.clear.any(axis=0) & (others <= SOME * known)  # else the places have changed
    for at in np.flatnonzero(whole | single):
        chosen = np.isfinite(gains.gain[:, at]) if whole[at] else gains.clear[:, at]
        names = [feature for feature, taken in zip(features, chosen, strict=True) if taken]
        rows = int(gains.one[at]), int(gains.other[at])
        if whole[at]:
            yield _told(material, date, rows, names, float(np.sqrt(total[at])))
        else:
            for place, name in zip(np.flatnonzero(chosen), names, strict=True):
                yield _told(material, date, rows, [name], float(np.sqrt(gains.gain[place, at])))


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
