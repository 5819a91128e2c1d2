"""Repeats: numbers that stand there a second time: a Stand that is an earlier one's, a column, a row that was copied.

How many numbers are equal is measured against chance: a Poisson distribution whose mean is the sum of the probabilities
that each number comes out the same again; for Stände it is no smaller than what is usual between others of the Merkmal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.oddity import Cell, Oddity
from sozialbericht.plausibility.panel import Panel
from sozialbericht.plausibility.yardstick import LIMIT, many_events

#: Smaller numbers are often alike; and so many equal ones, and so large a part of all, are needed.
LEAST, FEWEST, PART = 10, 4, 1 / 3
#: The density of a standard normal variable at 0.
DENSITY = 0.4
#: Merkmale that are alike at other Stände, too, are alike by nature; so large a part of the areas has to be alike.
SAME = 0.9


def find(material: Material) -> Iterator[Oddity]:
    """Repeated Stände of a Merkmal, Merkmale that repeat another, rows that repeat the one before."""
    stands: dict[tuple[dt.date, dt.date], list[Repeat]] = {}
    for panel in material.panels.values():
        for repeat in _stands(panel):
            stands.setdefault((repeat.early, repeat.late), []).append(repeat)
    for repeats in stands.values():
        yield _repeated(material, sorted(repeats, key=lambda repeat: -repeat.unusual))
    yield from _columns(material)
    yield from _rows(material)


def surprise(equal: int, chance: float) -> float:
    """How unusual so many equal numbers are where ``chance`` of them are expected, in usual deviations."""
    return many_events(equal, max(chance, 1e-9))


class Repeat(NamedTuple):
    """A Stand of a Merkmal that repeats an earlier one: in how many of how many areas, and how unusual that is."""

    panel: Panel
    early: dt.date
    late: dt.date
    equal: int
    number: int
    unusual: float


def _stands(panel: Panel) -> Iterator[Repeat]:
    """Stände that repeat an earlier one of the same Merkmal."""
    values = panel.values[panel.base]
    compared = []
    for early, late in combinations(range(len(panel.dates)), 2):
        one, other = values[:, early], values[:, late]
        large = np.isfinite(one) & np.isfinite(other) & (np.maximum(one, other) >= LEAST)
        equal = int((one == other)[large].sum())
        chance = float((DENSITY / np.sqrt((one + other)[large])).sum())
        compared.append((early, late, equal, int(large.sum()), chance))
    shares = np.array([equal / max(number, 1) for *_, equal, number, _ in compared])
    for at, (early, late, equal, number, chance) in enumerate(compared):
        if equal < max(FEWEST, PART * number):
            continue
        usual = float(np.median(np.delete(shares, at))) * number if len(shares) > 1 else 0.0
        unusual = surprise(equal, max(chance, usual))
        if unusual > LIMIT:
            yield Repeat(panel, panel.dates[early], panel.dates[late], equal, number, unusual)


def _repeated(material: Material, repeats: list[Repeat]) -> Oddity:
    first = repeats[0]
    feature, date = first.panel.feature, first.late
    what = (
        f"{material.feature(feature)} {material.stand(feature, date)}: {first.equal} von {first.number} Gebieten haben "
        f"genau die Zahl, die sie {material.stand(feature, first.early)} hatten."
    )
    if len(repeats) > 1:
        what += f" Ebenso: {material.list_of([repeat.panel.feature for repeat in repeats[1:]])}."
    remedy = "Ist der frühere Stand noch einmal geliefert oder der Stichtag falsch eingetragen worden?"
    cells = tuple(
        Cell(repeat.panel.areas[row], repeat.panel.feature, date)
        for repeat in repeats
        for row in np.flatnonzero(repeat.panel.base & _same_stands(repeat))
    )
    file, rows = material.places(cells)
    return Oddity(
        "wiederholung", first.unusual, what, remedy, file, rows, feature=feature, date=date,
        observed=float(first.equal), cells=cells,
    )  # fmt: skip


def _same_stands(repeat: Repeat) -> np.ndarray:
    dates, values = repeat.panel.dates, repeat.panel.values
    same: np.ndarray = values[:, dates.index(repeat.early)] == values[:, dates.index(repeat.late)]
    return same


def _columns(material: Material) -> Iterator[Oddity]:
    """Merkmale that have the numbers of another one at a Stand, though not at others."""
    by_date: dict[dt.date, list[tuple[Panel, np.ndarray]]] = {}
    for panel in material.panels.values():
        for date, values in panel.columns():
            by_date.setdefault(date, []).append((panel, values))
    alike: dict[tuple[str, str], list[dt.date]] = {}
    for date, columns in by_date.items():
        stacked = np.array([values for _, values in columns])
        large = np.isfinite(stacked) & (stacked >= LEAST)
        for at in range(len(stacked) - 1):
            both = large[at] & large[at + 1 :]
            equal = ((stacked[at] == stacked[at + 1 :]) & both).sum(axis=1)
            for later in np.flatnonzero((equal >= FEWEST) & (equal >= SAME * both.sum(axis=1))):
                names = columns[at][0].feature, columns[at + 1 + int(later)][0].feature
                alike.setdefault(names, []).append(date)
    for (one, other), dates in alike.items():
        common = set(material.panels[one].dates) & set(material.panels[other].dates)
        if len(dates) < len(common) or len(common) == 1:
            for date in dates:
                yield _same(material, one, other, date)


def _same(material: Material, one: str, other: str, date: dt.date) -> Oddity:
    panel, model = material.panels[other], material.panels[one]
    values, before = panel.values[:, panel.dates.index(date)], model.values[:, model.dates.index(date)]
    same = np.flatnonzero(panel.base & (values == before) & (values >= LEAST))
    chance = float((DENSITY / np.sqrt(2 * values[same])).sum())
    what = (
        f"{material.feature(other)} {material.stand(other, date)}: {len(same)} Gebiete haben genau die Zahlen des "
        f"Merkmals „{material.feature(one)}“."
    )
    remedy = "Ist dieselbe Spalte zweimal übernommen worden?"
    cells = tuple(Cell(panel.areas[row], other, date) for row in same)
    file, rows = material.places(cells)
    return Oddity(
        "wiederholung", surprise(len(same), chance), what, remedy, file, rows, feature=other, date=date,
        observed=float(len(same)), cells=cells,
    )  # fmt: skip


def _rows(material: Material) -> Iterator[Oddity]:
    """Areas that have the numbers of the area before them in most Merkmale of a Stand."""
    by_date: dict[dt.date, list[tuple[str, np.ndarray]]] = {}
    for panel in material.panels.values():
        for date, values in panel.columns():
            by_date.setdefault(date, []).append((panel.feature, values))
    for date, columns in by_date.items():
        stacked = np.array([values for _, values in columns])
        one, other = stacked[:, :-1], stacked[:, 1:]
        large = np.isfinite(one) & np.isfinite(other) & (np.maximum(one, other) >= LEAST)
        equal = (one == other) & large
        counts, numbers = equal.sum(axis=0), large.sum(axis=0)
        for at in np.flatnonzero((counts >= FEWEST) & (counts >= PART * numbers)):
            chance = float((DENSITY / np.sqrt(2 * one[large[:, at], at])).sum())
            unusual = surprise(int(counts[at]), chance)
            if unusual > LIMIT:
                features = [columns[place][0] for place in np.flatnonzero(equal[:, at])]
                yield _copied(material, date, int(at), features, unusual)


def _copied(material: Material, date: dt.date, at: int, features: list[str], unusual: float) -> Oddity:
    before, area = material.lowest[at], material.lowest[at + 1]
    what = (
        f"{material.area(area)} hat am {date:%d.%m.%Y} bei {len(features)} Merkmalen genau die Zahlen von "
        f"{material.area(before)}: {material.list_of(features)}."
    )
    remedy = "Ist die Zeile des Nachbargebiets noch einmal übernommen worden?"
    cells = tuple(Cell(area, feature, date) for feature in features)
    file, rows = material.places(cells)
    return Oddity(
        "wiederholung", unusual, what, remedy, file, rows, area, date=date, observed=float(len(features)), cells=cells
    )
