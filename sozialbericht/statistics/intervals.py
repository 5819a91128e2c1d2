"""What chance may have made: intervals of shares and rates, and whether two values differ by more than that.

All bounds are those of 95 %. A full count has no sampling error; its intervals describe the random variation of like
populations. Three comparisons are made, each for the data it fits:

* a value with a known one (the city's): the interval of the value excludes the other (:func:`excludes`,
  :func:`ratio_differs`);
* two values counted apart: the test of their difference (:func:`proportions_differ`, :func:`ratio_differs`);
* two values of a ranking of changes: the stricter rule that their intervals do not overlap (:func:`apart`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import NormalDist

import numpy as np

from sozialbericht.statistics.value import Value

#: Quantile of the normal distribution for a 95 % interval.
Z = NormalDist().inv_cdf(0.975)
#: Without an interval, this many standard deviations of the areas count as a difference.
ENOUGH = 0.5


def wilson(count: np.ndarray, total: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of Wilson's score interval for ``count`` of ``total``, as shares of one.

    (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n) with p = count / n: E. B. Wilson, Probable inference, the law
    of succession, and statistical inference, JASA 22 (1927), 209–212. NaN where ``total`` is 0.
    """
    z = NormalDist().inv_cdf(0.5 + level / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = count / total
        centre = (share + z**2 / (2 * total)) / (1 + z**2 / total)
        half = z / (1 + z**2 / total) * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    return centre - half, centre + half


def excludes(lower: np.ndarray | float, upper: np.ndarray | float, reference: np.ndarray | float) -> np.ndarray:
    """Where the interval from ``lower`` to ``upper`` does not hold ``reference``;
    no interval (NaN) excludes nothing.
    """
    with np.errstate(invalid="ignore"):
        return np.greater(lower, reference) | np.less(upper, reference)


def apart(one: Value, other: Value) -> bool:
    """Whether the intervals of two values do not overlap; values without an interval are never apart.

    Stricter than a test of the difference, at about 0.6 % in place of 5 % where both intervals have the same width
    (N. Schenker, J. F. Gentleman, On judging the significance of differences by examining the overlap between
    confidence intervals, The American Statistician 55, 2001, 182–186).
    """
    return one.lower > other.upper or one.upper < other.lower


def proportions_differ(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two shares, each (count, total) of independent groups, differ: Wald's test, not pooled.

    |p₁ − p₂| > 1.96 · √(p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂): A. Agresti, Categorical Data Analysis, 3rd ed. 2013, ch. 3.1.
    """
    shares = [(count / total, total) for count, total in (one, other)]
    error = math.sqrt(sum(share * (1 - share) / total for share, total in shares))
    return abs(shares[0][0] - shares[1][0]) > Z * error


def ratio_differs(value: float, reference: float, counts: Iterable[float]) -> bool:
    """Whether a rate, or a ratio of counts, differs from ``reference`` by more than chance in ``counts`` makes.

    The log-normal approximation for Poisson counts, |ln(value / reference)| > 1.96 · √Σ 1/count: K. Rothman,
    S. Greenland, Modern Epidemiology, 2nd ed. 1998, ch. 14. ``counts`` are all that vary: one for a rate beside a known
    value, two for two rates or for a change. Without cases, or with a value that is not above 0, nothing is known to
    differ.
    """
    known = list(counts)
    if min(*known, value, reference) <= 0:
        return False
    return abs(math.log(value / reference)) > Z * math.sqrt(sum(1 / count for count in known))


def differs(own: Value, reference: Value, kind: str, gap: float) -> bool:
    """Whether a value differs recognisably from another that counts as known; ``kind`` is the catalogue's ``art``.

    A share by its interval, a rate and a change of counts by :func:`ratio_differs`; means, indices and other ratios,
    which have no interval, by ``gap``, their distance in standard deviations of the areas.
    """
    if kind == "anteil":
        return own.differs
    if kind == "rate":
        return ratio_differs(own.number, reference.number, [own.numerator])
    if kind == "veraenderung":
        return ratio_differs(100 + own.number, 100 + reference.number, [own.numerator, own.denominator])
    return abs(gap) >= ENOUGH


def changed(new: Value, old: Value, *, rate: bool) -> bool:
    """Whether two values counted apart differ by more than chance: two shares, or with ``rate`` two rates."""
    if rate:
        return ratio_differs(new.number, old.number, [new.numerator, old.numerator])
    return proportions_differ((new.numerator, new.denominator), (old.numerator, old.denominator))


__all__ = ["ENOUGH", "Z", "apart", "changed", "differs", "excludes", "proportions_differ", "ratio_differs", "wilson"]
