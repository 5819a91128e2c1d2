"""Figures and tables of the spatial structure: map of local clusters, dissimilarity by year,
top against bottom fifth.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.drawing.canvas import signs
from sozialbericht.drawing.maps import hotspots
from sozialbericht.drawing.maps.hotspots import Kind
from sozialbericht.findings.neighbourhoods import Raumstruktur
from sozialbericht.statistics import segregation, spatial
from sozialbericht.status import Status
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import captions
from sozialbericht.writing.blocks import Layout
from sozialbericht.writing.figures import Abbildungen
from sozialbericht.writing.tables import Tabellen

KINDS = (
    Kind(spatial.HIGH_HIGH, "s5", signs.UP),
    Kind(spatial.HIGH_LOW, "s3", signs.DIAMOND),
    Kind(spatial.LOW_HIGH, "s3", signs.DOT),
    Kind(spatial.LOW_LOW, "s2", signs.DOWN),
    Kind(spatial.NONE, "s1"),
    Kind(spatial.ALONE, "band"),
)
#: The classes that every map of clusters lists, whether they occur or not.
ALWAYS = 5


class Raumbilder(Raumstruktur, Abbildungen, Tabellen):
    """Der Teil des Berichts, der die räumliche Verteilung in Karte und Tabellen setzt."""

    def karte_raummuster(self, indikator: str, *, id: str, titel: str) -> None:
        """Setzt die Karte der örtlichen Häufungen eines Indikators."""
        found, frame = self.raummuster(indikator), self.geodaten()
        kinds = [kind for k, kind in enumerate(KINDS) if k < ALWAYS or found.raeume(kind.word)]
        told = [
            f"{kind.word}: {enumeration(map(self.name, found.raeume(kind.word))) or 'keiner'}" for kind in kinds[:4]
        ]

        def draw(narrow: bool) -> Figure:
            return hotspots.local_clusters(
                frame, frame["teil_von"], found.lage, kinds, title="Wert und Nachbarschaft", narrow=narrow
            )

        note = (
            f"Örtlicher Moran-Index, {numbers.number(spatial.PERMUTATIONS)} zufällige Verteilungen; "
            f"Irrtumswahrscheinlichkeit unter {numbers.number(100 * spatial.LEVEL)}{numbers.NBSP}%."
        )
        if self.ist_modell:
            note += " Das Muster ist in den Modelldaten angelegt."
        self.abbildung(
            draw, id=id, titel=titel,
            einheit="eigener Wert und Mittel der Nachbarn, verglichen mit dem Mittel aller "
                    f"{self.ebenen.unten.mehrzahl}",
            alternativtext=f"Karte der {len(frame)} {self.ebenen.unten.mehrzahl} nach örtlichen Häufungen: "
                           f"{'; '.join(told)}. "
            "Die übrigen sind nicht signifikant.",
            quelle=f"{captions.source_line(self, [indikator], chart='karte')} {note}",
        )  # fmt: skip

    def mit_nummern(self, raeume: list[str]) -> list[str]:
        """Die Namen mit den Nummern der Karte: „Name (6)“."""
        numbered = self.raeume()["nummer"]
        return [f"{self.name(area)} ({int(numbered[area])})" for area in raeume]

    def tabelle_segregation(self, indikatoren: Mapping[str, str], *, id: str, titel: str) -> None:
        """Setzt die Segregationsindizes (Indikator → Name der Gruppe) über die vergleichbaren Jahre."""
        table = pd.DataFrame({words: self.segregation(name) for name, words in indikatoren.items()}).T.sort_index(
            axis=1
        )
        rows = [
            [str(words), *(numbers.number(v, 1) if np.isfinite(v) else _none() for v in row)]
            for words, row in table.iterrows()
        ]
        gaps = f"„{_none()}“ nicht vergleichbar oder nicht erhoben." if table.isna().any(axis=None) else ""
        self.tabelle(
            ["Gruppe", *(str(year) for year in table.columns)], rows, id=id, titel=titel,
            einheit="Segregationsindex: Anteil, der für eine gleichmäßige Verteilung umziehen müsste, in %",
            quelle=" ".join(filter(None, [
                f"Eigene Berechnung über alle {self.ebenen.unten.mehrzahl};",
                f"{captions.all_stands(self, list(indikatoren))}.", gaps,
            ])),
            satz=Layout(columns="1fr" + " 12mm" * len(table.columns)),
        )  # fmt: skip

    def tabelle_fuenftel(self, indikatoren: Mapping[str, str], *, id: str, titel: str) -> None:
        """Setzt oberes gegen unteres Fünftel der Gebiete je Indikator (Schlüssel → Name): Raten, Verhältnis,
        Verhältnis im ersten vergleichbaren Jahr.
        """
        rows = []
        for name, words in indikatoren.items():
            row = self.indikator(name)
            high, low, ratio = self.fuenftel(name)
            first = self._first_comparable(name)
            before = self.fuenftel(name, first)[2] if first else np.nan
            decimals = int(row["nachkommastellen"])
            then = (
                f"{numbers.number(before, 1)} ({self.wert(name, jahr=first).stand})"
                if first and np.isfinite(before)
                else _none()
            )
            rows.append(
                [
                    words,
                    _cell(high, decimals),
                    _cell(low, decimals),
                    _cell(ratio, 1),
                    then,
                ]
            )
        count = segregation.fifth(len(self.raeume()))
        self.tabelle(
            ["Gruppe", "oberes Fünftel", "unteres Fünftel", "Verhältnis", "Verhältnis früher"], rows, id=id,
            titel=titel,
            einheit=f"Anteile in %; Fünftel: je {numbers.number(count)} {self.ebenen.unten.mehrzahl}, "
            "zusammengerechnet",
            quelle=" ".join([
                captions.source_line(self, list(indikatoren)), "Verhältnis: oberes geteilt durch unteres Fünftel.",
            ]),
            satz=Layout(columns="1fr 22mm 22mm 18mm 36mm"),
        )  # fmt: skip


def _none() -> str:
    return numbers.status_sign(Status.NOT_MEANINGFUL)


def _cell(value: float, decimals: int) -> str:
    return numbers.number(value, decimals) if np.isfinite(value) else numbers.status_sign(Status.WITHHELD)
