"""Text from data is text: whatever it holds, each target shows it as it stands."""

import json
import re
import string
import subprocess

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht import escaping
from sozialbericht.escaping import (
    Markup,
    attribute,
    bold,
    escape,
    html_of,
    html_text,
    limited,
    link,
    listed,
    terms,
    text_of,
)
from sozialbericht.stitching import pandoc

#: What the targets read as marks of theirs.
MARKS = [
    "<script>alert(1)</script>", "<svg onload=alert(1)>", "{{< x >}}", "[^1]", "^[a]", "$q$", "$$", "@fig-a",
    "::: {.x}", "```", "---",
    "- a", "1. a", "(a) b", "A) x", "# h", "| a | b |", "[a](javascript:b)", "![](x)", "&amp;", "&#42;", "\\", "*", "_",
    "**",
    "~~a~~", "H~2~", "a^b^", "<!-- -->", "-->", "http://a.b", "%", "...", "--", "'x'", '"x"', "]{raum=x}",
    "\\newcommand{\\x}{y}",
    "=", "==a==", "+++", "!!", "`x`{=html}", ":a:", "i. x", "(@) x", "#. x", "x\n\ny", "\t a", "    code", "Aufl.) x",
    "//", "/*", "*/",
    "#let x = 1", "<label>", "]]>", "</script>", "{a}", "{d?x|y|z}", "Arbeitslosenquote *)", ": Begriff",
    "/ Begriff: a",
]  # fmt: skip
TEXT = st.lists(
    st.one_of(
        st.sampled_from(MARKS),
        st.text(st.characters(min_codepoint=32, max_codepoint=0x10FFFF, exclude_categories=["Cs", "Cc"]), max_size=6),
        st.text(string.printable, max_size=5),
    ),
    min_size=1,
    max_size=5,
).map("".join)
FAST = settings(max_examples=60, deadline=None, derandomize=True)


def folded(text: str) -> str:
    return re.sub(r"[\s\x85\u2028\u2029]+", " ", text).strip()


def parsed(markdown: str) -> list[dict]:
    command = [pandoc.executable(), "-f", pandoc.MARKDOWN, "-t", "json"]
    return json.loads(subprocess.run(command, input=markdown.encode(), capture_output=True, check=True).stdout)[
        "blocks"
    ]


def words(node: object) -> str:
    return folded(pandoc.plain_text(node))


@FAST
@given(st.lists(TEXT, min_size=1, max_size=12))
def test_a_paragraph_is_the_text(texts: list[str]) -> None:
    texts = [text for text in texts if folded(text)]
    blocks = parsed("\n\n".join(["Anfang", *map(escape, texts)]))
    assert {block["t"] for block in blocks} == {"Para"}
    assert [words(block) for block in blocks[1:]] == [folded(text) for text in texts]


@FAST
@given(TEXT.filter(folded))
def test_every_place_of_a_chapter_holds_the_text(text: str) -> None:
    table = f"| a | b |\n|---|---|\n| {escape(text)} | z |"
    inner = f"{bold(text)} Einheit\n\n{table}\n\n{listed([text])}\n\n{terms([(text, text)])}"
    blocks = parsed(f"::: {{.kasten titel={attribute(text)}}}\n{inner}\n:::\n\n# {escape(text)} {{#sec-a}}\n")
    assert [block["t"] for block in blocks] == ["Div", "Header"]
    (_, _, pairs), parts = blocks[0]["c"]
    shown = folded(text)
    assert folded(dict(pairs)["titel"]) == shown
    assert [part["t"] for part in parts] == ["Para", "Table", "BulletList", "DefinitionList"]
    assert parts[0]["c"][0]["t"] == "Strong"
    assert [words(parts[0]["c"][0]), words(parts[2]), words(blocks[1]["c"][2])] == [shown] * 3
    assert text_of(escape(text)).strip() == shown


@FAST
@given(TEXT)
def test_html_is_the_text(text: str) -> None:
    import html

    assert html.unescape(html_text(text)) == text.replace("\r", "\r")
    assert not set('<>"') & set(html_text(text))
    assert "<" not in re.sub(r"</?(p|strong|em)>", "", html_of(escape(text)))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(TEXT, min_size=5, max_size=20))
def test_typst_is_the_text(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    source = tmp_path_factory.mktemp("typst") / "a.typ"
    content = "\n".join(f"#metadata([{escaping.typst(text)}]) <wert>" for text in texts)
    source.write_bytes(content.encode())
    got = [
        json.loads(value)["text"]
        for value in map(json.dumps, json.loads(typst.query(str(source), "<wert>", field="value")))
    ]
    assert [folded(text) for text in got] == [folded(text) for text in texts]


def test_markup_stays_and_text_beside_it_is_escaped() -> None:
    told = bold("a*b") + " <i> " + Markup("*c*")
    assert told == "**a&#42;b** &#60;i&#62; *c*"
    assert isinstance(told, Markup) and isinstance("x_" + told, Markup)
    assert ("x_" + told).startswith("x&#95;**")
    assert Markup(", ").join(["a_b", Markup("*c*")]) == "a&#95;b, *c*"
    assert escape(told) is told
    assert bold("  ") == "" and bold(" a ") == "**a**"


def test_ordinary_words_stay_as_they_are() -> None:
    for text in (
        "St.-Georg (Nord)",
        "12,5 %",
        "+179",
        "−1,5",
        "15- bis unter 65-Jährige, z. B. Kinder",
        "Eins.",
        "A/B: c; d = 2",
    ):
        assert escape(text) == text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "https://a b", "//a", "ftp://x", ""]
)
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    assert "](" not in link("Wort", address)


def test_a_link_keeps_its_address() -> None:
    blocks = parsed(str(link("a]b", "https://x.y/a_b(c)?d=e&f=<g>")))
    assert blocks[0]["c"][0]["c"][2][0] == "https://x.y/a_b%28c%29?d=e&f=%3Cg%3E"


def test_text_is_escaped_in_this_one_place() -> None:
    from sozialbericht.order.project import default_root

    package = default_root() / "sozialbericht"
    own = {"escaping.py", "drawing/canvas/svg.py"}
    sources = {p.relative_to(package).as_posix(): p.read_text(encoding="utf-8") for p in package.rglob("*.py")}
    assert [
        n for n, text in sources.items() if n not in own and re.search(r"html\.escape|saxutils|quoteattr", text)
    ] == []


# -- what others have written for a report -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("## Dank", "## Dank {.unnumbered}"),
        ("- eins\n- **zwei**", "- eins\n- **zwei**"),
        ("*leise* und **laut**", "*leise* und **laut**"),
        ("Zeile\\\nnächste  \nletzte", "Zeile\\\nnächste\\\nletzte"),
        ("eine\nZeile", "eine Zeile"),
    ],
)
def test_a_contribution_has_headings_lists_and_emphasis(text, markdown):
    assert limited(text) == markdown


@FAST
@given(st.lists(TEXT, min_size=1, max_size=12))
def test_all_else_of_a_contribution_is_text(texts: list[str]) -> None:
    allowed = {"Para", "Plain", "BulletList", "Header", "Str", "Space", "SoftBreak", "LineBreak", "Strong", "Emph"}
    for paragraph in re.split(r"\n\s*\n", "\n\n".join(texts)):
        found = parsed(limited(paragraph)) if paragraph.strip() else []
        assert {element["t"] for element in pandoc.elements(found)} <= allowed, paragraph
