"""Types of areas in words: the result of a typology, one area's type, the change between two years."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.data.decided.typen import Typen
from sozialbericht.numbers import NBSP
from sozialbericht.statistics import stability
from sozialbericht.wording.values import NotSayable


@dataclass(frozen=True)
class Typisierung:
    """Das Ergebnis der Typisierung eines Jahres; alle Reihen haben die raum_id als Index.

    ``typ``: 1 bis k (k: am stärksten belastet), NaN ohne Typ; ``abstand``: mittlerer standardisierter Abstand zum Wert
    der Stadt (+ Belastung), auf eine Stelle gerundet; ``unter_durchschnitt``: ob dieser Abstand über null liegt;
    ``stabilitaet``: Anteil der Berechnungen, in denen das Gebiet seinen Typ behält; ``ersatztyp``: der Typ, in den es
    sonst am häufigsten fällt; ``anteile``: Anteil der Berechnungen je Typ; ``unter_anteil``: Anteil, in denen es unter
    dem Durchschnitt liegt; ``auslassungen``: in wie vielen Berechnungen ohne je ein Merkmal es seinen Typ behält.
    ``profile``: mittlerer Abstand zur Stadt, Typen × Merkmale (+ Belastung); ``rand`` und ``rand_ohne``: adjustierter
    Rand-Index der Berechnungen und ohne je ein Merkmal; ``reihenfolge``: alle Gebiete, das am stärksten belastete
    zuerst; ``ohne``: was fehlt (Gebiet oder Merkmal) und warum; ``grund``: warum es keine Typisierung gibt; ``laeufe``:
    Zahl der Berechnungen mit zufälliger Schwankung; ``gepoolt``: Merkmal → über wie viele Jahre seine Fallzahlen
    summiert sind. ``struktur``: die Merkmale ohne Wertung (Kinder, Migrationshintergrund); ``ohne_struktur``: ``typ``
    und ``unter_durchschnitt`` jedes Gebiets, wenn nur die gewerteten Merkmale zählen (leer, wo alle gewertet sind), und
    ``rand_struktur``: wie gut diese Typen mit den anderen übereinstimmen. ``unter_zahl`` und ``typenzahl``: je
    Berechnung, wie viele Gebiete unter dem Durchschnitt liegen und wie viele zu einem belasteten Typ gehören.
    ``typen``: die Typen des Berichts, ihre Namen und welche als belastet gelten.
    """

    jahr: int
    typ: pd.Series
    abstand: pd.Series
    unter_durchschnitt: pd.Series
    stabilitaet: pd.Series
    ersatztyp: pd.Series
    anteile: pd.DataFrame
    unter_anteil: pd.Series
    auslassungen: pd.Series
    profile: pd.DataFrame
    merkmale: list[str]
    ohne: dict[str, str]
    rand: float
    rand_ohne: pd.Series
    reihenfolge: list[str]
    abschnitte: dict[str, int]
    grund: str = ""
    laeufe: int = stability.RUNS
    gepoolt: dict[str, int] = field(default_factory=dict)
    struktur: list[str] = field(default_factory=list)
    ohne_struktur: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["typ", "unter_durchschnitt"]))
    rand_struktur: float = float("nan")
    unter_zahl: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    typenzahl: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    typen: Typen = field(default_factory=Typen)

    @property
    def gewertet(self) -> list[str]:
        """Die Merkmale, bei denen ein hoher Wert Belastung oder Chance heißt."""
        return [name for name in self.merkmale if name not in self.struktur]

    @property
    def typenanteil(self) -> pd.Series:
        """In welchem Anteil der Berechnungen ein Gebiet zu einem belasteten Typ gehört."""
        if self.grund:
            return self.stabilitaet
        return self.anteile[list(self.typen.belastete)].sum(axis=1, min_count=1)

    @property
    def rand_index(self) -> str:
        """Der mittlere adjustierte Rand-Index der Berechnungen, gedruckt; leer ohne Typisierung."""
        return "" if np.isnan(self.rand) else numbers.number(self.rand, 2)

    def gebiete(self, typ: int) -> list[str]:
        """Die Gebiete eines Typs (raum_id), das am stärksten belastete zuerst."""
        return [area for area in self.reihenfolge if self.typ[area] == typ]


@dataclass(frozen=True)
class Typ:
    """Der Typ eines Gebiets, fertig zum Drucken: in einem Satz druckt ``{t}`` „Typ 4 – belastet“.

    Außerdem gibt es ``{t.kurz}`` („Typ 4“), ``{t.stabilitaet_text}`` („in 67 von 100 Berechnungen“), ``{t.ersatz}``,
    ``{t.ersatz_kurz}`` und ``{t.raum}``. ``nummer`` ist None, wenn das Gebiet keinen Typ hat; dann gilt die Fassung
    ``sonst``.
    """

    raum: str
    nummer: int | None
    stabilitaet: float
    ersatznummer: int | None
    aktionsraum: bool
    aktionsanteil: float
    unter_durchschnitt: bool
    grund: str
    typen: Typen = field(default_factory=Typen)

    @property
    def name(self) -> str:
        """„Typ 4 – belastet“."""
        return self.typen.name(self._known(self.nummer))

    @property
    def ersatz(self) -> str:
        """Der Typ, in den das Gebiet sonst am häufigsten fällt."""
        return self.typen.name(self._known(self.ersatznummer))

    @property
    def kurz(self) -> str:
        """„Typ 4“."""
        return f"Typ{NBSP}{self._known(self.nummer)}"

    @property
    def ersatz_kurz(self) -> str:
        """„Typ 3“."""
        return f"Typ{NBSP}{self._known(self.ersatznummer)}"

    @property
    def aktion_text(self) -> str:
        """In wie vielen Berechnungen das Gebiet Aktionsraum ist: „in 64 von 100 Berechnungen“."""
        self._known(self.nummer)
        return runs_in_words(self.aktionsanteil)

    @property
    def stabilitaet_text(self) -> str:
        """„in 67 von 100 Berechnungen“, „in allen Berechnungen“."""
        self._known(self.nummer)
        return runs_in_words(self.stabilitaet)

    def __str__(self) -> str:
        """Nummer und Name des Typs."""
        return self.name

    def _known(self, number: int | None) -> int:
        if number is None:
            raise NotSayable(f"{self.raum}: {self.grund or 'kein anderer Typ'}")
        return number


@dataclass(frozen=True)
class Typwechsel:
    """Der Vergleich zweier Typisierungen: ``tabelle`` (früherer × jetziger Typ, Zahl der Gebiete), ``rand``
    (adjustierter Rand-Index), ``gewechselt`` (raum_id). ``grund`` sagt, warum nicht verglichen wird; dann ist alles
    andere leer.
    """

    jahr: int
    tabelle: pd.DataFrame
    rand: float
    gewechselt: list[str]
    grund: str = ""

    @property
    def rand_index(self) -> str:
        """Der adjustierte Rand-Index, gedruckt; leer, wo nicht verglichen wird."""
        return "" if np.isnan(self.rand) else numbers.number(self.rand, 2)


def runs_in_percent(share: float) -> str:
    """The share of runs in %, never rounded up to all of them nor down to none."""
    return numbers.number(_of_hundred(share))


def runs_in_words(share: float) -> str:
    """„in 67 von 100 Berechnungen“; never rounded up to all of them nor down to none."""
    if share in (0, 1):
        return "in allen Berechnungen" if share else "in keiner Berechnung"
    return f"in {numbers.number(_of_hundred(share))} von 100 Berechnungen"


def _of_hundred(share: float) -> float:
    """A share of the runs as a whole number of hundred, 0 and 100 only for none and all."""
    return share * 100 if share in (0, 1) else min(max(numbers.rounded(share * 100), 1), 99)
