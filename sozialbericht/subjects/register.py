"""The register of measures: what is done where, by whom, since when."""

from __future__ import annotations

import pandas as pd

from sozialbericht import numbers
from sozialbericht.findings import decision
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.findings.footing import holding
from sozialbericht.findings.footing.holding import EXAMPLE, HOLDING, MEASURE, Bestand
from sozialbericht.wording.sentences import worded
from sozialbericht.writing import blocks, tables
from sozialbericht.writing.blocks import Caption, Layout

SHEET = ("raum_id", "ziel", "handlungsfeld", "massnahme", "traeger", "status", "beginn", "beispiel")
ABSENT = "Ein Register der Maßnahmen liegt nicht vor (data/massnahmen.csv fehlt oder ist leer)."


class Register:
    """Das Register der Maßnahmen: ``register = b.massnahmen()``; ``len(register)`` zählt sie."""

    def __init__(self, b: Datenbestand) -> None:
        self._b = b

    def __len__(self) -> int:
        return len(self.eintraege())

    @property
    def liegt_vor(self) -> bool:
        """Ob die Daten ein Register haben."""
        return "massnahmen" in self._b._tables.others

    def eintraege(self, raum: str | None = None) -> pd.DataFrame:
        """Das Register der Maßnahmen, auf Wunsch eines Gebiets; leer, wenn keines vorliegt.

        Spalten raum_id, ziel, handlungsfeld, massnahme, traeger, status, beginn (Jahr oder fehlend), beispiel
        (erfunden).
        """
        register = self._of(MEASURE)
        if raum is not None:
            register = register[register["raum_id"] == self._b._known_area(raum)]
        return register.reset_index(drop=True)

    def _of(self, art: str) -> pd.DataFrame:
        table = holding.entries(self._b, art)
        if table.empty:
            return pd.DataFrame(columns=list(SHEET))
        return table.assign(beispiel=table["herkunft"] == "beispiel")[list(SHEET)]

    def bestand(self, raum: str | None = None) -> list[Bestand]:
        """Der Bestand: Orte, Vereine und Projekte, die es schon gibt; auf Wunsch der eines Gebiets."""
        return holding.bestand(self._b, None if raum is None else self._b._known_area(raum))

    def satz(self) -> str:
        """Ein Satz, was im Register steht und was davon Beispiele sind, oder dass keines vorliegt."""
        register = self.eintraege()
        if register.empty:
            return ABSENT
        examples = int(register["beispiel"].sum()) + sum(one.beispiel for one in self.bestand())
        there = self.bestand()
        told = f"Das Register enthält {numbers.number(len(register))} Maßnahmen"
        if there:
            told += str(worded(" und {n#einen Eintrag|{n:wort} Einträge} zum Bestand", n=len(there)))
        if examples == len(register) + len(there):
            return (
                f"{told}. Alle sind erfundene Beispiele, die das Register vorführen; "
                "sie belegen nicht, was in den Gebieten geschieht."
            )
        if examples:
            return (
                f"{told}, darunter {numbers.number(examples)} "
                f"erfundene{'s Beispiel' if examples == 1 else ' Beispiele'}; sie sind gekennzeichnet."
            )
        return f"{told}."

    def zeile(self, massnahme: pd.Series) -> str:
        """Eine Maßnahme in einer Zeile: „Elterncafé (Jugendamt; läuft seit 2007)“, Beispiele gekennzeichnet."""
        return f"{self.was(massnahme)} ({massnahme['traeger']}; {state(massnahme)})"

    def was(self, massnahme: pd.Series) -> str:
        """Die Maßnahme allein, Beispiele gekennzeichnet."""
        mark = f"{EXAMPLE} – " if massnahme["beispiel"] else ""
        return f"{mark}{massnahme['massnahme']}"

    def tabelle(self, *, id: str, titel: str) -> None:
        """Setzt das ganze Register nach Zielen und Handlungsfeldern, nach den Maßnahmen den Bestand.

        Ohne Register den Satz, dass keines vorliegt.
        """
        parts = [self._of(MEASURE), self._of(HOLDING).assign(status=HOLDING)]
        register = pd.concat([part for part in parts if len(part)]) if any(map(len, parts)) else parts[0]
        if register.empty:
            blocks.put(blocks.paragraph(ABSENT))
            return
        rows: list[list[str]] = []
        groups: list[int] = []
        for aim, part in register.groupby("ziel", sort=False):
            for field, entries in part.groupby("handlungsfeld", sort=False):
                groups.append(len(rows))
                rows.append(
                    [
                        str(field) if field == aim and part["handlungsfeld"].nunique() == 1 else f"{aim}: {field}",
                        "",
                        "",
                        "",
                        "",
                    ]
                )
                rows += [[words[1], words[0], *words[2:]] for words in self._entries(entries)]
        told = "„Beispiel“: erfunden, um das Register vorzuführen. " if register["beispiel"].any() else ""
        tables.put(
            self._b,
            ["Ziel: Handlungsfeld; Maßnahme", "Gebiet", "Träger", "Stand", "Herkunft"],
            rows,
            Caption(
                id,
                titel,
                "Stand bei der Herstellung dieses Berichts, für alle Berichtsjahre derselbe",
                f"{told}Register der Maßnahmen (data/massnahmen.csv).",
            ),
            Layout(columns="1fr 32mm 34mm 21mm 10.5mm", groups=tuple(groups), left=(0, 1, 2, 3, 4), wide=True),
        )

    def uebrige(self) -> pd.DataFrame:
        """Die Maßnahmen, deren Gebiet im Berichtsjahr kein Aktionsraum ist, ohne die für die ganze Stadt."""
        register = self.eintraege()
        known = [*decision.auswahl(self._b).raeume, self._b.stadt]
        return register[~register["raum_id"].isin(known)].reset_index(drop=True)

    def _entries(self, part: pd.DataFrame) -> list[list[str]]:
        """Area, measure, carrier, state and origin of the entries in the order of the areas."""
        order = {area: place for place, area in enumerate(self._b._tables.areas.index)}
        ordered = part.sort_values("raum_id", key=lambda column: column.map(order), kind="stable")
        return [
            [
                self._b.ebenen.stadt.ganz if entry["raum_id"] == self._b.stadt else self._b.name(str(entry["raum_id"])),
                str(entry["massnahme"]),
                str(entry["traeger"]),
                state(entry),
                EXAMPLE if entry["beispiel"] else "",
            ]
            for _, entry in ordered.iterrows()
        ]


def state(entry: pd.Series) -> str:
    """„läuft seit 2007“, „geplant ab 2008“, „Idee“."""
    status = str(entry["status"])
    if pd.isna(entry["beginn"]):
        return status
    words = {"läuft": "seit", HOLDING: "seit", "abgeschlossen": "begonnen"}.get(status, "ab")
    return f"{status}{',' if words == 'begonnen' else ''} {words} {int(entry['beginn'])}"
