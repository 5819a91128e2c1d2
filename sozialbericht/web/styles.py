"""Styles of single elements: each becomes a class in the report's style sheet, so that a page needs none of its own.

A page without styles in its elements can be published under a strict Content-Security-Policy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from sozialbericht.web.tree import Element

_ALIGNMENT = re.compile(r"text-align:\s*(left|center|right);?")
#: The classes of columns, as the report's style names them.
COLUMNS = {"left": "li", "center": "mi", "right": "re"}
#: Cells that are so by themselves: tag, scope, place.
_THEMSELVES = {("td", None, "right"), ("th", "row", "left")}


class Styles:
    """Gathers the styles of the elements of all pages, in the order in which they are met."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._drawn: dict[str, str] = {}

    def take(self, page: Element) -> None:
        """Give every element of a page that has a style a class in its place."""
        for element in page.xpath("//*[@style]"):
            style = element.attrib.pop("style").strip()
            if place := _ALIGNMENT.fullmatch(style):
                if (element.tag, element.get("scope"), place[1]) in _THEMSELVES:
                    continue
                name = COLUMNS[place[1]]
            else:
                name = self._names.setdefault(style, f"eigen-{len(self._names) + 1}") if style else ""
            if style:
                element.set("class", f"{element.get('class', '')} {name}".strip())

    def named(self, look: Mapping[str, str]) -> str:
        """The class of drawn elements that look like this: attributes of SVG, lengths in its units."""
        told = ";".join(f"{name}:{value}{'px' * (name == 'font-size')}" for name, value in sorted(look.items()))
        return self._drawn.setdefault(told, f"z{len(self._drawn) + 1}")

    def add_to(self, sheet: Path) -> None:
        """Add the classes to a style sheet."""
        rules = "".join(f".{name}{{{style}}}\n" for style, name in (self._names | self._drawn).items())
        if rules:
            with sheet.open("a", encoding="utf-8") as file:
                file.write(f"\n/* from the styles of single elements */\n{rules}")
