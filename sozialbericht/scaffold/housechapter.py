"""Housechapter: a chapter from the templates of the house, with the cells that fit the data."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template as Text
from typing import Any

from sozialbericht.checking.vocabulary import slug
from sozialbericht.data.tableset import Tables
from sozialbericht.escaping import escape
from sozialbericht.order.comparisonyear import newest_before
from sozialbericht.scaffold.given.slugs import slug as key
from sozialbericht.scaffold.template import OWN

#: The series of the level above stands in small charts for so many areas, and so many columns in a table.
MOST_AREAS, MOST_COLUMNS = 24, 5


class Housechapter:
    """Writes chapters into a folder of notebooks, for these data and this year."""

    def __init__(self, folder: Path, tables: Tables, year: int) -> None:
        self._folder, self._tables, self._year = folder, tables, year

    def dimension(self, number: str, dimension: str) -> str:
        """The chapter of a dimension; returns the name in the list of chapters."""
        own = self._tables.indicators.index[self._tables.indicators["dimension"] == dimension]
        return self.write("kapitel", f"{number}_{key(dimension)}.ipynb", *map(str, own[:MOST_COLUMNS]), title=dimension)

    def write(self, name: str, file: str, *indicators: str, title: str = "") -> str:
        """A chapter on some indicators, the first in front; returns its name in the list of chapters."""
        notebook = json.loads((OWN / f"{name}.ipynb").read_text(encoding="utf-8"))
        columns = [f"{indicators[0]}:anzahl", *indicators]
        words = {
            "titel": str(escape(title)), "marke": slug("dimension", title), "indikator": indicators[0],
            "spalten": json.dumps(columns), "jahr": str(self._year),
            "vorjahr": str(newest_before(self._year, self._tables.years)),
        }  # fmt: skip
        notebook["cells"] = [_without_tags(c, words) for c in notebook["cells"] if self._fits(_tags(c))]
        text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (self._folder / file).write_text(text, encoding="utf-8")
        return file.partition("_")[2]

    def _fits(self, tags: list[str]) -> bool:
        """Whether a cell is for these data."""
        middle = self._tables.ebenen.mitte.schluessel
        districts = int((self._tables.areas["ebene"] == middle).sum()) if middle else 0
        has = {"flaechen": self._tables.geometry is not None, "ebene-darueber": 1 < districts <= MOST_AREAS}
        return all(has[what] == (sign == "mit") for sign, _, what in (tag.partition("-") for tag in tags) if what)


def _tags(cell: dict[str, Any]) -> list[str]:
    return list(cell["metadata"].get("tags", []))


def _without_tags(cell: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    """The cell with its words put in; of its tags only that of the parameters stays."""
    kept = [tag for tag in _tags(cell) if tag == "parameters"]
    lines = Text("".join(cell["source"])).substitute(words).splitlines(keepends=True)
    return {**cell, "metadata": {"tags": kept} if kept else {}, "source": lines}
