"""Nothing of the user's is lost: what a run may replace is what the manifest lists and what is still as it was made."""

import json
import os
import random
import shutil
import subprocess
import sys

import pytest

from sozialbericht.faults import InputError, ReportError
from sozialbericht.order import manifest
from sozialbericht.order.manifest import EXCERPT, REPORT, Manifest
from sozialbericht.rendering import places, publication, retention

MADE = {
    "bericht-2006.pdf": "%PDF",
    "html/index.html": "<html>",
    "html/web/a.css": "a",
    "projekt/_quarto.yml": "book:",
    "sozialraumprofile-2006.pdf": "%P",
    "profile/sr_a.pdf": "a",
    "profile/sr_b.pdf": "b",
}
PDF = ("bericht-2006.pdf", "projekt/_quarto.yml")
STATE = Manifest(REPORT, 2006, "stand 1")
LATER = Manifest(REPORT, 2006, "stand 2")


def write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def published(output, files=MADE, about=STATE):
    with publication.workshop(output) as folder:
        return publication.publish(write(folder / "bericht", files), output, about)


def content(folder):
    paths = [path for path in manifest.leaves(folder) if path != manifest.NAME and not (folder / path).is_dir()]
    return {path: (folder / path).read_text("utf-8") for path in paths}


def anew(*chosen, word=" neu"):
    return {path: MADE[path] + word for path in chosen or MADE}


def test_the_manifest_lists_what_was_made(tmp_path):
    assert published(tmp_path / "2006") == []
    listed = json.loads((tmp_path / "2006" / "manifest.json").read_text("utf-8"))
    assert (listed["schema"], listed["kind"], listed["year"], listed["state"]) == (1, "bericht", 2006, "stand 1")
    assert [f["path"] for f in listed["files"]] == sorted(MADE)
    assert set(listed["files"][0]) == {"path", "sha256", "size"}
    assert manifest.of(tmp_path / "2006", STATE) == manifest.read(tmp_path / "2006")


def test_a_new_report_replaces_what_is_listed_and_unchanged(tmp_path):
    output = tmp_path / "2006"
    published(output)
    assert published(output, anew(), LATER) == []
    assert content(output) == anew()


def test_files_that_no_run_has_made_stay(tmp_path):
    output = tmp_path / "2006"
    published(output)
    own = {"anschreiben.docx": "Brief", "html/notiz.txt": "x", "eigenes/tief/b.txt": "y", "projekt/.quarto/idx": "z"}
    write(output, own)
    (output / "leer").mkdir()
    (output / "verweis").symlink_to(tmp_path / "woanders")
    modified = (output / "anschreiben.docx").stat().st_mtime_ns
    notes = published(output, anew(), LATER)
    (output / "verweis").unlink()
    assert (output / "leer").is_dir()
    (output / "leer").rmdir()
    assert content(output) == anew() | own
    assert (output / "anschreiben.docx").stat().st_mtime_ns == modified
    assert len(notes) == 1
    assert notes[0] == (
        "Behalten, weil von keinem Lauf gemacht: anschreiben.docx, verweis, eigenes/tief/b.txt, html/notiz.txt"
    ), "not what programs leave behind"
    (note,) = published(output, anew(word=" 3"), STATE)
    assert note == "Behalten, weil von keinem Lauf gemacht: anschreiben.docx, eigenes/tief/b.txt, html/notiz.txt"
    assert content(output) == anew(word=" 3") | own


def test_an_annotated_pdf_stays_beside_the_new_one(tmp_path):
    output = tmp_path / "2006"
    published(output)
    (output / "bericht-2006.pdf").write_text("mit Anmerkungen")
    (note,) = published(output, anew(), LATER)
    assert "seit dem letzten Lauf geändert: bericht-2006 (bearbeitet).pdf" in note
    assert content(output) == anew() | {"bericht-2006 (bearbeitet).pdf": "mit Anmerkungen"}
    (output / "bericht-2006.pdf").write_text("noch einmal")
    published(output, anew(word=" 3"), STATE)
    assert content(output) == anew(word=" 3") | {
        "bericht-2006 (bearbeitet).pdf": "mit Anmerkungen",
        "bericht-2006 (bearbeitet 2).pdf": "noch einmal",
    }
    # the same change once more in the new report: one copy is enough
    (output / "bericht-2006.pdf").write_text("gleich")
    published(output, {**anew(), "bericht-2006.pdf": "gleich"}, LATER)
    assert sorted(p.name for p in output.glob("*.pdf")) == [
        "bericht-2006 (bearbeitet 2).pdf", "bericht-2006 (bearbeitet).pdf", "bericht-2006.pdf",
        "sozialraumprofile-2006.pdf",
    ]  # fmt: skip


def test_names_that_a_new_report_needs(tmp_path):
    output = tmp_path / "2006"
    published(output, {path: MADE[path] for path in PDF})
    own = {"profile": "eine Datei", "html/index.html": "eigene Seite", "Sozialraumprofile-2006.pdf": "eigenes"}
    write(output, own)
    published(output, anew(), LATER)
    assert content(output) == anew() | {
        "profile (eigene)": "eine Datei",
        "html/index (eigene).html": "eigene Seite",
        "Sozialraumprofile-2006 (eigene).pdf": "eigenes",
    }


def test_a_format_that_is_not_made_stays_while_nothing_has_changed(tmp_path):
    output = tmp_path / "2006"
    published(output)
    assert published(output, anew(*PDF), STATE) == []
    assert content(output) == MADE | anew(*PDF)
    assert set(manifest.read(output).files) == set(MADE)
    published(output, anew(), LATER)
    assert content(output) == anew()


def test_a_format_of_an_earlier_state_says_so(tmp_path):
    output = tmp_path / "2006"
    published(output)
    (note,) = published(output, anew(*PDF), LATER)
    assert "Von einem früheren Stand" in note and "html-frueher/" in note
    earlier = {
        "html-frueher/index.html": "<html>", "html-frueher/web/a.css": "a", "profile-frueher/sr_a.pdf": "a",
        "profile-frueher/sr_b.pdf": "b", "sozialraumprofile-2006-frueher.pdf": "%P",
    }  # fmt: skip
    assert content(output) == anew(*PDF) | earlier
    published(output, anew(*PDF, word=" 3"), STATE)
    assert content(output) == anew(*PDF, word=" 3") | earlier
    some = ("html/index.html", "projekt/_quarto.yml", "profile/sr_a.pdf", "sozialraumprofile-2006.pdf")
    published(output, anew(*some, word=" 4"), LATER)
    assert content(output) == anew(*some, word=" 4") | {
        "bericht-2006-frueher.pdf": "%PDF 3", "profile-frueher/sr_b.pdf": "b",
    }  # fmt: skip
    assert published(output, anew(), STATE) == []
    assert content(output) == anew()


def test_some_profiles_do_not_replace_all(tmp_path):
    output = tmp_path / "2006"
    published(output)
    some = anew(*PDF, "profile/sr_a.pdf") | {"sozialraumprofile-2006-auszug.pdf": "%1"}
    published(output, some, STATE)
    assert content(output) == MADE | some
    published(output, some, LATER)
    assert {"sozialraumprofile-2006-frueher.pdf", "sozialraumprofile-2006-auszug.pdf"} < set(content(output))
    assert (output / "profile-frueher" / "sr_b.pdf").is_file()
    published(output, anew(), STATE)
    assert content(output) == anew()


def test_a_folder_without_a_list_keeps_everything(tmp_path):
    output = write(tmp_path / "2006", MADE)
    (note,) = published(output, anew(*PDF) | {"html/web/a.css": "a"}, LATER)
    assert "frueher/" in note
    kept = {f"frueher/{path}": text for path, text in MADE.items() if path != "html/web/a.css"}
    assert content(output) == anew(*PDF) | {"html/web/a.css": "a"} | kept
    assert len(published(output, anew(), STATE)) == 1
    assert content(output) == anew() | kept


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[]", '{"schema": 2, "files": []}', '{"schema": 1, "kind": "x", "year": 1, "state": "", "files": [1]}',
     '{"schema": 1, "kind": "bericht", "year": 1, "state": "", '
     '"files": [{"path": "../weg", "sha256": "", "size": 1}]}'],
)  # fmt: skip
def test_a_damaged_manifest_lists_nothing(tmp_path, broken):
    output = tmp_path / "2006"
    published(output)
    write(tmp_path, {"weg": "x"})
    (output / manifest.NAME).write_text(broken)
    published(output, anew(*PDF), LATER)
    assert {f"frueher/{path}" for path in MADE} < set(content(output))
    assert (tmp_path / "weg").is_file()


def test_what_cannot_be_linked_is_moved(tmp_path, monkeypatch):
    output = tmp_path / "2006"
    published(output)
    write(output, {"brief.txt": "x", "bericht-2006.pdf": "Anmerkung"})

    def refuse(self, target):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refuse)
    published(output, anew(*PDF), STATE)
    assert content(output) == MADE | anew(*PDF) | {"brief.txt": "x", "bericht-2006 (bearbeitet).pdf": "Anmerkung"}
    published(output, anew(*PDF), LATER)
    assert {"html-frueher/index.html", "profile-frueher/sr_b.pdf", "brief.txt"} < set(content(output))


def test_what_comes_while_the_report_is_replaced_stays(tmp_path, monkeypatch):
    output = tmp_path / "2006"
    published(output)
    take = publication._take_over

    def late(folder):
        if (old := publication._old(folder)).exists():
            write(old, {"spät.txt": "x", "bericht-2006.pdf": "eben gespeichert"})
        take(folder)

    monkeypatch.setattr(publication, "_take_over", late)
    published(output, anew(), LATER)
    assert content(output) == anew() | {"spät.txt": "x", "bericht-2006 (bearbeitet).pdf": "eben gespeichert"}
    assert [p.name for p in tmp_path.iterdir()] == ["2006"]


KILLED = """
import itertools, json, os, pathlib, sys
sys.path.insert(0, sys.argv[4])
import test_retention
from sozialbericht.rendering import publication
output, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
changing = {"os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree", "open"}
seen = itertools.count()
def hook(event, arguments):
    if event in changing and (event != "open" or (isinstance(arguments[1], str) and set(arguments[1]) & set("wa+x"))):
        if next(seen) == count:
            os.kill(os.getpid(), 9)
with publication.workshop(output) as folder:
    new = test_retention.write(folder / "bericht", test_retention.anew(*json.loads(sys.argv[3])))
    sys.addaudithook(hook)
    publication.publish(new, output, test_retention.LATER)
sys.exit(3)
"""


@pytest.mark.skipif(os.name != "posix", reason="braucht SIGKILL")
@pytest.mark.parametrize("chosen", [PDF, tuple(MADE)], ids=["pdf", "alles"])
def test_killed_at_any_moment_nothing_is_lost(tmp_path, chosen):
    """A run is killed before its n-th change of the disk, for many n; the user's words are always there."""
    words = {"brief.txt": "Brief", "html/notiz.txt": "Notiz", "bericht-2006.pdf": "Anmerkung"}
    for count in [*range(0, 12), *random.Random(1).sample(range(12, 60), 8)]:
        output = tmp_path / f"{count}" / "2006"
        published(output)
        write(output, words)
        command = [sys.executable, "-c", KILLED, str(output), str(count), json.dumps(chosen), os.path.dirname(__file__)]  # noqa: PTH120
        code = subprocess.run(
            command, check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        ).returncode
        assert code in (-9, 3)
        alive = [content(p) for p in output.parent.iterdir() if p.is_dir()]
        for text in words.values():
            assert any(text in found.values() for found in alive), (count, text)
        with publication.workshop(output):
            pass
        assert [p.name for p in output.parent.iterdir()] == ["2006"], count
        found = content(output)
        assert sorted(text for text in found.values() if text in words.values()) == sorted(words.values()), count
        assert not any(path.is_dir() and not any(path.iterdir()) for path in output.rglob("*")), count
        assert found["bericht-2006.pdf"] in ("Anmerkung", "%PDF neu")
        assert "<html>" in found.values() or "<html> neu" in found.values()
        shutil.rmtree(output.parent)
        if code == 3:
            break


@pytest.mark.skipif(os.name != "posix", reason="Rechte wie unter POSIX")
def test_files_that_may_only_be_read(tmp_path):
    output = tmp_path / "2006"
    published(output)
    for path in (output / "bericht-2006.pdf", output / "html" / "index.html"):
        path.chmod(0o444)
    write(output, {"brief.txt": "x"})
    (output / "brief.txt").chmod(0o400)
    published(output, anew(), LATER)
    assert content(output) == anew() | {"brief.txt": "x"}
    assert [p.name for p in tmp_path.iterdir()] == ["2006"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="braucht einen Benutzer mit beschränkten Rechten")
def test_a_folder_that_cannot_be_looked_into(tmp_path):
    output = tmp_path / "2006"
    published(output)
    write(output, {"geheim/a.txt": "x"})
    (output / "geheim").chmod(0)
    published(output, anew(), LATER)
    (output / "geheim").chmod(0o700)
    assert content(output) == anew() | {"geheim/a.txt": "x"}
    assert [p.name for p in tmp_path.iterdir()] == ["2006"]


# -- excerpts ----------------------------------------------------------------------------------------------------


def test_an_excerpt_never_replaces_a_whole_report(tmp_path):
    output = tmp_path / "ziel"
    published(output)
    with pytest.raises(InputError, match="liegt ein vollständiger Bericht; ein Auszug"):
        places.check_content(output, EXCERPT)
    places.check_content(output)
    other = tmp_path / "auszug"
    published(other, {"bericht-2006-auszug.pdf": "%", "projekt/_quarto.yml": "x"}, Manifest(EXCERPT, 2006, "s"))
    places.check_content(other, EXCERPT)
    places.check_content(other)
    places.check_content(tmp_path / "neu", EXCERPT)
    shutil.rmtree(output / "projekt")
    with pytest.raises(InputError, match="vollständiger Bericht"):
        places.check_content(output, EXCERPT)
    with pytest.raises(InputError, match="vollständiger Bericht"):
        places.check_content(write(tmp_path / "alt", {"projekt/_quarto.yml": ""}), EXCERPT)


# -- the workshop of a failed run --------------------------------------------------------------------------------


def fail(output):
    with pytest.raises(ReportError), publication.workshop(output) as folder:
        write(folder, {"notebooks/01_a.ipynb": "{}", "notebooks/02_b.ipynb": "{}", "bericht/projekt/a.qmd": "x"})
        raise ReportError("kaputt")


def test_an_executed_notebook_that_was_edited_stays(tmp_path):
    output = tmp_path / "2006"
    fail(output)
    failed = tmp_path / "2006.fehler"
    (failed / "notebooks" / "01_a.ipynb").write_text("gefunden!")
    fail(output)
    aside = tmp_path / "2006.fehler (bearbeitet)"
    assert content(aside) == {"notebooks/01_a.ipynb": "gefunden!"}
    assert (failed / "notebooks" / "02_b.ipynb").is_file()
    write(failed, {"notebooks/.ipynb_checkpoints/01_a-checkpoint.ipynb": "{}"})
    published(output)
    assert not failed.exists()
    assert content(aside) == {"notebooks/01_a.ipynb": "gefunden!"}
    fail(output)
    write(failed, {"notiz.txt": "x"})
    published(output)
    assert content(tmp_path / "2006.fehler (bearbeitet 2)") == {"notiz.txt": "x"}


@pytest.mark.parametrize("what", ["Datei", "Ordner ohne Rechte"])
def test_a_place_that_cannot_be_written_to(tmp_path, what, monkeypatch):
    output = tmp_path / "tief" / "2006"
    if what == "Datei":
        (tmp_path / "tief").write_text("x")
    else:

        def refuse(*given, **named):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(ReportError, match="lässt sich nicht schreiben"), publication.workshop(output):
        pass


def test_what_programs_leave_behind():
    assert retention.LEFT_BEHIND.fullmatch("projekt/_buch/index.html")
    assert not retention.LEFT_BEHIND.fullmatch("html/index.html")


def test_what_lies_in_a_workshop_without_notebooks_stays(tmp_path):
    """A run that has failed before its first notebook, and a folder that no run has made, lose no file of others."""
    output, failed = tmp_path / "2006", tmp_path / "2006.fehler"
    write(failed, {"notebooks/meins.ipynb": "{}", "notiz.txt": "x"})
    with pytest.raises(ReportError), publication.workshop(output) as folder:
        (folder / "protokoll").touch()
        raise ReportError("kaputt")
    assert content(tmp_path / "2006.fehler (bearbeitet)") == {"notebooks/meins.ipynb": "{}", "notiz.txt": "x"}
    write(failed, {"notiz.txt": "y"})
    published(output)
    assert content(tmp_path / "2006.fehler (bearbeitet 2)") == {"notiz.txt": "y"} and not failed.exists()
