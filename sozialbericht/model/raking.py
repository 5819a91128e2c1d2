"""Raking: iterative proportional fitting to published margins.

Deming, W. E. and Stephan, F. F. (1940): On a least squares adjustment of a sampled frequency table when
the expected marginal totals are known. Annals of Mathematical Statistics 11, 427–444.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Margin = tuple[NDArray[np.bool_], float]


def vector(seed: Array, total: float, margins: list[Margin], rounds: int = 2000) -> Array:
    """Scale the cells of a vector so that the marked cells of every margin add up to its value.

    ``margins`` are pairs of a mask over the cells and a total; what is not marked takes the rest.
    Raises ``ValueError`` if the margins contradict one another or the zeros of the seed.
    """
    cells: Array = seed * (total / float(seed.sum()))
    for _ in range(rounds):
        before = cells.copy()
        for mask, value in margins:
            for part, goal in ((mask, value), (~mask, total - value)):
                have = cells[part].sum()
                if have > 0:
                    cells[part] *= goal / have
        if float(np.abs(cells - before).max()) < 1e-11 * max(total, 1.0):
            break
    worst: float = max((abs(float(cells[mask].sum()) - value) for mask, value in margins), default=0.0)
    if worst > 1e-6 * max(total, 1.0):
        raise ValueError(f"margins cannot be met, they miss by {worst:.3g}")
    return cells


def table(seed: Array, rows: Array, columns: Array, rounds: int = 5000) -> Array:
    """Scale a table of positive cells to its row and column sums.

    Raises ``ValueError`` when the two margins have different totals or the fit does not converge.
    """
    if abs(float(rows.sum() - columns.sum())) > 1e-6:
        raise ValueError("row and column sums have different totals")
    cells = seed.astype(np.float64).copy()
    for _ in range(rounds):
        have = cells.sum(axis=1)
        cells *= np.divide(rows, have, out=np.zeros_like(have), where=have > 0)[:, None]
        have = cells.sum(axis=0)
        cells *= np.divide(columns, have, out=np.zeros_like(have), where=have > 0)[None, :]
        if float(np.abs(cells.sum(axis=1) - rows).max()) < 1e-9:
            return cells
    raise ValueError("raking does not converge")
