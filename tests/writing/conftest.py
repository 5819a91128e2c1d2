"""A chapter's pen on the small city, and values made by hand."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sozialbericht.statistics.value import Value
from sozialbericht.writing.report import Bericht

STADT = Path(__file__).parents[1] / "stadt"
DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def b() -> Bericht:
    """The pen of the small city's report of 2006."""
    return Bericht(2006, 2005, STADT)


@pytest.fixture(scope="session")
def early() -> Bericht:
    """The pen of the first year, which has nothing to compare with."""
    return Bericht(2004, daten=STADT)


@pytest.fixture(scope="session")
def by_type(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped data with the other rule: areas of the types 4 and 5 are Aktionsräume."""
    folder = tmp_path_factory.mktemp("regel") / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("modell"))
    settings = folder / "bericht.yml"
    text = settings.read_text(encoding="utf-8")
    assert text.count("\nregel: unter_durchschnitt\n") == 1
    settings.write_text(text.replace("\nregel: unter_durchschnitt\n", "\nregel: typ\n"), encoding="utf-8")
    return folder


@pytest.fixture
def value() -> Callable[..., Value]:
    """A value of Musterstadt, changed as wished."""

    def make(number: float = 12.1, **changes: Any) -> Value:
        year = changes.get("year", 2006)
        given = {
            "area": "st_musterstadt", "indicator": "quote", "year": year, "number": number, "numerator": 3025.0,
            "denominator": 24898.0, "numerator_date": dt.date(year, 9, 30), "denominator_date": dt.date(year, 12, 31),
            "status": "ok", "unit": "%", "decimals": 1, "area_name": "Musterstadt", "period": "monat",
        }  # fmt: skip
        return Value(**(given | changes))

    return make
