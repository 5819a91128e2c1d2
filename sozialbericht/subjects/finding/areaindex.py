"""Areaindex: every area with its number, type and pages, and the names of its parts, which lead to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sozialbericht.blocklanguage import fence
from sozialbericht.data import lookup
from sozialbericht.data.levels import KNOWN
from sozialbericht.escaping import Markup, bold
from sozialbericht.findings import decision
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.order.project import profile_label, sheet_label
from sozialbericht.writing import blocks, links, prose

#: What leads to another entry.
ARROW = "→"
#: What stands in the place of a page or a type that there is none of.
NONE = "–"
_NUMBER = re.compile(r"^\d+\s+")
#: What is in brackets behind a name, and what a name there says that belongs to it: „(mit Lichtendorf)“.
_BRACKETS, _WITH = re.compile(r"\s*\(([^()]*)\)"), re.compile(r"\bmit\s+(.+)$")


@dataclass(frozen=True)
class Entry:
    """A line: an area (``areas`` is its raum_id alone) or the name of parts of areas, which ``leads`` to them."""

    name: str
    areas: tuple[str, ...]
    leads: bool


def entries(b: Datenbestand) -> list[Entry]:
    """All areas of the lowest level and the names of their parts, in alphabetical order, „ä“ as „a“.

    Parts are the statistische Bezirke that the data name, what a name has in brackets („mit …“) and what it has
    between slashes. A part that is called like its area has no line of its own.
    """
    parts: dict[str, list[str]] = {}
    whole: dict[str, str] = {}
    for area, row in b.raeume().iterrows():
        whole[str(area)] = str(row["kurzname"])
        for name in dict.fromkeys(_parts(str(row["name"]), str(row["kurzname"]), row["umfasst"])):
            parts.setdefault(name, []).append(str(area))
    found = [Entry(name, (area,), False) for area, name in whole.items()]
    for name, areas in parts.items():
        if [whole[area] for area in areas] != [name]:
            found.append(Entry(name, tuple(areas), True))
    return sorted(found, key=lambda entry: (_alphabetical(entry.name), entry.leads))


def verzeichnis(b: Datenbestand) -> None:
    """Setzt das Verzeichnis der kleinsten Gebiete: Nummer, Typ, Seite des Steckbriefs und des Profils; statistische
    Bezirke und andere Namen von Teilen führen zu ihrem Gebiet.
    """
    chosen, areas = decision.auswahl(b), b.raeume()
    number = {str(area): str(int(row["nummer"])) for area, row in areas.iterrows()}
    kind, sheets, found = not chosen.grund, bool(chosen.raeume), entries(b)
    districts = KNOWN["statistischer_bezirk"].mehrzahl
    prose.text(
        b,
        "{n#{unten.Der} {unten.einzahl} steht|Die {n} {unten.mehrzahl} stehen} mit {n#seiner|ihrer} Nummer, die in "
        "allen Karten und Tabellen dieselbe ist{typ}{blatt}.",
        "Grau stehen {bezirke} und andere Namen von Teilen; der Pfeil nennt die Nummer ihres Gebiets." * _led(found),
        "Karten mit allen {unten.dativ} stehen {karten}, Rangfolgen {rang}; ihre Werte enthält @sec-tabellen{seite}.",
        "Alphabetisch geordnet, ä, ö und ü wie a, o und u.",
        n=len(areas), karten=links.pages("karte", "in den Kapiteln"), rang=links.pages("rang", "ebenso"),
        typ=", und ihrem Typ" if kind else "", seite=links.page("sec-tabellen", before=", ab Seite"),
        bezirke=f"{districts[:1].lower()}{districts[1:]}",
        blatt="; von Aktionsräumen auch mit der Seite des Steckbriefs" if sheets else "",
    )  # fmt: skip
    head = [b.ebenen.unten.einzahl, "Nr.", *["Typ"] * kind, *["Steckbrief"] * sheets, "Profil"]
    rows: list[list[str]] = []
    for entry in found:
        if entry.leads:
            ordered = sorted(entry.areas, key=lambda area: int(number[area]))
            leads = Markup(", ").join(Markup(f"[{number[area]}]{{raum={area}}}") for area in ordered)
            briefs = (links.page(sheet_label(area), "Steckbrief") for area in ordered if area in chosen.raeume)
            pages = [Markup(", ").join(briefs)] * sheets
            profiles = Markup(", ").join(links.page(profile_label(area), "Profil") for area in ordered)
            rows.append([entry.name, Markup(f"{ARROW} ") + leads, *[""] * kind, *pages, profiles])
            continue
        (area,) = entry.areas
        sheet = links.page(sheet_label(area), "Steckbrief") if area in chosen.raeume else NONE
        row = [bold(links.mark(entry.name, area)), number[area], *[str(chosen.typen.get(area, NONE))] * kind]
        rows.append([*row, *[sheet] * sheets, links.page(profile_label(area), "Profil")])
    markdown = fence("gebietsverzeichnis", blocks.pipe_table(head, rows), band=b.ebenen.unten.profile)
    blocks.put(blocks.Block(markdown, blocks.table_preview(head, rows)))


def _led(found: list[Entry]) -> bool:
    return any(entry.leads for entry in found)


def _parts(name: str, short: str, covers: object) -> Iterator[str]:
    """The names of the parts of an area."""
    districts = lookup.districts(covers) if isinstance(covers, str) else []
    for words in [_NUMBER.sub("", one) for one in districts]:
        yield _BRACKETS.sub("", words)
    for words in (name, *districts):
        for inside in _BRACKETS.findall(words):
            if told := _WITH.search(inside):
                yield from (part.strip() for part in told[1].split(","))
    slashed = [part.strip() for part in short.split("/")]
    if len(slashed) > 1:
        yield from (part for part in slashed if part)


def _alphabetical(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum() or letter == " ")
