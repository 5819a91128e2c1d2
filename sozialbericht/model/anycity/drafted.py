"""Drafted: the catalogue of a city that has no numbers yet – what is to be counted, of what it is a part, when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sozialbericht.model.assumptions import day_of, number, rows

#: What a part of a whole usually is: words in its key or name, its share, how much burden moves it (logit per standard
#: deviation). Rough shares of German cities; the first that fits holds.
USUAL = (
    ("unter 3|u3$", 0.027, 0.1), ("unter 6|u6$", 0.055, 0.1), ("unter 15|u15$", 0.14, 0.1),
    ("unter 18|u18$|minderj", 0.165, 0.1), ("unter 25|u25$", 0.12, 0.1), ("ab 65|65plus|65 und|65 jahre", 0.21, -0.15),
    ("15_64|15 bis", 0.65, 0.0), ("allein", 0.3, 0.15), ("arbeitslos|^al$|^al_|^alo", 0.07, 0.45),
    ("sgb2|sgb ii|hilfe|leistung|transfer|grundsich|armut", 0.11, 0.55),
    ("migration|_mh", 0.3, 0.35), ("nichtdeutsch|ausländ|auslaend|_nd$", 0.17, 0.4), ("haushalt|^hh", 0.52, 0.0),
    ("frau|weiblich|_w$|mädchen", 0.51, 0.0),
)  # fmt: skip
#: What an amount in a unit is for each one of its whole.
AMOUNTS = {"m²": 41.0, "Euro": 21000.0, "€": 21000.0}
MISSING = ("…", "...", "")
COUNTS = "personen|kinder|fälle|haushalte|wohnungen|frauen|männer|familien|betriebe|plätze"


@dataclass(frozen=True)
class Feature:
    """A Merkmal: its whole ("" for one of its own), share or amount of the whole, slope on burden, days by year.

    ``counted``: whether it is a whole number that is at most its whole.
    """

    key: str
    whole: str
    share: float
    slope: float
    moments: tuple[tuple[int, int], ...]
    counted: bool = True


@dataclass(frozen=True)
class Drafted:
    """What is to be filled: the features, wholes first; ``partitions``: whole → its parts that add up to it."""

    features: list[Feature]
    years: list[int]
    partitions: dict[str, list[str]] = field(default_factory=dict)


def read(folder: Path, back: int) -> Drafted:
    """The catalogue of a data folder with ``back`` years up to the newest; raises ``OSError`` or ``KeyError``."""
    files = sorted((folder / "werte").glob("[0-9][0-9][0-9][0-9].csv"))
    cells = [row for path in files for row in rows(path)]
    moments: dict[str, set[tuple[int, int]]] = {}
    for row in cells:
        day = date.fromisoformat(row["stichtag"]) if "-" in row["stichtag"] else day_of(row["stichtag"])
        moments.setdefault(row["merkmal"], set()).add((day.month, day.day))
    newest = int(files[-1].stem)
    named = {row["merkmal"]: row for row in rows(folder / "merkmale.csv")}
    wholes = {name: row["teil_von"] for name, row in named.items()}
    for row in rows(folder / "indikatoren.csv"):
        parts, of = _terms(row["zaehler"]), _terms(row["nenner"])
        if row["art"] != "veraenderung" and len(of) == 1:
            for part in parts:
                wholes[part] = wholes[part] or (of[0] if of[0] != part else "")
    directions = {
        part: {"belastung": 1.0, "chance": -1.0}.get(row["richtung"], 0.0)
        for row in rows(folder / "indikatoren.csv")
        for part in _terms(row["zaehler"])
    }
    features = [
        _feature(name, named[name], wholes, directions.get(name, 0.0), moments.get(name, {(12, 31)}))
        for name in _wholes_first(wholes)
    ]
    partitions: dict[str, list[str]] = {}
    if (folder / "zerlegungen.csv").is_file():
        for row in rows(folder / "zerlegungen.csv"):
            partitions.setdefault(row["ganzes"], []).append(row["teil"])
    return Drafted(features, list(range(newest - back + 1, newest + 1)), partitions)


def has_numbers(folder: Path) -> bool:
    """Whether any value is there already."""
    files = sorted((folder / "werte").glob("*.csv"))
    return any(row["wert"].strip() not in MISSING for path in files for row in rows(path))


def _feature(
    name: str, row: dict[str, str], wholes: dict[str, str], direction: float, moments: Iterable[tuple[int, int]]
) -> Feature:
    words, unit = f"{row['bezeichnung']}".lower(), row["einheit"]
    usual = next(((s, b) for w, s, b in USUAL if re.search(w, name) or re.search(w, words)), None)
    share, slope = usual or (number(f"0,{1 + sum(name.encode()) % 3}"), 0.3 * direction)
    counted = bool(re.fullmatch(COUNTS, unit.lower()))
    if not counted:
        share, slope = AMOUNTS.get(unit, 10.0), -0.12
    return Feature(name, wholes[name], share, slope, tuple(sorted(moments)), counted)


def _wholes_first(wholes: dict[str, str]) -> list[str]:
    """The features, each behind its whole."""
    ordered: list[str] = []

    def put(name: str, seen: frozenset[str]) -> None:
        above = wholes.get(name, "")
        if above and above not in ordered and above not in seen:
            put(above, seen | {name})
        if name not in ordered:
            ordered.append(name)

    for name in wholes:
        put(name, frozenset())
    return ordered


def _terms(expression: str) -> list[str]:
    return [term.strip() for term in expression.split("+") if term.strip()]
