"""Atlaspage: the page on which every indicator is read off the map, compared and taken along."""

from __future__ import annotations

import json
from typing import Any

from sozialbericht.web.entry.citymap import Citymap
from sozialbericht.web.entry.entrydata import TABLES, Entrydata, Fields, chapter
from sozialbericht.web.tree import Element, new


class Atlaspage:
    """The atlas of one report."""

    def __init__(self, data: Entrydata) -> None:
        self._data = data

    def fields(self, first: Element) -> Fields:
        """Texts and parts of the page; ``first`` is a page of the report, whose chapters it may lead to."""
        s, whole = self._data.start, self._data.start["ganz"]
        levels = [self._data.atlas["ebene"], *self._data.atlas["darueber"]]
        worded = [
            self._words(level, above) for level, above in zip(levels, [*levels[1:], None], strict=True)
        ]
        hint = f"{s['hinweis']}. " if s["flaechen"] and s["hinweis"] else ""
        signs = [f"„{sign}“ {word}" for sign, word in self._data.atlas["zeichen"].items()]
        texts = {
            "titel": self._data.around.title,
            "status-text": self._data.around.status_text,
            "hinweis": hint.strip(),
            "worte": json.dumps(worded, ensure_ascii=False),
            **{name: worded[0][name] for name in ("auftakt", "einzahl", "suchwort", "tafel", "voll")},
            **{name: whole[name] for name in ("dazu", "gesamtwert")},
            "klassenwort": "Karte" if s["flaechen"] else "Klassen",
            "kartenworte": f"{hint}Klassen für alle Jahre{' und Ebenen' if len(levels) > 1 else ''} gleich.",
            "zeichen": "; ".join(signs) + "." if signs else "",
        }
        images = [
            _button("png", "Bild", "PNG, groß genug für Druck und Folien"),
            _button("svg", "Grafik", "SVG, frei vergrößerbar"),
        ] if s["flaechen"] else []  # fmt: skip
        tables = chapter(first, TABLES)
        parts: dict[str, list[Any]] = {
            "tabellen": [] if tables is None else [" Die Werte stehen auch hier: ", tables, "."],
            "karte": self._choices(),
            "bildwege": images,
            "ebenenwahl": _levels(levels) if len(levels) > 1 else [],
            "obenkopf": _group_head(worded[0]) if len(levels) > 1 else [],
        }
        return texts, parts

    def _words(self, level: dict[str, Any], above: dict[str, Any] | None) -> dict[str, str]:
        """What the page says of the areas of a level, by the place where it stands."""
        on_map = f"{'auf der Karte, ' if self._data.start['flaechen'] else ''}in der Rangfolge oder in der Tabelle"
        one, many = f"{level['wen'][0].upper()}{level['wen'][1:]}", level["mehrzahl"]
        count = len(level.get("raeume", self._data.atlas["raeume"]))
        return {
            "einzahl": level["einzahl"],
            "oben": above["einzahl"] if above else "",
            "auftakt": f"Werte der {count} {level['mehrzahl_bestimmt']} ablesen, vergleichen und mitnehmen.",
            "karte": f"Karte der {level['mehrzahl_bestimmt']}",
            "ablesen": f"{one} {on_map} zeigen: Hier stehen Wert, Bereich und Rang.",
            "vergleichen": f"Bis zu vier {many} {on_map} wählen.",
            "suchwort": f"{level['einzahl']}{' oder ' + above['einzahl'] if above else ''}",
            "tafel": f"Werte nach {level['dativ']}, sortierbar über die Spaltenköpfe",
            "voll": f"Es sind schon vier {many} gewählt: erst {level['einen']} entfernen.",
        }

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
        drawn = Citymap(s["flaechen"], s["namen"]).choices(f"Karte der {s['ebene']['mehrzahl_bestimmt']}")
        told = "Anklicken oder Eingabetaste: zum Vergleich wählen. Pfeiltasten: zum Nachbarn."
        return [drawn, new.p({"class": "hilfe"}, told)]


def _levels(levels: list[dict[str, Any]]) -> list[Element]:
    """The choice of a level, the smallest areas first."""
    choices = [
        new.label(
            new.input({"type": "radio", "name": "ebene", "value": str(place), **({} if place else {"checked": ""})}),
            new.span(level["mehrzahl"]),
        )
        for place, level in enumerate(levels)
    ]
    return [new.fieldset({"class": "ansicht", "id": "ebenen"}, new.legend("Gebiete"), new.div(*choices))]


def _group_head(words: dict[str, str]) -> list[Element]:
    button = new.button({"type": "button", "data-sort": "gruppe", "data-wort": "oben"}, words["oben"])
    return [new.th({"scope": "col", "id": "kopfoben"}, button)]


def _button(deed: str, word: str, told: str) -> Element:
    return new.li(new.button({"type": "button", "data-tat": deed}, word, new.small(told)))
