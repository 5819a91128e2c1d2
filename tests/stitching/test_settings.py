"""Settings of an assembled project."""

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sozialbericht.stitching import pandoc, quartosettings

MAIN = {"book": {"title": "A", "chapters": ["index.qmd", "a.qmd"], "appendices": ["z.qmd"]}, "lang": "de-DE"}


def test_what_the_web_adds(tmp_path):
    quartosettings.write(tmp_path, MAIN)
    assert quartosettings.read(tmp_path) == quartosettings.read(tmp_path, web=True) == MAIN
    assert not quartosettings.has_web(tmp_path)
    quartosettings.write(tmp_path, {"book": {"chapters": ["p.qmd"]}}, quartosettings.WEB)
    assert quartosettings.has_web(tmp_path)
    assert quartosettings.read(tmp_path) == MAIN
    web = quartosettings.read(tmp_path, web=True)
    assert web["book"] == MAIN["book"] | {"chapters": ["index.qmd", "a.qmd", "p.qmd"]}


def test_joining_changes_neither_side():
    one, other = {"a": {"b": [1], "c": 1}, "d": [1]}, {"a": {"b": [2]}, "d": 3, "e": None}
    assert quartosettings.merged(one, other) == {"a": {"b": [1, 2], "c": 1}, "d": 3, "e": None}
    assert (one, other) == ({"a": {"b": [1], "c": 1}, "d": [1]}, {"a": {"b": [2]}, "d": 3, "e": None})


def test_umlauts_stay_readable(tmp_path):
    quartosettings.write(tmp_path, {"title": "Hörde"})
    assert "Hörde" in (tmp_path / quartosettings.MAIN).read_text(encoding="utf-8")
    assert yaml.safe_load((tmp_path / quartosettings.MAIN).read_text(encoding="utf-8")) == {"title": "Hörde"}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text("aZäß09, –_*.@", max_size=30), min_size=5, max_size=5))
@example(["", "Bericht 2006", "Modelldaten – keine amtliche Statistik", "Daten, erfunden", "2006. Ein *Wort*"])
def test_words_of_plain_settings_are_those_that_pandoc_reads(texts):
    read = [pandoc.plain_text(pandoc.parse(text)) for text in texts if quartosettings._PLAIN.fullmatch(text)]
    assert read == [quartosettings.words(text) for text in texts if quartosettings._PLAIN.fullmatch(text)]


def test_words_of_a_setting_with_markdown():
    assert quartosettings.words("Ein *Wort*, \\* 2006") == "Ein Wort, * 2006"
