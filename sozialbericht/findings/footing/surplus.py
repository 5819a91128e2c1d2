"""What the position of an area lets expect of its evaluated indicators, and where it does better or worse than that.

The position is the mean of the standardised, signed indicators of the burden (``dynamics.statusmerkmale``) without
those that count the same as the indicator in question: nothing is expected from itself. A difference is told by its p,
corrected over all areas and indicators at once (:mod:`sozialbericht.statistics.intervals.discovery`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.findings import dynamics, strengths
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.multitude import LEAST_MEASURES
from sozialbericht.position import Position
from sozialbericht.statistics import pooling, typology
from sozialbericht.statistics.intervals import comparison
from sozialbericht.statistics.intervals.discovery import discovered
from sozialbericht.statistics.intervals.movement import estimate
from sozialbericht.statistics.intervals.residual import Residual, residual
from sozialbericht.statistics.matrix import matrix
from sozialbericht.statistics.standard import standardise
from sozialbericht.status import Status
from sozialbericht.wording.values import Wert, with_unit


@dataclass(frozen=True)
class Erwartung:
    """Ein gezählter Wert eines Gebiets neben dem, was seine Lage erwarten ließe, beide in der Einheit des Indikators.

    ``unten``, ``oben``: der 95-%-Bereich der Differenz gezählt − erwartet; ``vorteil``: die Differenz in
    Standardabweichungen der anderen Gebiete um ihre Gerade, + günstiger als erwartet; ``lage``: ob die Differenz
    erkennbar ist (``über``: mehr als erwartet), geprüft über alle Gebiete und Indikatoren zugleich; ``haupt``: ob es
    ein Hauptindikator ist.
    """

    indikator: str
    dimension: str
    raum: str
    wert: Wert
    stadt: Wert
    erwartet: float
    unten: float
    oben: float
    vorteil: float
    lage: Position
    haupt: bool

    @property
    def differenz(self) -> float:
        """Gezählt − erwartet, ungerundet."""
        return self.wert.wert.number - self.erwartet

    @property
    def besser(self) -> bool:
        """Ob das Gebiet hier erkennbar besser abschneidet, als seine Lage erwarten ließe, auch gedruckt."""
        return self.lage.differs and self.vorteil > 0 and self.wert.zahl != self.erwartet_zahl

    @property
    def erwartet_zahl(self) -> str:
        """Der erwartete Wert ohne Einheit, gedruckt wie der gezählte."""
        return numbers.number(self.erwartet, self.wert.wert.decimals)

    @property
    def erwartet_text(self) -> str:
        """Der erwartete Wert, wie er in Klammern steht: mit Einheit, bei Raten ohne."""
        unit = self.wert.wert.unit
        return self.erwartet_zahl if unit.startswith("je") else with_unit(self.erwartet_zahl, unit)


def erwartungen(b: Datenbestand) -> list[Erwartung]:
    """Alle Gebiete der untersten Ebene und alle gewerteten Anteile und Raten, der größte Vorteil zuerst; leer, wo es
    zu wenige Gebiete oder Indikatoren der Lage gibt.
    """
    found: list[Erwartung] = b._store.entry(("erwartungen", b.jahr), lambda: _all(b))
    return list(found)


def besser_als_erwartet(b: Datenbestand, raum: str) -> list[Erwartung]:
    """Worin ein Gebiet erkennbar besser abschneidet, als seine Lage erwarten ließe, der größte Vorteil zuerst."""
    return [one for one in erwartungen(b) if one.raum == raum and one.besser]


def verglichen(b: Datenbestand) -> list[str]:
    """Die Indikatoren, zu denen sich etwas erwarten lässt: gewertete Anteile und Raten."""
    catalogue = b.indikatoren()
    fit = catalogue["richtung"].isin(list(dynamics.SIGNS)) & catalogue["art"].isin(["anteil", "rate"])
    return [str(name) for name in catalogue.index[fit] if not strengths.compares(b, str(name))]


# -- inside ------------------------------------------------------------------------------------------


def _all(b: Datenbestand) -> list[Erwartung]:
    scores = _scores(b)
    made = {name: found for name in verglichen(b) if (found := _residual(b, name, scores)) is not None}
    if not made:
        return []
    told = discovered(np.array([found.p for found in made.values()]))
    main, areas = strengths.main_indicators(b), b.raeume().index
    rows = []
    for (name, found), sure in zip(made.items(), told, strict=True):
        sign = -dynamics.SIGNS[str(b.indikator(name)["richtung"])]
        named = comparison.named(np.where(sure, np.sign(found.difference), np.where(np.isfinite(found.p), 0, np.nan)))
        for at, area in enumerate(areas):
            value = b.wert(name, str(area))
            if not np.isfinite(found.p[at]) or not found.spread[at] or value.wert.status != Status.OK:
                continue
            rows.append(
                Erwartung(
                    name, str(b.indikator(name)["dimension"]), str(area), value, b.wert(name),
                    float(found.expected[at]), float(found.bounds.lower[at]), float(found.bounds.upper[at]),
                    sign * float(found.difference[at] / found.spread[at]), Position(named[at]), name in main,
                )
            )  # fmt: skip
    return sorted(rows, key=lambda one: -one.vorteil)


def _scores(b: Datenbestand) -> pd.DataFrame:
    """The standardised indicators of the burden, + burdened, areas × indicators: those that nearly all areas have, and
    the areas that have them all."""
    names = dynamics.statusmerkmale(b)
    if not names:
        return pd.DataFrame()
    values = pooling.decision_values(b._cube, b._tables, names, [b.jahr])
    level = b.ebenen.unten.schluessel
    city = matrix(values, b.jahr, b.ebenen.stadt.schluessel).loc[b.stadt]
    table = typology.select(matrix(values, b.jahr, level).loc[b._existing(level, b.jahr)], pd.Series(city)).table
    signs = {name: dynamics.SIGNS[str(b.indikator(str(name))["richtung"])] for name in table.columns}
    return standardise(table).mul(pd.Series(signs))


def _residual(b: Datenbestand, name: str, scores: pd.DataFrame) -> Residual | None:
    """The residuals of an indicator's areas; None where too few other indicators tell the position."""
    others = [str(one) for one in scores.columns if not strengths.same(b, name, str(one))]
    if len(others) < LEAST_MEASURES:
        return None
    table = b.daten(name)
    position = scores[others].mean(axis=1).reindex(table.index)
    return residual(estimate(table, b.indikator(name)), position.to_numpy(dtype=float))
