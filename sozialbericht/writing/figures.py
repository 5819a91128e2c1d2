"""Figures of a chapter: maps, ranked charts, series, and any figure that an analyst draws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.data.levels import Ebene
from sozialbericht.data.polygons import geometry
from sozialbericht.drawing.canvas import style
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts import ranking, series
from sozialbericht.drawing.maps import choropleth, overview
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.statistics import indicators
from sozialbericht.statistics.classes import class_bounds
from sozialbericht.writing import blocks, captions
from sozialbericht.writing.blocks import Block, Caption
from sozialbericht.writing.links import Names

#: A drawn figure, or a function that draws it; called with True for the web's narrow cut.
Zeichnung = Figure | Callable[[bool], Figure]


class Abbildungen(Datenbestand):
    """Der Teil des Berichts, der Abbildungen setzt."""

    def __init__(self, jahr: int, vergleichsjahr: int | None = None, daten: str | Path = "data") -> None:
        super().__init__(jahr, vergleichsjahr, daten)
        style.apply()

    def abbildung(
        self, zeichnung: Zeichnung, *, id: str, titel: str, einheit: str = "", alternativtext: str, quelle: str,
        schluessel: list[tuple[str, str, str]] | None = None,
    ) -> None:  # fmt: skip
        """Setzt eine Abbildung mit Marke, Beschriftung, Alternativtext und Quellenzeile.

        ``zeichnung`` ist eine Figure (matplotlib, seaborn, geopandas) in einer der Breiten des Rasters oder eine
        Funktion, die sie zeichnet; sie bekommt ``True`` für den schmalen Zuschnitt im Web. ``id`` beginnt mit „fig-“.
        """
        drawn = [zeichnung(False), zeichnung(True)] if callable(zeichnung) else [zeichnung]
        cuts = {"print": to_svg(drawn[0], "print", titel, id), "web": to_svg(drawn[0], "web", titel, id)}
        if len(drawn) > 1:
            cuts["narrow"] = to_svg(drawn[1], "web", titel, f"{id}-schmal")
        for figure in drawn:
            plt.close(figure)  # else the notebook would show it once more
        caption = Caption(checked_label(id, "fig"), titel, einheit, quelle)
        names = Names(self) if schluessel else None
        key = [(n, names.marked(name), value) for n, name, value in schluessel or []] if names else None
        blocks.put(blocks.figure(caption, cuts, alternativtext, key))

    def karte(self, indikator: str, *, id: str | None = None, titel: str | None = None, quelle: str = "") -> None:
        """Setzt die Karte eines Indikators mit dem Schlüssel der Namen und Werte."""
        row, city = self.indikator(indikator), self.wert(indikator)
        frame = self.geodaten()
        bounds = class_bounds(str(row["klassengrenzen"] or ""), self._pooled(indikator))

        def draw(narrow: bool) -> Figure:
            return choropleth.choropleth(
                frame, frame["teil_von"], self.daten(indikator), bounds,
                legend_title=captions.unit_line(self, indikator), city_name=self.stadtname,
                city_text=str(city) if city.ok else numbers.status_sign(city.wert.status),
                decimals=int(row["nachkommastellen"]), narrow=narrow,
            )  # fmt: skip

        self.abbildung(
            draw,
            id=id or _mark("fig", indikator, "karte"),
            titel=titel or f"{row['bezeichnung']} in den {len(frame)} {self.ebenen.unten.dativ}, {city.stand}",
            einheit=captions.unit_line(self, indikator),
            alternativtext=captions.map_alternative(self, indikator),
            quelle=captions.source_line(self, [indikator], chart="karte", extra=quelle),
            schluessel=captions.key_rows(self, indikator),
        )

    def rangfolge(self, indikator: str, *, id: str | None = None, titel: str | None = None, quelle: str = "") -> None:
        """Setzt die Rangfolge der Sozialräume mit dem Wert der Stadt und, bei Anteilen, dem 95-%-Bereich."""
        row, city = self.indikator(indikator), self.wert(indikator)
        interval = row["art"] == "anteil"

        def draw(narrow: bool) -> Figure:
            return ranking.ranked(
                self.daten(indikator), city_value=city.wert.number, city_name=self.stadtname,
                decimals=int(row["nachkommastellen"]), unit=str(row["einheit"]), interval=interval, narrow=narrow,
                heading=self.ebenen.unten.einzahl,
            )  # fmt: skip

        note = "95-%-Bereich nach Wilson (zufällige Schwankung)." if interval else ""
        self.abbildung(
            draw,
            id=id or _mark("fig", indikator, "rang"),
            titel=titel or f"{row['bezeichnung']}: Rangfolge der {self.ebenen.unten.mehrzahl}, {city.stand}",
            einheit=f"{captions.unit_line(self, indikator)}{' mit 95-%-Bereich' if interval else ''}; Linie: "
            f"{self.stadtname}",
            alternativtext=captions.ranking_alternative(self, indikator),
            quelle=captions.source_line(self, [indikator], extra=" ".join(filter(None, [note, quelle]))),
        )

    def verlauf(
        self, indikator: str, *, id: str | None = None, titel: str | None = None, quelle: str = "", ab_null: bool = True
    ) -> None:
        """Setzt die Entwicklung nach Stadtbezirken als kleine Liniendiagramme, an Brüchen unterbrochen.

        Die Achse beginnt bei 0, mit ``ab_null=False`` (Mittel, Indizes, hohe Anteile) nicht.
        """
        row = self.indikator(indikator)
        table, city = self._by_year(indikator, self.ebenen.mitte), self._by_year(indikator, self.ebenen.stadt).iloc[0]
        years = [int(year) for year in table.columns]
        first = years[0]

        def draw(narrow: bool) -> Figure:
            return series.panels(
                table, city, names={str(area): self.name(str(area)) for area in self.bezirke().index}, years=years,
                breaks=self._break_years(indikator), decimals=int(row["nachkommastellen"]), unit=str(row["einheit"]),
                city_name=self.stadtname, narrow=narrow, from_zero=ab_null,
            )  # fmt: skip

        cut = "" if ab_null else "; die Achse beginnt nicht bei 0"
        self.abbildung(
            draw,
            id=id or _mark("fig", indikator, "verlauf"),
            titel=titel or f"{row['bezeichnung']} in den {self.ebenen.mitte.dativ} {first} bis {years[-1]}",
            einheit=f"{captions.unit_line(self, indikator)}; kräftig: {self.ebenen.mitte.einzahl}, dünn: "
            f"{self.stadtname}{cut}",
            alternativtext=captions.series_alternative(self, indikator, first),
            quelle=captions.source_line(self, [indikator], chart="verlauf", extra=quelle),
        )

    def linien(self, indikatoren: dict[str, str], *, id: str, titel: str, einheit: str, alternativtext: str) -> None:
        """Setzt ein Liniendiagramm der Stadt mit einer Linie je Indikator (Schlüssel → Name an der Linie)."""
        first = next(iter(indikatoren))
        row = self.indikator(first)
        table = pd.concat([self._by_year(i, self.ebenen.stadt).set_axis([name]) for i, name in indikatoren.items()])

        def draw(narrow: bool) -> Figure:
            return series.lines(
                table, years=[int(year) for year in table.columns], breaks=self._break_years(first),
                decimals=int(row["nachkommastellen"]), unit=str(row["einheit"]), narrow=narrow,
            )  # fmt: skip

        source = captions.source_line(self, list(indikatoren), chart="verlauf")
        self.abbildung(draw, id=id, titel=titel, einheit=einheit, alternativtext=alternativtext, quelle=source)

    def uebersichtskarte(self, *, id: str, titel: str) -> None:
        """Setzt die Karte aller Sozialräume mit Nummern und Stadtbezirken und den Schlüssel der Namen."""
        frame, districts = self.geodaten(), self.bezirke()
        named = frame["teil_von"].map(districts["kurzname"])
        key = [
            (str(int(row["nummer"])), f"{row['kurzname']}{'*' if row['erschlossen'] else ''}", "")
            for _, row in self.raeume().iterrows()
        ]
        note = "* Name aus der Gliederung erschlossen." if self.raeume()["erschlossen"].any() else ""
        self.abbildung(
            lambda narrow: overview.overview(frame, named, district_heading=self.ebenen.mitte.einzahl, narrow=narrow),
            id=id, titel=titel, einheit=f"Nummern der {self.ebenen.unten.mehrzahl}; kräftige Linien: Grenzen der "
                                        f"{self.ebenen.mitte.mehrzahl}",
            alternativtext=f"Karte der {len(frame)} {self.ebenen.unten.mehrzahl}, nummeriert und nach "
                           f"{len(districts)} {self.ebenen.mitte.dativ} gegliedert. "
            "Alle Nummern und Namen stehen im Schlüssel unter der Karte.",
            quelle=" ".join(filter(None, [note, f"{self.kartenhinweis}."])),
            schluessel=key,
        )  # fmt: skip

    @property
    def leitindikator(self) -> str:
        """Der Indikator, der für den ganzen Bericht steht: nach data/bericht.yml,
        sonst der erste gewertete des Katalogs.
        """
        graded = self.indikatoren()["richtung"] != "neutral"
        return self._tables.settings.leitindikator or str(self.indikatoren().index[graded][0])

    def deckblatt(self, indikator: str | None = None) -> None:
        """Zeichnet das Bild des Deckblatts aus den geschützten Werten eines
        Indikators (ohne Angabe des Leitindikators).
        """
        indikator = indikator or self.leitindikator
        bounds = class_bounds(str(self.indikator(indikator)["klassengrenzen"] or ""), self._pooled(indikator))
        picture = to_svg(choropleth.cover(self.geodaten(), self.daten(indikator), bounds), "print", ident="titel")
        blocks.put(Block("", picture, {"titel.svg": picture}))

    def _pooled(self, indicator: str) -> pd.Series:
        values = self._values.loc[[indicator]]
        return values.loc[values["ebene"] == self.ebenen.unten.schluessel, "wert"]

    def _by_year(self, indicator: str, level: Ebene) -> pd.DataFrame:
        """One row per area, the years of the Stände as columns; NaN where nothing may be shown."""
        table = self.reihe(indicator, level)
        table = table[table["stand_zaehler"].notna()]
        table = table.assign(jahr=table["stand_zaehler"].dt.year)
        return table.pivot(index="raum_id", columns="jahr", values="wert").reindex(self.raeume(level).index)

    def _break_years(self, indicator: str) -> list[int]:
        month = int(self.indikator(indicator)["bezug_monat"])
        cuts = indicators.breaks_between(self._tables.breaks, self.indikator(indicator))["ab"]
        return [cut.year if month >= cut.month else cut.year + 1 for cut in cuts if cut.year <= self.jahr]

    def bezirksflaechen(self) -> Any:
        """Die Flächen der Stadtbezirke als GeoDataFrame (EPSG:25832)."""
        return geometry.dissolve(self._tables.geometry, self._tables.areas, self.ebenen.mitte.schluessel)


def _mark(kind: str, indicator: str, what: str) -> str:
    return f"{kind}-{indicator.replace('_', '-')}-{what}"


def checked_label(label: str, kind: str) -> str:
    """The label of a figure (``fig``) or table (``tbl``), refused where it does not begin with its kind."""
    if not label.startswith(f"{kind}-"):
        raise ValueError(f"Die Marke „{label}“ muss mit „{kind}-“ beginnen.")
    return label
