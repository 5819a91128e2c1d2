"""Inspection: ``--check`` and ``sozialbericht hinweise`` tell what is unusual, keep it, and accept it."""

import stat

import pytest
import small_report

from sozialbericht import command
from sozialbericht.order import project
from sozialbericht.plausibility import review


@pytest.fixture
def at(empty_project, monkeypatch):
    """The small project as that of the command; one number of its data is ten times too large."""
    monkeypatch.setattr(project, "default_root", lambda: empty_project)
    monkeypatch.setattr("sozialbericht.rendering.inspection.default_root", lambda: empty_project)
    tenfold(empty_project)
    return empty_project


def tenfold(root, start="sr_hafen;geburten;"):
    """Add a digit to a number of 2005."""
    path = root / "data" / "werte" / "2005.csv"
    text = path.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith(start))
    path.write_text(text.replace(old, old + "0"), encoding="utf-8")


def said(capsys, *arguments, code=0):
    """What the command says, and that it ends with a code."""
    name, *rest = arguments
    run = command.render if name == "--check" else command.main
    assert run([*([name] if name == "--check" else arguments[:1]), *rest]) == code
    streams = capsys.readouterr()
    return streams.out + streams.err


KEY = "sprung/sr_hafen/geburten/2005-12-31"


def test_check_tells_hints_and_is_content(at, capsys):
    data = str(at / "data")
    told = said(capsys, "--check", "--data", data)
    assert told.startswith("Alles in Ordnung. Werte gibt es für 2004, 2005, 2006.\n\nEine Angabe ist ungewöhnlich")
    assert "werte/2005.csv, Zeile" in told
    assert "Hafen, " in told
    assert said(capsys, "--check", "--data", data, "--year", "2004") == (
        "Alles in Ordnung. Werte gibt es für 2004, 2005, 2006.\n"
    )
    assert "hinweise --year 2005" in said(capsys, "--check", "--data", data, "--year", "2005")


def test_what_was_found_is_kept(at, capsys, monkeypatch):
    data = str(at / "data")
    first = said(capsys, "--check", "--data", data)
    monkeypatch.setattr(review, "review", lambda tables: 1 / 0)
    assert said(capsys, "--check", "--data", data) == first
    tenfold(at, "sr_altstadt;geburten;")
    assert "unvorhergesehen" in said(capsys, "--check", "--data", data, code=1).lower()


def test_the_list_and_the_page(at, capsys):
    told = said(capsys, "hinweise", "--data", str(at / "data"))
    assert f"Schlüssel: {KEY}" in told
    page = at / "build" / "hinweise.html"
    assert f"Als Seite, nur für Sie: {page}" in told
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert "Hafen" in page.read_text(encoding="utf-8")
    assert said(capsys, "hinweise", "--data", str(at / "data"), "--year", "2004").startswith("Nichts Ungewöhnliches.")


def test_accept(at, capsys):
    data = str(at / "data")
    told = said(capsys, "hinweise", "--data", data, "--accept", KEY, "--reason", "Zwillinge.", "--initials", "ab")
    assert told.startswith(f"In {at / 'data' / 'hinweise.csv'} eingetragen:\n  sprung;sr_hafen;geburten;31.12.2005;")
    assert said(capsys, "--check", "--data", data) == "Alles in Ordnung. Werte gibt es für 2004, 2005, 2006.\n"
    every = said(capsys, "hinweise", "--data", data, "--all")
    assert "Angenommen (ab): Zwillinge." in every
    again = said(capsys, "hinweise", "--data", data, "--accept", KEY, "--reason", "x", "--initials", "y", code=2)
    assert "ist schon angenommen" in again
    tenfold(at)
    assert "aber diesen Hinweis gibt es nicht (mehr)" in said(capsys, "--check", "--data", data)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--accept", KEY], ["--reason", "--initials", "Zum Annehmen fehlt die Angabe."]),
        (["--accept", KEY[:-1] + "0", "--reason", "x", "--initials", "y"], ["gibt es nicht", f"Meinten Sie „{KEY}“?"]),
        (["--accept", KEY, "--reason", "x", "--initials", "a\u202eb"], ["hinweise.csv", "U+202E"]),
        (["--year", "1999"], ["Für das Jahr 1999 gibt es keine Werte."]),
    ],
)
def test_a_wrong_call_changes_nothing(at, capsys, arguments, words):
    told = said(capsys, "hinweise", "--data", str(at / "data"), *arguments, code=2)
    for word in words:
        assert word in told
    assert not (at / "data" / "hinweise.csv").exists()


def test_faulty_data_have_no_hints(at, capsys):
    path = at / "data" / "werte" / "2006.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(";7281", ";-7281"), encoding="utf-8")
    assert "negativ" in said(capsys, "hinweise", "--data", str(at / "data"), code=2)
    assert not (at / "build" / "hinweise.html").exists()


def test_the_city_of_the_tests_is_not_unusual():
    from sozialbericht.data import contract

    assert review.review(contract.load(small_report.CITY)).open == ()
