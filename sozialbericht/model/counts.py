"""Counts: the features one after another, each from the one that it is a part of.

Three methods: ``teil`` (a part with a logit rate), ``atom`` (all cells of a cross-classification at once,
raked to the margins and rounded together) and ``summe`` (added up from others).
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from sozialbericht.model import factors, noise, raking, rates, rounding
from sozialbericht.model.assumptions import Assumptions, Rate
from sozialbericht.model.expectation import Expectation, Expectations
from sozialbericht.model.factors import Setting

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
Series = dict[date, Counts]
Scores = dict[date, Array]
Sums = dict[str, tuple[str, ...]]
#: What a cell in which nobody was drawn weighs in the raking, as a share of what was expected: margins can always be
#: met.
EMPTY = 0.02


def days(rate: Rate) -> list[date]:
    """All days on which the feature is counted."""
    return [date(year, *when) for year in range(rate.first, rate.last + 1) for when in rate.dates]


def at(series: Series, day: date) -> Counts:
    """Values of the same day, else of the end of its year, else of the end of the year before."""
    for candidate in (day, date(day.year, 12, 31), date(day.year - 1, 12, 31)):
        if candidate in series:
            return series[candidate]
    raise KeyError(f"no values for {day}")


def added(parts: list[Series], when: list[date]) -> Series:
    """Sum of several features on the given days."""
    return {day: np.sum([at(part, day) for part in parts], axis=0) for day in when}


def remaining(whole: Series, parts: list[Series], when: list[date]) -> Series:
    """What is left of a whole without its parts on the given days."""
    return {day: at(whole, day) - np.sum([at(part, day) for part in parts], axis=0) for day in when}


def level(inputs: Assumptions, rate: Rate, whole: Series, day: date) -> float:
    """Share of the whole that the feature has in the whole city on a day.

    Exact on days with a given total; else interpolated between the given totals on the logit scale, or,
    where none is given, between the two levels of the rate.
    """
    anchors = _usable(inputs, rate, whole)
    known = [(when, rates.logit(value / float(at(whole, when).sum()))) for when, value in anchors]
    if not known:
        first, last = (float(np.log(v / (1 - v))) for v in rate.level)
        known = [(date(2000, 1, 1), first), (date(2007, 12, 31), last)]
    value = np.interp(day.toordinal(), [k[0].toordinal() for k in known], [k[1] for k in known])
    return float(rates.expit(np.array(value)))


def _usable(inputs: Assumptions, rate: Rate, whole: Series) -> list[tuple[date, float]]:
    span = {day.year for day in whole}
    return [(d, v) for d, v in inputs.anchors(inputs.city, rate.feature) if {d.year, d.year - 1} & span]


def part(
    setting: Setting, rate: Rate, whole: Series, cap: Series | None, scores: Scores
) -> tuple[Series, dict[date, Expectation]]:
    """Counts of a feature that is a part of another, at most that large, with the given totals and values.

    Binomial around the expected share, led to the total; also returns what was expected.
    """
    when = days(rate)
    inputs = setting.inputs
    tables = {(d.month, d.day): factors.predictor(setting, rate, f"{d:%m%d}") for d in when}
    bases = {d: tables[d.month, d.day][setting.years.index(d.year)] for d in when}
    lasting = np.zeros(len(inputs.areas))
    pinned = {(a.id, d): v for a in inputs.areas for d, v in inputs.anchors(a.id, rate.feature)}
    for column, area in enumerate(inputs.areas):
        for day in when:
            value = pinned.get((area.id, day))
            if value is not None:
                parent = at(whole, day)
                others = np.arange(len(parent)) != column
                total = level(inputs, rate, whole, day) * float(parent.sum()) - value
                theta = rates.constant(bases[day][others], parent[others].astype(float), total)
                lasting[column] = rates.offset(value, float(parent[column]), theta + bases[day][column])
    result: Series = {}
    hoped: dict[date, Expectation] = {}
    for day in when:
        parent = at(whole, day).astype(float)
        total = round(level(inputs, rate, whole, day) * float(parent.sum()))
        fixed = np.array([pinned.get((a.id, day), np.nan) for a in inputs.areas])
        free = np.isnan(fixed)
        counts = np.where(free, 0, np.nan_to_num(fixed)).astype(np.int64)
        predictor = (bases[day] + lasting)[free]
        rest = total - int(counts.sum())
        theta = rates.constant(predictor, parent[free], rest)
        limit = parent.astype(np.int64) if cap is None else np.minimum(parent, at(cap, day)).astype(np.int64)
        share = np.nan_to_num(fixed) / np.maximum(parent, 1.0)
        share[free] = rates.expit(predictor + theta)
        variance = (parent * share * (1 - share))[free]
        drawn = np.minimum(noise.binomial(scores[day][free], parent[free].astype(np.int64), share[free]), limit[free])
        counts[free] = rounding.settled(drawn, rest, variance, limit[free])
        result[day] = counts
        hoped[day] = Expectation(rate.feature, parent.astype(np.float64), share, free, 1)
    return result, hoped


def cells(
    setting: Setting, family: list[Rate], sums: Sums, whole: Series, scores: dict[str, Scores]
) -> tuple[dict[str, Series], Expectations]:
    """Counts of all cells of a cross-classification whose sum over the cells is the whole.

    ``sums`` are named sums of cells; those with a given total or value are margins. Areas with given
    values are fitted first, and their correction holds for all days; the rest is a two-way table. Poisson counts around
    the expected cells, raked to both margins, are multinomial in each area. Also returns what was expected.
    """
    inputs, years = setting.inputs, setting.years
    names = [rate.feature for rate in family]
    when = days(family[0])
    predictors = [factors.predictor(setting, rate) for rate in family]
    masks = {key: np.array([name in terms for name in names]) for key, terms in sums.items()}
    corrections = np.ones((len(inputs.areas), len(names)))
    pins = {
        (column, day): [(mask, v) for key, mask in masks.items() if (v := inputs.target(area.id, key, day)) is not None]
        for column, area in enumerate(inputs.areas)
        for day in when
    }
    pins = {key: margins for key, margins in pins.items() if margins}
    city = {day: _city(inputs, family, masks, whole, day) for day in when}
    fitted: dict[tuple[int, date], Array] = {}
    for (column, day), margins in pins.items():
        expected = _expected(predictors, corrections, city[day], at(whole, day), years.index(day.year))
        row = raking.vector(expected[column], float(at(whole, day)[column]), margins)
        fitted[column, day] = row
        corrections[column] = row / expected[column]
    result: dict[str, Series] = {name: {} for name in names}
    hoped: Expectations = {name: {} for name in names}
    for day in when:
        totals = at(whole, day)
        counts = np.zeros((len(inputs.areas), len(names)), dtype=np.int64)
        free = np.ones(len(inputs.areas), dtype=bool)
        for (column, pinned), margins in pins.items():
            if pinned == day:
                counts[column] = rounding.vector(fitted[column, day], int(totals[column]), margins)
                free[column] = False
        columns = city[day] - counts.sum(axis=0)
        expected = _expected(predictors, corrections, city[day], totals, years.index(day.year))[free]
        expected = raking.table(expected, totals[free].astype(float), columns.astype(float))
        drawn = noise.counted(np.column_stack([scores[name][day] for name in names])[free], expected)
        seed = np.where(drawn > 0, drawn, EMPTY * expected)
        fitted_counts = raking.table(seed, totals[free].astype(float), columns.astype(float))
        counts[free] = rounding.table(fitted_counts, totals[free], columns)
        means = counts.astype(float)
        means[free] = expected
        shares = means / np.maximum(totals, 1)[:, None]
        for column, name in enumerate(names):
            result[name][day] = counts[:, column]
            hoped[name][day] = Expectation(family[0].whole, totals.astype(float), shares[:, column], free, 1)
    return result, hoped


def _city(
    inputs: Assumptions, family: list[Rate], masks: dict[str, NDArray[np.bool_]], whole: Series, day: date
) -> Counts:
    """Whole-city counts of the cells: the levels of the rates, raked and rounded to the given margins."""
    position = (day.toordinal() - date(2000, 1, 1).toordinal()) / 2921
    seed = np.array([r.level[0] + (r.level[1] - r.level[0]) * position for r in family])
    total = int(at(whole, day).sum())
    margins: list[raking.Margin] = []
    for key, marked in masks.items():
        implied = any((~mask == marked).all() for mask, _ in margins)
        if inputs.anchors(inputs.city, key) and not implied:
            named = Rate(key, "summe", "", "", (), (), 0, 0, (0.5, 0.5), (), 0.0, 0.0)
            margins.append((marked, float(round(level(inputs, named, whole, day) * total))))
    return rounding.vector(raking.vector(seed, float(total), margins), total, margins)


def _expected(predictors: list[Array], corrections: Array, city: Counts, totals: Counts, row: int) -> Array:
    weights = np.column_stack([np.exp(p[row]) for p in predictors]) * corrections * city[None, :]
    fitted = weights / weights.sum(axis=1, keepdims=True) * totals[:, None]
    return raking.table(fitted, totals.astype(float), city.astype(float))
