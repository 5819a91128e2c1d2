"""What the register says is there already: places, associations and projects of an area (art *Bestand*)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sozialbericht.findings.dataset import Datenbestand

#: The kinds of the register's entries.
MEASURE, HOLDING = "Maßnahme", "Bestand"
#: What stands before an entry that was invented to show the register.
EXAMPLE = "Beispiel"


@dataclass(frozen=True)
class Bestand:
    """Was in einem Gebiet schon besteht; ``seit`` ist das Jahr, 0 wo es nicht bekannt ist, ``beispiel``: erfunden."""

    raum: str
    was: str
    traeger: str
    seit: int
    beispiel: bool

    def __str__(self) -> str:
        """„Stadtteilbibliothek (Kulturbetriebe, seit 1998)“, Beispiele gekennzeichnet."""
        mark = f"{EXAMPLE} – " if self.beispiel else ""
        since = f", seit {self.seit}" if self.seit else ""
        return f"{mark}{self.was} ({self.traeger}{since})"


def entries(b: Datenbestand, art: str) -> pd.DataFrame:
    """The register's entries of a kind; without the column ``art`` all are measures. Empty without a register."""
    table = b._tables.others.get("massnahmen")
    if table is None:
        return pd.DataFrame()
    kinds = table["art"].fillna("") if "art" in table else pd.Series("", table.index)
    return table[kinds.replace("", MEASURE) == art]


def bestand(b: Datenbestand, raum: str | None = None) -> list[Bestand]:
    """Was das Register als Bestand nennt, nach Gebieten und darin in seiner Reihenfolge; auf Wunsch der eines Gebiets.
    """
    table = entries(b, HOLDING)
    if table.empty:
        return []
    areas = {area: place for place, area in enumerate(b._tables.areas.index)}
    chosen = table[table["raum_id"].isin(areas) if raum is None else table["raum_id"] == raum]
    return [
        Bestand(
            str(entry["raum_id"]), str(entry["massnahme"]), str(entry["traeger"]),
            0 if pd.isna(entry["beginn"]) else int(entry["beginn"]), entry["herkunft"] == "beispiel",
        )
        for entry in sorted(chosen.to_dict("records"), key=lambda entry: areas[entry["raum_id"]])
    ]  # fmt: skip
