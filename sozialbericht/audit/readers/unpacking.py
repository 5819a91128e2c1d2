"""Unpacking: the columns of an atlas as numbers again, texts that are told by their words as texts, as pages unpack
them; read from the file alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

_BELOW, _LEFT_OUT = 35, 92
#: The columns of a Stand, in the order in which it names their places.
_COLUMNS = ("wert", "unten", "oben", "fall", "bezug", "rang", "von", "bis")
#: The words that part others; how many letters have places of one letter, of two, of three, of four behind them.
_BETWEEN, _HEADS = " \n\t\u00a0–", (54, 30, 5, 2)


def unpacked(data: dict[str, Any]) -> dict[str, Any]:
    """The data of an atlas with all columns in full; raises ValueError for texts that are no columns."""
    columns = _Columns(numbers(text) for text in data["spalten"])
    signs, words = list(data["zeichen"]), Words(data["woerter"])
    sheets = []
    for sheet in data["indikatoren"]:
        told = [_in_words(stand, words) for stand in sheet["staende"]]
        full = {**sheet, "staende": [_stand(stand, columns, signs, sheet) for stand in told]}
        full["wandel"] = _change(sheet.get("wandel"), columns, int(sheet["stellen"]))
        full["darueberwandel"] = [
            _change(change, columns, int(sheet["stellen"])) for change in sheet.get("darueberwandel", [])
        ]
        sheets.append(full)
    if columns.read != set(range(len(columns))):
        raise ValueError("eine Spalte, die zu nichts gehört")
    words.close()
    return {**data, "indikatoren": sheets}


class Words:
    """A list of words, and the places of those that were read."""

    def __init__(self, words: str) -> None:
        self._words = [*_BETWEEN, *(words.split(" ") if words else [])]
        self._read: set[int] = set()
        if len(set(self._words)) < len(self._words) or any(set(word) & set(_BETWEEN) for word in self._words[5:]):
            raise ValueError("ein Wort, das zweimal in der Liste steht, oder keines ist")
        if "" in self._words:
            raise ValueError("ein Wort ohne Buchstaben")

    def text(self, told: str) -> str:
        """The text that is told by the places of its words; raises ValueError for what tells none."""
        codes, text, after_word, at = _codes(told), "", False, 0
        while at < len(codes):
            more, place, head = 0, 0, codes[at]
            while head >= _HEADS[more]:
                head, place, more = head - _HEADS[more], place + _HEADS[more] * 91**more, more + 1
            if at + more >= len(codes):
                raise ValueError("ein Text, der mitten in einem Wort endet")
            for code in codes[at + 1 : at + 1 + more]:
                head = head * 91 + code
            place += head
            if place >= len(self._words):
                raise ValueError("ein Wort, das nicht in der Liste steht")
            self._read.add(place)
            is_word = place >= len(_BETWEEN)
            text += " " * (after_word and is_word) + self._words[place]
            after_word, at = is_word, at + 1 + more
        return text

    def close(self) -> None:
        """Raise ValueError where a word stands in no text."""
        if missing := set(range(len(_BETWEEN), len(self._words))) - self._read:
            raise ValueError(f"ein Wort, das in keinem Text steht: „{self._words[min(missing)]}“")


def _in_words(stand: dict[str, Any], words: Words) -> dict[str, Any]:
    """A Stand, or what it has of a level above, with its sentences."""
    told: dict[str, Any] = {name: words.text(stand[name]) for name in ("befund", "lesen") if name in stand}
    if "darueber" in stand:
        told["darueber"] = [_in_words(level, words) for level in stand["darueber"]]
    return {**stand, **told}


def _codes(letters: str) -> list[int]:
    codes = [ord(letter) - _BELOW - (ord(letter) > _LEFT_OUT) for letter in letters]
    if any(not 0 <= code < 91 for code in codes) or chr(_LEFT_OUT) in letters:
        raise ValueError("keine gepackte Spalte")
    return codes


class _Columns(list[list[int | None]]):
    """Columns, and the places of those that were read."""

    read: set[int]

    def __init__(self, columns: Iterable[list[int | None]]) -> None:
        super().__init__(columns)
        self.read = set()

    def at(self, place: int) -> list[int | None]:
        """The column at a place."""
        self.read.add(place)
        return self[place]


def _change(change: dict[str, Any] | None, columns: _Columns, decimals: int) -> dict[str, Any] | None:
    if change is None:
        return None
    apart = [None if d is None else _scaled(d, decimals) for d in columns.at(change["differenz"])]
    return {**change, "differenz": apart}


def numbers(text: str) -> list[int | None]:
    """The entries of a packed column."""
    width, (least, letters) = int(text[0]), text[1:].split(" ", 1)
    codes = _codes(letters)
    if len(codes) % width:
        raise ValueError("keine gepackte Spalte")
    found: list[int | None] = []
    for start in range(0, len(codes), width):
        code = 0
        for digit in codes[start : start + width]:
            code = code * 91 + digit
        found.append(code - 1 + int(least) if code else None)
    return found


def _stand(
    stand: dict[str, Any], columns: _Columns, signs: list[str], sheet: dict[str, Any]
) -> dict[str, Any]:
    if "spalten" not in stand and set(stand) <= {"jahr", "stand", "bruch"}:  # its numbers are in a file of their own
        return stand
    above = [_level(level, columns, signs, sheet) for level in stand.get("darueber", [])]
    return {**_level(stand, columns, signs, sheet), "bruch": stand.get("bruch"), "darueber": above}


def _level(
    stand: dict[str, Any], columns: _Columns, signs: list[str], sheet: dict[str, Any]
) -> dict[str, Any]:
    """What the areas of a level have at a Stand."""
    stand = _placed(stand)
    values = columns.at(stand["wert"])
    shown = sorted(value for value in values if value is not None)
    ranks: list[int | None] = [
        None if value is None else 1 + len(shown) - bisect_right(shown, value) for value in values
    ]
    if "rang" in stand:
        ranks = _plus(columns.at(stand["rang"]), ranks, 1)
    full = _cells(stand, columns, signs, int(sheet["stellen"]))
    full["rang"] = [rank or 0 for rank in ranks]
    full["klasse"] = "".join(
        "." if isinstance(value, str) else str(bisect_right(sheet["grenzen"], value)) for value in full["wert"]
    )
    for name, sign in (("von", -1), ("bis", 1)):
        if name in stand:
            full[name] = [entry or 0 for entry in _plus(columns.at(stand[name]), ranks, sign)]
    return full


def _placed(stand: dict[str, Any]) -> dict[str, Any]:
    """What a level has at a Stand with the places of its columns by their names."""
    places = stand["spalten"]
    if len(places) != len(_COLUMNS) or any(type(place) is not int or place < -1 for place in places):
        raise ValueError("Spalten, die es nicht gibt")
    if named := {*stand} & {*_COLUMNS}:
        raise ValueError(f"die Spalte „{min(named)}“ neben den gepackten")
    rest = {name: entry for name, entry in stand.items() if name != "spalten"}
    return rest | {name: place for name, place in zip(_COLUMNS, places, strict=True) if place >= 0}


def _cells(
    packed: dict[str, Any], columns: _Columns, signs: list[str], decimals: int
) -> dict[str, Any]:
    """Values or signs, bounds and counts of areas; what else the part says stays."""
    if "klasse" in packed:
        raise ValueError("Klassen, die sich nicht aus den Werten ergeben")
    full = dict(packed)
    missing, values = iter(full.pop("zeichen", "")), columns.at(packed["wert"])
    full["wert"] = [signs[int(next(missing))] if value is None else _scaled(value, decimals) for value in values]
    if next(missing, None) is not None:
        raise ValueError("mehr Zeichen als Gebiete ohne Wert")
    for name, sign in (("unten", -1), ("oben", 1)):
        if name in packed:
            bounds = _plus(columns.at(packed[name]), values, sign)
            full[name] = [None if bound is None else _scaled(bound, decimals) for bound in bounds]
    for name in ("fall", "bezug"):
        if name in packed:
            full[name] = columns.at(packed[name])
    return full


def _scaled(value: int, decimals: int) -> float:
    scaled = value / 10**decimals
    return int(scaled) if scaled == int(scaled) else scaled


def _plus(entries: list[int | None], others: list[int | None], sign: int) -> list[int | None]:
    """Differences added to what they differ from. A difference from nothing is told as it stands: it says something."""
    pairs = zip(entries, others, strict=True)
    return [None if entry is None else sign * entry + (other or 0) for entry, other in pairs]
