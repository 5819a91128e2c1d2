"""Population: inhabitants of every area and year, meeting the totals given for areas and the city."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from sozialbericht.model import rounding
from sozialbericht.model.assumptions import Assumptions

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


def _correction(anchors: dict[int, float], path: dict[int, float], years: list[int]) -> dict[int, float]:
    """Factors that lead a path through its anchors, log-linear between them and constant outside."""
    known = sorted(anchors)
    logs = [np.log(anchors[year] / path[year]) for year in known]
    return {year: float(np.exp(np.interp(year, known, logs))) for year in years}


def totals(inputs: Assumptions, feature: str, years: list[int]) -> dict[date, Counts]:
    """Inhabitants of the areas at the end of every year, in the order of the areas.

    The paths grow from the reference year by each area's growth, are led through the given values of
    districts and areas, and scaled to the city's total, which must be given for every year.
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
    return {date(year, 12, 31): _fit(inputs, feature, year, paths[year], districts) for year in years}


def _fit(
    inputs: Assumptions, feature: str, year: int, expected: Array, districts: dict[str, NDArray[np.bool_]]
) -> Counts:
    day = date(year, 12, 31)
    result = np.zeros(len(expected), dtype=np.int64)
    free = np.ones(len(expected), dtype=bool)
    for column, area in enumerate(inputs.areas):
        pinned = inputs.target(area.id, feature, day)
        if pinned is not None:
            result[column], free[column] = round(pinned), False
    for key, mask in districts.items():
        pinned = inputs.target(key, feature, day)
        if pinned is not None:
            _spread(result, expected, mask & free, round(pinned) - int(result[mask & ~free].sum()))
            free &= ~mask
    city = inputs.target(inputs.city, feature, day)
    if city is None:
        raise ValueError(f"no total of {feature} for {day}")
    _spread(result, expected, free, round(city) - int(result[~free].sum()))
    return result


def _spread(result: Counts, expected: Array, mask: NDArray[np.bool_], total: int) -> None:
    share = expected[mask] * (total / expected[mask].sum())
    result[mask] = rounding.largest_remainder(share, total)
