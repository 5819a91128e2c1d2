"""Figures and tables of the typology: map, profiles, stability, members, number of clusters, transitions."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.data.settings import Regel
from sozialbericht.drawing.charts import typeprofiles
from sozialbericht.drawing.maps import choropleth
from sozialbericht.escaping import Markup, bold
from sozialbericht.findings.decision import SURE, Entscheidung, sure
from sozialbericht.findings.types import runs_in_percent
from sozialbericht.findings.typification import AKTIONSTYPEN, TYPNAMEN, typname
from sozialbericht.status import Status
from sozialbericht.wording.sentences import sentence
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import captions
from sozialbericht.writing.blocks import KeyFigure, Layout
from sozialbericht.writing.figures import Abbildungen
from sozialbericht.writing.tables import Tabellen

NOTHING = "–"
CALIBRATION = "Die Zuordnung ist in den Modelldaten angelegt und belegt nichts über die wirklichen Gebiete."


class Typenbilder(Entscheidung, Abbildungen, Tabellen):
    """Der Teil des Berichts, der die Typisierung in Abbildungen und Tabellen setzt."""

    @property
    def sicher_ab(self) -> int:
        """Ab wie vielen von 100 Berechnungen eine Zuordnung kein Grenzfall ist."""
        return round(SURE * 100)

    @property
    def kalibrierungshinweis(self) -> str:
        """Der Satz, dass die Zuordnung in den Modelldaten angelegt ist; leer bei amtlichen Daten."""
        return CALIBRATION if self.ist_modell else ""

    def typkennzahlen(self) -> list[KeyFigure]:
        """Drei Kennzahlen: Gebiete unter dem Durchschnitt, Gebiete der Typen 5 und 4, Grenzfälle zwischen Typen."""
        found = self.typisierung()
        of_all = f"von {numbers.number(len(self.raeume()))} {self.ebenen.unten.dativ}"
        typed = sum(len(found.gebiete(kind)) for kind in AKTIONSTYPEN)
        notes = {rule: f"{of_all}; sie sind die Aktionsräume" if rule is self.regel else of_all for rule in Regel}
        return [
            KeyFigure(
                "unter dem städtischen Durchschnitt", numbers.number(found.unter_durchschnitt.sum()), "",
                notes[Regel.UNTER_DURCHSCHNITT],
            ),
            KeyFigure(
                f"in den Typen {enumeration(sorted(AKTIONSTYPEN))}", numbers.number(typed), "", notes[Regel.TYP]
            ),
            KeyFigure(
                "Grenzfälle zwischen Typen", numbers.number(len(self.grenzfaelle())), "",
                f"behalten ihren Typ in weniger als {self.sicher_ab} von 100 Berechnungen",
            ),
        ]  # fmt: skip

    def grenzfaelle(self) -> list[str]:
        """Die Gebiete (raum_id), die ihren Typ in weniger als 95 von 100 Berechnungen behalten, unsichere zuerst."""
        kept = self.typisierung().stabilitaet.sort_values(kind="stable")
        return [str(area) for area, share in kept.dropna().items() if not self.ist_sicher(share)]

    def ist_sicher(self, anteil: float) -> bool:
        """Ob ein Anteil der Berechnungen, wie er gedruckt wird, für eine sichere Zuordnung reicht."""
        return sure(anteil)

    def merkmalnamen(self) -> list[str]:
        """Die Bezeichnungen der Merkmale, aus denen die Typen gebildet sind, in der Reihenfolge des Katalogs."""
        catalogue = self.indikatoren()
        return [str(catalogue.at[name, "bezeichnung"]) for name in self._in_order(self.typisierung().merkmale)]

    def typenkarte(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Karte der Typen mit dem Schlüssel der Namen."""
        found, frame, plan = self.typisierung(), self.geodaten(), self.aktionsraeume()

        def draw(narrow: bool) -> Figure:
            return choropleth.types(
                frame, frame["teil_von"], found.typ, list(TYPNAMEN.values()), border=self.ebenen.mitte.einzahl,
                narrow=narrow, counted="Räume", ringed=plan, ring="Aktionsraum",
            )  # fmt: skip

        first = [self.name(area) for area in found.gebiete(AKTIONSTYPEN[0])]
        sizes = enumeration(f"Typ {k} ({numbers.number(len(found.gebiete(k)))})" for k in TYPNAMEN)
        self.abbildung(
            draw, id=id, titel=titel, einheit="im Kreis: Aktionsräume; im Schlüssel: Nummer, Name und Typ",
            alternativtext=f"Karte der {len(frame)} {self.ebenen.unten.mehrzahl} nach fünf Typen: {sizes}. "
            f"Typ {AKTIONSTYPEN[0]}, {TYPNAMEN[AKTIONSTYPEN[0]]}: {enumeration(first)}. "
            f"Aktionsräume: {enumeration(self.name(area) for area in plan) or 'keine'}. "
            "Alle Zuordnungen stehen im Schlüssel unter der Karte.",
            quelle=self._typenquelle(quelle, f"Zahlen in der Karte: Nummern der {self.ebenen.unten.mehrzahl}.",
             f"{self.kartenhinweis}."),
            schluessel=[
                (str(int(row["nummer"])), str(row["kurzname"]), self._kind(str(area)))
                for area, row in self.raeume().iterrows()
            ],
        )  # fmt: skip

    def typenprofil(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Profile der Typen: jedes Merkmal als Abstand zum Wert der Stadt.

        Bei den gewerteten Merkmalen ist rechts günstiger, bei den Strukturmerkmalen ist rechts weniger als in der
        Stadt.
        """
        found = self.typisierung()
        table, structural = self._distances(found.gewertet), self._structural_distances()
        count = sentence("{n:wort}", n=len(table))
        mean = f"Mittel dieser {count} Merkmale" if len(structural) else "Mittel aller Merkmale"
        sizes = {k: len(found.gebiete(k)) for k in TYPNAMEN}

        def draw(narrow: bool) -> Figure:
            return typeprofiles.profiles(
                table, TYPNAMEN, sizes, city_name=self.stadtname, narrow=narrow, mean=mean, structural=structural
            )

        kind = int(found.profile.index.max())
        worst = found.profile.loc[kind, found.gewertet]
        more = self.hoehere_strukturmerkmale(kind)
        told = f" Mehr als in der Stadt sind es dort bei: {enumeration(more)}." if more else ""
        small = [k for k in TYPNAMEN if sizes[k] and k not in found.profile.index]
        hidden = f"Typen mit weniger als drei Gebieten ({enumeration(small)}) sind nicht dargestellt." if small else ""
        self.abbildung(
            draw, id=id, titel=titel,
            einheit=f"Mittel der {self.ebenen.unten.mehrzahl} eines Typs als Abstand vom Wert der Stadt in "
            f"Standardabweichungen; Linie: {self.stadtname}; in Klammern: Zahl der {self.ebenen.unten.mehrzahl}",
            alternativtext=f"Punktreihen der fünf Typen für {len(found.merkmale)} Merkmale. Typ {kind} liegt bei "
            f"{int((worst > 0).to_numpy().sum())} von {len(worst)} gewerteten Merkmalen ungünstiger als die Stadt, "
            f"im Mittel um {numbers.number(worst.to_numpy().mean(), 1)} Standardabweichungen.{told} "
            f"Die Mittel aller Typen stehen in der Tabelle der {self.ebenen.unten.mehrzahl}.",
            quelle=self._typenquelle(quelle, hidden),
        )  # fmt: skip

    def typensicherheit(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Grenzfälle: in welchem Anteil der Berechnungen sie welchem Typ angehören,
        die unsichersten zuerst."""
        found, areas = self.typisierung(), self.raeume()
        chosen = self.grenzfaelle()
        table = found.anteile.loc[chosen].assign(
            nummer=areas.loc[chosen, "nummer"], kurzname=areas.loc[chosen, "kurzname"], typ=found.typ[chosen]
        )

        def draw(narrow: bool) -> Figure:
            return typeprofiles.memberships(table, TYPNAMEN, narrow=narrow)

        told = enumeration(f"{self.name(a)} ({numbers.percent(found.stabilitaet[a] * 100, 0)})" for a in chosen[:3])
        rest = len(found.reihenfolge) - len(chosen)
        self.abbildung(
            draw, id=id, titel=titel,
            einheit=f"in % der Berechnungen; Ziffern: Typ {self.ebenen.unten.des} {self.ebenen.unten.genitiv} "
            "dabei, links der eigene",
            alternativtext=f"Gestapelte Balken der {len(chosen)} {self.ebenen.unten.mehrzahl}, die ihren Typ in "
            f"weniger als {self.sicher_ab} % der Berechnungen behalten. Am seltensten: {told}.",
            quelle=self._typenquelle(quelle, f"{numbers.number(rest)} weitere {self.ebenen.unten.mehrzahl} "
             f"behalten ihren Typ in mindestens {self.sicher_ab} % der Berechnungen."),
        )  # fmt: skip

    def tabelle_typen(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt alle Sozialräume nach Typen: Abstand zur Stadt, Stabilität, Ersatztyp, Auslassungen."""
        found = self.typisierung()
        rows: list[list[str]] = []
        groups: list[int] = []
        for kind in sorted(TYPNAMEN, reverse=True):
            members = found.gebiete(kind)
            groups.append(len(rows))
            mean = (
                numbers.number(found.profile.loc[kind].to_numpy().mean(), 1, sign=True)
                if kind in found.profile.index
                else ""
            )
            rows.append([f"{typname(kind)} ({numbers.number(len(members))})", mean, *[""] * 5])
            rows += [self._row(area) for area in members]
        missing = [str(area) for area in found.typ.index[found.typ.isna()]]
        states = (
            [Status.WITHHELD] * bool(found.abstand[found.reihenfolge].isna().any()) + [Status.MISSING] * bool(missing)
        )
        for area in missing:
            rows.append([self.name(area), *[numbers.status_sign(Status.MISSING)] * 6])
        self.tabelle(
            [f"Typ, {self.ebenen.unten.einzahl}", "Abstand zur Stadt", "unter Durch|schnitt",
             "dies in % der Berech|nungen", "behält Typ in %", "sonst Typ", "ohne je ein Merk|mal"],
            rows, id=id, titel=titel,
            einheit="Abstand: Mittel aller Merkmale in Standardabweichungen, + unter dem städtischen Durchschnitt; "
            f"letzte Spalte: behält den Typ in so vielen von {numbers.number(len(found.merkmale))} Berechnungen "
            "ohne je ein Merkmal",
            quelle=self._typenquelle(quelle, "Fett: Aktionsräume.", *captions.signs(states)),
            satz=Layout(columns="1fr " + " ".join(["14mm"] * 6), groups=tuple(groups), wide=True, new_page=True),
        )  # fmt: skip

    def tabelle_gruppenzahl(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt zwei bis acht Gruppen mit Silhouette und Varianz innerhalb der Gruppen."""
        table = self.typguete()
        before = [1.0, *table["within"]]
        rows = [
            [
                bold(str(k)) if k == len(TYPNAMEN) else str(k),
                numbers.number(row["silhouette"], 2),
                numbers.number(row["within"] * 100, 1),
                numbers.number((before[n] - row["within"]) * 100, 1),
            ]
            for n, (k, row) in enumerate(table.iterrows())
        ]
        self.tabelle(
            ["Zahl der Gruppen", "mittlere Silhouette", "Varianz innerhalb", "ihre Abnahme"],
            rows, id=id, titel=titel,
            einheit="Silhouette: höher ist besser; Varianz in % der gesamten, Abnahme in Prozentpunkten",
            quelle=self._typenquelle(quelle, assigned=False), satz=Layout(columns="rand 1fr 1fr 1fr"),
        )  # fmt: skip

    def tabelle_typwechsel(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt, wie viele Sozialräume von welchem früheren zu welchem jetzigen Typ gehören."""
        change = self.typwechsel()
        rows = [
            [
                f"Typ {old}",
                *[numbers.number(n) if n else NOTHING for n in row],
                numbers.number(row.sum()),
            ]
            for old, row in change.tabelle.iterrows()
        ]
        total = change.tabelle.sum()
        rows.append(["Insgesamt", *[numbers.number(n) for n in total], numbers.number(total.sum())])
        self.tabelle(
            [f"Typ {change.jahr}", *[f"Typ {k} {self.jahr}" for k in change.tabelle.columns], "Insgesamt"], rows,
            id=id, titel=titel, einheit=f"Zahl der {self.ebenen.unten.mehrzahl}",
            quelle=self._typenquelle(quelle, "„–“ nichts vorhanden."),
            satz=Layout(columns="rand " + " ".join(["1fr"] * 6), groups=(len(rows) - 1,)),
        )  # fmt: skip

    def tabelle_typproben(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt den adjustierten Rand-Index zu anderen Berechnungen: Zufall, ohne je ein Merkmal, früheres Jahr."""
        found, change = self.typisierung(), self.typwechsel()
        runs = f"mit zufälliger Schwankung, Mittel von {numbers.number(found.laeufe)} Berechnungen"
        rows = [[runs, numbers.number(found.rand, 2)]]
        rows += [
            [f"ohne „{self.indikator(name)['bezeichnung']}“", numbers.number(found.rand_ohne[name], 2)]
            for name in self._in_order(found.merkmale)
        ]
        if not np.isnan(found.rand_struktur):
            names = enumeration(f"„{self.indikator(name)['bezeichnung']}“" for name in self._in_order(found.struktur))
            rows.append([f"ohne {names}", numbers.number(found.rand_struktur, 2)])
        if not change.grund:
            rows.append([f"für das Jahr {change.jahr}", numbers.number(change.rand, 2)])
        self.tabelle(
            ["Andere Berechnung", "adjustierter Rand-Index"], rows, id=id, titel=titel,
            einheit="1: völlig gleich, 0: wie bei zufälliger Zuordnung",
            quelle=self._typenquelle(quelle, assigned=False), satz=Layout(columns="1fr 40mm"),
        )  # fmt: skip

    def _row(self, area: str) -> list[str]:
        found = self.typisierung()
        other = found.ersatztyp[area]
        name = f"{str(self.raeume().at[area, 'nummer']).rjust(2, chr(0x2007))}\u00a0\u00a0{self.name(area)}"
        return [
            bold(name) if area in self.aktionsraeume() else name,
            numbers.status_sign(Status.WITHHELD)
            if pd.isna(found.abstand[area])
            else numbers.number(found.abstand[area], 1, sign=True),
            "ja" if found.unter_durchschnitt[area] else "nein",
            runs_in_percent(float(found.unter_anteil[area])),
            runs_in_percent(float(found.stabilitaet[area])),
            NOTHING if pd.isna(other) else str(int(other)),
            numbers.number(found.auslassungen[area]),
        ]

    def _kind(self, area: str) -> str:
        kind = self.typisierung().typ[area]
        return numbers.status_sign(Status.MISSING) if pd.isna(kind) else str(int(kind))

    def hoehere_strukturmerkmale(self, typ: int) -> list[str]:
        """Die Bezeichnungen der Strukturmerkmale, deren Werte in einem Typ höher liegen als in der Stadt."""
        return [str(name) for name, distance in self._structural_distances()[typ].items() if distance < 0]

    def _structural_distances(self) -> pd.DataFrame:
        """The distances of the types from the city for the structural features, + less than in the city."""
        signs = self._tables.indicators["typ_vorzeichen"].astype(float)
        names = self._in_order(self.typisierung().struktur)
        return self._distances(names).mul([signs[name] for name in names], axis=0)

    def _distances(self, names: list[str]) -> pd.DataFrame:
        """The distances of the types from the city, features by title × types, + favourable."""
        chosen = self._in_order(names)
        table: pd.DataFrame = -self.typisierung().profile[chosen].T
        return table.set_axis([str(self.indikator(name)["bezeichnung"]) for name in chosen], axis=0)

    def _in_order(self, names: list[str]) -> list[str]:
        return [str(name) for name in self.indikatoren().index if name in names]

    def _typenquelle(self, given: str, *notes: str, assigned: bool = True) -> str:
        """The source line as given, else that of all features; then notes and, where areas are assigned to types, the

        calibration sentence.
        """
        words = " ".join(filter(None, [*notes, self.kalibrierungshinweis if assigned else ""]))
        if given:
            return Markup(" ").join(filter(None, [given, words]))
        words = f"{self.summenhinweis} {words}".strip()
        return captions.source_line(self, self._in_order(self.typisierung().merkmale), extra=words)
