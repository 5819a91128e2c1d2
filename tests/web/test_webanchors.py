"""Links and ids are the same from both stitchers."""

import re

import pdf_reading
import pytest

from sozialbericht.web import anchors
from sozialbericht.web.tree import read, write

ADDRESS = re.compile(r'\b(id|href|aria-describedby|aria-labelledby|for)="([^"]*)"')
STATUS = "Modelldaten – keine amtliche Statistik"
HEADINGS = {"a.html": "sec-a", "b.html": "sec-b", "c.html": ""}


def settled(markup, headings=HEADINGS):
    page = read(markup)
    anchors.settle(page, "a.html", headings)
    return write(page)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("b.html", "b.html#sec-b"),
        ("./b.html", "b.html#sec-b"),
        ("b.html#fig-x", "b.html#fig-x"),
        ("b.html#", "b.html#"),
        ("a.html", "#sec-a"),
        ("./a.html#fig-x", "#fig-x"),
        ("#fig-x", "#fig-x"),
        ("c.html", "c.html"),
        ("fremd.html", "fremd.html"),
        ("https://example.org/b.html", "https://example.org/b.html"),
    ],
)
def test_links_lead_to_the_heading(link, expected):
    page = '<nav><a href="b.html">B</a></nav><main><p><a class="x" href="{}">B</a></p></main><a href="b.html">B</a>'
    assert settled(page.format(link)) == write(read(page.format(expected)))


def test_the_heading_of_a_page():
    assert anchors.heading(read('<main id="inhalt"><section id="sec-a" class="level1"><h1>A</h1>')) == "sec-a"
    assert anchors.heading(read("<main><p>Text</p></main>")) == ""


def test_ids_of_captions_have_no_number():
    number = "0ceaefa1-69ba-4598-a22c-09a6ac19f8ca"
    page = (
        '<figcaption id="fig-a-caption{0}"></figcaption><div aria-describedby="fig-a-caption{0}"><main>x</main></div>'
    )
    assert settled(page.format(f"-{number}"), {}) == write(read(page.format("")))


def addresses(page):
    return ADDRESS.findall(page.read_text(encoding="utf-8"))


def test_captions_of_the_small_report(small_made):
    for page in (small_made.folder / "html").glob("*.html"):
        found = addresses(page)
        floats = [label for name, label in found if name == "id" and re.match(r"(fig|tbl)-(?!.*-caption$)", label)]
        captions = [label for name, label in found if name == "id" and label.endswith("-caption")]
        described = [label for name, label in found if name == "aria-describedby"]
        assert captions == described == [f"{label}-caption" for label in floats]


@pytest.mark.quarto
def test_both_stitchers_give_the_same_addresses(small_made, tmp_path, quarto):
    other = pdf_reading.stitched_by_quarto(small_made, tmp_path, quarto, STATUS, formats=("html",))
    pages = sorted((small_made.folder / "html").glob("*.html"))
    assert len(pages) == 5
    for page in pages:
        assert addresses(other / "html" / page.name) == addresses(page), page.name
