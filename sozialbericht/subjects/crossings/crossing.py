"""Crossing: indicators of several dimensions side by side, the Aktionsräume together beside all other areas together.

The gap of each has its 95 % interval; whether it is told is corrected over all indicators of the table. Areas are
compared, not people: that one indicator brings about another does not follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sozialbericht import numbers
from sozialbericht.drawing.canvas.rowgrid import Rowgrid, fitting
from sozialbericht.drawing.canvas.style import FULL, GUTTER
from sozialbericht.drawing.canvas.svg import to_svg
from sozialbericht.drawing.charts.dumbbell import Dumbbell, dumbbells
from sozialbericht.escaping import Markup, bold
from sozialbericht.findings import decision, strengths
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.indicator import Indikator
from sozialbericht.numbers import NBSP
from sozialbericht.position import Position
from sozialbericht.statistics.intervals import comparison
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.subjects import gaps
from sozialbericht.wording import judgement
from sozialbericht.wording.sentences import worded
from sozialbericht.wording.values import Wert
from sozialbericht.writing import blocks, captions, prose
from sozialbericht.writing.blocks import Caption, Picture
from sozialbericht.writing.rowtable import Rowtable

HEAD, ROW, WIDTH = 8.0, 5.6, 44.0
"""Heights of heads and of a row of one line, width of the picture, in mm."""

#: Least widths of the columns after the first, mm, and the room between two of them.
WIDTHS, SPACE = (13.0, 10.0, 11.0, 12.0, 22.0), 1.8
#: What is said of every such table.
NO_CAUSE = "Verglichen werden Gebiete, nicht Menschen; dass ein Merkmal das andere bewirkt, zeigt die Tabelle nicht."


@dataclass(frozen=True)
class Zeile:
    """Ein Merkmal: ``plan`` die Aktionsräume zusammen, ``uebrige`` alle anderen Gebiete zusammen, ``stadt``; ``lage``,
    ob ``plan`` erkennbar über oder unter ``uebrige`` liegt (über alle Merkmale der Tabelle berichtigt);
    ``unten``, ``oben``: 95-%-Bereich des Abstands; ``richtung``: 1 Chance, −1 Belastung, 0 ohne Wertung;
    ``streuung``: Standardabweichung der Gebiete.
    """

    indikator: str
    name: str
    plan: Wert
    uebrige: Wert
    stadt: Wert
    lage: Position
    unten: float
    oben: float
    richtung: int
    streuung: float

    @property
    def differenz(self) -> float:
        """Der Abstand, aus den ungerundeten Werten."""
        return strengths.gap_between(self.plan, self.uebrige)

    @property
    def groesse(self) -> float:
        """Der Abstand in Standardabweichungen der Gebiete, ohne Vorzeichen; NaN, wo sie nicht streuen."""
        return abs(self.differenz) / self.streuung if self.streuung else float("nan")

    @property
    def spanne(self) -> tuple[float, float]:
        """Der 95-%-Bereich von ``groesse`` bei einem erkennbaren Abstand."""
        ends = sorted(abs(end) / self.streuung for end in (self.unten, self.oben))
        return ends[0], ends[1]

    @property
    def seite(self) -> int:
        """1: Die Aktionsräume stehen erkennbar günstiger da, −1: ungünstiger, 0: nicht erkennbar oder ohne Wertung."""
        return judgement.side(self.lage, self.richtung)

    def bild(self) -> Dumbbell:
        """Was das Bild zeigt."""
        sign = self.richtung or 1

        def off(value: Wert) -> tuple[float, float, float]:
            given = (value.wert.number, value.wert.lower, value.wert.upper)
            if not self.streuung:
                return (float("nan"),) * 3
            one, two, three = (sign * (v - self.stadt.wert.number) / self.streuung for v in given)
            return (one, min(two, three), max(two, three)) if np.isfinite(two + three) else (one, two, three)

        return Dumbbell(off(self.plan), off(self.uebrige), bool(self.richtung))


class Querschnitt:
    """Merkmale mehrerer Dimensionen, Aktionsräume gegen die übrigen Gebiete: ``q = b.aktionsplan().querschnitt(…)``."""

    def __init__(self, b: Datenbestand, indikatoren: Mapping[str, str]) -> None:
        self._b = b
        self._found = _rows(b, indikatoren)

    @property
    def zeilen(self) -> list[Zeile]:
        """Die Merkmale, zu denen sich etwas sagen lässt; leer ohne Aktionsräume."""
        return list(self._found)

    def zeile(self, indikator: str) -> Zeile | None:
        """Die Zeile eines Merkmals; None, wo sich nichts sagen lässt."""
        return next((row for row in self.zeilen if row.indikator == indikator), None)

    @property
    def vorbehalt(self) -> str:
        """Dass Gebiete verglichen werden und keine Ursache gezeigt wird."""
        return NO_CAUSE

    def lagesatz(self) -> Markup:
        """Wie viele der gewerteten Merkmale in den Aktionsräumen erkennbar ungünstiger und günstiger sind."""
        judged = [row for row in self.zeilen if row.richtung]
        worse, better = ([row.name for row in judged if row.seite == side] for side in (-1, 1))
        rest = [row.name for row in judged if not row.seite]
        if not judged:
            return Markup()
        every = "beiden" if len(judged) == 2 else "allen {n:wort}"
        told = [
            f"Bei {{n#dem einen gewerteten Merkmal|{every} gewerteten Merkmalen}} stehen die Aktionsräume "
            "erkennbar ungünstiger da als die übrigen {unten.mehrzahl}."
            if len(worse) == len(judged)
            else "Von {n:wort} gewerteten Merkmalen {w#ist|sind} in den Aktionsräumen {w#eines|{w:wort}} "
            "erkennbar ungünstiger als in den übrigen {unten.dativ}."
            if worse
            else "Kein gewertetes Merkmal ist in den Aktionsräumen erkennbar ungünstiger als in den übrigen "
            "{unten.dativ}.",
            "Erkennbar günstiger {b#ist|sind} {b}." if better else "",
            "Nicht erkennbar verschieden {r#ist|sind}: {r}." if rest and worse else "",
        ]
        values: dict[str, Any] = {"n": len(judged), "w": len(worse), "b": better, "r": rest}
        return Markup(" ").join(prose.satz(self._b, words, **values) for words in told if words)

    def groessensatz(self) -> Markup:
        """Bei welchem Merkmal der erkennbare Abstand am größten ist.

        Leer, wo es keine zwei Merkmale gibt oder der 95-%-Bereich eines anderen bis in seinen reicht.
        """
        told = [row for row in self.zeilen if row.lage.differs and np.isfinite(row.groesse)]
        least = max((row.spanne[0] for row in told), default=0.0)
        largest = [row.name for row in told if row.spanne[1] >= least]
        if len(told) < 2 or len(largest) > 1:
            return Markup()
        words = "Gemessen an der Streuung der {unten.mehrzahl_bestimmt} ist der Abstand bei „{w}“ am größten."
        return prose.satz(self._b, words, w=largest[0])

    def tabelle(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Merkmale mit beiden Gruppen, der Stadt und dem Abstand mit 95-%-Bereich; daneben das Bild."""
        b = self._b
        if not self.zeilen:
            blocks.put(blocks.absent(blocks.checked_label(id, "tbl"), "Es gibt keine Aktionsräume."))
            return
        printed = [self._cells(row) for row in self.zeilen]
        columns = zip(zip(*printed, strict=True), WIDTHS, strict=True)
        rooms = [fitting(words, least, weight=600) for words, least in columns]
        room = FULL - GUTTER - WIDTH - sum(rooms) - SPACE * len(rooms)
        names = [row.name + "*" * self._typed(row) for row in self.zeilen]
        grid = Rowgrid.of(HEAD, names, width=room, row=ROW)
        table = Rowtable(
            ["Merkmal", "Aktions|räume", "übrige", b.ebenen.stadt.einzahl, "Abstand", "95-%-Bereich"],
            [[name, bold(cells[0]), *cells[1:]] for name, cells in zip(names, printed, strict=True)],
            " ".join(["1fr", *(f"{room:.1f}mm" for room in rooms)]),
            grid,
            grey=(3, 5),
        )
        figure = dumbbells([row.bild() for row in self.zeilen], grid, b.stadtname, WIDTH)
        caption = Caption(
            blocks.checked_label(id, "tbl"), titel,
            f"Bild: Abstand vom {b.ebenen.stadt.gesamtwert} in Standardabweichungen der "
            f"{b.ebenen.unten.mehrzahl_bestimmt}; rechts ist günstiger",
            self._source(quelle),
            self._alternative(),
        )  # fmt: skip
        picture = Picture(id, caption.alternative, {"wide": to_svg(figure, titel, id)})
        neutral = any(not row.richtung for row in self.zeilen)
        marks = "Bild: gefüllt Aktionsräume, hohl übrige; Strich: 95-%-Bereich"
        marks += "; Raute: ohne Wertung, rechts mehr." if neutral else "."
        blocks.put(blocks.framed(caption, table.beside(picture, WIDTH, marks, self._note())))

    def _cells(self, row: Zeile) -> list[str]:
        decimals = row.plan.wert.decimals
        gap = numbers.number(row.differenz, decimals, sign=True)
        sign = "≈ " if row.lage is Position.WITHIN else ""
        return [row.plan.zahl, row.uebrige.zahl, row.stadt.zahl, sign + gap, gaps.span(row.unten, row.oben, decimals)]

    def _note(self) -> str:
        signs = ["≈ nicht erkennbar verschieden"] if any(row.lage is Position.WITHIN for row in self.zeilen) else []
        if any(row.lage is Position.UNKNOWN for row in self.zeilen):
            signs.append("x kein 95-%-Bereich")
        if any(self._typed(row) for row in self.zeilen):
            signs.append("* entscheidet selbst mit, wer Aktionsraum ist, ein Abstand ist dort zu erwarten")
        return f"{'; '.join(signs)}." if signs else ""

    def _typed(self, row: Zeile) -> bool:
        """Whether an indicator itself decides who is an Aktionsraum."""
        return bool(self._b.indikatoren()["typ_vorzeichen"].notna()[row.indikator])

    def _source(self, extra: str) -> str:
        used = [Indikator(self._b, row.indikator) for row in self.zeilen]
        sources = worded("Abstände für {n#einen Vergleich|{n:wort} Vergleiche} berichtigt", n=len(used))
        sources += "; Quellen: Indikatorenblätter"
        return " ".join(filter(None, [f"{captions.all_stands(used)}. {sources}.", extra]))

    def _alternative(self) -> str:
        sides = [row.seite for row in self.zeilen]
        judged = sum(bool(row.richtung) for row in self.zeilen)
        return (
            f"Bild zur Tabelle links: je Merkmal die Aktionsräume und die übrigen {self._b.ebenen.unten.mehrzahl} als "
            f"Punkte beiderseits der Linie von {self._b.stadtname}. Von {judged} gewerteten Merkmalen stehen die "
            f"Aktionsräume bei {sides.count(-1)} erkennbar ungünstiger, bei {sides.count(1)} günstiger. Alle Werte in "
            "der Tabelle links."
        )


def _rows(b: Datenbestand, indicators: Mapping[str, str]) -> list[Zeile]:
    """The rows whose values may be told, in the order given."""
    plan = decision.auswahl(b).raeume
    pairs = {name: pair for name in indicators if plan and (pair := gaps.apart(b, name, plan, b.jahr))}
    found = comparison.together([tuple(Estimate.of([v.wert]) for v in pair) for pair in pairs.values()])  # type: ignore[misc]
    rows = []
    for place, (name, (own, rest)) in enumerate(pairs.items()):
        row = b.indikator(name)
        rows.append(
            Zeile(
                name, indicators[name].replace(" %", f"{NBSP}%"), own, rest, b.wert(name),
                Position(found.position[place]), float(found.lower[place]), float(found.upper[place]),
                judgement.direction(str(row["richtung"])),
                strengths.spread(b, name, b.ebenen.unten.schluessel),
            )
        )  # fmt: skip
    return rows
