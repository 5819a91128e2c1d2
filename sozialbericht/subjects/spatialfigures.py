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
from sozialbericht.findings import neighbourhoods
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.indicator import Indikator
from sozialbericht.findings.neighbourhoods import Gruppenrate, Raummuster, Segregation
from sozialbericht.statistics import segregation, spatial
from sozialbericht.status import Status
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import captions, figures, tables
from sozialbericht.writing.blocks import Caption, Layout
from sozialbericht.writing.drawnvalues import Drawnvalues

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
#: So many groups stand beside each other at most.
MOST_GROUPS = 4


class Raumstruktur:
    """Wie die Werte im Stadtgebiet verteilt sind: Muster, Segregation, Enden: ``r = b.raumstruktur()``."""

    def __init__(self, b: Datenbestand) -> None:
        self._b = b

    @property
    def hinweis(self) -> str:
        """Woher die Nachbarschaft der Gebiete kommt."""
        return neighbourhoods.nachbarschaftshinweis(self._b)

    def gruppen(self) -> dict[str, str]:
        """Die Gruppen, deren Verteilung sich messen lässt (Indikator → Name).

        Zuerst der Leitindikator, dann der erste Anteil jeder Dimension, höchstens vier. Eine Gruppe, die nicht in allen
        Gebieten gezählt ist, fehlt.
        """
        catalogue = self._b.indikatoren()
        shares = catalogue[catalogue["art"] == "anteil"].groupby("dimension", sort=False).head(1).index
        names = dict.fromkeys([self._b.leitindikator, *map(str, shares)])
        counted = (name for name in names if catalogue.at[name, "art"] == "anteil")
        chosen = [name for name in counted if len(neighbourhoods.segregationsindex(self._b, name))][:MOST_GROUPS]
        return {name: Indikator(self._b, name).gezaehlt for name in chosen}

    def muster(self, indikator: str) -> Raummuster:
        """Ob und wo ähnliche Werte eines Indikators beieinander liegen."""
        return neighbourhoods.raummuster(self._b, indikator)

    def segregation(self, indikator: str) -> Segregation:
        """Der Segregationsindex der Gruppe im Zähler für Sätze."""
        return neighbourhoods.segregationswert(self._b, indikator)

    def enden(self, indikator: str) -> tuple[Gruppenrate, Gruppenrate]:
        """Die Raten des oberen und des unteren Fünftels für Sätze."""
        return neighbourhoods.enden(self._b, indikator)

    def karte(self, indikator: str, *, id: str, titel: str) -> None:
        """Setzt die Karte der örtlichen Häufungen eines Indikators."""
        if not figures.mappable(self._b, id):
            return
        found, frame = neighbourhoods.raummuster(self._b, indikator), self._b.geodaten()
        kinds = [kind for k, kind in enumerate(KINDS) if k < ALWAYS or found.raeume(kind.word)]
        told = [
            f"{kind.word}: {enumeration(self._b._told([*map(self._b.name, found.raeume(kind.word))])) or 'keiner'}"
            for kind in kinds[:4]
        ]

        kinds_of = figures.keyed(self._b.raeume(), lambda area, _: str(found.lage.get(area, "")))

        def draw(narrow: bool) -> Figure:
            return hotspots.local_clusters(
                frame, frame["teil_von"], found.lage, kinds, title="Wert und Nachbarschaft", narrow=narrow,
                counted=self._b.ebenen.unten.kurz,
            )

        note = (
            f"Örtlicher Moran-Index, {numbers.number(spatial.PERMUTATIONS)} zufällige Verteilungen; "
            f"Irrtumswahrscheinlichkeit unter {numbers.number(100 * spatial.LEVEL)}{numbers.NBSP}%."
        )
        if self._b.ist_modell:
            note += " Das Muster ist in den Modelldaten angelegt."
        figures.put(
            self._b,
            draw,
            Caption(
                id,
                titel,
                "eigener Wert und Mittel der Nachbarn, verglichen mit dem Mittel aller "
                f"{self._b.ebenen.unten.mehrzahl}",
                f"{captions.source_line(self._b, [indikator], chart='muster')} {note}",
                f"Karte der {len(frame)} {self._b.ebenen.unten.mehrzahl_bestimmt} nach örtlichen Häufungen: "
                f"{'; '.join(told)}. "
                "Die übrigen sind nicht signifikant.",
            ),
            values=Drawnvalues.keyed(self._b, kinds_of, "Häufung"),
        )

    def tabelle_segregation(self, indikatoren: Mapping[str, str], *, id: str, titel: str) -> None:
        """Setzt die Segregationsindizes (Indikator → Name der Gruppe) über die vergleichbaren Jahre."""
        table = pd.DataFrame(
            {words: neighbourhoods.segregationsindex(self._b, name) for name, words in indikatoren.items()}
        ).T.sort_index(axis=1)
        rows = [
            [str(words), *(numbers.number(v, 1) if np.isfinite(v) else _none() for v in row)]
            for words, row in table.iterrows()
        ]
        gaps = f"„{_none()}“ nicht vergleichbar oder nicht erhoben." if table.isna().any(axis=None) else ""
        tables.put(
            self._b,
            ["Gruppe", *(str(year) for year in table.columns)],
            rows,
            Caption(
                id,
                titel,
                "Segregationsindex: Anteil, der für eine gleichmäßige Verteilung umziehen müsste, in %",
                " ".join(
                    filter(
                        None,
                        [
                            f"Eigene Berechnung über alle {self._b.ebenen.unten.mehrzahl_bestimmt};",
                            f"{captions.all_stands([Indikator(self._b, i) for i in indikatoren])}.",
                            gaps,
                        ],
                    )
                ),
            ),
            Layout(columns="1fr" + " 12mm" * len(table.columns)),
        )

    def tabelle_fuenftel(self, indikatoren: Mapping[str, str], *, id: str, titel: str) -> None:
        """Setzt oberes gegen unteres Fünftel der Gebiete je Indikator (Schlüssel → Name).

        Raten, Verhältnis, Verhältnis im ersten vergleichbaren Jahr.
        """
        rows = []
        for name, words in indikatoren.items():
            row = self._b.indikator(name)
            high, low, ratio = neighbourhoods.fuenftel(self._b, name)
            first = neighbourhoods.first_comparable(self._b, name)
            before = neighbourhoods.fuenftel(self._b, name, first)[2] if first else np.nan
            decimals = int(row["nachkommastellen"])
            then = (
                f"{numbers.number(before, 1)} ({self._b.wert(name, jahr=first).stand})"
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
        count = segregation.fifth(len(self._b.raeume()))
        tables.put(
            self._b,
            ["Gruppe", "oberes Fünftel", "unteres Fünftel", "Verhältnis", "Verhältnis früher"],
            rows,
            Caption(
                id,
                titel,
                f"Anteile in %; Fünftel: je {numbers.number(count)} {self._b.ebenen.unten.mehrzahl}, zusammengerechnet",
                " ".join(
                    [
                        captions.source_line(self._b, list(indikatoren)),
                        "Verhältnis: oberes geteilt durch unteres Fünftel.",
                    ]
                ),
            ),
            Layout(columns="1fr 22mm 22mm 18mm 36mm"),
        )


def _none() -> str:
    return numbers.status_sign(Status.NOT_MEANINGFUL)


def _cell(value: float, decimals: int) -> str:
    return numbers.number(value, decimals) if np.isfinite(value) else numbers.status_sign(Status.WITHHELD)
