"""An estimate: the counts behind an indicator's values, which know their interval.

A share has Wilson's, a rate Byar's (exact below ten cases), a change in per cent that of a ratio of counts; means,
indices and ratios of stocks have none, and :meth:`Estimate.kinds` says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from sozialbericht.position import Position
from sozialbericht.statistics.intervals import byar, design_effect, logratio, wilson
from sozialbericht.statistics.intervals.interval import Interval, Quantile, Z
from sozialbericht.statistics.kind import Kind
from sozialbericht.statistics.value import Value

#: Which interval indicators of a kind have; rates of few cases have the exact one.
BOUNDED = {"anteil": Kind.WILSON, "rate": Kind.BYAR, "veraenderung": Kind.RATIO}
#: Why those of the other kinds have none.
WITHOUT = {"mittel": Kind.MEAN, "index": Kind.MEAN, "verhaeltnis": Kind.AMOUNT}


@dataclass(frozen=True)
class Estimate:
    """One indicator for many areas: arrays of one shape, NaN where a count is not known or must not be.

    ``art`` and ``factor`` are the catalogue's. ``total`` is the denominator; of a change the count of the base year.
    ``clustering`` is how many people stand behind each independent case. ``cases`` says whether cases are counted, not
    Euro or m².
    """

    art: str
    count: np.ndarray
    total: np.ndarray
    factor: float
    clustering: np.ndarray
    cases: bool = True

    @classmethod
    def of(cls, values: Iterable[Value]) -> Estimate:
        """That of values of one indicator; what is not shown is not known."""
        given = list(values)
        first = given[0]
        rows = [(v.numerator, v.denominator, v.clustering) if v.shown else (np.nan, np.nan, np.nan) for v in given]
        count, total, clustering = np.array(rows, dtype=float).T
        return cls(first.art, count, total, first.factor, clustering, first.interval.counts_cases)

    def bounding(self, value: Value) -> Value:
        """A value with the interval of this estimate's only area; its position is not known."""
        (lower,), (upper,) = self.interval()
        bounds = replace(value, lower=float(lower), upper=float(upper), interval=Kind(self.kinds()[0]))
        return replace(bounds, position=Position.UNKNOWN, clustering=float(self.clustering[0]))

    @property
    def value(self) -> np.ndarray:
        """The values, unrounded, in the indicator's unit."""
        with np.errstate(divide="ignore", invalid="ignore"):
            quotient = self.count / self.total
        value: np.ndarray = (quotient - 1 if self.art == "veraenderung" else quotient) * self.factor
        return value

    def at(self, places: np.ndarray) -> Estimate:
        """Only some of the areas."""
        return self.of_counts(self.count[places], self.total[places], self.clustering[places])

    def of_counts(self, count: np.ndarray, total: np.ndarray, clustering: np.ndarray) -> Estimate:
        """The same indicator with other counts."""
        return replace(self, count=count, total=total, clustering=clustering)

    def pooled(self) -> Estimate:
        """All areas as one: Σ counts / Σ wholes, never a mean of values. NaN if one of them is not known."""
        factor = design_effect.pooled(self.count, self.clustering)
        return self.of_counts(np.array([self.count.sum()]), np.array([self.total.sum()]), np.array([factor]))

    def interval(self, z: Quantile = Z) -> Interval:
        """Bounds in the indicator's unit for a quantile, NaN where there is no interval."""
        count, total = self._effective
        if not self._bounded:
            return Interval(np.full(count.shape, np.nan), np.full(count.shape, np.nan))
        if self.art == "anteil":
            return wilson.wilson(count, total, z).times(self.factor)
        if self.art == "rate":
            with np.errstate(divide="ignore", invalid="ignore"):
                return byar.events(count, z).times(self.factor / total).where(total > 0)
        lower, upper = logratio.logratio(count, total, z)
        return Interval((lower - 1) * self.factor, (upper - 1) * self.factor)

    def p_values(self, reference: float) -> np.ndarray:
        """The two-sided p that an area's value is ``reference``, a value that counts as known: below 0.05 exactly where
        the 95 % interval excludes it. NaN where there is no interval.
        """
        count, total = self._effective
        if not self._bounded:
            return np.full(count.shape, np.nan)
        ratio = reference / self.factor
        if self.art == "anteil":
            return wilson.p_value(count, total, ratio)
        if self.art == "rate":
            return np.where(total > 0, byar.p_value(count, ratio * total), np.nan)
        return logratio.p_value(count, total, 1 + ratio)

    def kinds(self) -> np.ndarray:
        """For each area the :class:`Kind` of its interval, or why it has none."""
        count, _ = self._effective
        made = np.array([WITHOUT.get(self.art, Kind.AMOUNT)] * len(count), dtype=object)
        if self._bounded:
            made[:] = BOUNDED[self.art]
            with np.errstate(invalid="ignore"):
                made[(count < byar.ENOUGH) & (self.art == "rate")] = Kind.EXACT
            made[~np.isfinite(self.interval().lower)] = Kind.NO_CASES
            made[~np.isfinite(self.clustering)] = Kind.CLUSTERING
        made[~np.isfinite(self.value)] = Kind.NO_VALUE
        return made

    def on_base(self) -> Estimate:
        """A change in per cent as a rate on its base, which then counts as known: for differences of two changes."""
        return replace(self, art="rate") if self.art == "veraenderung" else self

    @property
    def _bounded(self) -> bool:
        return self.cases and self.art in BOUNDED

    @property
    def _effective(self) -> tuple[np.ndarray, np.ndarray]:
        return (
            design_effect.effective(self.count, self.clustering),
            design_effect.effective(self.total, self.clustering),
        )
