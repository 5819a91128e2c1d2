"""Exporting: ``sozialbericht export`` for the command line – the open data of a report without its pages, audited as it
is."""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import tempfile
from pathlib import Path

from sozialbericht.audit import account, sources, verdict
from sozialbericht.cache import checkeddata, protecteddata
from sozialbericht.cache.runcache import RunCache
from sozialbericht.data.faultlist import Findings
from sozialbericht.data.releases import releaserecord
from sozialbericht.export import exportdraft, exportfolder
from sozialbericht.faults import Fault, InputError, ReportError
from sozialbericht.order import manifest, moment
from sozialbericht.order.project import default_root, find_data
from sozialbericht.order.request import Request

DESCRIPTION = "Schreibt die offenen Daten eines Berichts: Tabellen, Arbeitsmappe, GeoPackage und ihre Beschreibung."


def options(parser: argparse.ArgumentParser) -> None:
    """The options of ``sozialbericht export``."""
    parser.add_argument("--year", type=int, required=True, metavar="JAHR", help="das Berichtsjahr, z. B. 2006")
    parser.add_argument("--output", type=Path, metavar="ORDNER", help="Ziel (Vorgabe: build/JAHR-daten)")
    parser.add_argument(
        "--data", type=Path, default=Path("data"), metavar="ORDNER", help="Ordner der Daten (Vorgabe: data)"
    )
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")


def exported(given: argparse.Namespace) -> Path:
    """Write the files; returns their folder.

    Raises :class:`InputError` for faults of the data or a folder that holds something else, :class:`ReportError` where
    the audit has found something; then the folder is as before.
    """
    root, folder = default_root().resolve(), find_data(given.data).resolve()
    output = (given.output or root / "build" / f"{given.year}-{exportfolder.NAME}").resolve()
    _check(output)
    cache, request = RunCache.of(root), Request(given.year, data=folder)
    shown = sources.shown(folder, given.year)
    edition = protecteddata.digests_of(cache, folder, request).counts[:16]
    days = checkeddata.CheckedData.of(shown.tables).newest
    released = releaserecord.read(folder, Findings(folder), given.year)
    when = moment.of([dt.date.fromisoformat(days[given.year]), *(one.date for one in released)])
    content = exportfolder.files(exportdraft.of(cache, folder, request, when), edition)
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{output.name}-", dir=output.parent) as place:
        made = Path(place, "daten")
        exportfolder.write(content, made)
        result = verdict.audit([made], shown, cache=cache)
        if not result.safe:
            raise ReportError(account.summary(result, shown.tables))
        if output.is_dir():
            shutil.rmtree(output)
        made.rename(output)
    return output


def _check(output: Path) -> None:
    """Refuse a folder that holds something else than an earlier export."""
    known = {"werte.csv", "zahlen.csv", "datapackage.json"}
    if output.is_dir() and (names := set(manifest.leaves(output))) and not known <= names:
        what = f"Der Ordner {output} enthält etwas anderes als offene Daten und würde ersetzt."
        raise InputError([Fault("--output", what, "Einen neuen oder leeren Ordner angeben.")])
