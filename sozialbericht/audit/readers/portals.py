"""Portals: the data of start page and atlas, each number under its area, its indicator and its Stand.

What a cell without a value must not have is no text that could be weighed: a class, a position, a rank, or a rank that
the shown values do not explain, makes the file unreadable, and nothing unreadable is published. So does an entry of an
atlas that nobody knows: what stands in it would be judged by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from sozialbericht import numbers
from sozialbericht.audit.readers import unpacking
from sozialbericht.audit.readers.readings import Passage, clean

#: What such data say that they are.
FORMATS = ("atlas", "start", "orte")
_BESIDE = ("unten", "oben", "fall", "bezug")
_LEVEL = {"befund", "lesen", "lage", "klasse", "rang", "von", "bis", "wert", *_BESIDE}
_WORDS = frozenset(
    "schluessel einzahl mehrzahl mehrzahl_bestimmt dativ nominativ dazu gesamtwert von einen wen diesem".split()
)
#: The entries of each part of an atlas.
_ENTRIES = {
    "atlas": set(
        "format breite zeichen stadt jahr leit ganz ebene raeume darueber indikatoren spalten woerter".split()
    ),
    "ebene": {*_WORDS, "raeume"},
    "raeume": set("id nr name kurz gruppe umfasst x y g d profil".split()),
    "indikatoren": set(
        "id name dimension einheit was fall richtung stellen grenzen stufen quelle definition zeit brueche staende "
        "wandel darueberwandel teil".split()
    ),
    "brueche": {"ab", "grund"},
    "staende": {"jahr", "bruch", "stand", "stadt", "darueber", *_LEVEL},
    "darueber": _LEVEL,
    "wandel": {"gegen", "differenz", "lage"},
}


def is_portal(data: object) -> bool:
    """Whether JSON is the data of start page or atlas."""
    return isinstance(data, dict) and data.get("format") in FORMATS


def passages(data: dict[str, Any], name: str) -> Iterator[Passage]:
    """All that such data say. Raises ValueError where they tell of a value that they do not show."""
    stem = Path(name).stem
    if data["format"] == "atlas":
        data = unpacking.unpacked(data) if data.keys() & {"spalten", "woerter"} else data
        _known(data)
        words = [data.get("ganz", {}), data.get("ebene", {}), *data.get("darueber", [])]
        yield from _texts((stem,), name, data.get("zeichen", {}).values())
        yield from _texts((stem,), name, (text for part in words for key, text in part.items() if key in _WORDS))
        levels = [data["raeume"], *(level["raeume"] for level in data.get("darueber", []))]
        for area in chain(*levels):
            yield from _texts((stem,), name, [area.get(part, "") for part in ("name", "kurz", "umfasst", "profil")])
        places = [[str(area["id"]) for area in level] for level in levels]
        for sheet in data["indikatoren"]:
            yield from _sheet(sheet, places, name, (stem, str(data["stadt"])))
        return
    for answer, area in _answers(data):
        for value in answer["werte"]:
            said = clean(" ".join(value.get(part, "") for part in ("wert", "einheit", "bereich", "lage")))
            yield Passage("Tabelle", name, said, (stem, value["name"], area))
        yield from _texts((stem, area), name, [answer["urteil"]])
    yield from _texts((stem,), name, (data.get(part, "") for part in ("satz", "sicher", "hinweis")))
    for figure in data.get("kennzahlen", []):
        said = clean(f"{figure['wert']} {figure['einheit']}; {figure['wandel']}")
        yield Passage("Tabelle", name, said, (stem, figure["indikator"], figure["name"], data["stadt"]))
    for place in data["orte"]:
        yield from _texts((stem,), name, [" ".join(map(str, place[:3]))])


def _answers(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """The short answers with the raum_id of their areas."""
    if data["format"] == "orte":
        yield from ((area, str(area["id"])) for area in data["raeume"])
    else:
        yield from zip(data["auskunft"], (str(named[0]) for named in data["namen"]), strict=True)


def _sheet(sheet: dict[str, Any], levels: list[list[str]], name: str, about: tuple[str, str]) -> Iterator[Passage]:
    """What is said of an indicator; ``levels``: the areas of each, the smallest first; ``about``: file and city."""
    stem, city = about
    heads = (stem, str(sheet["id"]))
    yield from _texts(heads, name, [sheet["name"], sheet["was"], sheet["definition"], sheet["quelle"]])
    yield from _texts(heads, name, (sheet.get(part, "") for part in ("dimension", "fall", "richtung", "zeit")))
    yield from _texts(heads, name, sheet["stufen"])
    yield from _texts(heads, name, (cut["grund"] for cut in sheet["brueche"]))
    for stand in sheet["staende"]:
        if set(stand) <= {"jahr", "stand", "bruch"}:  # its numbers are in a file of their own
            continue
        dated = (*heads, str(stand["stand"]))
        for table, areas in zip(_tables(stand), levels, strict=True):
            _check(table, len(areas), f"{sheet['id']}, {stand['stand']}")
            yield from _texts(dated, name, [table["befund"], table["lesen"]])
            columns = [table["wert"], *(table[part] for part in _BESIDE if part in table)]
            for area, *cells in zip(areas, *columns, strict=True):
                yield Passage("Tabelle", name, _said(cells), (*dated, area))
        yield Passage("Tabelle", name, _said(stand["stadt"]), (*dated, city))
    for place, change in enumerate([sheet.get("wandel"), *sheet.get("darueberwandel", [])]):
        if change:
            _check_change(change, sheet, place)


def _known(data: dict[str, Any]) -> None:
    """Raise ValueError for an entry that no atlas has."""
    above = data.get("darueber", [])
    parts: list[tuple[str, Iterable[dict[str, Any]]]] = [
        ("atlas", [data]), ("ebene", [data.get("ganz", {}), data.get("ebene", {}), *above])
    ]  # fmt: skip
    parts += [("raeume", level["raeume"]) for level in (data, *above)]
    parts.append(("indikatoren", data["indikatoren"]))
    for sheet in data["indikatoren"]:
        parts += [(part, sheet[part]) for part in ("brueche", "staende")]
        parts += [("darueber", stand.get("darueber", [])) for stand in sheet["staende"]]
        parts.append(("wandel", filter(None, [sheet.get("wandel"), *sheet.get("darueberwandel", [])])))
    for part, entries in parts:
        if unknown := set[str]().union(*entries) - _ENTRIES[part]:
            raise ValueError(f"{part}: unbekannter Eintrag „{min(unknown)}“")


def _tables(stand: dict[str, Any]) -> list[dict[str, Any]]:
    """What a Stand has for each level, the smallest areas first."""
    return [stand, *stand.get("darueber", [])]


def _check_change(change: dict[str, Any], sheet: dict[str, Any], level: int) -> None:
    """Raise ValueError for a change that is not the difference of two shown values: it would tell something."""
    new, told = _tables(sheet["staende"][-1])[level], f"{sheet['id']}, {change['gegen']}"
    stands = (stand for stand in sheet["staende"][:-1] if str(stand["stand"]) in change["gegen"])
    old, count = next((_tables(stand)[level] for stand in stands), None), len(new["wert"])
    if old is None or {len(change["differenz"]), len(change["lage"])} != {count}:
        raise ValueError(f"{told}: keine Veränderung zwischen zwei gezeigten Ständen")
    last = 10.0 ** -int(sheet["stellen"])
    for apart, sign, *both in zip(change["differenz"], change["lage"], new["wert"], old["wert"], strict=True):
        if (apart is None) != (sign == "."):
            raise ValueError(f"{told}: Lage ohne Veränderung")
        hidden = any(isinstance(value, str) for value in both)
        told_of = apart is not None and not hidden
        if told_of and abs(apart - numbers.rounded(apart, int(sheet["stellen"]))) > last * 1e-6:
            raise ValueError(f"{told}: eine Veränderung mit mehr Stellen, als gezeigt werden")
        if apart is not None and (hidden or abs(both[0] - both[1] - apart) > 1.51 * last):
            raise ValueError(f"{told}: eine Veränderung, die die gezeigten Werte nicht erklären")


def _check(stand: dict[str, Any], count: int, told: str) -> None:
    """Raise ValueError where a cell without a value has what only a value can have, or a rank skips a place."""
    shown = [not isinstance(value, str) for value in stand["wert"]]
    columns = [stand[part] for part in ("wert", "lage", "klasse", "rang", "von", "bis") if part in stand]
    if {len(column) for column in columns} != {count}:
        raise ValueError(f"{told}: nicht so viele Einträge wie Gebiete")
    values = [value for value in stand["wert"] if not isinstance(value, str)]
    for place, (value, has) in enumerate(zip(stand["wert"], shown, strict=True)):
        rank = stand["rang"][place]
        told_of = [stand[part][place] for part in ("rang", "von", "bis") if part in stand]
        if not has and (any(told_of) or stand["lage"][place] != "." or stand["klasse"][place] != "."):
            raise ValueError(f"{told}: Klasse, Lage oder Rang ohne Wert")
        if has and not 1 + sum(v > value for v in values) <= rank <= sum(v >= value for v in values):
            raise ValueError(f"{told}: ein Rang, den die gezeigten Werte nicht erklären")
        first, final = ((stand[part][place] if part in stand else 0) for part in ("von", "bis"))
        if (first or final) and not 1 <= first <= rank <= final <= len(values):
            raise ValueError(f"{told}: Ränge, die die gezeigten Werte nicht erklären")


def _said(cells: Iterable[object]) -> str:
    """Numbers as they are printed, signs as they are."""
    return "; ".join(_printed(cell) for cell in cells if cell is not None)


def _printed(cell: object) -> str:
    if not isinstance(cell, int | float):
        return str(cell)
    return numbers.number(cell, len(str(cell).partition(".")[2]) if isinstance(cell, float) else 0)


def _texts(heads: tuple[str, ...], name: str, texts: Iterable[object]) -> Iterator[Passage]:
    for text in texts:
        if words := clean(str(text)):
            yield Passage("Text", name, words, heads)
