"""Probes of the typology in words: without one feature, without the structural ones, with another number of groups."""

from __future__ import annotations

from dataclasses import dataclass

from sozialbericht import numbers
from sozialbericht.data.levels import Ebene, Ebenen
from sozialbericht.escaping import Markup
from sozialbericht.findings import decision, typification
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.types import Typisierung
from sozialbericht.wording.sentences import sentence


@dataclass(frozen=True)
class Auslassung:
    """Das Merkmal, ohne das sich die Typen am meisten ändern; ``rand`` und ``rand_sonst`` als gedruckte Zahlen.

    ``rand``: adjustierter Rand-Index ohne dieses Merkmal; ``rand_sonst``: der kleinste ohne ein anderes.
    """

    merkmal: str
    rand: str
    rand_sonst: str

    @property
    def andere(self) -> str:
        """Was ohne ein anderes Merkmal geschieht, als Satzteil über den Rand-Index."""
        if self.rand_sonst == self.rand:
            return "kein anderes senkt ihn weiter"
        return f"fehlt ein anderes, liegt er bei mindestens {self.rand_sonst}"


@dataclass(frozen=True)
class Strukturprobe:
    """Was sich ändert, wenn nur die gewerteten Merkmale zählen (Kurznamen der Gebiete).

    ``unter``: wie viele dann unter dem städtischen Durchschnitt liegen; ``anders``: bei wem sich das anders
    entscheidet; ``typen``: wer zu den belasteten Typen hinzukommt oder sie verlässt; ``rand``: der adjustierte
    Rand-Index.
    """

    unter: int
    anders: list[str]
    typen: list[str]
    rand: float
    ebenen: Ebenen

    @property
    def unterschied(self) -> Markup:
        """Ein Satz, wer dann unter dem städtischen Durchschnitt liegt."""
        told = (
            "Unter dem {c.durchschnitt} {n#liegt dann {e.derselbe} {e.einzahl_bestimmt}|"
            "liegen dann dieselben {n} {e.mehrzahl_bestimmt}}."
        )
        if self.anders:
            told = (
                "Unter dem {c.durchschnitt} {n#liegt dann {e.ein} {e.einzahl}|liegen dann {n} {e.mehrzahl}}; "
                "gegenüber der Auswahl mit allen Merkmalen ändert sich das bei {a}."
            )
        return sentence(told, n=self.unter, a=self.anders, e=self.ebenen.unten, c=self.ebenen.stadt)

    @property
    def rand_index(self) -> str:
        """Der adjustierte Rand-Index, gedruckt."""
        return numbers.number(self.rand, 2)


@dataclass(frozen=True)
class Gruppenwahl:
    """Wie gut die gewählte Zahl von Typen ist, neben zwei bis acht Gruppen.

    ``typen``: ihre Zahl; ``bevorzugt`` und ``knick``: was Silhouette und Varianz empfehlen; ``hoechste`` und
    ``eigene``: die Silhouette der bevorzugten und der gewählten Zahl, gedruckt; ``rang``: deren Rang; ``versuche``: wie
    viele Zahlen verglichen sind; ``abgetrennt``: die am stärksten belastete Gruppe bei der bevorzugten Zahl.
    """

    typen: int
    bevorzugt: int
    knick: int
    hoechste: str
    eigene: str
    rang: str
    versuche: int
    abgetrennt: int
    ebene: Ebene

    @property
    def urteil(self) -> Markup:
        """Ein Satz, ob weniger Gruppen besser wären; leer, wo nicht."""
        parts = [
            "Nach beiden Maßen wären weniger Gruppen besser." if max(self.bevorzugt, self.knick) < self.typen else "",
            "Zwei Gruppen trennten aber nur {x} belastete {e.mehrzahl} vom Rest."
            if self.bevorzugt == 2 < self.typen
            else "",
        ]
        return Markup(" ").join(sentence(part, x=self.abgetrennt, e=self.ebene) for part in parts if part)


def omission(b: Datenbestand, found: Typisierung) -> Auslassung | None:
    """The probe that leaves out one feature at a time; None without a typology."""
    if found.rand_ohne.empty:
        return None
    weak = str(found.rand_ohne.idxmin())
    others = found.rand_ohne.drop(weak)
    return Auslassung(
        str(b.indikator(weak)["bezeichnung"]),
        numbers.number(found.rand_ohne.min(), 2),
        numbers.number(others.min(), 2) if len(others) else numbers.number(1, 2),
    )


def evaluated_only(b: Datenbestand, found: Typisierung) -> Strukturprobe | None:
    """The probe with the evaluated features alone; None where all features are evaluated."""
    only = found.ohne_struktur
    if only.isna().all(axis=None):
        return None
    burdened = found.typen.belastete
    below, kind = only["unter_durchschnitt"], only["typ"]
    return Strukturprobe(
        int(below.sum()),
        b._told([b.name(a) for a in found.reihenfolge if bool(below[a]) != bool(found.unter_durchschnitt[a])]),
        b._told([b.name(a) for a in found.reihenfolge if (kind[a] in burdened) != (found.typ[a] in burdened)]),
        found.rand_struktur,
        b.ebenen,
    )


def number_of_groups(b: Datenbestand) -> Gruppenwahl | None:
    """The probe with two to eight groups; None without a typology."""
    table = typification.typguete(b)
    if table.empty:
        return None
    best, bend = typification.typguete_bevorzugt(b)
    own, silhouettes = b._tables.settings.typen.zahl, table["silhouette"]
    return Gruppenwahl(
        own, best, bend, numbers.number(silhouettes.max(), 2), numbers.number(silhouettes[own], 2),
        str(int(silhouettes.rank(ascending=False)[own])), len(table), int(table["worst"][best]),
        b.ebenen.unten,
    )  # fmt: skip


def moved(b: Datenbestand, since: int) -> list[str]:
    """Who has changed its type since a year: „Name (von Typ 3 zu Typ 4, in 84 von 100 Berechnungen)“."""
    change = typification.typwechsel(b, since)
    if change.grund or not change.gewechselt:
        return []
    old = typification.typisierung(b, since)
    moves = []
    for area in change.gewechselt:
        kind = decision.typ(b, area)
        moves.append(f"{b.name(area)} (von Typ {int(old.typ[area])} zu {kind.kurz}, {kind.stabilitaet_text})")
    return moves
