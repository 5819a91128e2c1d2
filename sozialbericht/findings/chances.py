"""Chances of an area: its strengths, and what is better there than in comparable areas or than before.

Burdened areas are seldom better than the city. A chance is also what stands out among areas like them, and what has
improved. Both count only where two values, of an area and of the others together or of two years, differ by more than
chance (:func:`sozialbericht.statistics.intervals.changed`); besides, the area's 95 % interval must exclude the joint
value of the others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sozialbericht import numbers
from sozialbericht.findings.strengths import Abweichung, Staerken, _bare, _gap, _more
from sozialbericht.numbers import NBSP
from sozialbericht.statistics.intervals import changed, differs, excludes
from sozialbericht.status import Status
from sozialbericht.wording.values import Wert


@dataclass(frozen=True)
class Chance:
    """Ein Satz über eine Chance eines Gebiets, mit der Abweichung, von der er spricht."""

    abweichung: Abweichung
    satz: str


class Chancen(Staerken):
    """Der Teil des Berichts, der neben den Belastungen die Chancen belasteter Gebiete nennt."""

    def chancen(
        self, raum: str, n: int = 3, *, unter: Sequence[str] = (), gruppe: str = "Vergleichsgebieten"
    ) -> list[str]:
        """Bis zu n Sätze über Stärken und Ansatzpunkte eines Gebiets.

        Zuerst, worin es erkennbar besser dasteht als die Stadt, dann, worin besser als die Gebiete ``unter`` zusammen
        (``gruppe`` ist ihr Name im Dativ), dann, was sich gegenüber dem Vergleichsjahr erkennbar gebessert hat. Eine
        leere Liste heißt, dass sich nichts davon erkennen lässt.
        """
        strong = [d for d in self.abweichungen(raum) if not d.belastung]
        told = dict(zip([d.indikator for d in self._choose(strong, n)], self.staerken(raum, n), strict=True))
        chosen = [Chance(d, told[d.indikator]) for d in self._choose(strong, n)]
        for candidates in (self._among(raum, [a for a in unter if a != raum], gruppe), self._improved(raum)):
            for chance in candidates:
                if len(chosen) < n and not any(self._alike(chance, other) for other in chosen):
                    chosen.append(chance)
        return [chance.satz for chance in chosen]

    def _alike(self, one: Chance, other: Chance) -> bool:
        a, b = one.abweichung, other.abweichung
        return a.dimension == b.dimension or self._variants(a, b)

    def _judged(self) -> list[str]:
        """The judged shares and rates that the catalogue gives a sentence of its own."""
        catalogue = self.indikatoren()
        fit = (catalogue["richtung"] != "neutral") & catalogue["art"].isin(["anteil", "rate"])
        return [str(i) for i in catalogue.index[fit] if not self._compares(str(i))]

    def _among(self, area: str, others: list[str], group: str) -> list[Chance]:
        """What is better than in the other areas together, largest distance first."""
        found = []
        for name in self._judged() if others else []:
            own, joint = self.wert(name, area), self.zusammen(name, others)
            if own.wert.status != Status.OK or joint is None or own.zahl == joint.zahl:
                continue
            kind, gap = str(self.indikator(name)["art"]), self._distance(name, _gap(own, joint))
            compared = replace(own.wert, differs=bool(excludes(own.wert.lower, own.wert.upper, joint.wert.number)))
            if gap >= 0 or not differs(compared, joint.wert, kind, gap):
                continue
            if not changed(own.wert, joint.wert, rate=kind == "rate"):
                continue
            deviation = self._deviation(own, gap)
            clause, _ = self._clause(own, self.wert(name), in_words=False)
            found.append(Chance(deviation, f"Günstiger als in den {group} ({_bare(joint)}): {clause}."))
        return sorted(found, key=lambda c: (not c.abweichung.haupt, c.abweichung.abstand))

    def _improved(self, area: str) -> list[Chance]:
        """What has improved against the year of comparison, largest change first."""
        found = []
        for name in self._judged():
            change = self.aenderung(name, area)
            if not change.ok or not change.richtung or change.neu.status != Status.OK or change.alt.status != Status.OK:
                continue
            gap = self._distance(name, change.neu.number - change.alt.number)
            if gap >= 0 or not changed(change.neu, change.alt, rate=self.indikator(name)["art"] == "rate"):
                continue
            own, old = Wert(change.neu), Wert(change.alt)
            clause, _ = self._clause(own, self.wert(name), in_words=False)
            amount = numbers.number(abs(_gap(own, old)), own.wert.decimals)
            unit = "" if own.wert.unit.startswith("je") else f"{NBSP}Prozentpunkte"
            found.append(
                Chance(
                    self._deviation(own, gap),
                    f"Günstiger als {change.vorher}: {clause}, {amount}{unit} {_more(own, old)}.",
                )
            )
        return sorted(found, key=lambda c: (not c.abweichung.haupt, c.abweichung.abstand))

    def zusammen(self, indikator: str, gebiete: Sequence[str], jahr: int | None = None) -> Wert | None:
        """Der gemeinsame Wert mehrerer Gebiete bei einem Indikator; None, wo ein Wert fehlt.

        Er ist die Summe der Zähler durch die Summe der Nenner, nicht das Mittel der Werte.
        """
        values = [self.wert(indikator, area, jahr).wert for area in gebiete]
        city, row = self.wert(indikator, jahr=jahr).wert, self.indikator(indikator)
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
        return Wert(replace(joint, lower=math.nan, upper=math.nan, differs=False))

    def anteil_an_stadt(self, indikator: str, gebiete: Sequence[str], *, nenner: bool = False) -> Wert | None:
        """Wie viel Prozent des Zählers (mit ``nenner`` des Nenners) der Stadt auf die Gebiete entfallen.

        ``{w.anzahl}`` ist die Zahl in den Gebieten, ``{w.nenner}`` die der Stadt; None, wo ein Wert fehlt.
        """
        joint, city = self.zusammen(indikator, gebiete), self.wert(indikator).wert
        if joint is None:
            return None
        part, whole = (joint.wert.denominator, city.denominator) if nenner else (joint.wert.numerator, city.numerator)
        share = replace(city, number=part / whole * 100, numerator=part, denominator=whole, unit="%", decimals=1)
        return Wert(replace(share, lower=math.nan, upper=math.nan))

    def _distance(self, indicator: str, gap: float) -> float:
        """A gap in standard deviations of the Sozialräume, + for burden."""
        spread = self._spread(indicator, self.ebenen.unten.schluessel)
        sign = 1 if self.indikator(indicator)["richtung"] == "belastung" else -1
        return sign * gap / spread if spread else 0.0

    def _deviation(self, own: Wert, gap: float) -> Abweichung:
        name = own.wert.indicator
        dimension = str(self.indikator(name)["dimension"])
        return Abweichung(name, dimension, own, self.wert(name), gap, name in self._main_indicators())
