"""Areaplaces: which area of the report each row of a delivery is about, told by its name and what stands around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sozialbericht.data import lookup
from sozialbericht.data.tableset import Tables
from sozialbericht.delivery.assignment.dialogue import Dialogue
from sozialbericht.delivery.assignment.officefile import WITHOUT, Officefile
from sozialbericht.delivery.assignment.rawvalues import Rawvalues
from sozialbericht.delivery.assignment.shape import sure
from sozialbericht.delivery.cells.areanames import AreaNames, Match, folded

#: What a total over everything is called.
GENERAL = frozenset(
    "insgesamt summe gesamt zusammen stadt gesamtstadt alle total".split()
) | {"stadt insgesamt", "stadt gesamt", "stadt zusammen", "summe insgesamt", "gesamte stadt"}  # fmt: skip
#: From such a share of names that are only known as statistische Bezirke on, all of a table are.
SHARE = 0.2


@dataclass
class Places:
    """The area of every value: ``ids`` raum_id or "", ``parts`` the statistische Bezirk that the name means or "";
    ``answered`` what a person or a guess has said of spellings; ``unknown`` the nearest areas of names not taken."""

    ids: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    answered: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)


def places(raw: Rawvalues, names: AreaNames, known: Officefile, dialogue: Dialogue, data: Tables) -> Places:
    """The areas of all values of a delivery."""
    found = Places()
    frame = raw.frame
    upper = _upper(frame, names)
    by_district = {number: _by_district(own, names) for number, own in frame.groupby("table")["area"]}
    districts = _districts(data)
    numbered = {number: _numbered(raw, number, names, data) for number in map(int, frame["table"].unique())}
    cache: dict[tuple[object, ...], tuple[str, str]] = {}
    for at, (name, number, total) in enumerate(
        zip(frame["area"], frame["table"], frame["total"] | frame["hidden"], strict=True)
    ):
        key = (name, total, at in upper, by_district[number])
        if key not in cache:
            place = f"{raw.place(number)}, Zeile {frame['row'].iat[at]}"
            part = folded(_bare(name)) if by_district[number] and not total else ""
            whole = districts.get(part, [])
            if len(whole) == 1 and name not in known.gebiete:
                cache[key] = whole[0]
            elif not sure(names.found(name)) and (own := numbered[number].get(name)):
                cache[key] = (own, "")
            else:
                area = _area(names.found(name), key, found, (known, dialogue, data), place)
                cache[key] = (area, names.found(name).part if area else "")
        area, part = cache[key]
        found.ids.append(area)
        found.parts.append(part)
    return found


def _bare(name: str) -> str:
    """A name without the number before it."""
    return name.lstrip("0123456789 .-") or name


def _districts(data: Tables) -> dict[str, list[tuple[str, str]]]:
    """The statistische Bezirke by their folded names: of which areas, and as which part ("" where it is all of one)."""
    found: dict[str, list[tuple[str, str]]] = {}
    covers = data.areas["umfasst"].items() if "umfasst" in data.areas else ()
    for area, told in covers:
        own = lookup.districts(str(told))
        for part in own:
            name = _bare(part)
            whole = len(own) == 1 and "(" not in part
            found.setdefault(folded(name.partition(" (")[0]), []).append((str(area), "" if whole else name))
    return found


def _numbered(raw: Rawvalues, number: int, names: AreaNames, data: Tables) -> dict[str, str]:
    """Areas of names that are only like theirs, where a column of the table has their numbers, too: that of a name and
    the number agree, as they do in all other rows."""
    table, form = raw.tables[number], raw.shapes[number]
    if form.area is None or "nummer" not in data.areas:
        return {}
    areas = {f"{number}": str(area) for area, number in data.areas["nummer"].dropna().items()}
    for at in form.other:
        pairs = [
            (" ".join(row.cells[form.area].text.split()), row.cells[at].text.strip().lstrip("0")) for row in table.rows
        ]
        told = [(names.found(name), name, areas.get(digits, "")) for name, digits in pairs if name and digits]
        sure_ones = [match.raum_id == area for match, _, area in told if match.certain]
        if len(sure_ones) >= 5 and all(sure_ones):
            return {name: area for match, name, area in told if area and area in {near for near, _ in match.nearest}}
    return {}


def _by_district(spellings: pd.Series, names: AreaNames) -> bool:
    """Whether a table is one of statistische Bezirke."""
    matches = [names.found(name) for name in map(str, spellings.unique())]
    return sum(bool(match.part) for match in matches) >= SHARE * max(1, len(matches))


def _upper(frame: pd.DataFrame, names: AreaNames) -> set[int]:
    """The places of values whose name an upper area and a lower one share, and which are the upper one's: the larger
    of two rows of the same name."""
    found: set[int] = set()
    doubtful = [n for n in map(str, frame["area"].unique()) if not names.found(n).certain and sure(names.found(n))]
    own = frame.reset_index(drop=True)
    own = own[own["area"].isin(doubtful)]
    for _, group in own.groupby(["table", "area", "label", "moment"], dropna=False, sort=False):
        if group["row"].nunique() > 1 and group["value"].nunique(dropna=True) > 1:
            largest: Any = group["value"].idxmax()
            found.add(int(largest))
    rows = {(own.at[at, "table"], own.at[at, "row"]) for at in found}
    return {int(at) for at, t, r in zip(own.index, own["table"], own["row"], strict=True) if (t, r) in rows}


def _area(
    match: Match, key: tuple[object, ...], found: Places, of: tuple[Officefile, Dialogue, Tables], place: str
) -> str:
    """The raum_id that a name means, "" where it is not taken."""
    known, dialogue, data = of
    name, total, upper = str(key[0]), bool(key[1]), bool(key[2])
    said = dialogue.answers.get(name) or known.gebiete.get(name) or found.answered.get(name)
    if said:
        found.answered[name] = said
        return "" if said == WITHOUT else said
    if match.certain and match.raum_id:
        return match.raum_id
    if match.part:
        if not match.raum_id:
            found.unknown[name] = tuple(str(data.areas.at[area, "kurzname"]) for area, _ in match.nearest[:3])
        return match.raum_id or ""
    if sure(match) and (one := _of_level([area for area, _ in match.nearest], data, upper or total)):
        return one
    if folded(name) in GENERAL:
        return data.city
    if total:
        found.unknown.setdefault(name, ())
        return ""
    answer = dialogue.area(name, match, place)
    found.answered[name] = answer
    if answer == WITHOUT:
        found.unknown[name] = tuple(str(data.areas.at[area, "kurzname"]) for area, _ in match.nearest[:3])
        return ""
    return answer


def _of_level(ids: list[str], data: Tables, upper: bool) -> str:
    """The only one of several areas on its level: the smallest areas first, or where ``upper`` those above them."""
    levels: Mapping[str, int] = {name: at for at, name in enumerate(data.levels)}
    ranked = sorted(ids, key=lambda area: -levels[str(data.areas.at[area, "ebene"])])
    if upper and len(ranked) > 1 and data.areas.at[ranked[0], "ebene"] == data.levels[-1]:
        ranked = [area for area in ranked if data.areas.at[area, "ebene"] != data.levels[-1]]
    first = levels[str(data.areas.at[ranked[0], "ebene"])]
    return ranked[0] if sum(levels[str(data.areas.at[area, "ebene"])] == first for area in ranked) == 1 else ""
