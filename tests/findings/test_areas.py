"""Areas that are divided: each report has those of its time, and nothing is compared across the change."""

import json
import shutil
from pathlib import Path

import pytest
import shapely
from shapely.geometry import box, mapping, shape

from sozialbericht.bericht import Bericht
from sozialbericht.data import contract

CITY = Path(__file__).resolve().parents[1] / "stadt"
OLD, PARTS = "sr_gartenfeld", ("sr_gartenfeld_ost", "sr_gartenfeld_west")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The invented city, one area of which is divided at the end of 2005."""
    made = Path(shutil.copytree(CITY, tmp_path_factory.mktemp("geteilt") / "d"))
    path = made / "raeume.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith(f"{OLD};"))
    cells = row.split(";")
    ended = [*cells[:-1], "2005-12-31"]
    new = [
        [part, str(90 + k), f"Gartenfeld {word}", f"Gartenfeld {word}", *cells[4:8], "", "", "2006-01-01", ""]
        for k, (part, word) in enumerate(zip(PARTS, ("Ost", "West"), strict=True))
    ]
    lines[lines.index(row)] = ";".join(ended)
    path.write_text("\n".join([head, *lines, *map(";".join, new)]) + "\n", encoding="utf-8")
    path = made / "raeume.geojson"
    drawn = json.loads(path.read_text(encoding="utf-8"))
    whole = next(f for f in drawn["features"] if f["properties"]["raum_id"] == OLD)
    outline = shape(whole["geometry"])
    left, low, right, high = outline.bounds
    middle = (left + right) / 2
    for part, half in zip(PARTS, (box(middle, low, right, high), box(left, low, middle, high)), strict=True):
        piece = max(shapely.get_parts(outline.intersection(half)), key=lambda p: p.area)
        drawn["features"].append({"type": "Feature", "properties": {"raum_id": part}, "geometry": mapping(piece)})
    path.write_text(json.dumps(drawn), encoding="utf-8")
    path = made / "werte" / "2006.csv"
    told = []
    for line in path.read_text(encoding="utf-8").splitlines():
        area, *rest, value = line.split(";")
        if area == OLD and value.isdecimal():
            first = int(value) // 2
            told += [";".join([p, *rest, str(n)]) for p, n in zip(PARTS, (first, int(value) - first), strict=True)]
        elif area == OLD:
            told += [";".join([p, *rest, value]) for p in PARTS]
        else:
            told.append(line)
    path.write_text("\n".join(told) + "\n", encoding="utf-8")
    return made


def test_the_folder_is_in_order_though_polygons_overlap(folder):
    assert {OLD, *PARTS} <= set(contract.load(folder).areas.index)


def test_each_report_has_the_areas_of_its_time(folder):
    for year, there in ((2005, {OLD}), (2006, set(PARTS))):
        b = Bericht(year, daten=folder)
        areas = set(b.raeume().index)
        assert areas & {OLD, *PARTS} == there
        assert set(b.geodaten().index) == areas == set(b.daten("anteil_u18").index)
        assert {area for pair in b.nachbarn() for area in pair} <= areas


def test_nothing_is_compared_across_the_change(folder):
    b = Bericht(2006, daten=folder)
    for part in PARTS:
        assert b.wert("anteil_u18", part).ok
        assert not b.aenderung("anteil_u18", part).ok
    assert b.aenderung("anteil_u18", "sr_altstadt").ok
    assert b.aenderung("anteil_u18").ok, "the city is the sum of what there is"
    above = str(b.raeume().at[PARTS[0], "teil_von"])
    assert b.aenderung("anteil_u18", above).ok


def test_the_report_says_so(folder, monkeypatch):
    told = []
    monkeypatch.setattr("sozialbericht.subjects.annex.prose.text", lambda b, words, **given: told.append(given["n"]))
    Bericht(2006, daten=folder).anhang().gebietsaenderungen()
    assert told == ["Gartenfeld Ost seit 01.01.2006; Gartenfeld West seit 01.01.2006; Gartenfeld bis 31.12.2005"]
    Bericht(2006, daten=CITY).anhang().gebietsaenderungen()
    Bericht(2005, daten=folder).anhang().gebietsaenderungen()
    assert len(told) == 1
