"""The comparison in a profile: the spine chart with its words, the reading example, what is not shown,
the parts of a district.
"""

from __future__ import annotations

import numpy as np

from sozialbericht import numbers
from sozialbericht.drawing.charts.spine import Spine, Words, spine
from sozialbericht.escaping import Markup, escape
from sozialbericht.findings import decision, typification
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.typification import TYPNAMEN
from sozialbericht.numbers import NBSP
from sozialbericht.position import Position
from sozialbericht.profile import development, panels
from sozialbericht.profile.panels import Heading
from sozialbericht.profile.rows import among, sozialraeume, spannen
from sozialbericht.status import Status
from sozialbericht.wording.values import enumeration, with_unit
from sozialbericht.writing import blocks, captions, links
from sozialbericht.writing.blocks import Layout


def profilvergleich(b: Datenbestand, raum: str) -> None:
    """Setzt das Diagramm, das alle Profilindikatoren mit Stadt und allen Sozialräumen vergleicht,
    auf einer neuen Seite.
    """
    rows, district, count = spannen(b, raum), b.ebene(raum) != b.ebenen.unten.schluessel, len(b.raeume())
    words = Words(
        "Bezirk" if district else "Raum", "" if district else "Bezirk", b.stadtname,
        f"alle {count} {b.ebenen.unten.mehrzahl}",
        f"{b.ebenen.unten.mehrzahl} des Bezirks" if district else "",
    )  # fmt: skip
    drawn = {cut: spine(rows, words, narrow=cut == "narrow") for cut in ("web", "narrow")}
    others = among(len(b.bezirke()), b.ebenen.mitte) if district else among(count, b.ebenen.unten)
    hidden = any(row.rank == 0 for row in rows)
    source = (
        f"Stände in der Spalte „Stand“; Quellen und Definitionen in den Indikatorenblättern des Berichts. "
        f"Rang 1: höchster Wert unter {others}{' mit veröffentlichtem Wert' if hidden else ''}. "
        f"Bei Indikatoren ohne Wertung steht rechts der höchste Wert."
    )
    source = " ".join([source, *captions.signs([row.status for row in rows])])
    picture = development.picture(b, raum, "vergleich", drawn["web"], _told_spine(b, raum, rows), drawn["narrow"])
    title = (
        f"{b.name(raum)} im Vergleich mit allen {b.ebenen.unten.dativ}"
        if district
        else f"{b.name(raum)} unter den {count} {b.ebenen.unten.dativ}"
    )
    heading = Heading(
        "Vergleich",
        title,
        f"Band: von den ungünstigsten bis zu den günstigsten {b.ebenen.unten.dativ}; rechts ist günstiger",
    )
    blocks.put(panels.figure(heading, picture, source=source, new_page=True))


def _told_spine(b: Datenbestand, area: str, rows: list[Spine]) -> str:
    """The alternative text of the comparison: every row's value, the city's,
    rank or the reason why there is none.
    """
    parts = []
    for row in rows:
        city = f"{b.stadtname} {numbers.number(row.city, row.decimals)}" if np.isfinite(row.city) else ""
        if row.status != Status.OK:
            parts.append(f"{row.name}: {numbers.status_word(row.status)}")
            continue
        unseen = "kein Intervall" if row.position is Position.UNKNOWN else "nicht erkennbar anders"
        place = {-1: "ungünstiger", 1: "günstiger", 0: unseen if row.direction else ""}[row.side()]
        words = ", ".join(filter(None, [city, f"Rang {row.rank}", place]))
        parts.append(f"{row.name}: {numbers.number(row.value, row.decimals)} ({words})")
    return (
        f"Spannendiagramm: {b.name(area)} im Vergleich mit der Stadt und allen {b.ebenen.unten.dativ}. "
        f"{'; '.join(parts)}."
    )


def spannenbeispiel(b: Datenbestand, raum: str) -> Markup:
    """Ein Lesebeispiel zum Vergleich: der Indikator, bei dem das Gebiet am weitesten von der Stadt entfernt
    liegt.
    """
    rows = [row for row in spannen(b, raum) if row.side() and row.drawable]
    if not rows:
        return Markup()
    row = max(rows, key=lambda r: (abs(r.place(r.value)) < 0.95, abs(r.place(r.value))))
    low, high = np.percentile(list(row.everyone), [25, 75])
    word, side = ("ungünstiger", "links") if row.side() < 0 else ("günstiger", "rechts")
    kind = b.ebenen[b.ebene(raum)]
    told = (
        f"{row.name.partition(f' in{NBSP}')[0]}: Der Punkt liegt {side} der Mittellinie. "
        f"{kind.der.capitalize()} {kind.einzahl} {b.name(raum)} steht mit "
        f"{_printed(b, row, row.value)} {word} da als {b.stadtname} ({_printed(b, row, row.city)})"
    )
    if row.value in (row.least, row.most):
        return escape(f"{told}. Es ist der {word.removesuffix('er')}ste Wert aller {b.ebenen.unten.mehrzahl}.")
    if low <= row.value <= high:
        return escape(
            f"{told} und liegt in der mittleren Hälfte der {b.ebenen.unten.mehrzahl}, dem dunklen Teil des Bandes."
        )
    return escape(
        f"{told}. Der Punkt liegt außerhalb des dunklen Teils: "
        f"Höchstens ein Viertel der {b.ebenen.unten.mehrzahl} hat noch {word}e Werte."
    )


def _printed(b: Datenbestand, row: Spine, value: float) -> str:
    """A value with its unit, where the row's name ends with one."""
    return with_unit(numbers.number(value, row.decimals), row.name.partition(f" in{NBSP}")[2])


def profilhinweise(b: Datenbestand, raum: str) -> None:
    """Setzt unter den Vergleich, was nicht ausgewiesen wird und warum,
    und den Hinweis zur Zuordnung in Modelldaten.
    """
    reasons: dict[str, list[str]] = {}
    for row in spannen(b, raum):
        if row.status != Status.OK:
            reasons.setdefault(numbers.status_word(row.status), []).append(row.name)
    pairs = {}
    if reasons:
        told = "; ".join(f"{enumeration(names)}: {why}" for why, names in reasons.items())
        pairs["Nicht ausgewiesen"] = f"{told}."
    if captions.calibration(b) and not typification.typisierung(b).grund:
        pairs["Zuordnung zum Typ"] = captions.calibration(b)
    if pairs:
        blocks.put(panels.sheet(pairs))


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
        source.append(f"Typ 1: {TYPNAMEN[1]}, bis Typ {max(TYPNAMEN)}: {TYPNAMEN[max(TYPNAMEN)]}.")
    heading = Heading(
        b.ebenen.unten.mehrzahl,
        f"Die {b.ebenen.unten.mehrzahl} {b.ebenen.mitte.des} {b.ebenen.mitte.genitiv} {b.name(raum)}",
        f"Typ und Hauptindikator jeder Dimension, {b.stadtname} zum Vergleich"
        if typed
        else "Hauptindikator jeder Dimension",
    )
    head = ["Gebiet", *(["Typ"] if typed else []), *heads]
    blocks.put(panels.table(heading, head, rows, layout, " ".join([*source, *captions.signs(statuses)])))
