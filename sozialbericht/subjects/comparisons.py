"""Comparisons: two indicators against each other, development against a base year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from sozialbericht.data.levels import Ebene
from sozialbericht.drawing.charts import scatter, series
from sozialbericht.wording.values import Wert
from sozialbericht.writing import captions
from sozialbericht.writing.figures import Abbildungen


class Vergleiche(Abbildungen):
    """Der Teil des Berichts, der Indikatoren gegenüberstellt und Entwicklungen auf ein Basisjahr bezieht."""

    def streudiagramm(self, waagerecht: str, senkrecht: str, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt zwei Indikatoren der Sozialräume gegeneinander, mit den Werten der Stadt als Linien."""
        both = [waagerecht, senkrecht]
        rows = [self.indikator(i) for i in both]
        table = self.daten(waagerecht)
        points = pd.DataFrame(
            {
                "x": table["wert"],
                "y": self.daten(senkrecht)["wert"],
                "kurzname": table["kurzname"],
                "nummer": table["nummer"],
            }
        )
        city = [self.wert(i) for i in both]
        titles = [f"{row['bezeichnung']} ({_unit(self, i)})" for row, i in zip(rows, both, strict=True)]

        def draw(narrow: bool) -> Figure:
            return scatter.scatter(
                points,
                city=(city[0].wert.number, city[1].wert.number),
                city_name=self.stadtname,
                titles=(titles[0], titles[1]),
                decimals=(city[0].wert.decimals, city[1].wert.decimals),
                narrow=narrow,
            )

        shown = points[points["x"].notna() & points["y"].notna()]
        text = (
            f"Streudiagramm von {len(shown)} {self.ebenen.unten.dativ}: waagerecht {rows[0]['bezeichnung']}, "
            f"{city[0].stand}; "
        )
        text += f"senkrecht {rows[1]['bezeichnung']}, {city[1].stand}."
        for place, word in ((shown["x"].idxmin(), "niedrigsten"), (shown["x"].idxmax(), "höchsten")):
            x, y = self.wert(waagerecht, str(place)), self.wert(senkrecht, str(place))
            text += f" Waagerecht am {word}: {x.raum} ({x}; senkrecht {y})."
        hidden = len(points) - len(shown)
        note = (
            f"{hidden} {self.ebenen.unten.mehrzahl} ohne veröffentlichten Wert."
            if hidden > 1
            else f"{self.ebenen.unten.ein.capitalize()} {self.ebenen.unten.einzahl} ohne veröffentlichten Wert."
        )
        self.abbildung(
            draw,
            id=id,
            titel=titel,
            alternativtext=text,
            einheit=f"{self.ebenen.unten.mehrzahl}; Linien: {self.stadtname}",
            quelle=captions.source_line(self, both, extra=" ".join(filter(None, [note if hidden else "", quelle]))),
        )

    def indexverlauf(self, indikator: str, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt einen Indikator der Veränderung als Entwicklung nach Stadtbezirken, Basisjahr = 100."""
        base, row = self._base(indikator), self.indikator(indikator)
        table, city = self._as_index(indikator, self.ebenen.mitte), self._as_index(indikator, self.ebenen.stadt).iloc[0]
        years = [int(year) for year in table.columns]

        def draw(narrow: bool) -> Figure:
            return series.panels(
                table,
                city,
                names={str(a): self.name(str(a)) for a in self.bezirke().index},
                years=years,
                breaks=[],
                decimals=1,
                unit="Index",
                city_name=self.stadtname,
                narrow=narrow,
                from_zero=False,
            )

        high, low = self.hoechste(indikator, 1, self.ebenen.mitte), self.niedrigste(indikator, 1, self.ebenen.mitte)
        text = (
            f"Kleine Liniendiagramme, je {self.ebenen.mitte.einzahl}: {row['bezeichnung']} {base} bis {years[-1]}, "
            f"{base} = 100."
        )
        if high and low:
            text += f" Veränderung am höchsten {high[0].wo} ({high[0]}), am niedrigsten {low[0].wo} ({low[0]})"
            text += f"; {self.stadtname} {self.wert(indikator)}."
        self.abbildung(
            draw,
            id=id,
            titel=f"{titel} {base} bis {years[-1]}",
            einheit=f"{base} = 100; kräftig: {self.ebenen.mitte.einzahl}, dünn: {self.stadtname}; die Achse beginnt "
            "nicht bei 0",
            alternativtext=text,
            quelle=captions.source_line(self, [indikator], chart="verlauf", extra=quelle),
        )

    def indexlinien(self, indikatoren: Mapping[str, str], *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt Indikatoren der Veränderung (→ Name) als Linien der Stadt, Basisjahr = 100."""
        base = self._base(next(iter(indikatoren)))
        table = pd.concat([self._as_index(i, self.ebenen.stadt).set_axis([name]) for i, name in indikatoren.items()])
        years = [int(year) for year in table.columns]
        values: dict[str, Wert] = {name: self.wert(i) for i, name in indikatoren.items()}
        told = "; ".join(f"{name} {value}" for name, value in values.items() if value.ok)
        self.abbildung(
            lambda narrow: series.lines(
                table, years=years, breaks=[], decimals=1, unit=f"{base} = 100", narrow=narrow, from_zero=False
            ),
            id=id,
            titel=f"{titel} {base} bis {years[-1]}",
            einheit=f"{self.stadtname}, {base} = 100; die Achse beginnt nicht bei 0",
            alternativtext=f"Liniendiagramm: {titel} in {self.stadtname} {base} bis {years[-1]}, {base} = 100. "
            f"Veränderung bis {years[-1]}: {told}.",
            quelle=captions.source_line(self, list(indikatoren), chart="verlauf", extra=quelle),
        )

    def _base(self, indicator: str) -> int:
        row = self.indikator(indicator)
        if row["art"] != "veraenderung":
            raise ValueError(f"Der Indikator „{indicator}“ hat kein Basisjahr.")
        return int(row["basisjahr"])

    def _as_index(self, indicator: str, level: Ebene) -> pd.DataFrame:
        """Areas in rows, years from the base year on in columns, base year = 100."""
        base = self._base(indicator)
        table = self._by_year(indicator, level)
        table = table[[year for year in table.columns if int(year) > base]] + 100
        table.insert(0, base, 100.0)
        return table


def _unit(bestand: Abbildungen, indicator: str) -> str:
    row = bestand.indikator(indicator)
    return str(row["bezug"]) if row["einheit"] == "Index" else f"{row['einheit']} {row['bezug']}"
