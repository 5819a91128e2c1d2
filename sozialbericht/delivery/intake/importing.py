"""Importing: ``sozialbericht import``: a delivery is read, shown, and taken into the data, or taken back."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import getpass
import hashlib
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from sozialbericht import numbers
from sozialbericht.data import contract
from sozialbericht.data.tableset import Tables
from sozialbericht.data.timeline import intakelog
from sozialbericht.delivery.assignment import officefile, recognition
from sozialbericht.delivery.assignment.assigning import Assigned, assigned
from sozialbericht.delivery.assignment.dialogue import Dialogue
from sozialbericht.delivery.assignment.officefile import Officefile
from sozialbericht.delivery.cells.areanames import AreaNames
from sozialbericht.delivery.intake import ledgerfiles, previewpage, valuefiles
from sozialbericht.delivery.intake.difference import Difference, difference, undelivered
from sozialbericht.delivery.intake.preview import Preview, preview
from sozialbericht.delivery.intake.settlement import Settled, settled
from sozialbericht.delivery.intake.trial import tried
from sozialbericht.delivery.layout.foundtable import FoundTable
from sozialbericht.delivery.layout.searching import tables as found_tables
from sozialbericht.delivery.sheets import opening
from sozialbericht.digests import file_digest
from sozialbericht.faults import Fault, InputError
from sozialbericht.order.project import default_root, find_data

DESCRIPTION = (
    "Bringt die Datei einer Stelle in die Daten: liest Excel, ODS, CSV und Text, auch als ZIP, ordnet Spalten den "
    "Merkmalen zu, zeigt eine Vorschau und schreibt erst danach."
)
PASTED = "Zwischenablage"


def options(parser: argparse.ArgumentParser) -> None:
    """The options of ``sozialbericht import``."""
    parser.add_argument("files", nargs="*", metavar="DATEI", help="eine oder mehrere Dateien; - liest eingefügten Text")
    parser.add_argument(
        "--as", dest="source", default="", metavar="QUELLE", help="Name der Stelle (data/quellen/QUELLE.yml)"
    )
    parser.add_argument("--yes", action="store_true", help="nichts fragen: Vorschläge gelten, und es wird geschrieben")
    parser.add_argument("--preview", action="store_true", help="nur die Vorschau zeigen")
    parser.add_argument("--undo", action="store_true", help="die letzte Lieferung zurücknehmen")
    parser.add_argument("--date", default="", metavar="TT.MM.JJJJ", help="Stichtag, wo die Datei keinen nennt")
    parser.add_argument(
        "--set", nargs="+", default=[], metavar="NAME=ANGABE", dest="answers",
        help="Überschrift=Merkmal oder Gebietsname=raum_id; „ohne“ lässt weg",
    )  # fmt: skip
    parser.add_argument("--initials", default="", metavar="KÜRZEL", help="wer einliest; wird nicht veröffentlicht")
    parser.add_argument("--remark", default="", metavar="TEXT", help="Bemerkung für data/protokoll.csv")
    parser.add_argument(
        "--data", type=Path, default=Path("data"), metavar="ORDNER", help="Ordner der Daten (Vorgabe: data)"
    )
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")


def imported(given: argparse.Namespace, say: Callable[[str], None]) -> str:
    """Carry the command out; returns what is to be said at its end. Raises :class:`InputError` with every fault."""
    root = default_root()
    data, keep = find_data(given.data).resolve(), root / "build"
    if cut := ledgerfiles.recovered(data, keep):
        say(f"Eine abgebrochene Lieferung ist zurückgenommen: {cut}")
    if given.undo:
        if given.files:
            raise InputError([Fault("--undo", "Mit --undo wird keine Datei gelesen.", "Die Datei weglassen.")])
        return f"Zurückgenommen: {ledgerfiles.undone(data, keep)}"
    if not given.files:
        raise InputError([Fault("import", "Es ist keine Datei genannt.", "sozialbericht import DATEI oder import -.")])
    person = not given.yes and sys.stdin is not None and sys.stdin.isatty() and "-" not in given.files
    now = contract.load(data)
    dialogue = Dialogue(
        {str(k): str(v) for k, v in now.features["bezeichnung"].items()},
        {str(k): str(v) for k, v in now.areas["name"].items()},
        input if person else None, say, given.yes, _answers(given),
    )  # fmt: skip
    intake = Intake(now, dialogue)
    told = intake.read(given.files, given.source)
    page = previewpage.write(told, now, keep)
    say(f"{told.text()}\n\nDie Vorschau als Seite, nur für Sie: {page}\n")
    if intake.change.empty:
        return "Nichts Neues; es wurde nichts geschrieben."
    if given.preview:
        return "Nur eine Vorschau; es wurde nichts geschrieben."
    if not given.yes and not person:
        return "Es wurde nichts geschrieben. Mit --yes übernehmen."
    if person and input("In die Daten übernehmen? [n] ").strip().casefold() not in ("j", "ja", "y", "yes"):
        return "Es wurde nichts geschrieben."
    files = intake.files(given)
    what = f"{told.source}, {', '.join(told.files)}: {told.sentence}"
    ledgerfiles.replaced(data, keep, files, what)
    return (
        f"Übernommen: {numbers.number(len(intake.change.new))} neue und "
        f"{numbers.number(len(intake.change.changed))} geänderte "
        f"Werte; festgehalten in {data.name}/{intakelog.FILE}.\nZurücknehmen: sozialbericht import --undo"
    )


class Intake:
    """One delivery on its way: read, assigned, settled, compared and tried."""

    def __init__(self, now: Tables, dialogue: Dialogue) -> None:
        self._now, self._dialogue = now, dialogue
        self.given: Assigned
        self.found: Settled
        self.change: Difference
        self._values: dict[str, bytes]
        self._sums: dict[str, str] = {}

    def read(self, files: list[str], source: str = "") -> Preview:
        """Read files and try what they bring; nothing is written. Raises :class:`InputError` with every fault."""
        tables = self._tables(files)
        known = self._source(tables, source)
        self.given = assigned(tables, self._now, known, self._dialogue)
        self.found = settled(self.given, self._now)
        self.change = difference(self.found.values, self._now)
        filled = undelivered(self.found.values, self._now)
        new = pd.concat([self.change.new, filled]) if len(filled) else self.change.new
        self._values = valuefiles.contents(self._now, new, self.change.changed)
        trial = tried(self._now.folder, self._values) if self._values else self._now
        return preview(self.given, self.found, self.change, filled, trial)

    def files(self, given: argparse.Namespace) -> dict[str, bytes]:
        """Everything that is to be written, by its path in the data folder: values, assignment, record."""
        known = self.given.known
        own = {f"{officefile.FOLDER}/{known.name}.yml": known.written().encode("utf-8")}
        record = {intakelog.FILE: self._record(given)}
        tried(self._now.folder, self._values | own | record)
        return self._values | own | record

    def _tables(self, files: list[str]) -> list[FoundTable]:
        grids, faults = [], []
        for name in files:
            try:
                if name == "-":
                    text = sys.stdin.read()
                    self._sums[PASTED] = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
                    grids += opening.pasted(text)
                elif not Path(name).is_file():
                    remedy = "Den Pfad prüfen; ein Name mit Leerzeichen braucht Anführungszeichen."
                    faults.append(Fault(name, "Die Datei gibt es nicht.", remedy))
                else:
                    grids += opening.grids(Path(name))
                    self._sums[Path(name).name] = file_digest(Path(name))
            except InputError as error:
                faults += error.faults
        if faults:
            raise InputError(faults)
        return found_tables(grids)

    def _source(self, tables: list[FoundTable], name: str) -> Officefile:
        """The assignment to read with: the named one, the one that fits, or a new one."""
        folder = self._now.folder
        if name and not officefile.NAME.fullmatch(name):
            remedy = "Erlaubt sind kleine Buchstaben, Ziffern und _; am Anfang ein Buchstabe."
            raise InputError([Fault("--as", f"„{name}“ taugt nicht als Name.", remedy)])
        if name and officefile.path(folder, name).is_file():
            return officefile.read(officefile.path(folder, name))
        known = officefile.known(folder)
        if not name and (fitting := recognition.source(tables, known, AreaNames(self._now.areas.reset_index()))):
            return fitting
        if not name:
            taken = {one.name for one in known}
            guess = recognition.proposal(tables[0].file)
            free = next(n for n in (guess, *(f"{guess}_{i}" for i in range(2, 1000))) if n not in taken)
            name = self._dialogue.name(free, tables[0].file)
        return Officefile(name)

    def _record(self, given: argparse.Namespace) -> bytes:
        """The record with a row for each file of the delivery."""
        path = self._now.folder / intakelog.FILE
        before = path.read_bytes().decode("utf-8-sig") if path.is_file() else ";".join(intakelog.COLUMNS) + "\n"
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, intakelog.COLUMNS, delimiter=";", lineterminator="\n")
        values = self.found.values
        files, sheets = zip(*((table.file, table.sheet) for table in self.given.raw.tables), strict=True)
        for file, digest in self._sums.items():
            own = [at for at, name in enumerate(files) if name == file or name.startswith(f"{file}/")] or range(
                len(files) if len(self._sums) == 1 else 0
            )
            rows = values[values["table"].isin(own)]
            new, changed = (f[f["table"].isin(own)] for f in (self.change.new, self.change.changed))
            days = [f"{day:%d.%m.%Y}" for day in sorted(rows["stichtag"].unique())]
            writer.writerow({
                "eingang": f"{_today():%d.%m.%Y}", "quelle": self.given.known.herkunft or self.given.known.name,
                "datei": file, "pruefsumme": digest,
                "blaetter": ", ".join(dict.fromkeys(filter(None, (sheets[at] for at in own)))),
                "zeilen": rows[["table", "row"]].drop_duplicates().shape[0], "werte": len(rows), "neu": len(new),
                "geaendert": len(changed), "stand": " bis ".join(dict.fromkeys([*days[:1], *days[-1:]])),
                "kuerzel": given.initials or _initials(), "bemerkung": " ".join(given.remark.split()),
            })  # fmt: skip
        return (before + ("" if before.endswith("\n") else "\n") + text.getvalue()).encode("utf-8")


def _answers(given: argparse.Namespace) -> dict[str, str]:
    """What ``--set`` and ``--date`` say."""
    faults, found = [], {}
    for text in given.answers:
        key, sign, value = text.rpartition("=")
        if not sign or not key.strip() or not value.strip():
            faults.append(Fault("--set", f"„{text}“ ist keine Angabe.", 'Zum Beispiel --set "Insgesamt=bev".'))
        found[key.strip()] = value.strip()
    if faults:
        raise InputError(faults)
    return found | ({"stichtag": given.date} if given.date else {})


def _today() -> dt.date:
    return dt.date.today()  # the day of the intake is a fact of the office, not of the report


def _initials() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
