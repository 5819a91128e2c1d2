"""Startpage: the first page of the web report, with the map, a field to find one's area, figures, ways."""

from __future__ import annotations

import re

from sozialbericht.order.profiles import OVERVIEW
from sozialbericht.web import frame
from sozialbericht.web.entry.citymap import Citymap, step
from sozialbericht.web.entry.entrydata import ABOUT, ATLAS, DECISION, REGISTER, START, Entrydata, Fields, chapter
from sozialbericht.web.tree import Element, new, words

_TITLE = re.compile(r"(.*?) (\d{4}(?: – \w+)?)$")


class Startpage:
    """The start page of one report."""

    def __init__(self, data: Entrydata) -> None:
        self._data = data

    def fields(self, first: Element) -> Fields:
        """Texts and parts of the page; ``first`` is a page of the report, whose chapters it leads to."""
        s, level, above = self._data.start, self._data.start["ebene"], self._data.start["oben"]
        title = _TITLE.match(self._data.around.title)
        kinds = [level["einzahl"], *([above["einzahl"]] if above else []), *([s["umfasstes"]] * self._data.covers)]
        texts = {
            "name": title[1] if title else self._data.around.title,
            "jahr": title[2] if title else "",
            "satz": s["satz"],
            "sicher": s["sicher"],
            "frage": f"Welchen Teil {s['ganz']['von']} suchen Sie?",
            "orthilfe": f"{' oder '.join(', '.join(kinds).rsplit(', ', 1))}, zum Beispiel {s['orte'][-1][0]}",
            "stadt": s["stadt"],
        }
        register, decision = chapter(first, REGISTER), chapter(first, DECISION)
        parts = {
            "karte": self._map(), "kennzahlen": [self._figures()], "wege": [self._ways(first)],
            "mehr": [] if decision is None or not s["sicher"] else [" Mehr dazu: ", decision, "."],
            "verzeichnis": [] if register is None else [" Alle Namen stehen hier: ", register, "."],
        }  # fmt: skip
        return texts, parts

    def _map(self) -> list[Element]:
        """Title, map and legend; nothing where the city has no polygons."""
        s, leading, known = self._data.start, self._data.leading, self._data.known
        if not s["flaechen"]:
            return []
        decided = s["karte"]["art"] == "auswahl"
        title = s["karte"]["titel"] if decided else leading["titel"]

        def told(place: int) -> tuple[str, str, str]:
            area, number, name = s["namen"][place]
            answer = s["auskunft"][place]
            kind = step(leading["klasse"][place], leading["richtung"])
            if decided:
                kind = f"art-{s['karte']['klassen'][place]}"
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
        leading = self._data.leading
        if decided:
            entries = [(f"art-{kind}", word, number) for kind, word, number in self._data.start["karte"]["legende"]]
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
        known = {sheet["id"] for sheet in self._data.atlas["indikatoren"]}
        found = []
        for figure in self._data.start["kennzahlen"]:
            key = figure["indikator"]
            name = new.a({"href": f"{ATLAS}#indikator={key}"}, figure["name"]) if key in known else figure["name"]
            value = new.dd({"class": "wert"}, f"{figure['wert']} ", new.small(figure["einheit"]))
            found.append(new.div(new.dt(name), value, new.dd({"class": "wandel"}, figure["wandel"])))
        return new.dl(*found)

    def _ways(self, first: Element) -> Element:
        level, count = self._data.start["ebene"], len(self._data.start["namen"])
        began, year = self._data.start["ab"], self._data.start["jahr"]
        since = f", Jahre seit {began} durchgehen" if began < year else ""
        chapters = [
            link for link in first.iterfind(".//nav[@id='kapitel']//a")
            if link.get("href", "").partition("#")[0] not in (START, ABOUT, "")
        ]  # fmt: skip
        ways: list[tuple[str, str, str | list[str | Element]]] = [
            (ATLAS, "Atlas", f"Jeden Indikator auf der Karte ablesen, {level['mehrzahl']} vergleichen{since}."),
            (f"{ATLAS}#tabelle", "Daten", "Alle Werte mit Bereichen und Ständen ansehen und als CSV mitnehmen."),
        ]
        if self._data.profiles:
            told = f"{count} {level['mehrzahl']} auf je zwei Seiten, auch zum Drucken."
            ways.insert(1, (f"{OVERVIEW}.html", "Profile", told))
        if chapters:
            told = "Die Ergebnisse auf einen Blick; von dort weiter durch alle Kapitel."
            ways.append((chapters[0].get("href"), words(chapters[0]), told))
        ways.append((ABOUT, "Zu diesem Bericht", "Wie er zu lesen ist, was die Zeichen bedeuten, wer ihn herausgibt."))
        if self._data.around.data:
            ways.append((self._data.around.data, "Offene Daten", self._open_data()))
        if self._data.around.pdf:
            ways.append((self._data.around.pdf, "PDF", "Der ganze Bericht in einer Datei, zum Drucken und Ablegen."))
        lines = (
            new.li(new.a({"href": address}, name), new.p(*([told] if isinstance(told, str) else told)))
            for address, name, told in ways
        )
        return new.ul(*lines)

    def _open_data(self) -> list[str | Element]:
        """What the workbook holds, and the ways to the values of all years and to what their columns mean."""
        around, year = self._data.around, self._data.start["jahr"]
        return [
            f"Die Werte {year} als Excel-Mappe. Alle Jahre als ", new.a({"href": around.table(frame.VALUES)}, "CSV"),
            ", dazu das ", new.a({"href": around.table(frame.DICTIONARY)}, "Wörterbuch der Spalten"), ".",
        ]  # fmt: skip
