"""Releasing: a finished report is looked over, put on record, and made anew with its status printed.

What was recorded is taken back where the report cannot be made anew, or does not say the same any more.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sozialbericht.audit import account, sources, verdict
from sozialbericht.audit.cells import Shown
from sozialbericht.audit.readers import channels
from sozialbericht.cache import protecteddata
from sozialbericht.cache.runcache import RunCache
from sozialbericht.data import settings
from sozialbericht.data.decided import settingnodes
from sozialbericht.data.faultlist import Findings
from sozialbericht.data.releases import releaserecord, showncells
from sozialbericht.data.releases.releaserecord import Release, Stand
from sozialbericht.faults import Fault, InputError, ReportError, disk_full
from sozialbericht.order import manifest
from sozialbericht.order.manifest import Manifest
from sozialbericht.order.project import default_root, find_data
from sozialbericht.order.request import Made, Request
from sozialbericht.release import visible
from sozialbericht.rendering import production
from sozialbericht.stitching import glyphs

Say = Callable[[str], None]


def options(parser: argparse.ArgumentParser) -> None:
    """The options of ``sozialbericht release``."""
    parser.add_argument("--year", type=int, required=True, metavar="JAHR", help="das Berichtsjahr, z. B. 2006")
    parser.add_argument(
        "--status",
        choices=[stand.value for stand in Stand],
        default=Stand.RELEASED.value,
        help="zum ersten Mal freigeben (Vorgabe) oder die Berichtigung eines freigegebenen Berichts",
    )
    parser.add_argument("--reason", default="", metavar="ANLASS", help="warum berichtigt wird; steht im Impressum")
    parser.add_argument("--output", type=Path, metavar="ORDNER", help="der fertige Bericht (Vorgabe: build/JAHR)")
    parser.add_argument(
        "--data", type=Path, default=Path("data"), metavar="ORDNER", help="Ordner der Daten (Vorgabe: data)"
    )
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")


def release(given: argparse.Namespace, say: Say) -> Made:
    """Release the finished report that the options name; returns the edition that says so.

    Raises :class:`InputError` where it is not ready to be, :class:`ReportError` where the audit has found something or
    the report could not be made anew; then nothing has changed.
    """
    root, data = default_root().resolve(), find_data(given.data).resolve()
    shown = sources.shown(data, given.year)
    request = Request(given.year, output=given.output, data=data)
    report = _Finished(request, root, data)
    before = _recorded(data)
    new = _edition(
        given, shown.tables.settings, before, report.manifest.edition, official=not shown.tables.status_text
    )
    say("Prüfe die Geheimhaltung des fertigen Berichts")
    cache = RunCache.of(root)
    result = verdict.audit([report.folder], shown, cache=cache)
    if not result.safe:
        raise ReportError(account.summary(result, shown.tables))
    record = {
        data / releaserecord.NAME: releaserecord.written([*before, new]),
        showncells.path(data, given.year): _shown(data, report.folder, shown, cache),
    }
    with _taken_back(record):
        say("Mache den Bericht mit seinem neuen Stand")
        made = production.make(report.again(), say=say, root=root)
        now = manifest.read(made.folder)
        if now is None or now.edition != new.edition:
            raise ReportError(
                "Der Bericht sagt, neu gemacht, nicht mehr dasselbe wie der geprüfte. Hängt ein Notebook von der "
                "Uhrzeit oder vom Netz ab?",
                "Den Bericht mit „python render.py“ neu machen und ansehen.",
            )
    return made


@dataclass(frozen=True)
class _Finished:
    """A finished report that can be released."""

    request: Request
    root: Path
    data: Path

    def __post_init__(self) -> None:
        """Refuse what is no whole report, is not of today's inputs, or has been changed."""
        remedy = f"Machen Sie zuerst den Bericht: python render.py --year {self.request.year}"
        found = manifest.read(self.folder)
        if found is None or found.kind != manifest.REPORT or found.year != self.request.year:
            raise InputError([Fault(str(self.folder), "Hier liegt kein fertiger Bericht dieses Jahres.", remedy)])
        cache = RunCache.of(self.root)
        protected = protecteddata.digests_of(cache, self.data, self.request)
        if found.state != cache.keys.state(self.request, self.data, protected):
            what = "Der Bericht ist nicht aus den jetzigen Daten, Notebooks und Texten gemacht."
            raise InputError([Fault(str(self.folder), what, remedy)])
        for path, entry in found.files.items():
            if entry.earlier:
                what = "Im Ordner liegt noch etwas von einem früheren Stand."
                raise InputError([Fault(str(self.folder / path), what, "Löschen Sie es oder machen Sie alles neu.")])
            if not manifest.unchanged(self.folder / path, entry):
                what = "Die Datei ist nicht mehr die, die der Lauf gemacht hat."
                raise InputError([Fault(str(self.folder / path), what, remedy)])

    @property
    def folder(self) -> Path:
        return self.request.folder(self.root)

    @property
    def manifest(self) -> Manifest:
        return manifest.read(self.folder) or Manifest()

    def again(self) -> Request:
        """The request that makes the same report: its formats, its profiles, its engine."""
        year, files = self.request.year, self.manifest.files
        made = {"pdf": f"bericht-{year}.pdf", "docx": f"bericht-{year}.docx", "html": "html/index.html"}
        formats = tuple(name for name, file in made.items() if file in files)
        pages = [Path(path).stem for path in files if path.startswith("html/profil-")]
        single = [Path(path).stem for path in files if path.startswith("profile/")]
        areas = dict.fromkeys([*(name.removeprefix("profil-") for name in pages), *single])
        engine, output = self.manifest.engine, self.request.output
        return Request(year, formats, engine, output, data=self.data, profiles=list(areas) or None)


def _recorded(data: Path) -> list[Release]:
    """All that is on record; raises :class:`InputError` where the file is damaged."""
    findings = Findings(data)
    found = releaserecord.read(data, findings)
    if len(findings):
        raise InputError(findings.faults())
    return found


def _undeclared(decided: settings.Settings) -> list[Fault]:
    """What a public body must publish and this report does not say."""
    what = f"Für einen amtlichen Bericht fehlt: {', '.join(decided.undeclared)}."
    remedy = "Ergänzen Sie die Angaben (Handbuch: Pflichtangaben) und machen Sie den Bericht neu."
    return [Fault(f"data/{settings.NAME}", what, remedy)] if decided.undeclared else []


def _edition(
    given: argparse.Namespace, decided: settings.Settings, before: list[Release], edition: str, *, official: bool
) -> Release:
    """What will be on record of this edition; raises :class:`InputError` with all that is missing or wrong."""
    earlier, stand = [one for one in before if one.year == given.year], Stand(given.status)
    by, reason, faults = decided.verantwortlich, given.reason.strip(), []
    if not by:
        what = "Es ist nicht gesagt, wer die Veröffentlichung verantwortet."
        faults.append(Fault(f"data/{settings.NAME}", what, "Ergänzen Sie eine Zeile: verantwortlich: Vorname Nachname"))
    if official:
        faults += _undeclared(decided)
    if stand == Stand.RELEASED and earlier:
        what = f"Der Bericht {given.year} ist schon freigegeben, am {earlier[-1].date:%d.%m.%Y}."
        faults.append(Fault("--status", what, "Eine neue Fassung: --status berichtigt --reason „Anlass“"))
    if stand == Stand.RELEASED and reason:
        faults.append(Fault("--reason", "Einen Anlass hat nur eine Berichtigung.", "Lassen Sie --reason weg."))
    if stand == Stand.CORRECTED and not earlier:
        what = f"Der Bericht {given.year} ist noch nicht freigegeben; es gibt nichts zu berichtigen."
        faults.append(Fault("--status", what, "Lassen Sie --status weg."))
    elif stand == Stand.CORRECTED and earlier[-1].edition == edition:
        what = f"Diese Fassung ist schon freigegeben, am {earlier[-1].date:%d.%m.%Y}."
        faults.append(Fault("--status", what, "Ändern Sie, was zu berichtigen ist, und machen Sie den Bericht neu."))
    if stand == Stand.CORRECTED and not reason:
        faults.append(Fault("--reason", "Zu einer Berichtigung fehlt der Anlass.", "Nennen Sie ihn: --reason „Anlass“"))
    if len(reason) > settingnodes.LONGEST or not reason.isprintable():
        what = f"Der Anlass ist kein Text in einer Zeile (höchstens {settingnodes.LONGEST} Zeichen)."
        faults.append(Fault("--reason", what, "Fassen Sie ihn kürzer."))
    for place, text in ((f"data/{settings.NAME}", by), ("--reason", reason)):
        if missing := glyphs.missing(text):
            faults.append(Fault(place, f"{missing} gibt es in den Schriften des Berichts nicht.", glyphs.REMEDY))
    if faults:
        raise InputError(faults)
    return Release(given.year, stand, _today(), by, reason, edition)


def _today() -> dt.date:
    return dt.date.today()


def _shown(data: Path, report: Path, shown: Shown, cache: RunCache) -> str:
    """The file of all counts that this report has shown, and earlier editions of it."""
    counts = visible.counts(channels.read(report, cache), shown)
    return showncells.written(counts, showncells.read(data, shown.year))


@contextmanager
def _taken_back(texts: Mapping[Path, str]) -> Iterator[None]:
    """Write these files; where this context does not come to its end they are as before."""
    before = {path: path.read_bytes() if path.is_file() else None for path in texts}
    try:
        for path, text in texts.items():
            _write(path, text)
        yield
    except BaseException:
        for path, content in before.items():
            _restore(path, content)
        raise


def _write(path: Path, text: str) -> None:
    """Write a file of the data folder; raises :class:`ReportError` where that cannot be."""
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        why = f"In den Datenordner lässt sich nicht schreiben ({error.strerror}): {path}"
        raise disk_full(error) or ReportError(why, "Die Rechte an diesem Ordner prüfen.") from error


def _restore(path: Path, content: bytes | None) -> None:
    """Let a file be as it was; an empty folder that was made for it goes, too."""
    if content is not None:
        path.write_bytes(content)
        return
    with suppress(OSError):
        path.unlink(missing_ok=True)
        path.parent.rmdir()
