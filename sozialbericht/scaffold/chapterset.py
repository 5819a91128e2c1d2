"""Chapterset: which chapters fit the data of a project. The one place that decides it for a project that begins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sozialbericht.checking import lint
from sozialbericht.data.tableset import Tables
from sozialbericht.execution.chapters import read_notebook, source
from sozialbericht.order.project import Project, open_project

#: What a notebook asks for that not all data have, and what is said where they do not.
_MAPS = re.compile(r"\.(?:karte|uebersichtskarte|deckblatt|raumstruktur|geodaten)\(")
_TYPES = re.compile(r"\.(?:typisierung|status_dynamik|auswahl|auswahlwechsel|aktionsplan|kurzfassung|typ)\(")
_PUBLISHED = re.compile(r"\.veroeffentlichtes\(")
#: Where a notebook says in its metadata that it speaks of one city only: ``{"sozialbericht": {"eigen": "Musterstadt"}}``.
OWN = "sozialbericht"
#: Chapters of the demonstration in whose place a new project has one of the house.
HOUSE = {"tabellen": "werte", "indikatorenblaetter": "blaetter", "datenstand": "blaetter"}
#: So many areas and indicators a typology needs.
AREAS, INDICATORS = 15, 3


@dataclass(frozen=True)
class Chapterset:
    """The chapters that fit, and why the others do not, by name."""

    fitting: list[str]
    left_out: dict[str, str]


def of(project: Path, tables: Tables, instead: Mapping[str, str] | None = None) -> Chapterset:
    """Which of the notebooks in a project fit its data: their keys, levels and references are there, and what they
    draw can be drawn. What is marked as a chapter of one city alone stays there;
    ``instead`` names chapters that are not wanted, with those in their place.
    """
    left = {name: f"steht schon in {other}" for name, other in (instead or {}).items()}
    opened = open_project(project)
    for chapter in (c for c in opened.chapters if c.is_notebook):
        if why := _unfit(chapter.source, tables):
            left[chapter.name] = why
    while True:
        chosen = tuple(c for c in opened.chapters if c.is_notebook and c.name not in left)
        reduced = Project(opened.root, opened.settings, chosen)
        faults = {fault.place.partition(",")[0]: str(fault) for fault in lint.check(reduced, data=tables.folder)}
        new = {c.name: faults[p] for c in chosen if (p := f"notebooks/{c.source.name}") in faults}
        if not new:
            return Chapterset([c.name for c in chosen], left)
        left |= new


def _unfit(path: Path, tables: Tables) -> str:
    """Why a notebook does not fit data, as far as its words and verbs say; "" if it does."""
    notebook = read_notebook(path)
    text = "\n".join(source(cell) for cell in notebook["cells"])
    city = notebook["metadata"].get(OWN, {}).get("eigen", "")
    if city and city not in set(tables.areas["kurzname"]):
        return f"gehört allein {city}"
    if _MAPS.search(text) and tables.geometry is None:
        return "braucht Flächen"
    typed = tables.indicators.get("typ_vorzeichen")
    areas = (tables.areas["ebene"] == tables.levels[-1]).sum()
    if _TYPES.search(text) and (typed is None or typed.notna().sum() < INDICATORS or areas < AREAS):
        return "braucht eine Typisierung"
    if _PUBLISHED.search(text) and "veroeffentlicht" not in tables.others:
        return "braucht veroeffentlicht.csv"
    return ""
