"""Aktionsräume and the register of measures: sheets of the areas, tables by area and by aim, the bodies of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from sozialbericht import numbers
from sozialbericht.drawing.charts import organigram
from sozialbericht.drawing.charts.organigram import Body, Row
from sozialbericht.findings import chances, decision, typification
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.types import runs_in_percent
from sozialbericht.status import Status
from sozialbericht.subjects.areasheets import areasheet
from sozialbericht.subjects.crossings import areareading
from sozialbericht.subjects.crossings.consequences import Folgerungen
from sozialbericht.subjects.crossings.crossing import Querschnitt
from sozialbericht.subjects.typologies.typetables import type_source
from sozialbericht.wording.values import Wert, enumeration
from sozialbericht.writing import blocks, captions, figures, tables
from sozialbericht.writing.blocks import Caption, Layout


class Aktionsplan:
    """Die Aktionsräume in Tabellen und Steckbriefen, die Gremien des Plans: ``plan = b.aktionsplan()``."""

    def __init__(self, b: Datenbestand) -> None:
        self._b = b

    # -- areas -------------------------------------------------------------------------------------------

    def tabelle(self, indikatoren: Sequence[str], *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Aktionsräume nach Typen mit Einwohnerzahl, Sicherheit und Indikatoren.

        Darunter stehen alle zusammen und die Stadt. Zusammen heißt: Summe der Zähler durch Summe der Nenner. Die Zeile
        der Anteile sagt, wie viel Prozent der Zähler der Stadt auf die Aktionsräume entfallen.
        """
        bevoelkerung = chances.bevoelkerungsindikator(self._b) or indikatoren[0]
        names, chosen, plan = list(indikatoren), decision.auswahl(self._b), decision.auswahl(self._b).raeume
        people, city = f"{bevoelkerung}:nenner", self._b.ebenen.stadt
        part = f"Anteil an {city.dem} {city.einzahl_gebeugt}"
        rows: list[list[str]] = []
        groups: list[int] = []
        for kind, areas in chosen.je_typ().items():
            groups.append(len(rows))
            rows.append([chosen.arten.name(kind), *[""] * (len(names) + 2)])
            for area in areas:
                number = str(self._b.raeume().at[area, "nummer"]).rjust(2, "\u2007")
                share = runs_in_percent(float(chosen.anteil[area]))
                first, *others = tables.cells_of(self._b, [people, *names], area)
                rows.append([f"{number}\u00a0\u00a0{self._b.name(area)}", first, share, *others])
        groups += [len(rows), len(rows) + 2]
        joint = [chances.zusammen(self._b, name, plan) for name in (bevoelkerung, *names)]
        shares = [
            chances.anteil_an_stadt(self._b, bevoelkerung, plan, nenner=True),
            *[chances.anteil_an_stadt(self._b, n, plan) for n in names],
        ]
        rows.append(["Aktionsräume zusammen", "" if joint[0] is None else joint[0].nenner, "", *map(_cell, joint[1:])])
        rows.append([f"ihr {part} in %", _cell(shares[0]), "", *map(_cell, shares[1:])])
        first, *others = tables.cells_of(self._b, [people, *names], self._b.stadt)
        rows.append([self._b.stadtname, first, "", *others])
        signs = captions.signs([Status.WITHHELD]) if None in joint else []
        tables.put(
            self._b,
            ["Typ, Aktionsraum", "Menschen", chosen.wortlaut.kurz, *tables.heads_of(self._b, names)],
            rows,
            Caption(
                id,
                titel,
                f"„{chosen.wortlaut.kurz.replace('|', '')}“: Anteil der Berechnungen mit zufälliger Schwankung; "
                f"{part}: an allen Personen, Einkünften oder Hilfen, die der Indikator zählt",
                type_source(self._b, quelle, *signs),
            ),
            Layout(columns="1fr " + " ".join(["10.6mm"] * (len(names) + 2)), groups=tuple(groups), wide=True),
        )

    def tabelle_nahe_der_grenze(self, *, id: str, titel: str, quelle: str = "") -> None:
        """Setzt die Gebiete, bei denen die Zahlen nicht allein entscheiden.

        Aktionsräume auf der Kippe und weitere auffällige.
        """
        chosen, found = decision.auswahl(self._b), typification.typisierung(self._b)
        rows: list[list[str]] = []
        groups: list[int] = []
        for title, areas in (("Aktionsräume", chosen.knapp), ("keine Aktionsräume", chosen.weitere)):
            if areas:
                groups.append(len(rows))
                rows.append([title, *[""] * 3])
            for area in areas:
                rows.append(
                    [
                        self._b.name(area),
                        str(chosen.typen[area]),
                        numbers.number(found.abstand[area], 1, sign=True),
                        runs_in_percent(float(chosen.anteil[area])),
                    ]
                )
        tables.put(
            self._b,
            [self._b.ebenen.unten.einzahl, "Typ", f"Abstand {self._b.ebenen.stadt.dazu}", chosen.wortlaut.kurz],
            rows,
            Caption(
                id,
                titel,
                f"Abstand: Mittel aller Merkmale in Standardabweichungen, + {chosen.wortlaut.durchschnitt}; "
                "letzte Spalte: Anteil der Berechnungen mit zufälliger Schwankung",
                type_source(self._b, quelle),
            ),
            Layout(columns="1fr 16mm 30mm 34mm", groups=tuple(groups)),
        )

    def steckbrief(self, raum: str, indikatoren: Sequence[str]) -> None:
        """Setzt ein Gebiet auf einer halben Seite: Lage und Kennwerte, Chancen vor Belastungen, Maßnahmen und Lücken.

        Aktionsräume stehen zu zweit auf einer Seite, wenn sie in der Reihenfolge ihrer Lage gesetzt werden
        (``reihenfolge``); die Zeichen sind unter dem zweiten erklärt.
        """
        blocks.put(areasheet.sheet(self._b, self._b._known_area(raum), list(indikatoren)))

    def reihenfolge(self) -> list[str]:
        """Die Aktionsräume nach ihrer Lage, der am stärksten belastete zuerst."""
        return areasheet.ordered(self._b)

    # -- across the dimensions ---------------------------------------------------------------------------

    def querschnitt(self, indikatoren: Mapping[str, str]) -> Querschnitt:
        """Merkmale mehrerer Dimensionen (Indikator → Name), Aktionsräume gegen die übrigen Gebiete."""
        return Querschnitt(self._b, indikatoren)

    def gebietsbeispiel(self, *, marke: str) -> None:
        """Setzt den Abschnitt „So liest man den Bericht für …“ zu einem Gebiet, das die Zahlen auswählen."""
        areareading.gebietsbeispiel(self._b, marke=marke)

    def folgerungen(self) -> Folgerungen:
        """Die Ziele des Plans neben den Zahlen und dem Register: was fehlt, wonach man fragen könnte."""
        return Folgerungen(self._b)

    # -- bodies ------------------------------------------------------------------------------------------

    def organigramm(
        self, ebenen: Mapping[str, Mapping[str, Sequence[str]]], *, leitung: Mapping[str, str] | None = None,
        id: str, titel: str, einheit: str = "", quelle: str,
    ) -> None:  # fmt: skip
        """Setzt Gremien und ihre Mitglieder: Ebene → Gremium → Mitglieder; ``leitung`` nennt je Gremium, wer leitet."""
        leads = leitung or {}
        rows = [
            Row(level, tuple(Body(name, tuple(members), leads.get(name, "")) for name, members in bodies.items()))
            for level, bodies in ebenen.items()
        ]

        def draw(narrow: bool) -> Figure:
            return organigram.organigram(rows, narrow=narrow)

        told = " ".join(
            f"{row.name}: "
            + "; ".join(
                f"{body.name} – {enumeration(f'{m} (Leitung)' if m == body.lead else m for m in body.members)}"
                for body in row.bodies
            )
            + "."
            for row in rows
        )
        figures.put(self._b, draw, Caption(id, titel, einheit, quelle, f"Übersicht der Gremien. {told}"))


def _cell(value: Wert | None) -> str:
    return numbers.status_sign(Status.WITHHELD) if value is None else value.zahl


def _short(b: Datenbestand, indicator: str) -> str:
    return str(b.indikator(indicator)["bezeichnung"])
