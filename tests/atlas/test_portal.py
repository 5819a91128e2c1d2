"""The data of start page and atlas: each number is the report's own, and nothing that is not shown is told."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from sozialbericht import numbers
from sozialbericht.atlas import portal
from sozialbericht.atlas.ground import WIDTH, Ground, path
from sozialbericht.audit.readers import portals
from sozialbericht.bericht import Bericht
from sozialbericht.findings import ranges
from sozialbericht.position import Position
from sozialbericht.writing import blocks
from sozialbericht.writing.blocks import Block

ROOT = Path(__file__).resolve().parents[2]
SIGNS = {"+": Position.ABOVE, "-": Position.BELOW, "0": Position.WITHIN, "x": Position.UNKNOWN}


def made(b: Bericht) -> tuple[dict[str, Any], dict[str, Any]]:
    """What ``b.anhang().atlas()`` puts: the atlas and the pages."""
    with pytest.MonkeyPatch.context() as patch:
        shown: list[Block] = []
        patch.setattr(blocks, "put", shown.append)
        b.anhang().atlas()
    (block,) = shown
    assert block.markdown == ""
    return json.loads(block.pictures["atlas.json"]), json.loads(block.pictures["start.json"])


@pytest.fixture(scope="module", params=["stadt", "data"])
def bericht(request: pytest.FixtureRequest) -> Bericht:
    return Bericht(2006, 2005, ROOT / "tests" / "stadt" if request.param == "stadt" else ROOT / "data")


@pytest.fixture(scope="module")
def atlas(bericht: Bericht) -> dict[str, Any]:
    return made(bericht)[0]


@pytest.fixture(scope="module")
def start(bericht: Bericht) -> dict[str, Any]:
    return made(bericht)[1]


def test_every_indicator_that_is_shown_is_in_the_atlas(bericht: Bericht, atlas: dict[str, Any]) -> None:
    shown = [str(key) for key in bericht.indikatoren().index if bericht.daten(str(key))["wert"].notna().any()]
    found = {sheet["id"] for sheet in atlas["indikatoren"]}
    assert set(shown) <= found
    assert atlas["leit"] == bericht.leitindikator


def test_the_newest_values_are_those_of_the_report(bericht: Bericht, atlas: dict[str, Any]) -> None:
    for sheet in atlas["indikatoren"]:
        table, stand = bericht.daten(sheet["id"]), sheet["staende"][-1]
        ranks = ranges.rangspannen(bericht, sheet["id"])
        assert [area["id"] for area in atlas["raeume"]] == list(table.index)
        for place, (area, row) in enumerate(table.iterrows()):
            if not math.isfinite(row["wert"]):
                assert stand["wert"][place] == numbers.status_sign(row["status"])
                assert (stand["lage"][place], stand["klasse"][place], stand["rang"][place]) == (".", ".", 0)
                assert not any(stand[part][place] for part in ("unten", "oben", "fall", "bezug") if part in stand)
                continue
            decimals = sheet["stellen"]
            assert numbers.number(stand["wert"][place], decimals) == bericht.wert(sheet["id"], str(area)).zahl
            assert SIGNS[stand["lage"][place]] == row["lage"]
            assert stand["rang"][place] == ranks["rang"][area]
            if "von" in stand:
                assert (stand["von"][place], stand["bis"][place]) == (ranks["von"][area], ranks["bis"][area])
            for part in ("unten", "oben"):
                if part in stand and math.isfinite(row[part]):
                    assert stand[part][place] == numbers.rounded(row[part], decimals)
            if "fall" in stand:
                assert stand["fall"][place] == numbers.rounded(row["zaehler"])
                assert stand["bezug"][place] == numbers.rounded(row["nenner"])
            low, high = [-math.inf, *sheet["grenzen"]], [*sheet["grenzen"], math.inf]
            assert low[int(stand["klasse"][place])] <= stand["wert"][place] < high[int(stand["klasse"][place])]


def test_what_is_counted_is_called_by_its_own_name_and_not_by_that_of_a_rate(
    bericht: Bericht, atlas: dict[str, Any]
) -> None:
    counted = set(bericht.merkmale()["bezeichnung"])
    assert {sheet["fall"] for sheet in atlas["indikatoren"]} <= counted | {"gezählt"}


def test_no_year_lies_beyond_the_report_and_no_stand_twice(bericht: Bericht, atlas: dict[str, Any]) -> None:
    for sheet in atlas["indikatoren"]:
        years = [stand["jahr"] for stand in sheet["staende"]]
        assert years == sorted(set(years)) and years[-1] <= bericht.jahr
        cuts = {int(cut.year) for cut in bericht.brueche(sheet["id"])["ab"]}
        assert {cut["ab"] for cut in sheet["brueche"]} == cuts


def test_an_earlier_year_is_that_of_the_series() -> None:
    b = Bericht(2006, 2005, ROOT / "tests" / "stadt")
    sheet = next(sheet for sheet in made(b)[0]["indikatoren"] if sheet["id"] == "arbeitslosenquote")
    areas = list(b.raeume().index)
    for stand in sheet["staende"]:
        table = b.daten("arbeitslosenquote", jahr=stand["jahr"])
        assert stand["wert"] == [numbers.rounded(value, 1) for value in table["wert"]]
        assert stand["stadt"][0] == numbers.rounded(b.wert("arbeitslosenquote", jahr=stand["jahr"]).wert.number, 1)
    assert len(areas) == len(sheet["staende"][0]["wert"])


def test_findings_count_what_the_signs_say(atlas: dict[str, Any]) -> None:
    for sheet in atlas["indikatoren"]:
        for stand in sheet["staende"]:
            above, below = stand["lage"].count("+"), stand["lage"].count("-")
            if above + below and isinstance(stand["stadt"][0], (int, float)):
                shown = sum(sign in "+-0" for sign in stand["lage"])
                assert f"{above or 'keine'}" in stand["befund"].lower() or above == 1
                assert f" {shown} " in stand["befund"]


def test_the_start_page_says_the_decision() -> None:
    b = Bericht(2006, 2005, ROOT / "data")
    start, chosen = made(b)[1], b.auswahl()
    assert start["satz"].startswith(f"{len(chosen.raeume)} der {len(b.raeume())} Sozialräume")
    assert start["karte"]["klassen"].count("k") == len(b.raeume()) - len(chosen.raeume)
    assert start["karte"]["klassen"].count("g") == len(chosen.knapp)
    assert len(start["kennzahlen"]) == 4
    assert start["kennzahlen"][0]["wert"] == b.wert(b.leitindikator).zahl


def test_without_a_decision_the_leading_indicator_leads() -> None:
    b = Bericht(2006, 2005, ROOT / "tests" / "stadt")
    assert b.auswahl().grund
    start = made(b)[1]
    assert start["karte"] == {"art": "klassen"}
    assert "Aktionsr" not in json.dumps(start, ensure_ascii=False)
    assert str(b.hoechste(b.leitindikator)[0]).replace("\u00a0", " ") in start["satz"].replace("\u00a0", " ")


def test_the_gazetteer_knows_areas_districts_and_what_they_cover(bericht: Bericht, start: dict[str, Any]) -> None:
    kinds = {place[1] for place in start["orte"]}
    assert kinds == {bericht.ebenen.unten.einzahl, bericht.ebenen.mitte.einzahl, start["umfasstes"]}
    for name, kind, _, inside in start["orte"]:
        if kind == bericht.ebenen.mitte.einzahl:
            areas = bericht.raeume()
            assert [areas["stadtbezirk"].iloc[place] for place in inside] == [name] * len(inside)


def test_the_audit_reads_what_is_made(bericht: Bericht, atlas: dict[str, Any], start: dict[str, Any]) -> None:
    assert portals.is_portal(atlas) and portals.is_portal(start)
    read = list(portals.passages(atlas, "atlas.js"))
    leading = next(sheet for sheet in atlas["indikatoren"] if sheet["id"] == atlas["leit"])
    newest = leading["staende"][-1]
    area = atlas["raeume"][0]["id"]
    said = [p.text for p in read if p.heads[1:] == (atlas["leit"], newest["stand"], area)]
    assert said[0].startswith(bericht.wert(atlas["leit"], area).zahl)
    assert list(portals.passages(start, "start.json"))


def test_the_level_above_has_its_values(bericht: Bericht, atlas: dict[str, Any]) -> None:
    """As many as there are, each the report's own with its rank and judgement, read by the audit under its area."""
    level, key = bericht.ebenen.mitte, atlas["leit"]
    table, ids = bericht.daten(key, level), [area["id"] for area in atlas["darueber"][0]["raeume"]]
    assert ids == list(table.index) and atlas["darueber"][0]["mehrzahl"] == level.mehrzahl
    ranks = ranges.rangspannen(bericht, key, level)
    newest = next(sheet for sheet in atlas["indikatoren"] if sheet["id"] == key)["staende"][-1]
    read = {p.heads[3]: p.text for p in portals.passages(atlas, "a.js") if p.heads[1:3] == (key, newest["stand"])
            and len(p.heads) == 4}  # fmt: skip
    for place, area in enumerate(ids):
        value = bericht.wert(key, area)
        own = newest["darueber"][0]
        told = own["wert"][place]
        assert own["rang"][place] == ranks["rang"][area] and own["von"][place] == ranks["von"][area]
        assert own["lage"][place] == (portal_sign(table["lage"][area]) if value.ok else ".")
        assert told == (numbers.rounded(value.wert.number, value.wert.decimals) if value.ok else told)
        assert read[area].startswith(value.zahl if value.ok else str(told))


def portal_sign(position: str) -> str:
    return next(sign for sign, own in SIGNS.items() if own == position)


def test_the_areas_of_a_level_have_one_outline_each(bericht: Bericht, atlas: dict[str, Any]) -> None:
    """Made of the corners of the areas in them, without a gap between; each lies where its areas lie."""
    ground = portal._ground(bericht)
    assert ground is not None
    small = {area: shapely.union_all(list(map(shapely.Polygon, rings(ground.paths[area])))) for area in ground.paths}
    for place, level in enumerate(atlas["darueber"][0]["raeume"]):
        own = shapely.union_all(list(map(shapely.Polygon, rings(level["d"]))))
        inside = [small[a["id"]] for a in atlas["raeume"] if a["gruppe"] == place]
        whole = shapely.union_all(inside)
        assert inside and own.symmetric_difference(whole).area < 0.001 * whole.area
        assert own.buffer(1).contains(shapely.Point(level["x"], level["y"]))


def rings(words: str) -> list[list[tuple[int, int]]]:
    return [points(f"M{ring}z") for part in words.split("z") if (ring := part.removeprefix("M"))]


def test_withheld_values_are_signs() -> None:
    atlas = made(Bericht(2006, 2005, ROOT / "data"))[0]
    values = [value for sheet in atlas["indikatoren"] for stand in sheet["staende"] for value in stand["wert"]]
    signs = {value for value in values if isinstance(value, str)}
    assert "." in signs
    assert signs <= set(atlas["zeichen"])


def test_a_city_without_polygons_has_an_atlas_without_a_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    b = Bericht(2006, 2005, ROOT / "tests" / "stadt")
    monkeypatch.setattr(portal, "_ground", lambda b: None)
    atlas, start = made(b)
    assert start["flaechen"] is None
    assert "x" not in atlas["raeume"][0] and "d" not in atlas["darueber"][0]["raeume"][0]


def grid(side: int) -> gpd.GeoDataFrame:
    """Squares with ragged borders in common, as real areas have them."""
    random = np.random.default_rng(5)
    places = [(x, y) for x in range(side + 1) for y in range(side + 1)]
    corners = {place: np.array(place) * 900.0 + random.uniform(-250, 250, 2) for place in places}
    edges: dict[tuple[tuple[int, int], tuple[int, int]], list[np.ndarray]] = {}

    def edge(a: tuple[int, int], b: tuple[int, int]) -> list[np.ndarray]:
        if (a, b) not in edges:
            straight = [corners[a] + (corners[b] - corners[a]) * t for t in np.linspace(0.1, 0.9, 9)]
            between = [point + random.uniform(-25, 25, 2) for point in straight]
            edges[a, b], edges[b, a] = between, between[::-1]
        return edges[a, b]

    shapes = []
    for x in range(side):
        for y in range(side):
            ring, turn = [], [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
            for a, b in zip(turn, [*turn[1:], turn[0]], strict=True):
                ring += [corners[a], *edge(a, b)]
            shapes.append(shapely.Polygon(ring))
    frame = gpd.GeoDataFrame(geometry=shapes, index=[f"a_{k}" for k in range(side * side)])
    frame["label"] = frame.geometry.representative_point()
    return frame


def points(words: str) -> list[tuple[int, int]]:
    """The corners of a path in whole units."""
    start, steps = words.removeprefix("M").removesuffix("z").split("l")
    x, y = map(int, start.split())
    found = [(x, y)]
    numbers_ = list(map(int, steps.replace("-", " -").split()))
    for dx, dy in zip(numbers_[::2], numbers_[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x, y))
    return found


def test_neighbours_keep_their_border() -> None:
    ground = Ground.of(grid(6), ["a"] * 36)
    assert ground.width == WIDTH
    shapes = [shapely.Polygon(points(words)) for words in ground.paths.values()]
    overlap = sum(a.intersection(b).area for k, a in enumerate(shapes) for b in shapes[k + 1 :])
    whole = shapely.union_all(shapes)
    assert overlap < 0.0005 * whole.area
    assert sum(len(polygon.interiors) for polygon in shapely.get_parts(whole)) == 0


def test_447_areas_fit_into_600_kilobytes() -> None:
    ground = Ground.of(grid(22), ["a"] * 484)
    assert sum(map(len, ground.paths.values())) < 600_000


def test_a_speck_keeps_a_triangle() -> None:
    assert path(shapely.box(10.1, 10.1, 10.2, 10.2)) == "M10 10h1l-1 1z"
