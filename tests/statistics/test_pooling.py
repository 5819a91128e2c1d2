"""Pooling: sums of numerators and denominators, never means of rates, never over a break or a gap."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.data import contract
from sozialbericht.faults import InputError
from sozialbericht.statistics import indicators, pooling
from sozialbericht.statistics.cube import aggregate
from sozialbericht.statistics.indicators import COLUMNS

DATA = Path(__file__).parents[2] / "data"


@lru_cache(maxsize=1)
def tables() -> contract.Tables:
    return contract.load(DATA)


def cube() -> pd.DataFrame:
    return aggregate(tables().values, tables().areas)


def block(counts: list[float], totals: list[float], year: int, segment: int = 0) -> pd.DataFrame:
    top, bottom = np.array(counts, dtype=float), np.array(totals, dtype=float)
    frame = pd.DataFrame(index=range(len(top)), columns=COLUMNS)
    frame["raum_id"] = [f"r{i}" for i in range(len(top))]
    frame["wert"], frame["zaehler"], frame["nenner"] = top / bottom * 100, top, bottom
    return frame.assign(stand_zaehler=pd.Timestamp(year, 8, 1), segment=segment)


ROW = pd.Series({"art": "anteil", "faktor": 100})
PAIR = st.tuples(st.integers(0, 50), st.integers(51, 90))


@given(st.lists(st.tuples(PAIR, PAIR, PAIR), min_size=1, max_size=6))
def test_the_pooled_rate_is_sum_by_sum_and_lies_between_the_years(areas: list[tuple[tuple[int, int], ...]]) -> None:
    blocks = [block([a[k][0] for a in areas], [a[k][1] for a in areas], 2006 - k) for k in range(3)]
    found = pooling._pooled(blocks, ROW, "r0")
    for place, years in enumerate(areas):
        assert found["zaehler"][place] == sum(count for count, _ in years)
        assert found["nenner"][place] == sum(total for _, total in years)
        rates = [100 * count / total for count, total in years]
        assert min(rates) - 1e-9 <= found["wert"][place] <= max(rates) + 1e-9
    assert (found["gepoolt"] == 3).all()


def test_nothing_is_pooled_over_a_break_or_a_gap() -> None:
    new, old = block([5], [10], 2006, 1), block([1], [10], 2005, 0)
    assert pooling._pooled([new, old], ROW, "r0")["wert"].tolist() == [50]
    gap = block([1], [10], 2004, 1)
    assert pooling._pooled([new, gap], ROW, "r0")["wert"].tolist() == [50]


def test_a_missing_year_is_left_out_for_its_area_alone() -> None:
    found = pooling._pooled([block([5, 5], [10, 10], 2006), block([np.nan, 1], [10, 10], 2005)], ROW, "r0")
    assert (found["wert"].tolist(), found["gepoolt"].tolist()) == ([50, 30], [1, 2])
    newest = pooling._pooled([block([np.nan, 5], [10, 10], 2006), block([1, 1], [10, 10], 2005)], ROW, "r1")
    assert np.isnan(newest["wert"][0])
    assert newest["wert"][1] == 30


def test_an_index_refers_to_the_pooled_city() -> None:
    row = pd.Series({"art": "index", "faktor": 100})
    found = pooling._pooled([block([10, 30], [10, 20], 2006), block([10, 10], [10, 20], 2005)], row, "r1")
    assert found["wert"].tolist() == [100, 100]
    other = pooling._pooled([block([20, 20], [10, 20], 2006), block([20, 20], [10, 20], 2005)], row, "r1")
    assert other["wert"].tolist() == [200, 100]


def test_indicators_of_one_year_are_as_everywhere_else() -> None:
    from sozialbericht.statistics import matrix

    names = ["sgb2_quote", "normalgewicht"]
    found = pooling.decision_values(cube(), tables(), names, [2005, 2006])
    made = tables()
    single = indicators.compute(cube(), made.areas, made.indicators.loc[names], made.breaks, [2005, 2006])
    for column in ("wert", "zaehler", "nenner", "stand_zaehler"):
        for year in (2005, 2006):
            one = matrix.matrix(found, year, "sozialraum", column=column)["sgb2_quote"]
            assert one.equals(matrix.matrix(single, year, "sozialraum", column=column)["sgb2_quote"])
    assert set(found.loc[found["indikator"] == "normalgewicht", "gepoolt"]) == {3}
    year = matrix.matrix(single, 2006, "sozialraum", column="nenner")["normalgewicht"]
    three = matrix.matrix(found, 2006, "sozialraum", column="nenner")["normalgewicht"]
    assert (three > 2 * year).all()


def test_a_catalogue_without_the_column_pools_nothing() -> None:
    bare = replace(tables(), indicators=tables().indicators.drop(columns=pooling.COLUMN))
    found = pooling.decision_values(cube(), bare, ["normalgewicht"], [2006])
    assert set(found["gepoolt"]) == {1}


@pytest.mark.parametrize(("kind", "years"), [("anteil", 3), ("veraenderung", 1)])
def test_a_change_is_not_pooled(kind: str, years: int) -> None:
    catalogue = pd.DataFrame({"art": [kind], pooling.COLUMN: [3]}, index=["a"])
    assert pooling.years_pooled(catalogue).tolist() == [years]


def _with_years(folder: Path, indicator: str, years: str) -> Path:
    """A copy of the data in which an indicator is pooled over so many years."""
    copied = folder / "daten"
    shutil.copytree(DATA, copied, ignore=shutil.ignore_patterns("modell"))
    path = copied / "indikatoren.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    place = lines[0].split(";").index(pooling.COLUMN)
    row = next(i for i, line in enumerate(lines) if line.startswith(f"{indicator};"))
    cells = lines[row].split(";")
    cells[place] = years
    lines[row] = ";".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")
    return copied


@pytest.mark.parametrize(
    ("indicator", "years", "words"),
    [
        ("normalgewicht", "0", "mindestens 1"),
        ("normalgewicht", "2,5", "keine ganze Zahl"),
        ("bev_entw", "3", "lässt sich nicht über mehrere Jahre summieren"),
    ],
)
def test_the_contract_knows_the_years(tmp_path: Path, indicator: str, years: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        contract.load(_with_years(tmp_path, indicator, years))
    assert words in str(caught.value)
