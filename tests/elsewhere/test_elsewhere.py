"""A report as on Windows and on macOS, files that other programs hold: the same bytes, a message, nothing lost."""

from __future__ import annotations

import filecmp
import json
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import as_elsewhere
import pytest
import small_report

from sozialbericht.execution import kernelsource

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="die fremden Systeme werden auf Linux nachgestellt")
#: What lies beside a report always, or for programs alone.
USUAL = {".cache", "archiv", "2006.eingaben.json", "2006.log"}


@dataclass
class Place:
    """A project and how reports of it are made as on another system."""

    project: Path
    system: str = "windows"

    @property
    def output(self) -> Path:
        return self.project / "build" / "2006"

    def render(self, *more: str, held: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Make the report; ``held`` is open in another program."""
        command = [sys.executable, "-X", "warn_default_encoding", as_elsewhere.__file__, self.system, str(self.project)]
        return subprocess.run(
            [*command, "--year", "2006", "--engine", "builtin", "--output", str(self.output), *more], timeout=300,
            capture_output=True, check=False, encoding="cp1252",
            env={**kernelsource.environment(), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "cp1252",
                 "HELD_ELSEWHERE": str(held or "")},
        )  # fmt: skip

    def last_line(self, line: str) -> None:
        """Put a line of its own at the end of a chapter, in the place of the one before."""
        path = self.project / "notebooks" / "01_bevoelkerung.ipynb"
        content = json.loads(path.read_text(encoding="utf-8"))
        cell = content["cells"][-1]
        cell["source"] = cell["source"].partition("\n# ---")[0] + f"\n# ---\n{line}"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def beside(self) -> set[str]:
        """What lies beside the report for whoever looks into the folder."""
        return {path.name for path in self.output.parent.iterdir()} - USUAL


@pytest.fixture(scope="module")
def windows(tmp_path_factory):
    place = Place(small_report.project(tmp_path_factory.mktemp("anderswo")))
    made = place.render()
    assert made.returncode == 0, made.stdout + made.stderr
    return place


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def same(one: Path, other: Path) -> None:
    names = sorted(contents(one))
    assert names == sorted(contents(other)) and names
    assert filecmp.cmpfiles(one, other, names, shallow=False)[1:] == ([], [])


@pytest.mark.parametrize("system", ["windows", "macos"])
def test_the_report_is_the_same_everywhere(system, small_made, windows, tmp_path):
    output = windows.output
    if system != "windows":
        place = Place(small_report.project(tmp_path), system)
        made = place.render()
        assert made.returncode == 0, made.stdout + made.stderr
        output = place.output
    same(output, small_made.folder)


def test_a_pdf_that_is_open_in_a_reader(windows):
    before = contents(windows.output)
    windows.last_line("b.text('Ein Satz.')")
    made = windows.render(held=windows.output / "bericht-2006.pdf")
    assert made.returncode == 1
    assert "PDF oder der Ordner in einem anderen Programm geöffnet" in made.stdout + made.stderr
    assert "-> Dort schließen und erneut rendern" in made.stderr, "in the signs of the console"
    assert contents(windows.output) == before
    assert windows.beside() <= {"2006", "2006.fehler"}
    again = windows.render()
    assert again.returncode == 0 and "0 Notebooks aus" in again.stdout, "what was made before is not made again"
    assert contents(windows.output) != before and windows.beside() == {"2006"}


@pytest.mark.slow
def test_a_failed_notebook_that_is_open_elsewhere(windows):
    windows.last_line("leer = []\nb.text('Ein anderer Satz.')\nleer[1]")
    assert windows.render().returncode == 1
    kept = windows.output.with_name("2006.fehler") / "notebooks" / "bevoelkerung.ipynb"
    assert kept.is_file()
    small_report.append(kept, " ")
    windows.last_line("b.text('Noch ein Satz.')")
    made = windows.render(held=kept)
    assert made.returncode == 0, made.stdout + made.stderr
    assert kept.is_file(), "what was changed stays"
    windows.last_line("b.text('Ein letzter Satz.')")
    assert windows.render().returncode == 0
    assert not kept.is_file() and windows.beside() == {"2006", "2006.fehler (bearbeitet)"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["2006.log", "2006.eingaben.json", ".cache/CACHEDIR.TAG", "2006/notiz.docx"])
def test_other_files_that_are_open(windows, name):
    """A log in an editor, a document of one's own in the report's folder: the report is made or stays as it was."""
    held = windows.output.parent / name
    if not held.exists():
        held.write_text("x", encoding="utf-8")
    before = contents(windows.output)
    windows.last_line(f"b.text('Ein Satz mit {'und ' * len(name)}Ende.')")
    made = windows.render(held=held)
    said = made.stdout + made.stderr
    assert "Traceback" not in said
    if made.returncode:
        assert contents(windows.output) == before and "schließen und erneut" in said, said
        assert windows.render().returncode == 0
    assert held.is_file() and windows.beside() - {"2006", "2006.fehler (bearbeitet)"} == set()


@pytest.mark.slow
def test_archived_reports_that_are_open(windows):
    for sentence in ("Erstens.", "Zweitens.", "Drittens.", "Viertens.", "Fünftens."):
        windows.last_line(f"b.text({sentence!r})")
        held = next(iter(sorted((windows.output.parent / "archiv").rglob("*.pdf"))), None)
        made = windows.render(held=held)
        assert made.returncode == 0, made.stdout + made.stderr


@pytest.mark.slow
@pytest.mark.parametrize("system", ["windows", "macos"])
def test_profiles_and_the_word_file(system, tmp_path):
    place = Place(small_report.with_profiles(small_report.project(tmp_path)), system)
    for more in (["--profiles"], ["--format", "docx"]):
        made = place.render(*more)
        assert made.returncode == 0, made.stdout + made.stderr
    assert list(place.output.glob("*.docx")) and faults(names(place.output)) == []


# -- names and paths ----------------------------------------------------------------------------------------------


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def faults(paths: list[str]) -> list[str]:
    """Paths that Windows or macOS cannot hold side by side."""
    found = [path for path in paths if as_elsewhere.forbidden(PurePosixPath(path).name)]
    seen: dict[str, str] = {}
    for path in paths:
        folded = unicodedata.normalize("NFC", path).casefold()
        if seen.setdefault(folded, path) != path:
            found.append(path)
    return found


def test_names_fit_everywhere(windows):
    assert faults(["a/con.csv", "b?.png", "Über.csv", "u\u0308ber.csv", "ende."]) == [
        "a/con.csv", "b?.png", "ende.", "u\u0308ber.csv"
    ]  # fmt: skip
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")  # fmt: skip
    assert faults(names(windows.output)) == [] and faults([path for path in tracked if path]) == []


@pytest.mark.slow
def test_paths_are_short_enough(windows):
    """Of the 260 characters of Windows the project and the folder for temporary files may take 130."""
    said = windows.render("--no-cache").stderr
    longest = next(line for line in said.splitlines() if line.startswith("Längster Pfad: ")).partition(": ")[2]
    below = longest.removeprefix(str(windows.project.relative_to(windows.project.anchor)))
    assert max(map(len, names(windows.output))) <= 100
    assert 20 <= len(PurePosixPath(longest).name) <= 130 and len(below) <= 230, longest
