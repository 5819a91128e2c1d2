"""What an area can build on: the one answer, for sheets, profiles and the summary.

First what is better than the area's position lets expect, then what is better than in the city, then what has become
better over several years, then a young population as such, last what the register says is there. Every sentence of
figures holds by its interval, with the correction for the comparisons that are made at the same time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sozialbericht.findings import strengths
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.footing import betterment, holding, surplus
from sozialbericht.findings.footing.betterment import Verlauf
from sozialbericht.findings.footing.surplus import Erwartung
from sozialbericht.findings.strengths import bare, gap_between, more_or_less
from sozialbericht.position import Position
from sozialbericht.wording import judgement
from sozialbericht.wording.values import Wert

#: The text of ``bericht.yml`` that names the indicator of a young population.
YOUNG = "chancen_jung"

T = TypeVar("T", Erwartung, Verlauf)


class Art(StrEnum):
    """Woher eine Chance kommt."""

    LAGE = "besser, als die Lage erwarten ließe"
    STADT = "günstiger als das Ganze"
    VERLAUF = "günstige Entwicklung"
    JUNG = "junge Bevölkerung"
    BESTAND = "Bestand"


@dataclass(frozen=True)
class Chance:
    """Eine Chance eines Gebiets, fertig als Satz; ``indikator`` und ``dimension`` sind beim Bestand leer.

    ``erwartung`` hat, was zur Art ``LAGE`` gezeichnet wird: gezählt mit 95-%-Bereich und erwartet.
    """

    art: Art
    satz: str
    indikator: str = ""
    dimension: str = ""
    erwartung: Erwartung | None = None


@dataclass(frozen=True)
class Chancen:
    """Worauf sich in einem Gebiet aufbauen lässt; ``keine`` ist der Satz, wenn sich nichts erkennen lässt, sonst leer.

    ``liste``: höchstens so viele Chancen, wie gefragt waren.
    """

    raum: str
    liste: tuple[Chance, ...]
    keine: str

    @property
    def saetze(self) -> list[str]:
        """Die Sätze in ihrer Reihenfolge."""
        return [chance.satz for chance in self.liste]

    @property
    def indikatoren(self) -> list[str]:
        """Die Indikatoren, von denen die Sätze sprechen."""
        return [chance.indikator for chance in self.liste if chance.indikator]

    @property
    def erwartungen(self) -> list[Erwartung]:
        """Was sich zeichnen lässt: gezählt neben erwartet."""
        return [chance.erwartung for chance in self.liste if chance.erwartung is not None]


def chancen(b: Datenbestand, raum: str, n: int = 3) -> Chancen:
    """Worauf sich in einem Gebiet aufbauen lässt: bis zu n Chancen, die letzte der Bestand des Registers, wenn es einen
    nennt.
    """
    area = b._known_area(raum)
    found: Chancen = b._store.entry(("chancen", area, n, b.jahr), lambda: _chosen(b, area, n))
    return found


def _chosen(b: Datenbestand, area: str, n: int) -> Chancen:
    there = [str(one) for one in holding.bestand(b, area)]
    chosen: list[Chance] = []
    for chance in _candidates(b, area):
        if len(chosen) < n - bool(there) and not any(_alike(b, chance, other) for other in chosen):
            chosen.append(chance)
    if there:
        chosen.append(Chance(Art.BESTAND, f"Was es hier schon gibt: {'; '.join(there)}."))
    return Chancen(area, tuple(chosen), "" if chosen else _nothing(b, area))


def aufbauend(b: Datenbestand, raeume: Sequence[str], n: int = 4) -> list[Erwartung]:
    """Die n Gebiete aus ``raeume``, die am weitesten über dem liegen, was ihre Lage erwarten ließe: je Gebiet das,
    womit es sich am meisten abhebt; der größte Vorteil zuerst. Kein Indikator zweimal, solange es andere gibt.
    """
    first: dict[str, Erwartung] = {}
    for area in raeume:
        told = chancen(b, area).erwartungen
        if told:
            first[area] = max(told, key=lambda one: one.vorteil)
    ordered = sorted(first.values(), key=lambda one: -one.vorteil)
    best = {one.indikator: one for one in reversed(ordered)}
    fresh = [one for one in ordered if best[one.indikator] is one]
    rest = [one for one in ordered if best[one.indikator] is not one]
    return sorted([*fresh, *rest][:n], key=lambda one: -one.vorteil)


# -- inside ------------------------------------------------------------------------------------------


def _candidates(b: Datenbestand, area: str) -> Iterator[Chance]:
    """All chances of the figures, those told first that count more; the main indicator of a dimension before others."""
    better = surplus.besser_als_erwartet(b, area)
    yield from (_beyond(b, one) for one in _main_first(better))
    strong = strengths.tellable(b, area, burden=False)
    chosen = strengths.most_telling(b, strong, len(strong))
    for one, words in zip(chosen, strengths.told(b, area, chosen), strict=True):
        yield Chance(Art.STADT, words, one.indikator, one.dimension)
    yield from (_course(b, one) for one in _main_first(betterment.guenstige_verlaeufe(b, area)))
    yield from _young(b, area)


def _main_first(found: list[T]) -> list[T]:
    """One for each dimension, its main indicator where it is among them, the dimensions in the order given."""
    best: dict[str, T] = {}
    for one in sorted(found, key=lambda one: not one.haupt):
        best.setdefault(one.dimension, one)
    return [one for one in found if best[one.dimension] is one]


def _alike(b: Datenbestand, one: Chance, other: Chance) -> bool:
    return one.dimension == other.dimension or strengths.same(b, one.indikator, other.indikator)


def _beyond(b: Datenbestand, found: Erwartung) -> Chance:
    """„23,5 % … : weniger, als die Lage erwarten ließe (32,7 %), aber mehr als in … (18,5 %).“"""
    clause, _ = strengths.clause(b, found.wert, found.stadt, in_words=False)
    word = "mehr" if found.differenz > 0 else "weniger"
    lead = f"{clause}; das ist {word}" if ":" in clause else f"{clause}: {word}"
    upward = judgement.direction(str(b.indikator(found.indikator)["richtung"]))
    beside = ""
    if found.wert.lage.differs and found.wert.zahl != found.stadt.zahl:
        joined = " und auch" if found.wert.lage.sign == upward else ", aber"
        than = f"als in {b.stadtname} insgesamt ({bare(found.stadt)})"
        beside = f"{joined} {more_or_less(found.wert, found.stadt)} {than}"
    told = f"{lead}, als die Lage erwarten ließe ({found.erwartet_text}){beside}."
    return Chance(Art.LAGE, told, found.indikator, found.dimension, found)


def _course(b: Datenbestand, found: Verlauf) -> Chance:
    """„Hilfen zur Erziehung: von 33,3 (2001) auf 28,1 je 1.000 … (2005) gesunken, in … von 26,0 auf 26,9.“"""
    old, new = Wert(found.aenderung.alt), Wert(found.aenderung.neu)
    city = f"in {b.stadtname} insgesamt von {bare(Wert(found.stadt.alt))} auf {bare(Wert(found.stadt.neu))}"
    row = b.indikator(found.indikator)
    verb = "gestiegen" if gap_between(new, old) > 0 else "gesunken"
    base = f" {row['bezug']}"
    amount = f"{new.zahl}{base}" if new.wert.unit.startswith("je") else f"{new}{base}"
    told = f"{row['bezeichnung']}: von {bare(old)} ({old.stand}) auf {amount} ({new.stand}) {verb}, {city}."
    return Chance(Art.VERLAUF, told, found.indikator, found.dimension)


def _young(b: Datenbestand, area: str) -> Iterator[Chance]:
    """A share of young people above the city's, where the settings name its indicator."""
    name = " ".join(b._tables.settings.texte.get(YOUNG, ()))
    if name not in b.indikatoren().index or area == b.stadt:
        return
    own, city = b.wert(name, area), b.wert(name)
    if own.ok and city.ok and own.lage is Position.ABOVE and own.zahl != city.zahl:
        clause, _ = strengths.clause(b, own, city, in_words=False)
        told = f"Die Bevölkerung ist jung{'.' if ':' in clause else ':'} {clause} ({b.stadtname}: {bare(city)})."
        yield Chance(Art.JUNG, told, name, str(b.indikator(name)["dimension"]))


def _nothing(b: Datenbestand, area: str) -> str:
    """The one sentence where nothing can be told."""
    lowest = b.ebene(area) == b.ebenen.unten.schluessel and surplus.erwartungen(b)
    than = ", als die Lage erwarten ließe, oder" if lowest else ""
    figures = f"{b.jahr} ist kein Merkmal erkennbar günstiger{than} als {b.ebenen.stadt.darin}"
    if "massnahmen" not in b._tables.others:
        return f"{figures}."
    return f"{figures}, und das Register nennt nichts, was es hier schon gibt."
