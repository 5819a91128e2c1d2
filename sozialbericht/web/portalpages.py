"""Portal pages: start page and atlas from the data that a notebook has put among the pictures.

``index.html`` becomes the start page; the text that stood there moves behind it (:data:`ABOUT`), and every link to it
follows. Without the data, as in a report of a few chapters, there is no atlas and the first page stays what it was.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sozialbericht.faults import ReportError
from sozialbericht.order.profiles import OVERVIEW, Profile
from sozialbericht.web import frame
from sozialbericht.web.citymap import Citymap, step
from sozialbericht.web.frame import Around
from sozialbericht.web.tree import Element, new, words

#: The pages: the start page, the atlas, and the text that stood on the first page before.
START, ATLAS, ABOUT = "index.html", "atlas.html", "zu-diesem-bericht.html"
#: The files among the pictures that the pages are made from, as the room ``atlas`` names them.
DATA = ("atlas.json", "start.json")
#: What the two pages load beside what every page does.
SHEET = "portal.css"
SCRIPTS = {
    ATLAS: ("atlas.js", "atlas-kern.js", "atlas-karte.js", "atlas-bild.js", "atlas-mitnehmen.js"),
    START: ("orte.js", "start.js"),
}
_TITLE = re.compile(r"(.*?) (\d{4}(?: – \w+)?)$")


@dataclass(frozen=True)
class Portalpages:
    """Start page and atlas of one report."""

    atlas: dict[str, Any]
    start: dict[str, Any]
    web: Path
    around: Around
    profiles: Sequence[Profile]

    @classmethod
    def of(cls, pictures: Path, web: Path, around: Around, profiles: Sequence[Profile]) -> Portalpages | None:
        """The pages whose data lie in the folder ``pictures`` and whose templates in ``web``; None without them."""
        wanted = [*(pictures / name for name in DATA), *(web / name for name in ("atlas.html", "start.html", SHEET))]
        if not all(path.is_file() for path in wanted):
            return None
        atlas, start = (json.loads(path.read_text(encoding="utf-8")) for path in wanted[: len(DATA)])
        return cls(atlas, start, web, around, profiles)

    def arranged(self, pages: dict[Path, Element]) -> dict[Path, Element]:
        """The pages of the report with start page and atlas, whose links lead where they should."""
        folder = next(iter(pages)).parent
        if taken := [name for name in (ATLAS, ABOUT) if folder / name in pages]:
            raise ReportError(
                f"Ein Kapitel heißt wie die Seite {taken[0]} des Webberichts. → Das Notebook oder den Text umbenennen."
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

    def write(self, folder: Path) -> None:
        """Write what the pages load into the folder of the web report."""
        known = {profile.area: profile.page for profile in self.profiles}
        areas = [{**area, "profil": known[area["id"]]} if area["id"] in known else area for area in self.atlas["raeume"]]
        _write_script(folder / "web" / "atlas.js", "atlas", {**self.atlas, "raeume": areas})
        _write_script(folder / "web" / "orte.js", "orte", self._places(known))
        for name in (SHEET, *SCRIPTS[ATLAS][1:], *SCRIPTS[START][1:]):
            shutil.copyfile(self.web / name, folder / "web" / name)

    @property
    def _leading(self) -> dict[str, Any]:
        """The leading indicator with its newest Stand."""
        sheet: dict[str, Any] = next(sheet for sheet in self.atlas["indikatoren"] if sheet["id"] == self.atlas["leit"])
        stand = sheet["staende"][-1]
        return {**sheet, "klasse": stand["klasse"], "titel": f"{sheet['name']}, {stand['stand']}"}

    def _places(self, known: dict[str, str]) -> dict[str, Any]:
        level, above = self.start["ebene"], self.start["oben"]
        areas = [
            {"id": area, "name": name, **({"profil": known[area]} if area in known else {}), **answer}
            for (area, _, name), answer in zip(self.start["namen"], self.start["auskunft"], strict=True)
        ]
        return {
            "format": "orte", "jahr": self.start["jahr"], "leit": self.atlas["leit"],
            "bezirk": "statistischer Bezirk", "diesem": level["diesem"], "dativ": level["dativ"],
            "mehrzahl": level["mehrzahl"], "oben": above["einzahl"] if above else "",
            "seit": f" seit {self.start['ab']}" if self.start["ab"] < self.start["jahr"] else "",
            "raeume": areas, "orte": self.start["orte"],
        }  # fmt: skip

    def _start(self, first: Element) -> Element:
        s, level, above = self.start, self.start["ebene"], self.start["oben"]
        known = {profile.area: profile.page for profile in self.profiles}
        title = _TITLE.match(self.around.title)
        kinds = [level["einzahl"], *([above["einzahl"]] if above else []), *(["statistischer Bezirk"] * self._covered())]
        texts = {
            "name": title[1] if title else self.around.title,
            "jahr": title[2] if title else "",
            "satz": s["satz"],
            "sicher": s["sicher"],
            "frage": "Welchen Teil der Stadt suchen Sie?",
            "orthilfe": f"{' oder '.join(', '.join(kinds).rsplit(', ', 1))}, zum Beispiel {s['orte'][-1][0]}",
            "stadt": s["stadt"],
        }
        parts = {
            "karte": self._start_map(known),
            "kennzahlen": [self._figures()],
            "wege": [self._ways(first)],
        }
        page = self._page(first, "start.html", self.around.title, texts, parts)
        for empty in page.xpath("//p[@class='sicher' or @class='satz'][not(node())] | //figure[not(node())]"):
            empty.drop_tree()
        return self._dressed(page, START)

    def _covered(self) -> bool:
        return any(place[1] == "statistischer Bezirk" for place in self.start["orte"])

    def _start_map(self, known: dict[str, str]) -> list[Element]:
        """Title, map and legend; nothing where the city has no polygons."""
        s, leading = self.start, self._leading
        if not s["flaechen"]:
            return []
        decided = s["karte"]["art"] == "auswahl"
        title = s["karte"]["titel"] if decided else leading["titel"]

        def told(place: int) -> tuple[str, str, str]:
            area, number, name = s["namen"][place]
            answer = s["auskunft"][place]
            kind = f"art-{s['karte']['klassen'][place]}" if decided else step(leading["klasse"][place], leading["richtung"])
            value = answer["werte"][0] if answer["werte"] else None
            said = f"{value['name']}: {value['wert']} {value['einheit']}".strip() if value else ""
            address = known.get(area, f"{ATLAS}#indikator={leading['id']}&raum={area}")
            return address, kind, "; ".join(filter(None, [f"{number} {name}", answer["urteil"], said]))

        where = "zum Profil" if known else "in den Atlas"
        lead = f"Anklicken führt {where}." if decided else f"{leading['was']}. Anklicken führt {where}."
        caption = new.figcaption(new.strong(title), new.span(lead))
        drawn = Citymap(s["flaechen"], s["namen"]).leading(told, f"Karte der {s['ebene']['mehrzahl']}")
        note = [new.p({"class": "hilfe"}, f"{s['hinweis']}.")] if s["hinweis"] else []
        return [caption, drawn, self._legend(decided), *note]

    def _legend(self, decided: bool) -> Element:
        leading = self._leading
        if decided:
            entries = [(f"art-{kind}", word, number) for kind, word, number in self.start["karte"]["legende"]]
        else:
            counted = leading["klasse"].count
            entries = [
                (step(str(k), leading["richtung"]), word, counted(str(k))) for k, word in enumerate(leading["stufen"])
            ]
            entries += [("ohne", "ohne Wert", number)] if (number := counted(".")) else []
        lines = (
            new.li(new.i({"class": kind}), new.span(word), new.span({"class": "grau"}, str(number)))
            for kind, word, number in entries
        )
        return new.ul({"class": "kartenlegende"}, *lines)

    def _figures(self) -> Element:
        known = {sheet["id"] for sheet in self.atlas["indikatoren"]}
        found = []
        for figure in self.start["kennzahlen"]:
            key = figure["indikator"]
            name = new.a({"href": f"{ATLAS}#indikator={key}"}, figure["name"]) if key in known else figure["name"]
            value = new.dd({"class": "wert"}, f"{figure['wert']} ", new.small(figure["einheit"]))
            found.append(new.div(new.dt(name), value, new.dd({"class": "wandel"}, figure["wandel"])))
        return new.dl(*found)

    def _ways(self, first: Element) -> Element:
        level, count = self.start["ebene"], len(self.start["namen"])
        since = f", Jahre seit {self.start['ab']} durchgehen" if self.start["ab"] < self.start["jahr"] else ""
        chapters = [
            link for link in first.iterfind(".//nav[@id='kapitel']//a")
            if link.get("href", "").partition("#")[0] not in (START, ABOUT, "")
        ]  # fmt: skip
        ways = [
            (ATLAS, "Atlas", f"Jeden Indikator auf der Karte ablesen, {level['mehrzahl']} vergleichen{since}."),
            (f"{ATLAS}#tabelle", "Daten", "Alle veröffentlichten Werte mit Bereichen und Ständen ansehen und als CSV mitnehmen."),
        ]
        if self.profiles:
            told = f"{count} {level['mehrzahl']} auf je zwei Seiten, auch zum Drucken."
            ways.insert(1, (f"{OVERVIEW}.html", "Profile", told))
        if chapters:
            ways.append((chapters[0].get("href"), words(chapters[0]), "Der Bericht in Kapiteln, von Anfang an."))
        ways.append((ABOUT, "Zu diesem Bericht", "Wie er zu lesen ist, was die Zeichen bedeuten, wer ihn herausgibt."))
        lines = (new.li(new.a({"href": address}, name), new.p(told)) for address, name, told in ways)
        return new.ul(*lines)

    def _atlas(self, first: Element) -> Element:
        s, level, above = self.start, self.start["ebene"], self.start["oben"]
        hint = f"{s['hinweis']}. " if s["flaechen"] and s["hinweis"] else ""
        signs = [f"„{sign}“ {word}" for sign, word in self.atlas["zeichen"].items()]
        on_map = "auf der Karte, in der Rangfolge oder in der Tabelle" if s["flaechen"] else "in der Rangfolge oder in der Tabelle"
        texts = {
            "titel": self.around.title,
            "status-text": self.around.status_text,
            "hinweis": hint.strip(),
            "zahl": str(len(s["namen"])),
            **{name: level[name] for name in ("einzahl", "mehrzahl", "dativ")},
            "eins": level["einen"],
            "klassenwort": "Karte" if s["flaechen"] else "Klassen",
            "kartenworte": f"{hint}Klassen für alle Jahre gleich.",
            "ablesen": f"{level['einen'].capitalize()} {level['einzahl']} {on_map} zeigen: Hier stehen Wert, Bereich und Rang.",
            "vergleichen": f"Bis zu vier {level['mehrzahl']} {on_map} wählen.",
            "suchwort": f"{level['einzahl']}{' oder ' + above['einzahl'] if above else ''}",
            "zeichen": "; ".join(signs) + "." if signs else "",
        }
        images = [
            _button("png", "Bild", "PNG, 2.400 Pixel breit"), _button("svg", "Grafik", "SVG, frei vergrößerbar")
        ] if s["flaechen"] else []  # fmt: skip
        parts: dict[str, list[Any]] = {
            "karte": self._choices(),
            "bildwege": images,
            "obenkopf": [new.th({"scope": "col"}, new.button({"type": "button", "data-sort": "gruppe"}, above["einzahl"]))]
            if above
            else [],
        }
        page = self._page(first, "atlas.html", f"Atlas – {self.around.title}", texts, parts)
        if not s["flaechen"]:
            field = page.find(".//div[@class='kartenfeld']")
            field.getparent().set("class", "buehne ohne-karte")
            field.drop_tree()
        skip = page.find(".//a[@class='sprung']")
        skip.addnext(new.a({"class": "sprung", "href": "#tabelle"}, "Zur Tabelle mit allen Werten"))
        return self._dressed(page, ATLAS)

    def _choices(self) -> list[Element]:
        s = self.start
        if not s["flaechen"]:
            return []
        drawn = Citymap(s["flaechen"], s["namen"]).choices(f"Karte der {s['ebene']['mehrzahl']}")
        told = "Anklicken oder Eingabetaste: zum Vergleich wählen. Pfeiltasten: zum Nachbarn."
        return [drawn, new.p({"class": "hilfe"}, told)]

    def _page(
        self, first: Element, template: str, title: str, texts: dict[str, str], parts: dict[str, list[Any]]
    ) -> Element:
        """A page of the report's frame around a template of the folder ``web``."""
        content = frame.filled((self.web / template).read_text(encoding="utf-8"), texts, parts)
        chapters = deepcopy(first.find(".//nav[@id='kapitel']/ul"))
        for link in chapters.iterfind(".//a[@aria-current]"):
            del link.attrib["aria-current"]
        for link in chapters.iterfind(".//a[@href]"):
            if link.get("href") == START:
                link.set("href", ABOUT)
        around = {"pagetitle": title, "titel": self.around.title, "status-text": self.around.status_text,
                  "entwurf": self.around.draft}  # fmt: skip
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


def _button(deed: str, word: str, told: str) -> Element:
    return new.li(new.button({"type": "button", "data-tat": deed}, word, new.small(told)))


def _write_script(path: Path, name: str, content: object) -> None:
    """A script that sets a variable of the page."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"window.{name} = {text};\n", encoding="utf-8")

