"""Dimension: the indicators of one dimension of the catalogue, as a chapter on it takes them up."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sozialbericht.data import lookup
from sozialbericht.data.levels import AREA, Ebene
from sozialbericht.escaping import slugged
from sozialbericht.findings.dataset import Datenbestand

#: A level of so many areas at most stands beside each other in small charts and tables.
MOST_PARTS = 24
#: What a high value of an indicator of each direction means.
MEANINGS = {
    "belastung": "Ein hoher Wert bedeutet hier eine Belastung",
    "chance": "Ein hoher Wert ist hier günstig",
    "neutral": "Der Wert wird nicht gewertet",
}


@dataclass(frozen=True)
class Dimension:
    """Eine Dimension des Katalogs: ``name``, ``marke`` (der Name in Marken), ``indikatoren`` mit Werten, in der
    Reihenfolge des Katalogs, und ``ohne``, die Indikatoren ohne einen Wert; ``bedeutung``: was ein hoher Wert heißt;
    ``gliederung``: die Ebene, nach der ihre Tabelle gegliedert ist.
    """

    name: str
    marke: str
    indikatoren: tuple[str, ...]
    ohne: tuple[str, ...]
    bedeutung: str
    gliederung: Ebene

    @classmethod
    def of(cls, b: Datenbestand, name: str = "") -> Dimension:
        """Eine Dimension des Katalogs mit ihren Indikatoren (ohne Angabe die erste)."""
        known = b.dimensionen()
        name = lookup.key(name or known[0], known, "Dimension", "indikatoren.csv")
        own = [str(i) for i in b.indikatoren(name).index]
        there = tuple(i for i in own if b.wert(i).ok or b.hoechste(i))
        absent = tuple(i for i in own if i not in there)
        meaning = MEANINGS[str(b.indikator((*there, *absent)[0])["richtung"])]
        return cls(name, slugged(name), there, absent, meaning, gliederung(b) or b.ebenen.unten)

    @property
    def leit(self) -> str:
        """Der Indikator, mit dem das Kapitel beginnt: der erste, der einen Wert hat."""
        return (*self.indikatoren, *self.ohne)[0]

    @property
    def weitere(self) -> tuple[str, ...]:
        """Die übrigen Indikatoren mit Werten."""
        return self.indikatoren[1:]


def darueber(b: Datenbestand, ebene: Ebene) -> pd.Series:
    """Der Kurzname des Gebiets einer Ebene, in dem ein kleinstes Gebiet liegt, nach raum_id."""
    own = b.raeume()["teil_von"]
    for above in reversed(b.ebenen.alle[b.ebenen.alle.index(ebene) + 1 : -1]):
        own = own.map(b.raeume(above)["teil_von"])
    names: pd.Series = own.map(b.raeume(ebene)["kurzname"])
    return names


def gliederung(b: Datenbestand) -> Ebene:
    """Die Ebene, nach der Tabellen und kleine Diagramme gegliedert sind: die unterste über den kleinsten Gebieten mit
    2 bis 24 Gebieten; leer, wo es keine gibt.
    """
    between = [level for level in b.ebenen if level not in (b.ebenen.stadt, b.ebenen.unten)]
    fitting = [level for level in between if 1 < len(b.raeume(level)) <= MOST_PARTS]
    return fitting[-1] if fitting else AREA
