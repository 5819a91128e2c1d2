"""Patterns across areas: from groups of areas to targets, areas as dots in strips, pairs of rates, marked tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.drawing.charts import strips
from sozialbericht.drawing.charts.flow import flow
from sozialbericht.drawing.charts.pairs import paired
from sozialbericht.drawing.charts.strips import Strip
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.statistics.value import Value
from sozialbericht.status import PRECEDENCE, Status
from sozialbericht.wording.values import Wert, enumeration
from sozialbericht.writing import captions, figures, tables
from sozialbericht.writing.blocks import Layout

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

    Ist einer der Zähler oder Nenner nicht veröffentlicht, ist es auch der gemeinsame Wert nicht.
    """
    parts = b.daten(indikator).loc[list(raeume)]
    status = Status(max([Status.OK, *parts["status"]], key=PRECEDENCE.index))
    top, bottom = float(parts["zaehler"].sum(skipna=False)), float(parts["nenner"].sum(skipna=False))
    if status == Status.OK and not bottom > 0:
        status = Status.WITHHELD
    city, row = b.wert(indikator).wert, b.indikator(indikator)
    shown = status == Status.OK
    return Wert(
        Value(
            area=name, indicator=indikator, year=b.jahr,
            number=top / bottom * float(row["faktor"]) if shown else math.nan,
            numerator=top if shown else math.nan, denominator=bottom if shown else math.nan,
            numerator_date=city.numerator_date, denominator_date=city.denominator_date, status=status,
            unit=city.unit, decimals=city.decimals, area_name=name, period=city.period,
        )
    )  # fmt: skip


def fluss(
    b: Datenbestand, ziele: Mapping[str, str], gruppen: Mapping[str, Sequence[str]], *, gezaehlt: str, id: str, titel: str,
    einheit: str, alternativtext: str = "", quelle: str = "",
) -> None:  # fmt: skip
    """Setzt Bänder von Gruppen von Sozialräumen (Name → raum_id) zu Zielen (Indikator → Name).

    Die Bänder sind so breit wie die Zahl. Die Indikatoren sind Anteile mit demselben Nenner, höchstens fünf.
    ``gezaehlt`` sagt, was gezählt wird.
    """
    values = {g: {z: gruppenwert(b, z, areas, g) for z in ziele} for g, areas in gruppen.items()}
    counts = pd.DataFrame(
        {name: {g: values[g][z].wert.numerator for g in gruppen} for z, name in ziele.items()}, index=list(gruppen)
    )
    first = next(iter(ziele))
    sizes = pd.Series({g: b.daten(first).loc[list(areas), "nenner"].sum() for g, areas in gruppen.items()})
    city = {z: b.wert(z).wert for z in ziele}
    whole = pd.DataFrame({name: {"anzahl": city[z].numerator, "anteil": city[z].number} for z, name in ziele.items()}).T
    last = list(gruppen)[-1]
    told = "; ".join(f"{g}: {values[g][first]}" for g in (next(iter(gruppen)), last) if values[g][first].ok)
    figures.abbildung(b,
        lambda narrow: flow(counts, sizes.astype(float), whole, counted=gezaehlt, narrow=narrow),
        id=id, titel=titel, einheit=einheit,
        alternativtext=alternativtext
        or f"Bänder von {len(gruppen)} Gruppen von {b.ebenen.unten.dativ} zu {enumeration(ziele.values())}, "
        f"{b.wert(first).stand}. Anteil {ziele[first]} {told}; {b.stadtname} {b.wert(first)}.",
        quelle=captions.source_line(b, list(ziele), extra=quelle),
    )  # fmt: skip


def tabelle_fluss(
    b: Datenbestand, ziele: Mapping[str, str], gruppen: Mapping[str, Sequence[str]], *, id: str, titel: str, einheit: str,
    quelle: str = "",
) -> None:  # fmt: skip
    """Setzt die Zahlen zu ``fluss``: je Gruppe und für die Stadt die Zähler und Anteile der Ziele."""
    first = next(iter(ziele))
    rows = []
    for name, areas in {**gruppen, b.stadtname: list(b.raeume().index)}.items():
        last = name == b.stadtname
        values = [(b.wert(z) if last else gruppenwert(b, z, areas, name)).wert for z in ziele]
        counts = [captions.cell(v.numerator, v.status, 0) for v in values]
        shares = [captions.cell(v.number, v.status, v.decimals) for v in values]
        rows.append(
            [name, str(len(areas)), captions.cell(values[0].denominator, values[0].status, 0), *counts, *shares]
        )
    heads = [str(b.indikator(z)["kurzname"]) for z in ziele]
    whole = str(b.indikator(first)["bezug"]).removeprefix("der ").split(" ")[0]
    tables.tabelle(b,
        ["Gruppe", "Sozial|räume", whole, *[head.replace(" in %", "") for head in heads], *heads], rows,
        id=id, titel=titel, einheit=einheit, quelle=captions.source_line(b, list(ziele), extra=quelle),
        satz=Layout(columns="1fr 9mm 16mm" + " 10mm" * (2 * len(heads)), groups=(len(rows) - 1,)),
    )  # fmt: skip


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
    text = f"{len(rows)} Punktreihen mit einem Punkt je {b.ebenen.unten.einzahl}, {stand}."
    for lead, name in (("Am weitesten", wide), ("Am wenigsten", close)):
        low, high = ends[key[name]]
        text += f" {lead} streuen „{name}“: {low} ({low.raum}) bis {high} ({high.raum})."

    def draw(narrow: bool) -> Figure:
        return strips.by_indicator(rows, city_name=b.stadtname, narrow=narrow, area=b.ebenen.unten.einzahl)

    figures.abbildung(b,
        draw, id=id, titel=titel,
        einheit=f"Abstand der {b.ebenen.unten.mehrzahl} vom Wert der Stadt in Prozentpunkten; Linie: "
                f"{b.stadtname}",
        alternativtext=alternativtext or text,
        quelle=captions.source_line(b, list(indikatoren), extra=_wilson(b, indikatoren, quelle)),
    )  # fmt: skip


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
    """Setzt die Sozialräume als Punkte in einer Reihe je Stadtbezirk, ein Feld je Indikator (Schlüssel → Name)."""
    fields = [_strip(b, i, name) for i, name in indikatoren.items()]
    rows = list(b.bezirke()["kurzname"])
    told = " ".join(
        f"{name}: {b.stadtname} {b.wert(i)}, am höchsten {b.hoechste(i)[0].raum} ({b.hoechste(i)[0]}), "
        f"am niedrigsten {b.niedrigste(i)[0].raum} ({b.niedrigste(i)[0]})."
        for i, name in indikatoren.items()
    )

    def draw(narrow: bool) -> Figure:
        return strips.by_district(
            fields, rows, city_name=b.stadtname, narrow=narrow, area=b.ebenen.unten.einzahl,
            district=b.ebenen.mitte.einzahl,
        )  # fmt: skip

    figures.abbildung(b,
        draw, id=id, titel=titel, einheit=einheit,
        alternativtext=alternativtext or f"Punktreihen der {b.ebenen.unten.mehrzahl} in {len(rows)} "
                                         f"{b.ebenen.mitte.dativ}. {told}",
        quelle=captions.source_line(b, list(indikatoren), extra=_wilson(b, indikatoren, quelle)),
    )  # fmt: skip


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

    figures.abbildung(b,
        draw, id=id, titel=titel, einheit=einheit,
        alternativtext=" ".join([f"Punktepaare, {len(districts)} {b.ebenen.mitte.mehrzahl}, {stand}.", *words]),
        quelle=captions.source_line(b, [erster[0], zweiter[0]], extra=quelle),
    )  # fmt: skip


# -- marked tables -----------------------------------------------------------------------------------


def tabelle_abweichungen(
    b: Datenbestand, indikatoren: Sequence[str], *, id: str, titel: str, einheit: str = "", quelle: str = ""
) -> None:
    """Setzt eine Tabelle der Stadtbezirke; ▲ und ▼ zeigen erkennbare Abweichungen von der Stadt.

    Die erste Zahlenspalte ist der gemeinsame Nenner des ersten Indikators.
    """
    whole = str(b.merkmale().at[str(b.indikator(indikatoren[0])["nenner"]), "bezeichnung"])
    rows = []
    for area in [*b.bezirke().index, b.stadt]:
        first = b.wert(indikatoren[0], str(area)).wert
        cells = [captions.cell(first.denominator, first.status, 0)]
        cells += [_marked(b, i, str(area)) for i in indikatoren]
        rows.append([b.name(str(area)), *cells])
    note = "▲ erkennbar höher, ▼ erkennbar niedriger als in der Stadt (95-%-Bereich nach Wilson)."
    heads = [str(b.indikator(i)["kurzname"]) for i in indikatoren]
    extra = " ".join(filter(None, [note, quelle]))
    tables.tabelle(b,
        [b.ebenen.mitte.einzahl, whole, *heads], rows, id=id, titel=titel, einheit=einheit,
        quelle=captions.source_line(b, list(indikatoren), extra=extra),
        satz=Layout(columns="rand " + " ".join(["1fr"] * (len(indikatoren) + 1)), groups=(len(rows) - 1,)),
    )  # fmt: skip


# -- inside ------------------------------------------------------------------------------------------


def _marked(b: Datenbestand, indicator: str, area: str) -> str:
    value, city = b.wert(indicator, area).wert, b.wert(indicator).wert
    text = captions.cell(value.number, value.status, value.decimals)
    if not (value.shown and value.differs and city.shown) or area == b.stadt:
        return text
    return f"{'▲' if value.number > city.number else '▼'}{numbers.NBSP}{text}"


def _strip(b: Datenbestand, indicator: str, name: str, note: str = "") -> Strip:
    row = b.indikator(indicator)
    values = b.daten(indicator).rename(columns={"stadtbezirk": "bezirk"})
    own = b.daten(indicator, b.ebenen.mitte).set_index("kurzname")["wert"]
    return Strip(
        name, values, b.wert(indicator).wert.number, str(row["einheit"]), int(row["nachkommastellen"]),
        row["art"] == "anteil", own, note,
    )  # fmt: skip


def _wilson(b: Datenbestand, indicators: Mapping[str, str], extra: str) -> str:
    shares = any(b.indikator(i)["art"] == "anteil" for i in indicators)
    note = "Gefüllte Punkte: der 95-%-Bereich nach Wilson schließt den Stadtwert aus." if shares else ""
    return " ".join(filter(None, [note, extra]))
