"""What a profile compares: the indicators, the area's rank among the areas of its level, where it stands out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sozialbericht.data.levels import Ebene
from sozialbericht.data.sums import inhabitants
from sozialbericht.drawing.charts.spine import Spine
from sozialbericht.escaping import Markup, escape
from sozialbericht.findings import ranges
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.numbers import NBSP
from sozialbericht.position import Position
from sozialbericht.status import Status
from sozialbericht.wording import judgement
from sozialbericht.wording.sentences import WORDS
from sozialbericht.wording.values import NotSayable, Wert, enumeration
from sozialbericht.writing import prose

#: At most this many indicators of a dimension stand in the chart of a profile.
PER_DIMENSION = 3
ORDINALS = "", "", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt"


@dataclass(frozen=True)
class Platz:
    """Der Rang eines Gebiets unter den Gebieten seiner Ebene; Rang 1 hat der höchste Wert,
    gleiche Werte teilen sich einen. ``erster`` und ``letzter``: sein 95-%-Bereich, 0 ohne Intervall.

    In einem Satz druckt ``{p}`` den Rang in Worten („der achthöchste Wert unter den 39 Sozialräumen“),
    ``{p?über|unter|im Bereich}`` wählt danach, ob der Wert erkennbar über oder unter dem der Stadt liegt.
    """

    wert: Wert
    stadt: Wert
    platz: int
    von: int
    ebene: Ebene
    erster: int = 0
    letzter: int = 0

    @property
    def richtung(self) -> int:
        """1 erkennbar über dem Wert der Stadt, −1 darunter, 0 in seinem Bereich; nicht zu sagen ohne Intervall."""
        if self.wert.wert.position is Position.UNKNOWN:
            raise NotSayable(f"{self.wert.wert.indicator} für {self.wert.raum}: kein Intervall")
        return self.wert.wert.position.sign

    def __str__(self) -> str:
        """Der Rang in Worten."""
        if not self.platz:
            raise NotSayable(f"{self.wert.wert.indicator} für {self.wert.raum}: kein Rang ohne Wert")
        others = among(self.von, self.ebene)
        below = self.von + 1 - self.platz
        if self.platz < len(ORDINALS) and self.platz <= below:
            return f"der {ORDINALS[self.platz]}höchste Wert unter {others} ({self.bereich})"
        if below < len(ORDINALS):
            return f"der {ORDINALS[below]}niedrigste Wert unter {others} ({self.bereich})"
        return f"Rang{NBSP}{self.platz} unter {others}, vom höchsten Wert an gezählt ({self.bereich})"

    @property
    def ende(self) -> int:
        """1, wenn der ganze 95-%-Bereich des Rangs im höchsten Viertel liegt, −1 im niedrigsten, sonst 0."""
        if not self.erster:
            return 0
        return int(self.letzter <= self.von / 4) - int(self.erster > self.von * 3 / 4)

    @property
    def bereich(self) -> str:
        """Der 95-%-Bereich des Rangs, vom höchsten Wert an gezählt; warum es keinen gibt."""
        if not self.erster:
            return str(Position.UNKNOWN)
        return f"95-%-Bereich des Rangs: {rankspan(self.erster, self.letzter)}"


def rankspan(first: int, last: int) -> str:
    """First and last rank: „5–12“, „5“ where they are the same; empty without a range."""
    return "" if not first else f"{first}–{last}" if first < last else str(first)


def profilindikatoren(b: Datenbestand) -> list[str]:
    """Was ein Profil vergleicht: je Dimension der erste Indikator und die kartierten, zu denen es veröffentlichte
    Werte gibt (Spalten klassengrenzen und herkunft im Katalog), in dessen Reihenfolge, höchstens drei je Dimension.
    """
    catalogue = b.indikatoren()
    first = catalogue.groupby("dimension", sort=False).head(1).index
    mapped = catalogue["klassengrenzen"].fillna("").astype(str).ne("")
    published = catalogue["herkunft"].fillna("").astype(str).eq("veröffentlicht")
    chosen = catalogue[(mapped & published) | catalogue.index.isin(first)]
    return [str(i) for i in chosen.groupby("dimension", sort=False).head(PER_DIMENSION).index]


def sozialraeume(b: Datenbestand, raum: str) -> list[str]:
    """Die kleinsten Gebiete eines Bezirks; bei einem kleinsten Gebiet nur es selbst."""
    if b.ebene(raum) == b.ebenen.unten.schluessel:
        return [raum]
    areas = b.raeume()
    return [str(area) for area in areas.index[areas["teil_von"] == raum]]


def rangplatz(b: Datenbestand, indikator: str, raum: str) -> Platz:
    """Der Rang eines Gebiets unter den Gebieten seiner Ebene mit veröffentlichtem Wert."""
    level = b.ebenen[b.ebene(raum)]
    value = b.wert(indikator, raum)
    ranks = ranges.rangspannen(b, indikator, level)
    place, first, last = (int(ranks[name][raum]) for name in ("rang", "von", "bis"))
    return Platz(value, b.wert(indikator), place, int((ranks["rang"] > 0).sum()), level, first, last)


def groesse(b: Datenbestand, raum: str) -> int:
    """1 im Viertel der Gebiete einer Ebene mit den meisten Menschen, −1 im Viertel mit den wenigsten, sonst 0."""
    people, areas = inhabitants(b._tables), b.raeume(b.ebene(raum)).index
    if not people:
        return 0
    counts = b.merkmal(people)
    counts = counts[(counts["stichtag"] == counts["stichtag"].max()) & counts["raum_id"].isin(areas)]
    numbers = counts.set_index("raum_id")["wert"]
    if raum not in numbers or numbers.isna().any():
        return 0
    rank = float(numbers.rank(ascending=False)[raum])
    return int(rank <= len(numbers) / 4) - int(rank > len(numbers) * 3 / 4)


def spannen(b: Datenbestand, raum: str) -> list[Spine]:
    """Die Zeilen des Vergleichs mit allen Sozialräumen, eine je Profilindikator,
    aus den veröffentlichten Werten.
    """

    def spines() -> list[Spine]:
        return [_spine(b, i, raum) for i in profilindikatoren(b)]

    found: list[Spine] = b._store.entry(("spannen", raum, b.jahr), spines)
    return found


def _spine(b: Datenbestand, indicator: str, area: str) -> Spine:
    row, value, city = b.indikator(indicator), b.wert(indicator, area).wert, b.wert(indicator).wert
    table = b.daten(indicator)
    part = b.ebene(area) != b.ebenen.unten.schluessel
    inside = table.loc[sozialraeume(b, area), "wert"].dropna() if part else pd.Series(dtype=float)
    return Spine(
        group=str(row["dimension"]),
        name=mit_einheit(b, indicator),
        value=value.in_table,
        lower=value.lower,
        upper=value.upper,
        status=value.status,
        position=value.position,
        city=city.number,
        everyone=[float(v) for v in table["wert"].dropna()],
        direction=judgement.direction(str(row["richtung"])),
        decimals=value.decimals,
        members=[float(v) for v in inside],
    )


def mit_einheit(b: Datenbestand, indikator: str) -> str:
    """Der Name eines Indikators mit seiner Einheit: „Arbeitslosenrate in %“, „Einkommensindex (Stadt = 100)“."""
    row = b.indikator(indikator)
    name, unit = str(row["bezeichnung"]), str(row["einheit"])
    if unit == "Index":
        return f"{name} ({str(row['bezug']).replace(' ', NBSP)})"
    if unit.startswith("je "):
        related = str(row["bezug"])
        return f"{name} {related if related.startswith(unit) else f'{unit} {related}'}"
    return f"{name} in{NBSP}{unit}"


def bilanzsatz(b: Datenbestand, raum: str) -> Markup:
    """Ein bis zwei Sätze: bei wie vielen gewerteten Indikatoren das Gebiet erkennbar ungünstiger und günstiger als
    die Stadt liegt und welche Dimensionen gegen die Mehrheit stehen.
    """
    rows = [row for row in spannen(b, raum) if row.direction and row.status == Status.OK]
    worse, better = ([r for r in rows if r.side() == side] for side in (-1, 1))
    if not rows:
        return Markup()
    if not worse and not better:
        differs = f"ist ein Unterschied {b.ebenen.stadt.dazu} erkennbar"
        return escape(f"Bei keinem der {len(rows)} bewerteten Indikatoren {differs}.")
    (most, word, rest, other) = (
        (worse, "ungünstiger", better, "günstiger")
        if len(worse) >= len(better)
        else (better, "günstiger", worse, "ungünstiger")
    )
    told = prose.satz(b,
        f"Von {{n}} bewerteten Indikatoren {{m#fällt einer|fallen {{m:wort}}}} "
        f"erkennbar {word} aus als {b.ebenen.stadt.darin}",
        n=len(rows), m=len(most),
    )  # fmt: skip
    told += prose.satz(b, f" und {{r#einer|{{r:wort}}}} {other}.", r=len(rest)) if rest else f", keiner {other}."
    against = list(dict.fromkeys(r.group for r in rest if r.group not in {m.group for m in most}))
    if against and len(rest) < len(most):
        kind = "in der Dimension" if len(against) == 1 else "in den Dimensionen"
        told += f" {other.capitalize()} ist die Lage {kind} {enumeration(against)}."
    return told


def among(count: int, level: Ebene) -> str:
    """The areas of a level in the dative: „den 39 Sozialräumen“, „den zwölf Stadtbezirken“."""
    return f"den {WORDS[count] if count < len(WORDS) else count} {level.dativ}"
