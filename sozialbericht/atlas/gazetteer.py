"""Gazetteer: what a search field knows of a city: its areas of all levels and the statistische Bezirke in them."""

from __future__ import annotations

import re
from typing import Any

from sozialbericht.data.levels import KNOWN
from sozialbericht.data.lookup import districts
from sozialbericht.findings.dataset import Datenbestand

#: The number in front of the name of a district that an area covers.
_NUMBER = re.compile(r"^(\d+)\s+(.+)$")


def covered() -> str:
    """What people call a district that an area covers, as in a sentence."""
    word = KNOWN["statistischer_bezirk"].einzahl
    return f"{word[:1].lower()}{word[1:]}"


class Gazetteer:
    """The places of a report; the smallest areas are told by their place in ``b.raeume``."""

    def __init__(self, b: Datenbestand) -> None:
        self._b, self._areas = b, b.raeume()
        self._place = {str(area): place for place, area in enumerate(self._areas.index)}

    def content(self) -> list[list[Any]]:
        """Name, kind, what else is said of it, the smallest areas that it is, lies in or has: the areas first, then
        those above from the nearest level, then the statistische Bezirke.
        """
        level = self._b.ebenen.unten
        found = [
            [str(row["name"]), level.einzahl, str(row["stadtbezirk"] or ""), [self._place[str(area)]]]
            for area, row in self._areas.iterrows()
        ]
        for above in self._b.ebenen.dazwischen:
            found += [
                [str(row["kurzname"]), above.einzahl, "", inside]
                for area, row in self._b.raeume(above).iterrows()
                if (inside := self._inside(str(area)))
            ]
        return found + self._covered()

    def _inside(self, area: str) -> list[int]:
        parents = self._b._tables.areas["teil_von"]
        found = []
        for own, place in self._place.items():
            above = str(parents[own])
            while above and above != area and above in parents.index:
                above = str(parents[above])
            if above == area:
                found.append(place)
        return found

    def _covered(self) -> list[list[Any]]:
        found = []
        for area, row in self._areas.iterrows():
            for part in districts(str(row["umfasst"])):
                numbered = _NUMBER.match(part)
                name, number = (numbered[2], numbered[1]) if numbered else (part, "")
                if name != row["kurzname"]:
                    found.append([name, covered(), number, [self._place[str(area)]]])
        return found
