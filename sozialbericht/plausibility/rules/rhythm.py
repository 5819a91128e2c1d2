"""Rhythm: Stichtage that do not fit the others of their Merkmal: a day that occurs once, a year that is left out.

A Merkmal is counted on the same days of each year, every year or every few years; the rule needs at least three Stände
on a day to know. How unusual a Stichtag is follows from the rule of succession: after n Stände on the usual days, the
next one is on another day with probability 1 / (n + 2). These are mild hints, whatever their number.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import numpy as np

from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.oddity import Cell, Oddity
from sozialbericht.plausibility.panel import Panel
from sozialbericht.plausibility.yardstick import deviations

#: So many Stände on a day make it a usual one.
USUAL = 3


def find(material: Material) -> Iterator[Oddity]:
    """Stichtage out of the rhythm, those of several Merkmale together, and years that are left out."""
    strange: dict[dt.date, list[Panel]] = {}
    absent: dict[tuple[dt.date, dt.date], list[Panel]] = {}
    for panel in material.panels.values():
        for date in off_days(panel.dates):
            strange.setdefault(date, []).append(panel)
        for gap in gaps(panel.dates):
            absent.setdefault(gap, []).append(panel)
    for date, panels in strange.items():
        usual = Counter(f"{day:%d.%m.}" for day in panels[0].dates if day != date).most_common(2)
        days = " und ".join(day for day, count in usual if count >= USUAL)
        what = (
            f"Der Stichtag {date:%d.%m.%Y} kommt bei {_names(material, panels)} nur einmal vor; "
            f"sonst wird am {days} gezählt."
        )
        remedy = "Prüfen Sie das Datum in der Lieferung."
        yield _told(material, date, panels, what, remedy)
    for (before, after), panels in absent.items():
        what = (
            f"Bei {_names(material, panels)} fehlt ein Stand zwischen dem {before:%d.%m.%Y} und dem {after:%d.%m.%Y}; "
            "sonst gibt es in jedem Jahr einen."
        )
        remedy = "Fehlt eine Lieferung, oder trägt ein Stand das falsche Jahr?"
        yield _told(material, after, panels, what, remedy)


def off_days(dates: tuple[dt.date, ...]) -> list[dt.date]:
    """The Stichtage on a day of the year that occurs once, where others occur at least ``USUAL`` times.

    Not the newest one of a day that may have become a usual one: only where its year has none on the usual days, or
    where it stands between others.
    """
    days = Counter((date.month, date.day) for date in dates)
    usual = {day for day, count in days.items() if count >= USUAL}
    if not usual:
        return []
    years = {date.year for date in dates if (date.month, date.day) in usual}
    return [
        date for date in dates if days[date.month, date.day] == 1 and (date.year not in years or date.year < max(years))
    ]


def gaps(dates: tuple[dt.date, ...]) -> list[tuple[dt.date, dt.date]]:
    """The Stichtage before and after a year that is left out on a day that is else counted every year."""
    found = []
    for day in sorted({(date.month, date.day) for date in dates}):
        own = [date for date in dates if (date.month, date.day) == day]
        steps = np.diff([date.year for date in own])
        if len(steps) >= USUAL and (steps == 1).sum() >= USUAL - 1 and (steps > 1).sum() == 1:
            at = int(np.argmax(steps))
            found.append((own[at], own[at + 1]))
    return found


def _names(material: Material, panels: list[Panel]) -> str:
    return material.list_of([panel.feature for panel in panels], most=3)


def _told(material: Material, date: dt.date, panels: list[Panel], what: str, remedy: str) -> Oddity:
    cells = tuple(
        Cell(panel.areas[row], panel.feature, date)
        for panel in panels
        for row in np.flatnonzero(np.isfinite(panel.values[:, panel.dates.index(date)]))
    )
    file, rows = material.places(cells)
    others = max(len(panel.dates) for panel in panels) - 1
    return Oddity(
        "stichtag", deviations(-float(np.log(others + 2))), what, remedy, file, rows, feature=panels[0].feature,
        date=date, cells=cells,
    )  # fmt: skip
