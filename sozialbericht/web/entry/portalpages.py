"""Portal pages: start page and atlas from the data that a notebook has put among the pictures.

``index.html`` becomes the start page; the text that stood there moves behind it (``zu-diesem-bericht.html``), and every
link to it follows. Without the data, as in a report of a few chapters, there is no atlas and the first page stays what
it was.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from sozialbericht.faults import ReportError
from sozialbericht.order.profiles import Profile
from sozialbericht.web import frame
from sozialbericht.web.entry.atlaspage import Atlaspage
from sozialbericht.web.entry.entrydata import ABOUT, ATLAS, START, Entrydata, Fields, sheets
from sozialbericht.web.entry.packing import Packing, part_of
from sozialbericht.web.entry.startpage import Startpage
from sozialbericht.web.frame import Around
from sozialbericht.web.tree import Element, new

#: The files among the pictures that the pages are made from, as the room ``atlas`` names them.
DATA = ("atlas.json", "start.json")
#: Of more areas the atlas loads the numbers of an indicator when they are asked for: 39 areas, 65 indicators and seven
#: years are one file of 440 KiB; of 447 areas they are 3.8 MB, with xz still 1.08 MB, so what is loaded first (200 KiB)
#: and each part (70 KiB) stay below 1 MiB, and all of it works from disk as scripts do.
TOGETHER = 100
#: What the two pages load beside what every page does.
SHEET = "portal.css"
SCRIPTS = {
    ATLAS: ("atlas.js", "atlas-kern.js", "atlas-karte.js", "atlas-bild.js", "atlas-mitnehmen.js"),
    START: ("orte.js", "start.js"),
}


@dataclass(frozen=True)
class Portalpages:
    """Start page and atlas of one report."""

    data: Entrydata
    web: Path

    @classmethod
    def of(cls, pictures: Path, web: Path, around: Around, profiles: Sequence[Profile]) -> Portalpages | None:
        """The pages whose data lie in the folder ``pictures`` and whose templates in ``web``; None without them."""
        wanted = [*(pictures / name for name in DATA), *(web / name for name in ("atlas.html", "start.html", SHEET))]
        if not all(path.is_file() for path in wanted):
            return None
        atlas, start = (json.loads(path.read_text(encoding="utf-8")) for path in wanted[: len(DATA)])
        return cls(Entrydata(atlas, start, around, profiles), web)

    def arranged(self, pages: dict[Path, Element]) -> dict[Path, Element]:
        """The pages of the report with start page and atlas, whose links lead where they should."""
        folder = next(iter(pages)).parent
        if taken := [name for name in (ATLAS, ABOUT) if folder / name in pages]:
            raise ReportError(
                f"Ein Kapitel heißt wie die Seite {taken[0]} des Webberichts.", "Das Notebook oder den Text umbenennen."
            )
        chapters = {(folder / ABOUT if path.name == START else path): page for path, page in pages.items()}
        first = chapters[folder / ABOUT]
        for page in chapters.values():
            for link in page.iterfind(".//a[@href]"):
                name, mark, place = link.get("href").removeprefix("./").partition("#")
                if name == START and "bericht" not in link.getparent().classes:
                    link.set("href", f"{ABOUT}{mark}{place}")
        own = {folder / START: self._start(first), folder / ATLAS: self._atlas(first)}
        found = {**own, **chapters}
        for path, page in found.items():
            self._add_ways(page, path.name)
        return found

    def write(self, folder: Path, pages: Mapping[Path, Element]) -> None:
        """Write what the pages load into the folder of the web report, whose ``pages`` it may lead to."""
        atlas, known = self.data.atlas, self.data.known
        areas = [{**area, "profil": known.get(area["id"], "")} for area in atlas["raeume"]]
        packing = Packing({**atlas, "raeume": areas})
        whole, parts = packing.parted() if len(areas) > TOGETHER else (packing.packed(), {})
        _write_script(folder / "web" / "atlas.js", "atlas", whole)
        for key, part in parts.items():
            _write_script(folder / "web" / part_of(key), "atlasteil", part)
        found = sheets(pages, (area["id"] for area in atlas["raeume"]))
        _write_script(folder / "web" / "orte.js", "orte", self.data.places(found))
        for name in (SHEET, *SCRIPTS[ATLAS][1:], *SCRIPTS[START][1:]):
            shutil.copyfile(self.web / name, folder / "web" / name)

    def _start(self, first: Element) -> Element:
        page = self._page(first, "start.html", self.data.around.title, Startpage(self.data).fields(first))
        for empty in page.xpath("//p[@class='sicher' or @class='satz'][not(node())] | //figure[not(node())]"):
            empty.drop_tree()
        return self._dressed(page, START)

    def _atlas(self, first: Element) -> Element:
        own = Atlaspage(self.data)
        page = self._page(first, "atlas.html", f"Atlas – {self.data.around.title}", own.fields(first))
        own.settle(page)
        return self._dressed(page, ATLAS)

    def _page(self, first: Element, template: str, title: str, fields: Fields) -> Element:
        """A page of the report's frame around a template of the folder ``web``."""
        content = frame.filled((self.web / template).read_text(encoding="utf-8"), *fields)
        chapters = deepcopy(first.find(".//nav[@id='kapitel']/ul"))
        for link in chapters.iterfind(".//a[@aria-current]"):
            del link.attrib["aria-current"]
        for link in chapters.iterfind(".//a[@href]"):
            if link.get("href") == START:
                link.set("href", ABOUT)
        said = self.data.around
        around = {"pagetitle": title, "titel": said.title, "status-text": said.status_text, "entwurf": said.draft}
        body = content.find("body")
        page = frame.filled(
            (self.web / "seite.html").read_text(encoding="utf-8"),
            around, {"body": list(body), "navigation": [chapters], "zurueck": [], "weiter": []},
        )  # fmt: skip
        page.find(".//nav[@class='blaettern']").drop_tree()
        return page

    def _dressed(self, page: Element, name: str) -> Element:
        """A page with its own style and scripts."""
        page.find("body").set("class", "weit")
        head = page.find("head")
        head.append(new.link({"rel": "stylesheet", "href": f"web/{SHEET}"}))
        for script in SCRIPTS[name]:
            head.append(new.script({"src": f"web/{script}", "defer": ""}))
        return page

    def _add_ways(self, page: Element, name: str) -> None:
        """Ways to start page and atlas in the head of a page."""
        title = page.find(".//header//p[@class='bericht']")
        if title is None:
            return
        links = (
            new.li(new.a({"href": address, **({"aria-current": "page"} if address == name else {})}, word))
            for address, word in ((START, "Start"), (ATLAS, "Atlas"))
        )
        title.addnext(new.nav({"class": "bereiche", "aria-label": "Bericht"}, new.ul(*links)))


def _write_script(path: Path, name: str, content: object) -> None:
    """A script that sets a variable of the page."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"window.{name} = {text};\n", encoding="utf-8")
