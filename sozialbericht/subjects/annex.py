"""The annex, made from the catalogue: tables of each dimension, a sheet for each indicator, the data status."""

from __future__ import annotations

import re
import unicodedata

from sozialbericht import numbers
from sozialbericht.blocklanguage import fence
from sozialbericht.data.levels import Ebene
from sozialbericht.data.sums import terms
from sozialbericht.escaping import paragraphs
from sozialbericht.escaping import terms as definitions
from sozialbericht.status import Status
from sozialbericht.wording import dates
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import blocks, captions
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
ORIGINS = {
    "veröffentlicht": "veröffentlicht",
    "erschlossen": "aus Veröffentlichungen erschlossen",
    "eigene": "Ergänzung dieses Berichts",
}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
YEARS_BACK = {1: "ein Jahr", 2: "zwei Jahre", 3: "drei Jahre", 4: "vier Jahre", 5: "fünf Jahre"}


class Anhang(Tabellen):
    """Der Teil des Berichts, der den Anhang aus dem Katalog setzt."""

    def dimensionen(self) -> list[str]:
        """Die Dimensionen des Katalogs in ihrer Reihenfolge."""
        return [str(d) for d in self.indikatoren()["dimension"].drop_duplicates()]

    def abschnitt(self, titel: str, marke: str, *, neue_seite: bool = False) -> None:
        """Setzt eine Überschrift zweiter Ebene mit der Marke „sec-…“, für Abschnitte, die aus dem Katalog entstehen."""
        page = ' seite="neu"' if neue_seite else ""
        blocks.put(blocks.paragraph(blocks.heading(2, titel, f"#{checked_label(marke, 'sec')}{page}")))

    def tabelle_katalog(self, *, id: str, titel: str) -> None:
        """Setzt je Dimension: die ersten drei Indikatoren, ihre Anzahl, den häufigsten Stand."""
        rows = []
        for dimension in self.dimensionen():
            catalogue = self.indikatoren(dimension)
            newest = [self.wert(str(i)).stand for i in catalogue.index]
            stand = max(dict.fromkeys(newest), key=newest.count)
            names = "; ".join(str(name) for name in catalogue["bezeichnung"].iloc[:3])
            rows.append([dimension, names, numbers.number(len(catalogue)), stand])
        self.tabelle(
            ["Dimension", "Indikatoren, zum Beispiel", "Anzahl", "Stand"], rows, id=id, titel=titel,
            einheit=f"Berichtsjahr {self.jahr}; Stand, den die meisten Indikatoren der Dimension haben",
            quelle="Eigene Auszählung des Katalogs der Indikatoren.",
            satz=Layout(columns="rand 1fr 12mm 30mm", left=(0, 1, 3)),
        )  # fmt: skip

    def tabelle_dimension(self, dimension: str) -> None:
        """Setzt alle Indikatoren einer Dimension für alle Sozialräume, höchstens acht Spalten je Tabelle und Seite."""
        names = list(self.indikatoren(dimension).index)
        parts = balanced(names, COLUMNS)
        slug = slugged(dimension)
        self.abschnitt(dimension, f"sec-tabellen-{slug}", neue_seite=True)
        for number, part in enumerate(parts, start=1):
            which = f" (Teil {number} von {len(parts)})" if len(parts) > 1 else ""
            self.tabelle_raeume(
                part, id=f"tbl-{slug}" + (f"-{number}" if number > 1 else ""),
                titel=f"{dimension}: Indikatoren für {self.ebenen.mitte.mehrzahl} und "
                      f"{self.ebenen.unten.mehrzahl}{which}",
                einheit=f"Berichtsjahr {self.jahr}; Stände in der Quellenzeile", neue_seite=number > 1,
            )  # fmt: skip

    def indikatorenblaetter(self, dimension: str) -> None:
        """Setzt die Blätter aller Indikatoren einer Dimension."""
        self.abschnitt(dimension, f"sec-blaetter-{slugged(dimension)}")
        for indikator in self.indikatoren(dimension).index:
            self.indikatorenblatt(str(indikator))

    def indikatorenblatt(self, indikator: str) -> None:
        """Setzt das Blatt eines Indikators: Definition, Berechnung, Stand, Richtung, Werte, Brüche, Datenquelle."""
        row = self.indikator(indikator)
        city = self.wert(indikator)
        high, low = self.hoechste(indikator), self.niedrigste(indikator)
        sources = enumeration(part.strip() for part in str(row["quelle"]).split(","))
        entries = {
            "Definition": f"{row['definition']} ({ORIGINS[str(row['herkunft'])]})",
            "Berechnung": self._formula(indikator),
            "Stand": f"{captions.stands(self, indikator).removeprefix('Stand ')}; {self._rule(indikator)}",
            "Richtung": DIRECTIONS[str(row["richtung"])],
            self.stadtname: str(city) if city.ok else numbers.status_word(city.wert.status),
            self.ebenen.unten.mehrzahl: f"von {low[0]} ({low[0].raum}) bis {high[0]} "
            f"({high[0].raum}){self._hidden(indikator)}"
            if high
            else "keine veröffentlichten Werte",
            "Bruch": self._breaks(indikator),
            "Datenquelle": sources,
        }
        words = definitions((term, text) for term, text in entries.items() if text)
        sheet = fence("datenblatt", words)
        blocks.put(blocks.paragraph(paragraphs(blocks.heading(3, str(row["bezeichnung"])), sheet)))

    def tabelle_datenstand(self, *, id: str) -> None:
        """Setzt je Merkmal, nach Quellen gegliedert: neuester Stand, Zahl der Stichtage, geheim gehaltene Zahlen."""
        rows: list[list[str]] = []
        groups: list[int] = []
        last = ""
        for feature, row in self.merkmale().iterrows():
            if str(row["quelle"]) != last:
                last = str(row["quelle"])
                groups.append(len(rows))
                rows.append([last, "", "", "", ""])
            table = self.merkmal(str(feature))
            newest = table["stichtag"].max()
            if table.empty:
                rows.append(
                    [str(row["bezeichnung"]), str(row["einheit"]), numbers.status_sign(Status.MISSING), "0", "0"]
                )
                continue
            hidden = int(((table["status"] == Status.WITHHELD) & (table["stichtag"] == newest)).sum())
            count = numbers.number(table["stichtag"].nunique())
            stand = dates.in_source(newest.date(), str(row["zeitbezug"]))
            rows.append([str(row["bezeichnung"]), str(row["einheit"]), stand, count, numbers.shown(hidden)])
        missing = any(row[2] == numbers.status_sign(Status.MISSING) for row in rows)
        self.tabelle(
            ["Datenquelle, Merkmal", "Einheit", "neuester Stand", "Stich|tage", "geheim gehalten"], rows, id=id,
            titel="Merkmale und ihr Datenstand",
            einheit=f"bis zum Berichtsjahr {self.jahr}; geheim gehaltene Zahlen aller Ebenen zum neuesten Stand",
            quelle=" ".join(["Eigene Auszählung.", *captions.signs(["nothing", *[Status.MISSING] * missing])]),
            satz=Layout(columns="1fr 27mm 30mm 12mm 14mm", groups=tuple(groups), left=(0, 1, 2), wide=True),
        )  # fmt: skip

    def tabelle_brueche(self, *, id: str) -> None:
        """Setzt die erklärten Brüche der Zeitreihen bis zum Berichtsjahr; nichts, wenn es keine gibt."""
        table = self._tables.breaks[self._tables.breaks["ab"].dt.year <= self.jahr]
        names = self.merkmale()["bezeichnung"]
        rows = [
            [f"{cut:%d.%m.%Y}", "; ".join(str(names[feature]) for feature in group["merkmal"]), str(reason)]
            for (cut, reason), group in table.groupby(["ab", "grund"], sort=True)
        ]
        if rows:
            self.tabelle(
                ["ab", "Merkmale", "Grund"], rows, id=id, titel="Brüche in den Zeitreihen",
                einheit="Über einen Bruch hinweg werden keine Werte verglichen",
                quelle="Eigene Festlegung nach den Quellen der Merkmale.",
                satz=Layout(columns="20mm 1fr 1fr", left=(0, 1, 2)),
            )  # fmt: skip

    def geheim_gehalten(self, ebene: str | Ebene | None = None) -> tuple[int, int]:
        """Wie viele Werte aller Indikatoren auf einer Ebene geheim gehalten werden und wie viele es insgesamt sind."""
        values = self._values.xs(self.jahr, level="jahr")
        values = values[values["ebene"] == self._level(ebene).schluessel]
        return int((values["status"] == Status.WITHHELD).sum()), len(values)

    def _rule(self, indikator: str) -> str:
        """Which Stand a report takes, in words: „jüngster September bis zum Berichtsjahr“."""
        row = self.indikator(indikator)
        back = int(row["verzug_jahre"])
        period = self.zeitbezug(indikator)
        limit = YEARS_BACK.get(back, f"{back} Jahre") + " vor dem" if back else "zum"
        if period == "schuljahr":
            return f"jüngstes Schuljahr, das spätestens {limit if back else 'im'} Berichtsjahr beginnt"
        what = "jüngstes Jahr" if period == "jahr" else f"jüngster {captions.MONTHS[int(row['bezug_monat']) - 1]}"
        return f"{what} bis {limit} Berichtsjahr"

    def _hidden(self, indikator: str) -> str:
        count = int((self.daten(indikator)["status"] == Status.WITHHELD).sum())
        return f"; {numbers.number(count)} {'Wert' if count == 1 else 'Werte'} geheim gehalten" if count else ""

    def _formula(self, indikator: str) -> str:
        row = self.indikator(indikator)
        names = self.merkmale()["bezeichnung"]
        top = _sum([str(names[f]) for f in terms(str(row["zaehler"]))])
        if row["art"] == "veraenderung":
            return f"({top} / {top} {int(row['basisjahr'])} − 1) × {numbers.number(row['faktor'])}"
        bottom = _sum([str(names[f]) for f in terms(str(row["nenner"]))])
        formula = f"{top} / {bottom}" + (f" × {numbers.number(row['faktor'])}" if row["faktor"] != 1 else "")
        return formula + (f"; Wert der Stadt = {numbers.number(row['faktor'])}" if row["art"] == "index" else "")

    def _breaks(self, indikator: str) -> str:
        return " ".join(f"{cut['ab']:%d.%m.%Y}: {cut['grund']}" for _, cut in self.brueche(indikator).iterrows())


def _sum(names: list[str]) -> str:
    """Several features as a sum in brackets."""
    return f"({' + '.join(names)})" if len(names) > 1 else names[0]


def balanced(names: list[str], most: int) -> list[list[str]]:
    """The names in as few parts as hold ``most`` each, the parts as equal as can be: 10 by 8 → 5 and 5."""
    count = -(-len(names) // most)
    size = -(-len(names) // count) if count else 1
    return [names[i : i + size] for i in range(0, len(names), size)]


def slugged(text: str) -> str:
    """A name as part of a label: lower case ASCII, „Bevölkerung“ → „bevoelkerung“."""
    plain = text.lower().translate(UMLAUTS)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
