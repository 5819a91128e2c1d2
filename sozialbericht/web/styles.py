"""Styles of single elements: each becomes a class in the report's style sheet, so that a page needs none of its own.

A page without styles in its elements can be published under a strict Content-Security-Policy.
"""

from __future__ import annotations

import re
from pathlib import Path

from sozialbericht.web.tree import Element

_ALIGNMENT = re.compile(r"text-align:\s*(left|center|right);?")
#: The classes of columns, as the report's style names them.
COLUMNS = {"left": "li", "center": "mi", "right": "re"}


class Styles:
    """Gathers the styles of the elements of all pages, in the order in which they are met."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def take(self, page: Element) -> None:
        """Give every element of a page that has a style a class in its place."""
        for element in page.xpath("//*[@style]"):
            style = element.attrib.pop("style").strip()
            if place := _ALIGNMENT.fullmatch(style):
                if element.tag == "td" and place[1] == "right":  # as cells are by themselves
                    continue
                name = COLUMNS[place[1]]
            else:
                name = self._names.setdefault(style, f"eigen-{len(self._names) + 1}") if style else ""
            if style:
                element.set("class", f"{element.get('class', '')} {name}".strip())

    def add_to(self, sheet: Path) -> None:
        """Add the classes to a style sheet."""
        rules = "".join(f".{name}{{{style}}}\n" for style, name in self._names.items())
        if rules:
            with sheet.open("a", encoding="utf-8") as file:
                file.write(f"\n/* from the styles of single elements */\n{rules}")
