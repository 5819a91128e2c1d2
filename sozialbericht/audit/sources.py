"""Auditing: the audit of a finished report for the command line, with what the report's data allow to be shown."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from sozialbericht.audit import account, verdict
from sozialbericht.audit.cells import Cell, Shown, cells
from sozialbericht.cache.runcache import RunCache
from sozialbericht.data.releases import showncells
from sozialbericht.data.tableset import Tables
from sozialbericht.faults import Fault, InputError
from sozialbericht.findings import tablestore
from sozialbericht.order import manifest
from sozialbericht.order.project import check_year, default_root, find_data
from sozialbericht.statistics.cube import aggregate


def options(parser: argparse.ArgumentParser) -> None:
    """The options of ``sozialbericht audit``."""
    parser.add_argument("--year", type=int, required=True, metavar="JAHR", help="das Berichtsjahr, z. B. 2006")
    parser.add_argument("--output", type=Path, metavar="ORDNER", help="der fertige Bericht (Vorgabe: build/JAHR)")
    parser.add_argument(
        "--earlier",
        type=Path,
        nargs="*",
        default=[],
        metavar="ORDNER",
        help="frühere Berichte, die schon öffentlich sind",
    )
    parser.add_argument(
        "--data", type=Path, default=Path("data"), metavar="ORDNER", help="Ordner der Daten (Vorgabe: data)"
    )
    parser.add_argument("--all", action="store_true", help="auch die geschützten Zahlen nennen")
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")


def shown(data: Path, year: int) -> Shown:
    """What the protected tables of a data folder allow a report of this year to print, and what earlier ones have."""
    store = tablestore.of(data, year)
    check_year(year, store.tables().years)
    cube = store.cube()
    tables = store.tables()
    return replace(Shown(tables, cube[cube["stichtag"].dt.year <= year], store.values(year)), **_released(tables, year))


def _released(tables: Tables, year: int) -> dict[str, Any]:
    """What released reports have shown up to a year, as :class:`Shown` has it."""
    table = tables.others.get(showncells.NAME)
    if table is None:
        return {}
    held = showncells.holding(table, aggregate(tables.values, tables.areas))
    held = held[held["stichtag"].dt.year <= year]
    numbers, unseen, printed = held["wert"].to_numpy(), held["unseen"].to_numpy(), held["gedruckt"].to_numpy()
    rows = list(zip(cells(held), numbers.tolist(), unseen.tolist(), printed.tolist(), strict=True))
    return {
        "released": {cell: number for cell, number, hidden, certain in rows if certain and not hidden},
        "told": {cell: number for cell, number, hidden, _ in rows if hidden},
        "listed": frozenset(cell for cell, _, hidden, _ in rows if not hidden),
    }


def public(data: Path, year: int) -> tuple[Cell, ...]:
    """The counts up to a year that today's rules would withhold and that released reports have shown."""
    found = tablestore.of(data, year).protection().public()
    return tuple(cells(found[found["stichtag"].dt.year <= year]))


def audited(given: argparse.Namespace, cache: RunCache) -> tuple[str, bool]:
    """What the audit of a report says, and whether it may leave the house; ``cache`` keeps readings."""
    report = given.output or default_root() / "build" / str(given.year)
    if not report.is_dir():
        remedy = f"Machen Sie zuerst den Bericht: python render.py --year {given.year}"
        raise InputError([Fault(str(report), "Hier liegt kein fertiger Bericht.", remedy)])
    allowed = shown(find_data(given.data), given.year)
    result = verdict.audit([report, *given.earlier], allowed, cache=cache)
    if allowed.listed or allowed.told:
        result = replace(result, public=public(find_data(given.data), given.year))
    return _about(report) + account.summary(result, allowed.tables, everything=given.all), result.safe


def _about(report: Path) -> str:
    """What has to be known of a folder that holds no audited report."""
    found = manifest.read(report)
    if found is None or found.kind == manifest.REPORT:
        return ""
    kind = "Auszug (--only)" if found.kind == manifest.EXCERPT else "Entwurf (--draft, --watch)"
    return (
        f"Hier liegt ein {kind}. Beim Machen hat ihn niemand geprüft, jede Seite sagt „Entwurf, ungeprüft“; zum "
        "Veröffentlichen den ganzen Bericht ohne diese Option machen.\n\n"
    )
