"""Rightpage: the summary's second page: which areas are Aktionsräume, what they can build on, what has changed, where
each area stands.
"""

from __future__ import annotations

from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.blocklanguage import fence
from sozialbericht.data.settings import Regel
from sozialbericht.drawing.canvas.rowgrid import Rowgrid
from sozialbericht.drawing.charts import miniature
from sozialbericht.drawing.charts.miniature import Distance
from sozialbericht.drawing.maps.chosenmap import chosenmap
from sozialbericht.escaping import Markup, escape, html_text, listed
from sozialbericht.findings import decision
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.footing import foothold
from sozialbericht.findings.footing.surplus import Erwartung
from sozialbericht.findings.types import runs_in_percent
from sozialbericht.numbers import NBSP
from sozialbericht.order.project import profile_label, sheet_label
from sozialbericht.statistics.value import Value
from sozialbericht.subjects.brief.findingblock import finding, picture
from sozialbericht.wording import dates
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import blocks, links, prose
from sozialbericht.writing.rowtable import Rowtable

#: So many Aktionsräume the table lists; more stand in the chapter.
LISTED = 20
#: Where the areas that stand out beside the Aktionsräume are told.
OTHERS = "sec-weitere-auffaellige"
#: Heights of the table's head, of its rows and of the head of a group, mm.
HEAD, ROW, GROUP = 7.6, 4.0, 5.4
#: So many findings to build on, and so many changes of an indicator.
FOOTINGS, CHANGES = 4, 3


def table(b: Datenbestand) -> None:
    """Put the Aktionsräume and the other areas that stand out, with their certainty and page, beside their map."""
    chosen = decision.auswahl(b)
    number = {str(area): str(int(n)) for area, n in b.raeume()["nummer"].items()}
    plan, others = chosen.raeume[:LISTED], chosen.weitere[:LISTED]
    rows: list[list[str]] = [_row(b, area, number[area], sheet_label(area), "Steckbrief") for area in plan]
    heights = [ROW] * len(plan)
    if others:
        rows.append([f"Weitere auffällige {b.ebenen.unten.mehrzahl}"])
        rows += [_row(b, area, number[area], OTHERS, "Näheres") for area in others]
        heights += [GROUP, *[ROW] * len(others)]
    which = "darunter" if chosen.regel is Regel.UNTER_DURCHSCHNITT else "dabei"
    layout = Rowtable(
        ["Aktionsraum", f"{which} in … von 100 Berechnungen", "Seite"], rows, "1fr 24mm 13mm",
        Rowgrid(HEAD, tuple(heights)),
    )  # fmt: skip
    note = f"Weitere auffällige: in mehr als {100 - round(decision.SURE * 100)} von 100 Berechnungen. " * bool(others)
    if len(chosen.raeume) > len(plan):
        note += f"Genannt sind die {LISTED} am stärksten belasteten der {len(chosen.raeume)} Aktionsräume. "
    if b._tables.geometry is None:
        grid = blocks.table_preview(list(layout.head), rows)
        columns = blocks.pipe_table(list(layout.head), [[*row, *[""] * (3 - len(row))] for row in rows])
        blocks.put(blocks.Block(fence("befund", columns, escape(note.strip()), kopf=f"Aktionsräume {b.jahr}"), grid))
        return
    frame = b.geodaten()
    middle = b.ebenen.mitte.einzahl if b.ebenen.mitte else ""
    legend = (f"Aktionsraum ({len(chosen.raeume)})", f"weiterer auffälliger ({len(chosen.weitere)})", middle)
    names = enumeration(b._told([b.name(area) for area in chosen.raeume]))
    drawn = picture(
        "kurz-aktionsraeume", f"Aktionsräume {b.jahr}",
        f"Karte der {len(frame)} {b.ebenen.unten.mehrzahl}, Aktionsräume: {names}. Alle Werte in der Tabelle.",
        lambda narrow: chosenmap(frame, frame["teil_von"], chosen.raeume, chosen.weitere, legend),
    )  # fmt: skip
    below = f"{b._kartenhinweis.rstrip('.')}." if b._kartenhinweis else ""
    blocks.put(layout.beside(drawn, 80, f"{note}{below}".strip() or f"{legend[0]}.", wide=True))


def _row(b: Datenbestand, area: str, number: str, label: str, words: str) -> list[str]:
    share = runs_in_percent(float(decision.auswahl(b).anteil[area]))
    name = Markup(f"[{number}]{{nummer=ja}}{NBSP}") + links.mark(b.name(area), area)
    return [name, share, links.page(label, words)]


def footings(b: Datenbestand) -> list[blocks.Block]:
    """What Aktionsräume can build on: where they do recognisably better than their position would lead to expect."""
    plan = decision.auswahl(b).raeume
    found = [one for one in foothold.aufbauend(b, plan, 2 * FOOTINGS) if one.wert.wert.unit == "%"][:FOOTINGS]
    if not found:
        return []
    rows = [_distance(b, one) for one in found]
    told = "; ".join(f"{row.area}, {row.what}: {row.behind}" for row in rows)
    title = "Worauf sich aufbauen lässt"
    alternative = f"Punkte mit 95-%-Bereich, Abstand vom erwarteten Wert in Prozentpunkten, rechts günstiger: {told}."

    def draw(narrow: bool) -> Figure:
        return miniature.distances(rows, "0: wie zu erwarten")

    words = (
        "Erkennbar günstiger, als die Lage erwarten ließe: gezählt statt erwartet in %, Abstand mit 95-%-Bereich. "
        "Gründe nennt die Rechnung nicht."
    )
    return [finding(title, picture("kurz-aufbauen", title, alternative, draw), escape(words))]


def _distance(b: Datenbestand, one: Erwartung) -> Distance:
    """A row whose right end is the good one."""
    sign = 1 if b.indikator(one.indikator)["richtung"] == "chance" else -1
    low, high = sorted((sign * one.unten, sign * one.oben))
    decimals, what = one.wert.wert.decimals, _short(b, one.indikator)
    value = numbers.rounded(sign * one.differenz, decimals)
    return Distance(b.name(one.raum), what, value, numbers.rounded(low, decimals), numbers.rounded(high, decimals),
                    f"{one.wert.zahl} statt {one.erwartet_zahl}")  # fmt: skip


def _short(b: Datenbestand, indicator: str) -> str:
    """The short name of an indicator without its marks and without „in %“."""
    return blocks.short_name(str(b.indikator(indicator)["kurzname"])).removesuffix(" in %")


def moved(b: Datenbestand, indicators: list[str], most: int) -> dict[str, list[str]]:
    """The first ``most`` indicators with recognisable changes (corrected for all areas), with at most three areas
    (raum_id) each, the largest change first.
    """
    found: dict[str, list[str]] = {}
    for indicator in indicators:
        if len(found) == most:
            break
        changes = {str(a): b.aenderung(indicator, str(a)) for a in b.raeume().index}
        told = [a for a, c in changes.items() if c.ok and c.lage.differs and c.richtung]
        told.sort(key=lambda area: -abs(changes[area].neu.number - changes[area].alt.number))
        if told:
            found[indicator] = told[:CHANGES]
    return found


def _unit(unit: str) -> str:
    return f" in\u00a0{unit}" if unit == "%" else f" {unit}" if unit.startswith("je") else ""


def _when(value: Value) -> str:
    """The Stand of a value, short: „9/2006“, „2005/2006“ for a school year, „2006“ for a whole one."""
    day, told = value.numerator_date, dates.in_prose(value.numerator_date, value.period)
    return told.split()[-1] if day is None or value.period in ("jahr", "schuljahr") else f"{day.month}/{day.year}"


def changed(b: Datenbestand, indicators: list[str]) -> list[blocks.Block]:
    """What has recognisably changed since the year of comparison: two indicators, three areas each; and who is new."""
    found = moved(b, indicators, 2)
    words = decision.auswahlwechsel(b).satz() if decision.auswahl(b).raeume else Markup()
    if not found:
        none = (
            "Gegenüber {v} ist bei den Hauptindikatoren in {unten.keinem} {unten.einzahl_gebeugt} eine Veränderung "
            "zu erkennen, die sich vergleichen lässt."
        )
        told = prose.satz(b, none, v=str(b.vergleichsjahr))
        return [finding("Was sich verändert hat", None, Markup(" ").join(filter(None, [told, words])))]
    rows: list[list[str]] = []
    groups = []
    for indicator, areas in found.items():
        groups.append(len(rows))
        first = b.aenderung(indicator, areas[0])
        rows.append(
            [f"{b.indikator(indicator)['bezeichnung']}{_unit(first.neu.unit)}", _when(first.alt), _when(first.neu)]
        )
        for area in areas:
            change = b.aenderung(indicator, area)
            sign = "▲" if change.richtung > 0 else "▼"
            old, new = (numbers.number(v.number, v.decimals) for v in (change.alt, change.neu))
            rows.append([Markup(f"{sign} ") + links.mark(b.name(area), area), old, Markup(f"**{new}**")])
    head = [b.ebenen.unten.einzahl, "vorher", "zuletzt"]
    grid = blocks.pipe_table(head, rows)
    told = prose.satz(b, "Die jeweils größten Veränderungen.")
    text = Markup(" ").join(filter(None, [told, words]))
    markdown = fence(
        "befund",
        grid,
        text,
        kopf="Was sich erkennbar verändert hat",
        spalten="1fr 14mm 14mm",
        gruppen=" ".join(map(str, groups)),
    )
    return [blocks.Block(markdown, blocks.table_preview(head, rows))]


def _first(name: str) -> str:
    """A name of three parts and more by its first one: the list is one to look up pages, in the least of room."""
    first, *others = name.split("/")
    return f"{first}/…" if len(others) > 1 else name


def pages(b: Datenbestand) -> None:
    """Put the pages of all profiles, in print where there is a volume of profiles, on the web where they have pages."""
    areas = [str(area) for area in b.raeume().index]
    rows = [links.mark(_first(b.name(a)), a) + Markup(" ") + links.page(profile_label(a)) for a in areas]
    title = f"Profile im Band „{b.ebenen.unten.profile}“: Seite …"
    preview = html_text(", ".join(b.name(area) for area in areas))
    blocks.put(blocks.Block(fence("seitenliste", listed(rows), titel=title), f"<p>{preview}</p>"))
