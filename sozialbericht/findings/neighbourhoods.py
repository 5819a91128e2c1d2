"""Spatial structure in a report: do similar Sozialräume lie together, how unevenly are groups spread, how far apart are
the ends?

Computed on protected values: areas with a withheld value take no part, and rates of groups of areas are withheld where
one of them is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.multitude import LEAST_IN_SPACE
from sozialbericht.statistics import segregation, spatial
from sozialbericht.status import Status
from sozialbericht.wording.values import NotSayable


@dataclass(frozen=True)
class Raummuster:
    """Ob ähnliche Werte beieinander liegen: ``{m}`` druckt den Moran-Index („0,64“), ``{m.p}`` die
    Irrtumswahrscheinlichkeit.

    ``lage``: raum_id → Klasse der Karte; ``haelt``: die Gebiete, deren Auffälligkeit auch nach der Korrektur für viele
    Tests bestehen bleibt; ``ohne_nachbarn``: die Gebiete ohne Nachbarn; ``grund``: warum nichts berechnet ist.
    """

    wert: float
    wahrscheinlichkeit: float
    lage: pd.Series
    haelt: list[str]
    ohne_nachbarn: list[str]
    grund: str = ""

    def raeume(self, lage: str) -> list[str]:
        """Die Gebiete einer Klasse."""
        return [str(area) for area in self.lage.index[self.lage == lage]]

    @property
    def p(self) -> str:
        """„unter 0,001“ oder „0,012“."""
        self._known()
        if self.wahrscheinlichkeit < 0.001:
            return f"unter {numbers.number(0.001, 3)}"
        return numbers.number(self.wahrscheinlichkeit, 3)

    @property
    def richtung(self) -> int:
        """1: Ähnliches liegt beieinander, −1: Gegensätze liegen beieinander, 0: kein Muster,
        das sich vom Zufall abhebt.
        """
        self._known()
        if self.wahrscheinlichkeit >= spatial.LEVEL:
            return 0
        return 1 if self.wert > 0 else -1

    def _known(self) -> None:
        if self.grund:
            raise NotSayable(self.grund)

    def __str__(self) -> str:
        """Der Moran-Index mit zwei Stellen."""
        self._known()
        return numbers.number(self.wert, 2)


@dataclass(frozen=True)
class Segregation:
    """Ein Segregationsindex in Prozent: ``{s}`` druckt „22,5 %“,
    ``{s.differenz}`` „0,3 Punkte“ seit ``{s.seit}``.
    """

    jahre: pd.Series

    @property
    def seit(self) -> str:
        """Das erste vergleichbare Jahr."""
        self._at_least(2)
        return str(self.jahre.index[0])

    @property
    def ganz(self) -> str:
        """Der Index des letzten Jahres auf ganze gerundet, für „26 von 100“."""
        self._at_least(1)
        return numbers.number(float(self.jahre.iloc[-1]))

    @property
    def differenz(self) -> str:
        """Der Betrag der Veränderung seit dem ersten vergleichbaren Jahr."""
        return f"{numbers.number(abs(self._change()), 1)} Punkte"

    @property
    def richtung(self) -> int:
        """1 gestiegen, −1 gesunken, 0 gleich, an der gedruckten Genauigkeit gemessen."""
        return int(np.sign(self._change()))

    def _change(self) -> float:
        self._at_least(2)
        return numbers.rounded(self.jahre.iloc[-1] - self.jahre.iloc[0], 1)

    def _at_least(self, count: int) -> None:
        if len(self.jahre) < count:
            raise NotSayable("zu wenige vergleichbare Jahre")

    def __str__(self) -> str:
        """Der Index des letzten Jahres."""
        self._at_least(1)
        return numbers.percent(float(self.jahre.iloc[-1]), 1)


@dataclass(frozen=True)
class Gruppenrate:
    """Eine gemeinsame Rate mehrerer Gebiete in Prozent; wird sie nicht veröffentlicht, gilt die Fassung ``sonst``."""

    rate: float

    def __str__(self) -> str:
        """„33,2 %“."""
        if not np.isfinite(self.rate):
            raise NotSayable("geheim gehalten oder zu wenige Gebiete")
        return numbers.percent(self.rate, 1)


# -- neighbours --------------------------------------------------------------------------------------


def raummuster(b: Datenbestand, indikator: str) -> Raummuster:
    """Ob und wo ähnliche Werte eines Indikators beieinander liegen, einmal je Datenstand berechnet."""
    name = b._known_indicator(indikator)
    found: Raummuster = b._store.entry(("raummuster", name, b.jahr), lambda: _pattern(b, name))
    return found


def nachbarschaftshinweis(b: Datenbestand) -> str:
    """Woher die Nachbarschaft der Gebiete kommt."""
    if "nachbarn" in b._tables.others:
        return "Wer Nachbar ist, steht in der Nachbarschaftstabelle der Daten, nicht in der Karte."
    return "Wer Nachbar ist, ergibt sich aus den gemeinsamen Grenzen der Karte."


# -- uneven spread -----------------------------------------------------------------------------------


def segregationsindex(b: Datenbestand, indikator: str) -> pd.Series:
    """Der Segregationsindex (0 bis 100) der Gruppe im Zähler gegen alle übrigen im Nenner, je Jahr des Stands.

    Nur Jahre, die mit dem Berichtsjahr vergleichbar sind und für die alle Gebiete gezählt sind.
    """
    name = b._known_indicator(indikator)
    found: pd.Series = b._store.entry(("segregation", name, b.jahr), lambda: _segregation(b, name))
    return found


def segregationswert(b: Datenbestand, indikator: str) -> Segregation:
    """Der Segregationsindex für Sätze."""
    return Segregation(segregationsindex(b, indikator))


# -- top against bottom ------------------------------------------------------------------------------


def fuenftel(b: Datenbestand, indikator: str, jahr: int | None = None) -> tuple[float, float, float]:
    """Die gemeinsame Rate des Fünftels der Gebiete mit den höchsten, die des Fünftels mit den niedrigsten Raten,
    das Verhältnis.

    NaN, wo ein Wert nicht veröffentlicht wird oder die Rate null ist.
    """
    table = b.daten(indikator, jahr=jahr)
    nothing = (np.nan, np.nan, np.nan)
    if not (table["status"] == Status.OK).all() or len(table) < LEAST_IN_SPACE:
        return nothing
    factor = float(b.indikator(indikator)["faktor"])
    high, low = (
        segregation.pooled_rate(table["zaehler"], table["nenner"], part, factor)
        for part in segregation.ends(table["wert"])
    )
    return (high, low, high / low) if low > 0 else (high, low, np.nan)


def enden(b: Datenbestand, indikator: str) -> tuple[Gruppenrate, Gruppenrate]:
    """Die Raten des oberen und des unteren Fünftels für Sätze."""
    high, low, _ = fuenftel(b, indikator)
    return Gruppenrate(high), Gruppenrate(low)


# -- inside ------------------------------------------------------------------------------------------


def _pattern(b: Datenbestand, name: str) -> Raummuster:
    areas = b.raeume().index
    empty = pd.Series(np.nan, areas, dtype=object)
    values = b.daten(name)["wert"].astype(float).reindex(areas)
    linked = {area for pair in b.nachbarn() for area in pair}
    usable = values.dropna()
    usable = usable[usable.index.isin(list(linked))]
    if len(usable) < LEAST_IN_SPACE or usable.nunique() < 2:
        why = (
            f"Für ein räumliches Muster braucht es mindestens {LEAST_IN_SPACE} Gebiete mit verschiedenen "
            "Werten und "
            f"Nachbarn; hier sind es {len(usable)}."
        )
        return Raummuster(np.nan, np.nan, empty, [], [], why)
    whole = spatial.moran(values, b.nachbarn())
    local = spatial.local_moran(values, b.nachbarn())
    held = [str(area) for area in local.index[local["haelt"]]]
    return Raummuster(whole.value, whole.p, spatial.clusters(local).reindex(areas), held, list(whole.islands))


def _segregation(b: Datenbestand, name: str) -> pd.Series:
    values = b._values.xs(name, level="indikator", drop_level=False).reset_index()
    parts = values[values["ebene"] == b.ebenen.unten.schluessel]
    newest = parts.loc[parts["jahr"] == b.jahr, "segment"].max()
    found: dict[int, float] = {}
    for _, year in parts[parts["segment"] == newest].groupby("jahr"):
        counts = year.set_index("raum_id")[["zaehler", "nenner"]].astype(float)
        if counts.notna().all(axis=None) and year["stand_zaehler"].notna().all():
            index = segregation.dissimilarity(counts["zaehler"], counts["nenner"] - counts["zaehler"])
            found[int(year["stand_zaehler"].iloc[0].year)] = 100 * index
    return pd.Series(found, dtype=float).sort_index()


def first_comparable(b: Datenbestand, name: str) -> int | None:
    """The first report year whose value may be compared with this year's; None where there is none."""
    now = b.wert(name).wert
    years = [y for y in b._years if y < b.jahr and now.comparable(b.wert(name, jahr=y).wert)]
    return min(years, default=None)
