"""Names of areas that lead to the area's profile on the web: the text carries the raum_id, the stitchers the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sozialbericht.writing.source import Datenbestand

#: A cell that is nothing but a name: a number in front, an asterisk behind.
_NAME = re.compile(r"(?P<front>[\d\s\u2007\u00a0]*)(?P<name>.*?)(?P<back>\\?\*?)", re.S)


def mark(name: str, area: str) -> str:
    """A name that leads to the profile of the area, as Markdown."""
    return f"[{name}]{{raum={area}}}"


class Names:
    """The short names of the areas, to find them in cells."""

    def __init__(self, bestand: Datenbestand, levels: Sequence[str] = ("sozialraum", "stadtbezirk")) -> None:
        """Know the areas of the levels; at equal names the first level goes before the others."""
        self._areas: dict[str, str] = {}
        for level in levels:
            for area, name in bestand.raeume(level)["kurzname"].items():
                self._areas.setdefault(str(name), str(area))

    def marked(self, cell: str) -> str:
        """The cell with a mark if it is nothing but the name of an area, with a number or an asterisk or without."""
        parts = _NAME.fullmatch(cell)
        area = self._areas.get(parts["name"]) if parts else None
        if parts is None or area is None:
            return cell
        return parts["front"] + mark(parts["name"], area) + parts["back"]
