"""Hintpage: complete in itself, for its owner alone, with everything from data as text."""

import datetime as dt
import stat
from dataclasses import replace

import pytest
import small_report
from bs4 import BeautifulSoup

from sozialbericht.data import contract
from sozialbericht.plausibility.acceptance import Acceptance
from sozialbericht.plausibility.oddity import Cell, Oddity
from sozialbericht.plausibility.review import Review
from sozialbericht.web.desk import deskpage, hintpage

EVIL = "<script>alert(1)</script>\"'&"


@pytest.fixture(scope="module")
def tables():
    return contract.load(small_report.CITY)


def oddity(what="Hafen, Geburten im Jahr 2005: 650; nach 65 wären rund 66 zu erwarten.", **changes):
    cell = Cell("sr_hafen", "geburten", dt.date(2005, 12, 31))
    made = Oddity(
        "sprung", 12.3, what, "Prüfen Sie die Lieferung.", "werte/2005.csv", (12,), *cell, 650.0, 66.0, (cell,)
    )
    return replace(made, **changes)


ROW = Acceptance("sprung", "sr_hafen", "geburten", dt.date(2005, 12, 31), None, EVIL, EVIL)


def page(review, tables):
    return BeautifulSoup(hintpage.page(review, tables, lambda file: f"data/{file}"), "lxml")


def test_an_oddity_with_its_series(tables):
    told = page(Review((oddity(),)), tables)
    assert told.h2.get_text() == "Sprung"
    assert told.select_one(".mass b").get_text() == "12,3"
    assert told.strong.get_text() == "Hafen, Geburten im Jahr 2005:"
    assert "data/werte/2005.csv, Zeile 12" in told.get_text()
    assert "sprung;sr_hafen;geburten;31.12.2005;650;…;…" in told.get_text()
    circles = told.select("svg circle")
    assert len(circles) == 4
    assert [circle["fill"] for circle in circles].count("var(--signal)") == 1
    assert "31.12.2004" in told.svg["aria-label"]


def test_text_from_data_is_text(tables):
    found = Review(
        (oddity(EVIL, remedy=EVIL, file=EVIL, area=EVIL),), ((oddity(EVIL), ROW),), (replace(ROW, area=EVIL),)
    )
    told = page(found, tables)
    assert told.find_all("script") == []
    assert str(told.get_text()).count("<script>") >= 6
    evil = replace(tables, areas=tables.areas.assign(kurzname=EVIL))
    assert page(Review(), evil).title.get_text() == f"Hinweise zu den Daten – {EVIL}"


def test_nothing_is_loaded(tables):
    text = hintpage.page(Review((oddity(),)), tables, str)
    assert "http" not in text.replace("http-equiv", "")
    assert text.count("data:font/woff;base64,") == len(deskpage.FACES)
    assert "url(" not in text.replace('url("data:font', "")


def test_it_says_whom_it_is_for(tables):
    told = page(Review(), tables)
    assert told.select_one(".status").get_text() == deskpage.WARNING
    assert "Nichts ist ungewöhnlich." in told.get_text()
    assert told.select_one('meta[name="robots"]')["content"] == "noindex"


def test_what_has_no_series_has_no_picture(tables):
    for one in (oddity(area=""), oddity(date=None), oddity(date=dt.date(1999, 12, 31)), oddity(feature="")):
        assert page(Review((one,)), tables).svg is None


def test_only_its_owner_may_read_it(tables, tmp_path):
    old = tmp_path / "build" / hintpage.NAME
    for _ in range(2):
        assert hintpage.write(Review((oddity(),)), tables, tmp_path / "build", str) == old
        assert stat.S_IMODE(old.stat().st_mode) == 0o600
        old.chmod(0o644)
    assert [path.name for path in old.parent.iterdir()] == [hintpage.NAME]


def test_a_page_that_fails_leaves_the_last_one(tables, tmp_path, monkeypatch):
    path = hintpage.write(Review(), tables, tmp_path, str)
    before = path.read_bytes()
    monkeypatch.setattr(hintpage, "page", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        hintpage.write(Review(), tables, tmp_path, str)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [hintpage.NAME]
