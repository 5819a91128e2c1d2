"""Entrance: what the start page says: the decision in a sentence, its map, city figures, a short answer for areas."""

from __future__ import annotations

import math
from typing import Any

from sozialbericht import numbers
from sozialbericht.atlas.gazetteer import Gazetteer, covered
from sozialbericht.findings import decision
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.decision import SURE, Auswahl
from sozialbericht.findings.types import runs_in_words
from sozialbericht.numbers import NBSP
from sozialbericht.position import Position
from sozialbericht.status import Status
from sozialbericht.wording import judgement
from sozialbericht.wording.sentences import worded
from sozialbericht.wording.values import Wert, enumeration

#: How many figures of the city stand on the page, and how many values in the answer for an area.
FIGURES, ANSWERED = 4, 2
#: Names of border cases that are told in the sentence; of more only the number.
NAMED = 3


class Entrance:
    """The start page of a report, with the decision where there is one, else with the map of the leading indicator."""

    def __init__(self, b: Datenbestand) -> None:
        self._b, self._chosen = b, decision.auswahl(b)
        self._decided = not self._chosen.grund and bool(self._chosen.raeume)

    def content(self) -> dict[str, Any]:
        """The page as JSON; the areas in the order of ``b.raeume``."""
        leading = self._leading()
        return {
            "satz": self._sentence(leading[0]) if leading else "",
            "sicher": self._how_sure(),
            "karte": self._map(),
            "kennzahlen": [self._figure(key) for key in leading[:FIGURES]],
            "auskunft": [self._answers(str(area), leading[:ANSWERED]) for area in self._b.raeume().index],
            "umfasstes": covered(),
            "orte": Gazetteer(self._b).content(),
        }

    def _leading(self) -> list[str]:
        """The leading indicator, then the first judged one of each dimension that the city has a value of, those of
        the report year in front."""
        first = self._b.indikatoren().groupby("dimension", sort=False).head(1)
        judged = [str(key) for key in first.index if first.at[key, "richtung"] != "neutral"]
        keys = [key for key in dict.fromkeys([self._b.leitindikator, *judged]) if self._b.wert(key).ok]

        def age(key: str) -> int:
            date = self._b.wert(key).wert.numerator_date
            return 0 if key == self._b.leitindikator else self._b.jahr - (date.year if date else 0) + 1

        return sorted(keys, key=age)

    def _sentence(self, leading: str) -> str:
        """The decision; without one, how far the values of the leading indicator reach."""
        level, a, areas = self._b.ebenen.unten, self._chosen, len(self._b.raeume())
        if not self._decided:
            high, low = self._b.hoechste(leading), self._b.niedrigste(leading)
            if not high:
                return ""
            told = "{name} {h.zeit}: {h} {h.wo}, {n} {n.wo}; {g.im_ganzen} {s}."
            name = str(self._b.indikator(leading)["bezeichnung"])
            return worded(told, name=name, h=high[0], n=low[0], s=self._b.wert(leading), g=self._b.ebenen.stadt)
        border = [self._b.name(area) for area in a.knapp]
        named = enumeration(border) if len(border) <= NAMED else f"{len(border)} {level.mehrzahl}"
        cases = "sind Grenzfälle" if len(border) > 1 else "ist ein Grenzfall"
        if not border:
            sure = "das ist bei {n#ihm|allen} sicher"
        elif not a.fest:
            sure = f"{named} {cases}"
        else:
            sure = f"bei {{f#einem|{{f:wort}}}} ist das sicher, {named} {cases}"
        words = worded(
            "{n#{einer}|{n}} der {alle} {e.mehrzahl_bestimmt} {n#{w.verb}|{w.verben}} {w.ergaenzung} und "
            "{n#ist|sind} deshalb {n#Aktionsraum|Aktionsräume}; " + sure + ".",
            n=len(a.raeume), alle=areas, e=level, w=a.wortlaut, f=len(a.fest), einer=level.einer,
        )  # fmt: skip
        return words[:1].upper() + words[1:]

    def _what_it_is(self) -> list[str]:
        """What it is to lie below the average; nothing where types decide."""
        words = self._chosen.wortlaut
        if words.name != words.durchschnitt:
            return []
        lies = "im Mittel aller Merkmale der Typisierung auf der Seite der belasteten Gebiete"
        told = f"{{was}} heißt: {lies}, verglichen mit {{s.dem}} {{s.einzahl_gebeugt}}."
        return [worded(told, was=words.name[:1].upper() + words.name[1:], s=self._b.ebenen.stadt)]

    def _how_sure(self) -> str:
        """What decides, what „sicher“ means, and how often the border cases are Aktionsräume."""
        a = self._chosen
        if not self._decided:
            return ""
        least = f"in mindestens {round(SURE * 100)} von 100 Berechnungen"
        told = [*self._what_it_is(), f"Sicher heißt: {least} mit zufällig schwankenden Zahlen."]
        if 0 < len(a.knapp) <= NAMED:
            often = [f"{self._b.name(area)} ist es {runs_in_words(float(a.anteil[area]))}" for area in a.knapp]
            told.append(f"{enumeration(often)}.")
        return " ".join(told)

    def _map(self) -> dict[str, Any]:
        """Title, class of each area (a = Aktionsraum, g = border case, k = none), legend; without a
        decision that it is the leading indicator's."""
        if self._decided:
            kinds = [self._kind(self._chosen, str(area)) for area in self._b.raeume().index]
            words = {"a": "Aktionsraum", "g": "Aktionsraum, Grenzfall", "k": "kein Aktionsraum"}
            legend = [[kind, word, kinds.count(kind)] for kind, word in words.items() if kind in kinds]
            return {"titel": f"Aktionsräume {self._b.jahr}", "art": "auswahl", "klassen": kinds, "legende": legend}
        return {"art": "klassen"}

    @staticmethod
    def _kind(chosen: Auswahl, area: str) -> str:
        if area not in chosen.raeume:
            return "k"
        return "g" if area in chosen.knapp else "a"

    def _figure(self, key: str) -> dict[str, str]:
        """A figure of the city with its change."""
        value = self._b.wert(key)
        unit = "" if value.wert.unit == "Index" else value.wert.unit
        name = f"{self._b.indikator(key)['bezeichnung']}, {value.stand}"
        return {"indikator": key, "name": name, "wert": value.zahl, "einheit": unit, "wandel": self._change(key)}

    def _change(self, key: str) -> str:
        change = self._b.aenderung(key)
        if not change.ok:
            return self._no_change(key)
        if change.lage is Position.WITHIN:
            return f"{judgement.SIGNS[Position.WITHIN]} nicht erkennbar verändert {change.gegenueber}"
        if numbers.rounded(change.neu.number - change.alt.number, change.neu.decimals) == 0:
            return f"unverändert {change.gegenueber}"
        up = change.neu.number > change.alt.number
        sign = judgement.SIGNS[Position.ABOVE if up else Position.BELOW]
        return f"{sign} {change} {change.gegenueber}"

    def _no_change(self, key: str) -> str:
        cuts = self._b.brueche(key)
        cuts = cuts[cuts["ab"].dt.year > self._b.vergleichsjahr]
        return "mit dem Vorjahr wegen eines Bruchs nicht vergleichbar" if len(cuts) else "ohne vergleichbaren Stand"

    def _answers(self, area: str, keys: list[str]) -> dict[str, Any]:
        """The short answer for an area: what it is for the decision, and some values."""
        kinds = {"a": "Aktionsraum", "g": "Aktionsraum, Grenzfall", "k": "kein Aktionsraum"}
        told = kinds[self._kind(self._chosen, area)] if self._decided else ""
        return {"urteil": told, "werte": [self._answer(key, self._b.wert(key, area)) for key in keys]}

    def _answer(self, key: str, value: Wert) -> dict[str, str]:
        name = f"{self._b.indikator(key)['bezeichnung']}, {value.stand if value.ok else self._b.wert(key).stand}"
        city, whole = self._b.wert(key), self._b.ebenen.stadt
        if not value.ok:
            sign = numbers.status_sign(value.wert.status)
            return {"name": name, "wert": sign, "einheit": "", "bereich": numbers.status_word(value.wert.status)}
        found = {"name": name, "wert": value.zahl, "einheit": "" if value.wert.unit == "Index" else value.wert.unit}
        if math.isfinite(value.wert.lower):
            found["bereich"] = f"95-%-Bereich: {value.bereich}"
        if value.wert.status is Status.UNRELIABLE or value.lage is Position.UNKNOWN:
            return {**found, "lage": f"{whole.einzahl}: {city}"}
        words = {p: f"{p} dem {whole.gesamtwert}" for p in (Position.ABOVE, Position.BELOW)}
        told = words.get(value.lage, f"nicht erkennbar anders als {whole.nominativ}")
        return {**found, "lage": f"{judgement.SIGNS[value.lage]} {told} ({str(city).replace(' ', NBSP)})"}

