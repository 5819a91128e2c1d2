"""Jumps: numbers that neither the place's size and past nor the change of all areas explain.

Each is measured by :class:`~sozialbericht.plausibility.course.Course` (after Hidiroglou and Berthelot). What is found
in one series is told apart: a number that differs from those before and after it (a spike), or one from which on all
are different (a step). What happens in one area in one year is one oddity, however many Merkmale it moves by a like
factor. A Merkmal that jumps in many areas at once is one, too: its series breaks.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from sozialbericht.plausibility import slips
from sozialbericht.plausibility.course import Course, deviation, expected
from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.oddity import Cell, Oddity
from sozialbericht.plausibility.panel import Panel
from sozialbericht.plausibility.slips import Slip
from sozialbericht.plausibility.yardstick import LIMIT

#: A Merkmal that jumps in so large a part of the areas, and in so many at least, does so as a whole.
MANY, FEWEST = 0.2, 5
#: Between what a spike (1) and what a step (1/2) has of the change to the number before.
SINGLE = 0.75
#: Numbers are at home in another line where the usual deviation from what is expected there is no larger.
SLID = 1.5
#: Merkmale whose factors differ by less than this one belong to one event.
ALIKE = float(np.log(2))


@dataclass(frozen=True)
class Jump:
    """A number that is not as expected: ``before`` and ``after`` are the numbers and Stände that let expect it.

    ``either`` says that it may as well be the one before that is odd: there is no other to tell.
    """

    cell: Cell
    observed: float
    expected: float
    unusual: float
    before: tuple[dt.date, float] | None
    after: tuple[dt.date, float] | None = None
    slip: Slip | None = None
    either: bool = False

    @property
    def cells(self) -> list[Cell]:
        """The values that may be the odd ones."""
        return [self.cell, *([self.cell._replace(date=self.before[0])] if self.either and self.before else [])]

    @property
    def factor(self) -> float:
        """The size of the change, as a logarithm, whatever its direction."""
        return abs(float(np.log((self.observed + 0.5) / (self.expected + 0.5))))


def find(material: Material) -> Iterator[Oddity]:
    """Every jump, those of one event together."""
    found = [
        jump for panel in material.panels.values() for jump in of_panel(panel, bound=panel.feature in material.bound)
    ]
    whole = Counter((jump.cell.feature, jump.cell.date) for jump in found)
    most = max(FEWEST, MANY * material.base.sum())
    for (feature, date), count in whole.items():
        if count >= most:
            yield _broken(material, [j for j in found if (j.cell.feature, j.cell.date) == (feature, date)])
    single = [jump for jump in found if whole[jump.cell.feature, jump.cell.date] < most]
    for event in events(single):
        yield _told(material, event)


def events(jumps: Iterable[Jump]) -> Iterator[list[Jump]]:
    """The jumps by area and year, those of like factors together, the most unusual first."""
    groups: list[list[Jump]] = []
    for jump in sorted(jumps, key=lambda jump: -abs(jump.unusual)):
        for group in groups:
            first = group[0]
            if (first.cell.area, first.cell.date.year) == (jump.cell.area, jump.cell.date.year) and (
                abs(first.factor - jump.factor) < ALIKE
            ):
                group.append(jump)
                break
        else:
            groups.append([jump])
    yield from groups


def of_panel(panel: Panel, *, bound: bool = False) -> Iterator[Jump]:
    """The jumps of one Merkmal; those of one that is ``bound`` by declared sums are no slips of the hand."""
    for first, course in panel.courses:
        found = {(row, column): (kind, wanted, size) for row, column, kind, wanted, size in _of(course)}
        slipped = {(row, column): slip for row, column, slip in slips.typical(course) if not bound}
        for row, column in sorted({*found, *slipped}):
            kind, wanted, size = found.get(
                (row, column), ("spike", float(course.best[row, column]), float(course.unusual[row, column]))
            )
            known = np.flatnonzero(np.isfinite(course.values[row]))
            earlier, later = known[known < column], known[known > column]
            single = not bound and (kind == "spike" or not len(later))
            slip = slipped.get((row, column)) or (slips.explain(course, row, column) if single else None)
            yield Jump(
                Cell(panel.areas[row], panel.feature, panel.dates[first + column]),
                float(course.values[row, column]), wanted, size,
                _stand(panel, first, course, row, earlier[-1:]),
                _stand(panel, first, course, row, later[:1]) if kind == "spike" else None, slip,
                kind == "step" and len(earlier) == 1,
            )  # fmt: skip


def _stand(panel: Panel, first: int, course: Course, row: int, at: np.ndarray) -> tuple[dt.date, float] | None:
    return (panel.dates[first + int(at[0])], float(course.values[row, at[0]])) if len(at) else None


def _of(course: Course) -> Iterator[tuple[int, int, str, float, float]]:
    """Row, column, kind, expected and size of the jumps of a series.

    The largest one of a row is taken first; then a spike is left out, or the row is cut at a step, and the rest is
    looked at again.
    """
    steps, spikes = np.nan_to_num(np.abs(course.steps)), np.nan_to_num(np.abs(course.spikes))
    for row in map(int, np.flatnonzero(np.maximum(steps, spikes).max(axis=1, initial=0) > LIMIT)):
        waiting = [course.relative[row : row + 1]]
        while waiting:
            part = waiting.pop()
            before, both = expected(part, course.level)
            value = part * course.level
            step, spike = deviation(value, before, 1)[0], deviation(value, both, 2)[0]
            sizes = np.nan_to_num(np.abs([step / course.spreads[0], spike / course.spreads[1]]))
            if sizes.max() <= LIMIT:
                continue
            column, single = _kind(step, spike, int(sizes.max(axis=0).argmax()))
            if single:
                yield row, column, "spike", float(both[0, column]), float(spike[column] / course.spreads[1])
                waiting.append(np.where(np.arange(part.shape[1]) == column, np.nan, part))
            else:
                yield row, column, "step", float(before[0, column]), float(step[column] / course.spreads[0])
                later = np.arange(part.shape[1]) >= column
                waiting += [np.where(later, np.nan, part), np.where(later, part, np.nan)]


def _kind(step: np.ndarray, spike: np.ndarray, column: int) -> tuple[int, bool]:
    """Where the odd number is, and whether it is a spike, of which the largest deviation was found in ``column``.

    A spike is as far from what both sides let expect as from either of them, a step half as far. The step back after a
    spike belongs to the number before it.
    """
    alone, moved = np.nan_to_num(np.abs(spike)) * np.sqrt(1.5), np.nan_to_num(np.abs(step)) * np.sqrt(2)
    known = np.flatnonzero(np.isfinite(step) | np.isfinite(spike))
    near = [*known[known < column][-1:], column, *known[known > column][:1]]
    change = max(near, key=lambda at: moved[at])
    top = max(near, key=lambda at: alone[at])
    if alone[top] > SINGLE * moved[change]:
        return int(top), True
    return int(change), False


def _told(material: Material, event: list[Jump]) -> Oddity:
    """One oddity of the jumps of one event."""
    first = event[0]
    cell = first.cell
    stands = [s for s in (first.before, first.after) if s]
    past = " und ".join(f"{material.number(value)} {material.stand(cell.feature, date)}" for date, value in stands)
    what = (
        f"{material.area(cell.area)}, {material.feature(cell.feature)} {material.stand(cell.feature, cell.date)}: "
        f"{material.number(first.observed)}; nach {past} und der Entwicklung aller Gebiete wären rund "
        f"{material.about(first.expected)} zu erwarten."
    )
    others = list(dict.fromkeys(jump.cell.feature for jump in event if jump.cell.feature != cell.feature))
    if others:
        what += f" Ebenso springen: {material.list_of(others)}."
    remedy = "Prüfen Sie die Lieferung."
    if first.slip and not others:
        remedy = f"{first.slip.how} {remedy}"
    elif len(others) >= 2:
        remedy = f"Neuer Zuschnitt, Neubau, ein Heim eröffnet oder geschlossen? {remedy}"
    cells = tuple(cell for jump in event for cell in jump.cells)
    file, rows = material.places(cells)
    return Oddity(
        "sprung", max(abs(jump.unusual) for jump in event), what, remedy, file, rows, cell.area, cell.feature,
        cell.date, first.observed, first.expected, cells,
    )  # fmt: skip


def _broken(material: Material, jumps: list[Jump]) -> Oddity:
    """The oddity of a Merkmal that jumps in many areas at one Stichtag."""
    first = max(jumps, key=lambda jump: abs(jump.unusual))
    feature, date = first.cell.feature, first.cell.date
    up = sum(jump.observed > jump.expected for jump in jumps)
    what = (
        f"{material.feature(feature)} {material.stand(feature, date)}: {len(jumps)} Gebiete springen zugleich "
        f"({up} nach oben, {len(jumps) - up} nach unten), am stärksten {material.area(first.cell.area)}."
    )
    remedy = (
        "Die Zahlen passen, wenn man sie um eine Zeile verschiebt: Sind Zeilen verrutscht?"
        if _slid(material.panels[feature], date)
        else "Wurde anders gezählt oder neu zugeschnitten, erklären Sie den Bruch in brueche.csv; sind Zeilen "
        "verrutscht oder nach einer anderen Spalte sortiert, berichtigen Sie die Lieferung."
    )
    cells = (first.cell, *(jump.cell for jump in jumps if jump is not first))
    file, rows = material.places(cells)
    return Oddity(
        "bruch", abs(first.unusual), what, remedy, file, rows, feature=feature, date=date, observed=len(jumps),
        cells=cells,
    )  # fmt: skip


def _slid(panel: Panel, date: dt.date) -> bool:
    """Whether most numbers of a Stand are what is expected of the area a line further up or down."""
    for first, course in panel.courses:
        column = panel.dates.index(date) - first
        if 0 <= column < course.values.shape[1]:
            rows = np.flatnonzero(panel.base)
            values = course.values[:, column]
            for own, other in ((rows[:-1], rows[1:]), (rows[1:], rows[:-1])):
                moved = np.abs(course.at(own, column, values[other]))
                if np.isfinite(moved).any() and np.nanmedian(moved) < SLID:
                    return True
    return False
