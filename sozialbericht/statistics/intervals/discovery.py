"""Many comparisons at once: how many of the differences that are told may be chance.

With 39 areas two would "differ" at 5 % by chance alone. The false discovery rate bounds the expected share of errors
among the differences told by 5 %: Y. Benjamini, Y. Hochberg, Controlling the false discovery rate, JRSS B 57 (1995),
289–300. It holds for areas that vary independently of each other.
"""

from __future__ import annotations

import numpy as np

#: The expected share of errors among the differences that are told.
RATE = 0.05


def discovered(p: np.ndarray) -> np.ndarray:
    """Which of the hypotheses with these p are rejected; NaN is no hypothesis and never rejected."""
    known = np.isfinite(p)
    found = np.zeros(p.shape, dtype=bool)
    if known.any():
        from scipy.stats import false_discovery_control  # 1 s that who only reads tables need not wait

        found[known] = false_discovery_control(p[known], method="bh") <= RATE
    return found
