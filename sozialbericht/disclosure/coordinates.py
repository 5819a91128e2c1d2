"""Coordinates: pictures read back. No picture knows more than its table, and none draws what is withheld.

Marks that belong to areas are series of positions. The indicator whose values, as printed, a straight line carries onto
the positions is the one that is drawn; where only the unrounded values fit, the picture tells more decimals than are
printed. A mark of a withheld value, or one that no value explains, is named.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np

from sozialbericht.disclosure.cells import Shown, is_number
from sozialbericht.disclosure.readings import Mark, Reading
from sozialbericht.disclosure.vocabulary import Vocabulary, normal
from sozialbericht.numbers import rounded
from sozialbericht.status import Status

#: Pictures have two decimals: a position is known to half a hundredth, the fitted line adds a little.
TOLERANCE = 0.012
#: With fewer positions a straight line explains too much.
ENOUGH = 5
Series = dict[str, list[tuple[str, float]]]


@dataclass(frozen=True)
class Drawn:
    """What a series of marks shows: ``kind`` is ungerundet, geheim, unerklärt or Klasse."""

    file: str
    kind: str
    indicator: str
    area: str = ""
    decimals: float = 0.0
    """How many decimals more than printed the positions tell."""


@dataclass(frozen=True)
class Position:
    """A value read back from a picture: it lies between ``low`` and ``high``."""

    indicator: str
    area: str
    low: float
    high: float


def drawn(readings: Mapping[str, Reading], shown: Shown, vocabulary: Vocabulary) -> list[Drawn]:
    """What the pictures of a publication tell beyond their tables."""
    judge = _Judge(shown)
    found: list[Drawn] = []
    for file, reading in readings.items():
        if file.endswith(".svg") and reading.marks:
            found += _map(file, reading.marks, shown, _named(file, vocabulary))
            found += _rows(file, reading.marks, shown, _named(file, vocabulary))
    for file, series in _all_series(readings, shown, vocabulary):
        found += judge.series(file, series, _named(file, vocabulary))
    return list(dict.fromkeys(found))


def positions(readings: Mapping[str, Reading], shown: Shown, vocabulary: Vocabulary) -> list[Position]:
    """The values that can be read off the pictures, as closely as their coordinates tell."""
    judge = _Judge(shown)
    return [
        position
        for _, series in _all_series(readings, shown, vocabulary)
        if (fit := judge.best(series)) is not None
        for position in fit.positions(series)
    ]


def _all_series(
    readings: Mapping[str, Reading], shown: Shown, vocabulary: Vocabulary
) -> Iterator[tuple[str, dict[str, float]]]:
    """The positions of marks by area: rows of a chart, and dots at one height in all pictures of one kind."""
    families: dict[tuple[str, str, float], dict[str, float]] = defaultdict(dict)
    files: dict[tuple[str, str, float], str] = {}
    for file, reading in readings.items():
        if not file.endswith(".svg") or not reading.marks:
            continue
        rows = _fields(reading.marks)
        for series in _by_fill(rows, reading.marks):
            yield file, series
        areas = vocabulary.areas(_stem(file))
        if len(areas) == 1 and not rows:
            (area,) = areas
            name = re.sub(r"\d+", "", file.replace(_slug(area), "*"))
            level = str(shown.tables.areas.at[area, "ebene"])
            for height, place in _heights(reading.marks):
                families[name, level, height][area] = place
                files.setdefault((name, level, height), file)
    for family, series in families.items():
        yield files[family], series


class _Judge:
    """Finds what a series shows."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.withheld = {
            (indicator, area)
            for (indicator, year, area), row in shown.rows.items()
            if year == shown.year and row.status == Status.WITHHELD
        }

        self.printed: dict[str, tuple[float, dict[str, float]]] = {}
        for indicator, decimals in shown.decimals.items():
            keys = ((str(area), (indicator, shown.year, str(area))) for area in shown.tables.areas.index)
            numbers = ((area, shown.rows[key].number) for area, key in keys)
            values = {area: rounded(number, decimals) for area, number in numbers if is_number(number)}
            self.printed[indicator] = (0.5 * 10**-decimals, values)

    def series(self, file: str, series: Mapping[str, float], named: Sequence[str]) -> Iterator[Drawn]:
        """What one series of positions by area gives away; ``named`` are the indicators that the file's name names."""
        best = self.best(series, named)
        if best is None:
            return
        for area in series:
            if (best.indicator, area) in self.withheld:
                yield Drawn(file, "geheim", best.indicator, area)
        for area in best.strange:
            yield Drawn(file, "unerklärt", best.indicator, area)
        if best.worst > TOLERANCE and best.half > 2 * TOLERANCE:
            yield Drawn(file, "ungerundet", best.indicator, decimals=round(float(np.log10(best.half / TOLERANCE)), 1))

    def best(self, series: Mapping[str, float], named: Sequence[str] = ()) -> _Fit | None:
        """The indicator that explains a series best, of those named if one of them does."""
        if len(series) < ENOUGH or len({round(place, 2) for place in series.values()}) < ENOUGH - 1:
            return None
        for candidates in (named, self.printed):
            if fits := list(self._fits(series, candidates)):
                return min(fits, key=lambda fit: (len(fit.strange), fit.worst))
        return None

    def _fits(self, series: Mapping[str, float], candidates: Iterable[str]) -> Iterator[_Fit]:
        shown = self.shown
        for indicator in candidates:
            half, values = self.printed[indicator]
            areas = [area for area in series if area in values]
            if len(areas) < ENOUGH or len(areas) < 0.6 * len(series):
                continue
            printed = np.array([values[area] for area in areas])
            places = np.array([series[area] for area in areas])
            city = values.get(shown.tables.city, math.nan)
            bends = [math.nan] if math.isnan(city) or len(areas) <= 2 * ENOUGH else [math.nan, city]
            for bend in bends:
                fit = _fit(_Values(indicator, areas, printed, half, bend), places)
                if fit is not None:
                    yield fit


@dataclass(frozen=True)
class _Fit:
    """A straight line from printed values to positions."""

    indicator: str
    worst: float
    """The greatest distance of a mark from where the printed value puts it."""
    half: float
    """Half the last printed decimal, as a distance in the picture."""
    strange: tuple[str, ...] = ()

    values: _Values | None = None
    factors: tuple[float, ...] = ()

    def positions(self, series: Mapping[str, float]) -> Iterator[Position]:
        """The values that the marks stand for."""
        if self.values is None:
            return
        design = self.values.design
        spread = np.sqrt(np.einsum("ij,jk,ik->i", design, np.linalg.pinv(design.T @ design), design))
        for area, printed, lever in zip(self.values.areas, self.values.printed, spread, strict=True):
            slope = self.factors[-1] if printed >= self.values.bend else self.factors[1]
            start = 0.0 if math.isnan(self.values.bend) else self.values.bend
            if slope:
                value = (series[area] - self.factors[0]) / slope + start
                # the line is fitted to rounded values: their error as it spreads to here, six times its deviation
                wide = TOLERANCE / abs(slope) + 6 * self.values.half / math.sqrt(3) * float(lever)
                yield Position(self.indicator, area, value - wide, value + wide)


@dataclass(frozen=True)
class _Values:
    """Printed values of areas; at ``bend`` (NaN: nowhere) the scale may change, as one with the city inside does."""

    indicator: str
    areas: list[str]
    printed: np.ndarray
    half: float
    bend: float

    @property
    def design(self) -> np.ndarray:
        """The columns of the regression."""
        if math.isnan(self.bend):
            return np.column_stack([np.ones(len(self.printed)), self.printed])
        off = self.printed - self.bend
        return np.column_stack([np.ones(len(off)), np.minimum(off, 0), np.maximum(off, 0)])


def _fit(values: _Values, places: np.ndarray) -> _Fit | None:
    """The line that fits, at most one mark in ten being elsewhere; None where the positions are something else."""
    design = values.design
    if np.ptp(values.printed) == 0:
        return None
    use = np.ones(len(places), dtype=bool)
    for _ in range(1 + max(1, len(places) // 10)):
        factors = np.linalg.lstsq(design[use], places[use], rcond=None)[0]
        distance = np.abs(places - design @ factors)
        slope = float(np.abs(factors[1:]).max())
        limit = slope * values.half * 1.5 + TOLERANCE
        if np.all(distance[use] <= limit):
            strange = tuple(area for area, far in zip(values.areas, distance > limit, strict=True) if far)
            spread = np.ptp(places[use])
            if spread < 12 * limit:
                return None
            worst = float(distance[use].max())
            return _Fit(values.indicator, worst, slope * values.half, strange, values, tuple(factors))
        use &= distance < distance[use].max()
        if use.sum() < ENOUGH - 1:
            return None
    return None


def _fields(marks: Iterable[Mark]) -> dict[str, tuple[float, float]]:
    """The unpainted rows of a chart that belong to areas: from above and to below."""
    rows = {}
    for mark in marks:
        ys = {round(y, 2) for _, y in mark.points}
        if mark.area and mark.fill == "none" and len(ys) == 2:
            rows[mark.area] = (min(ys), max(ys))
    return rows


def _by_fill(rows: Mapping[str, tuple[float, float]], marks: Iterable[Mark]) -> Iterator[dict[str, float]]:
    """Series of dots, and of the ends of bars, by area: one for each look."""
    found: dict[tuple[str, str, int], dict[str, float]] = defaultdict(dict)
    for mark in marks:
        if mark.fill == "none" or (mark.kind == "shape" and len(mark.points) > 6):
            continue
        x, y = mark.middle
        owner = next((area for area, (top, bottom) in rows.items() if top < y < bottom), "")
        if not owner:
            continue
        ends = [x] if mark.kind == "dot" else sorted({min(p[0] for p in mark.points), max(p[0] for p in mark.points)})
        for place, end in enumerate(ends):
            key = (mark.kind, "" if mark.kind == "dot" else mark.fill, place)
            found[key].setdefault(owner, end)
    yield from found.values()


def _heights(marks: Iterable[Mark]) -> Iterator[tuple[float, float]]:
    """The dots of a picture of one area: how high they stand, and where."""
    seen: set[float] = set()
    for mark in marks:
        x, y = mark.points[0]
        height = round(y, 0)
        if mark.kind == "dot" and height not in seen:
            seen.add(height)
            yield height, x


def _map(file: str, marks: Iterable[Mark], shown: Shown, named: Iterable[str]) -> Iterator[Drawn]:
    """The class of a withheld area on a map: the fill that areas with values have."""
    fills: dict[str, set[str]] = defaultdict(set)
    for mark in marks:
        if mark.area and mark.fill not in ("", "none") and len(mark.points) > 6:
            fills[mark.area].add(mark.fill)
    for name in named:
        rows = {area: shown.rows.get((name, shown.year, area)) for area in fills}
        open_fills = [fills[area] for area, row in rows.items() if row is not None and is_number(row.number)]
        classes = set().union(*open_fills) if open_fills else set()
        if len(classes) < 2:
            continue
        for area, row in rows.items():
            if row is not None and row.status == Status.WITHHELD and fills[area] & classes:
                yield Drawn(file, "Klasse", name, area)


def _rows(file: str, marks: Sequence[Mark], shown: Shown, named: Iterable[str]) -> Iterator[Drawn]:
    """Anything painted in the row of a withheld value that does not run through the whole chart."""
    rows = _fields(marks)
    for name in named:
        for area, (top, bottom) in rows.items():
            row = shown.rows.get((name, shown.year, area))
            if row is None or row.status != Status.WITHHELD:
                continue
            for mark in marks:
                heights = [y for _, y in mark.points]
                if mark.fill != "none" and not mark.area and top < min(heights) and max(heights) < bottom:
                    yield Drawn(file, "geheim", name, area)
                    break


def _stem(file: str) -> str:
    return normal(PurePosixPath(file).name.split(".")[0])


def _named(file: str, vocabulary: Vocabulary) -> list[str]:
    return sorted(name for kind, name in vocabulary.topics(_stem(file)) if kind == "indikator")


def _slug(area: str) -> str:
    return area.replace("_", "-")
