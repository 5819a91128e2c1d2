"""The sheet of an area: place and five values at the left; chances, burdens, measures and gaps at the right."""

from __future__ import annotations

from collections.abc import Mapping

from sozialbericht.blocklanguage import fence
from sozialbericht.data import sums
from sozialbericht.drawing.canvas.style import NARROW, TEXT
from sozialbericht.drawing.charts.dots import residuals
from sozialbericht.drawing.charts.dots.residuals import Row
from sozialbericht.escaping import Markup, attribute, html_of, html_text, listed, paragraphs
from sozialbericht.findings import decision, ranges, strengths, tally
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.footing import foothold
from sozialbericht.findings.footing.foothold import Chancen
from sozialbericht.findings.footing.surplus import Erwartung
from sozialbericht.numbers import NBSP
from sozialbericht.order.project import sheet_label
from sozialbericht.position import Position
from sozialbericht.status import Status
from sozialbericht.subjects.areasheets import measurelist
from sozialbericht.subjects.register import Register
from sozialbericht.wording import judgement
from sozialbericht.writing import blocks, captions, figures
from sozialbericht.writing.blocks import Block, Layout, Picture

#: How many chances are drawn on a sheet, and how many burdens it tells, so that two have room on a page.
DRAWN, BURDENS = 1, 3


def ordered(b: Datenbestand) -> list[str]:
    """The Aktionsräume by their position, the most burdened first."""
    chosen = decision.auswahl(b)
    return [area for area in chosen.reihenfolge if area in chosen.raeume]


def sheet(b: Datenbestand, area: str, names: list[str]) -> Block:
    """The sheet of an area; ``names`` are the indicators below the map."""
    found = foothold.chancen(b, area)
    name, order = b.name(area), ordered(b)
    label = f"lage-{area.replace('_', '-')}"
    cuts = figures.located(b, [area], name, label)
    picture = [blocks.picture(label, _where(b, area))] if cuts else []
    drawn = chart(b, found, f"chancen-{area.replace('_', '-')}")
    verdicts = [chances(b, found, drawn, level=4), burdens(b, area, found, level=4), *measures(b, area, level=4)]
    body = paragraphs(*picture, _values(b, area, names), *(Markup(part.markdown) for part in verdicts))
    last = {} if area in order[:-1] else {"letztes": "ja"}  # on the web the signs stand once
    number = b.raeume()["nummer"].get(area)
    heading = f"#{sheet_label(area)} nummer={attribute('' if number is None else str(number))}"
    markdown = paragraphs(
        blocks.heading(3, blocks.cell(name), heading),
        fence("raumblatt", body, zeile=line(b, area), sicher=_sure(b, area), fuss=key(b), **last),
    )
    told = f"<h3>{html_text(name)}</h3><p>{html_text(line(b, area))}</p>{''.join(part.preview for part in verdicts)}"
    return Block(markdown, told, {**cuts, **{k: v for part in verdicts for k, v in part.pictures.items()}})


def line(b: Datenbestand, area: str) -> str:
    """What the head says: district, people, type."""
    people = sums.inhabitants(b._tables)
    counted = tally.zahl(b, people, area) if people else None
    kind = decision.typ(b, area)
    district = b.name(str(b._tables.areas.at[area, "teil_von"]))
    told = [
        f"{b.ebenen.mitte.einzahl} {district}" if b.ebenen.mitte else "",
        f"{counted.anzahl} Menschen" if counted is not None and counted.ok else "",
        str(kind) if kind.nummer else "",
    ]
    return " · ".join(filter(None, told))


def _sure(b: Datenbestand, area: str) -> str:
    return decision.auswahl(b).anteil_text(area) if decision.typ(b, area).nummer else ""


def chances(b: Datenbestand, found: Chancen, drawn: Picture | None, *, level: int) -> Block:
    """What the area can build on; without a heading where that is nothing."""
    if not found.liste:
        return verdict("", "staerke", found.keine, level)
    words = paragraphs(listed(found.saetze), *([drawn.markdown()] if drawn else []))
    return verdict("Chancen", "staerke", words, level, drawn.files() if drawn else {})


def burdens(b: Datenbestand, area: str, found: Chancen, *, level: int) -> Block:
    """Where the area is worse than the city, without what its chances have told."""
    told = strengths.belastungen(b, area, BURDENS, ohne=found.indikatoren)
    worse = any(one.wert.lage.sign * one.differenz < 0 for one in found.erwartungen)  # better than expected only
    other = " sonst" if worse else ""
    none = f"Kein Indikator ist{other} erkennbar ungünstiger als {b.ebenen.stadt.darin}."
    return verdict("Belastungen", "belastung", listed(told) if told else none, level)


def measures(b: Datenbestand, area: str, *, level: int) -> list[Block]:
    """Measures and gaps; nothing without a register."""
    if not Register(b).liegt_vor:
        return []
    found = measurelist.rows(b, area, marked=not measurelist.all_invented(b))
    if not found:
        return [verdict(measurelist.TITLE, "ohne", "Im Register ist keine Maßnahme eingetragen.", level)]
    layout = Layout(columns="32mm 1fr 27mm 19mm", left=(0, 1, 2, 3), wide=True)
    table = blocks.pipe_table(measurelist.HEAD, found)
    return [verdict(measurelist.TITLE, "ohne", table, level, layout=layout)]


def verdict(
    title: str, art: str, words: str, level: int = 2, pictures: Mapping[str, str] | None = None,
    layout: Layout | None = None,
) -> Block:  # fmt: skip
    """A part of a sheet below a rule in the colour of its kind: staerke, belastung, ohne."""
    deep = {} if level == 2 else {"ebene": str(level)}
    preview = f"<h4>{html_text(title)}</h4>{html_of(words)}"
    given = {**deep, **(layout.attributes() if layout else {})}
    return Block(fence("urteil", words, art=art, titel=title, **given), preview, dict(pictures or {}))


def chart(b: Datenbestand, found: Chancen, label: str) -> Picture | None:
    """Counted beside expected, for what is better than the position lets expect; None where that is nothing."""
    told = found.erwartungen
    shown = [one for one in told if one.wert.wert.unit == told[0].wert.wert.unit][:DRAWN]
    if not shown:
        return None
    rows, name, unit = [drawn_row(b, one) for one in shown], b.name(found.raum), shown[0].wert.wert.unit
    made = figures.drawn(lambda narrow: residuals.residuals(rows, unit, NARROW if narrow else TEXT))
    cuts = figures.written(made, f"Gezählt und zu erwarten, {name}", label)
    return Picture(label, f"Punktdiagramm, {name}. {' '.join(_told(b, one) for one in shown)}", cuts)


def drawn_row(b: Datenbestand, one: Erwartung) -> Row:
    """One row of the chart: all numbers as they are printed."""
    value = one.wert.wert
    title = str(b.indikator(one.indikator)["bezeichnung"])
    city = one.stadt.wert.number if one.stadt.ok else float("nan")
    return Row(title, value.number, value.lower, value.upper, one.erwartet, city, value.decimals)


def _told(b: Datenbestand, one: Erwartung) -> str:
    title = b.indikator(one.indikator)["bezeichnung"]
    city = f", {b.stadtname} {one.stadt}" if one.stadt.ok else ""
    return f"{title}: gezählt {one.wert} ({one.wert.bereich}), zu erwarten {one.erwartet_text}{city}."


def _values(b: Datenbestand, area: str, names: list[str]) -> Markup:
    """The table below the map: indicator, value, position beside the city, trend."""
    told = []
    for name in names:
        value, row = b.wert(name, area).wert, b.indikator(name)
        trend = ranges.verlaeufe(b, name, b.ebene(area))[area]
        short = blocks.short_name(str(row["kurzname"])).replace(" in %", f" in{NBSP}%")
        word = judgement.cell(value.position, judgement.direction(str(row["richtung"])))
        shown = value.status == Status.OK
        told.append([
            short, captions.cell(value.in_table, value.status, value.decimals),
            word if shown and value.position != Position.UNKNOWN else "", judgement.TRENDS[trend] if shown else "",
        ])  # fmt: skip
    return blocks.pipe_table(["Merkmal", "Wert", f"zum {b.ebenen.stadt.gesamtwert}", "Trend"], told)


def _where(b: Datenbestand, area: str) -> str:
    district = b.name(str(b._tables.areas.at[area, "teil_von"]))
    part = f", {b.ebenen.mitte.einzahl} {district}" if b.ebenen.mitte else ""
    return f"Lagekarte: {b.name(area)} im {b.ebenen.stadt.gebiet}{part}."


def key(b: Datenbestand) -> str:
    """The signs, once at the foot of a page."""
    invented = Register(b).liegt_vor and measurelist.all_invented(b)
    told = [
        f"▲ über, ▼ unter, ≈ im Bereich des {b.ebenen.stadt.gesamtwert}s.",
        "Trend: ↗ steigend, → ohne erkennbaren Trend, ↘ sinkend, x Reihe zu kurz.",
        f"Bild: gefüllt gezählt, mit 95-%-Bereich; hohl bei dieser Lage zu erwarten; Strich {b.stadtname}.",
    ]
    return " ".join([*told, *["Maßnahmen und Bestand sind erfundene Beispiele."] * invented])


