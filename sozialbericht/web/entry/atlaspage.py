"""Atlaspage: the page on which every indicator is read off the map, compared and taken along."""

from __future__ import annotations

from typing import Any

from sozialbericht.web.entry.citymap import Citymap
from sozialbericht.web.entry.entrydata import Entrydata, Fields
from sozialbericht.web.tree import Element, new


class Atlaspage:
    """The atlas of one report."""

    def __init__(self, data: Entrydata) -> None:
        self._data = data

    def fields(self) -> Fields:
        """Texts and parts of the page."""
        s, level, above = self._data.start, self._data.start["ebene"], self._data.start["oben"]
        hint = f"{s['hinweis']}. " if s["flaechen"] and s["hinweis"] else ""
        signs = [f"„{sign}“ {word}" for sign, word in self._data.atlas["zeichen"].items()]
        on_map = f"{'auf der Karte, ' if s['flaechen'] else ''}in der Rangfolge oder in der Tabelle"
        one, whole = f"{level['wen'][0].upper()}{level['wen'][1:]}", s["ganz"]
        grouped = new.button({"type": "button", "data-sort": "gruppe"}, above["einzahl"]) if above else None
        texts = {
            "titel": self._data.around.title,
            "status-text": self._data.around.status_text,
            "hinweis": hint.strip(),
            "zahl": str(len(s["namen"])),
            **{name: level[name] for name in ("einzahl", "mehrzahl", "dativ")},
            "eins": level["einen"],
            **{name: whole[name] for name in ("dazu", "gesamtwert")},
            "klassenwort": "Karte" if s["flaechen"] else "Klassen",
            "kartenworte": f"{hint}Klassen für alle Jahre gleich.",
            "ablesen": f"{one} {on_map} zeigen: Hier stehen Wert, Bereich und Rang.",
            "vergleichen": f"Bis zu vier {level['mehrzahl']} {on_map} wählen.",
            "suchwort": f"{level['einzahl']}{' oder ' + above['einzahl'] if above else ''}",
            "zeichen": "; ".join(signs) + "." if signs else "",
        }
        images = [
            _button("png", "Bild", "PNG, groß genug für Druck und Folien"),
            _button("svg", "Grafik", "SVG, frei vergrößerbar"),
        ] if s["flaechen"] else []  # fmt: skip
        parts: dict[str, list[Any]] = {
            "karte": self._choices(),
            "bildwege": images,
            "obenkopf": [] if grouped is None else [new.th({"scope": "col"}, grouped)],
        }
        return texts, parts

    def settle(self, page: Element) -> None:
        """A way to the table in front, and no field for a map where there is none."""
        if not self._data.start["flaechen"]:
            field = page.find(".//div[@class='kartenfeld']")
            field.getparent().set("class", "buehne ohne-karte")
            field.drop_tree()
        skip = page.find(".//a[@class='sprung']")
        skip.addnext(new.a({"class": "sprung", "href": "#tabelle"}, "Zur Tabelle mit allen Werten"))

    def _choices(self) -> list[Element]:
        s = self._data.start
        if not s["flaechen"]:
            return []
        drawn = Citymap(s["flaechen"], s["namen"]).choices(f"Karte der {s['ebene']['mehrzahl']}")
        told = "Anklicken oder Eingabetaste: zum Vergleich wählen. Pfeiltasten: zum Nachbarn."
        return [drawn, new.p({"class": "hilfe"}, told)]


def _button(deed: str, word: str, told: str) -> Element:
    return new.li(new.button({"type": "button", "data-tat": deed}, word, new.small(told)))
