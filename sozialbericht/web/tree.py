"""A web page as a tree: read once, worked on by every step, written once.

lxml reads the pages: the 77 of a report with profiles, 2 MB, take it less than 0.1 s, BeautifulSoup 1.8 s and another
0.8 s to write. What libxml2 does not know of HTML is made good here: elements without content that came after HTML 4,
and the upper case in names of SVG. Pages are written by the rules of the HTML standard, not by libxml2, whose escapes
differ from version to version; drawings in a page keep the short form of their empty elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree, html
from lxml.builder import ElementMaker

from sozialbericht.faults import ReportError
from sozialbericht.web.svgnames import ATTRIBUTES, ELEMENTS

#: An element of a page; its ``text`` stands before its first child, its ``tail`` behind it.
Element: TypeAlias = html.HtmlElement
#: Elements without content and end tag; the later ones are unknown to libxml2.
_LATER = ("embed", "source", "track", "wbr")
_EMPTY = {*_LATER, "area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param"}
#: Attributes whose presence alone says something.
_SWITCHES = {"async", "checked", "defer", "disabled", "hidden", "open", "readonly", "required", "reversed", "selected"}
#: Elements that have parts of a table and nothing else; what ends a part or an item that has no end tag.
_TABLES = {"table", "thead", "tbody", "tfoot", "tr"}
_FOLLOWED = {
    "td": {"td", "th"}, "th": {"td", "th"}, "tr": {"tr"}, "thead": {"tbody", "tfoot"}, "tbody": {"tbody", "tfoot"},
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"},
}  # fmt: skip
#: Those that need no end tag at the end of the whole either.
_LAST = {"td", "th", "tr", "tbody", "li", "dd"}
#: Text in these is no mark-up.
_RAW = {"script", "style"}
_FOREIGN = {"math", "svg"}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;"})
_IN_QUOTES = _ESCAPES | {ord('"'): "&quot;"}
#: Characters that can be read, and not written into a tree: control characters, U+FFFE, U+FFFF.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _add_text(element: Element, text: str) -> None:
    fit = _UNFIT.sub("", text)
    if len(element):
        element[-1].tail = (element[-1].tail or "") + fit
    else:
        element.text = (element.text or "") + fit


#: Makes elements: ``new.a({"href": "a.html"}, "Text", new.br())``.
new: Any = ElementMaker(typemap={str: _add_text}, makeelement=html.html_parser.makeelement)


def read(page: str | bytes, name: str = "") -> Element:
    """The tree of a page, from its text or its bytes in UTF-8; ``name`` is for messages.

    Raises :class:`ReportError` where a page is empty or its elements stand in each other too deep to be read.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = html.document_fromstring(page.encode() if isinstance(page, str) else page, parser=parser)
    except etree.ParserError as error:
        raise ReportError(f"Die Seite {name} ist leer.", "Den Bericht noch einmal machen.") from error
    if any(fault.level_name == "FATAL" for fault in parser.error_log):
        what = f"Die Seite {name} lässt sich nicht lesen: Ihre Elemente sind zu tief verschachtelt."
        raise ReportError(what, "Listen und Blöcke im Text dieses Kapitels vereinfachen.")
    _clean(root)
    for element in list(root.iter(*_LATER)):
        _empty(element)
    for svg in root.iter("svg"):
        for element in svg.iter(etree.Element):
            _restore_case(element)
    return root


def drawing(svg: bytes) -> Any:
    """The tree of a drawing in a file of its own; None for what is no XML at all."""
    try:
        return etree.fromstring(svg, etree.XMLParser(recover=True, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return None


def write(root: Element, *, brief: bool = False) -> str:
    """A page as text; the same bytes for the same tree. ``brief``: without end tags of cells, rows and items, which end
    where the next one begins, and without blanks between the parts of a table; a browser reads the same.
    """
    return f"<!doctype html>\n{''.join(_pieces(root, brief))}\n"


def markup(element: Element) -> str:
    """An element as text, without what stands behind it."""
    return "".join(_pieces(element))


def words(element: Element, *without: Element | None) -> str:
    """The text of an element on one line, less that of the elements that are given."""
    left_out = [part for part in without if part is not None]
    parts = [element.text or ""]
    for child in element:
        if child not in left_out and isinstance(child.tag, str):
            parts.append(child.text_content())
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def put_first(element: Element, name: str, value: str) -> None:
    """Set an attribute in front of all others."""
    others = element.items()
    element.attrib.clear()
    element.attrib.update([(name, value), *others])


def put_in_place(element: Element, other: Element) -> None:
    """Put another element where one stands, which is taken out; the text behind it stays."""
    other.tail, element.tail = element.tail, None
    element.getparent().replace(element, other)


def strip(element: Element) -> None:
    """Take away the white space at both ends of what an element holds."""
    element.text = (element.text or "").lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip()
    else:
        element.text = element.text.rstrip()


def _clean(root: Element) -> None:
    """Take out what no step could write into the tree again."""
    for element in root.iter():
        for text in ("text", "tail"):
            known = getattr(element, text)
            if known and _UNFIT.search(known):
                setattr(element, text, _UNFIT.sub("", known))
        for name, value in element.items():
            if _UNFIT.search(value):
                element.set(name, _UNFIT.sub("", value))


def _empty(element: Element) -> None:
    """Move what libxml2 put into an element without content behind it."""
    parent, inside, behind = element.getparent(), list(element), element.tail or ""
    element.tail, element.text = element.text, None
    last = inside[-1] if inside else element
    last.tail = (last.tail or "") + behind
    place = parent.index(element) + 1
    parent[place:place] = inside


def _restore_case(element: Element) -> None:
    element.tag = ELEMENTS.get(element.tag, element.tag)
    if not ATTRIBUTES.keys().isdisjoint(element.attrib):
        restored = [(ATTRIBUTES.get(name, name), value) for name, value in element.items()]
        element.attrib.clear()
        element.attrib.update(restored)


def _pieces(root: Element, brief: bool = False) -> Iterator[str]:
    foreign = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag
        if event == "start":
            foreign += tag in _FOREIGN
            yield f"<{tag}{''.join(map(_attribute, element.keys(), element.values()))}"
            yield "/>" if foreign and not len(element) and not element.text else ">"
            if element.text and not (brief and tag in _TABLES and element.text.isspace()):
                yield element.text if tag in _RAW else element.text.translate(_ESCAPES)
            continue
        if event == "comment":
            yield f"<!--{element.text}-->"
        elif event == "end":
            alone = foreign and not len(element) and not element.text
            if not alone and tag not in _EMPTY and not (brief and _ends_itself(element)):
                yield f"</{tag}>"
            foreign -= tag in _FOREIGN
        if element.tail and element is not root and not (brief and _between_cells(element)):
            yield element.tail.translate(_ESCAPES)


def _between_cells(element: Element) -> bool:
    """Whether what stands behind a part of a table are blanks that nobody sees."""
    parent = element.getparent()
    return parent is not None and parent.tag in _TABLES and element.tail.isspace()


def _ends_itself(element: Element) -> bool:
    """Whether a part of a table or an item ends where the next one begins, or the whole."""
    if element.tag not in _FOLLOWED or (element.tail and not _between_cells(element)):
        return False
    following = element.getnext()
    return element.tag in _LAST if following is None else following.tag in _FOLLOWED[element.tag]


def _attribute(name: str, value: str) -> str:
    if name in _SWITCHES and value in ("", name):
        return f" {name}"
    return f' {name}="{value.translate(_IN_QUOTES)}"'
