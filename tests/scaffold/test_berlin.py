"""A real city: Berlin's polygons, keys, districts and inhabitants, as they are published, with their traps."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sozialbericht.data import contract
from sozialbericht.faults import InputError
from sozialbericht.scaffold import newproject
from sozialbericht.scaffold.given import brief
from sozialbericht.scaffold.given.brief import Brief

CITIES = Path(os.environ.get("SOZIALBERICHT_STAEDTE", Path(__file__).resolve().parents[3] / "shared" / "staedte"))
BERLIN = CITIES / "berlin"
pytestmark = pytest.mark.skipif(
    not BERLIN.is_dir(), reason="ohne die öffentlichen Daten von Berlin (SOZIALBERICHT_STAEDTE nennt ihren Ordner)"
)


def wish(target: Path, **changes: object) -> Brief:
    place = BERLIN / "geometrie"
    levels = (
        "planungsraum:id",
        f"bezirksregion:{place / 'bezirksregionen-bis-2020.csv'}",
        f"bezirk:{place / 'bezirke.csv'}",
    )
    given = {
        "folder": target, "areas": place / "lor-planungsraeume-bis-2020.geojson", "city": "Berlin",
        "levels": tuple(map(brief.level, levels)),
        "values": tuple(BERLIN / "einwohner" / f"ewr-{year}-12-31.csv" for year in (2018, 2019)),
    }  # fmt: skip
    return Brief(**(given | changes))  # type: ignore[arg-type]


def test_the_key_that_stands_twice(tmp_path):
    with pytest.raises(InputError) as error:
        newproject.make(wish(tmp_path / "p"), print)
    (fault,) = error.value.faults
    assert "„06010102“ steht bei zwei Gebieten" in fault.what and "5,2 km auseinander" in fault.what
    assert "--correct 124=04030417" in fault.remedy


def test_berlin_becomes_a_project(tmp_path):
    newproject.make(wish(tmp_path / "p", corrected={124: "04030417"}), print)
    tables = contract.load(tmp_path / "p" / "data")
    counted = tables.areas["ebene"].value_counts()
    assert counted.to_dict() == {"planungsraum": 448, "bezirksregion": 138, "bezirk": 12, "stadt": 1}
    assert len(tables.geometry) == 448
    assert tables.areas.at["pr_04030417", "kurzname"] != tables.areas.at["pr_06010102", "kurzname"]
    assert tables.areas.at["pr_09041403", "gueltig_von"].year == 2019, "Allende II has numbers from 2019 on"
    assert tables.areas.at["pr_01011101", "schluessel"] == "01011101"
