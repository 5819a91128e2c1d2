"""Requirement: what a notebook needs that not all data have, by its metadata and by the methods that it calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sozialbericht.data.decided import contributions
from sozialbericht.execution.chapters import source
from sozialbericht.multitude import LEAST_CLASSED, LEAST_IN_SPACE, LEAST_MEASURES, fewest
from sozialbericht.order.offer import Offer

#: Where a notebook says in its metadata what it is for: ``{"sozialbericht": {"eigen": "Musterstadt", "braucht": […],
#: "wahlweise": […]}}``.
OWN = "sozialbericht"
#: Methods without which nothing of a chapter would be left, and what they need.
METHODS = {"geodaten": "flaechen", "veroeffentlichtes": "veroeffentlicht"}
_CALLED = re.compile(r"\.(\w+)\(")
#: So many indicators the typology needs.
INDICATORS = 2


def foreign(notebook: dict[str, Any], offer: Offer) -> str:
    """The city that a notebook is of, if it is another than that of the data; "" if not."""
    city = str(_about(notebook).get("eigen", ""))
    return "" if city == offer.city else city


def unmet(notebook: dict[str, Any], offer: Offer) -> str:
    """What a notebook needs and data do not have, as words that continue „Das Kapitel …“; "" if they have it all."""
    needed = [str(need) for need in _about(notebook).get("braucht", [])]
    code = "\n".join(source(cell) for cell in notebook["cells"] if cell.get("cell_type") == "code")
    needed += [METHODS[name] for name in dict.fromkeys(_CALLED.findall(code)) if name in METHODS]
    return next((why for need in needed for why in _lacking(need, offer)), "")


def title(notebook: dict[str, Any]) -> str:
    """What a chapter is called whose heading follows the data (``titel``); "" where nothing is said."""
    return str(_about(notebook).get("titel", ""))


def unwritten(notebook: dict[str, Any], offer: Offer) -> str:
    """What a notebook would print that nobody has written, as words that continue „Das Kapitel …“; "" if nothing."""
    needed = [str(need) for need in _about(notebook).get("braucht", []) if need in contributions.NAMES]
    missing = (f"braucht den Text {contributions.FOLDER}/{name}.md" for name in needed if name not in offer.texts)
    return next(missing, "")


def optional(notebook: dict[str, Any]) -> list[str]:
    """The labels that a notebook refers to and that only some projects have (``wahlweise``)."""
    return [str(label) for label in _about(notebook).get("wahlweise", [])]


def _about(notebook: dict[str, Any]) -> dict[str, Any]:
    about = notebook.get("metadata", {}).get(OWN, {})
    return about if isinstance(about, dict) else {}


def _lacking(need: str, offer: Offer) -> Iterator[str]:
    """What is not there of one need."""
    if need in ("typisierung", "statusindex"):
        areas = fewest(offer.kinds) if need == "typisierung" else LEAST_CLASSED
        if offer.areas < areas:
            yield f"braucht mindestens {areas} Gebiete, hier sind es {offer.areas}"
        counted, least = (offer.typed, INDICATORS) if need == "typisierung" else (offer.graded, LEAST_MEASURES)
        if counted < least:
            kind = "Indikatoren mit Vorzeichen" if need == "typisierung" else "gewertete Indikatoren mit Vorzeichen"
            yield f"braucht mindestens {least} {kind} (typ_vorzeichen in indikatoren.csv), hier sind es {counted}"
    elif need == "raummuster":
        if offer.areas < LEAST_IN_SPACE:
            yield f"braucht mindestens {LEAST_IN_SPACE} Gebiete, hier sind es {offer.areas}"
    elif need == "flaechen":
        if not offer.polygons:
            yield "braucht die Flächen der Gebiete"
    elif need == "nachbarn":
        if not offer.neighbours:
            yield "braucht Flächen oder die Datei nachbarn.csv"
    elif need == "mitte":
        if len(offer.levels) < 3:
            yield "braucht eine mittlere Ebene"
    elif need not in (*offer.tables, *contributions.NAMES):
        yield f"braucht die Datei {need}.csv"
