"""Remainders: what a delivered total has beyond the sum of its areas, where that is more than usual.

The contract refuses totals that are smaller than their parts; a remainder above zero (*räumlich nicht zuordenbar*) is
allowed. It is compared with the share that it has at the area's other Stände (else: at those of the other totals), by
the scale of counts and the usual spread of all remainders of the Merkmal.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.oddity import Cell, Oddity
from sozialbericht.plausibility.panel import Panel
from sozialbericht.plausibility.yardstick import LIMIT, root, spread

#: A remainder of this share is usual for every Merkmal.
USUAL = 0.02


def find(material: Material) -> Iterator[Oddity]:
    """Each total of a Merkmal and Stand whose remainder is larger than usual."""
    parents = material.tables.areas["teil_von"].to_numpy()
    children = {area: np.flatnonzero(parents == area) for area in material.areas if (parents == area).any()}
    for panel in material.panels.values():
        totals = [area for area in children if np.isfinite(panel.values[material.areas.index(area)]).any()]
        if totals:
            yield from _of(material, panel, {area: children[area] for area in totals})


def _of(material: Material, panel: Panel, parts: dict[str, np.ndarray]) -> Iterator[Oddity]:
    given = np.array([panel.values[material.areas.index(area)] for area in parts])
    sums = np.array([panel.values[rows].sum(axis=0) for rows in parts.values()])  # unknown where a part is
    rest = np.maximum(given - sums, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = rest / given
    usual = _usual(share)
    scale = spread(root(rest) - root(usual * given))
    sizes = (root(rest) - root(np.maximum(usual, USUAL) * given)) / scale
    for row, column in np.argwhere(np.nan_to_num(sizes) > LIMIT):
        area, date = list(parts)[row], panel.dates[column]
        feature = panel.feature
        what = (
            f"{material.area(area)}, {material.feature(feature)} {material.stand(feature, date)}: geliefert sind "
            f"{material.number(given[row, column])}, die Teilgebiete haben zusammen nur "
            f"{material.number(sums[row, column])}; der Rest von {material.number(rest[row, column])} ist "
            "ungewöhnlich groß."
        )
        remedy = (
            "Fehlt ein Teilgebiet, oder ist in einem eine Ziffer verloren gegangen? Lassen sich so viele Fälle nicht "
            "zuordnen, nehmen Sie den Hinweis mit dem Grund an."
        )
        cells = (
            Cell(area, feature, date),
            *(Cell(material.areas[part], feature, date) for part in parts[area]),
        )
        file, rows = material.places(cells)
        yield Oddity(
            "rest", sizes[row, column], what, remedy, file, rows[:1], area, feature, date, float(given[row, column]),
            float(sums[row, column]), cells,
        )  # fmt: skip


def _usual(share: np.ndarray) -> np.ndarray:
    """The share of the remainder at the other Stände of each total; where there is none, that of the other totals."""
    found = np.zeros_like(share)
    for row, column in np.ndindex(*share.shape):
        for others in (np.delete(share[row], column), np.delete(share, row, axis=0).ravel()):
            known = others[np.isfinite(others)]
            if len(known):
                found[row, column] = float(np.median(known))
                break
    return found
