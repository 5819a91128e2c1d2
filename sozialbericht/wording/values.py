"""Values in words: what a sentence of a notebook can say about a value, a change or a list of areas."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sozialbericht import numbers
from sozialbericht.data.levels import Ebene
from sozialbericht.numbers import NBSP
from sozialbericht.position import Position
from sozialbericht.statistics.intervals import logratio
from sozialbericht.statistics.kind import Kind
from sozialbericht.statistics.value import Value
from sozialbericht.wording import dates


class NotSayable(Exception):
    """A sentence uses a value that must not or cannot be printed; holds the reason in German."""


def with_unit(text: str, unit: str) -> str:
    """A formatted number with its unit after a no-break space; an index has none."""
    return text if unit in ("", "Index") else f"{text}{NBSP}{unit}"


def enumeration(items: Iterable[Any], last: str = "und") -> str:
    """„A, B und C“."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


@dataclass(frozen=True)
class Wert:
    """Ein Wert eines Indikators, fertig zum Drucken.

    In einem Satz druckt ``{w}`` die Zahl mit Einheit („11,1 %“). Außerdem gibt es ``{w.zahl}``, ``{w.anzahl}``
    (der Zähler), ``{w.nenner}``, ``{w.raum}`` (der Name), ``{w.wo}`` („im Sozialraum Seeviertel“), ``{w.stand}``,
    ``{w.nenner_stand}``, ``{w.von_hundert}`` („11 von 100“) und ``{w.bereich}`` („61,0 bis 82,0 %“). Wird der Wert
    nicht veröffentlicht, druckt der Satz seine Ersatzfassung (``sonst=…``).
    """

    wert: Value
    ebene: Ebene | None = None

    def _number(self, number: float, decimals: int) -> str:
        if not self.wert.shown or math.isnan(number):
            word = numbers.status_word(self.wert.status) or "ohne Zahl"
            raise NotSayable(f"{self.wert.indicator} für {self.wert.area_name} {self.wert.year}: {word}")
        return numbers.number(number, decimals)

    @property
    def ok(self) -> bool:
        """Ob der Wert gedruckt werden darf."""
        return self.wert.shown

    @property
    def zahl(self) -> str:
        """Die Zahl ohne Einheit."""
        return self._number(self.wert.number, self.wert.decimals)

    @property
    def richtung(self) -> int:
        """1 erkennbar über null, −1 erkennbar unter null, 0 sonst: für Indikatoren, die selbst eine Veränderung sind.

        Was als null gedruckt wird, ist null; ohne Intervall entscheidet die gedruckte Zahl.
        """
        self._number(self.wert.number, self.wert.decimals)
        number = numbers.rounded(self.wert.number, self.wert.decimals)
        if self.wert.lower <= 0 <= self.wert.upper:
            return 0
        return (number > 0) - (number < 0)

    @property
    def lage(self) -> Position:
        """Ob der Wert erkennbar „über“ oder „unter“ dem der Stadt liegt, „im Bereich“ oder „kein Intervall“."""
        return self.wert.position

    @property
    def betrag(self) -> str:
        """Die Zahl ohne Vorzeichen, mit Einheit."""
        return with_unit(self._number(abs(self.wert.number), self.wert.decimals), self.wert.unit)

    @property
    def anzahl(self) -> str:
        """Der Zähler: wie viele sind das? Bei einem Anteil, der ohne Zahlen geliefert wurde, weiß das niemand."""
        if self.wert.interval == Kind.DELIVERED:
            raise NotSayable(f"{self.wert.indicator}: als Anteil geliefert")
        return self._number(self.wert.numerator, 0)

    @property
    def nenner(self) -> str:
        """Der Nenner."""
        return self._number(self.wert.denominator, 0)

    @property
    def bereich(self) -> str:
        """Der 95-%-Bereich mit Einheit: „61,0 bis 82,0 %“."""
        lower, upper = (self._number(bound, self.wert.decimals) for bound in (self.wert.lower, self.wert.upper))
        return f"{lower} bis {with_unit(upper, self.wert.unit)}"

    @property
    def raum(self) -> str:
        """Der Name des Gebiets."""
        return self.wert.area_name

    @property
    def wo(self) -> str:
        """Wo das ist: der Name mit Verhältniswort, „im Sozialraum Seeviertel“,
        „im Stadtbezirk Nord“, „in Musterstadt“.
        """
        if self.ebene is None:
            raise NotSayable(f"{self.wert.indicator} {self.wert.year}: kein Wert eines einzelnen Gebiets")
        return self.ebene.am(self.raum)

    @property
    def stand(self) -> str:
        """Der Stand des Zählers im Fließtext, z. B. „September 2006“."""
        return dates.in_prose(self.wert.numerator_date, self.wert.period)

    @property
    def zeit(self) -> str:
        """Wann das war: „im September 2006“, „im Jahr 2006“, „im Schuljahr 2005/2006“."""
        return dates.at(self.wert.numerator_date, self.wert.period)

    @property
    def nenner_stand(self) -> str:
        """Der Stand des Nenners im Fließtext."""
        return dates.in_prose(self.wert.denominator_date, "stichtag")

    @property
    def von_hundert(self) -> str:
        """Die Zahl auf ganze gerundet, für „11 von 100“."""
        return self._number(self.wert.number, 0)

    def __str__(self) -> str:
        """Zahl mit Einheit."""
        return with_unit(self.zahl, self.wert.unit)


@dataclass(frozen=True)
class Aenderung:
    """Die Veränderung eines Werts gegenüber einem früheren Stand, nie über einen Bruch hinweg.

    In einem Satz druckt ``{d}`` den Betrag („0,5 Prozentpunkte“), ``{d.anzahl}`` den Betrag des Zählers,
    ``{d.prozent}`` dessen Veränderung in Prozent, ``{d.frueher}`` den früheren Stand, ``{d.vorher}`` „im September
    2005“, ``{d.gegenueber}`` „gegenüber September 2005“. ``{d?gestiegen|gesunken|nicht erkennbar verändert}``
    wählt das Wort danach, ob die Veränderung mehr ist als zufällige Schwankung, ``{d.anzahl?…|…|…}`` ebenso nach dem
    Zähler; ohne Intervall entscheidet die gedruckte Zahl.

    ``lage`` sagt, ob sie mehr ist als zufällige Schwankung: ``über`` (gestiegen), ``unter`` (gesunken), ``im Bereich``
    (nicht erkennbar verändert) oder ``kein Intervall``; ``unten`` und ``oben`` sind ihr 95-%-Bereich (NaN: keiner).
    """

    neu: Value
    alt: Value
    lage: Position = Position.UNKNOWN
    unten: float = math.nan
    oben: float = math.nan

    @property
    def ok(self) -> bool:
        """Ob beide Werte veröffentlicht und vergleichbar sind."""
        return self.neu.comparable(self.alt)

    def _difference(self) -> float:
        if not self.ok:
            raise NotSayable(
                f"{self.neu.indicator} für {self.neu.area_name}: {self.neu.year} ist mit {self.alt.year} nicht "
                "vergleichbar"
            )
        return numbers.rounded(self.neu.number - self.alt.number, self.neu.decimals)

    @property
    def richtung(self) -> int:
        """1 erkennbar gestiegen, −1 erkennbar gesunken, 0 nicht erkennbar verändert.

        Was als null gedruckt wird, ist keine Veränderung; ohne Intervall entscheidet die gedruckte Zahl.
        """
        difference = self._difference()
        if self.lage != Position.UNKNOWN:
            return self.lage.sign if difference else 0
        return (difference > 0) - (difference < 0)

    @property
    def anzahl_differenz(self) -> float:
        """Die Veränderung des Zählers als Zahl."""
        self._difference()
        return self.neu.numerator - self.alt.numerator

    @property
    def anzahl(self) -> Betrag:
        """Der Betrag, um den sich der Zähler verändert hat."""
        return Betrag(self.anzahl_differenz, numbers.number(abs(self.anzahl_differenz)), self._counts_alike)

    @property
    def prozent(self) -> Betrag:
        """Die Veränderung des Zählers in Prozent mit Vorzeichen."""
        share = self.anzahl_differenz / self.alt.numerator * 100
        return Betrag(numbers.rounded(share, 1), numbers.percent(share, 1), self._counts_alike)

    @property
    def _counts_alike(self) -> bool:
        """Whether chance may have made the difference of the counts: cases are counted, and their ratio's interval
        holds 1."""
        if not (self.neu.interval.bounded and self.alt.interval.bounded):
            return False
        counts = (np.array([value.numerator / value.clustering]) for value in (self.neu, self.alt))
        lower, upper = logratio.logratio(*counts)
        return bool((lower <= 1 <= upper).all())

    @property
    def frueher(self) -> str:
        """Der frühere Stand im Fließtext."""
        return dates.in_prose(self.alt.numerator_date, self.alt.period)

    @property
    def vorher(self) -> str:
        """Wann der frühere Stand war: „im September 2005“, „im Jahr 2005“."""
        return dates.at(self.alt.numerator_date, self.alt.period)

    @property
    def zuvor(self) -> str:
        """Wie lange der frühere Stand zurückliegt: „ein Jahr zuvor“, „zwei Jahre zuvor“; sonst wann er war."""
        self._difference()
        return dates.before(self.neu.numerator_date, self.alt.numerator_date) or self.vorher

    @property
    def gegenueber(self) -> str:
        """Der Vergleich: „gegenüber September 2005“, „gegenüber dem Schuljahr 2004/2005“."""
        return dates.against(self.alt.numerator_date, self.alt.period)

    def __str__(self) -> str:
        """Der Betrag der Veränderung mit Einheit; Anteile in Prozentpunkten."""
        text = numbers.number(abs(self._difference()), self.neu.decimals)
        if self.neu.unit == "Index":
            return f"{text} Punkte"
        return f"{text} Prozentpunkte" if self.neu.unit == "%" else with_unit(text, self.neu.unit)


@dataclass(frozen=True)
class Betrag:
    """Eine gedruckte Zahl mit ihrer Richtung; ``zufall``: ob sie auch zufällige Schwankung sein kann."""

    differenz: float
    text: str
    zufall: bool = False

    @property
    def richtung(self) -> int:
        """1 erkennbar gestiegen, −1 erkennbar gesunken, 0 nicht erkennbar verändert."""
        return 0 if self.zufall else (self.differenz > 0) - (self.differenz < 0)

    def __str__(self) -> str:
        """Die gedruckte Zahl."""
        return self.text
