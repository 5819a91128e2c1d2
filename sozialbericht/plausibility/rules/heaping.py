"""Heaping: last digits that counts do not have by themselves, as when they were rounded before they were delivered.

Of a Merkmal at a Stand, last digits of numbers from ``LEAST`` on are as good as evenly spread over the areas. Multiples
of 3 and 5 (the ways in which German offices round for confidentiality), 10 and 100 are counted against the binomial
distribution, all ten digits against the uniform one by the chi-square test.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.oddity import Cell, Oddity
from sozialbericht.plausibility.panel import Panel
from sozialbericht.plausibility.yardstick import LIMIT, many_hits, much_spread

#: Smaller numbers have last digits of their own; and so many numbers are needed.
LEAST, FEWEST = 20, 10
#: The chi-square test needs so many numbers (five of each digit).
ENOUGH = 50
STEPS = (100, 10, 5, 3)
#: Only what lies further from the mean than so many standard deviations is worth an exact probability.
WORTH = 3.0


def find(material: Material) -> Iterator[Oddity]:
    """Merkmale with heaped last digits, those of one year and one step of rounding together."""
    groups: dict[tuple[int, int], list[Heap]] = {}
    for panel in material.panels.values():
        for date, values in panel.columns() if panel.counted else ():
            known = values[np.isfinite(values) & (values >= LEAST)]
            if len(known) >= FEWEST and (found := heaped(known)):
                heap = Heap(panel, date, len(known), *found)
                groups.setdefault((date.year, heap.step), []).append(heap)
    for heaps in groups.values():
        yield _told(material, sorted(heaps, key=lambda heap: -heap.unusual))


class Heap(NamedTuple):
    """A Merkmal at a Stand: how many numbers were looked at, how unusual their last digits are, the step of rounding
    (0: no single one), how many numbers are multiples of it (else: how many have the digit that is most frequent)."""

    panel: Panel
    date: dt.date
    number: int
    unusual: float
    step: int
    multiples: int


def heaped(values: np.ndarray) -> tuple[float, int, int] | None:
    """How unusual last digits are, the step of rounding and the number of multiples; None where nothing is unusual.

    The coarsest step is named that nine of ten numbers are multiples of, else the most unusual one.
    """
    number, tests = len(values), []
    for step in STEPS:
        multiples = int((values % step == 0).sum())
        if multiples > number / step + WORTH * np.sqrt(number / step * (1 - 1 / step)):
            tests.append((many_hits(multiples, number, 1 / step), step, multiples))
    unusual = [test for test in tests if test[0] > LIMIT]
    whole = [test for test in unusual if test[2] >= 0.9 * number]
    if whole or unusual:
        return (whole or [max(unusual)])[0]
    if number >= ENOUGH:
        counts = np.bincount(values.astype(int) % 10, minlength=10)
        statistic = float(((counts - number / 10) ** 2).sum() / (number / 10))
        rarity = much_spread(statistic, 9) if statistic > 9 + WORTH * np.sqrt(18) else 0.0
        if rarity > LIMIT:
            return rarity, 0, int(counts.max())
    return None


def _told(material: Material, heaps: list[Heap]) -> Oddity:
    first = heaps[0]
    feature, date, number = first.panel.feature, first.date, first.number
    how = (
        f"{first.multiples} von {number} Zahlen sind durch {first.step} teilbar; zu erwarten wären etwa "
        f"{number / first.step:.0f}."
        if first.step
        else f"Die letzten Ziffern der {number} Zahlen sind nicht gleich häufig; eine kommt {first.multiples}-mal vor."
    )
    what = f"{material.feature(feature)} {material.stand(feature, date)}: {how}"
    others = list(dict.fromkeys(heap.panel.feature for heap in heaps if heap.panel.feature != feature))
    if others:
        what += f" Ebenso: {material.list_of(others)}."
    remedy = (
        "Sind die Zahlen vor der Lieferung gerundet oder geschätzt worden? Dann bitten Sie um die ungerundeten, oder "
        "nehmen Sie den Hinweis mit dem Grund an."
    )
    cells = tuple(
        Cell(heap.panel.areas[row], heap.panel.feature, heap.date)
        for heap in heaps
        for row in np.flatnonzero(
            heap.panel.base & np.isfinite(heap.panel.values[:, heap.panel.dates.index(heap.date)])
        )
    )
    file, rows = material.places(cells)
    return Oddity(
        "gerundet", first.unusual, what, remedy, file, rows, feature=feature, date=date,
        observed=float(first.multiples), expected=number / (first.step or 10), cells=cells,
    )  # fmt: skip
