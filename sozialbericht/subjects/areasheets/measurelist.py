"""Measures and gaps of an area: one row for each measure, and for each aim of the plan that no measure serves there."""

from __future__ import annotations

from sozialbericht.escaping import Markup, escape
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.subjects.register import Register, state

HEAD = ["Ziel", "Maßnahme", "Träger", "Stand"]
TITLE = "Maßnahmen und Lücken"
GAP = "im Register keine Maßnahme"


def rows(b: Datenbestand, area: str, *, marked: bool = True) -> list[list[str]]:
    """The rows: aim, measure, who carries it, state; a gap is a row without the last two.

    ``marked``: whether invented entries say so themselves. Empty where the register has no measures at all.
    """
    register = Register(b)
    own, found = register.eintraege(area), []
    for aim in dict.fromkeys(register.eintraege()["ziel"]):
        entries = own[own["ziel"] == aim]
        for place, (_, entry) in enumerate(entries.iterrows()):
            words = register.was(entry) if marked else str(entry["massnahme"])
            found.append(["" if place else str(aim), words, str(entry["traeger"]), state(entry)])
        if entries.empty:
            found.append([str(aim), gap(), "", ""])
    return found


def gap() -> Markup:
    """The words of a gap, in the colour of a burden."""
    return Markup(f"[Lücke: {escape(GAP)}]{{wertung=minus}}")


def all_invented(b: Datenbestand) -> bool:
    """Whether every entry of the register was invented to show it: then the sheets say so once."""
    register = Register(b)
    return bool(register.eintraege()["beispiel"].all()) and all(one.beispiel for one in register.bestand())
