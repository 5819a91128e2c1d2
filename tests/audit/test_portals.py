"""The audit reads the data of the atlas: each number under its area, indicator and Stand; planted leaks are found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import small_publication as small

from sozialbericht.audit.cells import Shown
from sozialbericht.audit.readers import portals
from sozialbericht.audit.verdict import Result, audit
from sozialbericht.numbers import rounded
from sozialbericht.web.entry.packing import Packing

AREA = "sr_lindenhof"
INDICATOR = "alo_u25_anteil"
FILE = "html/web/atlas.js"


@pytest.fixture(scope="module")
def data() -> Shown:
    return small.tables()


def atlas(data: Shown) -> dict[str, Any]:
    """An honest atlas of the small publication: one indicator, the report year."""
    rows = {area: data.rows[INDICATOR, data.year, area] for area, _ in small.areas(data)}
    values = [rounded(row.number, 1) if row.status == "ok" else "." for row in rows.values()]
    shown = [value for value in values if not isinstance(value, str)]

    def beside(numbers: list[float], decimals: int) -> list[float | None]:
        pairs = zip(numbers, values, strict=True)
        return [None if value == "." else rounded(number, decimals) for number, value in pairs]

    city = data.rows[INDICATOR, data.year, data.tables.city]
    stand = {
        "jahr": 2006, "stand": "Dezember 2006", "befund": "Ein Satz.", "lesen": "",
        "wert": values,
        "unten": beside([row.lower for row in rows.values()], 1),
        "oben": beside([row.upper for row in rows.values()], 1),
        "fall": beside([row.numerator for row in rows.values()], 0),
        "bezug": beside([row.denominator for row in rows.values()], 0),
        "lage": "".join("." if value == "." else "0" for value in values),
        "klasse": "".join("." if value == "." else "1" for value in values),
        "rang": [0 if value == "." else 1 + sum(other > value for other in shown) for value in values],
        "stadt": [rounded(city.number, 1), None, None, None, None],
    }  # fmt: skip
    sheet = {
        "id": INDICATOR, "name": small_title(data), "was": "in %", "definition": "So.", "quelle": "Amt.", "brueche": [],
        "stufen": ["unter 1,0", "1,0 bis unter 2,0"], "staende": [stand],
    }  # fmt: skip
    areas = [{"id": area, "name": name, "umfasst": ""} for area, name in small.areas(data)]
    return {"format": "atlas", "stadt": "Musterstadt", "raeume": areas, "indikatoren": [sheet]}


def small_title(data: Shown) -> str:
    return str(data.tables.indicators.at[INDICATOR, "bezeichnung"])


def published(tmp_path: Path, data: Shown, content: dict[str, Any], name: str = "atlas") -> Path:
    folder = small.publish(tmp_path / "2006", data)
    (folder / "html" / "web").mkdir()
    text = f"window.{name} = {json.dumps(content, ensure_ascii=False)};\n"
    small.write(folder / "html" / "web" / f"{name}.js", text)
    return folder


def named(result: Result) -> set[str]:
    found = {statement.file for statement in (*result.leaks, *result.unassigned)}
    return found | {name.partition("/")[2] for name in result.unread}


def test_an_honest_atlas_says_nothing(tmp_path: Path, data: Shown) -> None:
    assert named(audit([published(tmp_path, data, atlas(data))], data)) == set()


def cell(part: str, value: object) -> Callable[[dict[str, Any], int], None]:
    def plant(stand: dict[str, Any], place: int) -> None:
        column = stand[part]
        if isinstance(column, str):
            stand[part] = column[:place] + str(value) + column[place + 1 :]
        else:
            column[place] = value

    return plant


def rank_skipped(stand: dict[str, Any], place: int) -> None:
    """The ranks of a city in which the withheld value is the highest."""
    stand["rang"] = [rank + 1 if rank else 0 for rank in stand["rang"]]


def ranges_of_all(stand: dict[str, Any], place: int) -> None:
    """Ranges of ranks that count the withheld value, too."""
    stand["von"] = [int(rank > 0) for rank in stand["rang"]]
    stand["bis"] = [len(stand["rang"]) if rank else 0 for rank in stand["rang"]]


def unknown_entry(stand: dict[str, Any], place: int) -> None:
    stand["roh"] = [0.2 if at == place else None for at in range(len(stand["wert"]))]


PLANTS = {
    "value": cell("wert", 0.2), "bound": cell("oben", 1.3), "count": cell("fall", 1),
    "class": cell("klasse", 0), "position": cell("lage", "-"), "rank": cell("rang", 5), "ranks that skip": rank_skipped,
    "as many ranks as there are areas": ranges_of_all, "an entry that nobody knows": unknown_entry,
}  # fmt: skip


@pytest.mark.parametrize("plant", PLANTS)
def test_a_withheld_value_in_the_atlas_is_found(tmp_path: Path, data: Shown, plant: str) -> None:
    content = atlas(data)
    place = [area["id"] for area in content["raeume"]].index(AREA)
    PLANTS[plant](content["indikatoren"][0]["staende"][0], place)
    assert FILE in named(audit([published(tmp_path, data, content)], data))


def test_a_withheld_value_in_the_answers_of_the_start_page_is_found(tmp_path: Path, data: Shown) -> None:
    title = small_title(data)
    values = {area: small.printed(data, INDICATOR, area) for area, _ in small.areas(data)}
    areas: list[dict[str, Any]] = []
    for area, name in small.areas(data):
        value = {"name": f"{title}, Dezember 2006", "wert": values[area], "einheit": "%"}
        areas.append({"id": area, "name": name, "urteil": "", "werte": [value]})
    content = {"format": "orte", "raeume": areas, "orte": [["Post", "statistischer Bezirk", "04", [1]]]}
    assert named(audit([published(tmp_path / "a", data, content, "orte")], data)) == set()
    next(area for area in areas if area["id"] == AREA)["werte"][0]["wert"] = "0,2"
    assert named(audit([published(tmp_path / "b", data, content, "orte")], data)) == {"html/web/orte.js"}


def with_a_level(data: Shown) -> dict[str, Any]:
    """An honest atlas that has a level above, too: the districts and, so that it has something to keep, one area whose
    value is withheld."""
    content = atlas(data)
    areas = [*map(str, data.tables.areas.index[data.tables.areas["ebene"] == "stadtbezirk"]), AREA]
    rows = [data.rows[INDICATOR, data.year, area] for area in areas]
    values = [rounded(row.number, 1) if row.status == "ok" else "." for row in rows]
    shown = [value for value in values if not isinstance(value, str)]
    content["darueber"] = [{"raeume": [{"id": a, "name": str(data.tables.areas.at[a, "name"])} for a in areas]}]
    content["indikatoren"][0]["staende"][0]["darueber"] = [{
        "befund": "Ein Satz.", "lesen": "", "wert": values,
        "oben": [None if value == "." else rounded(row.upper, 1) for value, row in zip(values, rows, strict=True)],
        "fall": [None if value == "." else row.numerator for value, row in zip(values, rows, strict=True)],
        "lage": "".join("." if value == "." else "0" for value in values),
        "klasse": "".join("." if value == "." else "1" for value in values),
        "rang": [0 if value == "." else 1 + sum(other > value for other in shown) for value in values],
    }]  # fmt: skip
    return content


def test_an_honest_level_above_says_nothing(tmp_path: Path, data: Shown) -> None:
    assert named(audit([published(tmp_path, data, with_a_level(data))], data)) == set()


@pytest.mark.parametrize("plant", PLANTS)
def test_a_withheld_value_of_a_level_above_is_found(tmp_path: Path, data: Shown, plant: str) -> None:
    content = with_a_level(data)
    table = content["indikatoren"][0]["staende"][0]["darueber"][0]
    PLANTS[plant](table, len(table["wert"]) - 1)
    assert FILE in named(audit([published(tmp_path, data, content)], data))


def of(*way: str | int) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A part of an atlas by the way to it."""

    def found(content: dict[str, Any]) -> dict[str, Any]:
        part: Any = content
        for step in way:
            part = part[step]
        return part

    return found


@pytest.mark.parametrize("part", [
    of(), of("raeume", 0), of("darueber", 0), of("darueber", 0, "raeume", 0), of("indikatoren", 0),
])  # fmt: skip
def test_an_entry_that_nobody_knows_is_not_published(data: Shown, part: Callable[..., dict[str, Any]]) -> None:
    content = with_a_level(data)
    assert list(portals.passages(content, FILE))
    part(content)["roh"] = 0.2
    with pytest.raises(ValueError, match="unbekannter Eintrag „roh“"):
        list(portals.passages(content, FILE))


def test_what_a_packed_atlas_has_too_much_is_not_published(data: Shown) -> None:
    """A column that belongs to nothing, a sign more than there are areas without a value, classes beside the values."""
    content = with_a_level(data) | {"zeichen": {".": "geheim gehalten"}}
    sheet = content["indikatoren"][0]
    sheet |= {"stellen": 1, "grenzen": [1, 2, 3, 4]}
    sheet["staende"][0] |= {"bruch": None}

    def packed() -> dict[str, Any]:
        return json.loads(json.dumps(Packing(content).packed()))

    assert list(portals.passages(packed(), FILE))
    for plant in (
        lambda made: made["spalten"].append(made["spalten"][0]),
        lambda made: made["indikatoren"][0]["staende"][0]["darueber"][0].update(zeichen="000"),
        lambda made: made["indikatoren"][0]["staende"][0]["darueber"][0].update(klasse="1234"),
        lambda made: made["indikatoren"][0]["staende"][0]["darueber"][0].update(fall=0),
        lambda made: made["indikatoren"][0]["staende"][0]["darueber"][0]["spalten"].append(0),
        lambda made: made["indikatoren"][0]["staende"][0]["darueber"][0]["spalten"].pop(),
        lambda made: made["indikatoren"][0]["staende"][0]["spalten"].__setitem__(7, -2),
        lambda made: made["indikatoren"][0]["staende"][0].update(lesen="~~~~"),
        lambda made: made.update(woerter=f"{made['woerter']} 0,2"),
    ):
        made = packed()
        plant(made)
        with pytest.raises(ValueError, match=r"Spalte|Zeichen|Klassen|Wort"):
            list(portals.passages(made, FILE))


CHANGES: dict[str, tuple[list[float | None], str]] = {
    "none of what is withheld": ([0.3, None, 0.1], "0.0"), "a difference": ([0.3, 1.7, 0.1], "000"),
    "a sign": ([0.3, None, 0.1], "0+0"), "another difference": ([9.3, None, 0.1], "0.0"),
    "more decimals": ([0.3, None, 0.1234], "0.0"),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_changes_are_differences_of_shown_values(case: str) -> None:
    apart, signs = CHANGES[case]
    stands = [{"stand": "Dezember 2005", "wert": [5.0, ".", 4.0]}, {"stand": "Dezember 2006", "wert": [5.3, 2.0, 4.1]}]
    sheet = {"id": INDICATOR, "stellen": 1, "staende": stands}
    change = {"gegen": "gegenüber Dezember 2005", "differenz": apart, "lage": signs}
    if case == "none of what is withheld":
        portals._check_change(change, sheet, 0)
        return
    with pytest.raises(ValueError, match="Veränderung"):
        portals._check_change(change, sheet, 0)
    above = {**sheet, "staende": [{**stand, "wert": [], "darueber": [stand]} for stand in stands]}
    with pytest.raises(ValueError, match="Veränderung"):
        portals._check_change(change, above, 1)
