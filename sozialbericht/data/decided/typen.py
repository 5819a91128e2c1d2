"""Typen: how many types the areas of a city form, what they are called, and which of them are called burdened."""

from __future__ import annotations

from dataclasses import dataclass

from sozialbericht.numbers import NBSP

#: What types are called where nothing is decided, from the least to the most burdened one; by their number.
NAMES = {
    2: ("günstigere Lage", "belastet"),
    3: ("günstige Lage", "mittlere Lage", "belastet"),
    4: ("günstige Lage", "mittlere Lage", "belastet", "stark belastet"),
    5: ("sehr günstige Lage", "günstige Lage", "mittlere Lage", "belastet", "stark belastet"),
    6: ("sehr günstige Lage", "günstige Lage", "eher günstige Lage", "mittlere Lage", "belastet", "stark belastet"),
    7: (
        "sehr günstige Lage", "günstige Lage", "eher günstige Lage", "mittlere Lage", "etwas belastet", "belastet",
        "stark belastet",
    ),
}  # fmt: skip
#: How many of the last types are called burdened where nothing is decided; by the number of types.
BURDENED = {2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3}
#: So many types there are where nothing is decided.
USUAL = 5


@dataclass(frozen=True)
class Typen:
    """Die Typen eines Berichts: ``namen`` vom am wenigsten zum am stärksten belasteten, ``belastet``: wie viele der
    letzten als belastet gelten; sie sind Aktionsräume, wo die Regel das sagt.
    """

    namen: tuple[str, ...] = NAMES[USUAL]
    belastet: int = BURDENED[USUAL]

    @property
    def zahl(self) -> int:
        """Wie viele es sind."""
        return len(self.namen)

    @property
    def nummern(self) -> range:
        """1 (am wenigsten belastet) bis zur Zahl der Typen."""
        return range(1, self.zahl + 1)

    @property
    def belastete(self) -> tuple[int, ...]:
        """Die Nummern der Typen, die als belastet gelten, der am stärksten belastete zuerst."""
        return tuple(reversed(self.nummern))[: self.belastet]

    @property
    def belastete_wessen(self) -> str:
        """„der Typen 4 und 5“, „des Typs 3“."""
        return ("der Typen " if self.belastet > 1 else f"des Typs{NBSP}") + self._listed("und")

    @property
    def belastete_in(self) -> str:
        """„in den Typen 4 und 5“, „in Typ 3“."""
        return ("in den Typen " if self.belastet > 1 else f"in Typ{NBSP}") + self._listed("und")

    @property
    def belastete_zu(self) -> str:
        """„Typ 4 oder 5“, „Typ 3“."""
        return ("Typ " if self.belastet > 1 else f"Typ{NBSP}") + self._listed("oder")

    @property
    def worte(self) -> dict[int, str]:
        """Nummer → „belastet“."""
        return dict(zip(self.nummern, self.namen, strict=True))

    def bezeichnung(self, nummer: int) -> str:
        """„belastet“, das Wort eines Typs."""
        return self.namen[nummer - 1]

    def name(self, nummer: int) -> str:
        """„Typ 4 – belastet“."""
        return f"Typ{NBSP}{nummer}{NBSP}– {self.bezeichnung(nummer)}"

    def _listed(self, conjunction: str) -> str:
        *first, last = map(str, sorted(self.belastete))
        return f"{', '.join(first)} {conjunction} {last}" if first else last


def of_number(number: int) -> Typen:
    """The types of a report that decides their number and no more."""
    return Typen(NAMES[number], BURDENED[number])
