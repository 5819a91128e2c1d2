"""Favourable courses: what has become better in an area over several years, as a whole and by interval.

Four things together: the first and the last comparable value of the series lie at least :data:`SPAN` years apart with
no break between them, their difference is told by the one rule (:mod:`sozialbericht.statistics.intervals.comparison`),
it is told beside the city's own difference, too, which is no area's merit, and where the series is long enough for a
trend, it goes the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sozialbericht.findings import ranges, strengths
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.footing.surplus import verglichen
from sozialbericht.position import Position
from sozialbericht.statistics.intervals.comparison import compare
from sozialbericht.statistics.intervals.movement import estimate
from sozialbericht.status import Status
from sozialbericht.wording import judgement
from sozialbericht.wording.values import Aenderung

#: How many years lie at least between the values of a course.
SPAN = 3


@dataclass(frozen=True)
class Verlauf:
    """Ein Indikator, der sich in einem Gebiet über mehrere Jahre günstig entwickelt hat.

    ``aenderung`` ist die des Gebiets, ``stadt`` die der Stadt im selben Zeitraum; ``groesse``: um wie viel sie sich
    unterscheiden, in Standardabweichungen der Gebiete.
    """

    indikator: str
    dimension: str
    raum: str
    aenderung: Aenderung
    stadt: Aenderung
    groesse: float
    haupt: bool


def guenstige_verlaeufe(b: Datenbestand, raum: str) -> list[Verlauf]:
    """Die günstigen Verläufe eines Gebiets, günstiger auch als in der ganzen Stadt; die größten zuerst."""
    level = b.ebene(raum)
    found = []
    for name in verglichen(b) if raum != b.stadt else []:
        since, scale = _first(b, name, level), strengths.spread(b, name, level)
        if since is None or not scale:
            continue
        change, city = b.aenderung(name, raum, since), b.aenderung(name, b.stadt, since)
        upward = judgement.direction(str(b.indikator(name)["richtung"]))
        shown = all(value.status == Status.OK for value in (change.neu, change.alt, city.neu, city.alt))
        trend = ranges.verlaeufe(b, name, level)[raum]
        if not shown or change.lage.sign != upward or trend not in (change.lage, Position.UNKNOWN):
            continue
        if _beside_the_city(b, name, level, since)[raum].sign != upward:
            continue
        size = abs(_gap(change) - _gap(city)) / scale
        main = name in strengths.main_indicators(b)
        found.append(Verlauf(name, str(b.indikator(name)["dimension"]), raum, change, city, size, main))
    return sorted(found, key=lambda one: -one.groesse)


def _gap(change: Aenderung) -> float:
    return change.neu.number - change.alt.number


def _beside_the_city(b: Datenbestand, name: str, level: str, since: int) -> pd.Series:
    """The position of each area's change beside the city's, corrected over the areas of a level."""

    def computed() -> pd.Series:
        new, row = b.daten(name, level), b.indikator(name)
        old = b.daten(name, level, since).reindex(new.index)
        comparable = b.aenderungen(name, level, since)["differenz"].reindex(new.index).notna().to_numpy()
        of_city = _gap(b.aenderung(name, b.stadt, since))
        return pd.Series(compare(estimate(new, row), estimate(old, row), comparable, of_city).position, new.index)

    found: pd.Series = b._store.entry(("verlauf_neben", name, level, b.jahr, since), computed)
    return found


def _first(b: Datenbestand, name: str, level: str) -> int | None:
    """The year of the oldest value that the newest may be compared with; None where it is not old enough."""

    def computed() -> int | None:
        table = b.reihe(name, level)
        table = table[table["wert"].notna()]
        if table.empty or not (table["segment"] == table["segment"].max()).any():
            return None
        table = table[table["segment"] == table["segment"].max()]
        first, last = table["stand_zaehler"].min(), table["stand_zaehler"].max()
        if (last - first).days < SPAN * 365:
            return None
        return int(table.loc[table["stand_zaehler"] == first, "jahr"].min())

    found: int | None = b._store.entry(("verlauf_ab", name, level, b.jahr), computed)
    return found
