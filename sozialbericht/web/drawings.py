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

from sozialbericht.drawing.canvas.steps import IN_PRINT, ON_THE_WEB
from sozialbericht.faults import ReportError
from sozialbericht.web.tree import Element, new, put_in_place

#: The folder of the drawings, as pages name it.
PICTURES = "bilder/"
AGAIN = "Den Bericht noch einmal machen, mit --no-cache."
#: What follows a drawing's name in its files for the web: the wide cut and the one for phones.
WIDE, NARROW = ".web.svg", ".schmal.svg"

#: How long an outline is that is written once on a page, and what its id begins with.
LONG, OUTLINE = 40, "u-"

_COLOUR = re.compile(r'(?<=")var\((--[\w-]+),(#[0-9a-f]{6})\)(?=")')
_ORDER = re.compile(rf"(<text [^>]*>(?:[^<]*; )?){ON_THE_WEB}")
_PARSER = etree.XMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
_PARSER.set_element_class_lookup(html.HtmlElementClassLookup())
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
    """Let drawings of a page that have the same outline take it from the first that has it.

    It is what a path without anything but an outline is drawn with; its look is that of the group it stands in.
    """
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
    rest = {key: value for key, value in svg.items() if key not in ("width", "height", "class", "role")}
    width = "" if alone else " schmal" if file.endswith(NARROW) else " weit"
    svg.attrib.clear()
    own = {"class": f"zeichnung{width}", "data-bild": file.partition(".")[0], "role": "img", "aria-label": alternative}
    svg.attrib.update({**own, **rest})
    for title in svg.findall("title"):
        svg.remove(title)
