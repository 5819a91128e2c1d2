"""The shipped data: an attack with all that is shown and all sums that are declared, and what readers lose."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from sozialbericht.data import partitions
from sozialbericht.data.contract import load
from sozialbericht.disclosure import costs
from sozialbericht.disclosure.primary import primary
from sozialbericht.disclosure.protection import Protection
from sozialbericht.statistics import indicators
from sozialbericht.statistics.cube import aggregate

DATA = Path(__file__).parents[2] / "data"
YEARS = (2005, 2006, 2007)
KEY = ["raum_id", "merkmal", "stichtag"]


@cache
def shipped():
    tables = load(DATA)
    cube = aggregate(tables.values, tables.areas)
    declared = partitions.of(tables.others[partitions.NAME])
    start = time.perf_counter()
    protection = Protection.of(cube, tables)
    return tables, cube, declared, protection, time.perf_counter() - start


def by_the_primary_rule_alone():
    _, cube, _, protection, _ = shipped()
    out = cube.copy()
    hidden = primary(cube, protection._rules).to_numpy()
    out.loc[hidden, ["wert", "status"]] = np.nan, "withheld"
    return out


def attack(cube: pd.DataFrame, year: int) -> dict[tuple[str, str, pd.Timestamp], tuple[float, float]]:
    """The interval of every withheld count of a year, from the shown ones: written anew, Stichtag by Stichtag."""
    tables, _, declared, _, _ = shipped()
    found = {}
    of_year = cube[cube["stichtag"].dt.year == year]
    for date, rows in of_year.groupby("stichtag"):
        if not (rows["status"] == "withheld").any():
            continue
        place = {key: n for n, key in enumerate(zip(rows["raum_id"], rows["merkmal"], strict=True))}
        value = rows["wert"].to_numpy()
        equations = []
        for area in tables.areas.index:
            children = tables.areas.index[tables.areas["teil_von"] == area]
            for feature in rows["merkmal"].unique():
                if len(children):
                    equations.append([(place[area, feature], 1), *((place[c, feature], -1) for c in children)])
            for partition in declared:
                if all((area, name) in place for name in (partition.whole, *partition.parts)):
                    terms = [(place[area, partition.whole], 1), *((place[area, p], -1) for p in partition.parts)]
                    equations.append(terms if partition.complete else [*terms, (None, -1)])
            for feature, whole in tables.features["teil_von"].items():
                if whole and (area, feature) in place and (area, whole) in place:
                    equations.append([(place[area, whole], 1), (place[area, feature], -1), (None, -1)])
        found |= {
            (*key, date): bounds for key, bounds in _intervals(equations, value, {n: k for k, n in place.items()})
        }
    return found


def _intervals(equations, value, names):
    """Least and greatest of every unknown by integer programs over all equations with one."""
    entries, right, columns = [], [], {}
    for terms in equations:
        unknown = [(n, factor) for n, factor in terms if n is None or np.isnan(value[n])]
        if all(n is None for n, _ in unknown):
            continue
        row = len(right)
        for n, factor in unknown:
            key = ("rest", row) if n is None else n
            entries.append((row, columns.setdefault(key, len(columns)), factor))
        right.append(-sum(factor * value[n] for n, factor in terms if n is not None and not np.isnan(value[n])))
    rows, cols, factors = map(np.array, zip(*entries, strict=True))
    matrix = coo_array((factors, (rows, cols)), shape=(len(right), len(columns))).tocsr()
    told = LinearConstraint(matrix, right, right)
    pending = {key: n for key, n in columns.items() if not isinstance(key, tuple)}
    ends = {key: [np.inf, -np.inf] for key in pending}
    for key, column in pending.items():
        for sign in (1, -1):
            if sign * (ends[key][0 if sign == 1 else 1]) <= 0 and ends[key][1] - ends[key][0] >= 3:
                continue
            goal = np.zeros(len(columns))
            goal[column] = sign
            solved = milp(goal, constraints=told, integrality=np.ones(len(columns)), bounds=Bounds(0, np.inf))
            assert solved.status == 0
            for other, n in pending.items():
                ends[other] = [min(ends[other][0], solved.x[n]), max(ends[other][1], solved.x[n])]
    return [(names[key], tuple(pair)) for key, pair in ends.items()]


@pytest.mark.parametrize("year", YEARS)
def test_no_withheld_count_can_be_computed(year):
    """Before complementary suppression about every third one could be."""
    *_, protection, _ = shipped()
    before = attack(by_the_primary_rule_alone(), year)
    assert sum(most - least < 0.5 for least, most in before.values()) > len(before) / 6
    after = attack(protection.cube(), year)
    assert len(after) > len(before)
    assert min(most - least for least, most in after.values()) >= 3


def test_all_intervals_are_as_wide_as_declared():
    *_, protection, _ = shipped()
    table = protection.withheld()
    assert (table["oben"] - table["unten"] >= table["breite"]).all()
    assert set(table["grund"]) == {"primary", "complementary"}
    assert protection.suppression.unprotected == []


def test_every_complementary_cell_is_needed():
    *_, protection, _ = shipped()
    kinds = protection.suppression.kinds()
    cells = protection.suppression.system.cells.loc[kinds.index[kinds == "complementary"]]
    cells = cells[cells["stichtag"].dt.year == 2006]
    assert len(cells) > 20
    for row in cells.itertuples():
        why = protection.why(row.raum_id, row.merkmal, row.stichtag)
        assert why.optimal
        assert why.sums
        assert why.exposed or why.remainders


def test_what_readers_lose():
    """No district, nothing on which typology, status index or lead rest, at most 20 values a year beyond the rule."""
    tables, _, _, protection, seconds = shipped()
    kinds = protection.suppression.kinds()
    level = protection.suppression.system.cells.loc[kinds.index, "raum_id"].map(tables.areas["ebene"])
    assert set(level) == {tables.levels[-1]}
    values = {
        name: indicators.compute(made, tables.areas, tables.indicators, tables.breaks, tables.years)
        for name, made in (("before", by_the_primary_rule_alone()), ("after", protection.cube()))
    }
    lost = values["after"][(values["after"]["status"] == "withheld") & (values["before"]["status"] != "withheld")]
    assert not set(lost["indikator"]) & {
        *costs.main_indicators(tables.indicators),
        tables.settings.leitindikator,
    }
    assert lost.groupby("jahr").size().max() <= 20
    assert seconds < 20, "a second or two on a quiet machine"


def test_shown_counts_are_the_true_ones():
    _, cube, _, protection, _ = shipped()
    made = protection.cube()
    assert made[KEY].equals(cube[KEY])
    shown = made["status"] == "ok"
    assert (made["wert"][shown] == cube["wert"][shown]).all()
    assert made["wert"][~shown].isna().all()
