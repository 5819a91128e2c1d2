"""What differs between two reports is named: values, classes, sentences, pages, files – and nothing else."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from sozialbericht import command
from sozialbericht.comparison import comparing, differences, verifying
from sozialbericht.comparison.reportpair import Change, ReportPair
from sozialbericht.order import archive, inputlist, manifest
from sozialbericht.rendering.production import Made


@pytest.fixture
def pair(small_made: Made, tmp_path: Path) -> ReportPair:
    return ReportPair(small_made.folder, shutil.copytree(small_made.folder, tmp_path / "2006"))


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_report_and_its_copy(pair: ReportPair) -> None:
    assert differences.same(pair) and pair.files == [] and pair.counted > 100


def exchanged(folder: Path, wert: str, status: str) -> str:
    """Put another value and status in the place of the first value of 2006; returns the value before."""
    table = folder / "daten" / "werte.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["jahr"] == "2006" and row["status"] == "ok")
    before = row["wert"]
    row |= {"wert": wert, "status": status}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return before


def test_another_value(pair: ReportPair) -> None:
    before = exchanged(pair.other, "99.9", "ok")
    (value,) = pair.values
    assert (value.one, value.other) == (before, "99.9") and value.place.endswith("(2006)")
    assert pair.classes == [] and not differences.same(pair)
    assert [change.place for change in pair.files] == ["daten/werte.csv"]


def test_a_value_that_is_withheld_now(pair: ReportPair) -> None:
    before = exchanged(pair.other, "", "withheld")
    assert [(change.one, change.other) for change in pair.values] == [(before, "")]
    assert "Status withheld" in pair.classes[0].other


def test_another_sentence_and_another_page(pair: ReportPair) -> None:
    changed(pair.other / "html" / "glossar.html", "in Prozent der", "in Tausendstel der")
    (pair.other / "html" / "arbeitslosigkeit.html").rename(pair.other / "html" / "neues.html")
    told = differences.told(pair)
    assert [change.place for change in pair.sentences] == ["glossar", "glossar"]
    assert "in Prozent der" in pair.sentences[0].one and "in Tausendstel der" in pair.sentences[1].other
    places = {change.place for change in pair.pages}
    assert places == {"glossar", "arbeitslosigkeit", "neues"}
    assert "in Tausendstel der" in told and "neues: nichts → " in told


def test_markup_is_no_difference_of_what_is_said(pair: ReportPair) -> None:
    changed(pair.other / "html" / "glossar.html", "<body", '<body data-neu=""')
    assert differences.same(pair) and len(pair.files) == 1
    assert "Zeile" in differences.of_file(pair, "html/glossar.html")


def test_without_web_pages_the_chapters_are_compared(pair: ReportPair) -> None:
    shutil.rmtree(pair.other / "html")
    changed(pair.other / "projekt" / "glossar.qmd", "in Prozent der", "in Tausendstel der")
    assert {change.place for change in pair.sentences} == {"glossar"}


def test_long_lists_are_cut(pair: ReportPair) -> None:
    changes = [Change(f"Ort {n}", "1", "2") for n in range(60)]
    pair.__dict__["values"] = changes
    assert "… und 20 weitere" in differences.told(pair)
    assert "Ort 59" in differences.told(pair, everything=True)


# -- the commands --------------------------------------------------------------------


@pytest.fixture
def at(pair: ReportPair, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose report lies in ``build/2006`` and has an earlier one in the archive."""
    root = pair.other.parent / "projekt"
    output = root / "build" / "2006"
    shutil.copytree(pair.one, output)
    for module in (comparing, verifying):
        monkeypatch.setattr(module, "default_root", lambda: root)
    monkeypatch.setattr(verifying, "find_data", lambda folder: folder)
    monkeypatch.setattr(verifying, "open_project", lambda root: None)
    monkeypatch.setattr(inputlist, "of", lambda project, data: {"data/a.csv": "1"})
    return output


def test_compare(at: Path, pair: ReportPair, capsys) -> None:
    assert command.main(["compare", "2006", str(pair.other)]) == 0
    assert "keine Unterschiede" in capsys.readouterr().out
    changed(pair.other / "html" / "glossar.html", "in Prozent der", "in Tausendstel der")
    assert command.main(["compare", "2006", str(pair.other)]) == 1
    assert "glossar − " in capsys.readouterr().out
    archive.keep(at, 3)
    assert command.main(["compare", "2006"]) == 0
    name = archive.of(at)[0].name[:8]
    assert command.main(["compare", "2006", name]) == 0
    assert command.main(["compare", "1999"]) == 2
    assert "kein Bericht" in capsys.readouterr().err


def test_verify(at: Path, pair: ReportPair, capsys, monkeypatch) -> None:
    asked = []

    def make(request, *, say, root):
        asked.append(request)
        shutil.copytree(pair.other, request.output)
        return Made(request.output, None, None, "x")

    monkeypatch.setattr(verifying.production, "make", make)
    assert command.main(["verify", "2006"]) == 0
    assert "Byte für Byte" in capsys.readouterr().out
    assert asked[0].year == 2006 and not asked[0].cache and asked[0].engine == "builtin"
    with (at / "bericht-2006.pdf").open("r+b") as file:
        file.seek(1000)
        old = file.read(1)
        file.seek(1000)
        file.write(bytes([old[0] ^ 1]))
    inputlist.write(at, {"data/a.csv": "0"})
    assert command.main(["verify", str(at)]) == 1
    said = capsys.readouterr().out
    assert "bericht-2006.pdf: seit dem Lauf von Hand verändert; ab Byte 1001" in said
    assert "Eingaben, die sich seitdem geändert haben: data/a.csv" in said
    assert not list(at.parent.glob(".pruefung-*"))
    changed(at / manifest.NAME, '"edition": "', '"edition": "f')
    assert command.main(["verify", str(at)]) == 1
    assert "manifest.json: Kennung f" in capsys.readouterr().out
    listed = manifest.read(at)
    assert listed is not None and listed.protected and listed.versions["sozialbericht"]


def test_the_list_of_inputs_stays_outside(small_made: Made) -> None:
    """Digests of raw tables would confirm a guess of what is withheld."""
    beside = inputlist.path_of(small_made.folder)
    assert beside.is_file() and beside.parent == small_made.folder.parent
    listed = json.loads(beside.read_text(encoding="utf-8"))
    raw = [digest for name, digest in listed.items() if name.startswith("data/")]
    own = "".join(path.read_text(encoding="utf-8") for path in small_made.folder.rglob("*.json*"))
    assert len(raw) > 5 and not [digest for digest in raw if digest in own]
