"""Ways to the profiles on the finished web pages: from maps, charts, keys and tables, and in the list of chapters.

Text that names an area carries its raum_id (``<span data-raum="…">``), areas in drawings are groups of the class
``raum <raum_id>``. Where the area has a profile in this report, they become links. Without profiles the marks of text
go without a trace.
"""

from __future__ import annotations

from collections.abc import Sequence

from sozialbericht.escaping import text_of
from sozialbericht.order.profiles import OVERVIEW, Profile
from sozialbericht.web import drawings
from sozialbericht.web.chapterlist import gather_profiles
from sozialbericht.web.tree import Element, new

#: The script of the finder; the page with the list of the profiles loads it.
SCRIPT = "profile.js"


def link(page: Element, name: str, profiles: Sequence[Profile]) -> None:
    """Give a page its ways to the profiles; ``name`` is its file."""
    known = {profile.area: profile for profile in profiles if profile.page != name}
    for words in list(page.iterfind(".//span[@data-raum]")):
        _lead(words, known.get(words.get("data-raum")))
    for pages in list(page.iterfind(".//div[@class='seitenliste']")):
        if pages.find(".//a[@href]") is None:  # it would lead nowhere
            pages.drop_tree()
    if not profiles:
        return
    own = name in {profile.page for profile in profiles}
    for svg in list(page.iter("svg")):
        figure = next(svg.iterancestors("figure"), None)
        if own:
            by_key = False
        elif figure is not None:  # no stop of the Tab key where a key or a table leads there
            by_key = figure.find(".//ul[@class='schluessel']") is None and figure.find(".//table") is None
        else:
            continue
        for area, group in drawings.areas(svg):
            if area in known:
                drawings.lead(svg, group, known[area].page, text_of(known[area].name), by_key=by_key)
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
