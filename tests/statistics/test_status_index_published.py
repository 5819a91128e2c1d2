"""The status index against the published classes of Berlin's Monitoring Soziale Stadtentwicklung."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from sozialbericht.statistics.status_index import DYNAMICS, STATUS, status_dynamics

CITIES = Path(os.environ.get("SOZIALBERICHT_STAEDTE", Path(__file__).resolve().parents[3] / "shared" / "staedte"))
MSS = CITIES / "berlin" / "mss"
pytestmark = pytest.mark.skipif(
    not MSS.is_dir(), reason="ohne die öffentlichen Daten von Berlin (SOZIALBERICHT_STAEDTE nennt ihren Ordner)"
)
#: What the published signs mean.
SIGNS = {"+": DYNAMICS[0], "+/-": DYNAMICS[1], "-": DYNAMICS[2]}


def classes(year: int) -> pd.DataFrame:
    """The published classes of an edition in our words: index id, columns status and dynamics; NaN: not assessed."""
    table = pd.read_csv(MSS / f"mss-{year}-klassen.csv", dtype={"id": str, "dynamic_index": str}).set_index("id")
    status = {float(number): word for number, word in enumerate(STATUS, start=1)}
    return pd.DataFrame(
        {"status": table["status_index"].astype(float).map(status), "dynamics": table["dynamic_index"].map(SIGNS)}
    )


def shares(year: int, kind: str) -> pd.DataFrame:
    """The published shares (``s``) or changes (``d``) of an edition, as many indicators as it has."""
    table = pd.read_csv(MSS / f"mss-{year}-anteile.csv", dtype={"id": str}).set_index("id")
    found = table[[name for name in table.columns if name.startswith(kind) and name[1].isdigit()]]
    return found.dropna(axis="columns", how="all").rename(columns=lambda name: name[1])


@pytest.mark.parametrize(("year", "indicators", "areas"), [(2013, 4, 434), (2017, 4, 436), (2019, 3, 436)])
def test_published_shares_and_changes_give_the_published_classes(year: int, indicators: int, areas: int) -> None:
    published = classes(year)
    assessed = published["status"].notna()
    left_out = {str(area): "nicht bewertet" for area in published.index[~assessed]}
    burdens, moved = shares(year, "s"), shares(year, "d")
    assert len(burdens.columns) == len(moved.columns) == indicators and assessed.sum() == areas
    found = status_dynamics(burdens, moved, exceptions=left_out, least=0)
    assert (found.status[assessed] == published["status"][assessed]).all()
    assert found.dynamics is not None
    assert (found.dynamics[assessed] == published["dynamics"][assessed]).all()
    assert found.status[~assessed].isna().all() and found.dynamics[~assessed].isna().all()
