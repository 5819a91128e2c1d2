"""What a run shows: lines or a moving picture, its colours, its log."""

import io
import sys

import pytest

from sozialbericht.answering import display
from sozialbericht.answering.display import Lines, Live
from sozialbericht.answering.runlog import MARK
from sozialbericht.rendering.runcourse import Course, Durations, Part

PARTS = [Part("2006", "a"), Part("2006", "b"), Part("2006", "alt", stored=True), Part("2007", "c")]
KNOWN = Durations({"a": 2, "b": 2, "c": 2}, {"art": {"head": 0, "executing": 100, "tail": 40, "pace": 2}})


class Terminal(io.StringIO):
    """A terminal that takes up what is written."""

    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def ran(telling):
    """Tell a whole run."""
    telling.course = Course(Durations(), "art")
    telling.doing("Prüfe")
    telling("Warnung")
    telling.planned(PARTS, 2)
    telling.detail("unverändert: alt", "2006")
    for part in (PARTS[0], PARTS[1], PARTS[3]):
        sign = "✗" if part.name == "b" else "✓"
        telling.done(part, 1.0, failed=part.name == "b", line=f"  {sign} {part.name} (1,0 s)")
    telling.phase("Setze", "2006")


@pytest.mark.parametrize(
    ("level", "lines"),
    [
        (-1, ["Warnung"]),
        (0, ["Prüfe", "Warnung", "  ✓ a (1,0 s)", "  ✗ b (1,0 s)", "  ✓ c (1,0 s)"]),
        (1, ["Prüfe", "Warnung", "  2006: unverändert: alt", "  ✓ a (1,0 s)", "  ✗ b (1,0 s)", "  ✓ c (1,0 s)",
             "  2006: Setze"]),
    ],
)  # fmt: skip
def test_lines(level, lines, capsys):
    ran(Lines(level))
    assert capsys.readouterr().out.splitlines() == lines


def test_colours_are_asked_for(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    Lines().say("  ✓ a")
    assert "\x1b[32m✓" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    Lines().say("  ✓ a")
    assert capsys.readouterr().out == "  ✓ a\n"


@pytest.mark.parametrize(
    ("term", "encoding", "able"), [("xterm", "utf-8", True), ("dumb", "utf-8", False), ("xterm", "cp1252", False)]
)
def test_what_can_show_a_moving_picture(monkeypatch, term, encoding, able):
    terminal = Terminal()
    monkeypatch.setattr(Terminal, "encoding", encoding)
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", term)
    assert display.moving() is able


def test_a_picture_moves_on_a_terminal_and_goes_at_the_end(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    with display.opened(0) as telling:
        assert isinstance(telling, Live)
        ran(telling)
    said = terminal.getvalue()
    assert "2/3 Notebooks" in said or "1/3 Notebooks" in said
    assert "Warnung" in said
    assert "✗ b (1,0 s)" in said.replace("\x1b[31m", "").replace("\x1b[0m", "")
    assert "✓ a" not in said


def test_the_lines_of_the_picture():
    telling = Live()
    telling.course = Course(KNOWN, "art")
    telling.doing("Prüfe")
    assert telling.lines() == ["Prüfe … · noch etwa 2 min"]
    telling.planned(PARTS, 2)
    assert telling.lines() == [
        f"2006 {'━' * 8}{'─' * 16} 1/3 Notebooks", f"2007 {'─' * 24} 0/1 Notebooks",
        "läuft: a, b · noch etwa 43 s",
    ]  # fmt: skip
    telling.planned([*PARTS, Part("2007", "p", profile=True)], 2)
    assert f"2007 {'─' * 24} 0/1 Profile" in telling.lines()
    telling.planned(PARTS, 2)
    for part in (PARTS[0], PARTS[1], PARTS[3]):
        telling.done(part, 1.0, failed=part.name == "b", line="")
    telling.doing("Stelle den Bericht zusammen", "2007")
    assert telling.lines()[:2] == [
        f"2006 {'━' * 24} 3/3 Notebooks, 1 gescheitert",
        f"2007 {'━' * 24} 1/1 Notebooks · Stelle den Bericht zusammen",
    ]


def test_a_log_lies_beside_each_report_that_was_begun(tmp_path, capsys):
    with display.opened(-1) as telling:
        telling.begun("2006", tmp_path / "2006")
        telling.begun("2007", tmp_path / "2007")
        ran(telling)
    six, seven = ((tmp_path / f"{year}.log").read_text(encoding="utf-8") for year in (2006, 2007))
    assert six.startswith(MARK)
    assert "  ✓ a (1,0 s)" in six
    assert "  ✓ c (1,0 s)" in seven
    assert "✓ c" not in six
    assert "Prüfe" in six and "Prüfe" in seven
    assert sorted(p.name for p in tmp_path.iterdir()) == ["2006.log", "2007.log"]


def test_a_broken_run_has_its_log_and_a_file_of_the_user_stays(tmp_path):
    (tmp_path / "2007.log").write_text("meins", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), display.opened(0) as telling:
        for year in ("2006", "2007"):
            telling.begun(year, tmp_path / year)
        raise KeyboardInterrupt
    assert "KeyboardInterrupt" in (tmp_path / "2006.log").read_text(encoding="utf-8")
    assert (tmp_path / "2007.log").read_text(encoding="utf-8") == "meins"


def test_before_a_report_is_begun_nothing_is_written(tmp_path):
    with display.opened(0) as telling:
        telling.doing("Prüfe")
    assert telling.log.write() == []
