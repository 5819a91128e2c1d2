"""The one rule: which differences are told.

A difference is told where its two-sided p, corrected for all areas that are compared at the same time (``discovery``),
is at most 5 %. p belongs to the interval that is printed: uncorrected, p ≤ 5 % means that the 95 % interval excludes
the other value. The correction makes the rule a little stricter, so an area can be *im Bereich* although its interval
just misses the city's value.

* An area beside the city: the city counts as known. It contains the area, and its own chance is small beside that of a
  part of it. Taking it as known is on the careful side: an area with the share w of the city's people varies about the
  city's value with 1 − w times the variance that is assumed.
* A value beside an earlier one of the same area: both vary, as if the two years were counted apart. Where the same
  people are counted twice, the rule is on the careful side, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sozialbericht.position import Position
from sozialbericht.statistics.intervals import mover
from sozialbericht.statistics.intervals.discovery import discovered
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.intervals.interval import Interval, Quantile, Z


@dataclass(frozen=True)
class Comparison:
    """Differences of many areas, from unrounded values: arrays of one shape.

    ``difference`` with its 95 % interval ``lower`` to ``upper`` (NaN where there is none); ``position`` is of the first
    beside the second value.
    """

    difference: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    position: np.ndarray


def positions(estimate: Estimate, reference: float, shown: np.ndarray) -> np.ndarray:
    """The :class:`Position` of each area beside the city's value ``reference``, corrected over the areas ``shown``.

    ``estimate`` must hold the areas of one level that are compared. *kein Intervall* where an area has none or is not
    shown, and everywhere without a reference.
    """
    return _told(estimate.value - reference, np.where(shown, estimate.p_values(reference), np.nan))


def compare(new: Estimate, old: Estimate, comparable: np.ndarray, beside: float = 0.0) -> Comparison:
    """The differences new − old of areas that are ``comparable``, corrected over them; the rest is NaN.

    Shares have Newcombe's interval, rates the same with Byar's bounds (``mover``). Changes in per cent are compared
    where both have the same base, which then counts as known. ``beside``: what the differences are compared with, such
    as the city's, which counts as known; the position tells of a difference above or below it.
    """
    difference, bounds, p = _difference(new, old, comparable, beside)
    return Comparison(difference, *bounds, _told(difference - beside, p))


def together(pairs: Sequence[tuple[Estimate, Estimate]]) -> Comparison:
    """The differences of pairs of values, each pair of an indicator of its own, corrected over all pairs.

    Arrays with one element a pair; NaN where one of the two has no value, and for changes in per cent.
    """
    found = []
    for new, old in pairs:
        known = np.isfinite(new.value - old.value) & (new.art != "veraenderung")
        found.append(_difference(new, old, known))
    if not found:
        none = np.array([])
        return Comparison(none, none, none, named(none))
    difference, p = (np.concatenate([one[k] for one in found]) for k in (0, 2))
    lower, upper = (np.concatenate([one[1][k] for one in found]) for k in (0, 1))
    return Comparison(difference, lower, upper, _told(difference, p))


def _difference(
    new: Estimate, old: Estimate, comparable: np.ndarray, beside: float = 0.0
) -> tuple[np.ndarray, Interval, np.ndarray]:
    """The differences new − old where ``comparable``, their 95 % intervals and their two-sided p beside ``beside``."""
    if new.art == "veraenderung":
        comparable = comparable & (new.total == old.total)
    new, old = new.on_base(), old.on_base()

    def interval(z: Quantile) -> Interval:
        return mover.mover(new.value, new.interval(z), old.value, old.interval(z))

    difference = np.where(comparable, new.value - old.value, np.nan)
    bounds = interval(Z).where(comparable)

    def apart(z: Quantile) -> Interval:
        return Interval(*(bound - beside for bound in interval(z)))

    return difference, bounds, np.where(comparable, mover.p_value(apart, difference), np.nan)


def among(estimate: Estimate) -> Comparison:
    """Each area beside all others of the estimate together, corrected over them; NaN where a count is not known."""
    weight = estimate.count * estimate.clustering
    count, total = (part.sum() - part for part in (estimate.count, estimate.total))
    with np.errstate(divide="ignore", invalid="ignore"):
        clustering = np.where(count > 0, (weight.sum() - weight) / count, estimate.clustering)
    others = estimate.of_counts(count, total, clustering)
    return compare(estimate, others, np.isfinite(estimate.value - others.value))


def _told(difference: np.ndarray, p: np.ndarray) -> np.ndarray:
    """The positions that follow from differences and their p."""
    return named(np.where(discovered(p), np.sign(difference), np.where(np.isfinite(p), 0, np.nan)))


def named(signs: np.ndarray) -> np.ndarray:
    """The :class:`Position` of each sign: 1, −1, 0, NaN where nothing is known."""
    order = np.array([Position.BELOW, Position.WITHIN, Position.ABOVE, Position.UNKNOWN], dtype=object)
    found: np.ndarray = order[np.where(np.isnan(signs), 2, signs).astype(int) + 1]
    return found
