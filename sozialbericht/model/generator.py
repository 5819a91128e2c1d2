"""Generator: all features of all years from the inputs of the model and a seed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from sozialbericht.model import accounts, counts, factors, means, noise, population
from sozialbericht.model.assumptions import Assumptions, Rate, load
from sozialbericht.model.chance import Chance
from sozialbericht.model.counts import Array, Scores, Series
from sozialbericht.model.expectation import Expectation, Expectations


def generate(inputs: Assumptions, seed: int | None = None) -> dict[str, Series]:
    """Values of every feature of the model by day, in the order of the areas.

    ``seed`` overrides the seed of the inputs. Raises ``ValueError`` when given totals contradict one another.
    """
    return drawn(inputs, seed)[0]


def drawn(inputs: Assumptions, seed: int | None = None) -> tuple[dict[str, Series], Expectations]:
    """The values of :func:`generate`, and what the model expected of each drawn count, by feature and day.

    What is expected of a part refers to its whole as that was drawn; sums of features have no entry.
    """
    chance = Chance(int(inputs.parameters["startwert"]) if seed is None else seed)
    years = list(range(min(r.first for r in inputs.rates), max(r.last for r in inputs.rates) + 1))
    latent = factors.positions(inputs.areas, years, chance, inputs.parameters)
    setting = factors.Setting(inputs, years, chance, latent)
    result: dict[str, Series] = {}
    expected: Expectations = {}
    scores: dict[str, Scores] = {}
    for rate in inputs.rates:
        if rate.feature in result:
            continue
        if rate.method in DRAWN and rate.feature not in scores:
            scores |= noise.scores(inputs, chance, years, rate)
        if rate.method == "bestand":
            score = scores[rate.feature]
            result[rate.feature], expected[rate.feature] = population.totals(inputs, rate.feature, years, score)
        elif rate.method == "summe":
            result[rate.feature] = counts.added([result[term] for term in rate.terms], counts.days(rate))
        elif rate.method == "rest":
            parts = [result[term] for term in rate.terms]
            result[rate.feature] = counts.remaining(result[rate.whole], parts, counts.days(rate))
            expected[rate.feature] = _rest(rate, expected)
        elif rate.method == "konto":
            accounts.settle(rate, result, expected)
        elif rate.method == "betrag":
            result[rate.feature] = means.amount(setting, rate, result[rate.whole], scores[rate.feature])
        elif rate.method == "teil":
            cap, score = result[rate.cap] if rate.cap else None, scores[rate.feature]
            result[rate.feature], expected[rate.feature] = counts.part(setting, rate, result[rate.whole], cap, score)
        elif rate.method == "atom":
            family = [r for r in inputs.rates if r.method == "atom" and r.whole == rate.whole]
            sums = {r.feature: r.terms for r in inputs.rates if r.method == "summe" and _inside(r, family)}
            made, hoped = counts.cells(setting, family, sums, result[rate.whole], scores)
            result |= made
            expected |= hoped
        else:
            raise ValueError(f"unknown method {rate.method} of {rate.feature}")
    return result, expected


DRAWN = ("bestand", "betrag", "teil", "atom")


def _rest(rate: Rate, expected: Expectations) -> dict[date, Expectation]:
    """What is expected of the rest of a whole: the share that its parts leave."""
    parts = [expected[term] for term in rate.terms]
    rests = {}
    for day, first in parts[0].items():
        shares: list[Array] = [part[day].share for part in parts]
        rests[day] = Expectation(first.family, first.whole, 1 - np.sum(shares, axis=0), first.free, first.tied)
    return rests


def _inside(rate: Rate, family: list[Rate]) -> bool:
    return set(rate.terms) <= {r.feature for r in family}


def values(folder: Path, seed: int | None = None) -> dict[int, str]:
    """Text of the yearly value files of a data folder, by year."""
    inputs = load(folder)
    made = generate(inputs, seed)
    lines: dict[int, list[str]] = {}
    for feature in inputs.stored:
        for day, numbers in sorted(made[feature].items()):
            for area, value in zip(inputs.areas, numbers, strict=True):
                lines.setdefault(day.year, []).append(f"{area.id};{feature};{day:%d.%m.%Y};{value}")
    head = "raum_id;merkmal;stichtag;wert"
    return {year: "\n".join([head, *body]) + "\n" for year, body in sorted(lines.items())}
