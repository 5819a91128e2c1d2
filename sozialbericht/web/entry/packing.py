"""Packing: the columns of the atlas as short texts, each once, so that many areas and years stay small.

A column of whole numbers is written as its width, its smallest number, a space, and ``width`` letters of 91 for each
entry: 0 for an entry without a number, else the number less the smallest plus 1. What follows from others is written as
the difference: bounds from the value, the ends of a range from the rank, the rank from the one that the printed values
have. Classes are left out: they follow from value and bounds. ``report/web/atlas-kern.js`` unpacks it, and so does, on
its own account, the audit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from sozialbericht.web.entry.wordlist import ALPHABET, Wordlist

#: The columns of a Stand in the order in which it names their places; −1 for none.
COLUMNS = ("wert", "unten", "oben", "fall", "bezug", "rang", "von", "bis")
#: What a Stand tells in sentences, which have many words in common.
SENTENCES = ("befund", "lesen")
Numbers = Sequence[int | None]


def column(entries: Numbers) -> str:
    """A column of whole numbers, or of none, as text."""
    known = [entry for entry in entries if entry is not None]
    least = min(known, default=0)
    codes = [0 if entry is None else entry - least + 1 for entry in entries]
    width, base = 1, len(ALPHABET)
    while max(codes, default=0) >= base**width:
        width += 1
    letters = ("".join(ALPHABET[code // base**k % base] for k in reversed(range(width))) for code in codes)
    return f"{width}{least} {''.join(letters)}"


def part_of(key: str) -> str:
    """The file of an indicator's part."""
    return f"atlas-teil-{key.replace('_', '-')}.js"


class Packing:
    """The data of an atlas with its columns packed; equal columns are kept once."""

    def __init__(self, atlas: dict[str, Any]) -> None:
        self._atlas, self._columns = atlas, dict[str, int]()
        self._signs = list(atlas["zeichen"])
        self._words = Wordlist(text for sheet in atlas["indikatoren"] for text in _sentences(sheet))

    def packed(self) -> dict[str, Any]:
        """The data with the columns as places in ``spalten``."""
        sheets = [self._sheet(sheet, sheet["stellen"]) for sheet in self._atlas["indikatoren"]]
        whole = {**self._atlas, "indikatoren": sheets}
        return {**whole, "spalten": list(self._columns), "woerter": self._words.words}

    def parted(self) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        """The data without the numbers of any indicator but the leading one, and by key those of the others, each with
        what it takes to read it alone; the sheets name the file of their part.
        """
        areas = [{"id": area["id"]} for area in self._atlas["raeume"]]
        around = {name: self._atlas.get(name, []) for name in ("format", "stadt", "zeichen")}
        around["darueber"] = [
            {"raeume": [{"id": area["id"]} for area in level["raeume"]]} for level in self._atlas.get("darueber", [])
        ]
        sheets, parts = [], {}
        for sheet in self._atlas["indikatoren"]:
            if sheet["id"] == self._atlas["leit"]:
                sheets.append(sheet)
                continue
            bare = [{name: stand[name] for name in ("jahr", "stand", "bruch")} for stand in sheet["staende"]]
            key = str(sheet["id"])
            emptied = {"staende": bare, "wandel": None, "darueberwandel": []}
            sheets.append({**sheet, **emptied, "teil": f"web/{part_of(key)}"})
            parts[key] = Packing({**around, "raeume": areas, "indikatoren": [sheet]}).packed()
        return Packing({**self._atlas, "indikatoren": sheets}).packed(), parts

    def _sheet(self, sheet: dict[str, Any], decimals: int) -> dict[str, Any]:
        packed = {**sheet, "staende": [self._stand(stand, decimals) for stand in sheet["staende"]]}
        packed["wandel"] = self._change(sheet.get("wandel"), decimals)
        packed["darueberwandel"] = [self._change(change, decimals) for change in sheet.get("darueberwandel", [])]
        return packed

    def _change(self, change: dict[str, Any] | None, decimals: int) -> dict[str, Any] | None:
        if change is None:
            return None
        return {**change, "differenz": self._place(self._whole(change["differenz"], decimals))}

    def _stand(self, stand: dict[str, Any], decimals: int) -> dict[str, Any]:
        if "wert" not in stand:  # in a part of its own
            return stand
        packed = {name: stand[name] for name in ("jahr", "stand", "stadt")}
        packed |= {"bruch": stand["bruch"]} if stand["bruch"] else {}
        above = [self._level(level, decimals) for level in stand.get("darueber", [])]
        return {**packed, **self._level(stand, decimals), "darueber": above}

    def _level(self, stand: dict[str, Any], decimals: int) -> dict[str, Any]:
        """What the areas of a level have at a Stand."""
        cells, values = self._cells(stand, decimals)
        ordered = sorted(value for value in values if value is not None)
        places = [None if v is None else 1 + len(ordered) - bisect_left(ordered, v + 1) for v in values]
        ranks = [rank or None for rank in stand["rang"]]
        if ranks != places:
            cells["rang"] = self._place(_less(ranks, places))
        for name, less in (("von", -1), ("bis", 1)):
            if name in stand:
                cells[name] = self._place(_less([entry or None for entry in stand[name]], ranks, less))
        told = {name: self._words.told(stand[name]) for name in SENTENCES} | {"lage": stand["lage"]}
        missing = [value for value in stand["wert"] if isinstance(value, str)]
        if missing:
            told["zeichen"] = "".join(str(self._signs.index(sign)) for sign in missing)
        return {**told, "spalten": [cells.get(name, -1) for name in COLUMNS]}

    def _cells(self, table: dict[str, Any], decimals: int) -> tuple[dict[str, int], list[int | None]]:
        """Values, bounds and counts of areas as places in ``spalten``; the values as whole numbers."""
        values = self._whole([None if isinstance(value, str) else value for value in table["wert"]], decimals)
        packed = {"wert": self._place(values)}
        for name, less in (("unten", -1), ("oben", 1)):
            if name in table:
                packed[name] = self._place(_less(self._whole(table[name], decimals), values, less))
        for name in ("fall", "bezug"):
            if name in table:
                packed[name] = self._place(self._whole(table[name], 0))
        return packed, values

    @staticmethod
    def _whole(entries: Sequence[float | None], decimals: int) -> list[int | None]:
        return [None if entry is None else round(entry * 10**decimals) for entry in entries]

    def _place(self, entries: Numbers) -> int:
        return self._columns.setdefault(column(entries), len(self._columns))


def _sentences(sheet: dict[str, Any]) -> Iterator[str]:
    """What is told in sentences of an indicator's Stände."""
    for stand in sheet["staende"]:
        for level in (stand, *stand.get("darueber", [])):
            yield from (level[name] for name in SENTENCES if name in level)


def _less(entries: Numbers, others: Numbers, sign: int = 1) -> list[int | None]:
    """How far entries lie from the others, counted in the direction of the sign."""
    pairs = zip(entries, others, strict=True)
    return [None if entry is None or other is None else sign * (entry - other) for entry, other in pairs]
