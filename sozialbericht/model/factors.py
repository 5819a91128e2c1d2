"""Factors: where every area stands on the latent positions in every year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sozialbericht.model.assumptions import Area, Assumptions, Rate
from sozialbericht.model.chance import Chance

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Setting:
    """What all features share: inputs, years, noise and the latent positions (years, areas, positions)."""

    inputs: Assumptions
    years: list[int]
    chance: Chance
    latent: Array


def positions(areas: list[Area], years: list[int], chance: Chance, parameters: dict[str, float]) -> Array:
    """Positions of the areas, shape (years, areas, positions).

    The first position (burden) moves by the area's drifts in the year up to the reference year and in the year
    after it and carries an area's own AR(1) path; the others stand still.
    """
    reference = int(parameters["bezugsjahr"])
    wobble = parameters["belastung_schwankung"]
    memory = parameters["belastung_gedaechtnis"]
    base = np.array([area.positions for area in areas])
    result = np.repeat(base[None, :, :], len(years), axis=0)
    for column, area in enumerate(areas):
        path = chance.path(("belastung", area.id), years, memory)
        at_reference = path[years.index(reference)]
        for row, year in enumerate(years):
            drift = -area.drift[0] if year < reference else area.drift[1] if year > reference else 0.0
            result[row, column, 0] += drift + wobble * (path[row] - at_reference)
    return result


def predictor(setting: Setting, rate: Rate, occasion: str = "") -> Array:
    """Linear predictor of a rate without its constant, shape (years, areas).

    slopes · positions + declared exception + lasting noise within ±spread + lasting noise of the dimension +
    yearly noise within ±yearly.
    """
    inputs, years, chance = setting.inputs, setting.years, setting.chance
    result = setting.latent @ np.array(rate.slopes)
    memory = inputs.parameters["rate_gedaechtnis"]
    for column, area in enumerate(inputs.areas):
        lasting = rate.spread * chance.uniform(rate.feature, area.id)
        if rate.dimension:
            lasting += rate.dimension_spread * chance.uniform("dimension", rate.dimension, area.id)
        lasting += inputs.shifts.get((area.id, rate.feature), 0.0)
        path = chance.path((rate.feature, area.id, "jahr"), years, memory)
        for row, year in enumerate(years):
            moment = 0.3 * chance.uniform(rate.feature, area.id, year, occasion)
            result[row, column] += lasting + rate.yearly * (path[row] + moment)
    return np.asarray(result, dtype=np.float64)
