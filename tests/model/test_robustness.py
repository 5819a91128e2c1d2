"""The published typology does not hang on one seed of the generator: it comes out for nearly all of 200 seeds."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sozialbericht.data import contract
from sozialbericht.data.sums import terms
from sozialbericht.model import generator
from sozialbericht.model.assumptions import Assumptions, Rate, load
from sozialbericht.statistics import matrix, pooling, typology
from sozialbericht.statistics.cube import aggregate

DATA = Path(__file__).parents[2] / "data"
YEAR = 2006
SEEDS = range(1, 201)
CLUSTER_5 = {"sr_hafen", "sr_nordmarkt", "sr_borsigplatz"}
CLUSTER_4 = {
    "sr_dorstfelder_bruecke", "sr_wickede", "sr_lindenhorst_eving_ii", "sr_hoerde", "sr_eving_i_kemminghausen",
    "sr_marten", "sr_alt_scharnhorst", "sr_bodelschwingh_westerfilde", "sr_scharnhorst_ost", "sr_nette",
}  # fmt: skip
THIRTEEN = CLUSTER_4 | CLUSTER_5


@lru_cache(maxsize=1)
def catalogue() -> pd.DataFrame:
    """The indicators of the typology."""
    found = contract.load(DATA).indicators
    return found[found["typ_vorzeichen"].isin([1, -1])]


@lru_cache(maxsize=1)
def parts() -> list[Assumptions]:
    """The generator's inputs cut to what the typology of 2006 needs: once for the income of 2001, once for the rest."""
    needed = {f for e in ("zaehler", "nenner") for text in catalogue()[e] for f in terms(str(text))}
    income = {"einkuenfte", "stpfl"}
    return [_cut(income, 2001, 2001), _cut(needed - income, 2003, 2007)]


def _cut(features: set[str], first: int, last: int) -> Assumptions:
    """The inputs of some features and of all that they come from, for some years."""
    inputs = load(DATA)
    by_name: dict[str, Rate] = {rate.feature: rate for rate in reversed(inputs.rates)}
    kept: set[str] = set()
    open_ = list(features)
    while open_:
        name = open_.pop()
        if name in kept or name not in by_name:
            continue
        kept.add(name)
        rate = by_name[name]
        open_ += [other for other in (rate.whole, rate.cap, *rate.terms) if other]
        if rate.draw:  # what is drawn together stays together
            open_ += [r.feature for r in inputs.rates if r.draw == rate.draw]
        if rate.method == "atom":
            open_ += [r.feature for r in inputs.rates if r.method == "atom" and r.whole == rate.whole]
    cells = {r.feature for r in inputs.rates if r.method == "atom" and r.feature in kept}
    rates = [r for r in inputs.rates if r.feature in kept or (r.method == "summe" and set(r.terms) <= cells)]
    stock = [r for r in rates if r.method == "bestand"]  # keeps the years of the noise
    rates = [r if r in stock else replace(r, first=max(r.first, first), last=min(r.last, last)) for r in rates]
    return replace(inputs, rates=rates)


def table(seed: int) -> tuple[pd.DataFrame, pd.Series]:
    """The indicators of the typology for a seed: areas × features, and the city's values."""
    made = generator.generate(parts()[0], seed)
    made = {**generator.generate(parts()[1], seed), "einkuenfte": made["einkuenfte"], "stpfl": made["stpfl"]}
    areas = [area.id for area in parts()[0].areas]
    rows = [
        (area, feature, pd.Timestamp(day), float(value), "ok")
        for feature, series in made.items()
        for day, values in series.items()
        for area, value in zip(areas, values, strict=True)
    ]
    values = pd.DataFrame(rows, columns=["raum_id", "merkmal", "stichtag", "wert", "status"])
    opened = pooling.decision_values(aggregate(values, _tables().areas), _tables(), list(catalogue().index), [YEAR])
    return matrix.matrix(opened, YEAR, "sozialraum"), matrix.matrix(opened, YEAR, "stadt").iloc[0]


@lru_cache(maxsize=1)
def _tables() -> contract.Tables:
    return contract.load(DATA)


@dataclass(frozen=True)
class Outcome:
    """What a seed gives: the areas below the city's average, and those of the two most burdened types."""

    below: frozenset[str]
    four: frozenset[str]
    five: frozenset[str]


def outcome(seed: int) -> Outcome:
    """The outcome of a seed; an area of which a count is withheld has no type, as in the report."""
    made, city = table(seed)
    found = typology.typify(typology.select(made, city).table, city, catalogue()["typ_vorzeichen"], 5)
    four, five = (frozenset(str(a) for a in found.kind.index[found.kind == k]) for k in (4, 5))
    return Outcome(frozenset(str(a) for a in found.burden.index[found.burden > 0]), four, five)


def shares(outcomes: list[Outcome]) -> dict[str, float]:
    """In which share of the seeds the thirteen are below average, exactly they are,
    they come out by type, and as 3 + 10.
    """
    return {
        "among those below": float(np.mean([found.below >= THIRTEEN for found in outcomes])),
        "exactly those below": float(np.mean([found.below == THIRTEEN for found in outcomes])),
        "by type": float(np.mean([found.four | found.five == THIRTEEN for found in outcomes])),
        "as 3 + 10": float(np.mean([(found.four, found.five) == (CLUSTER_4, CLUSTER_5) for found in outcomes])),
    }


def test_the_cut_generator_gives_the_committed_values():
    made, city = table(int(parts()[0].parameters["startwert"]))
    cube = aggregate(_tables().values, _tables().areas)
    opened = pooling.decision_values(cube, _tables(), list(catalogue().index), [YEAR])
    committed = matrix.matrix(opened, YEAR, "sozialraum").loc[made.index, made.columns]
    counted = [name for name in made.columns if name != "ek_index"]
    pd.testing.assert_frame_equal(made[counted], committed[counted])
    np.testing.assert_allclose(made["ek_index"], committed["ek_index"], rtol=2e-3)
    assert city.notna().all()


def test_the_shipped_seed_gives_both_published_clusters() -> None:
    found = outcome(int(parts()[0].parameters["startwert"]))
    assert (found.below, found.four, found.five) == (THIRTEEN, CLUSTER_4, CLUSTER_5)


@pytest.mark.no_cover
def test_the_thirteen_lie_below_average_for_ten_seeds() -> None:
    found = shares([outcome(seed) for seed in SEEDS[:10]])
    assert found["among those below"] == 1
    assert found["exactly those below"] >= 0.6
    assert found["by type"] >= 0.6


@pytest.mark.slow
def test_the_published_thirteen_come_out_for_two_hundred_seeds() -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(os.cpu_count() or 1, 4), mp_context=context) as pool:
        outcomes = list(pool.map(outcome, SEEDS, chunksize=10))
    found = shares(outcomes)
    near = Counter(area for each in outcomes for area in each.below - THIRTEEN)
    least = Counter(area for each in outcomes for area in THIRTEEN - each.four - each.five)
    print({name: f"{share:.1%}" for name, share in found.items()}, near.most_common(6), least.most_common(4))
    assert found["among those below"] >= 0.99
    assert found["exactly those below"] >= 0.8
    assert found["by type"] >= 0.9
    assert least.most_common(1)[0][0] == "sr_dorstfelder_bruecke"
    assert len(near) >= 3  # some areas outside stay near the line
