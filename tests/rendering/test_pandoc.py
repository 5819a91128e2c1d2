"""Pandoc and its tree."""

import pytest

from sozialbericht.faults import ReportError
from sozialbericht.rendering import pandoc


def test_reading_and_writing():
    blocks = pandoc.parse("Ein *Wort*.")
    assert pandoc.write(blocks, ["-t", "html"]).strip() == "<p>Ein <em>Wort</em>.</p>"
    assert pandoc.version()[0].isdigit()
    assert len(pandoc.api_version()) >= 2


def test_a_warning_is_an_error():
    with pytest.raises(ReportError, match=r"pandoc meldet: .*[Dd]uplicate"):
        pandoc.parse("A[^1]\n\n[^1]: x\n\n[^1]: y")
    with pytest.raises(ReportError, match="pandoc meldet:"):
        pandoc.run(["-f", "gibtesnicht"], "")


def test_walking_replaces_from_the_leaves_up():
    blocks = pandoc.parse("A *b* c\n\nweg")

    def rewrite(element):
        if element["t"] == "Emph":
            return element["c"] + [{"t": "Str", "c": "!"}]
        if element["t"] == "Para" and pandoc.plain_text(element) == "weg":
            return []
        return None

    made = pandoc.walk(blocks, rewrite)
    assert [pandoc.plain_text(b) for b in made] == ["A b! c"]


def test_plain_text():
    (block,) = pandoc.parse("Ein *Wort*\nund `Code`, $x$")
    assert pandoc.plain_text(block) == "Ein Wort und Code, x"


def test_attributes():
    header, div = pandoc.parse("# A {#sec-a .unnumbered x=1}\n\n::: {#b .c y=2}\nText\n:::")
    assert pandoc.attributes(header) == ("sec-a", ["unnumbered"], {"x": "1"})
    assert pandoc.attributes(div) == ("b", ["c"], {"y": "2"})
