"""Addresses within the web report, the same from both stitchers: links to chapters, ids of captions.

Quarto links to a chapter's page where the built-in stitcher links to the chapter's heading on it, and it puts a fixed
number at the end of every caption's id.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sozialbericht.web.tree import Element

#: What stands where words would lead to what is not there.
NONE = "–"
_NUMBER = re.compile(r"(?<=-caption)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


def heading(page: Element) -> str:
    """The id of the chapter's heading on a page, "" where it has none."""
    found = (s.get("id", "") for s in page.iterfind(".//main//section[@id]") if "level1" in s.classes)
    return next(found, "")


def places(pages: Mapping[str, Element]) -> dict[str, str]:
    """The page of each heading, by its id; ``pages`` by name."""
    return {
        section.get("id"): name for name, page in pages.items() for section in page.iterfind(".//main//section[@id]")
    }


def lead(page: Element, name: str, places: Mapping[str, str]) -> None:
    """Let words that name a heading (``data-seite``) lead there; where it is nowhere, a dash stands in their place."""
    for words in list(page.iterfind(".//span[@data-seite]")):
        label = words.get("data-seite")
        if label in places and len(words.text_content()):
            target = "" if places[label] == name else places[label]
            words.tag = "a"
            words.attrib.clear()
            words.set("href", f"{target}#{label}")
        else:
            words.text = words.text and NONE
            words.drop_tag()


def settle(page: Element, name: str, headings: Mapping[str, str]) -> None:
    """Let the links of a page to chapters lead to their headings; ``headings`` has the id of each page's heading."""
    for element in page.xpath('//*[@*[contains(., "-caption-")]]'):
        for attribute, value in element.items():
            element.set(attribute, _NUMBER.sub("", value))
    for link in page.iterfind(".//main//a[@href]"):
        path, mark, place = link.get("href").partition("#")
        target = path.removeprefix("./")
        if not target.endswith(".html") or set(target) & set(":/?"):
            continue
        known = headings.get(target, "")
        anchor = mark + place or (known and f"#{known}")
        link.set("href", f"{'' if target == name and anchor else target}{anchor}")
