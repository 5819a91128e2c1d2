"""Accepted oddities in the report: rule, area, Merkmal, Stand, reason; nothing of a withheld number, no initials."""

import re
import shutil

import pytest
import small_report
from bs4 import BeautifulSoup

from sozialbericht.audit import sources, verdict
from sozialbericht.bericht import Bericht
from sozialbericht.checking.lint import check_text
from sozialbericht.plausibility import review
from sozialbericht.rendering import production

HEAD = "regel;raum_id;merkmal;stichtag;wert;grund;kuerzel\n"
OPEN = "sprung;sr_hafen;geburten;31.12.2005;{wert};Eine Geburtsklinik führte <b>doppelt</b> *Buch*.;QZX\n"
SECRET = "sprung;sr_hafen;hilfen;31.12.2006;{wert};Der Träger im Hafen hat gezählt.;QZX\n"


def changed(folder, year, start, number):
    """Write another number into a row of the values."""
    path = folder / "werte" / f"{year}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(start))
    lines[at] = ";".join([*lines[at].split(";")[:-1], str(number)])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def spoil(folder):
    """Two odd numbers, one of which is withheld; both accepted, and a third acceptance that nothing belongs to."""
    changed(folder, 2005, "sr_hafen;geburten;", 700)
    changed(folder, 2006, "sr_hafen;hilfen;", 2)
    stale = "sprung;sr_altstadt;ew;31.12.2005;1;Nie gewesen.;QZX\n"
    text = HEAD + OPEN.format(wert=700) + SECRET.format(wert=2) + stale
    (folder / "hinweise.csv").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("stadt") / "data"
    shutil.copytree(small_report.CITY, path)
    spoil(path)
    return path


def told(b, shown):
    b.anhang().hinweise(id="tbl-hinweise")
    return "\n".join(block.markdown for block in shown)


def test_both_are_unusual_and_accepted(folder):
    found = review.review(Bericht(2006, daten=folder)._tables)
    assert {oddity.feature for oddity, _ in found.accepted} == {"geburten", "hilfen"}
    assert found.open == ()
    assert [row.feature for row in found.stale] == ["ew"]


def test_what_is_told(folder, shown):
    words = told(Bericht(2006, 2005, folder), shown)
    assert "Lebendgeborene" in words
    assert "2005" in words
    assert "Hafen" in words
    assert "&#60;b&#62;doppelt" in words, "text from data is text"
    assert check_text("x", words) == []


def test_of_a_withheld_number_neither_area_nor_reason(folder, shown):
    b = Bericht(2006, 2005, folder)
    words = told(b, shown)
    cube = b._cube.set_index(["raum_id", "merkmal", "stichtag"])["status"]
    assert cube["sr_hafen", "hilfen", "2006-12-31"] == "withheld"
    assert "Hilfen zur Erziehung" in words
    assert words.count("Hafen") == 1
    assert len(re.findall(r"geheim gehalten\b", words)) == 2
    assert "stehen weder Gebiet noch Grund" in words
    assert "Träger" not in words


def test_neither_initials_nor_numbers_nor_stale_ones(folder, shown):
    words = told(Bericht(2006, 2005, folder), shown)
    for word in ("QZX", "700", "Nie gewesen", "Auffälligkeit"):
        assert word not in words


def test_nothing_of_later_years(folder, shown):
    words = told(Bericht(2005, 2004, folder), shown)
    assert "Lebendgeborene" in words
    assert "Hilfen zur Erziehung" not in words
    assert "geheim" not in words
    assert told(Bericht(2004, daten=folder), shown) == words, "no table without rows"


def test_without_acceptances_nothing_is_computed(b, shown, monkeypatch):
    monkeypatch.setattr(review, "review", lambda tables: 1 / 0)
    assert told(b, shown) == ""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A whole report of the spoilt small city, its annex with the data status."""
    root = small_report.project(tmp_path_factory.mktemp("bericht"))
    spoil(root / "data")
    cells = (*small_report.ANHANG[:-1], small_report.ANHANG[-1] + '\nb.anhang().hinweise(id="tbl-hinweise")')
    small_report.notebook(root / "notebooks" / "80_tabellen.ipynb", cells)
    return root, production.make(production.Request(2006, engine="builtin", data=root / "data"), root=root)


def test_a_whole_report_tells_it_and_publishes_no_initials(made):
    _root, report = made
    page = (report.folder / "html" / "tabellen.html").read_text(encoding="utf-8")
    text = " ".join(BeautifulSoup(page, "lxml").get_text(" ").replace("\u200b", "").split())
    assert "Ungewöhnliche Angaben, die geprüft sind" in text
    assert "Sprung Hafen Lebendgeborene 2005 Eine Geburtsklinik führte <b>doppelt</b> *Buch*." in text
    assert "Sprung geheim gehalten Hilfen zur Erziehung 2006 geheim gehalten" in text
    for path in report.folder.rglob("*"):
        if path.is_file():
            assert b"QZX" not in path.read_bytes(), path


def test_the_audit_finds_nothing_in_it(made):
    root, report = made
    result = verdict.audit([report.folder], sources.shown(root / "data", 2006))
    assert result.leaks == []
    assert result.unassigned == []
