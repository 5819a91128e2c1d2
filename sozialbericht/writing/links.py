"""Names of areas that lead to the area's profile on the web: the text carries the raum_id, the stitchers the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sozialbericht.data.levels import Ebene
from sozialbericht.escaping import Markup, attribute, escape
from sozialbericht.findings.dataset import Datenbestand
from sozialbericht.writing.blocks import cell as printed

#: Nothing but a name: a number in front, an asterisk or something in brackets behind.
_NAME = re.compile(r"(?P<front>[\d\s\u2007\u00a0]*)(?P<name>.*?)(?P<back>\*?(?: \([^()]*\))?)", re.S)
#: What parts the names of a list.
_PARTING = re.compile(r"(, | und |; )")


def mark(name: str, area: str) -> Markup:
    """A name that leads to the profile of the area, as Markdown."""
    return Markup(f"[{printed(name)}]{{raum={area}}}")


def page(label: str, words: str = "", before: str = "") -> Markup:
    """The page of the heading with this label, as Markdown; on the web the ``words`` lead there.

    In print the page's number, „–“ where there is no such heading. With ``before`` („Seite“) that stands in front of
    the number, and in the place of both the ``words`` where there is none.
    """
    front = f" vor={attribute(before)}" if before else ""
    return Markup(f"[{escape(words)}]{{seite={label}{front}}}")


def pages(kind: str, words: str) -> Markup:
    """The pages of all figures whose label ends on „-kind“ („karte“, „rang“), as Markdown: „auf den Seiten 14 und 18“;
    the ``words`` on the web and where there are none.
    """
    return Markup(f"[{escape(words)}]{{reihe={kind}}}")


class Names:
    """The short names of the areas, to find them in cells."""

    def __init__(self, bestand: Datenbestand, levels: Sequence[Ebene] = ()) -> None:
        """Know the areas of the levels (default: the lowest and the one above);
        at equal names the first level goes before the others.
        """
        self._areas: dict[str, str] = {}
        for level in levels or (bestand.ebenen.unten, bestand.ebenen.mitte):
            for area, name in bestand.raeume(level)["kurzname"].items():
                self._areas.setdefault(str(name), str(area))

    def marked(self, cell: str) -> str:
        """The cell with marks if it is nothing but the name of an area or a list of such names.

        A name may have a number in front and an asterisk or brackets behind.
        """
        words = _PARTING.split(cell)
        found = [_NAME.fullmatch(part) for part in words[::2]]
        areas = [self._areas.get(parts["name"]) if parts else None for parts in found]
        if None in areas:
            return cell
        words[::2] = [
            parts["front"] + mark(parts["name"], area) + parts["back"]
            for parts, area in zip(found, areas, strict=True)
            if parts and area
        ]
        return Markup().join(words)
