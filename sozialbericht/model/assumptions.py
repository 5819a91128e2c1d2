"""Assumptions: the inputs of the model, read from the folder ``modell`` of the data."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

POSITIONS = ("belastung", "familien", "wohnen", "alter")
FIXED = ("exakt", "annahme")


@dataclass(frozen=True)
class Area:
    """Latent position of one area: population, standardised positions, drift before and after the reference year,
    yearly growth (%).
    """

    id: str
    district: str
    population: float
    positions: tuple[float, ...]
    drift: tuple[float, float]
    growth: float


@dataclass(frozen=True)
class Rate:
    """How one feature comes from another; slopes stand in the order of ``POSITIONS``.

    ``turnover`` is the share of the stock renewed every month; features of the same ``draw`` are drawn together, those
    of the same ``dimension`` share an area's lasting deviation.
    """

    feature: str
    method: str
    whole: str
    cap: str
    terms: tuple[str, ...]
    dates: tuple[tuple[int, int], ...]
    first: int
    last: int
    level: tuple[float, float]
    slopes: tuple[float, ...]
    spread: float
    yearly: float
    dimension: str = ""
    dimension_spread: float = 0.0
    turnover: float = 1.0
    draw: str = ""


@dataclass(frozen=True)
class Target:
    """A value that the model meets: published (``exakt``) or assumed (``annahme``)."""

    area: str
    feature: str
    day: date
    value: float
    kind: str


@dataclass
class Assumptions:
    """All inputs of the model."""

    city: str
    areas: list[Area]
    rates: list[Rate]
    targets: list[Target]
    shifts: dict[tuple[str, str], float]
    parameters: dict[str, float]
    stored: list[str] = field(default_factory=list)

    @cached_property
    def _targets(self) -> dict[tuple[str, str], list[tuple[date, float]]]:
        """The targets by area and feature."""
        found: dict[tuple[str, str], list[tuple[date, float]]] = {}
        for target in self.targets:
            found.setdefault((target.area, target.feature), []).append((target.day, target.value))
        return found

    def target(self, area: str, feature: str, day: date) -> float | None:
        """Value to be met for this area, feature and day, or None."""
        return next((value for when, value in self._targets.get((area, feature), []) if when == day), None)

    def anchors(self, area: str, feature: str) -> list[tuple[date, float]]:
        """All values to be met for this area and feature, in order of time."""
        return sorted(self._targets.get((area, feature), []))


def rows(path: Path) -> list[dict[str, str]]:
    """Read the rows of a semicolon-separated table."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))


def number(text: str) -> float:
    """Read a number with a decimal comma; nothing is 0."""
    return float(text.replace(",", ".")) if text else 0.0


def day_of(text: str) -> date:
    """Read a date of the form DD.MM.YYYY."""
    day, month, year = map(int, text.split("."))
    return date(year, month, day)


def load(folder: Path) -> Assumptions:
    """Read the model's inputs from the data folder.

    Raises ``FileNotFoundError`` or ``KeyError`` when a table or a column is missing.
    """
    model = folder / "modell"
    parents = {r["raum_id"]: r["teil_von"] for r in rows(folder / "raeume.csv")}
    areas = [
        Area(
            id=r["raum_id"],
            district=parents[r["raum_id"]],
            population=number(r["bevoelkerung_2006"]),
            positions=tuple(number(r[name]) for name in POSITIONS),
            drift=(number(r["drift_vor"]), number(r["drift_nach"])),
            growth=number(r["wachstum"]),
        )
        for r in rows(model / "lage.csv")
    ]
    targets = [
        Target(r["raum_id"], r["merkmal"], day_of(r["stichtag"]), number(r["wert"]), r["art"])
        for r in rows(model / "vorgaben.csv")
        if r["art"] in FIXED and r["merkmal"]
    ]
    return Assumptions(
        city=next(key for key, parent in parents.items() if not parent),
        areas=areas,
        rates=[_rate(r) for r in rows(model / "raten.csv")],
        targets=targets,
        shifts={(r["raum_id"], r["merkmal"]): number(r["verschiebung"]) for r in rows(model / "ausnahmen.csv")},
        parameters={r["groesse"]: number(r["wert"]) for r in rows(model / "festlegungen.csv")},
        stored=[r["merkmal"] for r in rows(folder / "merkmale.csv")],
    )


def _rate(row: dict[str, str]) -> Rate:
    dates = [tuple(map(int, part.split(".")[:2])) for part in row["stichtage"].split()]
    return Rate(
        feature=row["merkmal"],
        method=row["verfahren"],
        whole=row["gesamt"],
        cap=row["hoechstens"],
        terms=tuple(part.strip() for part in row["formel"].split("+") if part.strip()),
        dates=tuple((month, day) for day, month in dates),
        first=int(row["von"]),
        last=int(row["bis"]),
        level=(number(row["niveau_2000"]), number(row["niveau_2007"])),
        slopes=tuple(number(row[name]) for name in POSITIONS),
        spread=number(row["streuung"]),
        yearly=number(row["jahresstreuung"]),
        dimension=row["dimension"],
        dimension_spread=number(row["dimensionsstreuung"]),
        turnover=number(row["erneuerung"]) if row["erneuerung"] else 1.0,
        draw=row["ziehung"],
    )
