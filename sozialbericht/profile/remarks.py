"""What stands around the comparison in a profile: a reading example, what is not shown, the parts of a district."""

from __future__ import annotations

from sozialbericht import numbers
from sozialbericht.drawing.charts.spine import Spine
from sozialbericht.escaping import Markup, escape
from sozialbericht.findings import decision, typification
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.numbers import NBSP
from sozialbericht.position import Position
from sozialbericht.profile import panels
from sozialbericht.profile.comparisontable import Line, lines
from sozialbericht.profile.panels import Heading
from sozialbericht.profile.rows import sozialraeume, spannen
from sozialbericht.status import Status
from sozialbericht.subjects.areasheets import measurelist
from sozialbericht.subjects.register import Register
from sozialbericht.wording.values import enumeration, with_unit
from sozialbericht.writing import blocks, captions, links
from sozialbericht.writing.blocks import Layout


def spannenbeispiel(b: Datenbestand, raum: str) -> Markup:
    """Ein Lesebeispiel zum Vergleich: der Indikator mit dem weitesten Rangbereich, und, wenn darunter keine Maßnahmen
    stehen, einer, bei dem das Gebiet erkennbar von der Stadt abweicht, dort wo es am weitesten von ihr entfernt liegt.
    """
    found = lines(b, raum)
    ranged = [line for line in found if line.last > line.first and line.spine.drawable]
    differing = [line for line in found if line.spine.side() and line.spine.drawable]
    told = []
    if ranged:
        line = max(ranged, key=lambda one: one.last - one.first)
        where = {
            Position.ABOVE: "liegt dennoch erkennbar über dem",
            Position.BELOW: "liegt dennoch erkennbar unter dem",
            Position.WITHIN: "unterscheidet sich nicht erkennbar von dem",
        }[line.spine.position]
        told.append(
            f"{_name(line)}: Rang{NBSP}{line.rank}, doch wegen der zufälligen Schwankung ist jeder Rang zwischen "
            f"{line.first} und {line.last} mit den Zahlen vereinbar; der Wert {where} {b.ebenen.stadt.von} "
            f"({_printed(line.spine, line.spine.city)})."
        )
    if differing and not (told and _measures(b, raum)):
        line = max(differing, key=lambda one: _distance(one.spine))
        word, side = ("ungünstiger", "links") if line.spine.side() < 0 else ("günstiger", "rechts")
        told.append(
            f"{_name(line)}: Der Punkt liegt {side} der Mittellinie und ist gefüllt, denn der Wert "
            f"({_printed(line.spine, line.spine.value)}) ist erkennbar {word} als der {b.ebenen.stadt.von} "
            f"({_printed(line.spine, line.spine.city)})."
        )
    return escape(" ".join(told))


def _distance(row: Spine) -> tuple[bool, float]:
    """How far the area lies from the city, those at the very end of the band last."""
    far = abs(row.place(row.value))
    return far < 1, far


def _name(line: Line) -> str:
    """The indicator's name without its unit."""
    return line.spine.name.partition(f" in{NBSP}")[0]


def _printed(row: Spine, value: float) -> str:
    """A value with its unit, where the row's name ends with one."""
    return with_unit(numbers.number(value, row.decimals), row.name.partition(f" in{NBSP}")[2])


def profilhinweise(b: Datenbestand, raum: str) -> None:
    """Setzt unter den Vergleich Maßnahmen und Lücken, was nicht ausgewiesen wird und warum, und den Hinweis zur
    Zuordnung in Modelldaten.
    """
    reasons: dict[str, list[str]] = {}
    for row in spannen(b, raum):
        if row.status != Status.OK:
            reasons.setdefault(numbers.status_word(row.status), []).append(row.name)
    pairs = _measures(b, raum)
    if limited := reasons.pop(numbers.status_word(Status.LIMITED), None):
        pairs["In Klammern"] = f"{enumeration(limited)}: {numbers.status_word(Status.LIMITED)}."
    if reasons:
        told = "; ".join(f"{enumeration(names)}: {why}" for why, names in reasons.items())
        pairs["Nicht ausgewiesen"] = f"{told}."
    if captions.calibration(b) and not typification.typisierung(b).grund:
        pairs["Zuordnung zum Typ"] = captions.calibration(b)
    if pairs:
        blocks.put(panels.sheet(pairs))


def _measures(b: Datenbestand, area: str) -> dict[str, str]:
    """The measures of an area and the gaps of an Aktionsraum; nothing where the register has none or is absent."""
    chosen = b.ebene(area) == b.ebenen.unten.schluessel and decision.typ(b, area).aktionsraum
    register = Register(b)
    if not len(register) or not (chosen or len(register.eintraege(area))):
        return {}
    invented = " (erfundene Beispiele)" if measurelist.all_invented(b) else ""
    return {f"{measurelist.TITLE}{invented}": measurelist.told(b, area, gaps=chosen)}


def tabelle_profil(b: Datenbestand, raum: str) -> None:
    """Setzt die Tabelle der Sozialräume eines Stadtbezirks: die Hauptindikatoren, der Stadtbezirk und die Stadt."""
    names = [str(i) for i in b.indikatoren().groupby("dimension", sort=False).head(1).index]
    typed = not typification.typisierung(b).grund
    rows = []
    for area in [*sozialraeume(b, raum), raum, b.stadt]:
        values = [b.wert(i, area).wert for i in names]
        kind = decision.typ(b, area).nummer if typed and b.ebene(area) == b.ebenen.unten.schluessel else None
        cells = [captions.cell(v.number, v.status, v.decimals) for v in values]
        rows.append([links.mark(b.name(area), str(area)), *([str(kind or "")] if typed else []), *cells])
    rows[-2][0] = f"{b.ebenen.mitte.einzahl} " + rows[-2][0]
    heads = [str(b.indikator(i)["kurzname"]).replace(" in %", f" in{NBSP}%") for i in names]
    widths = " 7mm" * typed + " 10.6mm" * len(names)
    layout = Layout(columns=f"1fr{widths}", groups=(len(rows) - 2, len(rows) - 1), wide=True)
    statuses = [b.wert(i, area).wert.status for i in names for area in [*sozialraeume(b, raum), raum]]
    source = ["Stände und Quellen wie unter „Vergleich“."]
    if typed:
        kinds = typification.typisierung(b).typen
        source.append(f"Typ 1: {kinds.bezeichnung(1)}, bis Typ {kinds.zahl}: {kinds.bezeichnung(kinds.zahl)}.")
    heading = Heading(
        b.ebenen.unten.mehrzahl,
        f"Die {b.ebenen.unten.mehrzahl_bestimmt} {b.ebenen.mitte.von} {b.name(raum)}",
        f"Typ und Hauptindikator jeder Dimension, {b.stadtname} zum Vergleich"
        if typed
        else "Hauptindikator jeder Dimension",
    )
    head = ["Gebiet", *(["Typ"] if typed else []), *heads]
    blocks.put(panels.table(heading, head, rows, layout, " ".join([*source, *captions.signs(statuses)])))
