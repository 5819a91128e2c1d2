"""One indicator of a report, resolved once: row of the catalogue, values of the areas, the city's value, classes."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from sozialbericht.data.sums import terms
from sozialbericht.drawing.canvas.measure import Measure
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.statistics.classes import MOST, class_bounds
from sozialbericht.statistics.intervals.movement import rows_of
from sozialbericht.wording import dates, judgement
from sozialbericht.wording.values import Wert

#: A feature's name longer than this is no use in a unit line.
LONGEST_NAME = 40


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
    def richtung(self) -> int:
        """1 where a high value is good, −1 where it is bad, 0 without judgement."""
        return judgement.direction(str(self.zeile["richtung"]))

    @property
    def gezaehlt(self) -> str:
        """What its numerator counts: „Arbeitslose“; for sums and long names its own title."""
        return self.zaehler if 0 < len(self.zaehler) <= LONGEST_NAME else self.titel

    @property
    def zaehler(self) -> str:
        """The name of its numerator, however long; "" for a sum."""
        parts = terms(self.zeile["zaehler"])
        return str(self.bestand.merkmale().at[parts[0], "bezeichnung"]) if len(parts) == 1 else ""

    @cached_property
    def staende(self) -> tuple[str, str]:
        """The printed Stände of numerator and denominator; the second is empty where there is none of its own."""
        value = self.stadt.wert
        top = dates.in_source(value.numerator_date, value.period)
        if value.denominator_date in (None, value.numerator_date) or not self.zeile["nenner"]:
            return top, ""
        period = str(self.bestand.merkmale().at[terms(self.zeile["nenner"])[0], "zeitbezug"])
        return top, dates.in_source(value.denominator_date, period)

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
        return self.klassen_aus(MOST)

    def klassen_aus(self, most: int) -> list[float]:
        """The same; where they are not declared, found from at most so many values."""
        bounds: list[float] = self.bestand._store.entry(
            ("klassen", self.schluessel, self.bestand.jahr, most), lambda: self._class_bounds(most)
        )
        return list(bounds)

    def _class_bounds(self, most: int) -> list[float]:
        values = rows_of(self.bestand._values, self.schluessel)
        pooled = values.loc[values["ebene"] == self.bestand.ebenen.unten.schluessel, "wert"]
        return class_bounds(str(self.zeile["klassengrenzen"] or ""), pooled, most)

    def hoechste(self, n: int = 1) -> list[Wert]:
        """The n highest published values, the highest first."""
        return self.bestand.hoechste(self.schluessel, n)

    def niedrigste(self, n: int = 1) -> list[Wert]:
        """The n lowest published values, the lowest first."""
        return self.bestand.niedrigste(self.schluessel, n)
