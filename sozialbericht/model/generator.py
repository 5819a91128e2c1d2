"""Generator: all features of all years from the inputs of the model and a seed."""

from __future__ import annotations

from pathlib import Path

from sozialbericht.model import amounts, counts, factors, population
from sozialbericht.model.assumptions import Assumptions, Rate, load
from sozialbericht.model.chance import Chance
from sozialbericht.model.counts import Series


def generate(inputs: Assumptions, seed: int | None = None) -> dict[str, Series]:
    """Values of every feature of the model by day, in the order of the areas.

    ``seed`` overrides the seed of the inputs. Raises ``ValueError`` when given totals contradict one another.
    """
    chance = Chance(int(inputs.parameters["startwert"]) if seed is None else seed)
    years = list(range(min(r.first for r in inputs.rates), max(r.last for r in inputs.rates) + 1))
    latent = factors.positions(inputs.areas, years, chance, inputs.parameters)
    setting = factors.Setting(inputs, years, chance, latent)
    result: dict[str, Series] = {}
    for rate in inputs.rates:
        if rate.feature in result:
            continue
        if rate.method == "bestand":
            result[rate.feature] = population.totals(inputs, rate.feature, years)
        elif rate.method == "summe":
            result[rate.feature] = counts.added([result[term] for term in rate.terms], counts.days(rate))
        elif rate.method == "rest":
            result[rate.feature] = counts.remaining(
                result[rate.whole], [result[t] for t in rate.terms], counts.days(rate)
            )
        elif rate.method == "betrag":
            result[rate.feature] = amounts.amount(setting, rate, result[rate.whole])
        elif rate.method == "teil":
            cap = result[rate.cap] if rate.cap else None
            result[rate.feature] = counts.part(setting, rate, result[rate.whole], cap)
        elif rate.method == "atom":
            family = [r for r in inputs.rates if r.method == "atom" and r.whole == rate.whole]
            sums = {r.feature: r.terms for r in inputs.rates if r.method == "summe" and _inside(r, family)}
            result |= counts.cells(setting, family, sums, result[rate.whole])
        else:
            raise ValueError(f"unknown method {rate.method} of {rate.feature}")
    return result


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
