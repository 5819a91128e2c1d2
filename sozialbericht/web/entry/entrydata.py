"""Entrydata: what a notebook has put for start page and atlas, with what the report around them adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sozialbericht.order.profiles import Profile
from sozialbericht.order.project import sheet_label
from sozialbericht.web.frame import Around
from sozialbericht.web.tree import Element, new, words

#: The pages: the start page, the atlas, and the text that stood on the first page before.
START, ATLAS, ABOUT = "index.html", "atlas.html", "zu-diesem-bericht.html"
#: Chapters to which both pages lead where a report has them: the decision; for readers without JavaScript the register
#: of areas and the tables.
DECISION, REGISTER, TABLES = "aktionsraeume.html", "verzeichnis.html", "tabellen.html"
#: Texts and parts of a page by their places in its template.
Fields = tuple[dict[str, str], dict[str, list[Any]]]


@dataclass(frozen=True)
class Entrydata:
    """The data of both pages as JSON, what stands around every page, and the profiles of areas that have one."""

    atlas: dict[str, Any]
    start: dict[str, Any]
    around: Around
    profiles: Sequence[Profile]

    @cached_property
    def known(self) -> dict[str, str]:
        """The pages of profiles by raum_id."""
        return {profile.area: profile.page for profile in self.profiles}

    @cached_property
    def leading(self) -> dict[str, Any]:
        """The leading indicator with its newest Stand."""
        sheet: dict[str, Any] = next(sheet for sheet in self.atlas["indikatoren"] if sheet["id"] == self.atlas["leit"])
        stand = sheet["staende"][-1]
        return {**sheet, "klasse": stand["klasse"], "titel": f"{sheet['name']}, {stand['stand']}"}

    @property
    def covers(self) -> bool:
        """Whether areas are known by the statistische Bezirke in them, too."""
        return any(place[1] == self.start["umfasstes"] for place in self.start["orte"])

    def places(self, sheets: Mapping[str, str]) -> dict[str, Any]:
        """What the search field of the start page knows, as its script reads it; ``sheets``: where the Steckbriefe are,
        by raum_id.
        """
        level, above = self.start["ebene"], self.start["oben"]
        ways = {"profil": self.known, "blatt": sheets}
        areas = [
            {"id": area, "name": name, **{way: led[area] for way, led in ways.items() if area in led}, **answer}
            for (area, _, name), answer in zip(self.start["namen"], self.start["auskunft"], strict=True)
        ]
        return {
            "format": "orte", "jahr": self.start["jahr"], "leit": self.atlas["leit"],
            "bezirk": self.start["umfasstes"], "diesem": level["diesem"], "dativ": level["dativ"],
            "mehrzahl": level["mehrzahl"], "oben": above["einzahl"] if above else "",
            "seit": f" seit {self.start['ab']}" if self.start["ab"] < self.start["jahr"] else "",
            "raeume": areas, "orte": self.start["orte"],
        }  # fmt: skip


def chapter(first: Element, name: str) -> Element | None:
    """A link to the chapter whose page has this name, as the list of chapters in the page ``first`` calls it."""
    for link in first.iterfind(".//nav[@id='kapitel']//a[@href]"):
        if link.get("href", "").partition("#")[0] == name:
            title = link.find("span[@class='chapter-title']")
            return new.a({"href": name}, words(link if title is None else title))
    return None


def sheets(pages: Mapping[Path, Element], areas: Iterable[str]) -> dict[str, str]:
    """Where the Steckbriefe of these areas are in the pages, by raum_id."""
    marks = {sheet_label(area): area for area in areas}
    return {
        marks[mark]: f"{path.name}#{mark}"
        for path, page in pages.items()
        for mark in page.xpath("//@id[starts-with(., 'sec-')]")
        if mark in marks
    }
