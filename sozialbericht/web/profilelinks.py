"""Ways to the profiles on the finished web pages: from maps, charts, keys and tables, and in the list of chapters.

Text that names an area carries its raum_id (``<span data-raum="…">``), areas in drawings are groups of the class
``raum <raum_id>``. Where the area has a profile in this report, the text becomes a link, and over the picture lie
transparent fields with links: the picture itself stays a file of its own, because links inside an ``<img>`` do not
work. Without profiles the marks go without a trace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sozialbericht.escaping import text_of
from sozialbericht.order.profiles import OVERVIEW, Profile
from sozialbericht.web.chapterlist import gather_profiles
from sozialbericht.web.tree import Element, drawing, new, put_first, put_in_place

#: The script of the finder; the page with the list of the profiles loads it.
SCRIPT = "profile.js"
_PICTURES = "bilder/"


def link(page: Element, name: str, pictures: Path, profiles: Sequence[Profile]) -> None:
    """Give a page its ways to the profiles; ``name`` is its file, ``pictures`` the folder of the drawings."""
    known = {profile.area: profile for profile in profiles if profile.page != name}
    for words in list(page.iterfind(".//span[@data-raum]")):
        _lead(words, known.get(words.get("data-raum")))
    if not profiles:
        return
    own = name in {profile.page for profile in profiles}
    for picture in list(page.iter("picture")):
        figure = next(picture.iterancestors("figure"), None)
        if own:
            _add_fields(picture, pictures, known, by_key=False)
        elif figure is not None:  # the fields are left out of the tab order where a key or a table leads there, too
            named = figure.find(".//ul[@class='schluessel']"), figure.find(".//table")
            _add_fields(picture, pictures, known, by_key=named == (None, None))
    gather_profiles(page, name, profiles)
    if name == f"{OVERVIEW}.html":
        script = new.script({"src": f"web/{SCRIPT}", "defer": ""})
        script.tail = "\n"
        next(page.iter("head", "body")).append(script)


def _lead(words: Element, profile: Profile | None) -> None:
    """Let a name lead to its profile, or stand alone."""
    if profile is None:
        words.drop_tag()
        return
    words.tag = "a"
    words.attrib.clear()
    words.set("href", profile.page)


def _add_fields(picture: Element, pictures: Path, known: Mapping[str, Profile], by_key: bool) -> None:
    """Lay transparent fields with links over a picture, one set for each of its cuts."""
    cuts = list(dict.fromkeys(_cuts(picture)))
    drawn = {cut: fields(pictures / cut, known, by_key) for cut in cuts}
    sets = []
    for cut, svg in drawn.items():
        if svg is not None:
            width = "immer" if len(drawn) == 1 else "schmal" if ".schmal." in cut else "weit"
            put_first(svg, "class", f"felder {width}")
            sets.append(svg)
    if sets:
        frame = new.div({"class": "bild"})
        put_in_place(picture, frame)
        frame.extend([picture, *sets])


def _cuts(picture: Element) -> Iterator[str]:
    """The files of a picture."""
    for element in picture.iter("source", "img"):
        for name in ("src", "srcset"):
            address = element.get(name, "")
            if address.startswith(_PICTURES) and address.endswith(".svg"):
                yield address.removeprefix(_PICTURES)


def fields(path: Path, known: Mapping[str, Profile], by_key: bool) -> Element | None:
    """The areas of a drawing as a transparent SVG of links; None where it shows none of the known areas.

    Positions are rounded to a third of a millimetre. ``by_key``: the links can be reached with the Tab key.
    """
    data = path.read_bytes() if path.is_file() else b""
    svg = drawing(data) if b'"raum ' in data else None
    if svg is None or not svg.get("viewBox"):
        return None
    order = {} if by_key else {"tabindex": "-1"}
    links = [
        new.a(
            {"href": known[area].page, **order},
            new.title(text_of(known[area].name)),
            new.path({"d": _rounded(group[0].get("d", ""))}),
        )
        for group in svg.iter("{*}g")
        if (area := group.get("class", "").removeprefix("raum ")) in known and len(group)
    ]
    if not links:
        return None
    return new.svg({"viewBox": svg.get("viewBox"), "role": "group", "aria-label": "Zu den Profilen"}, *links)


def _rounded(path: str) -> str:
    """A path in whole points."""
    return re.sub(r"-?\d+\.\d+", lambda m: f"{float(m[0]):.0f}", path)
