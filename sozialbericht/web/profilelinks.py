"""Ways to the profiles on the finished web pages: from maps, charts, keys and tables, and in the list of chapters.

Text that names an area carries its raum_id (``<span data-raum="…">``), areas in drawings are groups of the class
``raum <raum_id>``. Where the area has a profile in this report, the text becomes a link, and over the picture lie
transparent fields with links: the picture itself stays a file of its own, because links inside an ``<img>`` do not
work. Without profiles the marks go without a trace.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from sozialbericht.escaping import html_text
from sozialbericht.order.profiles import OVERVIEW, Profile, grouped

#: The script of the finder; the page with the list of the profiles loads it.
SCRIPT = "profile.js"
_NAMED = re.compile(r'<span data-raum="([\w-]+)">(.*?)</span>', re.S)
_PICTURE = re.compile(r"<picture>.*?</picture>", re.S)
_CUT = re.compile(r'(?:src|srcset)="bilder/([^"]+\.svg)"')
_FIGURE = re.compile(r"<figure\b.*?</figure>", re.S)
_FIELD = re.compile(r'<g class="raum ([\w-]+)"><path d="([^"]+)"')
_VIEW = re.compile(r'viewBox="([^"]+)"')
_ENTRY = re.compile(
    r'<li><a href="(?P<page>[\w-]+\.html)"[^>]*>(?P<words>(?:(?!</a>).)*)</a>(?:<ul class="abschnitte">.*?</ul>)?</li>',
    re.S,
)


def link(page: str, name: str, pictures: Path, profiles: Sequence[Profile]) -> str:
    """A page with its ways to the profiles; ``name`` is its file, ``pictures`` the folder of the drawings."""
    known = {profile.area: profile for profile in profiles if profile.page != name}
    page = _NAMED.sub(lambda m: _worded(m[2], known.get(m[1])), page)
    if not profiles:
        return page
    own = name in {profile.page for profile in profiles}
    page = _FIGURE.sub(lambda m: _linked_figure(m[0], pictures, known, own), page)
    if own:
        page = _PICTURE.sub(lambda m: _with_fields(m[0], pictures, known, False), page)
    page = _navigation(page, name, profiles)
    if name == f"{OVERVIEW}.html":
        page = page.replace("</head>", f'<script src="web/{SCRIPT}" defer></script>\n</head>', 1)
    return page


def _worded(words: str, profile: Profile | None) -> str:
    return f'<a href="{profile.page}">{words}</a>' if profile else words


def _linked_figure(figure: str, pictures: Path, known: dict[str, Profile], own: bool) -> str:
    """A figure with fields over its pictures; with a key below, the fields are left out of the tab order."""
    if own:
        return figure
    by_key = '<ul class="schluessel">' not in figure
    return _PICTURE.sub(lambda m: _with_fields(m[0], pictures, known, by_key), figure)


def _with_fields(picture: str, pictures: Path, known: dict[str, Profile], by_key: bool) -> str:
    """A picture under transparent fields with links, one set for each of its cuts."""
    drawn = {cut: fields(pictures / cut, known, by_key) for cut in _CUT.findall(picture)}
    if not any(drawn.values()):
        return picture
    only = len(drawn) == 1
    sets = "".join(
        svg.replace("<svg", f'<svg class="felder {"immer" if only else "schmal" if ".schmal." in cut else "weit"}"', 1)
        for cut, svg in drawn.items()
    )
    return f'<div class="bild">{picture}{sets}</div>'


def fields(drawing: Path, known: dict[str, Profile], by_key: bool) -> str:
    """The areas of a drawing as a transparent SVG of links; empty where it shows none of the known areas.

    Positions are rounded to a third of a millimetre. ``by_key``: the links can be reached with the Tab key.
    """
    if not drawing.is_file():
        return ""
    svg = drawing.read_text(encoding="utf-8")
    view = _VIEW.search(svg)
    found = [(known[area], path) for area, path in _FIELD.findall(svg) if area in known]
    if not (view and found):
        return ""
    order = "" if by_key else ' tabindex="-1"'
    links = "".join(
        f'<a href="{profile.page}"{order}><title>{html_text(profile.name)}</title><path d="{_rounded(path)}"/></a>'
        for profile, path in found
    )
    return f'<svg viewBox="{view[1]}" role="group" aria-label="Zu den Profilen">{links}</svg>'


def _rounded(path: str) -> str:
    """A path in whole points."""
    return re.sub(r"-?\d+\.\d+", lambda m: f"{float(m[0]):.0f}", path)


def _navigation(page: str, name: str, profiles: Sequence[Profile]) -> str:
    """The list of chapters with one line for all profiles; on a profile's page its group below that line."""
    pages = {profile.page: profile for profile in profiles}
    start, mark, rest = page.partition('<nav id="kapitel"')
    listed, end, rest = rest.partition("</nav>")
    entries = {m["page"]: m[0] for m in _ENTRY.finditer(listed) if m["page"] in pages}
    for entry in entries.values():
        listed = listed.replace(entry, "", 1)
    here = pages.get(name)
    if here:
        group = grouped(profiles)[here.group]
        below = "".join(entries.get(member.page, "") for member in group)
        line = next((m[0] for m in _ENTRY.finditer(listed) if m["page"] == f"{OVERVIEW}.html"), "")
        listed = listed.replace(line, f'{line.removesuffix("</li>")}<ul class="profile">{below}</ul></li>', 1)
    return start + mark + listed + end + rest
