"""Several areas taken together: their joint value, and how much of the city's falls to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sozialbericht.data import sums
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.kind import Kind
from sozialbericht.status import Status
from sozialbericht.wording.values import Wert


def zusammen(b: Datenbestand, indikator: str, gebiete: Sequence[str], jahr: int | None = None) -> Wert | None:
    """Der gemeinsame Wert mehrerer Gebiete bei einem Indikator; None, wo ein Wert fehlt.

    Er ist die Summe der Zähler durch die Summe der Nenner, nicht das Mittel der Werte; sein 95-%-Bereich ist der eines
    Gebiets mit diesen Summen.
    """
    values = [b.wert(indikator, area, jahr).wert for area in gebiete]
    city, row = b.wert(indikator, jahr=jahr).wert, b.indikator(indikator)
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
    return Wert(Estimate.of(values).pooled().bounding(joint))


def anteil_an_stadt(
    b: Datenbestand, indikator: str | None, gebiete: Sequence[str], *, nenner: bool = False
) -> Wert | None:
    """Wie viel Prozent des Zählers der Stadt auf die Gebiete entfallen, mit ``nenner`` des Nenners.

    Ohne Indikator (None): wie viel der Bevölkerung. ``{w.anzahl}`` ist die Zahl in den Gebieten, ``{w.nenner}`` die der
    Stadt; None, wo ein Wert fehlt oder der Katalog nicht sagt, wer die Bevölkerung ist.
    """
    if indikator is None:
        indikator, nenner = bevoelkerungsindikator(b), True
        if not indikator:
            return None
    joint, city = zusammen(b, indikator, gebiete), b.wert(indikator).wert
    if joint is None:
        return None
    part, whole = (joint.wert.denominator, city.denominator) if nenner else (joint.wert.numerator, city.numerator)
    share = replace(city, number=part / whole * 100, numerator=part, denominator=whole, unit="%", decimals=1)
    kind = Kind.WILSON if nenner or city.interval.bounded else Kind.AMOUNT  # a part of an income is no share of cases
    counted = replace(share, art="anteil", factor=100.0, interval=kind)
    return Wert(Estimate.of([counted]).bounding(counted))


def bevoelkerungsindikator(b: Datenbestand) -> str:
    """Der erste Anteil an der ganzen Bevölkerung; leer, wenn der Katalog keinen hat."""
    people, catalogue = sums.inhabitants(b._tables), b.indikatoren()
    shares = catalogue.index[(catalogue["nenner"] == people) & (catalogue["art"] == "anteil")]
    return str(shares[0]) if people and len(shares) else ""
