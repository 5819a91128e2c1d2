"""How far the Aktionsräume lie from the other areas: joint values of both, the gap, and how the gap has changed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sozialbericht import numbers
from sozialbericht.escaping import Markup
from sozialbericht.findings import chances, decision, strengths
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.strengths import gap_between
from sozialbericht.numbers import NBSP
from sozialbericht.position import Position
from sozialbericht.statistics.intervals import gap
from sozialbericht.statistics.intervals.comparison import Comparison
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.status import Status
from sozialbericht.wording.values import Betrag, Wert, with_unit
from sozialbericht.writing import captions, tables
from sozialbericht.writing.blocks import Caption, Layout


@dataclass(frozen=True)
class Abstand:
    """Der Abstand der Aktionsräume von den übrigen Gebieten bei einem Indikator.

    ``plan``, ``uebrige``, ``stadt``: die gemeinsamen Werte und der Wert der Stadt; ``vergleich``: der Abstand mit
    seinem 95-%-Bereich; ``groesse``: der Abstand in Standardabweichungen der Gebiete, + ungünstiger; ``wandel``: um
    wie viel er gegenüber dem Vergleichsjahr größer (+) oder kleiner geworden ist, in beiden Jahren zwischen den
    Aktionsräumen des Berichtsjahrs und den übrigen Gebieten, gedruckt mit Einheit; None, wo nicht verglichen werden
    darf; ``wandel_eigen``: dasselbe mit den Aktionsräumen des jeweiligen Jahres; ``wandel_lage``: ob ``wandel`` mehr
    ist als Zufall. ``gegenueber``: „gegenüber September 2005“.
    """

    indikator: str
    bezeichnung: str
    plan: Wert
    uebrige: Wert
    stadt: Wert
    vergleich: Comparison
    groesse: float
    wandel: Betrag | None
    wandel_eigen: Betrag | None
    wandel_lage: Position
    gegenueber: str

    @property
    def differenz(self) -> float:
        """Der Abstand, aus den ungerundeten Werten."""
        return gap_between(self.plan, self.uebrige)

    @property
    def bereich(self) -> tuple[float, float]:
        """Der 95-%-Bereich des Abstands; NaN, wo es keinen gibt."""
        return float(self.vergleich.lower[0]), float(self.vergleich.upper[0])

    @property
    def lage(self) -> Position:
        """Ob der Abstand mehr ist als Zufall: ``über``, ``unter``, ``im Bereich`` oder ``kein Intervall``."""
        return Position(self.vergleich.position[0])

    @property
    def betrag(self) -> str:
        """Der Abstand mit Einheit, nicht umbrechend: „17,7 Prozentpunkte“."""
        return _amount(abs(self.differenz), self.plan).replace(" ", NBSP)


def abstaende(b: Datenbestand) -> list[Abstand]:
    """Die Abstände bei den Hauptindikatoren, die größten zuerst; leer ohne Aktionsräume.

    Hauptindikatoren sind der erste gewertete Indikator jeder Dimension und die gewerteten der Typisierung. Ein
    gemeinsamer Wert ist die Summe der Zähler durch die Summe der Nenner; für die übrigen Gebiete bleibt der Rest
    zur Stadt. Wo ein Wert geheim ist, gibt es keinen.
    """
    found = (abstand(b, str(i)) for i in b.indikatoren().index if i in strengths.main_indicators(b))
    return sorted((one for one in found if one), key=lambda one: -one.groesse)


def abstand(b: Datenbestand, indikator: str) -> Abstand | None:
    """Der Abstand bei einem Indikator; None ohne Aktionsräume und wo ein gemeinsamer Wert fehlt."""
    plan = decision.auswahl(b).raeume
    pair = apart(b, indikator, plan, b.jahr) if plan else None
    spread = strengths.spread(b, indikator, b.ebenen.unten.schluessel)
    if pair is None or not spread:
        return None
    sign = 1 if b.indikator(indikator)["richtung"] == "belastung" else -1
    size = sign * gap_between(*pair) / spread
    wider, own, told, against = _widened(b, indikator, plan, pair)
    title = str(b.indikator(indikator)["bezeichnung"])
    return Abstand(indikator, title, *pair, b.wert(indikator), _gap(pair), size, wider, own, told, against)


def tabelle_abstaende(b: Datenbestand, *, id: str, titel: str, quelle: str = "") -> None:
    """Setzt die Abstände der Aktionsräume zu den übrigen Gebieten.

    Wert der Aktionsräume, der übrigen Gebiete und der Stadt, Abstand und seine Veränderung.
    """
    rows = []
    for found in abstaende(b):
        decimals = found.plan.wert.decimals
        rows.append(
            [
                f"{found.bezeichnung} ({_unit(b, found)})",
                found.plan.zahl,
                found.uebrige.zahl,
                found.stadt.zahl,
                numbers.number(found.differenz, decimals, sign=True),
                span(*found.bereich, decimals),
                numbers.number(found.groesse, 1, sign=True),
                _changed(found.wandel, decimals),
                _changed(found.wandel_eigen, decimals),
            ]
        )
    sign = numbers.status_sign(Status.NOT_MEANINGFUL)
    hidden = [Status.NOT_MEANINGFUL] if any(sign in row for row in rows) else []
    names = [found.indikator for found in abstaende(b)]
    tables.put(
        b,
        [
            "Hauptindikator",
            "Aktions|räume",
            f"übrige {b.ebenen.unten.kopf}",
            b.stadtname,
            "Abstand",
            "95-%-Bereich des Abstands",
            "in Standard|abwei|chungen",
            f"Verän|derung, {b.ebenen.unten.kurz} von {b.jahr}",
            f"Verän|derung, je eigene {b.ebenen.unten.kurz}",
        ],
        rows,
        Caption(
            id,
            titel,
            "beide Gruppen je zusammen; Abstände aus ungerundeten Werten; in Standardabweichungen: + ungünstiger; "
            f"letzte Spalten: Abstand gegenüber {b.vergleichsjahr} gewachsen (+) oder geschrumpft (−), in beiden "
            f"Jahren mit den Aktionsräumen von {b.jahr} und mit denen des jeweiligen Jahres; ≈ nicht erkennbar "
            "verändert",
            Markup(" ").join([quelle or captions.source_line(b, names), *captions.signs(hidden)]),
        ),
        Layout(columns=f"1fr {' '.join(['13mm'] * 4)} 20mm {' '.join(['15mm'] * 3)}", wide=True),
    )


def _unit(b: Datenbestand, found: Abstand) -> str:
    unit = found.plan.wert.unit
    return str(b.indikator(found.indikator)["bezug"]) if unit == "Index" else f"in{NBSP}%" if unit == "%" else unit


def apart(b: Datenbestand, name: str, plan: Sequence[str], year: int) -> tuple[Wert, Wert] | None:
    """The joint value of the areas and that of the rest of the city; None where one must not be told."""
    joint, city = chances.zusammen(b, name, plan, year), b.wert(name, jahr=year).wert
    row = b.indikator(name)
    if joint is None or city.status != Status.OK or row["art"] == "veraenderung":
        return None
    top, bottom = city.numerator - joint.wert.numerator, city.denominator - joint.wert.denominator
    if bottom <= 0:
        return None
    number = top / bottom * float(row["faktor"])
    if row["art"] == "index":
        number /= city.numerator / city.denominator
    rest = replace(joint.wert, number=number, numerator=top, denominator=bottom, clustering=city.clustering)
    return joint, Wert(Estimate.of([rest]).bounding(rest))


def _gap(pair: tuple[Wert, Wert]) -> Comparison:
    one, other = (Estimate.of([value.wert]) for value in pair)
    return gap.gap(one, other)


def _widened(
    b: Datenbestand, name: str, plan: Sequence[str], now: tuple[Wert, Wert]
) -> tuple[Betrag | None, Betrag | None, Position, str]:
    """By how much the gap has grown since the year of comparison between the same areas, and between those of each
    year; whether the first is told, and against which Stand."""
    change = b.aenderung(name, seit=b.vergleichsjahr) if b.vergleichsjahr in b._tables.years else None
    if change is None or not change.ok:
        return None, None, Position.UNKNOWN, ""
    found: list[Betrag | None] = []
    position = Position.UNKNOWN
    for areas in (plan, decision.auswahl(b, b.vergleichsjahr).raeume):
        before = apart(b, name, areas, b.vergleichsjahr)
        if before is None:
            found.append(None)
            continue
        grown = numbers.rounded(abs(gap_between(*now)) - abs(gap_between(*before)), now[0].wert.decimals)
        told = Position(gap.widening(_gap(now), _gap(before)).position[0])
        found.append(Betrag(grown, _amount(abs(grown), now[0]), told == Position.WITHIN))
        position = told if areas is plan else position
    return found[0], found[1], position, change.gegenueber


def span(lower: float, upper: float, decimals: int) -> str:
    """Two bounds as a cell, with their signs."""
    if not (math.isfinite(lower) and math.isfinite(upper)):
        return numbers.status_sign(Status.NOT_MEANINGFUL)
    return " bis ".join(numbers.number(bound, decimals, sign=True) for bound in (lower, upper))


def _changed(change: Betrag | None, decimals: int) -> str:
    """A change as a cell; one that may be chance has a sign in front."""
    if change is None:
        return numbers.status_sign(Status.NOT_MEANINGFUL)
    return ("≈ " if change.zufall else "") + numbers.number(change.differenz, decimals, sign=True)


def _amount(number: float, like: Wert) -> str:
    text = numbers.number(number, like.wert.decimals)
    if like.wert.unit == "Index":
        return f"{text} Punkte"
    return f"{text} Prozentpunkte" if like.wert.unit == "%" else with_unit(text, like.wert.unit)
