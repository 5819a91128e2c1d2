"""Pages as trees: what is read is written again, with every word, every attribute and the structure."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.faults import ReportError
from sozialbericht.web.tree import new, put_first, put_in_place, read, strip, words, write

PAGE = "<!doctype html>\n<html><head><title>T</title></head>\n<body>{}</body></html>\n"
#: Pieces of pages that stay as they are, to the letter.
PIECES = [
    "Text &amp; mehr &lt;b&gt; „Wörter“ – 5&nbsp;% \u202f\u00ad\u200b",
    "<p>a<br>b<wbr>c<wbr></p><hr>",
    '<picture><source media="(max-width: 40rem)" srcset="a.svg">\n  <img src="b.svg" alt=""></picture>',
    '<svg viewBox="0 0 1 1"><defs><linearGradient id="a" gradientUnits="userSpaceOnUse"/></defs><path d="M0 0"/></svg>',
    '<svg preserveAspectRatio="none"><a xlink:href="#x"><title>T</title><text>a &lt; b</text></a><clipPath/></svg>',
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo stretchy="false">(</mo><mspace/></math>',
    "<script>if (a < b && c) d(\"<p>\");</script><style>a > b::before { content: '&' }</style>",
    '<p title="&quot;a&quot; &amp; \'b\' &lt;c&gt;" data-x="" id="ö">x</p>',
    '<div hidden><input id="a" type="search" disabled><a href="a.html?b=1&amp;c=2#d">x</a></div>',
    "<!-- a < b --><pre>\n  a\n\tb\n</pre>",
    '<table><colgroup><col style="width: 50%"></colgroup><tbody><tr><td></td></tr></tbody></table>',
    "<dl><dt>a</dt><dd><p>b</p></dd></dl><ul><li>c<ul><li>d</li></ul></li></ul>",
    '<a href="x"><div>Block</div></a><p><span></span></p><figure><figcaption>F</figcaption></figure>',
    "<details open><summary>s</summary>t</details><textarea>&lt;/textarea&gt;</textarea>",
]
#: What is written otherwise and means the same.
ALIKE = [
    ("<br />&#8239;&shy;&apos;\u00a0", "<br>\u202f\u00ad'&nbsp;"),
    ("<P CLASS=a>x</P>", '<p class="a">x</p>'),
    ("<b hidden='hidden'>x</b><i data-x=''></i>", '<b hidden>x</b><i data-x=""></i>'),
    ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
    ("<svg viewbox='0 0 1 1'><rect></rect></svg>", '<svg viewBox="0 0 1 1"><rect/></svg>'),
]
#: Text that would be mark-up, a reference or an end, were it not escaped.
SIGNS = st.text(st.sampled_from("<>&\"'/;#x!-= \u00a0ä\u00ad") | st.characters(codec="utf-8", exclude_categories=["C"]))


class Events(HTMLParser):
    """The tags that another parser finds in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.closed: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.opened.append((tag, attrs))

    def handle_endtag(self, tag):
        self.closed.append(tag)


@pytest.mark.parametrize("piece", PIECES)
def test_a_page_stays_as_it_is(piece):
    page = PAGE.format(piece)
    assert write(read(page)) == page


def test_brief_tables_are_read_the_same():
    head = "<thead>\n<tr>\n<th>a</th>\n<td></td>\n</tr>\n</thead>"
    rows = "<tr>\n<th>b <b>c</b></th><td>1</td>\n<!-- x --><td> 2\n</td></tr>\n<tr><td>3</td></tr>"
    lists = "<ul><li>e<ul><li>f</li><li>g</li></ul></li>\n<li>h</li></ul><dl><dt>i</dt><dd>j</dd><dt>k</dt></dl>"
    table = f"<table>\n<caption>t</caption>{head}\n<tbody>{rows}</tbody>\n</table>"
    page = read(PAGE.format(f"{table}\n<p>d</p>{lists}"))
    told = "<thead><tr><th>a<td><tbody><tr><th>b <b>c</b><td>1</td><!-- x --><td> 2\n<tr><td>3</table>\n<p>d</p>"
    brief = write(page, brief=True)
    assert told in brief
    assert "<ul><li>e<ul><li>f<li>g</ul></li>\n<li>h</ul><dl><dt>i<dd>j<dt>k</dt></dl>" in brief
    assert re.sub(r"\s", "", write(read(brief))) == re.sub(r"\s", "", write(page))
    assert write(read(brief), brief=True) == brief


@pytest.mark.parametrize(("piece", "written"), ALIKE)
def test_what_means_the_same_is_written_alike(piece, written):
    assert write(read(PAGE.format(piece))) == PAGE.format(written)


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=6))
def test_pieces_stay_in_any_order(pieces):
    page = PAGE.format("".join(f"<div>{piece}</div>" for piece in pieces))
    assert write(read(page)) == page
    assert write(read(page.encode())) == page


@settings(max_examples=300, deadline=None)
@given(text=SIGNS, value=SIGNS)
def test_text_stays_text(text, value):
    page = read(PAGE.format('<p title="x">y</p>'))
    paragraph = page.find(".//p")
    paragraph.set("title", value)
    paragraph.text = text
    paragraph.append(new.b({"id": value}, text))
    written = write(page)
    seen = Events(written)
    assert seen.closed == ["title", "head", "b", "p", "body", "html"]
    assert seen.opened[-2:] == [("p", [("title", value)]), ("b", [("id", value)])]
    again = read(written)
    assert (again.find(".//b").text or "") == text and again.find(".//p").get("title") == value
    assert write(again) == written


def test_signs_that_no_page_may_hold_are_dropped():
    page = read('<p title="&#1;a\x02">b&#2;\x03c<b>\ufffe</b>\uffffd</p>')
    assert '<p title="a">bc<b></b>d</p>' in write(page)
    assert words(new.i("\x00", words(page), new.br(), "e\x1f\uffff")) == "bcde"


@pytest.mark.parametrize(
    ("page", "message"),
    [("", "Die Seite a.html ist leer"), ("<div>" * 3000 + "x" + "</div>" * 3000, "zu tief verschachtelt")],
)
def test_a_page_that_cannot_be_read_is_named(page, message):
    with pytest.raises(ReportError, match=message):
        read(page, "a.html")


def test_depth_is_no_fault():
    page = PAGE.format("<div>" * 1500 + "x" + "</div>" * 1500)
    assert write(read(page)) == page


def test_words_are_those_of_an_element_without_some_of_its_parts():
    head = read("<h2><b>1</b>&nbsp; Frauen <i>und</i><!-- nicht -->\n Männer<br></h2>").find(".//h2")
    assert words(head) == "1 Frauen und Männer"
    assert words(head, head[0], None) == "Frauen und Männer"


def test_changes_keep_the_text_around_them():
    page = read(PAGE.format('a<b id="x" class="y">c</b>d<p>\n <i>e</i> f \n</p><s> g </s>'))
    bold = page.find(".//b")
    put_first(bold, "title", "t")
    assert 'a<b title="t" id="x" class="y">c</b>d' in write(page)
    put_in_place(bold, new.u("h"))
    for element in (page.find(".//p"), page.find(".//s")):
        strip(element)
    assert "a<u>h</u>d<p><i>e</i> f</p><s>g</s>" in write(page)
