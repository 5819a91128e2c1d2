"""The typology in a report: its figures, its tables, its sentences, on one object."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.data.settings import Regel
from sozialbericht.drawing.charts import typeprofiles
from sozialbericht.drawing.maps import choropleth
from sozialbericht.escaping import Markup
from sozialbericht.findings import decision, typification
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.decision import SURE, sure
from sozialbericht.findings.types import Typisierung, Typwechsel
from sozialbericht.subjects.typologies import typeprobes, typetables
from sozialbericht.subjects.typologies.typeprobes import Auslassung, Gruppenwahl, Strukturprobe
from sozialbericht.subjects.typologies.typetables import in_order, type_source
from sozialbericht.wording.sentences import WORDS, sentence
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import alternatives, captions, figures
from sozialbericht.writing.blocks import Caption, KeyFigure

#: So many cases near a border have room on a page.
MOST_CASES = 36


class Typologie(Typisierung):
    """Die Typisierung eines Jahres mit ihren Bildern, Tabellen und Sätzen: ``t = b.typisierung()``.

    Was herauskam, sagen die Eigenschaften der Typisierung (``t.typ``, ``t.gebiete(5)``, ``t.grund`` …). Gibt es keine
    Typisierung, setzen Bilder und Tabellen nichts.
    """

    def __init__(self, b: Datenbestand, jahr: int | None = None) -> None:
        vars(self).update(vars(typification.typisierung(b, jahr)), _b=b)

    _b: Datenbestand

    @property
    def sicher_ab(self) -> int:
        """Ab wie vielen von 100 Berechnungen eine Zuordnung kein Grenzfall ist."""
        return round(SURE * 100)

    def kennzahlen(self) -> list[KeyFigure]:
        """Drei Kennzahlen: Gebiete unter dem Durchschnitt, Gebiete der belasteten Typen, Grenzfälle zwischen Typen."""
        of_all = f"von {numbers.number(len(self._b.raeume()))} {self._b.ebenen.unten.dativ}"
        typed = sum(len(self.gebiete(kind)) for kind in self.typen.belastete)
        notes = {
            rule: f"{of_all}; sie sind die Aktionsräume" if rule is decision.rule(self._b) else of_all for rule in Regel
        }
        return [
            KeyFigure(
                f"unter dem {self._b.ebenen.stadt.durchschnitt}", numbers.number(self.unter_durchschnitt.sum()), "",
                notes[Regel.UNTER_DURCHSCHNITT],
            ),
            KeyFigure(self.typen.belastete_in, numbers.number(typed), "", notes[Regel.TYP]),
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
        return [str(catalogue.at[name, "bezeichnung"]) for name in in_order(self._b, self.merkmale)]

    def karte(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Karte der Typen mit dem Schlüssel der Namen."""
        if self.grund or not figures.mappable(self._b, id):
            return
        frame, plan = self._b.geodaten(), decision.auswahl(self._b).raeume
        words = choropleth.TypeWords(
            list(self.typen.namen), self._b.ebenen.mitte.einzahl, "Aktionsraum", counted=self._b.ebenen.unten.kurz
        )

        def draw(narrow: bool) -> Figure:
            return choropleth.types(frame, frame["teil_von"], self.typ, words, ringed=plan, narrow=narrow)

        worst = self.typen.zahl
        first, chosen = (
            enumeration(self._b._told([self._b.name(area) for area in areas]))
            for areas in (self.gebiete(worst), plan)
        )
        sizes = enumeration(f"Typ {k} ({numbers.number(len(self.gebiete(k)))})" for k in self.typen.nummern)
        everything = alternatives.everything(self._b, "Zuordnungen", "in der Tabelle der Typen")
        figures.put(
            self._b,
            draw,
            Caption(
                id,
                titel,
                "im Kreis: Aktionsräume" + ("" if self._b._many else "; im Schlüssel: Nummer, Name und Typ"),
                type_source(
                    self._b,
                    quelle,
                    captions.map_numbers(self._b),
                    captions.map_borders(self._b),
                ),
                f"Karte der {len(frame)} {self._b.ebenen.unten.mehrzahl_bestimmt} nach {WORDS[worst]} Typen: {sizes}. "
                f"Typ {worst}, {self.typen.bezeichnung(worst)}: {first}. "
                f"Aktionsräume: {chosen or 'keine'}. {everything}",
            ),
            figures.keyed(self._b.raeume(), lambda area, _: self._kind(area)),
        )

    def profilbild(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Profile der Typen: jedes Merkmal als Abstand zum Wert der Stadt.

        Bei den gewerteten Merkmalen ist rechts günstiger, bei den Strukturmerkmalen ist rechts weniger als in der
        Stadt.
        """
        if self.grund:
            return
        table, structural = self._distances(self.gewertet), self._structural_distances()
        count = sentence("{n:wort}", n=len(table))
        mean = f"Mittel dieser {count} Merkmale" if len(structural) else "Mittel aller Merkmale"
        sizes, city = {k: len(self.gebiete(k)) for k in self.typen.nummern}, self._b.ebenen.stadt
        whole = typeprofiles.Whole(self._b.stadtname, city.darin)

        def draw(narrow: bool) -> Figure:
            return typeprofiles.profiles(
                table, self.typen.worte, sizes, whole=whole, narrow=narrow, mean=mean, structural=structural
            )

        kind, worst = self.schwerster_typ, self._worst()
        more = self.hoehere_strukturmerkmale(kind)
        told = f" Mehr als {city.darin} sind es dort bei: {enumeration(more)}." if more else ""
        small = [k for k in sizes if sizes[k] and k not in self.profile.index]
        hidden = f"Typen mit weniger als drei Gebieten ({enumeration(small)}) sind nicht dargestellt." if small else ""
        figures.put(
            self._b,
            draw,
            Caption(
                id,
                titel,
                f"Mittel der {self._b.ebenen.unten.mehrzahl_bestimmt} eines Typs als Abstand vom Wert {city.von} in "
                f"Standardabweichungen; Linie: {self._b.stadtname}; in Klammern: Zahl der "
                f"{self._b.ebenen.unten.mehrzahl}",
                type_source(self._b, quelle, hidden),
                f"Punktreihen der {WORDS[len(sizes)]} Typen für {len(self.merkmale)} Merkmale. Typ {kind} liegt bei "
                f"{int((worst > 0).to_numpy().sum())} von {len(worst)} gewerteten Merkmalen ungünstiger als "
                f"{city.nominativ}, im Mittel um {numbers.number(worst.to_numpy().mean(), 1)} "
                f"Standardabweichungen.{told} "
                f"Die Mittel aller Typen stehen in der Tabelle der {self._b.ebenen.unten.mehrzahl_bestimmt}.",
            ),
        )

    def grenzfallbild(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Grenzfälle: in welchem Anteil der Berechnungen sie welchem Typ angehören.

        Die unsichersten zuerst."""
        if not self.grenzfaelle():
            return
        areas, all_cases = self._b.raeume(), self.grenzfaelle()
        chosen = all_cases[:MOST_CASES] if self._b._many else all_cases
        table = self.anteile.loc[chosen].assign(
            nummer=areas.loc[chosen, "nummer"], kurzname=areas.loc[chosen, "kurzname"], typ=self.typ[chosen]
        )

        def draw(narrow: bool) -> Figure:
            return typeprofiles.memberships(table, self.typen.worte, narrow=narrow)

        told = enumeration(f"{self._b.name(a)} ({numbers.percent(self.stabilitaet[a] * 100, 0)})" for a in chosen[:3])
        rest = len(self.reihenfolge) - len(all_cases)
        part = f"gezeigt: die {len(chosen)} unsichersten von {len(all_cases)}; " if len(chosen) < len(all_cases) else ""
        figures.put(
            self._b,
            draw,
            Caption(
                id,
                titel,
                f"{part}in % der Berechnungen; Ziffern: Typ {self._b.ebenen.unten.des} {self._b.ebenen.unten.genitiv} "
                "dabei, links der eigene",
                type_source(
                    self._b,
                    quelle,
                    f"{numbers.number(rest)} weitere {self._b.ebenen.unten.mehrzahl} "
                    f"behalten ihren Typ in mindestens {self.sicher_ab} % der Berechnungen.",
                ),
                f"Gestapelte Balken der {len(chosen)} {self._b.ebenen.unten.mehrzahl_bestimmt}, die ihren Typ in "
                f"weniger als {self.sicher_ab} % der Berechnungen behalten. Am seltensten: {told}.",
            ),
        )

    def tabelle(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt alle Sozialräume nach Typen: Abstand zur Stadt, Stabilität, Ersatztyp, Auslassungen."""
        if not self.grund:
            typetables.by_type(self._b, self, Caption(id, titel, "", quelle))

    def tabelle_gruppenzahl(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt zwei bis acht Gruppen mit Silhouette und Varianz innerhalb der Gruppen."""
        if not self.grund:
            typetables.group_numbers(self._b, Caption(id, titel, "", quelle))

    def tabelle_wechsel(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt, wie viele Sozialräume von welchem früheren zu welchem jetzigen Typ gehören."""
        change = self.wechsel()
        if not change.grund:
            typetables.transitions(self._b, change, Caption(id, titel, "", quelle))

    def tabelle_proben(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt den adjustierten Rand-Index zu anderen Berechnungen: Zufall, ohne je ein Merkmal, früheres Jahr."""
        if not self.grund:
            typetables.agreements(self._b, self, Caption(id, titel, "", quelle))

    def _kind(self, area: str) -> str:
        kind = self.typ[area]
        return numbers.status_sign(typification.ohne_typ(self._b, area)) if pd.isna(kind) else str(int(kind))

    def hoehere_strukturmerkmale(self, typ: int) -> list[str]:
        """Die Bezeichnungen der Strukturmerkmale, deren Werte in einem Typ höher liegen als in der Stadt."""
        return [str(name) for name, distance in self._structural_distances()[typ].items() if distance < 0]

    def _structural_distances(self) -> pd.DataFrame:
        """The distances of the types from the city for the structural features, + less than in the city."""
        signs = self._b._tables.indicators["typ_vorzeichen"].astype(float)
        names = in_order(self._b, self.struktur)
        return self._distances(names).mul([signs[name] for name in names], axis=0)

    def _distances(self, names: list[str]) -> pd.DataFrame:
        """The distances of the types from the city, features by title × types, + favourable."""
        chosen = in_order(self._b, names)
        table: pd.DataFrame = -self.profile[chosen].T
        return table.set_axis([str(self._b.indikator(name)["bezeichnung"]) for name in chosen], axis=0)

    # -- what else the typology says --------------------------------------------------------------------

    def feste_merkmale(self) -> list[str]:
        """Die Bezeichnungen der Merkmale ohne Zählung, die in allen Berechnungen gleich bleiben."""
        return typification.feste_merkmale(self._b)

    def gepoolte_merkmale(self) -> list[str]:
        """Die Merkmale, deren Fallzahlen über Jahre summiert sind: „Bezeichnung“ (drei Jahre)."""
        return typification.gepoolte_merkmale(self._b)

    @property
    def nicht_einbezogen(self) -> list[str]:
        """Was in die Typisierung nicht einbezogen ist, mit Grund."""
        return typification.nicht_einbezogen(self._b, self.ohne)

    @property
    def schwerster_typ(self) -> int:
        """Der am stärksten belastete Typ mit einem Profil; 0, wo es keinen gibt."""
        return 0 if self.profile.empty else int(self.profile.index.max())

    @property
    def schwerster_abstand(self) -> float:
        """Um wie viele Standardabweichungen er bei den gewerteten Merkmalen im Mittel ungünstiger ist als die Stadt."""
        worst = self._worst()
        return float(worst.mean()) if len(worst) else 0.0

    def profilsatz(self) -> Markup:
        """„sind alle sieben gewerteten Merkmale ungünstiger als in der Stadt“, für den am stärksten belasteten Typ."""
        worst, city = self._worst(), self._b.ebenen.stadt
        if (worst > 0).all():
            words = "sind alle {n:wort} gewerteten Merkmale ungünstiger als {c.darin}"
            return sentence(words, n=len(worst), c=city)
        words = "{s#ist eines|sind {s:wort}} von {n:wort} gewerteten Merkmalen ungünstiger als {c.darin}"
        return sentence(words, s=int((worst > 0).sum()), n=len(worst), c=city)

    def typ_mit_niedrigster_last(self, indikator: str) -> int:
        """Der Typ, der bei einem Merkmal am günstigsten steht; 0, wenn es nicht zur Typisierung gehört."""
        if indikator not in self.profile:
            return 0
        kinds = [int(kind) for kind in self.profile.index.tolist()]
        return kinds[int(self.profile[indikator].to_numpy().argmin())]

    def _worst(self) -> pd.Series:
        kind = self.schwerster_typ
        found: pd.Series = self.profile[self.gewertet].T[kind] if kind else pd.Series(dtype=float)
        return found

    def auslassung(self) -> Auslassung | None:
        """Das Merkmal, ohne das sich die Typen am meisten ändern."""
        return typeprobes.omission(self._b, self)

    def strukturprobe(self) -> Strukturprobe | None:
        """Was sich ändert, wenn nur die gewerteten Merkmale zählen; None, wo alle gewertet sind."""
        return typeprobes.evaluated_only(self._b, self)

    def gruppenwahl(self) -> Gruppenwahl | None:
        """Wie gut die gewählte Zahl von Typen ist."""
        return typeprobes.number_of_groups(self._b)

    def gewechselt(self, seit: int | None = None) -> list[str]:
        """Wer seit dem Vergleichsjahr den Typ gewechselt hat: „Name (von Typ 3 zu Typ 4, in 84 von 100 …)“."""
        return typeprobes.moved(self._b, seit or self._b.vergleichsjahr)

    def wechsel(self, seit: int | None = None) -> Typwechsel:
        """Wer gegenüber dem Vergleichsjahr (oder dem Jahr ``seit``) den Typ gewechselt hat."""
        return typification.typwechsel(self._b, seit)
