"""Hierarchy: the areas of a file as areas of all levels, each with its key, its name once, what it is part of."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile
from typing import Any

from sozialbericht.data.faultlist import listed, quoted
from sozialbericht.data.levels import KNOWN, Ebene
from sozialbericht.faults import Fault, InputError
from sozialbericht.scaffold.given import officetable
from sozialbericht.scaffold.given.arealist import KEYS, NAMES, Arealist
from sozialbericht.scaffold.given.brief import CITY, Brief, Level, level
from sozialbericht.scaffold.given.slugs import prefixes, slug, unique


@dataclass(frozen=True)
class Place:
    """An area of some level: its key in the data and the official one, its name, the area that it lies in."""

    raum_id: str
    level: str
    name: str
    key: str = ""
    above: str = ""


@dataclass(frozen=True)
class Hierarchy:
    """All areas from the city down, the levels' words from the city down; polygons of the lowest level by raum_id.

    ``told`` is what its maker should know.
    """

    levels: list[Ebene]
    places: list[Place]
    shapes: dict[str, Any] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    @property
    def lowest(self) -> list[Place]:
        """The smallest areas."""
        return [place for place in self.places if place.level == self.levels[-1].schluessel]

    @property
    def ids(self) -> dict[str, str]:
        """The raum_id by the official key; where levels share a key, that of the smaller area."""
        return {place.key: place.raum_id for place in self.places if place.key}


def keys_of(areas: Arealist, brief: Brief) -> list[str]:
    """The official keys of the areas, corrected as the brief says; their names where there is no column of keys."""
    found = list(areas.column(key_column(areas, brief), "--key"))
    for number, key in brief.corrected.items():
        if number not in areas.lines:
            what = f"Eine {number}. Fläche oder Zeile gibt es in {areas.place} nicht."
            raise InputError([Fault("--correct", what, f"Es sind {len(areas)}.")])
        found[areas.lines.index(number)] = key
    return found


def key_column(areas: Arealist, brief: Brief) -> str:
    """The column of the official keys, or that of the names where there is none."""
    column = brief.key or (brief.levels[0].column if brief.levels else "") or areas.guess(KEYS)
    return column or name_column(areas, brief)


def name_column(areas: Arealist, brief: Brief) -> str:
    """The column of the names; raises :class:`InputError` where none is named and none has a usual name."""
    if found := brief.name or areas.guess(NAMES):
        return found
    what = f"Welche Spalte von {areas.place} die Namen der Gebiete enthält, ist nicht gesagt."
    raise InputError([Fault("--name", what, f"Gefunden wurden: {listed(areas.columns, 25)}.")])


def of(areas: Arealist, brief: Brief, spare: list[str]) -> Hierarchy:
    """The hierarchy of a brief; ``spare`` are keys of values that no area has.

    Raises :class:`InputError` with every fault.
    """
    keys, names = keys_of(areas, brief), areas.column(name_column(areas, brief), "--name")
    told: list[str] = []
    shapes = [] if areas.shapes is None else list(areas.shapes)
    rows, faults = _once(areas, keys, names, spare, shapes, told)
    chosen = brief.levels or (level("gebiet"),)
    above: list[dict[int, tuple[str, str]]] = []
    for upper in chosen[1:]:
        try:
            above.append(_above(areas, upper, keys, rows))
        except InputError as error:
            faults += error.faults
    ranks = [CITY, *(entry.key for entry in reversed(chosen))]
    if len(set(ranks)) < len(ranks):
        faults.append(Fault("--level", "Eine Ebene ist zweimal genannt.", "Jede Ebene nur einmal nennen."))
    if not faults:
        faults = _crossing(areas, chosen, above, rows)
    if faults:
        raise InputError(faults)
    own = {row: (keys[row], names[row] or keys[row]) for row in rows}
    places, ids = _places(brief, chosen, [own, *above], rows)
    if key_column(areas, brief) == name_column(areas, brief):
        places = [replace(place, key="") if place.level == chosen[0].key else place for place in places]
    words = [KNOWN[CITY], *(entry.words for entry in reversed(chosen))]
    return Hierarchy(words, places, {ids[row]: shapes[row] for row in rows} if shapes else {}, told)


def _once(
    areas: Arealist, keys: list[str], names: list[str], spare: list[str], shapes: list[Any], told: list[str]
) -> tuple[list[int], list[Fault]]:
    """The rows of the areas, each key once, and the faults of keys that are missing or stand at two areas.

    Parts of one area that touch are one area, which is ``told``.
    """
    faults = []
    if bare := [row for row, key in enumerate(keys) if not key]:
        which = listed((areas.where(row) for row in bare), 3)
        faults.append(Fault(areas.place, f"Gebiete ohne Schlüssel: {which}.", "Die Schlüssel ergänzen."))
    first: dict[str, int] = {}
    rows = []
    for row, key in enumerate(keys):
        if not key or key not in first:
            first[key] = row
            rows.append(row)
            continue
        before = first[key]
        if shapes and names[before] == names[row] and areas.apart(before, row) == 0:
            shapes[before] = shapes[before].union(shapes[row])
            told.append(f"{names[row]} ({key}): mehrere Flächen, die sich berühren, sind eine geworden.")
            continue
        faults.append(_twice(areas, keys, names, (before, row), spare))
    return rows, faults


def _twice(areas: Arealist, keys: list[str], names: list[str], both: tuple[int, int], spare: list[str]) -> Fault:
    """The fault of a key that stands at two areas; it shows both and never advises to join what lies apart."""
    near = {row: [keys[at] for at in areas.beside(row)] for row in both}
    shown = [f"{quoted(names[r])} ({areas.where(r)}{_beside(near[r])})" for r in both]
    away = areas.apart(*both)
    apart = f"; sie liegen {away:.1f} km auseinander".replace(".", ",") if away else ""
    what = f"Der Schlüssel {quoted(keys[both[0]])} steht bei zwei Gebieten: {' und '.join(shown)}{apart}."
    row, example = both[0], "SCHLÜSSEL"
    if len(spare) == 1:
        row = max(both, key=lambda r: sum(_alike(spare[0], key) for key in near[r]) / max(len(near[r]), 1))
        example = spare[0]
    remedy = (
        "Es sind zwei Gebiete, und eines hat den falschen Schlüssel. Ihn in der Datei oder mit --correct richtig "
        f"stellen, z. B. --correct {areas.lines[row]}={example}."
    )
    if spare:
        remedy += f" In den Werten, aber bei keinem Gebiet steht {listed(spare)}."
    return Fault(areas.place, what, remedy)


def _alike(first: str, second: str) -> int:
    """With how many equal signs two keys begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _beside(keys: list[str]) -> str:
    return f", neben {listed(keys, 3)}" if keys else ""


def _above(areas: Arealist, upper: Level, keys: list[str], rows: list[int]) -> dict[int, tuple[str, str]]:
    """Key and name of the area of a level above that each area lies in; raises :class:`InputError`."""
    named: dict[str, str] = {}
    if upper.table is not None:
        table = _table(upper)
        named = dict(table)
    if upper.column:
        cells = areas.column(upper.column, f"--level {upper.key}")
        titles = areas.column(upper.names, f"--level {upper.key}") if upper.names else cells
        found = {row: (cells[row], named.get(cells[row], "" if named else titles[row])) for row in rows}
    elif named:
        starts = sorted(named, key=len, reverse=True)
        found = {row: _by_start(keys[row], starts, named) for row in rows}
    else:
        what = f"Welche Spalte sagt, in welchem Gebiet der Ebene {upper.words.einzahl} ein Gebiet liegt, fehlt."
        raise InputError([Fault("--level", what, f"Etwa --level … {upper.key}:SPALTE oder {upper.key}:liste.csv.")])
    if lost := [row for row in rows if not all(found[row])]:
        shown = listed(f"{keys[row]} ({areas.where(row)})" for row in lost)
        what = f"Zu diesen Gebieten fehlt, in welchem Gebiet der Ebene {upper.words.einzahl} sie liegen: {shown}."
        place = upper.table.name if upper.table else areas.place
        raise InputError([Fault(place, what, "Die Liste oder die Spalte ergänzen.")])
    return found


def _by_start(key: str, starts: list[str], named: dict[str, str]) -> tuple[str, str]:
    start = next((start for start in starts if key.startswith(start)), "")
    return start, named.get(start, "")


def _table(upper: Level) -> list[tuple[str, str]]:
    """Keys and names that a table of a level lists."""
    if upper.table is None or not upper.table.is_file():
        raise InputError([Fault(str(upper.table), "Die Datei fehlt.", "Den Pfad der Liste prüfen.")])
    found = officetable.read(upper.table)
    listed_areas = Arealist(found.place, {name: found.cells(name) for name in found.head}, [n for n, _ in found.rows])
    key = listed_areas.guess(KEYS) or found.head[0]
    name = listed_areas.guess(NAMES) or found.head[min(1, len(found.head) - 1)]
    return list(zip(found.cells(key), found.cells(name), strict=True))


def _crossing(
    areas: Arealist, chosen: tuple[Level, ...], above: list[dict[int, tuple[str, str]]], rows: list[int]
) -> list[Fault]:
    """A fault for every area of a middle level that lies in two areas of the level above."""
    faults = []
    for upper, (middle, top) in zip(chosen[1:], pairwise(above), strict=False):
        found = defaultdict(set)
        for row in rows:
            found[middle[row]].add(top[row][1])
        for (key, name), parents in found.items():
            if len(parents) > 1:
                shown = f"{upper.words.einzahl} {quoted(name)} ({key})"
                what = f"{shown} liegt in mehreren Gebieten: {listed(sorted(parents))}."
                faults.append(Fault(areas.place, what, "Die Zuordnung der Gebiete berichtigen."))
    return faults


def _places(
    brief: Brief, chosen: tuple[Level, ...], found: list[dict[int, tuple[str, str]]], rows: list[int]
) -> tuple[list[Place], dict[int, str]]:
    """All areas from the city down, and the raum_id of each row; names that repeat are told apart."""
    start = prefixes([CITY, *(entry.key for entry in chosen)])
    city = Place(f"{start[CITY]}_{slug(brief.city)}", CITY, brief.city)
    places: list[Place] = [city]
    order: dict[int, tuple[int, ...]] = dict.fromkeys(rows, ())
    parents = dict.fromkeys(rows, city.raum_id)
    for entry, members in zip(reversed(chosen), reversed(found), strict=True):
        areas: dict[str, int] = {}
        for row in sorted(rows, key=lambda r: (order[r], _natural(members[r][0]))):
            areas.setdefault(members[row][0], row)
        ids = unique([f"{start[entry.key]}_{slug(key) or slug(members[row][1]) or 'x'}" for key, row in areas.items()])
        titles = _told_apart([(members[row][1], key, _chain(parents[row], places)) for key, row in areas.items()])
        by_key = {}
        for at, ((key, row), raum_id, title) in enumerate(zip(areas.items(), ids, titles, strict=True)):
            places.append(Place(raum_id, entry.key, title, key, parents[row]))
            by_key[key] = (at, raum_id)
        order = {row: (*order[row], by_key[members[row][0]][0]) for row in rows}
        parents = {row: by_key[members[row][0]][1] for row in rows}
    return places, parents


def _chain(raum_id: str, places: list[Place]) -> list[str]:
    """The names of the areas that an area lies in, from below, without the city."""
    by_id = {place.raum_id: place for place in places}
    found = []
    while raum_id and by_id[raum_id].level != CITY:
        found.append(by_id[raum_id].name)
        raum_id = by_id[raum_id].above
    return found


def _told_apart(given: list[tuple[str, str, list[str]]]) -> list[str]:
    """The names of areas (name, key, names of the areas above), those that repeat with the lowest area above that
    differs, else with their key: „Schloßstraße (Steglitz)“."""
    groups = defaultdict(list)
    for at, (name, _, _) in enumerate(given):
        groups[name.casefold()].append(at)
    result = [name for name, _, _ in given]
    for members in groups.values():
        if len(members) < 2:
            continue
        chains = [given[at][2] for at in members]
        depth = next(
            (d for d in range(min(map(len, chains))) if len({c[d].casefold() for c in chains}) == len(members)), None
        )
        for at, chain in zip(members, chains, strict=True):
            name, key, _ = given[at]
            result[at] = f"{name} ({chain[depth] if depth is not None else key})"
    return result


def _natural(text: str) -> list[tuple[int, str]]:
    """What texts are put in order by: numbers in them by their size."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", text.casefold()) if part]
