"""Patterns across areas: from groups of areas to targets, areas as dots in strips, pairs of rates, marked tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.data.levels import Ebene
from sozialbericht.drawing.charts import strips
from sozialbericht.drawing.charts.pairs import paired
from sozialbericht.drawing.charts.strips import Strip
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.dimension import darueber, gliederung
from sozialbericht.position import Position
from sozialbericht.statistics.intervals.movement import estimate
from sozialbericht.statistics.value import Value
from sozialbericht.status import PRECEDENCE, Status
from sozialbericht.wording import intervalwords
from sozialbericht.wording.sentences import worded
from sozialbericht.wording.values import Wert
from sozialbericht.writing import captions, figures, tables
from sozialbericht.writing.blocks import Caption, Layout
from sozialbericht.writing.drawnvalues import Drawnvalues

#: What lies to the right of the city's line, by the indicator's direction.
RIGHT = {"belastung": "rechts: ungünstiger", "chance": "rechts: günstiger"}


def quellenzeile(b: Datenbestand, *indikatoren: str, zusatz: str = "") -> str:
    """Quelle, Stände und Zeichen von Indikatoren, für eigene Tabellen und Abbildungen."""
    return captions.source_line(b, list(indikatoren), extra=zusatz)


# -- groups of areas ---------------------------------------------------------------------------------


def gruppieren(b: Datenbestand, indikator: str, namen: Sequence[str]) -> dict[str, list[str]]:
    """Teilt die Sozialräume nach einem Indikator in gleich große Gruppen, die niedrigsten Werte zuerst.

    Ergebnis: Name der Gruppe → raum_id. Gebiete ohne veröffentlichten Wert gehören zu keiner Gruppe.
    """
    table = b.daten(indikator)
    order = table[table["wert"].notna()].sort_values("wert", kind="stable").index
    parts = np.array_split(np.arange(len(order)), len(namen))
    return {name: [str(order[k]) for k in part] for name, part in zip(namen, parts, strict=True)}


def gruppenwert(b: Datenbestand, indikator: str, raeume: Sequence[str], name: str) -> Wert:
    """Der Wert eines Anteils oder einer Rate für mehrere Gebiete zusammen, aus den Summen von Zähler und Nenner.

    Ist einer der Zähler oder Nenner nicht veröffentlicht, ist es auch der gemeinsame Wert nicht. Sein 95-%-Bereich ist
    der eines Gebiets mit diesen Summen.
    """
    parts = b.daten(indikator).loc[list(raeume)]
    status = Status(max([Status.OK, *parts["status"]], key=PRECEDENCE.index))
    top, bottom = float(parts["zaehler"].sum(skipna=False)), float(parts["nenner"].sum(skipna=False))
    if status == Status.OK and not bottom > 0:
        status = Status.WITHHELD
    city, row = b.wert(indikator).wert, b.indikator(indikator)
    shown = status == Status.OK
    value = Value(
        area=name, indicator=indikator, year=b.jahr,
        number=top / bottom * float(row["faktor"]) if shown else math.nan,
        numerator=top if shown else math.nan, denominator=bottom if shown else math.nan,
        numerator_date=city.numerator_date, denominator_date=city.denominator_date, status=status,
        unit=city.unit, decimals=city.decimals, area_name=name, period=city.period, art=city.art, factor=city.factor,
    )  # fmt: skip
    return Wert(estimate(parts, row).pooled().bounding(value))


# -- dots --------------------------------------------------------------------------------------------


def punktreihen(
    b: Datenbestand, indikatoren: Mapping[str, str], *, id: str, titel: str, alternativtext: str = "", quelle: str = ""
) -> None:
    """Setzt je Indikator (Schlüssel → Name) eine Reihe, jeden Sozialraum als Punkt im Abstand vom Stadtwert."""
    rows = [_strip(b, i, name, RIGHT.get(str(b.indikator(i)["richtung"]), "")) for i, name in indikatoren.items()]
    spread = {s.name: s.shown["wert"].max() - s.shown["wert"].min() for s in rows}
    wide, close = max(spread, key=lambda k: spread[k]), min(spread, key=lambda k: spread[k])
    ends = {i: (b.niedrigste(i)[0], b.hoechste(i)[0]) for i in indikatoren}
    key = {name: i for i, name in indikatoren.items()}
    stand = b.wert(next(iter(indikatoren))).stand
    told = "{n:Wort} Punktreihen mit einem Punkt je {e}, {s}."
    text = worded(told, n=len(rows), e=b.ebenen.unten.einzahl_akkusativ, s=stand)
    for lead, name in (("Am weitesten", wide), ("Am wenigsten", close)):
        low, high = ends[key[name]]
        text += f" {lead} streut „{name}“: von {low} ({low.raum}) bis {high} ({high.raum})."

    def draw(narrow: bool) -> Figure:
        return strips.by_indicator(
            rows, city_name=b.stadtname, narrow=narrow, area=b.ebenen.unten.einzahl, whole=b.ebenen.stadt.gesamtwert
        )

    figures.put(
        b,
        draw,
        Caption(
            id,
            titel,
            f"Abstand der {b.ebenen.unten.mehrzahl_bestimmt} vom Wert {b.ebenen.stadt.von} in Prozentpunkten; "
            f"Linie: {b.stadtname}",
            captions.source_line(b, list(indikatoren), extra=_filled(b, indikatoren, quelle)),
            alternativtext or text,
        ),
        values=Drawnvalues.of_areas(b, indikatoren, b.ebenen.stadt, b.ebenen.unten),
    )


def streuung(
    b: Datenbestand,
    indikatoren: Mapping[str, str],
    *,
    id: str,
    titel: str,
    einheit: str,
    alternativtext: str = "",
    quelle: str = "",
) -> None:
    """Setzt die Sozialräume als Punkte in einer Reihe je Stadtbezirk, ein Feld je Indikator (Schlüssel → Name).

    Hat die Ebene darüber mehr als 24 Gebiete, sind es die der nächsten; gibt es keine, ist die Stadt eine Reihe.
    """
    level = gliederung(b) or b.ebenen.stadt
    fields = [_strip(b, i, name, level=level) for i, name in indikatoren.items()]
    rows = list(b.raeume(level)["kurzname"])
    among = worded("in {n:wort} {e}", n=len(rows), e=level.dativ) if len(rows) > 1 else b.ebenen.stadt.am(b.stadtname)
    told = " ".join(
        f"{name}: {b.stadtname} {b.wert(i)}, am höchsten {b.hoechste(i)[0].raum} ({b.hoechste(i)[0]}), "
        f"am niedrigsten {b.niedrigste(i)[0].raum} ({b.niedrigste(i)[0]})."
        for i, name in indikatoren.items()
    )

    def draw(narrow: bool) -> Figure:
        return strips.by_district(
            fields, rows, city_name=b.stadtname, narrow=narrow, area=b.ebenen.unten.einzahl,
            district=level.einzahl, whole=b.ebenen.stadt.gesamtwert,
        )  # fmt: skip

    figures.put(
        b,
        draw,
        Caption(
            id,
            titel,
            einheit,
            captions.source_line(b, list(indikatoren), extra=_filled(b, indikatoren, quelle)),
            alternativtext
            or f"Punktreihen der {b.ebenen.unten.mehrzahl_bestimmt} {among}. {told}",
        ),
        values=Drawnvalues.of_areas(b, indikatoren, *dict.fromkeys((b.ebenen.stadt, level, b.ebenen.unten))),
    )


def paare(
    b: Datenbestand,
    erster: tuple[str, str],
    zweiter: tuple[str, str],
    *,
    id: str,
    titel: str,
    einheit: str,
    quelle: str = "",
) -> None:
    """Setzt zwei Indikatoren (Schlüssel, Name) gleicher Einheit als verbundene Punkte.

    Oben die Stadt. Die Stadtbezirke stehen nach der Summe der beiden Werte, der höchste zuerst.
    """
    frames = {
        name: pd.concat([b.daten(k, b.ebenen.stadt), b.daten(k, b.ebenen.mitte)]) for k, name in (erster, zweiter)
    }
    names = next(iter(frames.values()))["kurzname"]
    values = pd.DataFrame({name: frame["wert"] for name, frame in frames.items()})
    status = pd.DataFrame({name: frame["status"] for name, frame in frames.items()})
    districts = values.index[1:]
    order = [
        b.stadt,
        *values.loc[districts].sum(axis=1, skipna=False).sort_values(ascending=False, kind="stable").index,
    ]
    row, stand, words = b.indikator(erster[0]), b.wert(erster[0]).stand, []
    for key, name in (erster, zweiter):
        high, low = b.hoechste(key, ebene=b.ebenen.mitte)[0], b.niedrigste(key, ebene=b.ebenen.mitte)[0]
        words.append(f"{name}: {b.stadtname} {b.wert(key)}, am höchsten {high.raum} ({high}),")
        words.append(f"am niedrigsten {low.raum} ({low}).")

    def draw(narrow: bool) -> Figure:
        return paired(
            values.loc[order].set_axis(list(names[order])), status=status.loc[order].set_axis(list(names[order])),
            decimals=int(row["nachkommastellen"]), unit=str(row["einheit"]), narrow=narrow,
        )  # fmt: skip

    figures.put(
        b,
        draw,
        Caption(
            id,
            titel,
            einheit,
            captions.source_line(b, [erster[0], zweiter[0]], extra=quelle),
            " ".join([
                worded("Punktepaare, {n:wort} {e}, {s}.", n=len(districts), e=b.ebenen.mitte.mehrzahl, s=stand), *words
            ]),
        ),
        values=Drawnvalues.of_areas(b, dict([erster, zweiter]), b.ebenen.stadt, b.ebenen.mitte),
    )


# -- marked tables -----------------------------------------------------------------------------------


def tabelle_abweichungen(
    b: Datenbestand, indikatoren: Sequence[str], *, id: str, titel: str, einheit: str = "", quelle: str = ""
) -> None:
    """Setzt eine Tabelle der Stadtbezirke; ▲ und ▼ zeigen erkennbare Abweichungen von der Stadt.

    Die erste Zahlenspalte ist der gemeinsame Nenner des ersten Indikators.
    """
    whole = str(b.merkmale().at[str(b.indikator(indikatoren[0])["nenner"]), "bezeichnung"])
    rows = []
    for area in [*b.raeume(b.ebenen.mitte).index, b.stadt]:
        first = b.wert(indikatoren[0], str(area)).wert
        cells = [captions.cell(first.denominator, first.status, 0)]
        cells += [_marked(b, i, str(area)) for i in indikatoren]
        rows.append([b.name(str(area)), *cells])
    note = f"▲ erkennbar höher, ▼ erkennbar niedriger als {b.ebenen.stadt.darin}."
    heads = [str(b.indikator(i)["kurzname"]) for i in indikatoren]
    extra = " ".join(filter(None, [note, _rule(b, indikatoren, b.ebenen.mitte), quelle]))
    tables.put(
        b,
        [b.ebenen.mitte.einzahl, whole, *heads],
        rows,
        Caption(id, titel, einheit, captions.source_line(b, list(indikatoren), extra=extra)),
        Layout(columns="rand " + " ".join(["1fr"] * (len(indikatoren) + 1)), groups=(len(rows) - 1,)),
    )


# -- inside ------------------------------------------------------------------------------------------


def _marked(b: Datenbestand, indicator: str, area: str) -> str:
    value = b.wert(indicator, area).wert
    text = captions.cell(value.number, value.status, value.decimals)
    if not value.position.differs:
        return text
    return f"{'▲' if value.position is Position.ABOVE else '▼'}{numbers.NBSP}{text}"


def _strip(b: Datenbestand, indicator: str, name: str, note: str = "", level: Ebene | None = None) -> Strip:
    """The areas of an indicator; with ``level`` in rows of the areas of that level."""
    row, values, own = b.indikator(indicator), b.daten(indicator), None
    if level is not None:
        values = values.assign(bezirk=darueber(b, level).reindex(values.index))
        own = b.daten(indicator, level).set_index("kurzname")["wert"]
    return Strip(
        name, values, b.wert(indicator).wert.number, str(row["einheit"]), int(row["nachkommastellen"]),
        bool(values["unten"].notna().any()), own, note,
    )  # fmt: skip


def _filled(b: Datenbestand, indicators: Mapping[str, str], extra: str) -> str:
    return " ".join(filter(None, [_rule(b, list(indicators), b.ebenen.unten), extra]))


def _rule(b: Datenbestand, indicators: Sequence[str], level: Ebene) -> str:
    """When a difference counts, for several indicators at once."""
    return intervalwords.rule(pd.concat([b.daten(i, level) for i in indicators]))
