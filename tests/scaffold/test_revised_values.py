"""The look-alike with counts made anew for the newest report: its status and its dynamics compare with them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import lookalike
import numpy as np
import pytest

from sozialbericht.bericht import Bericht

#: An area of its own since 2018 only: it has a status and no dynamics.
LATE = f"pr_{lookalike.LATE}"
#: What numbers of an index up to so much are called, and those above.
STATUS = ((-1.0, "hoch"), (1.0, "mittel"), (1.5, "niedrig"), (9.0, "sehr niedrig"))
DYNAMICS = ((-1.0, "positiv"), (1.0, "stabil"), (9.0, "negativ"))


def rewritten(path: Path, change: Callable[[dict[str, str]], dict[str, str]], *more: dict[str, str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [change(row) for row in csv.DictReader(file, delimiter=";")]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, *more])


def recounted(key: str) -> int:
    """How many foreigners of 2017 are counted in the way of 2019."""
    return lookalike.counts(key, 2017)[2] + 40 + 13 * int(key[2:]) * int(key[1])


@pytest.fixture(scope="module")
def folder(twenty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with both shares as burdens and the foreigners of 2017 counted anew for 2019."""
    data = Path(shutil.copytree(twenty / "data", tmp_path_factory.mktemp("neu") / "data"))
    rewritten(data / "indikatoren.csv", lambda row: row | {"typ_vorzeichen": "1", "richtung": "belastung"})
    keys = [key for key in lookalike.all_keys() if key != lookalike.LATE]
    new = [
        {"raum_id": f"pr_{k}", "merkmal": "foreigners", "stichtag": "31.12.2017", "wert": str(recounted(k)),
         "fassung": "2019"} for k in keys
    ]  # fmt: skip
    rewritten(data / "werte" / "2017.csv", lambda row: row | {"fassung": ""}, *new)
    return data


def classes(columns: list[np.ndarray], bounds: tuple[tuple[float, str], ...]) -> list[str]:
    """The classes of the standardised sum of standardised columns, written out."""
    total = sum((column - column.mean()) / column.std(ddof=1) for column in columns)
    index = (total - total.mean()) / total.std(ddof=1)
    return [next(word for bound, word in bounds if value <= bound) for value in index]


def test_status_and_dynamics_compare_with_the_values_counted_anew(folder: Path) -> None:
    keys = [key for key in lookalike.all_keys() if key != lookalike.LATE]
    now = np.array([lookalike.counts(key, 2019) for key in keys], dtype=float)
    before = np.array([lookalike.counts(key, 2017) for key in keys], dtype=float)
    old = before[:, 1:] / before[:, :1]
    before[:, 2] = [recounted(key) for key in keys]
    shares, then = now[:, 1:] / now[:, :1], before[:, 1:] / before[:, :1]
    found = Bericht(2019, 2017, folder).status_dynamik()
    areas = [f"pr_{key}" for key in keys]
    dynamics = classes(list((shares - then).T), DYNAMICS)
    assert dynamics != classes(list((shares - old).T), DYNAMICS), "the values counted anew make a difference"
    assert list(found.dynamik[areas]) == dynamics
    assert found.ausgeschlossen == {}
    assert found.dynamik.isna().to_numpy().nonzero()[0].tolist() == [found.dynamik.index.get_loc(LATE)]
    everybody = np.array([lookalike.counts(key, 2019) for key in lookalike.all_keys()], dtype=float)
    expected = classes(list((everybody[:, 1:] / everybody[:, :1]).T), STATUS)
    assert list(found.status[[f"pr_{key}" for key in lookalike.all_keys()]]) == expected


def test_the_report_of_the_year_itself_has_the_first_values(folder: Path) -> None:
    first = Bericht(2017, daten=folder).wert("foreigners_anteil", "pr_0203").wert
    later = Bericht(2019, daten=folder).wert("foreigners_anteil", "pr_0203", jahr=2017).wert
    assert first.numerator == lookalike.counts("0203", 2017)[2]
    assert later.numerator == recounted("0203")
