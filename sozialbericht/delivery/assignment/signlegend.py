"""Signlegend: what a source's signs mean, by its notes and by the standard for tables (DIN 55301)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sozialbericht.delivery.cells.amounts import LEGEND

#: Signs as offices print them: those of the contract stay, others become one.
USUAL = {
    **LEGEND, "·": ".", "—": "-", "k.A.": "…", "k. a.": "…", "n. v.": "…", "n.v.": "…", "": "…",
}  # fmt: skip
_LINE = re.compile(
    r"[\"„“']?(\*+|\.{3}|…|\.|·|–|—|-|/|[xX]|0|-?9{3,6}|[kKnN]\. ?[aAvV]\.)[\"“”']?\s*(?:=|:|\s[–-]\s|\s)\s*(\S.*)"
)
#: Words by which a note explains a sign, the first that fits decides.
_MEANINGS = (
    (r"geheim|unterdrückt|anonymisi|datenschutz|weniger als|kleiner (?:als )?\d|unter \d|gesperrt wegen|fallzahl", "*"),
    (r"nicht sinnvoll|tabellen(?:fach|feld) gesperrt|aussage nicht", "x"),
    (r"unsicher|eingeschränkt|nicht (?:sicher|zuverlässig)|unzuverlässig|stichproben", "/"),
    (r"nichts vorhanden|genau null|kein(?:e)? (?:fälle|fall|kinder|personen)|nicht vorhanden", "-"),
    (r"später|noch nicht|lieg(?:en|t) nicht vor|keine angabe|unbekannt|fehlt|nicht (?:verfügbar|erhoben)", "…"),
)  # fmt: skip


def of(notes: Iterable[str], own: dict[str, str]) -> dict[str, str]:
    """Signs of a delivery to those of the contract: usual ones, what the notes say, what the assignment says."""
    found = dict(USUAL)
    for note in notes:
        for part in re.split(r"\s{3,}|;\s*|\n|,\s+(?=[*./x…–-]\s*[=:])", str(note)):
            if not (said := _LINE.match(part.strip())):
                continue
            meaning = next((sign for words, sign in _MEANINGS if re.search(words, said[2], re.IGNORECASE)), "")
            if meaning:
                found[said[1]] = "." if said[1] == "." and meaning == "*" else meaning
    return found | own
