"""Figures: invented values of years that the shipped data do not have, near those of 2007, parts summing to totals."""

from __future__ import annotations

import csv
import hashlib
import math
from collections import defaultdict
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
#: How a kind of counts moves in a year, by the beginning of its name.
DRIFT = {
    **{"al": -0.05, "sgb2": -0.02, "alg2": -0.02, "sozialgeld": -0.02, "bg": -0.02},
    **{"svb": 0.015, "gs": 0.05, "hze": 0.04, "whg": 0.003, "wfl": 0.004},
}

Table = dict[tuple[str, str, str], int]


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a table of the shipped data."""
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, delimiter=";"))


@cache
def year(wanted: int) -> Table:
    """All values of a year: shipped until 2007, invented after that."""
    if wanted > 2007:
        return _after(year(wanted - 1), wanted)
    return {
        (row["raum_id"], row["merkmal"], row["stichtag"]): int(row["wert"])
        for row in rows(DATA / "werte" / f"{wanted}.csv")
    }


def value(raum: str, merkmal: str, stichtag: str) -> int:
    """One value; the incomes of 2007, which nobody has delivered before, are those of 2001 with a growth."""
    if merkmal.startswith(("stpfl", "einkuenfte")):
        return _income(raum, merkmal)
    return year(int(stichtag[-4:]))[raum, merkmal, stichtag]


def chance(*words: object) -> float:
    """A number from -1 to 1 that hangs on the words only."""
    digest = hashlib.sha256("|".join(map(str, words)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / (2**47) - 1


@cache
def partitions() -> dict[str, list[list[str]]]:
    """For each whole the lists of its parts, complete ones only."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows(DATA / "zerlegungen.csv"):
        found[row["zerlegung"], row["ganzes"]].append(row["teil"])
    wholes: dict[str, list[list[str]]] = defaultdict(list)
    for (_, whole), parts in found.items():
        if all(parts):
            wholes[whole].append(parts)
    return wholes


@cache
def _parents() -> dict[str, str]:
    """For each merkmal that is no part of a complete partition what it is a part of."""
    parts = {part for lists in partitions().values() for named in lists for part in named}
    return {
        row["merkmal"]: row["teil_von"]
        for row in rows(DATA / "merkmale.csv")
        if row["teil_von"] and row["merkmal"] not in parts
    }


def _income(raum: str, merkmal: str) -> int:
    if merkmal == "stpfl":
        return sum(_income(raum, part) for part in partitions()["stpfl"][0])
    before = year(2001)[raum, merkmal, "31.12.2001"]
    return round(before * ((1.11 if merkmal == "einkuenfte" else 1.02) + 0.02 * chance(raum, merkmal)))


def _after(before: Table, new: int) -> Table:
    groups: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (raum, merkmal, date), count in before.items():
        groups[raum, date][merkmal] = count
    made: Table = {}
    for (raum, date), old in groups.items():
        day = f"{date[:-4]}{new}"
        group: dict[str, int] = {}
        for merkmal in old:
            _moved(merkmal, old, group, (raum, day))
        if "gewicht_ueber" in group:
            group["gewicht_ueber"] = min(group["gewicht_ueber"], group["untersucht"] - group["gewicht_normal"])
        if "zuzuege" in group:  # the account of the population holds to the person
            change = group["bev"] - old["bev"] - group["geburten"] + group["sterbefaelle"]
            group["zuzuege"] = change + group["fortzuege"] + group["korrekturen"]
        made |= {(raum, merkmal, day): count for merkmal, count in group.items()}
    return made


def _moved(merkmal: str, old: dict[str, int], group: dict[str, int], place: tuple[str, str]) -> int:
    """The count of a merkmal a year later: of its parts, as a share of what it belongs to, or moved by chance."""
    if merkmal not in group:
        parts = next((p for p in partitions().get(merkmal, []) if set(p) <= set(old)), None)
        parent = _parents().get(merkmal)
        drift = 1 + DRIFT.get(merkmal.split("_", maxsplit=1)[0], 0)
        noise = 0.4 * math.sqrt(old[merkmal]) * chance(merkmal, *place)
        if parts:
            group[merkmal] = sum(_moved(part, old, group, place) for part in parts)
        elif parent in old:
            whole = _moved(parent, old, group, place)
            share = old[merkmal] / max(old[parent], 1)
            group[merkmal] = max(0, min(round(whole * share + noise / 2), whole))
        else:
            group[merkmal] = max(0, round(old[merkmal] * drift + noise))
    return group[merkmal]
