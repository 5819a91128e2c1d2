"""Rounding: from expected values to whole numbers that still add up.

One margin: largest remainder. Overlapping margins of one vector and the two margins of a table: controlled
rounding (Cox, L. H. (1987): A constructive procedure for unbiased controlled rounding. Journal of the
American Statistical Association 82, 520–524), solved as an integer and a linear programme with HiGHS.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array

from sozialbericht.model.raking import Margin

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
NEAR = 1e-7


def _floor(values: Array) -> Counts:
    return np.floor(values + NEAR).astype(np.int64)


def largest_remainder(expected: Array, total: int, caps: Counts | None = None) -> Counts:
    """Round to whole numbers with the given sum; no cell exceeds its cap.

    Every cell is rounded down, the missing units go to the largest remainders, ties to the earlier cell.
    Raises ``ValueError`` when the caps leave no room.
    """
    limit = np.full(len(expected), np.iinfo(np.int64).max) if caps is None else caps
    result = np.minimum(_floor(expected), limit)
    missing = int(total - result.sum())
    step = 1 if missing > 0 else -1
    while missing:
        open_cells = result < limit if step > 0 else result > 0
        if not open_cells.any():
            raise ValueError("no cell can take what is missing")
        gain = np.where(open_cells, step * (expected - result), -np.inf)
        order = np.argsort(-gain, kind="stable")[: min(abs(missing), int(open_cells.sum()))]
        result[order] += step
        missing -= step * len(order)
    return result


def settled(drawn: Counts, total: int, weights: Array, caps: Counts | None = None) -> Counts:
    """Lead drawn counts to a given sum; what is missing goes to the cells in proportion to their weights.

    With variances as weights that is the expectation of independent counts under the condition of their sum.
    """
    limit = np.inf if caps is None else caps.astype(float)
    missing = total - int(drawn.sum())
    moved = drawn + missing * weights / max(float(weights.sum()), 1e-300)
    return largest_remainder(np.clip(moved, 0.0, limit), total, caps)


def vector(expected: Array, total: int, margins: list[Margin]) -> Counts:
    """Round a vector so that its sum and every (overlapping) margin are met; cells move by less than 2.

    Raises ``ValueError`` if no such rounding exists.
    """
    base = _floor(expected)
    rest = np.clip(expected - base, 0, 1)
    size = len(base)
    tie = 1e-4 * np.sin(np.arange(1, size + 1))
    cost = np.concatenate([1.0 + 0 * rest, 1.0 - 2.0 * rest + tie, 1.0 + 0 * rest])
    upper = np.concatenate([np.minimum(base, 1), np.ones(size), np.ones(size)])
    masks = [np.ones(size, dtype=bool), *(mask for mask, _ in margins)]
    goals = [float(total), *(value for _, value in margins)]
    matrix = np.array([np.concatenate([-1.0 * m, 1.0 * m, 1.0 * m]) for m in masks])
    need = np.array([round(goal) - base[mask].sum() for mask, goal in zip(masks, goals, strict=True)])
    limits = LinearConstraint(matrix, need, need)
    answer = milp(cost, constraints=limits, bounds=Bounds(0, upper), integrality=1)
    if answer.x is None:
        raise ValueError("the margins allow no rounding")
    moves = np.rint(answer.x).astype(np.int64)
    return np.asarray(base - moves[:size] + moves[size : 2 * size] + moves[2 * size :], dtype=np.int64)


def table(expected: Array, rows: Counts, columns: Counts) -> Counts:
    """Round a table to whole numbers with exactly these row and column sums.

    Every cell becomes its floor or its ceiling (a transport problem; a solution exists whenever the
    expected values have these sums). Among all of them the one that follows the remainders best is taken.
    Raises ``ValueError`` when the expected values do not have these sums.
    """
    base = _floor(expected)
    rest = np.clip(expected - base, 0, 1)
    rest[rest < NEAR] = 0.0
    need_rows, need_columns = rows - base.sum(axis=1), columns - base.sum(axis=0)
    count_rows, count_columns = expected.shape
    cells = np.arange(expected.size)
    row_of, column_of = cells // count_columns, cells % count_columns
    matrix = coo_array(
        (
            np.ones(2 * expected.size),
            (np.concatenate([row_of, count_rows + column_of]), np.concatenate([cells, cells])),
        ),
        shape=(count_rows + count_columns, expected.size),
    )
    tie = 1e-4 * np.sin(1.0 + cells * 1.7)
    answer = linprog(
        -(rest.ravel() + tie),
        A_eq=matrix.tocsr(),
        b_eq=np.concatenate([need_rows, need_columns]).astype(float),
        bounds=np.stack([np.zeros(expected.size), (rest.ravel() > 0).astype(float)], axis=1),
        method="highs-ds",
    )
    if answer.x is None:
        raise ValueError("the expected values do not have these sums")
    result = base + np.rint(answer.x).astype(np.int64).reshape(expected.shape)
    if (result.sum(axis=1) != rows).any() or (result.sum(axis=0) != columns).any():
        raise ValueError("rounding lost a unit")
    return np.asarray(result, dtype=np.int64)
