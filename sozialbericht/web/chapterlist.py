"""The list of chapters beside a page: its lines, the chapter's sections, one line for all profiles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from sozialbericht.order.profiles import OVERVIEW, Profile, grouped
from sozialbericht.web.tidying import number_of
from sozialbericht.web.tree import Element, new, words

#: With which pages a group of chapters begins, in the assembled project's folder ``web``: page → heading, "" for none.
GROUPS = "gruppen.json"


@dataclass(frozen=True)
class Entry:
    """A line of the list: page ("" for a heading such as „Anhang“), number, title."""

    page: str
    number: str
    title: str

    def link(self, current: bool = False) -> Element:
        """The line as a link; the current page's one says so."""
        here = {"aria-current": "page"} if current else {}
        return new.a({"href": self.page} | here, *numbered(self.number, self.title))


def numbered(number: str, *title: str | Element) -> list[str | Element]:
    """Number and title of a chapter, the title as text and elements."""
    front = [new.span({"class": "chapter-number"}, number), "\u00a0 "] if number else []
    return [*front, new.span({"class": "chapter-title"}, *title)]


def listed(entries: Iterable[Entry], current: Entry) -> Element:
    """The list of chapters; what follows a heading stands under it."""
    top = under = new.ul()
    for entry in entries:
        if entry.page:
            under.append(new.li(entry.link(entry == current)))
        else:
            under = new.ul()
            top.append(new.li(new.span({"class": "anhang"}, entry.title), under))
    return top


def group(page: Element, web: Path) -> None:
    """Put the chapters of the list under the headings of their groups, which ``web`` says."""
    path = web / GROUPS
    begin: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    top = page.find(".//nav[@id='kapitel']/ul")
    if not begin or top is None:
        return
    under = top
    for line in list(top):
        address = _target(line)
        if not address:
            break  # the annex has a heading of its own
        if address in begin:
            under = new.ul({"class": "kapitelgruppe"}) if begin[address] else top
            if begin[address]:
                line.addprevious(new.li(new.span({"class": "kapitelgruppe"}, begin[address]), under))
        if under is not top:
            line.tail = None
            under.append(line)


def order(page: Element) -> list[str]:
    """The pages of the report as the list names them."""
    links = (link.get("href", "") for link in page.iterfind(".//nav[@id='kapitel']//a"))
    return [address for address in links if address.endswith(".html") and "#" not in address]


def add_sections(page: Element) -> None:
    """Name the chapter's sections under its line."""
    current = page.find(".//a[@aria-current='page']")
    lines = [
        _line(section.get("id"), section[0])
        for section in page.iterfind(".//main//section[@id]")
        if "level2" in section.classes and len(section) and section[0].tag == "h2"
    ]
    if current is not None and lines:
        below = new.ul({"class": "abschnitte"}, *lines)
        below.tail, current.tail = current.tail, None
        current.addnext(below)


def _line(label: str, head: Element) -> Element:
    number = number_of(head)
    link = new.a({"href": f"#{label}"}, new.span({"class": "titel"}, words(head, number)))
    if number is not None:
        link.insert(0, deepcopy(number))
        link[0].tail = " "
    return new.li(link)


def gather_profiles(page: Element, name: str, profiles: Sequence[Profile]) -> None:
    """One line for all profiles; on a profile's page, which is called ``name``, its group below that line."""
    lines = {_target(line): line for line in page.iterfind(".//nav[@id='kapitel']//li")}
    pages = {profile.page: profile for profile in profiles}
    own = {target: lines[target] for target in pages if target in lines}
    for line in own.values():
        line.drop_tree()
        line.tail = None
    here, overview = pages.get(name), lines.get(f"{OVERVIEW}.html")
    if here and overview is not None:
        group = grouped(profiles)[here.group]
        overview.append(new.ul({"class": "profile"}, *(own[p.page] for p in group if p.page in own)))


def _target(line: Element) -> str:
    """The page that a line of the list leads to; "" for none."""
    address: str = line[0].get("href", "") if len(line) and line[0].tag == "a" else ""
    return address
