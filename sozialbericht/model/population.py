"""Population: inhabitants of every area and year, meeting the totals given for areas and the city."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from sozialbericht.model import noise, rounding
from sozialbericht.model.assumptions import Assumptions
from sozialbericht.model.expectation import Expectation

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


def _correction(anchors: dict[int, float], path: dict[int, float], years: list[int]) -> dict[int, float]:
    """Factors that lead a path through its anchors, log-linear between them and constant outside."""
    known = sorted(anchors)
    logs = [np.log(anchors[year] / path[year]) for year in known]
    return {year: float(np.exp(np.interp(year, known, logs))) for year in years}


Scores = dict[date, Array]
Stock = tuple[dict[date, Counts], dict[date, Expectation]]


def totals(inputs: Assumptions, feature: str, years: list[int], scores: Scores) -> Stock:
    """Inhabitants of the areas at the end of every year, in the order of the areas.

    The paths grow from the reference year by each area's growth, are led through the given values of
    districts and areas, and scaled to the city's total, which must be given for every year; what is not given varies
    around them (``scores``). Also returns what was expected.
    """
    reference = inputs.parameters["bezugsjahr"]
    paths = {
        year: np.array([a.population * (1 + a.growth / 100) ** (year - reference) for a in inputs.areas])
        for year in years
    }
    named = sorted({a.district for a in inputs.areas})
    districts = {d: np.array([a.district == d for a in inputs.areas]) for d in named}
    singles = {a.id: np.array([b.id == a.id for b in inputs.areas]) for a in inputs.areas}
    for group in (districts, singles):
        for key, mask in group.items():
            anchors = {day.year: value for day, value in inputs.anchors(key, feature)}
            if anchors:
                have = {year: float(path[mask].sum()) for year, path in paths.items()}
                for year, factor in _correction(anchors, have, years).items():
                    paths[year] = np.where(mask, paths[year] * factor, paths[year])
    fits = {date(y, 12, 31): _fit(inputs, feature, y, paths[y], districts, scores[date(y, 12, 31)]) for y in years}
    return {day: counts for day, (counts, _) in fits.items()}, {day: expected for day, (_, expected) in fits.items()}


def _fit(
    inputs: Assumptions, feature: str, year: int, path: Array, districts: dict[str, NDArray[np.bool_]], score: Array
) -> tuple[Counts, Expectation]:
    day, expected = date(year, 12, 31), path.copy()
    result = np.zeros(len(expected), dtype=np.int64)
    free = np.ones(len(expected), dtype=bool)
    for column, area in enumerate(inputs.areas):
        pinned = inputs.target(area.id, feature, day)
        if pinned is not None:
            result[column], expected[column], free[column] = round(pinned), pinned, False
    open_, tied = free.copy(), 1
    for key, mask in districts.items():
        pinned = inputs.target(key, feature, day)
        if pinned is not None:
            _spread(result, expected, mask & free, round(pinned) - int(result[mask & ~free].sum()), score)
            free &= ~mask
            tied += 1
    city = inputs.target(inputs.city, feature, day)
    if city is None:
        raise ValueError(f"no total of {feature} for {day}")
    _spread(result, expected, free, round(city) - int(result[~free].sum()), score)
    whole = np.full(len(expected), float(result.sum()))
    return result, Expectation(feature, whole, expected / whole, open_, tied)


def _spread(result: Counts, expected: Array, mask: NDArray[np.bool_], total: int, score: Array) -> None:
    """Scale the marked areas' expected numbers to a total and draw their numbers around them."""
    expected[mask] *= total / expected[mask].sum()
    result[mask] = rounding.settled(noise.counted(score[mask], expected[mask]), total, expected[mask])
