"""Newyear: a file for the values of a year, with the rows of the year before and signs in place of its numbers."""

from __future__ import annotations

import calendar
import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from sozialbericht.data import contract
from sozialbericht.data.descriptor import NAME, resource
from sozialbericht.data.tableset import Tables
from sozialbericht.data.timeline import valueyears
from sozialbericht.faults import Fault, InputError
from sozialbericht.order.project import DATA
from sozialbericht.scaffold.given.tidyvalues import MISSING


def make(root: Path, year: int, say: Callable[[str], None]) -> None:
    """Write ``data/werte/<year>.csv`` of a project and list it in its contract.

    Raises :class:`InputError` where there is such a file or the data are not in order.
    """
    data = root / DATA
    tables = contract.load(data)
    pattern = resource(tables.descriptor, "werte")["jahresdateien"]
    target = data / pattern.replace("{jahr}", str(year))
    there = next((p for p in (target.with_suffix(e) for e in (".csv", ".xlsx")) if p.exists()), None)
    if there is not None or year in tables.years:
        what = f"Werte für {year} gibt es schon; sie werden nicht ersetzt."
        raise InputError([Fault((there or target).relative_to(root).as_posix(), what, "Die Zahlen dort eintragen.")])
    if not tables.years or not 1900 <= year <= 2199:
        what = f"{year} ist kein Berichtsjahr." if tables.years else "Es gibt noch kein Jahr mit Werten."
        raise InputError([Fault("--year", what, "Ein Jahr wie 2008 nennen, nachdem ein erstes Werte hat.")])
    before = max((y for y in tables.years if y < year), default=min(tables.years))
    rows = list(_rows(tables, before, year - before))
    entry = resource(tables.descriptor, "werte")
    columns = [field["name"] for field in entry["schema"]["fields"]]
    text = io.StringIO(newline="")
    sign = entry.get("dialect", {}).get("delimiter", ";")
    writer = csv.DictWriter(text, columns, restval="", delimiter=sign, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    target.write_text(text.getvalue(), encoding=entry.get("encoding", "utf-8"))
    listed = data / NAME
    listed.write_text(valueyears.with_year(listed.read_text(encoding="utf-8"), pattern, year), encoding="utf-8")
    say(f"Angelegt: {target.relative_to(root)}, {len(rows)} Zeilen wie {before}, alle noch „{MISSING}“ (fehlt).")
    say(f"Die Zahlen eintragen, dann: python render.py --check und python render.py --year {year}")


def _rows(tables: Tables, before: int, years: int) -> Iterator[dict[str, str]]:
    """The rows of a year some years on: its areas, those that are new by then, merkmale and dates; without values."""
    values = tables.values[tables.values["stichtag"].dt.year == before]
    lowest = tables.areas.index[tables.areas["ebene"] == tables.levels[-1]]
    for (name, day), group in values.groupby(["merkmal", "stichtag"], sort=False):
        date = _moved(day, years)
        own = set(group["raum_id"])
        there = (tables.areas["gueltig_von"] <= date) & ~(tables.areas["gueltig_bis"] < date)
        for area in tables.areas.index[there]:
            if area in own or (area in lowest and own.intersection(lowest)):
                yield {"raum_id": str(area), "merkmal": str(name), "stichtag": f"{date:%d.%m.%Y}", "wert": MISSING}


def _moved(day: pd.Timestamp, years: int) -> pd.Timestamp:
    """The same day of another year; the 29th of February becomes the 28th."""
    year = day.year + years
    last = calendar.monthrange(year, day.month)[1]
    return day.replace(year=year, day=min(day.day, last))

