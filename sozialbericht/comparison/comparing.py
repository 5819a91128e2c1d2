"""Comparing: ``sozialbericht compare 2006 OTHER`` for the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from sozialbericht.comparison import differences
from sozialbericht.comparison.reportpair import ReportPair
from sozialbericht.faults import Fault, InputError
from sozialbericht.order import archive, manifest
from sozialbericht.order.project import default_root

DESCRIPTION = "Nennt, was sich zwischen zwei Berichten unterscheidet: Werte, Klassen, Sätze, Seiten."


def options(parser: argparse.ArgumentParser) -> None:
    """The options of ``sozialbericht compare``."""
    parser.add_argument("report", metavar="BERICHT", help="ein Jahr, z. B. 2006, oder der Ordner eines Berichts")
    parser.add_argument(
        "other", metavar="ANDERER", nargs="?",
        help="ein Jahr, ein Ordner oder die Kennung eines früheren Berichts aus build/archiv (Vorgabe: der letzte)",
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help="alle Unterschiede nennen, nicht nur die ersten")
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")


def compared(given: argparse.Namespace) -> tuple[str, bool]:
    """What differs, and whether nothing does; raises :class:`InputError` where there is no such report."""
    one = found(given.report)
    pair = ReportPair(_other(given.other, one), one)
    return differences.told(pair, everything=given.all), differences.same(pair)


def found(name: str) -> Path:
    """The folder of a report that a year or a path names; raises :class:`InputError`."""
    folder = default_root() / "build" / name if name.isdecimal() else Path(name)
    if manifest.read(folder) is None:
        remedy = "Den Bericht machen oder den Ordner nennen, in dem seine manifest.json liegt."
        raise InputError([Fault(name, f"In {folder} liegt kein Bericht.", remedy)])
    return folder.resolve()


def _other(name: str | None, one: Path) -> Path:
    earlier = archive.of(one)
    if name is None:
        if not earlier:
            what = f"Von {one} gibt es keinen früheren Bericht in {one.with_name(archive.NAME)}."
            raise InputError([Fault("ANDERER", what, "Den Ordner eines anderen Berichts nennen.")])
        return earlier[0]
    known = [folder for folder in earlier if folder.name.startswith(name)]
    return known[0] if known and not Path(name).is_dir() else found(name)
