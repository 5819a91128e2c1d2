"""Means: sums that are no counts of people, such as income or living space."""

from __future__ import annotations

import numpy as np

from sozialbericht.model import counts, factors, rounding
from sozialbericht.model.assumptions import Rate
from sozialbericht.model.counts import Scores, Series
from sozialbericht.model.factors import Setting


def amount(setting: Setting, rate: Rate, base: Series, scores: Scores) -> Series:
    """Whole-number amounts whose mean per unit of the base follows exp(linear predictor).

    The mean of n units varies with the standard deviation v / √n, v being the variation of a single unit's amount in
    relation to its mean. In the whole city the mean per unit lies between the two levels of the rate, linear in time.
    """
    predictor = factors.predictor(setting, rate)
    result: Series = {}
    for day in counts.days(rate):
        units = counts.at(base, day).astype(float)
        position = (day.year - setting.years[0]) / (setting.years[-1] - setting.years[0])
        mean = rate.level[0] + (rate.level[1] - rate.level[0]) * position
        chance = setting.inputs.parameters["betrag_streuung"] * scores[day] / np.sqrt(units)
        weights = units * np.exp(predictor[setting.years.index(day.year)] + chance)
        total = round(mean * float(units.sum()))
        result[day] = rounding.largest_remainder(weights * (total / float(weights.sum())), total)
    return result
