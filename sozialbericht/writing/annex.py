"""The annex, made from the catalogue: tables of each dimension, a sheet for each indicator, the data status."""

from __future__ import annotations

import re
import unicodedata

from IPython.display import display

from sozialbericht.statistics.indicators import summands
from sozialbericht.statistics.value import WITHHELD
from sozialbericht.writing import blocks, dates, numbers, provenance
from sozialbericht.writing.blocks import Layout
from sozialbericht.writing.figures import checked_label
from sozialbericht.writing.tables import Tabellen

#: Columns that fit beside the names of the areas.
COLUMNS = 8
DIRECTIONS = {
    "belastung": "Ein hoher Wert bedeutet eine Belastung.",
    "chance": "Ein hoher Wert bedeutet eine Chance.",
    "neutral": "Der Wert wird nicht gewertet.",
}


class Anhang(Tabellen):
    """Der Teil des Berichts, der den Anhang aus dem Katalog setzt."""

    def dimensionen(self) -> list[str]:
        """Die Dimensionen des Katalogs in ihrer Reihenfolge."""
        return [str(d) for d in self.indikatoren()["dimension"].drop_duplicates()]

    def abschnitt(self, titel: str, marke: str) -> None:
        """Setzt eine Überschrift zweiter Ebene mit der Marke „sec-…“, für Abschnitte, die aus dem Katalog entstehen."""
        display(blocks.paragraph(f"## {titel} {{#{checked_label(marke, 'sec')}}}"))

    def tabelle_dimension(self, dimension: str) -> None:
        """Setzt alle Indikatoren einer Dimension für alle Sozialräume, höchstens acht Spalten je Tabelle."""
        names = list(self.indikatoren(dimension).index)
        parts = [names[i : i + COLUMNS] for i in range(0, len(names), COLUMNS)]
        slug = slugged(dimension)
        self.abschnitt(dimension, f"sec-tabellen-{slug}")
        for number, part in enumerate(parts, start=1):
            which = f" (Teil {number} von {len(parts)})" if len(parts) > 1 else ""
            self.tabelle_raeume(
                part, id=f"tbl-{slug}" + (f"-{number}" if number > 1 else ""),
                titel=f"{dimension}: Indikatoren für Stadtbezirke und Sozialräume{which}",
                einheit=f"Berichtsjahr {self.jahr}; Stände in der Quellenzeile",
            )  # fmt: skip

    def indikatorenblaetter(self, dimension: str) -> None:
        """Setzt die Blätter aller Indikatoren einer Dimension."""
        self.abschnitt(dimension, f"sec-blaetter-{slugged(dimension)}")
        for indikator in self.indikatoren(dimension).index:
            self.indikatorenblatt(str(indikator))

    def indikatorenblatt(self, indikator: str) -> None:
        """Setzt das Blatt eines Indikators: Definition, Berechnung, Stand, Richtung, Herkunft, Spanne."""
        row = self.indikator(indikator)
        city = self.wert(indikator)
        high, low = self.hoechste(indikator), self.niedrigste(indikator)
        entries = {
            "Definition": str(row["definition"]),
            "Berechnung": self._formula(indikator),
            "Stand": f"{provenance.stands(self, indikator).removeprefix('Stand ')}; Bezugsmonat {provenance.MONTHS[int(row['bezug_monat']) - 1]}",
            "Richtung": DIRECTIONS[str(row["richtung"])],
            "Spanne": f"von {low[0]} ({low[0].raum}) bis {high[0]} ({high[0].raum})" if high else "keine veröffentlichten Werte",
            "Stadt": str(city) if city.ok else numbers.status_word(city.wert.status),
            "Brüche": self._breaks(indikator),
            "Herkunft": f"Definition: {row['herkunft']}. Zahlen: {row['quelle']}.",
        }
        lines = "\n\n".join(f"{term}\n:   {text}" for term, text in entries.items() if text)
        display(blocks.paragraph(f"### {row['bezeichnung']}\n\n::: {{.datenblatt}}\n{lines}\n:::"))

    def tabelle_datenstand(self, *, id: str) -> None:
        """Setzt je Merkmal: Bezeichnung, neuester Stichtag bis zum Berichtsjahr, Zahl der Stichtage, geheim gehaltene Zahlen."""
        rows = []
        for feature, row in self.merkmale().iterrows():
            table = self.merkmal(str(feature))
            newest = table["stichtag"].max()
            if newest != newest:
                rows.append([str(row["bezeichnung"]), str(row["einheit"]), numbers.status_sign("missing"), "0", "0"])
                continue
            hidden = int(((table["status"] == WITHHELD) & (table["stichtag"] == newest)).sum())
            count = numbers.number(table["stichtag"].nunique())
            stand = dates.in_source(newest.date(), str(row["zeitbezug"]))
            rows.append([str(row["bezeichnung"]), str(row["einheit"]), stand, count, numbers.shown(hidden)])
        self.tabelle(
            ["Merkmal", "Einheit", "neuester Stand", "Stichtage", "geheim gehalten"], rows, id=id,
            titel="Merkmale und ihr Datenstand", einheit=f"bis zum Berichtsjahr {self.jahr}; geheim gehaltene Zahlen aller Ebenen am neuesten Stichtag",
            quelle="Eigene Auszählung. „–“ nichts vorhanden.", satz=Layout(columns="1fr 24mm 30mm 16mm 22mm", left=(0, 1, 2)),
        )  # fmt: skip

    def tabelle_brueche(self, *, id: str) -> None:
        """Setzt die erklärten Brüche der Zeitreihen bis zum Berichtsjahr; nichts, wenn es keine gibt."""
        table = self._tables.breaks[self._tables.breaks["ab"].dt.year <= self.jahr]
        names = self.merkmale()["bezeichnung"]
        rows = [
            [f"{cut:%d.%m.%Y}", ", ".join(names[feature] for feature in group["merkmal"]), str(reason)]
            for (cut, reason), group in table.groupby(["ab", "grund"], sort=True)
        ]
        if rows:
            self.tabelle(
                ["ab", "Merkmale", "Grund"], rows, id=id, titel="Brüche in den Zeitreihen",
                einheit="Über einen Bruch hinweg werden keine Werte verglichen", quelle="Eigene Festlegung nach den Quellen der Merkmale.",
                satz=Layout(columns="20mm 1fr 1fr", left=(0, 1, 2)),
            )  # fmt: skip

    def _formula(self, indikator: str) -> str:
        row = self.indikator(indikator)
        names = self.merkmale()["bezeichnung"]
        top = " + ".join(str(names[f]) for f in summands(str(row["zaehler"])))
        if row["art"] == "veraenderung":
            return f"({top} / {top} {int(row['basisjahr'])} − 1) × {numbers.number(row['faktor'])}"
        bottom = " + ".join(str(names[f]) for f in summands(str(row["nenner"])))
        formula = f"{top} / {bottom}" + (f" × {numbers.number(row['faktor'])}" if row["faktor"] != 1 else "")
        return formula + (f"; Wert der Stadt = {numbers.number(row['faktor'])}" if row["art"] == "index" else "")

    def _breaks(self, indikator: str) -> str:
        return " ".join(f"{cut['ab']:%d.%m.%Y}: {cut['grund']}" for _, cut in self.brueche(indikator).iterrows())


def slugged(text: str) -> str:
    """A name as part of a label: lower case ASCII, „Bevölkerung“ → „bevoelkerung“."""
    plain = text.lower().translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}))
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
