"""The last border: what nobody foresaw is one line and a log without data."""

import os

import pytest

from sozialbericht import border, command
from sozialbericht.activity import doing
from sozialbericht.order import project
from sozialbericht.rendering import production


@pytest.mark.parametrize(
    "error",
    [
        KeyError("geheim 4711"),
        RecursionError("geheim 4711"),
        MemoryError(),
        UserWarning("geheim 4711"),
        ExceptionGroup("geheim 4711", [OSError()]),
    ],
)
def test_everything_ends_at_the_border(error, empty_project, monkeypatch, capsys):
    def check(*_, **__):
        with doing("beim Lesen von data/werte/2006.xlsx"), doing("beim Lesen des Blatts"):
            try:
                raise ValueError("auch geheim 4711")
            except ValueError as cause:
                raise error from cause

    monkeypatch.setattr(project, "default_root", lambda: empty_project)
    monkeypatch.setattr(production, "inspect", check)
    assert command.render(["--check"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(border.UNFORESEEN + " beim Lesen des Blatts") and said.count("\n") == 1
    (log,) = (empty_project / "build").glob("fehlerprotokoll-*.txt")
    assert str(log) in said
    assert os.name != "posix" or log.stat().st_mode & 0o077 == 0, "for the user alone"
    text = log.read_text(encoding="utf-8")
    assert "test_border.py:" in text and type(error).__name__ in text and "ValueError" in text
    assert "4711" not in text + said


def test_a_folder_that_cannot_be_written(empty_project, monkeypatch, tmp_path):
    (empty_project / "build").write_text("keine Mappe", encoding="utf-8")
    monkeypatch.setattr(project, "default_root", lambda: empty_project)
    monkeypatch.setattr(border.tempfile, "gettempdir", lambda: str(tmp_path / "t"))
    assert str(tmp_path / "t") in border.noted(KeyError())
    (tmp_path / "u").write_text("", encoding="utf-8")
    monkeypatch.setattr(border.tempfile, "gettempdir", lambda: str(tmp_path / "u"))
    assert "ließ sich nicht schreiben" in border.noted(KeyError())


def test_a_package_that_is_not_installed(empty_project, monkeypatch, capsys):
    def missing(*given, **named):
        raise ModuleNotFoundError("No module named 'pandas.core'", name="pandas.core")

    monkeypatch.setattr("sozialbericht.rendering.production.make_all", missing)
    assert command.render(["--year", "2006"]) != 0
    said = capsys.readouterr().err
    assert said.startswith("Dieses Python kennt das Paket „pandas“ nicht") and "  → " in said
    assert not list((empty_project / "build").glob("fehlerprotokoll-*"))
