"""What the page of the atlas reads is what was packed, number by number; the two sides were written apart."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialbericht.audit.readers import unpacking
from sozialbericht.web.entry import packing

#: What a Stand says once for all levels.
_OF_ALL = ("jahr", "bruch", "stand", "stadt")
NUMBERS = st.lists(st.none() | st.integers(-(10**6), 10**7), max_size=30)


@given(NUMBERS)
def test_a_column_is_read_as_it_was_packed(entries: list[int | None]) -> None:
    text = packing.column(entries)
    assert unpacking.numbers(text) == entries
    assert json.dumps(text) == f'"{text}"'  # no letter needs two


@given(st.lists(st.none() | st.tuples(*[st.integers(0, 999)] * 5), min_size=1, max_size=20), st.integers(0, 2))
def test_a_stand_is_read_as_it_was_packed(cells: list[tuple[int, ...] | None], decimals: int) -> None:
    def scaled(number: int) -> float:
        value = number / 10**decimals
        return int(value) if value == int(value) else value

    values = [None if cell is None else cell[0] for cell in cells]
    shown = [value for value in values if value is not None]
    ranks = [0 if value is None else 1 + sum(other > value for other in shown) for value in values]
    grades = [10.0, 20.0, 30.0, 40.0]
    stand = {
        "jahr": 2006, "bruch": None, "stand": "2006", "befund": "", "lesen": "", "stadt": [".", None],
        "wert": ["." if value is None else scaled(value) for value in values],
        "lage": "".join("." if value is None else "0" for value in values),
        "klasse": "".join(
            "." if value is None else str(sum(grade <= scaled(value) for grade in grades)) for value in values
        ),
        "rang": ranks,
        "von": [max(0, rank - 1) for rank in ranks], "bis": [rank and rank + 2 for rank in ranks],
        "unten": [None if cell is None else scaled(cell[0] - cell[1]) for cell in cells],
        "oben": [None if cell is None else scaled(cell[0] + cell[2]) for cell in cells],
        "fall": [None if cell is None else cell[3] for cell in cells],
        "bezug": [None if cell is None else cell[4] for cell in cells],
    }  # fmt: skip
    stand["darueber"] = [{name: part for name, part in stand.items() if name not in _OF_ALL}]
    change = {"gegen": "gegenüber 2005", "lage": "", "differenz": [cell and scaled(cell[1]) for cell in cells]}
    sheet = {"stellen": decimals, "grenzen": grades, "staende": [stand, {**stand, "jahr": 2007}], "wandel": None,
             "darueberwandel": [change]}  # fmt: skip
    data = {"zeichen": {".": "geheim gehalten"}, "indikatoren": [sheet]}
    packed = packing.Packing(data).packed()
    assert len(packed["spalten"]) <= 9  # equal columns once
    assert unpacking.unpacked(packed)["indikatoren"][0] == sheet


def test_what_is_no_column_is_not_read() -> None:
    with pytest.raises(ValueError, match="keine gepackte Spalte"):
        unpacking.numbers('10 a"')


def test_the_parts_of_many_areas_say_what_the_whole_says() -> None:
    def sheet(key: str, value: float) -> dict[str, object]:
        stand = {"jahr": 2006, "bruch": None, "stand": "2006", "befund": key, "lesen": "", "stadt": [1.0, None],
                 "wert": [value, "."], "lage": "0.", "klasse": "0.", "rang": [1, 0]}  # fmt: skip
        return {"id": key, "stellen": 1, "grenzen": [10.0], "staende": [stand]}

    areas = [{"id": "a", "name": "A", "umfasst": ""}, {"id": "b", "name": "B", "umfasst": ""}]
    data = {"format": "atlas", "stadt": "S", "leit": "x", "zeichen": {".": "geheim gehalten"}, "raeume": areas,
            "indikatoren": [sheet("x", 1.5), sheet("y_z", 2.5)]}  # fmt: skip
    whole, parts = packing.Packing(data).parted()
    found = unpacking.unpacked(whole)["indikatoren"]
    levelless = [{**sheet["staende"][0], "darueber": []} for sheet in data["indikatoren"]]  # type: ignore[index]
    assert found[0]["staende"] == levelless[:1]
    assert found[1]["teil"] == "web/atlas-teil-y-z.js" and list(found[1]["staende"][0]) == ["jahr", "stand", "bruch"]
    assert list(parts) == ["y_z"]
    read = unpacking.unpacked(parts["y_z"])
    assert [area["id"] for area in read["raeume"]] == ["a", "b"]
    assert read["indikatoren"][0]["staende"] == levelless[1:]
