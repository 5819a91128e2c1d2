"""Measures and gaps of an area: one row for each measure, and for each aim of the plan that no measure serves there."""

from __future__ import annotations

from sozialbericht.escaping import Markup, escape, lines
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.subjects.register import Register, state

HEAD = ["Ziel", "Maßnahme", "Träger", "Stand"]
TITLE = "Maßnahmen und Lücken"
GAP = "keine im Register"


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


def told(b: Datenbestand, area: str, *, gaps: bool) -> Markup:
    """The same in a line for each aim: „Ziel: Maßnahme (läuft seit 2007); …“, with or without the gaps."""
    marked, aim = not all_invented(b), ""
    by_aim: dict[str, list[str]] = {}
    for first, words, carrier, status in rows(b, area, marked=marked):
        aim = first or aim
        if not carrier and not gaps:
            continue
        by_aim.setdefault(aim, []).append(escape(f"{words} ({status})") if carrier else words)
    return lines(*(Markup(f"{escape(aim)}: {'; '.join(parts)}") for aim, parts in by_aim.items()))


def gap() -> Markup:
    """The words of a gap, in the colour of a burden."""
    return Markup(f"[Lücke: {escape(GAP)}]{{wertung=minus}}")


def all_invented(b: Datenbestand) -> bool:
    """Whether every entry of the register was invented to show it: then the sheets say so once."""
    register = Register(b)
    return bool(register.eintraege()["beispiel"].all()) and all(one.beispiel for one in register.bestand())
