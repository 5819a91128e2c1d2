"""A report replaces the one before it as a whole."""

import errno
import os
import subprocess
import sys

import pytest

from sozialbericht import faults
from sozialbericht.faults import InputError, ReportError
from sozialbericht.rendering import places, publication


def report(folder, word):
    (folder / "projekt").mkdir(parents=True)
    (folder / "projekt" / "_quarto.yml").write_text(word, encoding="utf-8")
    return folder


def word(folder):
    return (folder / "projekt" / "_quarto.yml").read_text(encoding="utf-8")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_foreign_folder_is_refused(tmp_path):
    foreign = tmp_path / "fotos"
    foreign.mkdir()
    places.check_content(foreign)
    places.check_content(tmp_path / "neu")
    places.check_content(report(tmp_path / "bericht", "alt"))
    (foreign / "bild.jpg").touch()
    with pytest.raises(InputError, match="enthält etwas anderes als einen Bericht"):
        places.check_content(foreign)
    with pytest.raises(InputError, match="ist eine Datei"):
        places.check_content(foreign / "bild.jpg")


def test_success_replaces_the_old_report_and_tidies_up(tmp_path):
    output = report(tmp_path / "2006", "alt")
    with pytest.raises(ReportError), publication.workshop(output) as folder:
        report(folder / "bericht", "gescheitert")
        raise ReportError("kaputt")
    with publication.workshop(output) as folder:
        assert folder.parent == tmp_path
        publication.publish(report(folder / "bericht", "neu"), output)
    assert word(output) == "neu"
    assert names(tmp_path) == ["2006"]


def test_the_first_report(tmp_path):
    output = tmp_path / "tief" / "2006"
    with publication.workshop(output) as folder:
        publication.publish(report(folder / "bericht", "neu"), output)
    assert word(output) == "neu"


def test_failure_leaves_the_old_report_and_keeps_the_workshop(tmp_path):
    output = report(tmp_path / "2006", "alt")
    for attempt in ("eins", "zwei"):
        with pytest.raises(ReportError), publication.workshop(output) as folder:
            (folder / attempt).touch()
            raise ReportError("kaputt")
    assert word(output) == "alt"
    assert names(tmp_path) == ["2006", "2006.fehler"]
    assert names(tmp_path / "2006.fehler") == [publication.LEFT, "zwei"]


def test_an_interruption_leaves_nothing_behind(tmp_path):
    output = report(tmp_path / "2006", "alt")
    with pytest.raises(KeyboardInterrupt), publication.workshop(output):
        raise KeyboardInterrupt
    assert names(tmp_path) == ["2006"]


def test_a_report_that_is_open_elsewhere(tmp_path, monkeypatch):
    output, new = report(tmp_path / "2006", "alt"), report(tmp_path / "neu", "neu")

    def refuse(self, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.rename", refuse)
    with pytest.raises(ReportError, match="in einem anderen Programm geöffnet"):
        publication.publish(new, output)
    assert word(output) == "alt"


def test_the_old_report_comes_back_if_the_new_one_cannot_be_put_in_place(tmp_path, monkeypatch):
    output, new = report(tmp_path / "2006", "alt"), report(tmp_path / "neu", "neu")
    rename = type(output).rename

    def only_old(self, target):
        if self == new:
            raise OSError(18, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr("pathlib.Path.rename", only_old)
    with pytest.raises(OSError, match="cross-device"):
        publication.publish(new, output)
    assert word(output) == "alt"


def test_leftovers_of_a_crash_do_not_stop_the_next_run(tmp_path):
    output, new = report(tmp_path / "2006", "alt"), report(tmp_path / "neu", "neu")
    report(tmp_path / ".2006.alt", "uralt")
    publication.publish(new, output)
    assert word(output) == "neu"
    assert names(tmp_path) == ["2006"]


def test_two_runs_of_the_same_report(tmp_path):
    output = report(tmp_path / "2006", "alt")
    with publication.workshop(output) as folder:
        (folder / "arbeit").touch()
        with (
            pytest.raises(ReportError, match="Ein anderer Lauf macht gerade den Bericht"),
            publication.workshop(output),
        ):
            pass
        assert (folder / "arbeit").exists()
        with publication.workshop(tmp_path / "2007"):
            assert len(names(tmp_path)) == 5, "two folders, two locks, one report: another report is another matter"
    with publication.workshop(output):
        pass
    assert names(tmp_path) == ["2006"]


def test_a_killed_run_leaves_no_lock_and_its_folder_is_cleared_away(tmp_path):
    output, other = report(tmp_path / "2006", "alt"), tmp_path / ".2006-entwurf-abcdefgh"
    other.mkdir()
    code = (
        "import os, pathlib, sys; from sozialbericht.rendering import publication\n"
        "with publication.workshop(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(output)], check=False)
    left = [name for name in names(tmp_path) if name.startswith(".2006-") and name != other.name]
    assert len(left) == 1
    with publication.workshop(output) as folder:
        assert folder.name not in left
        assert left[0] not in names(tmp_path)
    assert names(tmp_path) == [other.name, "2006"]
    assert word(output) == "alt"


def test_a_report_comes_back_that_was_being_replaced_when_the_run_was_killed(tmp_path):
    report(tmp_path / ".2006.alt", "alt")
    with publication.workshop(tmp_path / "2006"):
        assert word(tmp_path / "2006") == "alt"


def test_a_full_disk_is_said_and_nothing_stays(tmp_path):
    output = report(tmp_path / "2006", "alt")
    fault = OSError(errno.ENOSPC, "No space left on device", "buch.pdf")
    message = r"kein Platz mehr \(beim Schreiben von buch.pdf\)"
    with pytest.raises(ReportError, match=message), publication.workshop(output) as folder:
        (folder / "halb").touch()
        raise fault
    assert names(tmp_path) == ["2006"]
    assert faults.disk_full(OSError(errno.EACCES, "Permission denied")) is None


@pytest.mark.skipif(os.name != "posix", reason="braucht flock")
def test_folders_without_locks_go_without(tmp_path, monkeypatch):
    def none(file, how):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", none)
    with publication.workshop(tmp_path / "2006") as folder:
        assert folder.is_dir()
