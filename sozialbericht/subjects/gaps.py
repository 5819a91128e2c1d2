"""How far the Aktionsräume lie from the other areas: joint values of both, the gap, and how the gap has changed."""

from __future__ import annotations

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
    wie viel er gegenüber dem Vergleichsjahr größer (+) oder kleiner geworden ist, gedruckt mit Einheit; None, wo nicht
    verglichen werden darf; ``wandel_lage``: ob das mehr ist als Zufall. ``gegenueber``: „gegenüber September 2005“.
    """

    indikator: str
    bezeichnung: str
    plan: Wert
    uebrige: Wert
    stadt: Wert
    vergleich: Comparison
    groesse: float
    wandel: Betrag | None
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
    plan = decision.auswahl(b).raeume
    found = []
    for name in [str(i) for i in b.indikatoren().index if i in strengths.main_indicators(b)]:
        pair = _apart(b, name, plan, b.jahr)
        spread = strengths.spread(b, name, b.ebenen.unten.schluessel)
        if pair is None or not spread:
            continue
        sign = 1 if b.indikator(name)["richtung"] == "belastung" else -1
        size = sign * gap_between(*pair) / spread
        wider, told, against = _widened(b, name, plan, pair)
        title = str(b.indikator(name)["bezeichnung"])
        found.append(Abstand(name, title, *pair, b.wert(name), _gap(pair), size, wider, told, against))
    return sorted(found, key=lambda one: -one.groesse)


def tabelle_abstaende(b: Datenbestand, *, id: str, titel: str, quelle: str = "") -> None:
    """Setzt die Abstände: Wert der Aktionsräume, der übrigen Gebiete und der Stadt,
    Abstand und seine Veränderung.
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
                numbers.number(found.groesse, 1, sign=True),
                numbers.status_sign(Status.NOT_MEANINGFUL)
                if found.wandel is None
                else numbers.number(found.wandel.differenz, decimals, sign=True),
            ]
        )
    hidden = (
        [Status.NOT_MEANINGFUL] if any(row[-1] == numbers.status_sign(Status.NOT_MEANINGFUL) for row in rows) else []
    )
    names = [found.indikator for found in abstaende(b)]
    tables.put(
        b,
        [
            "Hauptindikator",
            "Aktions|räume",
            "übrige Sozial|räume",
            b.stadtname,
            "Abstand",
            "in Standard|abwei|chungen",
            "Verän|derung des Abstands",
        ],
        rows,
        Caption(
            id,
            titel,
            "beide Gruppen je zusammen; Abstände aus ungerundeten Werten; in Standardabweichungen: + ungünstiger; "
            f"letzte Spalte: Abstand gegenüber {b.vergleichsjahr} gewachsen (+) oder geschrumpft (−)",
            Markup(" ").join([quelle or captions.source_line(b, names), *captions.signs(hidden)]),
        ),
        Layout(columns="1fr " + " ".join(["15.5mm"] * 6), wide=True),
    )


def _unit(b: Datenbestand, found: Abstand) -> str:
    unit = found.plan.wert.unit
    return str(b.indikator(found.indikator)["bezug"]) if unit == "Index" else f"in{NBSP}%" if unit == "%" else unit


def _apart(b: Datenbestand, name: str, plan: Sequence[str], year: int) -> tuple[Wert, Wert] | None:
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
) -> tuple[Betrag | None, Position, str]:
    """By how much the gap has grown since the year of comparison, whether that is told, and against which Stand."""
    change = b.aenderung(name) if b.vergleichsjahr in b._tables.years else None
    before = _apart(b, name, plan, b.vergleichsjahr) if change and change.ok else None
    if change is None or before is None:
        return None, Position.UNKNOWN, ""
    grown = numbers.rounded(abs(gap_between(*now)) - abs(gap_between(*before)), now[0].wert.decimals)
    told = gap.widening(_gap(now), _gap(before)).position[0]
    return Betrag(grown, _amount(abs(grown), now[0])), told, change.gegenueber


def _amount(number: float, like: Wert) -> str:
    text = numbers.number(number, like.wert.decimals)
    if like.wert.unit == "Index":
        return f"{text} Punkte"
    return f"{text} Prozentpunkte" if like.wert.unit == "%" else with_unit(text, like.wert.unit)
