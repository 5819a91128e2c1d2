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
from sozialbericht.findings import decision, typification
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.decision import SURE, sure
from sozialbericht.findings.types import AKTIONSTYPEN, TYPNAMEN, Typisierung, Typwechsel, runs_in_percent, typname
from sozialbericht.status import Status
from sozialbericht.wording.sentences import sentence
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import captions, figures, tables
from sozialbericht.writing.blocks import KeyFigure, Layout

NOTHING = "–"


class Typologie(Typisierung):
    """Die Typisierung eines Jahres mit ihren Bildern, Tabellen und Sätzen: ``t = b.typisierung()``.

    Was herauskam, sagen die Eigenschaften der Typisierung (``t.typ``, ``t.gebiete(5)``, ``t.grund`` …). Ohne Typisierung
    setzen Bilder und Tabellen nichts.
    """

    def __init__(self, b: Datenbestand, jahr: int | None = None) -> None:
        vars(self).update(vars(typification.typisierung(b, jahr)), _b=b)

    _b: Datenbestand

    @property
    def sicher_ab(self) -> int:
        """Ab wie vielen von 100 Berechnungen eine Zuordnung kein Grenzfall ist."""
        return round(SURE * 100)

    def kennzahlen(self) -> list[KeyFigure]:
        """Drei Kennzahlen: Gebiete unter dem Durchschnitt, Gebiete der Typen 5 und 4, Grenzfälle zwischen Typen."""
        found = self
        of_all = f"von {numbers.number(len(self._b.raeume()))} {self._b.ebenen.unten.dativ}"
        typed = sum(len(found.gebiete(kind)) for kind in AKTIONSTYPEN)
        notes = {
            rule: f"{of_all}; sie sind die Aktionsräume" if rule is decision.rule(self._b) else of_all for rule in Regel
        }
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
        kept = self.stabilitaet.sort_values(kind="stable")
        return [str(area) for area, share in kept.dropna().items() if not sure(float(share))]

    def merkmalnamen(self) -> list[str]:
        """Die Bezeichnungen der Merkmale, aus denen die Typen gebildet sind, in der Reihenfolge des Katalogs."""
        catalogue = self._b.indikatoren()
        return [str(catalogue.at[name, "bezeichnung"]) for name in _in_order(self._b, self.merkmale)]

    def karte(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Karte der Typen mit dem Schlüssel der Namen."""
        found, frame, plan = self, self._b.geodaten(), decision.auswahl(self._b).raeume

        def draw(narrow: bool) -> Figure:
            return choropleth.types(
                frame, frame["teil_von"], found.typ, list(TYPNAMEN.values()), border=self._b.ebenen.mitte.einzahl,
                narrow=narrow, counted="Räume", ringed=plan, ring="Aktionsraum",
            )  # fmt: skip

        first = [self._b.name(area) for area in found.gebiete(AKTIONSTYPEN[0])]
        sizes = enumeration(f"Typ {k} ({numbers.number(len(found.gebiete(k)))})" for k in TYPNAMEN)
        figures.abbildung(self._b,
            draw, id=id, titel=titel, einheit="im Kreis: Aktionsräume; im Schlüssel: Nummer, Name und Typ",
            alternativtext=f"Karte der {len(frame)} {self._b.ebenen.unten.mehrzahl} nach fünf Typen: {sizes}. "
            f"Typ {AKTIONSTYPEN[0]}, {TYPNAMEN[AKTIONSTYPEN[0]]}: {enumeration(first)}. "
            f"Aktionsräume: {enumeration(self._b.name(area) for area in plan) or 'keine'}. "
            "Alle Zuordnungen stehen im Schlüssel unter der Karte.",
            quelle=type_source(self._b, quelle, f"Zahlen in der Karte: Nummern der {self._b.ebenen.unten.mehrzahl}.",
             f"{self._b.kartenhinweis}."),
            schluessel=[
                (str(int(row["nummer"])), str(row["kurzname"]), self._kind(str(area)))
                for area, row in self._b.raeume().iterrows()
            ],
        )  # fmt: skip

    def profilbild(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Profile der Typen: jedes Merkmal als Abstand zum Wert der Stadt.

        Bei den gewerteten Merkmalen ist rechts günstiger, bei den Strukturmerkmalen ist rechts weniger als in der
        Stadt.
        """
        found = self
        table, structural = self._distances(found.gewertet), self._structural_distances()
        count = sentence("{n:wort}", n=len(table))
        mean = f"Mittel dieser {count} Merkmale" if len(structural) else "Mittel aller Merkmale"
        sizes = {k: len(found.gebiete(k)) for k in TYPNAMEN}

        def draw(narrow: bool) -> Figure:
            return typeprofiles.profiles(
                table, TYPNAMEN, sizes, city_name=self._b.stadtname, narrow=narrow, mean=mean, structural=structural
            )

        kind = int(found.profile.index.max())
        worst = found.profile.loc[kind, found.gewertet]
        more = self.hoehere_strukturmerkmale(kind)
        told = f" Mehr als in der Stadt sind es dort bei: {enumeration(more)}." if more else ""
        small = [k for k in TYPNAMEN if sizes[k] and k not in found.profile.index]
        hidden = f"Typen mit weniger als drei Gebieten ({enumeration(small)}) sind nicht dargestellt." if small else ""
        figures.abbildung(self._b,
            draw, id=id, titel=titel,
            einheit=f"Mittel der {self._b.ebenen.unten.mehrzahl} eines Typs als Abstand vom Wert der Stadt in "
            f"Standardabweichungen; Linie: {self._b.stadtname}; in Klammern: Zahl der {self._b.ebenen.unten.mehrzahl}",
            alternativtext=f"Punktreihen der fünf Typen für {len(found.merkmale)} Merkmale. Typ {kind} liegt bei "
            f"{int((worst > 0).to_numpy().sum())} von {len(worst)} gewerteten Merkmalen ungünstiger als die Stadt, "
            f"im Mittel um {numbers.number(worst.to_numpy().mean(), 1)} Standardabweichungen.{told} "
            f"Die Mittel aller Typen stehen in der Tabelle der {self._b.ebenen.unten.mehrzahl}.",
            quelle=type_source(self._b, quelle, hidden),
        )  # fmt: skip

    def grenzfallbild(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Grenzfälle: in welchem Anteil der Berechnungen sie welchem Typ angehören,
        die unsichersten zuerst."""
        found, areas = self, self._b.raeume()
        chosen = self.grenzfaelle()
        table = found.anteile.loc[chosen].assign(
            nummer=areas.loc[chosen, "nummer"], kurzname=areas.loc[chosen, "kurzname"], typ=found.typ[chosen]
        )

        def draw(narrow: bool) -> Figure:
            return typeprofiles.memberships(table, TYPNAMEN, narrow=narrow)

        told = enumeration(f"{self._b.name(a)} ({numbers.percent(found.stabilitaet[a] * 100, 0)})" for a in chosen[:3])
        rest = len(found.reihenfolge) - len(chosen)
        figures.abbildung(self._b,
            draw, id=id, titel=titel,
            einheit=f"in % der Berechnungen; Ziffern: Typ {self._b.ebenen.unten.des} {self._b.ebenen.unten.genitiv} "
            "dabei, links der eigene",
            alternativtext=f"Gestapelte Balken der {len(chosen)} {self._b.ebenen.unten.mehrzahl}, die ihren Typ in "
            f"weniger als {self.sicher_ab} % der Berechnungen behalten. Am seltensten: {told}.",
            quelle=type_source(self._b, quelle, f"{numbers.number(rest)} weitere {self._b.ebenen.unten.mehrzahl} "
             f"behalten ihren Typ in mindestens {self.sicher_ab} % der Berechnungen."),
        )  # fmt: skip

    def tabelle(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt alle Sozialräume nach Typen: Abstand zur Stadt, Stabilität, Ersatztyp, Auslassungen."""
        found = self
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
        states = [Status.WITHHELD] * bool(found.abstand[found.reihenfolge].isna().any()) + [Status.MISSING] * bool(
            missing
        )
        for area in missing:
            rows.append([self._b.name(area), *[numbers.status_sign(Status.MISSING)] * 6])
        tables.tabelle(self._b,
            [f"Typ, {self._b.ebenen.unten.einzahl}", "Abstand zur Stadt", "unter Durch|schnitt",
             "dies in % der Berech|nungen", "behält Typ in %", "sonst Typ", "ohne je ein Merk|mal"],
            rows, id=id, titel=titel,
            einheit="Abstand: Mittel aller Merkmale in Standardabweichungen, + unter dem städtischen Durchschnitt; "
            f"letzte Spalte: behält den Typ in so vielen von {numbers.number(len(found.merkmale))} Berechnungen "
            "ohne je ein Merkmal",
            quelle=type_source(self._b, quelle, "Fett: Aktionsräume.", *captions.signs(states)),
            satz=Layout(columns="1fr " + " ".join(["14mm"] * 6), groups=tuple(groups), wide=True, new_page=True),
        )  # fmt: skip

    def tabelle_gruppenzahl(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt zwei bis acht Gruppen mit Silhouette und Varianz innerhalb der Gruppen."""
        table = self.guete()
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
        tables.tabelle(self._b,
            ["Zahl der Gruppen", "mittlere Silhouette", "Varianz innerhalb", "ihre Abnahme"],
            rows, id=id, titel=titel,
            einheit="Silhouette: höher ist besser; Varianz in % der gesamten, Abnahme in Prozentpunkten",
            quelle=type_source(self._b, quelle, assigned=False), satz=Layout(columns="rand 1fr 1fr 1fr"),
        )  # fmt: skip

    def tabelle_wechsel(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt, wie viele Sozialräume von welchem früheren zu welchem jetzigen Typ gehören."""
        change = self.wechsel()
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
        tables.tabelle(self._b,
            [f"Typ {change.jahr}", *[f"Typ {k} {self._b.jahr}" for k in change.tabelle.columns], "Insgesamt"], rows,
            id=id, titel=titel, einheit=f"Zahl der {self._b.ebenen.unten.mehrzahl}",
            quelle=type_source(self._b, quelle, "„–“ nichts vorhanden."),
            satz=Layout(columns="rand " + " ".join(["1fr"] * 6), groups=(len(rows) - 1,)),
        )  # fmt: skip

    def tabelle_proben(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt den adjustierten Rand-Index zu anderen Berechnungen: Zufall, ohne je ein Merkmal, früheres Jahr."""
        found, change = self, self.wechsel()
        runs = f"mit zufälliger Schwankung, Mittel von {numbers.number(found.laeufe)} Berechnungen"
        rows = [[runs, numbers.number(found.rand, 2)]]
        rows += [
            [f"ohne „{self._b.indikator(name)['bezeichnung']}“", numbers.number(found.rand_ohne[name], 2)]
            for name in _in_order(self._b, found.merkmale)
        ]
        if not np.isnan(found.rand_struktur):
            names = enumeration(
                f"„{self._b.indikator(name)['bezeichnung']}“" for name in _in_order(self._b, found.struktur)
            )
            rows.append([f"ohne {names}", numbers.number(found.rand_struktur, 2)])
        if not change.grund:
            rows.append([f"für das Jahr {change.jahr}", numbers.number(change.rand, 2)])
        tables.tabelle(self._b,
            ["Andere Berechnung", "adjustierter Rand-Index"], rows, id=id, titel=titel,
            einheit="1: völlig gleich, 0: wie bei zufälliger Zuordnung",
            quelle=type_source(self._b, quelle, assigned=False), satz=Layout(columns="1fr 40mm"),
        )  # fmt: skip

    def _row(self, area: str) -> list[str]:
        found = self
        other = found.ersatztyp[area]
        name = f"{str(self._b.raeume().at[area, 'nummer']).rjust(2, chr(0x2007))}\u00a0\u00a0{self._b.name(area)}"
        return [
            bold(name) if area in decision.auswahl(self._b).raeume else name,
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
        kind = self.typ[area]
        return numbers.status_sign(Status.MISSING) if pd.isna(kind) else str(int(kind))

    def hoehere_strukturmerkmale(self, typ: int) -> list[str]:
        """Die Bezeichnungen der Strukturmerkmale, deren Werte in einem Typ höher liegen als in der Stadt."""
        return [str(name) for name, distance in self._structural_distances()[typ].items() if distance < 0]

    def _structural_distances(self) -> pd.DataFrame:
        """The distances of the types from the city for the structural features, + less than in the city."""
        signs = self._b._tables.indicators["typ_vorzeichen"].astype(float)
        names = _in_order(self._b, self.struktur)
        return self._distances(names).mul([signs[name] for name in names], axis=0)

    def _distances(self, names: list[str]) -> pd.DataFrame:
        """The distances of the types from the city, features by title × types, + favourable."""
        chosen = _in_order(self._b, names)
        table: pd.DataFrame = -self.profile[chosen].T
        return table.set_axis([str(self._b.indikator(name)["bezeichnung"]) for name in chosen], axis=0)

    # -- what else the typology says --------------------------------------------------------------------

    def feste_merkmale(self) -> list[str]:
        """Die Bezeichnungen der Merkmale ohne Zählung, die in allen Berechnungen gleich bleiben."""
        return typification.feste_merkmale(self._b)

    def gepoolte_merkmale(self) -> list[str]:
        """Die Merkmale, deren Fallzahlen über Jahre summiert sind: „Bezeichnung“ (drei Jahre)."""
        return typification.gepoolte_merkmale(self._b)

    def guete(self) -> pd.DataFrame:
        """Wie gut zwei bis acht Gruppen die Gebiete beschreiben: Zeilen k, Spalten silhouette, within, worst."""
        return typification.typguete(self._b)

    def guete_bevorzugt(self) -> tuple[int, int]:
        """Welche Zahl von Gruppen die Silhouette bevorzugt und nach welcher die Varianz kaum noch abnimmt."""
        return typification.typguete_bevorzugt(self._b)

    def wechsel(self, seit: int | None = None) -> Typwechsel:
        """Wer gegenüber dem Vergleichsjahr (oder dem Jahr ``seit``) den Typ gewechselt hat."""
        return typification.typwechsel(self._b, seit)


def type_source(b: Datenbestand, given: str, *notes: str, assigned: bool = True) -> str:
    """The source line as given, else that of all features; then notes and, where areas are assigned to types, the
    calibration sentence."""
    words = " ".join(filter(None, [*notes, captions.calibration(b) if assigned else ""]))
    if given:
        return Markup(" ").join(filter(None, [given, words]))
    words = f"{typification.summenhinweis(b)} {words}".strip()
    return captions.source_line(b, _in_order(b, typification.typisierung(b).merkmale), extra=words)


def _in_order(b: Datenbestand, names: list[str]) -> list[str]:
    return [str(name) for name in b.indikatoren().index if name in names]
