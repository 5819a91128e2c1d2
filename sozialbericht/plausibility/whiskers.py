"""Whiskers: where the bulk of a skewed distribution ends (the adjusted boxplot).

Hubert and Vandervieren (2008), *An adjusted boxplot for skewed distributions*, Computational Statistics & Data Analysis
52, 5186–5201: whiskers are h e^(a MC) IQR long, with the medcouple MC as the measure of skewness (Brys, Hubert, Struyf
2004, *A robust measure of skewness*, Journal of Computational and Graphical Statistics 13, 996–1017), a = −4 below and
3 above where MC ≥ 0, else −3 and 4. Outliers far out have h = 3. Of a few dozen areas the medcouple is uncertain: here
only what exceeds its standard error counts, and it only lengthens a whisker, where the original would shorten the
other one, too.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import special

FAR_OUT = 3.0
#: The standard error of the medcouple of n normal numbers is this over √n (Brys, Hubert, Struyf: variance 1.25 / n).
ERROR = float(np.sqrt(1.25))
#: How far these fences are from the median of a normal distribution, in standard deviations.
NORMAL = float(special.ndtri(0.75)) * (1 + 2 * FAR_OUT)


def medcouple(values: Any) -> float:
    """The medcouple of numbers: the median of ((y − m) − (m − x)) / (y − x) over all x ≤ m ≤ y, m the median.

    Between −1 and 1; 0 for fewer than three numbers or where all are alike. Ties with the median count by their order,
    as in the original.
    """
    ordered = np.sort(np.asarray(values, dtype=float)) - np.median(values)
    below, above = ordered[ordered <= 0], ordered[ordered >= 0]
    if len(ordered) < 3 or not below[0] < above[-1]:
        return 0.0
    x, y = below[:, None], above[None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        kernel = (y + x) / (y - x)
    ties = int((ordered == 0).sum())
    if ties:
        place = np.arange(ties)
        signs = np.sign(place[None, :] + place[:, None] - (ties - 1))
        kernel[len(below) - ties :, :ties] = signs
    return float(np.median(kernel))


def outlying(values: Any, own: Any = 0.0) -> Any:
    """How far each number is from the median, as a share of the way to its fence, in the unit of a normal distribution.

    Skewness is only asked for where the plain fence is passed, so that less than 1 tells nothing about the others.
    ``own`` is the standard deviation of each number by itself, by which a fence is further off for it. Numbers that are
    missing stay so.
    """
    numbers = np.asarray(values, dtype=float)
    known = numbers[np.isfinite(numbers)]
    if len(known) < 3:
        return np.full(numbers.shape, np.nan)
    low, middle, high = np.quantile(known, [0.25, 0.5, 0.75])
    reach = FAR_OUT * (high - low)
    down, up = middle - low + reach, high - middle + reach
    if middle - down > known.min() or middle + up < known.max():
        skew = medcouple(known)
        sure = max(abs(skew) - ERROR / np.sqrt(len(known)), 0.0)
        longer = reach * (np.exp(3 * sure) - 1)
        down, up = (down, up + longer) if skew > 0 else (down + longer, up)
    usual = np.where(numbers < middle, down, up) / NORMAL
    total = np.sqrt(usual**2 + np.square(own))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(numbers == middle, 0.0, (numbers - middle) / total)
