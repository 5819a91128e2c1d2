"""The annex, made from the catalogue: tables of each dimension, a sheet for each indicator, the data status."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sozialbericht import numbers
from sozialbericht.atlas import portal
from sozialbericht.blocklanguage import fence
from sozialbericht.data.sums import terms
from sozialbericht.escaping import paragraphs, slugged
from sozialbericht.escaping import terms as definitions
from sozialbericht.findings import tablestore
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.indicator import Indikator
from sozialbericht.status import Status
from sozialbericht.subjects import timetables
from sozialbericht.subjects.datanotes import accepted, deliverytable
from sozialbericht.subjects.finding import areaindex
from sozialbericht.subjects.timetables import COLUMNS, balanced
from sozialbericht.wording import dates
from sozialbericht.writing import blocks, captions, prose, tables
from sozialbericht.writing.blocks import Caption, Layout

DIRECTIONS = {
    "belastung": "Ein hoher Wert bedeutet eine Belastung.", "chance": "Ein hoher Wert bedeutet eine Chance.",
    "neutral": "Der Wert wird nicht gewertet.",
}  # fmt: skip
ORIGINS = {
    "veröffentlicht": "veröffentlicht", "erschlossen": "aus Veröffentlichungen erschlossen",
    "eigene": "Ergänzung dieses Berichts",
}  # fmt: skip
#: So many areas that came or went are named.
MOST_NAMED = 5


class Anhang:
    """Der Anhang: Tabellen, Blätter, Zeitreihen und Datenstand aus dem Katalog: ``anhang = b.anhang()``."""

    def __init__(self, b: Datenbestand) -> None:
        self._b = b

    @property
    def mindestnenner(self) -> int:
        """Wie viele Menschen in einem Gebiet leben müssen, damit seine Werte ohne Klammern stehen."""
        return self._b._tables.settings.mindestnenner

    def katalog(self, *, id: str, titel: str) -> None:
        """Setzt je Dimension: die ersten drei Indikatoren, ihre Anzahl, den häufigsten Stand."""
        rows = []
        for dimension in self._b.dimensionen():
            catalogue = self._b.indikatoren(dimension)
            newest = [self._b.wert(str(i)).stand for i in catalogue.index]
            stand = max(dict.fromkeys(newest), key=newest.count)
            names = "; ".join(str(name) for name in catalogue["bezeichnung"].iloc[:3])
            rows.append([dimension, names, numbers.number(len(catalogue)), stand])
        tables.put(
            self._b,
            ["Dimension", "Indikatoren, zum Beispiel", "Anzahl", "Stand"],
            rows,
            Caption(
                id,
                titel,
                f"Berichtsjahr {self._b.jahr}; Stand, den die meisten Indikatoren der Dimension haben",
                "Eigene Auszählung des Katalogs der Indikatoren.",
            ),
            Layout(columns="rand 1fr 12mm 30mm", left=(0, 1, 3)),
        )

    def gebiete(self, *, id: str, titel: str) -> None:
        """Setzt die Liste der kleinsten Gebiete mit ihren Nummern, wo keine Karte sie nennt."""
        b = self._b
        if b._tables.geometry is not None:
            return
        above = [b.ebenen.mitte.einzahl] if b.ebenen.mitte else []
        shown = b.raeume()[["nummer", "kurzname", *["stadtbezirk"][: len(above)]]]
        rows = [[str(cell) for cell in row] for row in shown.itertuples(index=False)]
        caption = Caption(id, titel, "", "Eigene Gliederung.")
        layout = Layout(columns="18mm 1fr" + " 60mm" * len(above), left=(1, 2) if above else (1,))
        tables.put(b, ["Nummer", b.ebenen.unten.einzahl, *above], rows, caption, layout)

    def verzeichnis(self) -> None:
        """Setzt das Verzeichnis der kleinsten Gebiete und der Namen ihrer Teile mit Nummer, Typ und Seiten."""
        areaindex.verzeichnis(self._b)

    def gebietsaenderungen(self) -> None:
        """Setzt, welche Gebiete seit dem frühesten Wert entstanden oder aufgelöst sind; nichts, wenn es keine gibt."""
        b = self._b
        areas, first = b._tables.areas, pd.Timestamp(min(b._tables.years), 1, 1)
        last = pd.Timestamp(b.jahr, 12, 31)
        told = []
        for level in (level for level in (b.ebenen.mitte, b.ebenen.unten) if level):
            own = areas[areas["ebene"] == level.schluessel]
            new = own[(own["gueltig_von"] > first) & (own["gueltig_von"] <= last)]
            gone = own[own["gueltig_bis"] < last]
            told += [f"{row['kurzname']} seit {row['gueltig_von']:%d.%m.%Y}" for _, row in new.iterrows()]
            told += [f"{row['kurzname']} bis {row['gueltig_bis']:%d.%m.%Y}" for _, row in gone.iterrows()]
        if told:
            shown, rest = told[:MOST_NAMED], len(told) - MOST_NAMED
            prose.text(
                b,
                "**Geänderte Gebiete.** Nicht durchgehend bestehen: {n}. Verglichen wird nie über eine Änderung "
                "hinweg; die Summen der Ebenen darüber bleiben vergleichbar.",
                n="; ".join([*shown, *([f"und {numbers.number(rest)} weitere"] if rest > 0 else [])]),
            )

    def tabelle_revisionen(self, *, id: str, titel: str) -> None:
        """Setzt die neu berechneten Werte früherer Stichtage neben die zuerst veröffentlichten.

        Nichts, wenn es für dieses Berichtsjahr keine gibt.
        """
        b = self._b
        if b._tables.revised.empty:
            return
        rows = []
        groups: Any = b._tables.revised.groupby(["merkmal", "stichtag"], sort=False)
        for (name, day), part in groups:
            version = int(part["fassung"].max())
            first = tablestore.of(b._tables.folder, int(part["fassung"].min()) - 1).cube()
            own = (first["merkmal"] == name) & (first["stichtag"] == day) & (first["raum_id"] == b.stadt)
            now = b.merkmal(str(name), b.stadt, f"{day:%Y-%m-%d}")
            cells = [
                captions.cell(float(row["wert"].iloc[0]), str(row["status"].iloc[0]), 0)
                if len(row)
                else numbers.status_sign(Status.MISSING)
                for row in (first[own], now)
            ]
            count = int((part["raum_id"].map(b._tables.areas["ebene"]) == b.ebenen.unten.schluessel).sum())
            title = str(b.merkmale().at[str(name), "bezeichnung"])
            rows.append([title, f"{day:%d.%m.%Y}", *cells, numbers.number(count), str(version)])
        shown = " ".join(captions.signs_in(cell for row in rows for cell in row))
        tables.put(
            b,
            ["Merkmal", "Stichtag", "zuerst veröffentlicht", "neu berechnet", b.ebenen.unten.mehrzahl, "ab Bericht"],
            rows,
            Caption(
                id, titel, f"{b.stadtname}; Zahl der neu berechneten {b.ebenen.unten.mehrzahl}",
                f"Eigene Auszählung der Lieferungen. {shown}".strip(),
            ),
            Layout(columns="1fr 20mm 26mm 24mm 22mm 18mm", left=(0, 1)),
        )  # fmt: skip

    def tabellen(self, dimension: str) -> None:
        """Setzt alle Indikatoren einer Dimension für alle Sozialräume, mit 95-%-Bereichen; höchstens vier je Seite."""
        names = list(self._b.indikatoren(dimension).index)
        parts = balanced(names, COLUMNS)
        slug = slugged(dimension)
        levels = " und ".join(level.mehrzahl for level in (self._b.ebenen.mitte, self._b.ebenen.unten) if level)
        prose.abschnitt(self._b, dimension, f"sec-tabellen-{slug}", neue_seite=True)
        for number, part in enumerate(parts, start=1):
            which = f" (Teil {number} von {len(parts)})" if len(parts) > 1 else ""
            tables.tabelle_raeume(self._b,
                [column for name in part for column in self._with_bounds(name)],
                id=f"tbl-{slug}" + (f"-{number}" if number > 1 else ""),
                titel=f"{dimension}: Indikatoren für {levels}{which}",
                einheit=f"Berichtsjahr {self._b.jahr}; Stände in der Quellenzeile", neue_seite=number > 1,
            )  # fmt: skip

    def _with_bounds(self, indikator: str) -> list[str]:
        """The column of an indicator and, where it has intervals, that of its bounds."""
        ranged = self._b.daten(indikator)["unten"].notna().any()
        return [indikator, *[f"{indikator}:bereich"] * bool(ranged)]

    def blaetter(self, dimension: str) -> None:
        """Setzt die Blätter aller Indikatoren einer Dimension."""
        prose.abschnitt(self._b, dimension, f"sec-blaetter-{slugged(dimension)}")
        for indikator in self._b.indikatoren(dimension).index:
            self.blatt(str(indikator))

    def blatt(self, indikator: str) -> None:
        """Setzt das Blatt eines Indikators: Definition, Berechnung, Stand, Richtung, Werte, Brüche, Datenquelle."""
        row = self._b.indikator(indikator)
        city = self._b.wert(indikator)
        high, low = self._b.hoechste(indikator), self._b.niedrigste(indikator)
        stand = captions.stands(Indikator(self._b, indikator)).removeprefix("Stand ")
        entries = {
            "Definition": f"{row['definition']} ({ORIGINS[str(row['herkunft'])]})",
            "Berechnung": self._formula(indikator),
            "Stand": f"{stand}; {self._rule(indikator)}",
            "Richtung": DIRECTIONS[str(row["richtung"])],
            self._b.stadtname: str(city) if city.ok else numbers.status_word(city.wert.status),
            self._b.ebenen.unten.mehrzahl: f"von {low[0]} ({low[0].raum}) bis {high[0]} "
            f"({high[0].raum}){self._hidden(indikator)}"
            if high
            else "keine veröffentlichten Werte",
            "Bruch": self._breaks(indikator),
            "Datenquelle": str(row["quelle"]),
        }
        words = definitions((term, text) for term, text in entries.items() if text)
        sheet = fence("datenblatt", words)
        blocks.put(blocks.paragraph(paragraphs(blocks.heading(3, str(row["bezeichnung"])), sheet)))

    def atlas(self) -> None:
        """Legt Startseite und Atlas des Webberichts an; in Kapitel und PDF steht davon nichts."""
        portal.atlas(self._b)

    def datenstand(self, *, id: str) -> None:
        """Setzt je Merkmal, nach Quellen gegliedert: neuester Stand, Zahl der Stichtage.

        Wie viele Zahlen eines Merkmals geheim gehalten werden, steht hier nicht: Es hülfe, sie einzugrenzen.
        """
        rows: list[list[str]] = []
        groups: list[int] = []
        for source, features in self._b.merkmale().groupby("quelle", sort=False):
            groups.append(len(rows))
            rows.append([str(source), "", "", ""])
            for feature, row in features.iterrows():
                named = [str(row["bezeichnung"]), str(row["einheit"])]
                if (table := self._b.merkmal(str(feature))).empty:
                    rows.append([*named, numbers.status_sign(Status.MISSING), "0"])
                    continue
                count = numbers.number(table["stichtag"].nunique())
                rows.append([*named, dates.in_source(table["stichtag"].max().date(), str(row["zeitbezug"])), count])
        missing = any(row[2] == numbers.status_sign(Status.MISSING) for row in rows)
        tables.put(
            self._b,
            ["Datenquelle, Merkmal", "Einheit", "neuester Stand", "Stich|tage"],
            rows,
            Caption(
                id,
                "Merkmale und ihr Datenstand",
                f"bis zum Berichtsjahr {self._b.jahr}",
                " ".join(["Eigene Auszählung.", *captions.signs([Status.MISSING] * missing)]),
            ),
            Layout(columns="1fr 27mm 30mm 14mm", groups=tuple(groups), left=(0, 1, 2), wide=True),
        )

    def brueche(self, *, id: str) -> None:
        """Setzt die erklärten Brüche der Zeitreihen bis zum Berichtsjahr; nichts, wenn es keine gibt."""
        table = self._b._tables.breaks[self._b._tables.breaks["ab"].dt.year <= self._b.jahr]
        names = self._b.merkmale()["bezeichnung"]
        rows = [
            [f"{cut:%d.%m.%Y}", "; ".join(str(names[feature]) for feature in group["merkmal"]), str(reason)]
            for (cut, reason), group in table.groupby(["ab", "grund"], sort=True)
        ]
        if rows:
            tables.put(
                self._b, ["ab", "Merkmale", "Grund"], rows,
                Caption(
                    id, "Brüche in den Zeitreihen", "Über einen Bruch hinweg werden keine Werte verglichen",
                    "Eigene Festlegung nach den Quellen der Merkmale.",
                ),
                Layout(columns="20mm 1fr 1fr", left=(0, 1, 2)),
            )  # fmt: skip

    def hinweise(self, *, id: str) -> None:
        """Setzt die ungewöhnlichen Angaben bis zum Berichtsjahr, die geprüft sind und stimmen; nichts ohne solche."""
        accepted.put(self._b, id)

    def lieferungen(self, *, id: str) -> None:
        """Setzt die eingelesenen Lieferungen (``sozialbericht import``): Quelle, Eingang, Stand, Zahl der Werte."""
        deliverytable.put(self._b, id)

    def wegweiser(self) -> None:
        """Setzt je Dimension, in welchen Tabellen des Anhangs ihre Werte stehen."""
        timetables.wegweiser(self._b)

    def zeitreihen(self, dimension: str) -> None:
        """Setzt die Zeitreihen einer Dimension: alle Indikatoren der Stadt, die Hauptindikatoren nach Stadtbezirken."""
        timetables.zeitreihen(self._b, dimension)

    def _rule(self, indikator: str) -> str:
        """Which Stand a report takes, in words: „jüngster September bis zum Berichtsjahr“."""
        row = self._b.indikator(indikator)
        back = int(row["verzug_jahre"])
        period = self._b._zeitbezug(indikator)
        limit = dates.YEARS_BACK.get(back, f"{back} Jahre") + " vor dem" if back else "zum"
        if period == "schuljahr":
            return f"jüngstes Schuljahr, das spätestens {limit if back else 'im'} Berichtsjahr beginnt"
        what = "jüngstes Jahr" if period == "jahr" else f"jüngster {captions.MONTHS[int(row['bezug_monat']) - 1]}"
        return f"{what} bis {limit} Berichtsjahr"

    def _hidden(self, indikator: str) -> str:
        count = int((self._b.daten(indikator)["status"] == Status.WITHHELD).sum())
        return f"; {numbers.number(count)} {'Wert' if count == 1 else 'Werte'} geheim gehalten" if count else ""

    def _formula(self, indikator: str) -> str:
        row = self._b.indikator(indikator)
        names = self._b.merkmale()["bezeichnung"]
        top = _sum([str(names[f]) for f in terms(str(row["zaehler"]))])
        if row["art"] == "veraenderung":
            return f"({top} / {top} {int(row['basisjahr'])} − 1) × {numbers.number(row['faktor'])}"
        bottom = _sum([str(names[f]) for f in terms(str(row["nenner"]))])
        formula = f"{top} / {bottom}" + (f" × {numbers.number(row['faktor'])}" if row["faktor"] != 1 else "")
        whole = f"; Wert {self._b.ebenen.stadt.von} = {numbers.number(row['faktor'])}"
        return formula + (whole if row["art"] == "index" else "")

    def _breaks(self, indikator: str) -> str:
        return " ".join(f"{cut['ab']:%d.%m.%Y}: {cut['grund']}" for _, cut in self._b.brueche(indikator).iterrows())


def _sum(names: list[str]) -> str:
    """Several features as a sum in brackets."""
    return f"({' + '.join(names)})" if len(names) > 1 else names[0]
