"""Spatial structure in a report: do similar Sozialräume lie together, how unevenly are groups spread, how far apart are the ends?

Computed on unprotected values; what is handed out are statistics of the whole city and classes of areas. Rates of groups of
areas come from protected values and are withheld where one of them is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.drawing import hotspots, series, signs
from sozialbericht.drawing.hotspots import Kind
from sozialbericht.statistics import segregation, spatial
from sozialbericht.statistics.matrix import matrix, open_values
from sozialbericht.statistics.value import OK
from sozialbericht.writing import provenance
from sozialbericht.writing.blocks import Layout
from sozialbericht.writing.figures import Abbildungen
from sozialbericht.writing.tables import Tabellen
from sozialbericht.writing.wording import NotSayable, enumeration

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


@dataclass(frozen=True)
class Raummuster:
    """Ob ähnliche Werte beieinander liegen: ``{m}`` druckt den Moran-Index („0,64“), ``{m.p}`` die Irrtumswahrscheinlichkeit.

    ``lage``: raum_id → Klasse der Karte; ``haelt``: die Gebiete, deren Auffälligkeit auch nach der Korrektur für viele Tests
    bestehen bleibt; ``ohne_nachbarn``: die Gebiete ohne Nachbarn; ``grund``: warum nichts berechnet ist.
    """

    wert: float
    wahrscheinlichkeit: float
    lage: pd.Series
    haelt: list[str]
    ohne_nachbarn: list[str]
    grund: str = ""

    def raeume(self, lage: str) -> list[str]:
        """Die Gebiete einer Klasse."""
        return [str(area) for area in self.lage.index[self.lage == lage]]

    @property
    def p(self) -> str:
        """„unter 0,001“ oder „0,012“."""
        self._known()
        if self.wahrscheinlichkeit < 0.001:
            return f"unter {numbers.number(0.001, 3)}"
        return numbers.number(self.wahrscheinlichkeit, 3)

    @property
    def richtung(self) -> int:
        """1: Ähnliches liegt beieinander, −1: Gegensätze liegen beieinander, 0: kein Muster, das sich vom Zufall abhebt."""
        self._known()
        if self.wahrscheinlichkeit >= spatial.LEVEL:
            return 0
        return 1 if self.wert > 0 else -1

    def _known(self) -> None:
        if self.grund:
            raise NotSayable(self.grund)

    def __str__(self) -> str:
        """Der Moran-Index mit zwei Stellen."""
        self._known()
        return numbers.number(self.wert, 2)


class Raumstruktur(Abbildungen, Tabellen):
    """Der Teil des Berichts, der die räumliche Verteilung beschreibt."""

    # -- neighbours --------------------------------------------------------------------------------------

    def raummuster(self, indikator: str) -> Raummuster:
        """Ob und wo ähnliche Werte eines Indikators beieinander liegen, einmal je Datenstand berechnet."""
        name = self._known_indicator(indikator)
        found: Raummuster = self._stock.derived(("raummuster", name, self.jahr), lambda: self._pattern(name))
        return found

    @property
    def nachbarschaftshinweis(self) -> str:
        """Woher die Nachbarschaft der Gebiete kommt."""
        if "nachbarn" in self._tables.others:
            return "Welche Sozialräume Nachbarn sind, sagt die Nachbarschaftstabelle der Daten, nicht die gezeichnete Karte."
        return "Welche Sozialräume Nachbarn sind, ergibt sich aus den gemeinsamen Grenzen der Karte."

    def karte_raummuster(self, indikator: str, *, id: str, titel: str) -> None:
        """Setzt die Karte der örtlichen Häufungen eines Indikators mit dem Schlüssel der Klassen."""
        found, frame = self.raummuster(indikator), self.geodaten()
        kinds = [kind for k, kind in enumerate(KINDS) if k < ALWAYS or found.raeume(kind.word)]
        told = [
            f"{kind.word}: {enumeration(map(self.name, found.raeume(kind.word))) or 'keiner'}" for kind in kinds[:4]
        ]
        held = set(found.haelt)

        def draw(narrow: bool) -> Figure:
            return hotspots.local_clusters(
                frame, frame["teil_von"], found.lage, kinds, title="Wert und Nachbarschaft", narrow=narrow
            )

        def words(area: str) -> str:
            lage = found.lage.get(area)
            if not isinstance(lage, str):
                return numbers.status_sign("not_meaningful")
            if lage == spatial.NONE:
                return numbers.status_sign("nothing")
            return lage + ("\\*" if area in held else "")

        note = (
            f"Örtlicher Moran-Index, {numbers.number(spatial.PERMUTATIONS)} zufällige Verteilungen; auffällig bei einer "
            f"Irrtumswahrscheinlichkeit unter {numbers.number(100 * spatial.LEVEL)}{numbers.NBSP}%. „–“ nicht signifikant."
        )
        star = "\\* auch nach der Korrektur für viele Tests." if held else ""
        self.abbildung(
            draw, id=id, titel=titel,
            einheit=f"{provenance.unit_line(self, indikator)}: eigener Wert und Mittel der Nachbarn",
            alternativtext=f"Karte der {len(frame)} Sozialräume nach örtlichen Häufungen: {'; '.join(told)}. "
            "Alle Klassen stehen im Schlüssel unter der Karte.",
            quelle=" ".join(filter(None, [provenance.source_line(self, [indikator], chart="karte"), note, star])),
            schluessel=[
                (str(int(row["nummer"])), str(row["kurzname"]), words(str(area))) for area, row in self.raeume().iterrows()
            ],
        )  # fmt: skip

    # -- uneven spread -----------------------------------------------------------------------------------

    def segregation(self, indikator: str) -> pd.Series:
        """Der Segregationsindex (0 bis 100) der Gruppe im Zähler gegen alle übrigen im Nenner, je Jahr des Stands.

        Nur Jahre, die mit dem Berichtsjahr vergleichbar sind und für die alle Gebiete gezählt sind.
        """
        name = self._known_indicator(indikator)
        found: pd.Series = self._stock.derived(("segregation", name, self.jahr), lambda: self._segregation(name))
        return found

    def linien_segregation(self, indikatoren: Mapping[str, str], *, id: str, titel: str) -> None:
        """Setzt die Segregationsindizes (Indikator → Name an der Linie) über die vergleichbaren Jahre als Liniendiagramm."""
        table = pd.DataFrame({words: self.segregation(name) for name, words in indikatoren.items()}).T.sort_index(
            axis=1
        )
        years = [int(year) for year in table.columns]

        def draw(narrow: bool) -> Figure:
            return series.lines(table, years=years, breaks=[], decimals=1, unit="%", narrow=narrow)

        told = []
        for words, row in table.iterrows():
            known = row.dropna()
            if len(known):
                value = numbers.percent(float(known.iloc[-1]), 1)
                before = (
                    f" ({int(known.index[0])}: {numbers.percent(float(known.iloc[0]), 1)})" if len(known) > 1 else ""
                )
                told.append(f"{words} {int(known.index[-1])}: {value}{before}")
        self.abbildung(
            draw, id=id, titel=titel, einheit="Anteil der Gruppe, der für eine gleichmäßige Verteilung umziehen müsste, in %",
            alternativtext=f"Liniendiagramm {years[0]} bis {years[-1]}, eine Linie je Gruppe. {'; '.join(told)}.",
            quelle=" ".join(["Eigene Berechnung über alle Sozialräume;", f"{provenance.all_stands(self, list(indikatoren))}.", *self._begun(indikatoren)]),
        )  # fmt: skip

    # -- top against bottom ------------------------------------------------------------------------------

    def fuenftel(self, indikator: str, jahr: int | None = None) -> tuple[float, float, float]:
        """Die gemeinsame Rate des Fünftels der Gebiete mit den höchsten, die des Fünftels mit den niedrigsten Raten, das Verhältnis.

        NaN, wo ein Wert nicht veröffentlicht wird oder die Rate null ist.
        """
        table = self.daten(indikator, jahr=jahr)
        nothing = (np.nan, np.nan, np.nan)
        if not (table["status"] == OK).all() or len(table) < spatial.LEAST_AREAS:
            return nothing
        factor = float(self.indikator(indikator)["faktor"])
        high, low = (
            segregation.pooled_rate(table["zaehler"], table["nenner"], part, factor)
            for part in segregation.ends(table["wert"])
        )
        return (high, low, high / low) if low > 0 else (high, low, np.nan)

    def tabelle_fuenftel(self, indikatoren: list[str], *, id: str, titel: str) -> None:
        """Setzt oberes gegen unteres Fünftel der Gebiete je Indikator: Raten, Verhältnis, Verhältnis im ersten vergleichbaren Jahr."""
        rows = []
        for name in indikatoren:
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
                    str(row["bezeichnung"]),
                    self.wert(name).stand,
                    _cell(high, decimals),
                    _cell(low, decimals),
                    _cell(ratio, 1),
                    then,
                ]
            )
        count = len(segregation.ends(self.daten(indikatoren[0])["nenner"])[0])
        self.tabelle(
            ["Indikator", "Stand", "oberes Fünftel", "unteres Fünftel", "Verhältnis", "Verhältnis früher"], rows, id=id, titel=titel,
            einheit=f"in %; Fünftel: je {numbers.number(count)} Sozialräume mit den höchsten und den niedrigsten Anteilen, zusammengerechnet",
            quelle=" ".join([provenance.source_line(self, indikatoren), "Das Verhältnis sagt, wie oft der niedrige Anteil im hohen enthalten ist."]),
            satz=Layout(columns="1fr 28mm 18mm 18mm 18mm 36mm", left=(0, 1)),
        )  # fmt: skip

    # -- inside ------------------------------------------------------------------------------------------

    def _pattern(self, name: str) -> Raummuster:
        areas = self.raeume().index
        empty = pd.Series(np.nan, areas, dtype=object)
        values = matrix(open_values(self._tables, [name], [self.jahr]), self.jahr)[name].reindex(areas)
        linked = {area for pair in self._tables.neighbours for area in pair}
        usable = values.dropna()
        usable = usable[usable.index.isin(list(linked))]
        if len(usable) < spatial.LEAST_AREAS or usable.nunique() < 2:
            why = (
                f"Für ein räumliches Muster braucht es mindestens {spatial.LEAST_AREAS} Gebiete mit verschiedenen Werten und "
                f"Nachbarn; hier sind es {len(usable)}."
            )
            return Raummuster(np.nan, np.nan, empty, [], [], why)
        whole = spatial.moran(values, self._tables.neighbours)
        local = spatial.local_moran(values, self._tables.neighbours)
        held = [str(area) for area in local.index[local["haelt"]]]
        return Raummuster(whole.value, whole.p, spatial.clusters(local).reindex(areas), held, list(whole.islands))

    def _segregation(self, name: str) -> pd.Series:
        values = open_values(self._tables, [name], self._years)
        parts = values[values["ebene"] == "sozialraum"]
        newest = parts.loc[parts["jahr"] == self.jahr, "segment"].max()
        found: dict[int, float] = {}
        for _, year in parts[parts["segment"] == newest].groupby("jahr"):
            counts = year.set_index("raum_id")[["zaehler", "nenner"]].astype(float)
            if counts.notna().all(axis=None) and year["stand_zaehler"].notna().all():
                index = segregation.dissimilarity(counts["zaehler"], counts["nenner"] - counts["zaehler"])
                found[int(year["stand_zaehler"].iloc[0].year)] = 100 * index
        return pd.Series(found, dtype=float).sort_index()

    def _first_comparable(self, name: str) -> int | None:
        """The first report year whose value may be compared with this year's; None where there is none."""
        now = self.wert(name).wert
        years = [y for y in self._years if y < self.jahr and now.comparable(self.wert(name, jahr=y).wert)]
        return min(years, default=None)

    def _begun(self, indicators: Mapping[str, str]) -> list[str]:
        """What to say of lines that begin later than the others."""
        starts = {
            words: int(found.index[0]) for name, words in indicators.items() if len(found := self.segregation(name))
        }
        late = [words for words, year in starts.items() if year > min(starts.values())]
        if not late:
            return []
        return [f"{enumeration(late)}: vergleichbare Werte ab {enumeration(sorted({starts[w] for w in late}))}."]


def _none() -> str:
    return numbers.status_sign("not_meaningful")


def _cell(value: float, decimals: int) -> str:
    return numbers.number(value, decimals) if np.isfinite(value) else numbers.status_sign("withheld")
