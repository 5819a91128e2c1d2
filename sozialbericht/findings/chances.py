"""Chances of an area: its strengths, and what is better there than in comparable areas or than before.

Burdened areas are seldom better than the city. A chance is also what stands out among areas like them, and what has
improved. Both count only where the one rule tells a difference, of an area and the others together or of two years
(:mod:`sozialbericht.statistics.intervals.comparison`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sozialbericht import numbers
from sozialbericht.findings import strengths
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.strengths import Abweichung, bare, gap_between, more_or_less
from sozialbericht.numbers import NBSP
from sozialbericht.position import Position
from sozialbericht.statistics.intervals import comparison
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.kind import Kind
from sozialbericht.status import Status
from sozialbericht.wording.values import Wert


@dataclass(frozen=True)
class Chance:
    """Ein Satz über eine Chance eines Gebiets, mit der Abweichung, von der er spricht."""

    abweichung: Abweichung
    satz: str


def chancen(
    b: Datenbestand, raum: str, n: int = 3, *, unter: Sequence[str] = (), gruppe: str = "Vergleichsgebieten"
) -> list[str]:
    """Bis zu n Sätze über Stärken und Ansatzpunkte eines Gebiets.

    Zuerst, worin es erkennbar besser dasteht als die Stadt, dann, worin besser als die Gebiete ``unter`` zusammen
    (``gruppe`` ist ihr Name im Dativ), dann, was sich gegenüber dem Vergleichsjahr erkennbar gebessert hat. Eine
    leere Liste heißt, dass sich nichts davon erkennen lässt.
    """
    strong = strengths.tellable(b, raum, burden=False)
    told = zip(strengths.most_telling(b, strong, n), strengths.staerken(b, raum, n), strict=True)
    chosen = [Chance(deviation, words) for deviation, words in told]
    for candidates in (_among(b, raum, [a for a in unter if a != raum], gruppe), _improved(b, raum)):
        for chance in candidates:
            if len(chosen) < n and not any(_alike(b, chance, other) for other in chosen):
                chosen.append(chance)
    return [chance.satz for chance in chosen]


def _alike(b: Datenbestand, one: Chance, other: Chance) -> bool:
    first, second = one.abweichung, other.abweichung
    return first.dimension == second.dimension or strengths.variants(b, first, second)


def _judged(b: Datenbestand) -> list[str]:
    """The judged shares and rates that the catalogue gives a sentence of its own."""
    catalogue = b.indikatoren()
    fit = (catalogue["richtung"] != "neutral") & catalogue["art"].isin(["anteil", "rate"])
    return [str(i) for i in catalogue.index[fit] if not strengths.compares(b, str(i))]


def _among(b: Datenbestand, area: str, others: list[str], group: str) -> list[Chance]:
    """What is better than in the other areas together, largest distance first."""
    found = []
    for name in _judged(b) if others else []:
        if not _beside_the_others(b, name, [area, *others])[area].differs:
            continue
        own, joint = b.wert(name, area), zusammen(b, name, others)
        if own.wert.status != Status.OK or joint is None or own.zahl == joint.zahl:
            continue
        gap = _distance(b, name, gap_between(own, joint))
        if gap >= 0:
            continue
        deviation = _deviation(b, own, gap)
        clause, _ = strengths.clause(b, own, b.wert(name), in_words=False)
        found.append(Chance(deviation, f"Günstiger als in den {group} ({bare(joint)}): {clause}."))
    return sorted(found, key=lambda c: (not c.abweichung.haupt, c.abweichung.abstand))


def _improved(b: Datenbestand, area: str) -> list[Chance]:
    """What has improved against the year of comparison, largest change first."""
    found = []
    for name in _judged(b):
        change = b.aenderung(name, area)
        if not change.lage.differs or not change.richtung:
            continue
        gap = _distance(b, name, change.neu.number - change.alt.number)
        if gap >= 0 or change.neu.status != Status.OK or change.alt.status != Status.OK:
            continue
        own, old = Wert(change.neu), Wert(change.alt)
        clause, _ = strengths.clause(b, own, b.wert(name), in_words=False)
        amount = numbers.number(abs(gap_between(own, old)), own.wert.decimals)
        unit = "" if own.wert.unit.startswith("je") else f"{NBSP}Prozentpunkte"
        found.append(
            Chance(
                _deviation(b, own, gap),
                f"Günstiger als {change.vorher}: {clause}, {amount}{unit} {more_or_less(own, old)}.",
            )
        )
    return sorted(found, key=lambda c: (not c.abweichung.haupt, c.abweichung.abstand))


def zusammen(b: Datenbestand, indikator: str, gebiete: Sequence[str], jahr: int | None = None) -> Wert | None:
    """Der gemeinsame Wert mehrerer Gebiete bei einem Indikator; None, wo ein Wert fehlt.

    Er ist die Summe der Zähler durch die Summe der Nenner, nicht das Mittel der Werte; sein 95-%-Bereich ist der eines
    Gebiets mit diesen Summen.
    """
    values = [b.wert(indikator, area, jahr).wert for area in gebiete]
    city, row = b.wert(indikator, jahr=jahr).wert, b.indikator(indikator)
    if not values or any(v.status != Status.OK for v in (*values, city)):
        return None
    top, bottom = sum(v.numerator for v in values), sum(v.denominator for v in values)
    quotient = top / bottom
    if row["art"] == "veraenderung":
        quotient -= 1
    if row["art"] == "index":
        quotient /= city.numerator / city.denominator
    number = quotient * float(row["faktor"])
    joint = replace(values[0], area="", area_name="", number=number, numerator=top, denominator=bottom)
    return Wert(Estimate.of(values).pooled().bounding(joint))


def anteil_an_stadt(b: Datenbestand, indikator: str, gebiete: Sequence[str], *, nenner: bool = False) -> Wert | None:
    """Wie viel Prozent des Zählers (mit ``nenner`` des Nenners) der Stadt auf die Gebiete entfallen.

    ``{w.anzahl}`` ist die Zahl in den Gebieten, ``{w.nenner}`` die der Stadt; None, wo ein Wert fehlt.
    """
    joint, city = zusammen(b, indikator, gebiete), b.wert(indikator).wert
    if joint is None:
        return None
    part, whole = (joint.wert.denominator, city.denominator) if nenner else (joint.wert.numerator, city.numerator)
    share = replace(city, number=part / whole * 100, numerator=part, denominator=whole, unit="%", decimals=1)
    kind = Kind.WILSON if nenner or city.interval.bounded else Kind.AMOUNT  # a part of an income is no share of cases
    counted = replace(share, art="anteil", factor=100.0, interval=kind)
    return Wert(Estimate.of([counted]).bounding(counted))


def _beside_the_others(b: Datenbestand, indicator: str, areas: Sequence[str]) -> dict[str, Position]:
    """The position of each area beside the others together; computed once for all of them."""

    def compute() -> dict[str, Position]:
        estimate = Estimate.of([b.wert(indicator, area).wert for area in chosen])
        return dict(zip(chosen, comparison.among(estimate).position, strict=True))

    chosen = tuple(sorted(areas))
    found: dict[str, Position] = b._store.entry(("untereinander", indicator, b.jahr, chosen), compute)
    return found


def _distance(b: Datenbestand, indicator: str, gap: float) -> float:
    """A gap in standard deviations of the Sozialräume, + for burden."""
    spread = strengths.spread(b, indicator, b.ebenen.unten.schluessel)
    sign = 1 if b.indikator(indicator)["richtung"] == "belastung" else -1
    return sign * gap / spread if spread else 0.0


def _deviation(b: Datenbestand, own: Wert, gap: float) -> Abweichung:
    name = own.wert.indicator
    dimension = str(b.indikator(name)["dimension"])
    return Abweichung(name, dimension, own, b.wert(name), gap, name in strengths.main_indicators(b))
