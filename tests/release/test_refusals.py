"""What is not ready is not released, and what cannot be made anew is taken back to the byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import small_report

from sozialbericht import command
from sozialbericht.audit import sources, verdict
from sozialbericht.audit.bounds import Interval
from sozialbericht.audit.questions import Target
from sozialbericht.audit.verdict import Result
from sozialbericht.cache import protecteddata
from sozialbericht.cache.runcache import RunCache
from sozialbericht.data.releases import releaserecord, showncells
from sozialbericht.faults import ReportError
from sozialbericht.order import manifest, project
from sozialbericht.order.manifest import Manifest
from sozialbericht.order.request import Made, Request
from sozialbericht.release import releasing
from sozialbericht.rendering import production

EDITION = "0123456789abcdef"


class Ready:
    """A project whose report is finished, and a production that says what it is asked for."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.data, self.folder, self._capsys = root, root / "data", root / "build" / "2006", capsys
        self.asked: list[Request] = []
        self.fails: BaseException | None = None
        self.edition = EDITION
        self.result = Result(())

    def finish(self, kind: str = manifest.REPORT, year: int = 2006, files: tuple[str, ...] = ("bericht-2006.pdf",)):
        for name in files:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text("x", encoding="utf-8")
        cache, request = RunCache.of(self.root), Request(2006, data=self.data)
        state = cache.keys.state(request, self.data, protecteddata.digests_of(cache, self.data, request))
        self.write(Manifest(kind, year, state, edition=EDITION, engine="builtin"))

    def write(self, about: Manifest) -> None:
        manifest.write(self.folder, manifest.of(self.folder, about))

    def make(self, request: Request, *, say, root: Path) -> Made:
        """Stand in for the production of the report."""
        self.asked.append(request)
        if self.fails is not None:
            raise self.fails
        self.write(Manifest(manifest.REPORT, 2006, "neu", edition=self.edition))
        return Made(self.folder, None, None, "x")

    def release(self, *options: str, year: int = 2006) -> tuple[int, str]:
        code = command.main(["release", "--year", str(year), "--data", str(self.data), *options])
        said = self._capsys.readouterr()
        return code, said.out + said.err

    def record(self) -> dict[str, bytes]:
        """The files on record."""
        paths = [self.data / releaserecord.NAME, *(self.data / showncells.NAME).glob("*")]
        return {path.name: path.read_bytes() for path in paths if path.is_file()}


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ready:
    root = small_report.project(tmp_path / "projekt")
    small_report.append(root / "data" / "bericht.yml", "verantwortlich: Dr. Erika Muster")
    for module in (project, releasing, sources):
        monkeypatch.setattr(module, "default_root", lambda: root)
    made = Ready(root, capsys)
    monkeypatch.setattr(production, "make", made.make)
    monkeypatch.setattr(verdict, "audit", lambda *_, **__: made.result)
    made.finish()
    return made


def test_a_finished_report_is_put_on_record(ready: Ready) -> None:
    code, said = ready.release()
    assert (code, "Freigegeben: " in said) == (0, True), said
    lines = ready.record()[releaserecord.NAME].decode().splitlines()
    assert lines[1].startswith("2006;freigegeben;") and lines[1].endswith(f";Dr. Erika Muster;;{EDITION}")
    assert ready.record()["2006.csv"].decode().splitlines()[0] == "raum_id;merkmal;stichtag;wert;gedruckt"


def test_the_same_report_is_made_anew(ready: Ready) -> None:
    files = ("bericht-2006.pdf", "html/index.html", "html/profil-sr_hafen.html", "profile/sr_altstadt.pdf")
    ready.finish(files=files)
    assert ready.release()[0] == 0
    (asked,) = ready.asked
    assert (asked.year, asked.formats, asked.engine, asked.only) == (2006, ("pdf", "html"), "builtin", [])
    assert asked.profiles is not None and sorted(asked.profiles) == ["sr_altstadt", "sr_hafen"]


def test_without_profiles_none_are_made(ready: Ready) -> None:
    assert ready.release()[0] == 0
    assert (ready.asked[0].formats, ready.asked[0].profiles) == (("pdf",), None)


def without_name(ready: Ready) -> None:
    path = ready.data / "bericht.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("verantwortlich", "# "), encoding="utf-8")
    ready.finish()


def official(ready: Ready) -> None:
    path = ready.data / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | {"status": "amtlich"}), encoding="utf-8")
    ready.finish()


def partly_declared(ready: Ready) -> None:
    small_report.append(ready.data / "bericht.yml", "herausgeber: Stadt\nkontakt: Amt\npflichtangaben: {melden: Amt}")
    official(ready)


def as_excerpt(ready: Ready) -> None:
    ready.finish(kind=manifest.EXCERPT)


def of_another_year(ready: Ready) -> None:
    ready.finish(year=2005)


def without_report(ready: Ready) -> None:
    (ready.folder / manifest.NAME).unlink()


def with_other_data(ready: Ready) -> None:
    small_report.append(ready.data / "bericht.yml", "kontakt: anders")


def with_a_changed_file(ready: Ready) -> None:
    small_report.append(ready.folder / "bericht-2006.pdf", "mehr")


def unprintable(ready: Ready) -> None:
    path = ready.data / "bericht.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("Muster", "Muster 漢"), encoding="utf-8")
    ready.finish()


def damaged(ready: Ready) -> None:
    (ready.data / releaserecord.NAME).write_text("jahr;status\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        (without_name, (), "Ergänzen Sie eine Zeile: verantwortlich: Vorname Nachname"),
        (official, (), "fehlt: herausgeber, kontakt, pflichtangaben: barrierefreiheit, pflichtangaben: melden"),
        (partly_declared, (), "fehlt: pflichtangaben: barrierefreiheit, pflichtangaben: durchsetzung"),
        (without_report, (), "Hier liegt kein fertiger Bericht dieses Jahres."),
        (as_excerpt, (), "Hier liegt kein fertiger Bericht dieses Jahres."),
        (of_another_year, (), "Hier liegt kein fertiger Bericht dieses Jahres."),
        (with_other_data, (), "nicht aus den jetzigen Daten, Notebooks und Texten gemacht"),
        (with_a_changed_file, (), "bericht-2006.pdf: Die Datei ist nicht mehr die, die der Lauf gemacht hat."),
        (unprintable, (), "gibt es in den Schriften des Berichts nicht"),
        (damaged, (), "freigaben.csv, Zeile 1"),
        (None, ("--status", "berichtigt"), "noch nicht freigegeben; es gibt nichts zu berichtigen"),
        (None, ("--status", "berichtigt"), "Zu einer Berichtigung fehlt der Anlass."),
        (None, ("--reason", "ohne Grund"), "Einen Anlass hat nur eine Berichtigung."),
        (None, ("--status", "berichtigt", "--reason", "x" * 201), "kein Text in einer Zeile"),
        (None, ("--status", "berichtigt", "--reason", "a\nb"), "kein Text in einer Zeile"),
        (None, ("--status", "zurückgezogen"), "nur: freigegeben, berichtigt"),
    ],
)  # fmt: skip
def test_what_is_not_ready_is_refused(ready: Ready, change, options, words) -> None:
    if change is not None:
        change(ready)
    before = ready.record()
    code, said = ready.release(*options)
    assert code == 2 and words in said.replace("'", ""), said
    assert ready.record() == before and not ready.asked


def test_a_year_without_data_is_refused(ready: Ready) -> None:
    code, said = ready.release(year=2010)
    assert code == 2 and "Für das Jahr 2010 gibt es keine Werte" in said


def test_the_audit_has_the_last_word(ready: Ready) -> None:
    ready.result = Result((Target(("merkmal", "alo_u25"), "sr_hafen", "2006-09-30", Interval(2, 2, 1)),))
    code, said = ready.release()
    assert code == 1 and "Der Bericht darf so nicht erscheinen." in said and "Hafen" in said
    assert ready.record() == {} and not ready.asked


@pytest.mark.parametrize(
    ("error", "words"),
    [(ReportError("Typst mag nicht."), "Typst mag nicht."), (KeyboardInterrupt(), "Abgebrochen; es ist nichts")],
)  # fmt: skip
def test_what_was_recorded_is_taken_back(ready: Ready, error, words) -> None:
    ready.fails = error
    code, said = ready.release()
    assert code == 1 and words in said
    assert ready.record() == {} and not (ready.data / showncells.NAME).exists()


def test_an_earlier_record_comes_back(ready: Ready) -> None:
    assert ready.release()[0] == 0
    before = ready.record()
    with_other_data(ready)
    ready.finish()
    found = manifest.read(ready.folder)
    assert found is not None
    ready.write(Manifest(found.kind, found.year, found.state, edition="neue fassung"))
    ready.fails = ReportError("Typst mag nicht.")
    assert ready.release("--status", "berichtigt", "--reason", "Tippfehler")[0] == 1
    assert len(ready.asked) == 2 and ready.record() == before


def test_a_report_that_says_something_else_is_not_released(ready: Ready) -> None:
    ready.edition = "fedcba9876543210"
    code, said = ready.release()
    assert code == 1 and "nicht mehr dasselbe wie der geprüfte" in said
    assert ready.record() == {}


def test_a_data_folder_that_cannot_be_written(ready: Ready) -> None:
    (ready.data / showncells.NAME).write_text("im Weg", encoding="utf-8")
    ready.finish()
    code, said = ready.release()
    assert code == 1 and "In den Datenordner lässt sich nicht schreiben" in said
    assert not (ready.data / releaserecord.NAME).exists()


def test_the_command_explains_itself(capsys) -> None:
    assert command.main(["release", "--help"]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("--status", "--reason", "--output", "--data", "ANLASS"))
    assert command.main(["release"]) == 2
    assert "es fehlt --year" in capsys.readouterr().err
