"""Extremes: the area with the highest or lowest value, and those that cannot be told from it.

Whether another area lies apart is asked of the one rule (:mod:`sozialbericht.statistics.intervals.comparison`), as of
two values counted apart, corrected over all areas of the level. Where values have no interval, as printed decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialbericht.data.levels import Ebene
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.position import Position
from sozialbericht.statistics.intervals.comparison import compare
from sozialbericht.statistics.intervals.movement import estimate
from sozialbericht.wording.lage import Lage, lage
from sozialbericht.wording.sentences import worded
from sozialbericht.wording.values import NotSayable, Wert, enumeration

#: So many areas are named; of more only the first, and how many others cannot be told from it.
NAMED = 4


@dataclass(frozen=True)
class Spitze:
    """Das Gebiet mit dem höchsten (oder niedrigsten) Wert und alle, die sich davon nicht erkennbar unterscheiden.

    In einem Satz druckt ``{h.wo}`` „im Stadtbezirk Nord“, „in den Stadtbezirken Nord und Süd“ oder „im Stadtbezirk Nord
    (davon unterscheiden sich elf weitere nicht erkennbar)“, ``{h}`` dasselbe mit den Werten. ``{h.erster}`` ist der
    Wert des ersten Gebiets, ``{h.eindeutig}`` sagt, ob es allein steht. Ohne veröffentlichte Werte gilt die Fassung
    ``sonst``.
    """

    werte: tuple[Wert, ...]
    ebene: Ebene

    @property
    def erster(self) -> Wert:
        """Der höchste (oder niedrigste) Wert."""
        if not self.werte:
            raise NotSayable(f"kein Wert für {self.ebene.mehrzahl}")
        return self.werte[0]

    @property
    def eindeutig(self) -> bool:
        """Ob sich alle anderen Gebiete erkennbar unterscheiden."""
        return len(self.werte) == 1

    @property
    def wo(self) -> str:
        """Wo der Wert am höchsten (oder niedrigsten) ist, ohne Werte."""
        return self._where([value.raum for value in self.werte[:NAMED]], "", " (", ")")

    def __str__(self) -> str:
        """Wo der Wert am höchsten (oder niedrigsten) ist, mit den Werten."""
        first = self.erster
        names = [f"{value.raum} ({value})" for value in self.werte[:NAMED]]
        return self._where(names, f" ({first}", "; ", ")")

    def _where(self, names: list[str], value: str, before: str, after: str) -> str:
        first, others = self.erster, len(self.werte) - 1
        if not others:
            return self.ebene.am(first.raum) + (f"{value})" if value else "")
        if len(self.werte) <= NAMED:
            return f"in den {self.ebene.dativ} {enumeration(names)}"
        rest = worded("davon {n#unterscheidet|unterscheiden} sich {n:wort} weitere nicht erkennbar", n=others)
        return f"{self.ebene.am(first.raum)}{value}{before}{rest}{after}"


def spitze(b: Datenbestand, indikator: str, ebene: str | Ebene | None = None) -> tuple[Spitze, Spitze]:
    """Wo ein Indikator am höchsten und wo er am niedrigsten ist.

    Jeweils mit den Gebieten, die sich davon nicht erkennbar unterscheiden:
    ``hoch, tief = b.spitze("al_rate", "stadtbezirk")``.
    """
    level = b._level(ebene)
    return _end(b, indikator, level, highest=True), _end(b, indikator, level, highest=False)


def vergleichslage(b: Datenbestand, eins: str, zwei: str, ebene: str | Ebene | None = None) -> Lage:
    """In wie vielen Gebieten der erste Indikator erkennbar über und unter dem zweiten liegt.

    ``darueber`` und ``darunter``, berichtigt für viele Vergleiche; beide müssen gleich gerechnet sein.
    """
    one, other = (b.daten(name, ebene) for name in (eins, zwei))
    both = (one["wert"].notna() & other["wert"].notna()).to_numpy()
    found = compare(estimate(one, b.indikator(eins)), estimate(other, b.indikator(zwei)), both)
    return lage(pd.DataFrame({"wert": found.difference, "lage": found.position}))


def _end(b: Datenbestand, name: str, level: Ebene, *, highest: bool) -> Spitze:
    table = b.daten(name, level)
    table = table[table["wert"].notna()].sort_values("wert", ascending=not highest, kind="stable")
    if table.empty:
        return Spitze((), level)
    values = [b.wert(name, str(area)) for area in table.index]
    own = estimate(table, b.indikator(name))
    first = own.at(np.zeros(len(table), dtype=int))
    others = np.arange(len(table)) > 0
    position = compare(own, first, others).position
    alike = [
        value.zahl == values[0].zahl if found == Position.UNKNOWN else found == Position.WITHIN
        for value, found in zip(values[1:], position[1:], strict=True)
    ]
    return Spitze((values[0], *(value for value, same in zip(values[1:], alike, strict=True) if same)), level)
