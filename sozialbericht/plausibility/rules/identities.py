"""Identities: sums of Merkmale that hold although nobody has declared them, and the few numbers that break them.

Declared sums (``zerlegungen.csv``) stop a run where they do not add up. Here two or three Merkmale below a whole
(``teil_von``, over any number of steps) are tried: where they are the whole in nearly all places, the others are wrong;
where in all, the sum should be declared, because the confidentiality of counts has to know what follows from what.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np

from sozialbericht.data import partitions
from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.oddity import MOST_UNUSUAL, Cell, Oddity
from sozialbericht.plausibility.panel import Panel
from sozialbericht.plausibility.yardstick import LIMIT

#: A sum holds where so large a part of so many places agree.
HOLDS, FEWEST = 0.95, 20
#: So many places are looked at first.
SAMPLE = 60


def find(material: Material) -> Iterator[Oddity]:
    """Places where a sum does not hold that else does, and sums that are not declared."""
    declared = partitions.of(material.tables.others.get(partitions.NAME))
    known = [{one.whole: -1, **dict.fromkeys(one.parts, 1)} for one in declared if one.complete]
    for whole, panel in material.panels.items():
        for parts in _sums(panel, _below(material, whole)):
            relation = {whole: -1, **{part.feature: 1 for part in parts}}
            if not _follows(relation, known):
                known.append(relation)
                yield from _told(material, panel, parts)


def _below(material: Material, whole: str) -> list[Panel]:
    """The Merkmale that are parts of a whole, directly or by way of others."""
    parents = material.tables.features["teil_von"]
    found, waiting = [], [whole]
    while waiting:
        above = waiting.pop()
        parts = [str(name) for name in parents.index[parents == above]]
        waiting += parts
        found += [material.panels[name] for name in parts if name in material.panels]
    return found


def _sums(whole: Panel, parts: list[Panel]) -> Iterator[tuple[Panel, ...]]:
    """The two or three parts that are the whole in nearly all places."""
    parts = [part for part in parts if part.dates == whole.dates]
    if len(parts) < 2:
        return
    total = whole.values[whole.base].ravel()
    table = np.array([part.values[part.base].ravel() for part in parts])
    chosen = np.unique(np.linspace(0, len(total) - 1, min(SAMPLE, len(total))).astype(int))
    small, aim = table[:, chosen], total[chosen]
    for size in (2, 3):
        for first in combinations(range(len(parts)), size - 1):
            rest = aim - small[list(first)].sum(axis=0)
            later = slice(first[-1] + 1, None)
            equal = (small[later] == rest) & (rest > 0)
            likely = np.flatnonzero(equal.sum(axis=1) >= 0.8 * max((rest > 0).sum(), 1))
            for last in likely + first[-1] + 1:
                found = (*first, int(last))
                if _holding(total, table[list(found)])[0]:
                    yield tuple(parts[at] for at in found)


def _holding(total: Any, parts: Any) -> tuple[bool, np.ndarray]:
    """Whether parts are the total in nearly all places, and where they are not."""
    known: Any = np.isfinite(total) & np.isfinite(parts).all(axis=0) & (total > 0)
    wrong = known & (parts.sum(axis=0) != total)
    several = (parts > 0).all(axis=0)[known].mean() > 0.5 if known.any() else False
    return bool(known.sum() >= FEWEST and several and wrong.sum() <= (1 - HOLDS) * known.sum()), wrong


def _follows(relation: dict[str, int], known: list[dict[str, int]]) -> bool:
    """Whether a sum follows from others that hold."""
    names = sorted({name for one in (relation, *known) for name in one})
    rows = [[float(one.get(name, 0)) for name in names] for one in (*known, relation)]
    return bool(np.linalg.matrix_rank(rows) == np.linalg.matrix_rank(rows[:-1])) if known else False


def _told(material: Material, panel: Panel, parts: tuple[Panel, ...]) -> Iterator[Oddity]:
    total = panel.values
    _, wrong = _holding(total.ravel(), np.array([part.values.ravel() for part in parts]))
    names = " + ".join(material.feature(part.feature) for part in parts)
    places = [(row, column) for row, column in np.argwhere(wrong.reshape(total.shape)) if panel.base[row]]
    for row, column in places:
        area, date = panel.areas[row], panel.dates[column]
        given, added = float(total[row, column]), float(sum(part.values[row, column] for part in parts))
        what = (
            f"{material.area(area)}, {material.stand(panel.feature, date)}: {names} sind zusammen "
            f"{material.number(added)}, {material.feature(panel.feature)} aber {material.number(given)}; sonst geht "
            "die Summe fast überall auf."
        )
        cells = tuple(Cell(area, one.feature, date) for one in (panel, *parts))
        file, rows = material.places(cells)
        yield Oddity(
            "summe", MOST_UNUSUAL, what, "Prüfen Sie das Ganze und seine Teile.", file, rows, area, panel.feature, date,
            given, added, cells,
        )  # fmt: skip
    if not places:
        what = f"{names} sind überall zusammen {material.feature(panel.feature)}; die Summe ist nicht erklärt."
        remedy = (
            "Erklären Sie sie in zerlegungen.csv: Dann wird sie geprüft, und die Geheimhaltung weiß, dass sich ein "
            "Teil aus den anderen berechnen lässt."
        )
        file = "zerlegungen.csv"
        yield Oddity("summe", LIMIT, what, remedy, file, feature=panel.feature)
