"""The profile of one area: everything that its two pages set, with the area given once."""

from __future__ import annotations

from typing import Any

from sozialbericht.escaping import Markup
from sozialbericht.findings import strengths
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.profile import comparisontable, development, pages, remarks, rows
from sozialbericht.profile.rows import Platz


class Profil:
    """Das Profil eines Gebiets: ``p = b.profil(raum)``."""

    def __init__(self, b: Datenbestand, raum: str) -> None:
        self._b, self.raum = b, b._known_area(raum)

    def kopf(self, *saetze: str, bevoelkerung: str = "", sonst: str | None = None, **werte: Any) -> None:
        """Setzt Überschrift, Lagekarte (wo es Flächen gibt) und einleitenden Absatz.

        ``bevoelkerung``: das Merkmal der Einwohnerzahl, ohne Angabe das, auf das sich die Anteile beziehen.
        """
        pages.profilkopf(self._b, self.raum, *saetze, bevoelkerung=bevoelkerung, sonst=sonst, **werte)

    def zahlen(self, *indikatoren: str) -> None:
        """Setzt Kennzahlen des Gebiets neben denen der Stadt."""
        pages.profilzahlen(self._b, self.raum, *indikatoren)

    def einordnung(self) -> None:
        """Setzt, welchem Typ und Status das Gebiet angehört und ob es Aktionsraum ist."""
        pages.einordnung(self._b, self.raum)

    def urteile(self) -> None:
        """Setzt nebeneinander Chancen und Belastungen, höchstens drei von jedem."""
        pages.urteile(self._b, self.raum)

    def entwicklung_und_alter(self, reihen: dict[str, str], *, frauen: str = "", maenner: str = "") -> None:
        """Setzt kleine Verläufe (Merkmal oder Indikator → Name) und daneben den Altersaufbau."""
        development.entwicklung_und_alter(self._b, self.raum, reihen, frauen=frauen, maenner=maenner)

    def vergleich(self) -> None:
        """Setzt auf einer neuen Seite den Vergleich aller Profilindikatoren: Werte, Ränge, Lage zum Stadtwert."""
        comparisontable.profilvergleich(self._b, self.raum)

    def tabelle(self) -> None:
        """Setzt die Hauptindikatoren für alle Gebiete eines übergeordneten Gebiets."""
        remarks.tabelle_profil(self._b, self.raum)

    def hinweise(self) -> None:
        """Setzt, was das Register für das Gebiet nennt, und was im Profil nicht gezeigt wird und warum.

        Bei einem Aktionsraum auch die Lücken.
        """
        remarks.profilhinweise(self._b, self.raum)

    def spannenbeispiel(self) -> Markup:
        """Ein Lesebeispiel zum Vergleich; leer, wenn kein Wert sich dafür eignet."""
        return remarks.spannenbeispiel(self._b, self.raum)

    def bilanzsatz(self) -> Markup:
        """Ein Satz, bei wie vielen Indikatoren das Gebiet erkennbar ungünstiger und günstiger dasteht als die Stadt."""
        return rows.bilanzsatz(self._b, self.raum)

    def groesse(self) -> int:
        """1 im Viertel der Gebiete mit den meisten Menschen, −1 in dem mit den wenigsten, sonst 0.

        Verglichen wird mit den Gebieten derselben Ebene; 0 auch, wo nicht alle Zahlen veröffentlicht sind.
        """
        return rows.groesse(self._b, self.raum)

    def rangplatz(self, indikator: str) -> Platz:
        """Der Platz des Gebiets unter denen seiner Ebene, für Sätze."""
        return rows.rangplatz(self._b, indikator, self.raum)

    def belastungen(self, n: int = 3) -> list[str]:
        """Bis zu n Sätze, worin das Gebiet erkennbar ungünstiger dasteht als die Stadt, die größten Abstände zuerst."""
        return strengths.belastungen(self._b, self.raum, n)

    def staerken(self, n: int = 3) -> list[str]:
        """Bis zu n Sätze, worin das Gebiet erkennbar günstiger dasteht als die Stadt, die größten Abstände zuerst."""
        return strengths.staerken(self._b, self.raum, n)
