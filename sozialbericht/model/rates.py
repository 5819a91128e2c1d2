"""Rates: probabilities on the logit scale whose counts add up to a given total."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def logit(share: float) -> float:
    """Natural logarithm of the odds of a share strictly between 0 and 1."""
    return float(np.log(share / (1.0 - share)))


def expit(value: Array) -> Array:
    """Inverse of the logit."""
    return np.asarray(1.0 / (1.0 + np.exp(-value)), dtype=np.float64)


def constant(predictor: Array, wholes: Array, total: float) -> float:
    """Constant c with Σ wholes · expit(predictor + c) = total, found by bisection.

    Raises ``ValueError`` when the total is not strictly between 0 and the sum of the wholes.
    """
    if not 0.0 < total < float(wholes.sum()):
        raise ValueError(f"total {total} is not between 0 and {wholes.sum()}")
    low, high = -60.0, 60.0
    for _ in range(200):
        middle = (low + high) / 2
        if float((wholes * expit(predictor + middle)).sum()) < total:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def offset(pinned: float, whole: float, base: float) -> float:
    """What must be added to ``base`` on the logit scale so that the expected count is ``pinned``."""
    return logit(pinned / whole) - base
