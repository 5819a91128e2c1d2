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
from sozialbericht.status import Status
from sozialbericht.wording.values import Betrag, Wert, with_unit
from sozialbericht.writing import captions, tables
from sozialbericht.writing.blocks import Caption, Layout


@dataclass(frozen=True)
class Abstand:
    """Der Abstand der Aktionsräume von den übrigen Gebieten bei einem Indikator.

    ``plan``, ``uebrige``, ``stadt``: die gemeinsamen Werte und der Wert der Stadt; ``groesse``: der Abstand in
    Standardabweichungen der Gebiete, + ungünstiger; ``wandel``: um wie viel er gegenüber dem Vergleichsjahr größer (+)
    oder kleiner geworden ist, gedruckt mit Einheit; None, wo nicht verglichen werden darf. ``gegenueber``: „gegenüber
    September 2005“.
    """

    indikator: str
    bezeichnung: str
    plan: Wert
    uebrige: Wert
    stadt: Wert
    groesse: float
    wandel: Betrag | None
    gegenueber: str

    @property
    def betrag(self) -> str:
        """Der Abstand mit Einheit, nicht umbrechend: „17,7 Prozentpunkte“."""
        return _amount(abs(gap_between(self.plan, self.uebrige)), self.plan).replace(" ", NBSP)


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
        size = sign * (pair[0].wert.number - pair[1].wert.number) / spread
        wider, against = _widened(b, name, plan, pair)
        title = str(b.indikator(name)["bezeichnung"])
        found.append(Abstand(name, title, *pair, b.wert(name), size, wider, against))
    return sorted(found, key=lambda gap: -gap.groesse)


def tabelle_abstaende(b: Datenbestand, *, id: str, titel: str, quelle: str = "") -> None:
    """Setzt die Abstände: Wert der Aktionsräume, der übrigen Gebiete und der Stadt,
    Abstand und seine Veränderung.
    """
    rows = []
    for gap in abstaende(b):
        decimals = gap.plan.wert.decimals
        rows.append(
            [
                f"{gap.bezeichnung} ({_unit(b, gap)})",
                gap.plan.zahl,
                gap.uebrige.zahl,
                gap.stadt.zahl,
                numbers.number(gap_between(gap.plan, gap.uebrige), decimals, sign=True),
                numbers.number(gap.groesse, 1, sign=True),
                numbers.status_sign(Status.NOT_MEANINGFUL)
                if gap.wandel is None
                else numbers.number(gap.wandel.differenz, decimals, sign=True),
            ]
        )
    hidden = (
        [Status.NOT_MEANINGFUL] if any(row[-1] == numbers.status_sign(Status.NOT_MEANINGFUL) for row in rows) else []
    )
    names = [gap.indikator for gap in abstaende(b)]
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
            "beide Gruppen je zusammen; in Standardabweichungen: + ungünstiger; "
            f"letzte Spalte: Abstand gegenüber {b.vergleichsjahr} gewachsen (+) oder geschrumpft (−)",
            Markup(" ").join([quelle or captions.source_line(b, names), *captions.signs(hidden)]),
        ),
        Layout(columns="1fr " + " ".join(["15.5mm"] * 6), wide=True),
    )


def _unit(b: Datenbestand, gap: Abstand) -> str:
    unit = gap.plan.wert.unit
    return str(b.indikator(gap.indikator)["bezug"]) if unit == "Index" else f"in{NBSP}%" if unit == "%" else unit


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
    return joint, Wert(replace(joint.wert, number=number, numerator=top, denominator=bottom))


def _widened(b: Datenbestand, name: str, plan: Sequence[str], now: tuple[Wert, Wert]) -> tuple[Betrag | None, str]:
    """By how much the gap has grown since the year of comparison, and against which Stand."""
    if b.vergleichsjahr not in b._tables.years:
        return None, ""
    change = b.aenderung(name)
    before = _apart(b, name, plan, b.vergleichsjahr) if change.ok else None
    if before is None:
        return None, ""
    grown = numbers.rounded(abs(gap_between(*now)) - abs(gap_between(*before)), now[0].wert.decimals)
    return Betrag(grown, _amount(abs(grown), now[0])), change.gegenueber


def _amount(number: float, like: Wert) -> str:
    text = numbers.number(number, like.wert.decimals)
    if like.wert.unit == "Index":
        return f"{text} Punkte"
    return f"{text} Prozentpunkte" if like.wert.unit == "%" else with_unit(text, like.wert.unit)
