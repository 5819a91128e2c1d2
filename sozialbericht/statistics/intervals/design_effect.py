"""Design effect: how many independent cases stand behind a count of people who share their fate.

Who lives in one household gets a benefit together. If m people stand behind each independent case, a count varies m
times as much as a Poisson count (L. Kish, Survey Sampling, 1965, ch. 5.4 and 8.2, with the roh of 1 of a household that
is counted whole or not at all). Counts and wholes are therefore divided by m, the *Häufung* of the catalogue, before an
interval is computed. With households of different sizes the right factor is Σm²/Σm, which is more than the mean size;
where only the mean is known the interval stays a little too narrow.
"""

from __future__ import annotations

import numpy as np


def effective(count: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """The number of independent cases behind a count; NaN where the factor is not known."""
    effective_count: np.ndarray = count / factor
    return effective_count


def mean_size(people: np.ndarray, units: np.ndarray, whole: int) -> np.ndarray:
    """People per unit, at least 1, one per area; where an area has no number that of the area at place ``whole``."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = people / units
    size = np.where(np.isfinite(size), size, size[whole])
    return np.where(np.isfinite(size), np.maximum(size, 1.0), np.nan)


def pooled(counts: np.ndarray, factors: np.ndarray) -> float:
    """The factor of several areas together: the mean of theirs, weighted by their counts."""
    total = float(counts.sum())
    return float((counts * factors).sum() / total) if total > 0 else float(factors.mean())
