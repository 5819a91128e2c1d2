"""Status and dynamics through the whole path, counts to classes, against the published ones of a real city."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from sozialbericht.bericht import Bericht
from sozialbericht.statistics.status_index import DYNAMICS, STATUS

CITIES = Path(os.environ.get("SOZIALBERICHT_STAEDTE", Path(__file__).resolve().parents[3] / "shared" / "staedte"))
BERLIN = CITIES / "berlin"
pytestmark = pytest.mark.skipif(
    not BERLIN.is_dir(), reason="ohne die öffentlichen Daten von Berlin (SOZIALBERICHT_STAEDTE nennt ihren Ordner)"
)
#: The area that got numbers of its own with the edition of 2019 and counts with its neighbour in the data folder.
JOINED = "09041403"


def published() -> pd.DataFrame:
    """Shares, changes and classes of the edition of 2019, by raum_id; only areas that it assesses."""
    parts = [
        pd.read_csv(BERLIN / "mss" / f"mss-2019-{part}.csv", dtype={"id": str, "dynamic_index": str}).set_index("id")
        for part in ("anteile", "klassen")
    ]
    table = parts[0].join(parts[1].drop(columns="inhabitants"))
    table = table[table["status_index"].fillna(0) > 0]
    return table.rename(index=lambda key: f"sr_{key}")


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """The data folder with the unemployed of 2016 as the edition of 2019 has counted them anew, and without the break
    that the old ones made; and how far these counts are from whole numbers at most.

    The city has published all of these counts, so none is sensitive here: what the protection would withhold of small
    ones, and of others for their sake, would take no part in the index. Areas that are not assessed have no count.
    """
    folder = tmp_path_factory.mktemp("berlin") / "data"
    shutil.copytree(BERLIN / "vertrag-447", folder)
    table = published()
    before = table["s1_percentage_unemployed"] - table["d1_percentage_unemployed"]
    path = folder / "werte" / "2016.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    people = {row["raum_id"]: int(row["wert"]) for row in rows if row["merkmal"] == "bev_15_64"}
    counts = {area: before[area] * people[area] / 100 for area in before.index}
    furthest = max(abs(count - round(count)) for count in counts.values())
    for row in rows:
        if row["merkmal"] == "al" and row["raum_id"] in counts:
            row["wert"] = str(round(counts[row["raum_id"]]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if not (row["merkmal"] == "al" and row["raum_id"].startswith("sb_")))
    for year in (2016, 2018):
        path = folder / "werte" / f"{year}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(";.\n", ";x\n"), encoding="utf-8")
    features = folder / "merkmale.csv"
    features.write_text(features.read_text(encoding="utf-8").replace(";ja;", ";nein;"), encoding="utf-8")
    (folder / "brueche.csv").write_text("merkmal;ab;grund\n", encoding="utf-8")
    return folder, furthest


def test_the_counts_before_the_change_are_whole(revised):
    assert revised[1] < 0.001


@pytest.mark.slow
def test_status_and_dynamics_of_2018_are_the_published_classes(revised):
    table, b = published(), Bericht(2018, 2016, revised[0])
    found = b.status_dynamik()
    status = {float(number): word for number, word in enumerate(STATUS, start=1)}
    dynamics = dict(zip(("+", "+/-", "-"), DYNAMICS, strict=True))
    assert len(table) == 436 and f"sr_{JOINED}" not in table.index
    assert (found.status[table.index] == table["status_index"].astype(float).map(status)).sum() == 436
    assert found.dynamik is not None, found.grund
    assert (found.dynamik[table.index] == table["dynamic_index"].map(dynamics)).sum() == 436
    assert found.status.notna().sum() == 436
