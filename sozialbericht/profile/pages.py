"""The two pages of a profile: where an area lies, what it is like, how it compares with all others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.data.sums import inhabitants, terms
from sozialbericht.drawing.maps import locator
from sozialbericht.escaping import Markup, bold, lines
from sozialbericht.findings import decision, dynamics, tally, typification
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.footing import foothold
from sozialbericht.numbers import NBSP
from sozialbericht.profile import development, panels, rows
from sozialbericht.statistics.status_index import DYNAMICS, STATUS
from sozialbericht.subjects.areasheets import areasheet
from sozialbericht.wording.sentences import worded
from sozialbericht.wording.values import Wert, enumeration
from sozialbericht.writing import blocks, captions, prose
from sozialbericht.writing.blocks import KeyFigure, key_figures


def profilkopf(
    b: Datenbestand, /, raum: str, *saetze: str, bevoelkerung: str = "", sonst: str | None = None, **werte: Any
) -> None:
    """Setzt Überschrift, Lagekarte und einleitenden Absatz eines Profils.

    ``saetze`` sind Vorlagen wie bei ``b.text``; ``bevoelkerung`` ist das Merkmal der Einwohnerzahl, ohne Angabe das
    der Daten. Ohne Flächen entfällt die Lagekarte.
    """
    level, areas = b.ebenen[b.ebene(raum)], b._tables.areas
    lowest = level == b.ebenen.unten
    row = areas.loc[raum]
    counted = bevoelkerung or inhabitants(b._tables)
    people = tally.zahl(b, counted, raum) if counted else None
    line = [f"{b.ebenen.mitte.einzahl} {b.name(str(row['teil_von']))}"] if lowest and b.ebenen.mitte else []
    if not lowest:
        told = "{e.einzahl} mit {n#{u.einem} {u.einzahl_gebeugt}|{n:wort} {u.dativ}}"
        line.append(worded(told, e=level, u=b.ebenen.unten, n=len(rows.sozialraeume(b, raum))))
    if lowest and decision.typ(b, raum).nummer is not None:
        line += [decision.typ(b, raum).kurz, *["Aktionsraum"] * decision.typ(b, raum).aktionsraum]
    if people is not None:
        line.append(f"{people.anzahl}{NBSP}Personen" if people.ok else "Einwohnerzahl nicht veröffentlicht")
    if lowest and row["namensherkunft"] == "erschlossen":
        line.append("Name erschlossen")
    number: str = "" if pd.isna(row["nummer"]) else str(int(row["nummer"]))
    place, picture = "", None
    if b._tables.geometry is not None:
        frame, inside = b.geodaten(), rows.sozialraeume(b, raum)
        place = f"Lage im {b.ebenen.stadt.gebiet} ({'schematische Karte' if b._kartenhinweis else 'Karte'})"
        map_ = locator.locator(frame, frame["teil_von"], inside)
        picture = development.picture(b, raum, "lage", map_, _where(b, raum))
    words = [prose.satz(b, s, sonst, **werte) for s in saetze]
    lead = Markup(" ").join(w for w in words if w)
    title = panels.Title(raum, b.name(raum), number, level.einzahl, " · ".join(line), place)
    blocks.put(panels.head(title, picture, lead))


def profilzahlen(b: Datenbestand, raum: str, *indikatoren: str) -> None:
    """Setzt die Kennzahlen eines Profils, am besten vier: Wert, Zähler, Stand und der Wert der Stadt."""
    blocks.put(key_figures([_key_figure(b, i, raum) for i in indikatoren]))


def _key_figure(b: Datenbestand, indicator: str, area: str) -> KeyFigure:
    row, value, city = b.indikator(indicator), b.wert(indicator, area), b.wert(indicator)
    name = str(row["bezeichnung"])
    shown = str(city) if city.ok else numbers.status_word(city.wert.status)
    reference = f"{b.stadtname} = {city.zahl}" if row["einheit"] == "Index" and city.ok else f"{b.stadtname} {shown}"
    if not value.ok:
        words = [numbers.status_word(value.wert.status), reference]
        shown = captions.cell(value.wert.in_table, value.wert.status, value.wert.decimals)
        return KeyFigure(name, shown, "", lines(*words))
    counted = row["art"] in ("anteil", "rate") and np.isfinite(value.wert.numerator)
    unit = str(b.merkmale().at[terms(row["zaehler"])[0], "einheit"])
    words = [f"{value.anzahl} {unit}" if counted else str(row["bezug"]), _stand(value), reference]
    if row["einheit"] == "Index":
        words = words[1:]
    return KeyFigure(name, value.zahl, "" if row["einheit"] == "Index" else value.wert.unit, lines(*words))


def einordnung(b: Datenbestand, raum: str) -> None:
    """Setzt Typ, Auswahl und Status eines Sozialraums mit ihrer Sicherheit; nichts,
    wo es weder Typ noch Status gibt.
    """
    told = {"Typ": _type(b, raum), "Aktionsraum": _chosen(b, raum), "Status": _status(b, raum)}
    pairs = {name: words for name, words in told.items() if words}
    if pairs:
        blocks.put(panels.sheet(pairs))


def _type(b: Datenbestand, area: str) -> str:
    """The type with its stability in one or two sentences; why there is none; "" where nothing is typed at all."""
    if typification.typisierung(b).grund:
        return ""
    found = decision.typ(b, area)
    if found.nummer is None:
        return f"Keinem Typ zugeordnet: {found.grund}."
    told = bold(found.name) + f", {found.stabilitaet_text} mit zufälliger Schwankung"
    if found.ersatznummer is not None and found.stabilitaet < 1:
        told += f", sonst meist {found.ersatz}"
    return told + "."


def _chosen(b: Datenbestand, area: str) -> str:
    """Whether the area is an Aktionsraum, and in how many of the runs it fulfils the rule; "" without a type."""
    found = decision.typ(b, area)
    if found.nummer is None:
        return ""
    return bold("Ja" if found.aktionsraum else "Nein") + f", {decision.auswahl(b).anteil_text(area)}."


def _status(b: Datenbestand, area: str) -> str:
    """The status among its classes and the dynamics, or why there are none; "" where there is no status at all."""
    found = dynamics.status_dynamik(b)
    if found.fehlt:
        return ""
    if area in found.ausgeschlossen or pd.isna(found.status[area]):
        return f"Nicht bestimmt: {found.ausgeschlossen.get(area, 'nicht alle Werte liegen vor')}."
    told = bold(str(found.status[area]).capitalize()) + f" (Stufen: {', '.join(STATUS)})."
    if found.dynamik is None:
        return told + f" Dynamik nicht bestimmt: {found.grund}"
    return (
        told
        + f" Dynamik gegenüber {found.seit}: "
        + bold(str(found.dynamik[area]))
        + f" (Stufen: {', '.join(DYNAMICS)})."
    )


def urteile(b: Datenbestand, raum: str) -> None:
    """Setzt Chancen und Belastungen nebeneinander, je bis zu drei Sätze; ohne erkennbare Chance den einen Satz."""
    found = foothold.chancen(b, raum)
    better = areasheet.chances(b, found, None, level=2)
    blocks.put(panels.columns(better, areasheet.burdens(b, raum, found, level=2)))


def _where(b: Datenbestand, area: str) -> str:
    """The alternative text of the locator: the direction from the city's middle, the neighbours."""
    frame, inside = b.geodaten(), rows.sozialraeume(b, area)
    here, city = (shape.union_all().centroid for shape in (frame.loc[inside].geometry, frame.geometry))
    east, north = here.x - city.x, here.y - city.y
    x0, y0, x1, y1 = frame.total_bounds
    if np.hypot(east, north) < 0.08 * max(x1 - x0, y1 - y0):
        place = f"in der Mitte des {b.ebenen.stadt.gebiet}s"
    else:
        compass = "Osten Nordosten Norden Nordwesten Westen Südwesten Süden Südosten".split()
        place = f"im {compass[round(np.degrees(np.arctan2(north, east)) / 45) % 8]} des {b.ebenen.stadt.gebiet}s"
    pairs = [pair for pair in b.nachbarn() if len(set(pair) & set(inside)) == 1]
    near = {a for pair in pairs for a in pair} - set(inside)
    listed = enumeration(b.name(str(a)) for a in frame.index if a in near)
    told = f"Lagekarte: {b.name(area)} liegt {place}"
    return f"{told}. Angrenzende {b.ebenen.unten.mehrzahl}: {listed}." if listed else f"{told}."


def _stand(value: Wert) -> str:
    """The Stand in a line of its own: „September 2006“, „Jahr 2001“."""
    return f"Jahr {value.stand}" if value.wert.period == "jahr" else value.stand
