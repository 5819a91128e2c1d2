"""Figures of a chapter: maps, ranked charts, series, and any figure that an analyst draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.blocklanguage import DRAWN, VALUES
from sozialbericht.data.levels import Ebene
from sozialbericht.drawing.canvas import ownfigure
from sozialbericht.drawing.canvas.measure import Span
from sozialbericht.drawing.canvas.steps import Steps
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts import series
from sozialbericht.drawing.maps import choropleth, locator, overview
from sozialbericht.escaping import Markup, escape
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.dimension import gliederung
from sozialbericht.findings.indicator import Indikator
from sozialbericht.order.project import for_web
from sozialbericht.position import Position
from sozialbericht.statistics import indicators
from sozialbericht.wording import judgement
from sozialbericht.wording.sentences import worded
from sozialbericht.writing import alternatives, blocks, captions
from sozialbericht.writing.blocks import Block, Caption
from sozialbericht.writing.drawnvalues import Drawnvalues
from sozialbericht.writing.links import Names

#: A drawn figure, or a function that draws it; called with True for the web's narrow cut.
Zeichnung = Figure | Callable[[bool], Figure]


def abbildung(
    b: Datenbestand, zeichnung: Any, *, id: str, titel: str, einheit: str = "", alternativtext: str, quelle: str
) -> None:
    """Setzt eine Abbildung mit Marke, Beschriftung, Alternativtext und Quellenzeile.

    ``zeichnung`` ist ein Bild von matplotlib, seaborn oder geopandas (Figure, Achse, FacetGrid …) in einer der Breiten
    des Rasters oder eine Funktion, die es zeichnet; sie bekommt ``True`` für den schmalen Zuschnitt im Web. Kommt es
    als Paar mit Werten (Schlüsseln von Indikatoren oder einer Tabelle), stehen diese im Web unter dem Bild und im
    Menü. ``id`` beginnt mit „fig-“. Schrift und Farben des Berichts gelten auch nach ``sns.set_theme()``.
    """
    drawing, data = zeichnung if isinstance(zeichnung, tuple) else (zeichnung, None)
    values = None if data is None else Drawnvalues.given(b, data)
    caption = Caption(id, titel, einheit, quelle, alternativtext)
    put(b, ownfigure.taken(drawing), caption, values=values, drawn_here=True)


def put(
    b: Datenbestand,
    drawing: Zeichnung,
    caption: Caption,
    key: Sequence[tuple[str, str, str]] | None = None,
    *,
    values: Drawnvalues | None = None,
    drawn_here: bool = False,
) -> None:
    """Put a figure into the report; ``key`` lists number, name and value of each area for the key below a map.

    Many areas have no key. ``values``: what is drawn, for the web. ``drawn_here``: a notebook has drawn it, which its
    print cut tells the check after setting.
    """
    if key and b._many:
        values, key = values or Drawnvalues.keyed(b, key), None
    label, title = blocks.checked_label(caption.label, "fig"), caption.title
    figures = drawn(drawing)
    caption = captions.with_axes(caption, figures[0])
    cuts = written(figures, title, label)
    if drawn_here:
        cuts["wide"] = cuts["wide"].replace("<svg ", f"<svg {DRAWN} ", 1)
    names = Names(b) if key else None
    marked = [(number, names.marked(name), value) for number, name, value in key or []] if names else None
    block = blocks.figure(caption, cuts, marked)
    if values:
        block.pictures[f"{label}{VALUES}"] = values.text()
    blocks.put(block)


def drawn(drawing: Zeichnung) -> list[Figure]:
    """The figure and, where a function draws it and web pages are made of it, its cut for phones."""
    if not callable(drawing):
        return [drawing]
    return [drawing(narrow) for narrow in ((False, True) if for_web() else (False,))]


def written(figures: Sequence[Figure], title: str, label: str) -> dict[str, str]:
    """What :func:`drawn` gives as the cuts of a picture; the figures are closed."""
    cuts = {}
    for figure, (cut, ending) in zip(figures, (("wide", ""), ("narrow", "-schmal")), strict=False):
        cuts[cut] = to_svg(figure, title, f"{label}{ending}")
        plt.close(figure)  # else the notebook would show it once more
    return cuts


def keyed(areas: pd.DataFrame, told: Callable[[str, pd.Series], str]) -> list[tuple[str, str, str]]:
    """The key below a map: number and name of each area, and what is ``told`` of it (raum_id, row)."""
    return [(str(int(row["nummer"])), str(row["kurzname"]), told(str(area), row)) for area, row in areas.iterrows()]


def mappable(b: Datenbestand, label: str) -> bool:
    """Whether maps can be drawn; where they cannot, the report has none, and nothing refers to it."""
    if b._tables.geometry is None:
        blocks.put(blocks.absent(label, "Die Daten enthalten keine Flächen."))
    return b._tables.geometry is not None


def karte(
    b: Datenbestand, indikator: str, *, id: str | None = None, titel: str | None = None, quelle: str = ""
) -> None:
    """Setzt die Karte eines Indikators mit dem Schlüssel der Namen und Werte; keine, wo es keine Flächen gibt."""
    if not mappable(b, id or _mark(indikator, "karte")):
        return
    i, frame = Indikator(b, indikator), b.geodaten()
    city, unit = i.stadt, captions.unit_line(i)
    value = str(city) if city.ok else numbers.status_sign(city.wert.status)
    words = choropleth.ClassWords(unit, i.mass.decimals, b.stadtname, value, b.ebenen.unten.kurz)
    caption = Caption(
        id or _mark(indikator, "karte"),
        titel or f"{i.titel} in den {len(frame)} {b.ebenen.unten.dativ}, {city.stand}",
        unit,
        captions.source_of([i], chart="karte", extra=quelle),
        alternatives.choropleth(i),
    )
    key = keyed(i.werte, lambda _, row: _keyed_value(i, row))

    def draw(narrow: bool) -> Figure:
        steps = Steps(i.richtung)
        return choropleth.choropleth(frame, frame["teil_von"], i.werte, i.klassen, words, narrow=narrow, steps=steps)

    put(b, draw, caption, key)


def _keyed_value(i: Indikator, row: pd.Series) -> Markup:
    """A value with the sign of its position beside the city."""
    value = escape(captions.cell_of(row, i.mass.decimals))
    return Markup(" ").join(filter(None, [value, judgement.sign(Position(row["lage"]), i.richtung)]))


def verlauf(
    b: Datenbestand, indikator: str, *, id: str | None = None, titel: str | None = None, quelle: str = "",
    ab_null: bool = True,
) -> None:  # fmt: skip
    """Setzt die Entwicklung nach Stadtbezirken als kleine Liniendiagramme, an Brüchen unterbrochen.

    Die Achse beginnt bei 0, mit ``ab_null=False`` (Mittel, Indizes, hohe Anteile) nicht. Wo es keine Ebene zwischen der
    Stadt und den kleinsten Gebieten gibt, eine Linie der Stadt; nichts, wo nicht mindestens zwei Stände vorliegen.
    """
    i, level, label = Indikator(b, indikator), gliederung(b), id or _mark(indikator, "verlauf")
    city = by_year(b, indikator, b.ebenen.stadt).iloc[0]
    table = by_year(b, indikator, level or b.ebenen.stadt)
    years = [int(year) for year in table.columns]
    if len(years) < 2 or table.isna().all(axis=None):
        blocks.put(blocks.absent(label, "Es liegen keine zwei Stände vor."))
        return
    if not level:
        told = titel or f"{i.titel} {b.ebenen.stadt.am(b.stadtname)} {years[0]} bis {years[-1]}"
        words = f"Liniendiagramm: {told}. {i.stadt.raum} {i.stadt.stand}: {i.stadt if i.stadt.ok else '…'}."
        linien(b, {indikator: b.stadtname}, id=label, titel=told, einheit=captions.unit_line(i), alternativtext=words)
        return
    span, names = Span(years, break_years(b, indikator)), {str(area): b.name(str(area)) for area in table.index}
    caption = Caption(
        label,
        titel or f"{i.titel} in den {level.dativ} {years[0]} bis {years[-1]}",
        f"{captions.unit_line(i)}; kräftig: {level.einzahl}, dünn: {b.stadtname}",
        captions.source_of([i], chart="verlauf", extra=quelle),
        alternatives.panels(i, years[0]),
    )

    def draw(narrow: bool) -> Figure:
        return series.panels(table, city, i.mass, span, names=names, narrow=narrow, from_zero=ab_null)

    put(b, draw, caption, values=Drawnvalues.of_years(b, {indikator: ""}, [b.ebenen.stadt, level]))


def linien(
    b: Datenbestand, indikatoren: dict[str, str], *, id: str, titel: str, einheit: str, alternativtext: str
) -> None:
    """Setzt ein Liniendiagramm der Stadt mit einer Linie je Indikator (Schlüssel → Name an der Linie)."""
    first = next(iter(indikatoren))
    table = pd.concat([by_year(b, i, b.ebenen.stadt).set_axis([name]) for i, name in indikatoren.items()])

    def draw(narrow: bool) -> Figure:
        return series.lines(
            table,
            Indikator(b, first).mass,
            Span([int(year) for year in table.columns], break_years(b, first)),
            narrow=narrow,
        )

    source = captions.source_line(b, list(indikatoren), chart="verlauf")
    values = Drawnvalues.of_years(b, indikatoren, [b.ebenen.stadt])
    put(b, draw, Caption(id, titel, einheit, source, alternativtext), values=values)


def uebersichtskarte(b: Datenbestand, *, id: str, titel: str) -> None:
    """Setzt die Karte aller Sozialräume mit Nummern und Stadtbezirken und den Schlüssel der Namen."""
    if not mappable(b, id):
        return
    frame, districts, above = b.geodaten(), b.raeume(b.ebenen.mitte), b.ebenen.mitte or b.ebenen.stadt
    named = frame["teil_von"].map(b.name)
    key = [
        (str(int(row["nummer"])), f"{row['kurzname']}{'*' if row['erschlossen'] else ''}", "")
        for _, row in b.raeume().iterrows()
    ]
    note = "* Name aus der Gliederung erschlossen." if b.raeume()["erschlossen"].any() else ""
    put(
        b,
        lambda narrow: overview.overview(
            frame, named, district_heading=above.einzahl, area_heading=b.ebenen.unten.kurz, narrow=narrow
        ),
        Caption(
            id,
            titel,
            f"Nummern der {b.ebenen.unten.mehrzahl_bestimmt}"
            + (f"; kräftige Linien: Grenzen der {above.mehrzahl_bestimmt}" if b.ebenen.mitte else ""),
            " ".join(filter(None, [note, captions.map_borders(b)])),
            f"Karte der {len(frame)} {b.ebenen.unten.mehrzahl_bestimmt}"
            + ("" if b._many else ", nummeriert" + " und" * bool(b.ebenen.mitte))
            + (worded(" nach {n:wort} {e} gegliedert. ", n=len(districts), e=above.dativ) if b.ebenen.mitte else ". ")
            + alternatives.everything(b, "Nummern und Namen"),
        ),
        key,
    )


def deckblatt(b: Datenbestand, indikator: str | None = None) -> None:
    """Zeichnet das Bild des Deckblatts aus den Werten eines Indikators, ohne Angabe des Leitindikators.

    Keines, wo es keine Flächen oder keine Werte gibt.
    """
    if b._tables.geometry is None or not b.hoechste(indikator or b.leitindikator):
        return
    i = Indikator(b, indikator or b.leitindikator)
    picture = to_svg(choropleth.cover(b.geodaten(), i.werte, i.klassen), ident="titel")
    blocks.put(Block("", picture, {"titel.svg": picture}))


def located(b: Datenbestand, areas: Sequence[str], title: str, label: str) -> dict[str, str]:
    """The small map of where areas lie, its cuts by file name; none where there are no polygons."""
    if b._tables.geometry is None:
        return {}
    frame = b.geodaten()
    figure = locator.locator(frame, frame["teil_von"], areas)
    return {f"{label}.svg": to_svg(figure, title, label)}


def by_year(b: Datenbestand, indicator: str, level: Ebene) -> pd.DataFrame:
    """One row per area, the years of the Stände as columns; NaN where nothing may be shown."""
    table = b.reihe(indicator, level)
    table = table[table["stand_zaehler"].notna()]
    table = table.assign(jahr=table["stand_zaehler"].dt.year)
    return table.pivot(index="raum_id", columns="jahr", values="wert").reindex(b.raeume(level).index)


def break_years(b: Datenbestand, indicator: str) -> list[int]:
    """The report years that begin after a break in an indicator's series."""
    month = int(b.indikator(indicator)["bezug_monat"])
    cuts = indicators.breaks_between(b._tables.breaks, b.indikator(indicator))["ab"]
    return [cut.year if month >= cut.month else cut.year + 1 for cut in cuts if cut.year <= b.jahr]


def _mark(indicator: str, what: str) -> str:
    return f"fig-{indicator.replace('_', '-')}-{what}"
