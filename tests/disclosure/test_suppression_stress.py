"""Cities with far more small counts than the shipped one, and larger ones, against the audit of the publication."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from tables_that_fit import DAY, WHOLE, City

from sozialbericht.audit.cells import Shown
from sozialbericht.audit.verdict import attack
from sozialbericht.data import partitions
from sozialbericht.data.contract import load
from sozialbericht.disclosure.primary import primary
from sozialbericht.disclosure.protection import Protection
from sozialbericht.statistics import indicators
from sozialbericht.statistics.cube import aggregate

DATA = Path(__file__).parents[2] / "data"
YEARS = (2005, 2006, 2007)


def large_city(seed: int) -> City:
    """A city of up to 200 areas in two to four levels with women and men, most of whose counts are small."""
    chance = np.random.default_rng(seed)
    size, levels = int(chance.integers(20, 201)), int(chance.integers(2, 5))
    parents, above = {"stadt": ""}, ["stadt"]
    for level in range(1, levels):
        wanted = max(2, round(size ** (level / (levels - 1))))
        new = [f"e{level}_{n}" for n in range(wanted)]
        parents |= {name: above[n * len(above) // wanted] for n, name in enumerate(new)}
        above = new
    rate = chance.gamma(1.5, 4, len(above))
    counts = {(area, part): int(chance.poisson(rate[n])) for n, area in enumerate(above) for part in ("w", "m")}
    return City(parents, ("w", "m"), counts)


def shown_of(city: City, cube: pd.DataFrame) -> Shown:
    """What the protected tables of a made city show, as the audit takes it."""
    names = [WHOLE, *city.told]
    tables = SimpleNamespace(
        areas=pd.DataFrame({"teil_von": city.parents, "kurzname": {name: name for name in city.parents}}),
        features=pd.DataFrame({"teil_von": ["", *[WHOLE] * len(city.told)], "bezeichnung": names}, index=names),
        indicators=pd.DataFrame({"zaehler": [], "nenner": [], "art": [], "nachkommastellen": []}),
        others={"zerlegungen": pd.DataFrame({"zerlegung": "t", "ganzes": WHOLE, "teil": list(city.told)})},
        values=cube.iloc[:0], levels=["stadt", "unten"], city="stadt",
    )  # fmt: skip
    tables.areas["ebene"] = [
        "unten" if area not in city.parents.values() else above or "stadt" for area, above in city.parents.items()
    ]
    columns = ["wert", "zaehler", "nenner", "unten", "oben", "status", "klammer", "stand_zaehler", "stand_nenner"]
    return Shown(tables, cube, pd.DataFrame(columns=columns, index=pd.MultiIndex.from_arrays([[], [], []])))


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(s, marks=pytest.mark.slow) for s in range(6, 30))])
def test_a_large_city_against_the_audit(seed: int) -> None:
    city = large_city(seed)
    protection = city.protected()
    assert protection.suppression.unprotected == []
    targets = attack(shown_of(city, protection.cube()), {})
    assert len(targets) == int((protection.cube()["status"] == "withheld").sum())
    assert [t for t in targets if not t.safe] == []
    assert (protection.cube()["stichtag"] == DAY).all()


def thinned(share: float, years: tuple[int, ...]) -> tuple:
    """The shipped tables with every sensitive count at this share of what it is, in whole numbers that still add up.

    For each area and Stichtag a controlled rounding: each count goes up or down to a whole number, the declared sums
    hold, and the whole is as near as can be (L. H. Cox, L. R. Ernst, Controlled rounding, INFOR 20, 1982, 423-432).
    """
    tables = load(DATA)
    declared = partitions.of(tables.others[partitions.NAME])
    values = tables.values[tables.values["stichtag"].dt.year.isin(years)].reset_index(drop=True)
    sensitive = tables.features["sensibel"].astype(bool) & (tables.features["einheit"] != "Tsd. Euro")
    wholes = tables.features["teil_von"]
    chance = np.random.default_rng(5)
    new = values["wert"].to_numpy(dtype=float).copy()
    for (_, _), rows in values.groupby(["raum_id", "stichtag"]):
        mine = rows[rows["merkmal"].map(sensitive)]
        names = list(mine["merkmal"])
        if not names:
            continue
        wanted = mine["wert"].to_numpy(dtype=float) * share
        rows_of: list[tuple[str, list[str], float]] = []
        for partition in declared:
            parts = [part for part in partition.parts if part]
            if {partition.whole, *parts} <= set(names):
                rows_of.append((partition.whole, parts, 0.0 if partition.complete else -np.inf))
        rows_of += [(wholes[name], [name], -np.inf) for name in names if wholes[name] in names]
        matrix = np.zeros((len(rows_of), len(names)))
        for n, (whole, parts, _) in enumerate(rows_of):
            matrix[n, names.index(whole)] = -1
            matrix[n, [names.index(part) for part in parts]] = 1
        low = np.array([least for *_, least in rows_of])
        solved = milp(
            chance.random(len(names)) - 0.5,
            constraints=LinearConstraint(matrix, low, np.zeros(len(low))) if rows_of else (),
            integrality=np.ones(len(names)),
            bounds=Bounds(np.maximum(np.floor(wanted) - 1, 0), np.ceil(wanted) + 1),
        )
        assert solved.x is not None
        new[mine.index] = np.round(solved.x)
    return tables, values.assign(wert=new)


@pytest.mark.no_cover
def test_a_city_thinned_to_a_twentieth() -> None:
    """By the primary rule alone a quarter of what is withheld is exact; nothing is with the complementary one."""
    tables, values = thinned(0.05, (2006,))
    cube = aggregate(values, tables.areas)
    protection = Protection.of(cube, tables)
    alone = cube.copy()
    hidden = primary(cube, protection._rules).to_numpy()
    alone.loc[hidden, ["wert", "status"]] = np.nan, "withheld"

    def attacked(made: pd.DataFrame) -> list:
        found = indicators.compute(made, tables.areas, tables.indicators, tables.breaks, [2006])
        rows = found.set_index(["indikator", "jahr", "raum_id"]).sort_index()
        return attack(Shown(tables, made, rows), {})

    before, after = attacked(alone), attacked(protection.cube())
    assert sum(t.interval.exact for t in before) > 0.2 * len(before)
    assert len(after) > 500
    assert sum(t.interval.exact for t in after) == 0
    exposed = [t for t in after if not t.safe]
    assert exposed == [], [(t.topic, t.area, t.interval) for t in exposed[:5]]
