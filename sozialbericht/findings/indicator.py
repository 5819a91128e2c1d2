"""One indicator of a report, resolved once: row of the catalogue, values of the areas, the city's value, classes."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from sozialbericht.drawing.canvas.measure import Measure
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.statistics.classes import class_bounds
from sozialbericht.wording.values import Wert


class Indikator:
    """An indicator for the year of a report; raises ``InputError`` for a key that the catalogue does not have.

    ``zeile`` is its row of the catalogue, ``stadt`` the value of the city.
    """

    def __init__(self, b: Datenbestand, key: str) -> None:
        self.bestand, self.schluessel = b, key
        self.zeile, self.stadt = b.indikator(key), b.wert(key)

    @property
    def titel(self) -> str:
        """What it is called in titles: „Arbeitslosenrate“."""
        return str(self.zeile["bezeichnung"])

    @property
    def mass(self) -> Measure:
        """How its values are printed."""
        return Measure(int(self.zeile["nachkommastellen"]), str(self.zeile["einheit"]), self.bestand.stadtname)

    @cached_property
    def werte(self) -> pd.DataFrame:
        """The protected values of the smallest areas, as :meth:`Datenbestand.daten` gives them."""
        return self.bestand.daten(self.schluessel)

    @property
    def klassen(self) -> list[float]:
        """The four bounds between the classes of its maps, the same for all years."""
        values = self.bestand._values.loc[[self.schluessel]]
        pooled = values.loc[values["ebene"] == self.bestand.ebenen.unten.schluessel, "wert"]
        return class_bounds(str(self.zeile["klassengrenzen"] or ""), pooled)

    def hoechste(self, n: int = 1) -> list[Wert]:
        """The n highest published values, the highest first."""
        return self.bestand.hoechste(self.schluessel, n)

    def niedrigste(self, n: int = 1) -> list[Wert]:
        """The n lowest published values, the lowest first."""
        return self.bestand.niedrigste(self.schluessel, n)
