"""The shipped tables, and changes of them that tests plant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sozialbericht.data import contract
from sozialbericht.data.tableset import Tables
from sozialbericht.plausibility import acceptance

DATA = Path(__file__).parents[2] / "data"
Key = tuple[str, str, str]


@pytest.fixture(scope="session")
def shipped() -> Tables:
    """The shipped tables without what was accepted; tests must not change them."""
    tables = contract.load(DATA)
    others = {name: table for name, table in tables.others.items() if name != acceptance.NAME}
    return replace(tables, others=others)


@pytest.fixture
def planted(shipped: Tables) -> Callable[[Mapping[Key, float]], Tables]:
    """The shipped tables with other values: (raum_id, merkmal, ISO date) → value."""

    def plant(new: Mapping[Key, float]) -> Tables:
        values = shipped.values.copy()
        index = pd.MultiIndex.from_frame(values[["raum_id", "merkmal", "stichtag"]])
        for (area, feature, date), value in new.items():
            values.iloc[index.get_loc((area, feature, pd.Timestamp(date))), values.columns.get_loc("wert")] = value
        return replace(shipped, values=values)

    return plant


@pytest.fixture
def value(shipped: Tables) -> Callable[[str, str, str], float]:
    """A value of the shipped tables."""
    index = shipped.values.set_index(["raum_id", "merkmal", "stichtag"])["wert"]
    return lambda area, feature, date: float(index[area, feature, pd.Timestamp(date)])


@pytest.fixture
def of_stand(shipped: Tables) -> Callable[[str, str], dict[str, float]]:
    """The values of a Merkmal at a Stand of the shipped tables by area."""

    def find(feature: str, date: str) -> dict[str, float]:
        rows = shipped.values[
            (shipped.values["merkmal"] == feature) & (shipped.values["stichtag"] == pd.Timestamp(date))
        ]
        return dict(zip(rows["raum_id"], rows["wert"], strict=True))

    return find
