"""Drawings in the pages: each stands in the page itself, so that its text is found, copied and set in the page's fonts.

A drawing comes as a file whose colours are custom properties with their light value behind (``var(--tinte,#1a2024)``):
in a page they are the page's own, in print the light values (:func:`printed`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from sozialbericht.blocklanguage import NARROW_CUT
from sozialbericht.drawing.canvas.steps import IN_PRINT, ON_THE_WEB
from sozialbericht.faults import ReportError
from sozialbericht.web.styles import Styles
from sozialbericht.web.tree import Element, new, put_in_place

#: The folder of the drawings, as pages name it.
PICTURES = "bilder/"
AGAIN = "Den Bericht noch einmal machen, mit --no-cache."
#: What follows a drawing's name in the file of its wide cut for the web.
WIDE = ".web.svg"

#: How long an outline is that is written once on a page; what its id begins with, and that of a mark.
LONG, OUTLINE, MARK = 40, "u-", "m-"

_COLOUR = re.compile(r'(?<=")var\((--[\w-]+),(#[0-9a-f]{6})\)(?=")')
_ORDER = re.compile(rf"(<text [^>]*>(?:[^<]*; )?){ON_THE_WEB}")
_PARSER = etree.XMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
_PARSER.set_element_class_lookup(html.HtmlElementClassLookup())
#: What a drawing has for a page only as the page says it; what the page's style sheet says of all drawings.
_OWN = ("width", "height", "class", "role")
_BY_STYLE = (("font-family", "Source Sans Pro"), ("stroke-linejoin", "round"))
#: What classes say of elements; what is stored in these is drawn with the look of what uses it.
_LOOK = frozenset({
    "font-size", "font-style", "font-weight", "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
    "stroke-linejoin", "stroke-width", "text-anchor",
})  # fmt: skip
_STORES = ("defs", "clipPath", "pattern", "symbol")
_SVG = "{http://www.w3.org/2000/svg}"


def printed(svg: str) -> str:
    """A drawing with the light colours in the places of the custom properties; its legend names the dark end."""
    return _ORDER.sub(rf"\1{IN_PRINT}", _COLOUR.sub(r"\2", svg))


def embed(page: Element, name: str, folder: Path) -> set[Path]:
    """Put the drawings that a page refers to into it; ``folder`` holds the page called ``name``. Returns their files.

    Each becomes ``<svg class="zeichnung" data-bild="name">``, a picture with the alternative text as its name; with a
    cut for phones there are two, of the classes ``weit`` and ``schmal``. Raises :class:`ReportError` where a file is
    missing or no drawing.
    """
    used: set[Path] = set()
    for picture in list(page.iter("img")):
        frame = picture.getparent() if picture.getparent().tag == "picture" else picture
        cuts = [address for element in frame.iter("source", "img") if (address := _address(element))]
        if not cuts:
            continue
        drawn = [_drawing(folder / cut, f"{name}: Die Datei „{cut}“") for cut in cuts]
        for cut, svg in zip(cuts, drawn, strict=True):
            _dress(svg, Path(cut).name, picture.get("alt", ""), alone=len(cuts) == 1)
        put_in_place(frame, drawn[0])
        for before, svg in itertools.pairwise(drawn):
            svg.tail, before.tail = before.tail, None
            before.addnext(svg)
        used |= {folder / cut for cut in cuts}
    if used:
        _write_once(page)
    return used


def dress(page: Element, styles: Styles) -> None:
    """Let what an element of a drawing looks like be said by a class, but for the fill of shapes, which is data."""
    for svg in page.iter("svg"):
        if "zeichnung" not in svg.classes:
            continue
        for element in svg.iter(etree.Element):
            if element.tag in _STORES or next(element.iterancestors(*_STORES), None) is not None:
                continue
            look = {name: value for name, value in element.items() if name in _LOOK}
            if element.tag == "text" and "fill" in element.attrib:
                look["fill"] = element.get("fill")
            if look:
                for name in look:
                    del element.attrib[name]
                element.classes.add(styles.named(look))


def areas(svg: Element) -> Iterator[tuple[str, Element]]:
    """What a drawing shows of areas: the raum_id and the group of the class ``raum <raum_id>``."""
    for group in list(svg.iter("g")):
        kind, _, area = group.get("class", "").partition(" ")
        if kind == "raum" and area and len(group):
            yield area, group


def lead(svg: Element, group: Element, address: str, title: str, *, by_key: bool) -> None:
    """Let what is drawn of an area lead to an address; ``by_key``: the way can be reached with the Tab key."""
    svg.set("role", "group")
    link = new.a({"href": address, **({} if by_key else {"tabindex": "-1"})}, new.title(title))
    put_in_place(group, link)
    link.append(group)


def _write_once(page: Element) -> None:
    """Let drawings of a page that have the same outline or the same mark take it from the first that has it.

    An outline is a path without anything else: its look is that of the group it stands in.
    """
    _store_once(page)
    first, numbers = dict[str, Element](), itertools.count(1)
    for path in list(page.iter("path")):
        outline = path.get("d", "")
        if len(outline) < LONG or len(path.attrib) > 1 + ("id" in path.attrib) or path.getparent().tag == "defs":
            continue
        if outline not in first:
            first[outline] = path
            continue
        if "id" not in first[outline].attrib:
            first[outline].set("id", f"{OUTLINE}{next(numbers)}")
        path.tag = "use"
        path.attrib.clear()
        path.set("href", f"#{first[outline].get('id')}")


def _store_once(page: Element) -> None:
    """Keep each stored mark once, with a short id."""
    names, known = dict[str, str](), dict[tuple[tuple[str, str], ...], str]()
    for path in list(page.xpath("//svg[contains(@class, 'zeichnung')]//defs/path[@id]")):
        told = tuple(sorted((name, value) for name, value in path.items() if name != "id"))
        new_one = told not in known
        names[f"#{path.get('id')}"] = known.setdefault(told, f"{MARK}{len(known) + 1}")
        if new_one:
            path.set("id", known[told])
            continue
        store = path.getparent()
        store.remove(path)
        if not len(store):
            store.getparent().remove(store)
    for use in page.iter("use"):
        if (name := use.get("href", "")) in names:
            use.set("href", f"#{names[name]}")


def _address(element: Element) -> str:
    address: str = element.get("src") or element.get("srcset") or ""
    return address if address.startswith(PICTURES) and address.endswith(".svg") else ""


def _drawing(path: Path, told: str) -> Element:
    """The tree of a drawing, its names without their namespace, as they are in a page."""
    if not path.is_file():
        raise ReportError(f"{told} fehlt.", AGAIN)
    try:
        root: Element = etree.fromstring(_COLOUR.sub(r"var(\1)", path.read_text(encoding="utf-8")), _PARSER)
    except etree.XMLSyntaxError as error:
        raise ReportError(f"{told} ist keine Zeichnung: {error}.", AGAIN) from error
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
    etree.cleanup_namespaces(root)
    return root


def _dress(svg: Element, file: str, alternative: str, *, alone: bool) -> None:
    """Give a drawing its class, its name and its role; its size is the page's matter."""
    rest = {key: value for key, value in svg.items() if key not in _OWN and (key, value) not in _BY_STYLE}
    width = "" if alone else " schmal" if file.endswith(NARROW_CUT) else " weit"
    svg.attrib.clear()
    own = {"class": f"zeichnung{width}", "data-bild": file.partition(".")[0], "role": "img", "aria-label": alternative}
    svg.attrib.update({**own, **rest})
    for title in svg.findall("title"):
        svg.remove(title)
