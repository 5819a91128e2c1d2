"""Settings of an assembled project."""

import yaml

from sozialbericht.rendering import settings

MAIN = {"book": {"title": "A", "chapters": ["index.qmd", "a.qmd"], "appendices": ["z.qmd"]}, "lang": "de-DE"}


def test_what_the_web_adds(tmp_path):
    settings.write(tmp_path, MAIN)
    assert settings.read(tmp_path) == settings.read(tmp_path, web=True) == MAIN
    assert not settings.has_web(tmp_path)
    settings.write(tmp_path, {"book": {"chapters": ["p.qmd"]}}, settings.WEB)
    assert settings.has_web(tmp_path)
    assert settings.read(tmp_path) == MAIN
    web = settings.read(tmp_path, web=True)
    assert web["book"] == MAIN["book"] | {"chapters": ["index.qmd", "a.qmd", "p.qmd"]}


def test_joining_changes_neither_side():
    one, other = {"a": {"b": [1], "c": 1}, "d": [1]}, {"a": {"b": [2]}, "d": 3, "e": None}
    assert settings.merged(one, other) == {"a": {"b": [1, 2], "c": 1}, "d": 3, "e": None}
    assert (one, other) == ({"a": {"b": [1], "c": 1}, "d": [1]}, {"a": {"b": [2]}, "d": 3, "e": None})


def test_umlauts_stay_readable(tmp_path):
    settings.write(tmp_path, {"title": "Hörde"})
    assert "Hörde" in (tmp_path / settings.MAIN).read_text(encoding="utf-8")
    assert yaml.safe_load((tmp_path / settings.MAIN).read_text(encoding="utf-8")) == {"title": "Hörde"}
