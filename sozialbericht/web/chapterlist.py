"""The list of chapters beside a page: the order of the pages, the chapter's sections, one line for all profiles."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from sozialbericht.order.profiles import OVERVIEW, Profile, grouped
from sozialbericht.web.tidying import number_of
from sozialbericht.web.tree import Element, new, words


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
        listed = new.ul({"class": "abschnitte"}, *lines)
        listed.tail, current.tail = current.tail, None
        current.addnext(listed)


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
    listed = {target: lines[target] for target in pages if target in lines}
    for line in listed.values():
        line.drop_tree()
        line.tail = None
    here, overview = pages.get(name), lines.get(f"{OVERVIEW}.html")
    if here and overview is not None:
        group = grouped(profiles)[here.group]
        overview.append(new.ul({"class": "profile"}, *(listed[p.page] for p in group if p.page in listed)))


def _target(line: Element) -> str:
    """The page that a line of the list leads to; "" for none."""
    address: str = line[0].get("href", "") if len(line) and line[0].tag == "a" else ""
    return address
