"""Pandoc and its tree."""

import pytest
from text_stores import storing

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
    store = tmp_path / "store"
    with storing(store):
        first = pandoc.parse("Ein *Wort*.")
        first[0]["t"] = "verändert"
        assert pandoc.parse("Ein *Wort*.")[0]["t"] == "Para", "each caller gets a tree of its own"
        pandoc.parse("Anderes.")
        pandoc.parse("Ein *Wort*.", target="html")
    assert asked == ["Ein *Wort*.", "Anderes.", "Ein *Wort*."]
    with storing(store):
        pandoc.parse("Anderes.")
    assert len(asked) == 3
    with storing(store, "2"):
        pandoc.parse("Anderes.")
    pandoc.parse("Anderes.")
    assert len(asked) == 5
    with storing(None):
        pandoc.parse("Anderes.")
        pandoc.parse("Anderes.")
    assert len(asked) == 6


def test_a_fault_is_not_kept(asked, tmp_path):
    with storing(tmp_path):
        for _ in range(2):
            with pytest.raises(ReportError):
                pandoc.parse("A[^1]\n\n[^1]: x\n\n[^1]: y")
    assert len(asked) == 2


TEXTS = [
    "# Kopf\n\nEin *Wort*[^1], z. B. „so“ und Sept. in 5 %.\n\n[^1]: Note",
    "# Kopf\n\n| a | b |\n|---|--:|\n| x | 1,5 |\n\nEin\tTab\r\nund [Link](b.html)",
    "",
    "::: {#fig-a .c}\n**Bild** $a^2$\n:::",
]


def test_texts_read_ahead_are_those_that_are_read_one_by_one(asked, tmp_path):
    lua_filter = tmp_path / "filter" / "a.lua"
    lua_filter.parent.mkdir()
    lua_filter.write_text(
        "local ziel = FORMAT .. os.getenv('SOZIALBERICHT_ZIEL')\nfunction Str(s) return pandoc.Str(s.text .. ziel) end"
    )
    wanted = [(text, target) for text in TEXTS for target in ("typst", "html")]
    alone = [pandoc.parse(text, target=target, lua_filter=lua_filter) for text, target in wanted]
    assert len({str(tree) for tree in alone}) == 7, "the formats differ, but where there is nothing"
    with storing(tmp_path / "store"):
        pandoc.read_ahead(TEXTS, ("typst", "html"), lua_filter)
        before = len(asked)
        assert [pandoc.parse(text, target=target, lua_filter=lua_filter) for text, target in wanted] == alone
        assert [text for text in asked[before:] if "Tab" not in text] == []
        pandoc.read_ahead(TEXTS[:1], ("typst", "html"), lua_filter)
        assert len(asked) == before + 2, "only the text with a tab is read alone, and nothing again"
    with storing(tmp_path / "plain"):
        pandoc.read_ahead(TEXTS)
        before = len(asked)
        assert pandoc.parse(TEXTS[0])[0]["t"] == "Header"
        assert len(asked) == before
    before = len(asked)
    pandoc.read_ahead(TEXTS)
    assert len(asked) == before, "there is no store to hold anything"


def test_a_filter_without_a_function_for_the_whole_changes_nothing(tmp_path):
    (tmp_path / "a.lua").write_text("function Emph(e) return e.content end")
    with storing(tmp_path / "store"):
        pandoc.read_ahead(["Ein *Wort*."], ("html",), tmp_path / "a.lua")
        (block,) = pandoc.parse("Ein *Wort*.", target="html", lua_filter=tmp_path / "a.lua")
    assert [part["t"] for part in block["c"]] == ["Str", "Space", "Str", "Str"]


def test_a_fault_in_one_text_is_told_by_reading_it_alone(tmp_path):
    with storing(tmp_path):
        pandoc.read_ahead(["Gut.", "A[^1]\n\n[^1]: x\n\n[^1]: y"])
        assert pandoc.parse("Gut.")[0]["t"] == "Para"
        with pytest.raises(ReportError, match=r"[Dd]uplicate"):
            pandoc.parse("A[^1]\n\n[^1]: x\n\n[^1]: y")


def test_web_bodies_are_what_pandoc_writes_page_by_page(asked, tmp_path):
    pages = [pandoc.parse(text) for text in (*TEXTS, "# A {#sec-a}\n\nText[^1]\n\n## B\n\n[^1]: Note")]
    arguments = ["-t", "html5", "--wrap=none", "--mathml", "--section-divs"]
    alone = [pandoc.write(blocks, arguments).rstrip("\n") for blocks in pages]
    assert [text.rstrip("\n") for text in pandoc.web_bodies(pages)] == alone
    assert pandoc.web_bodies([]) == []
    with storing(tmp_path):
        first = pandoc.web_bodies(pages)
        before = len(asked)
        assert pandoc.web_bodies(pages[::-1]) == first[::-1]
        assert len(asked) == before


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
    with storing(tmp_path / "store"):
        assert write(tmp_path / "eins") == write(tmp_path / "zwei") == "<main><p>Text!</p></main>"
        assert len(asked) == 1, "the folder's own name does not count"
        (tmp_path / "zwei" / "a.html").write_text("<b>$body$</b>")
        assert write(tmp_path / "zwei") == "<b><p>Text!</p></b>"
        (tmp_path / "zwei" / "a.lua").write_text("function Str(s) return pandoc.Str(s.text .. '?') end")
        assert write(tmp_path / "zwei") == "<b><p>Text?</p></b>"
        (tmp_path / "eins" / "partial.html").write_text("x")
        write(tmp_path / "eins")
    assert len(asked) == 4


def test_what_is_made_of_a_text_is_stored_by_name_text_and_all_that_was_given(tmp_path):
    (tmp_path / "filter").mkdir()
    lua_filter = tmp_path / "filter" / "a.lua"
    lua_filter.write_text("")

    def stored(name="a", text="Text", given="x", target="html", base="1", program="1"):
        with storing(tmp_path / "store", base, program):
            return pandoc.entry(name, text, given, target=target, lua_filter=lua_filter).get()

    outside = pandoc.entry("a", "Text", "x", target="html", lua_filter=lua_filter)
    outside.put("made")
    assert outside.get() is None, "there is no store"
    with storing(tmp_path / "store"):
        inside = pandoc.entry("a", "Text", "x", target="html", lua_filter=lua_filter)
        inside.put("made")
        assert inside.get() == "made"
    assert stored() == "made"
    for other in ("name", "text", "given", "target", "base", "program"):
        assert stored(**{other: "anders"}) is None, other
    lua_filter.write_text("-- anders")
    assert stored() is None


def test_elements_in_reading_order():
    blocks = pandoc.parse("A *b **c*** d\n\n- e\n- f\n\n::: {.kasten}\ng\n:::")
    kinds = [e["t"] for e in pandoc.elements(blocks)]
    assert kinds[:8] == ["Para", "Str", "Space", "Emph", "Str", "Space", "Strong", "Str"]
    words = [e["c"] for e in pandoc.elements(blocks) if e["t"] == "Str"]
    assert words == list("abcdefg".replace("a", "A"))
    assert list(pandoc.elements("Text")) == list(pandoc.elements([])) == []
