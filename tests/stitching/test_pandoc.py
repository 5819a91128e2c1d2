"""Pandoc and its tree."""

import pytest

from sozialbericht.cache.store import Cache
from sozialbericht.faults import ReportError
from sozialbericht.stitching import pandoc


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


def test_nothing_is_asked_twice(asked, tmp_path):
    cache = Cache(tmp_path / "cache")
    with pandoc.remembering(cache, "1"):
        first = pandoc.parse("Ein *Wort*.")
        first[0]["t"] = "verändert"
        assert pandoc.parse("Ein *Wort*.")[0]["t"] == "Para", "each caller gets a tree of its own"
        pandoc.parse("Anderes.")
        pandoc.parse("Ein *Wort*.", target="html")
    assert asked == ["Ein *Wort*.", "Anderes.", "Ein *Wort*."]
    with pandoc.remembering(cache, "1"):
        pandoc.parse("Anderes.")
    assert len(asked) == 3
    with pandoc.remembering(cache, "2"):
        pandoc.parse("Anderes.")
    pandoc.parse("Anderes.")
    assert len(asked) == 5
    with pandoc.remembering(Cache(None), "1"):
        pandoc.parse("Anderes.")
        pandoc.parse("Anderes.")
    assert len(asked) == 6


def test_a_fault_is_not_kept(asked, tmp_path):
    with pandoc.remembering(Cache(tmp_path), "1"):
        for _ in range(2):
            with pytest.raises(ReportError):
                pandoc.parse("A[^1]\n\n[^1]: x\n\n[^1]: y")
    assert len(asked) == 2


def test_filter_and_template_count_by_content(asked, tmp_path):
    def write(folder):
        arguments = ["-f", "markdown", "-t", "html", "--standalone", "--metadata=title:x"]
        return pandoc.run(
            [*arguments, f"--template={folder / 'a.html'}", "--lua-filter", str(folder / "a.lua")], "Text"
        )

    for name in ("eins", "zwei"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.html").write_text("<main>$body$</main>")
        (tmp_path / name / "a.lua").write_text("function Str(s) return pandoc.Str(s.text .. '!') end")
    with pandoc.remembering(Cache(tmp_path / "cache"), "1"):
        assert write(tmp_path / "eins") == write(tmp_path / "zwei") == "<main><p>Text!</p></main>"
        assert len(asked) == 1, "the folder's own name does not count"
        (tmp_path / "zwei" / "a.html").write_text("<b>$body$</b>")
        assert write(tmp_path / "zwei") == "<b><p>Text!</p></b>"
        (tmp_path / "zwei" / "a.lua").write_text("function Str(s) return pandoc.Str(s.text .. '?') end")
        assert write(tmp_path / "zwei") == "<b><p>Text?</p></b>"
        (tmp_path / "eins" / "partial.html").write_text("x")
        write(tmp_path / "eins")
    assert len(asked) == 4


def test_what_is_made_of_a_text_is_known_by_name_text_and_all_that_was_given(tmp_path):
    (tmp_path / "filter").mkdir()
    lua_filter = tmp_path / "filter" / "a.lua"
    lua_filter.write_text("")

    def known(name="a", text="Text", given="x", target="html", base="1", program="1"):
        with pandoc.remembering(Cache(tmp_path / "cache"), base, program):
            return pandoc.Derived(name, target=target, lua_filter=lua_filter).get(text, given)

    outside = pandoc.Derived("a", target="html", lua_filter=lua_filter)
    outside.put("Text", "made", "x")
    assert outside.get("Text", "x") is None, "there is no memory"
    with pandoc.remembering(Cache(tmp_path / "cache"), "1", "1"):
        outside.put("Text", "made", "x")
        assert outside.get("Text", "x") == "made"
    assert known() == "made"
    for other in ("name", "text", "given", "target", "base", "program"):
        assert known(**{other: "anders"}) is None, other
    lua_filter.write_text("-- anders")
    assert known() is None


def test_elements_in_reading_order():
    blocks = pandoc.parse("A *b **c*** d\n\n- e\n- f\n\n::: {.kasten}\ng\n:::")
    kinds = [e["t"] for e in pandoc.elements(blocks)]
    assert kinds[:8] == ["Para", "Str", "Space", "Emph", "Str", "Space", "Strong", "Str"]
    words = [e["c"] for e in pandoc.elements(blocks) if e["t"] == "Str"]
    assert words == list("abcdefg".replace("a", "A"))
    assert list(pandoc.elements("Text")) == list(pandoc.elements([])) == []
