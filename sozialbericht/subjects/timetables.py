"""Tables over the years: all indicators of the city, and the main indicators by Stadtbezirk."""

from __future__ import annotations

import pandas as pd

from sozialbericht import numbers
from sozialbericht.data.levels import Ebene
from sozialbericht.escaping import Markup, bold, listed
from sozialbericht.status import Status
from sozialbericht.subjects.annex import COLUMNS, Anhang, balanced, slugged
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import blocks, captions
from sozialbericht.writing.blocks import Layout

#: Up to so many years the columns stay narrow, beside the names.
FEW = 4


class Zeitreihen(Anhang):
    """Der Teil des Berichts, der Werte über die Jahre in Tabellen setzt."""

    def wegweiser(self) -> None:
        """Setzt je Dimension, in welchen Tabellen des Anhangs ihre Werte stehen."""
        lines = []
        for dimension in self.dimensionen():
            slug = slugged(dimension)
            parts = len(balanced(list(self.indikatoren(dimension).index), COLUMNS))
            tables = ["@tbl-" + slug + (f"-{n}" if n > 1 else "") for n in range(1, parts + 1)]
            over = f"; über die Jahre ab @tbl-jahre-{slug}" if len(self._stands(dimension)) > 1 else ""
            lines.append(bold(f"{dimension}:") + Markup(f" {enumeration(tables)}{over}"))
        blocks.put(blocks.paragraph(listed(lines)))

    def zeitreihen(self, dimension: str) -> None:
        """Setzt die Zeitreihen einer Dimension: alle Indikatoren der Stadt, die Hauptindikatoren nach Stadtbezirken.

        Hauptindikatoren sind die mit festgelegten Klassengrenzen. Gibt es nur einen Stand, sagt das ein Satz.
        """
        slug = slugged(dimension)
        self.abschnitt(dimension, f"sec-zeitreihen-{slug}")
        catalogue = self.indikatoren(dimension)
        stands = self._stands(dimension)
        if len(stands) < 2:
            year = f" ({stands[0]})" if stands else ""
            blocks.put(blocks.paragraph(Markup(f"Es liegt nur ein Stand vor{year}; die Werte stehen in @tbl-{slug}.")))
            return
        self._city_table(dimension, stands, f"tbl-jahre-{slug}")
        for name in catalogue.index[catalogue["klassengrenzen"].astype(bool)]:
            self.tabelle_jahre(str(name), id=f"tbl-jahre-{str(name).replace('_', '-')}")

    def tabelle_jahre(self, indikator: str, *, id: str) -> None:
        """Setzt einen Indikator für die Stadt und die Stadtbezirke, eine Spalte je Stand; Brüche stehen im Kopf."""
        row = self.indikator(indikator)
        series = pd.concat([self._series(indikator, level) for level in (self.ebenen.stadt, self.ebenen.mitte)])
        districts = self.bezirke().index
        rows = [[self.name(str(area)), *series.loc[area]] for area in [*districts, self.stadt]]
        years = [int(year) for year in series.columns]
        heads = self._heads_of_years(years, self._cuts([indikator], years), self.zeitbezug(indikator))
        when = self._when(indikator)
        each = "je" if when in ("Jahr", "Schuljahr") else "jeweils"
        width = "1fr" if len(years) > FEW else "16mm"
        self.tabelle(
            [self.ebenen.mitte.einzahl, *heads], rows, id=id,
            titel=f"{row['bezeichnung']} nach {self.ebenen.mitte.dativ}",
            einheit=captions.unit_line(self, indikator),
            quelle=self._source([indikator], rows, f"Stand {each} {when}"),
            satz=Layout(columns=" ".join(["rand"] + [width] * len(years)), groups=(len(rows) - 1,), wide=True),
        )  # fmt: skip

    def _city_table(self, dimension: str, years: list[int], label: str) -> None:
        catalogue = self.indikatoren(dimension)
        rows = []
        for name, row in catalogue.iterrows():
            unit = str(row["einheit"])
            series = self._series(str(name), self.ebenen.stadt)
            absent = numbers.status_sign(Status.MISSING)
            cells = [str(series.at[self.stadt, year]) if year in series.columns else absent for year in years]
            told = unit == "Index" or str(row["bezeichnung"]).startswith(unit)
            words = "" if told else f" {unit}" if unit.startswith("je ") else f" in{numbers.NBSP}{unit}"
            what = f"{row['bezeichnung']}{words}"
            rows.append([what, self._when(str(name)), *cells])
        periods = {self.zeitbezug(str(i)) for i in catalogue.index}
        cuts = self._cuts([str(i) for i in catalogue.index], years)
        self.tabelle(
            ["Indikator", "Stand", *self._heads_of_years(years, cuts, periods.pop() if len(periods) == 1 else "jahr")],
            rows, id=label, titel=f"{dimension}: {self.stadtname} im Zeitverlauf",
            einheit="Jahr des Standes; Einheit beim Indikator",
            quelle=self._source([str(i) for i in catalogue.index], rows),
            satz=Layout(columns="1fr 15mm " + " ".join(["9.6mm"] * len(years)), left=(0, 1), wide=True),
        )  # fmt: skip

    def _source(self, indicators: list[str], rows: list[list[str]], when: str = "") -> str:
        """The source line: sources, Stand, reasons of the breaks, signs in use."""
        parts = (part.strip() for i in indicators for part in str(self.indikator(i)["quelle"]).split(","))
        reasons = [
            f"Bruch {cut['ab'].year}: {cut['grund']} Über den Bruch hinweg nicht vergleichbar."
            for i in indicators
            for _, cut in self.brueche(i).iterrows()
        ]
        first = "; ".join(filter(None, [", ".join(dict.fromkeys(parts)), when]))
        return " ".join(dict.fromkeys([f"{first}.", *reasons, *_signs(rows)]))

    def _stands(self, dimension: str) -> list[int]:
        """The years for which at least one indicator of a dimension has a Stand."""
        names = self.indikatoren(dimension).index
        return sorted({int(year) for i in names for year in self._series(str(i), self.ebenen.stadt).columns})

    def _series(self, indikator: str, level: Ebene) -> pd.DataFrame:
        """Printed values of a level: one row per area, one column per year of a Stand."""
        decimals = int(self.indikator(indikator)["nachkommastellen"])
        table = self.reihe(indikator, level)
        table = table[table["stand_zaehler"].notna()]
        printed = table.assign(
            stand=table["stand_zaehler"].dt.year,
            zelle=[captions.cell(w, str(s), decimals) for w, s in zip(table["wert"], table["status"], strict=True)],
        )
        return printed.pivot(index="raum_id", columns="stand", values="zelle")

    def _when(self, indikator: str) -> str:
        period = self.zeitbezug(indikator)
        month = captions.MONTHS[int(self.indikator(indikator)["bezug_monat"]) - 1]
        return {"schuljahr": "Schuljahr", "jahr": "Jahr"}.get(period, month)

    def _cuts(self, indicators: list[str], years: list[int]) -> set[int]:
        """The first years after a break that have one before them."""
        return {cut.year for i in indicators for cut in self.brueche(i)["ab"] if years[0] < cut.year <= years[-1]}

    @staticmethod
    def _heads_of_years(years: list[int], cuts: set[int], period: str) -> list[str]:
        names = [f"{year}/{(year + 1) % 100:02}" if period == "schuljahr" else str(year) for year in years]
        return [f"Bruch {name}" if year in cuts else name for year, name in zip(years, names, strict=True)]


def _signs(rows: list[list[str]]) -> list[str]:
    """The explanation of the signs that stand in printed rows."""
    used = {cell for row in rows for cell in row}
    statuses = ["nothing", Status.WITHHELD, Status.UNRELIABLE, Status.MISSING, Status.NOT_MEANINGFUL]
    return captions.signs([s for s in statuses if numbers.status_sign(s) in used])
