"""Consequences: the aims of the plan beside the numbers and the register – where an area stands worse than the city,
where the register names nothing, what one might ask next. Reasons are none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from sozialbericht.data.decided import aims
from sozialbericht.drawing.canvas.style import FULL, text_width
from sozialbericht.escaping import Markup, bold, listed
from sozialbericht.findings import decision
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.position import Position
from sozialbericht.status import Status
from sozialbericht.subjects.register import Register
from sozialbericht.wording import judgement
from sozialbericht.wording.values import enumeration
from sozialbericht.writing import blocks, prose, tables
from sozialbericht.writing.blocks import Caption, Layout

#: States of a measure, the one that counts first; what stands where there is none.
STATES = ("läuft", "geplant", "Idee", "abgeschlossen")
GAP, NOTHING = "Lücke", "–"
#: What a register and its gaps do not show.
CAVEAT = (
    "Eine Lücke im Register ist kein Beleg dafür, dass Hilfe fehlt, und eine Maßnahme keiner dafür, dass sie wirkt."
)
#: Widths in mm: of the column of names, of another at most; the room between two; so many questions at most.
NAMES, WIDEST, SPACE, QUESTIONS = 37.0, 18.0, 1.8, 3
#: Size of the heads, pt.
SIZE = 7.4


@dataclass(frozen=True)
class Feld:
    """Ein Handlungsfeld: sein Ziel, sein Name, der Name im Kopf einer Spalte, seine eigenen Indikatoren."""

    ziel: str
    name: str
    kurz: str
    indikatoren: tuple[str, ...]


@dataclass(frozen=True)
class Zaehlung:
    """Wie viele Indikatoren eines Ziels in einem Gebiet erkennbar ungünstiger sind als in der Stadt, von ``alle``, zu
    denen sich das sagen lässt.
    """

    unguenstiger: int
    alle: int

    def __str__(self) -> str:
        """„3 von 5“."""
        return f"{self.unguenstiger} von {self.alle}"


class Folgerungen:
    """Ziele, Aktionsräume und Lücken im Register: ``f = b.aktionsplan().folgerungen()``."""

    def __init__(self, b: Datenbestand) -> None:
        self._b = b
        self._areas = decision.auswahl(b).raeume
        table = b._tables.others.get(aims.FIELDS, pd.DataFrame())
        fields = [
            Feld(str(r["ziel"]), str(r["handlungsfeld"]), str(r["kurzname"]), tuple(aims.of_field(r["indikatoren"])))
            for _, r in table.iterrows()
        ]
        order = list(dict.fromkeys(field.ziel for field in fields))
        self._fields = sorted(fields, key=lambda field: order.index(field.ziel))

    @property
    def raeume(self) -> list[str]:
        """Die Aktionsräume (raum_id), das am stärksten belastete zuerst."""
        return list(self._areas)

    @property
    def felder(self) -> list[Feld]:
        """Die Handlungsfelder nach Zielen, in der Reihenfolge der Daten."""
        return list(self._fields)

    @property
    def grund(self) -> str:
        """Warum sich nichts folgern lässt; sonst leer."""
        if not self.raeume:
            return "Es gibt keine Aktionsräume."
        return "" if len(self._measures) else "Ein Register der Maßnahmen liegt nicht vor."

    @property
    def ziele(self) -> list[str]:
        """Die Ziele in ihrer Reihenfolge."""
        return list(dict.fromkeys(field.ziel for field in self.felder))

    def indikatoren(self, ziel: str) -> list[str]:
        """Die Indikatoren aller Handlungsfelder eines Ziels."""
        return list(dict.fromkeys(i for field in self.felder if field.ziel == ziel for i in field.indikatoren))

    def zaehlung(self, raum: str, ziel: str) -> Zaehlung:
        """Wie viele Indikatoren eines Ziels in einem Gebiet erkennbar ungünstiger sind als in der Stadt."""
        return self._counted(raum, self.indikatoren(ziel))

    def zelle(self, raum: str, feld: Feld) -> str:
        """Der Stand der Maßnahmen eines Handlungsfelds in einem Gebiet, „Lücke“ oder „–“.

        Lücke heißt: keine Maßnahme, und mindestens ein Indikator des Handlungsfelds (wo es keinen eigenen hat: des
        Ziels) ist erkennbar ungünstiger; wo auch das Ziel keinen hat, nur: keine Maßnahme.
        """
        found = self._states.get((raum, feld.name), ())
        if found:
            return min(found, key=STATES.index)
        own = list(feld.indikatoren) or self.indikatoren(feld.ziel)
        return GAP if not own or self._counted(raum, own).unguenstiger else NOTHING

    def luecken(self, feld: Feld) -> int:
        """In wie vielen Aktionsräumen ein Handlungsfeld eine Lücke hat."""
        return sum(self.zelle(area, feld) == GAP for area in self.raeume)

    # -- what it says ----------------------------------------------------------------------------------------

    def tabelle(self, *, id: str, titel: str) -> None:
        """Setzt Aktionsräume × Ziele und Handlungsfelder mit den Worten läuft, geplant, Idee, Lücke und –."""
        b = self._b
        heads, upper, rows = [b.ebenen.unten.einzahl], [""], [[b.name(area)] for area in self.raeume]
        sums, spans = ["Lücken"], []
        for aim in self.ziele:
            start = len(heads)
            if self.indikatoren(aim):
                heads.append("ungüns|tiger")
                sums.append("")
                for area, row in zip(self.raeume, rows, strict=True):
                    row.append(str(self.zaehlung(area, aim)))
            for field in (field for field in self.felder if field.ziel == aim):
                heads.append(field.kurz)
                sums.append(str(self.luecken(field)))
                for area, row in zip(self.raeume, rows, strict=True):
                    row.append(_shown(self.zelle(area, field)))
            spans.append((start, len(heads) - 1))
            upper += [aim, *[""] * (len(heads) - 1 - start)]
        rooms = _rooms(spans, self.ziele)
        tables.put(
            b, heads, [upper, *rows, sums],
            Caption(
                id, titel,
                f"„ungünstiger“: Zahl der Merkmale, erkennbar ungünstiger als {b.ebenen.stadt.darin}; sonst Stand der "
                "Maßnahmen je Handlungsfeld",
                self._source(),
            ),
            Layout(
                columns=" ".join(["1fr", *(f"{room:.1f}mm" for room in rooms)]), groups=(len(rows),),
                left=tuple(range(len(heads))), wide=True, upper=tuple(spans),
            ),
        )  # fmt: skip

    def fragen(self) -> list[Markup]:
        """Wonach man als Nächstes fragen könnte, höchstens drei Fragen."""
        found = [self._most_gaps(), self._all_worse(), self._none_worse()]
        return [words for words in found if words][:QUESTIONS]

    def setze_fragen(self) -> None:
        """Setzt die Fragen als Liste und den Satz, was eine Lücke nicht zeigt."""
        if questions := self.fragen():
            blocks.put(blocks.paragraph(listed(questions)))
        blocks.put(blocks.paragraph(CAVEAT))

    def _most_gaps(self) -> Markup:
        """Which fields have gaps in most areas, if they have them in at least half of two or more."""
        counted = {field.name: self.luecken(field) for field in self.felder}
        most = max(counted.values(), default=0)
        if most < 2 or 2 * most < len(self.raeume):
            return Markup()
        names = [name for name, count in counted.items() if count == most]
        if len(names) > 3:
            return Markup()
        words = (
            "In {je}{n:wort} {k#Aktionsraum|der {k:wort} Aktionsräume} nennt das Register zu {felder} keine Maßnahme: "
            "Geschieht dort nichts, oder steht es nicht im Register?"
        )
        if most == len(self.raeume):
            words = (
                "In keinem Aktionsraum nennt das Register zu {felder} eine Maßnahme: Geschieht dort nichts, oder steht "
                "es nicht im Register?"
            )
        shown = enumeration(f"„{name}“" for name in names)
        return prose.satz(self._b, words, n=most, k=len(self.raeume), felder=shown, je="je " if len(names) > 1 else "")

    def _all_worse(self) -> Markup:
        """Where all indicators of an aim are worse and the register names nothing for it: the aim with most areas."""
        found: dict[str, list[str]] = {}
        for aim in self.ziele:
            fields = [field for field in self.felder if field.ziel == aim]
            for area in self.raeume:
                told = self.zaehlung(area, aim)
                bare = not any(self._states.get((area, field.name)) for field in fields)
                if told.alle > 1 and told.unguenstiger == told.alle and bare:
                    found.setdefault(aim, []).append(area)
        if not found:
            return Markup()
        aim = max(found, key=lambda name: len(found[name]))
        words = (
            "{wo} sind alle {n:wort} Merkmale des Ziels „{ziel}“ erkennbar ungünstiger als {stadt.darin}, und das "
            "Register nennt zu diesem Ziel keine Maßnahme. Ist dort etwas geplant?"
        )
        return prose.satz(self._b, words, wo=self._where(found[aim]), n=len(self.indikatoren(aim)), ziel=aim)

    def _none_worse(self) -> Markup:
        """Where no indicator of an aim is worse than in the city: the aim with the fewest such areas."""
        found = {
            aim: [a for a in self.raeume if (told := self.zaehlung(a, aim)).alle > 1 and not told.unguenstiger]
            for aim in self.ziele
        }
        found = {aim: areas for aim, areas in found.items() if areas}
        if not found:
            return Markup()
        aim = min(found, key=lambda name: len(found[name]))
        words = (
            "{wo} ist kein Merkmal des Ziels „{ziel}“ erkennbar ungünstiger als {stadt.darin}. Was ist dort anders, "
            "und wer weiß es vor Ort?"
        )
        return prose.satz(self._b, words, wo=self._where(found[aim]), ziel=aim)

    def _where(self, areas: Sequence[str]) -> str:
        """„Im Sozialraum Nord“, „In den Sozialräumen Nord und Süd“."""
        level = self._b.ebenen.unten
        names = [self._b.name(area) for area in areas]
        words = level.am(names[0]) if len(names) == 1 else f"in den {level.dativ} {enumeration(self._b._told(names))}"
        return words[0].upper() + words[1:]

    # -- inside ----------------------------------------------------------------------------------------------

    @cached_property
    def _measures(self) -> pd.DataFrame:
        """The measures of the register, without what only exists (Bestand)."""
        return Register(self._b).eintraege()

    @cached_property
    def _states(self) -> dict[tuple[str, str], list[str]]:
        """The states of the measures by area and field; those of a district hold in its areas, of the city nowhere."""
        above, found = self._b._tables.areas["teil_von"], dict[tuple[str, str], list[str]]()
        for _, entry in self._measures.iterrows():
            for area in self.raeume:
                if entry["raum_id"] == area or (entry["raum_id"] == above[area] != self._b.stadt):
                    found.setdefault((area, str(entry["handlungsfeld"])), []).append(str(entry["status"]))
        return found

    def _counted(self, area: str, indicators: Sequence[str]) -> Zaehlung:
        told = {i: self._b.wert(i, area).wert for i in indicators}
        known = {i: v for i, v in told.items() if v.status == Status.OK and v.position is not Position.UNKNOWN}
        upward = {i: judgement.direction(str(self._b.indikator(i)["richtung"])) for i in known}
        return Zaehlung(sum(judgement.side(v.position, upward[i]) < 0 for i, v in known.items()), len(known))

    def _source(self) -> str:
        b, named = self._b, [i for aim in self.ziele for i in self.indikatoren(aim)]
        bare = [f"„{aim}“" for aim in self.ziele if not self.indikatoren(aim)]
        lone = [f"„{field.name}“" for field in self.felder if not field.indikatoren and self.indikatoren(field.ziel)]
        parts = [
            "Lücke: Ein Merkmal des Handlungsfelds ist erkennbar ungünstiger, und das Register nennt dazu keine "
            "Maßnahme",
            f" (bei {enumeration(lone)} zählt jedes Merkmal des Ziels)" if lone else "",
            f"; für {enumeration(bare)} gibt es kein Merkmal, dort heißt Lücke nur: keine Maßnahme" if bare else "",
            ". – kein Merkmal erkennbar ungünstiger, keine Maßnahme.",
            f" Maßnahmen für {b.ebenen.stadt.die_ganze} zählen nicht mit." if self._of_city else "",
            f" Merkmale: {enumeration(b.indikator(i)['bezeichnung'] for i in dict.fromkeys(named))}." if named else "",
        ]
        examples = " (erfundene Beispiele)" if self._measures["beispiel"].all() else ""
        return "".join([*parts, f" Quellen: Register der Maßnahmen{examples}, Indikatorenblätter des Berichts."])

    @property
    def _of_city(self) -> bool:
        return bool((self._measures["raum_id"] == self._b.stadt).any())


def _rooms(spans: Sequence[tuple[int, int]], names: Sequence[str]) -> list[float]:
    """The widths of the columns after the first, mm: alike, wider where the longest word of an aim has no room else."""
    usual = min(WIDEST, (FULL - NAMES) / max(last for _, last in spans) - SPACE)
    rooms = []
    for (first, last), name in zip(spans, names, strict=True):
        count = last - first + 1
        need = max(text_width(word, SIZE, 600) for word in name.split()) + 0.4
        rooms += [max(usual, (need - SPACE * (count - 1)) / count)] * count
    return rooms


def _shown(word: str) -> str:
    """A word as a cell: gaps in the colour of burdens, what runs in bold."""
    if word == GAP:
        return Markup(f"[{GAP}]{{wertung=minus}}")
    if word == NOTHING:
        return Markup(f"[{NOTHING}]{{wertung=ohne}}")
    return bold(word) if word == STATES[0] else word.replace("abgeschlossen", "abge\u00adschlossen")
