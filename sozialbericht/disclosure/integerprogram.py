"""Program: the cheapest cells to withhold that satisfy a set of cuts, by integer programming.

Limits count nodes, not seconds, so that the result is the same on every machine; where one is reached the best cells
found so far are taken, or those that a greedy rule finds.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from sozialbericht.disclosure.attacker import NOTHING, Cut

#: Branch-and-bound nodes of one program.
NODES = 2_000

_log = logging.getLogger(__name__)


def cheapest(cuts: Sequence[Cut], cost: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, bool]:
    """The cells to withhold beyond ``first``, by number, and whether no cheaper choice satisfies the cuts."""
    places = np.unique(np.concatenate([[cut.cell, *cut.columns] for cut in cuts]).astype(int))
    places = places[~first[places] & np.isfinite(cost[places])]
    if not len(places):  # all that the cuts ask for is withheld anyway
        return places, True
    at = {int(column): place for place, column in enumerate(places)}
    rows, columns, factors, least = [], [], [], []
    for row, cut in enumerate(cuts):
        demand = cut.least
        for column, factor in zip(cut.columns, cut.factors, strict=True):
            if first[column]:
                demand -= factor
            elif column in at:
                rows.append(row)
                columns.append(at[int(column)])
                factors.append(factor)
        if cut.cell in at:
            rows.append(row)
            columns.append(at[cut.cell])
            factors.append(-demand)
            demand = 0.0
        least.append(demand)
    matrix = csr_array((factors, (rows, columns)), shape=(len(cuts), len(places)))
    solved = milp(
        cost[places],
        constraints=LinearConstraint(matrix, np.array(least) - NOTHING, np.inf),
        integrality=np.ones(len(places)),
        bounds=Bounds(0, 1),
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    if solved.x is not None:
        return places[solved.x > 0.5], solved.status == 0
    _log.warning("Geheimhaltung: kein Programm gelöst (%s); es folgt eine gierige Auswahl", solved.message)
    return places[_greedy(matrix, np.array(least), cost[places])], False


def _greedy(matrix: csr_array, least: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Cells one by one, each the one that gains most for its cost, until all demands are met or none helps."""
    taken = np.zeros(len(cost), dtype=bool)
    while True:
        lacking = np.maximum(least - matrix @ taken.astype(float), 0.0)
        gain = np.minimum(np.maximum(matrix.toarray(), 0.0), lacking[:, None]).sum(axis=0)
        gain[taken] = 0.0
        if not lacking.any() or not (gain > NOTHING).any():
            return taken
        taken[int(np.argmax(gain / cost))] = True
