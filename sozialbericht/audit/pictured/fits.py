"""Fits: which printed values a series of positions stands for, and how much more than they the positions tell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sozialbericht.audit.cells import Shown, is_number
from sozialbericht.numbers import rounded

#: Pictures have two decimals: a position is known to half a hundredth, the fitted line adds a little.
TOLERANCE = 0.012
#: With fewer positions a straight line explains too much.
ENOUGH = 5


@dataclass(frozen=True)
class Position:
    """A value read back from a picture: it lies between ``low`` and ``high``."""

    indicator: str
    area: str
    low: float
    high: float


@dataclass(frozen=True)
class Values:
    """Printed values of areas; at ``bend`` (NaN: nowhere) the scale may change, as one with the city inside does."""

    indicator: str
    areas: tuple[str, ...]
    printed: np.ndarray
    half: float
    """Half the last printed decimal."""
    bend: float = math.nan

    @property
    def design(self) -> np.ndarray:
        """The columns of the regression."""
        if math.isnan(self.bend):
            return np.column_stack([np.ones(len(self.printed)), self.printed])
        off = self.printed - self.bend
        return np.column_stack([np.ones(len(off)), np.minimum(off, 0), np.maximum(off, 0)])


@dataclass(frozen=True)
class Fit:
    """A straight line from printed values to positions.

    ``worst`` is the greatest distance of a mark from where the printed value puts it, ``half`` half the last printed
    decimal as a distance in the picture, ``strange`` are the areas whose marks stand elsewhere.
    """

    values: Values
    factors: tuple[float, ...]
    worst: float
    half: float
    strange: tuple[str, ...] = ()

    @property
    def finer(self) -> float:
        """How many decimals more than printed the positions tell; 0 where they follow from the printed values."""
        if self.worst <= TOLERANCE or self.half <= 2 * TOLERANCE:
            return 0.0
        return round(math.log10(self.half / TOLERANCE), 1)

    def positions(self, series: Mapping[str, float]) -> Iterator[Position]:
        """The values that the marks stand for."""
        design = self.values.design
        spread = np.sqrt(np.einsum("ij,jk,ik->i", design, np.linalg.pinv(design.T @ design), design))
        for area, printed, lever in zip(self.values.areas, self.values.printed, spread, strict=True):
            slope = self.factors[-1] if printed >= self.values.bend else self.factors[1]
            start = 0.0 if math.isnan(self.values.bend) else self.values.bend
            if slope:
                value = (series[area] - self.factors[0]) / slope + start
                # the line is fitted to rounded values: their error as it spreads to here, six times its deviation
                wide = TOLERANCE / abs(slope) + 6 * self.values.half / math.sqrt(3) * float(lever)
                yield Position(self.values.indicator, area, value - wide, value + wide)


class Fitting:
    """The printed values of a report year, to be fitted to positions."""

    def __init__(self, shown: Shown) -> None:
        self.city = shown.tables.city
        self.printed: dict[str, tuple[float, dict[str, float]]] = {}
        areas = list(map(str, shown.tables.areas.index))
        for indicator, decimals in shown.decimals.items():
            numbers = ((area, shown.rows[indicator, shown.year, area].number) for area in areas)
            values = {area: rounded(number, decimals) for area, number in numbers if is_number(number)}
            self.printed[indicator] = (0.5 * 10**-decimals, values)

    def best(self, series: Mapping[str, float], named: Iterable[str] = ()) -> Fit | None:
        """The indicator that explains a series best, of those named if one of them does.

        One mark in ten may stand elsewhere; in a chart of few areas one, if it names the indicator.
        """
        if len(series) < ENOUGH or len({round(place, 2) for place in series.values()}) < ENOUGH - 1:
            return None
        for candidates, least in ((named, 1), (self.printed, 0)):
            elsewhere = max(least, len(series) // 10)
            if fits := [fit for indicator in candidates for fit in self._fits(series, indicator, elsewhere)]:
                return min(fits, key=lambda fit: (len(fit.strange), fit.worst))
        return None

    def _fits(self, series: Mapping[str, float], indicator: str, elsewhere: int) -> Iterator[Fit]:
        half, values = self.printed[indicator]
        areas = tuple(area for area in series if area in values)
        if len(areas) < ENOUGH or len(areas) < 0.6 * len(series):
            return
        printed = np.array([values[area] for area in areas])
        places = np.array([series[area] for area in areas])
        if np.ptp(printed) == 0 or _apart(printed, places):
            return
        city = values.get(self.city, math.nan)
        bends = [math.nan] if math.isnan(city) or len(areas) <= 2 * ENOUGH else [math.nan, city]
        for bend in bends:
            if found := _fit(Values(indicator, areas, printed, half, bend), places, elsewhere):
                yield found


def _fit(values: Values, places: np.ndarray, elsewhere: int) -> Fit | None:
    """The line that fits, at most so many marks being ``elsewhere``; None where the positions are something else."""
    design = values.design
    use = np.ones(len(places), dtype=bool)
    for _ in range(1 + elsewhere):
        factors = np.linalg.lstsq(design[use], places[use], rcond=None)[0]
        distance = np.abs(places - design @ factors)
        slope = float(np.abs(factors[1:]).max())
        limit = slope * values.half * 1.5 + TOLERANCE
        if np.all(distance[use] <= limit):
            strange = tuple(area for area, far in zip(values.areas, distance > limit, strict=True) if far)
            if np.ptp(places[use]) < 12 * limit:
                return None
            return Fit(values, tuple(factors), float(distance[use].max()), slope * values.half, strange)
        use &= distance < distance[use].max()
        if use.sum() < ENOUGH - 1:
            return None
    return None


def _apart(printed: np.ndarray, places: np.ndarray) -> bool:
    """Whether two orders have so little in common that no line leads from one to the other."""
    one, other = np.argsort(np.argsort(printed)), np.argsort(np.argsort(places))
    return len(printed) > 2 * ENOUGH and abs(float(np.corrcoef(one, other)[0, 1])) < 0.8
