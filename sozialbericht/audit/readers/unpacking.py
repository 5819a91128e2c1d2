"""Unpacking: the columns of an atlas as numbers again, as its page unpacks them; read from the file alone."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

_BELOW, _LEFT_OUT = 35, 92


def unpacked(data: dict[str, Any]) -> dict[str, Any]:
    """The data of an atlas with all columns in full; raises ValueError for texts that are no columns."""
    columns = [numbers(text) for text in data["spalten"]]
    signs = list(data["zeichen"])
    sheets = []
    for sheet in data["indikatoren"]:
        full = {**sheet, "staende": [_stand(dict(stand), columns, signs, sheet) for stand in sheet["staende"]]}
        full["wandel"] = _change(sheet.get("wandel"), columns, int(sheet["stellen"]))
        full["darueberwandel"] = [
            _change(change, columns, int(sheet["stellen"])) for change in sheet.get("darueberwandel", [])
        ]
        sheets.append(full)
    return {**data, "indikatoren": sheets}


def _change(change: dict[str, Any] | None, columns: list[list[int | None]], decimals: int) -> dict[str, Any] | None:
    if change is None:
        return None
    apart = [None if d is None else _scaled(d, decimals) for d in columns[change["differenz"]]]
    return {**change, "differenz": apart}


def numbers(text: str) -> list[int | None]:
    """The entries of a packed column."""
    width, (least, letters) = int(text[0]), text[1:].split(" ", 1)
    codes = [ord(letter) - _BELOW - (ord(letter) > _LEFT_OUT) for letter in letters]
    if len(codes) % width or any(not 0 <= code < 91 for code in codes):
        raise ValueError("keine gepackte Spalte")
    found: list[int | None] = []
    for start in range(0, len(codes), width):
        code = 0
        for digit in codes[start : start + width]:
            code = code * 91 + digit
        found.append(code - 1 + int(least) if code else None)
    return found


def _stand(
    stand: dict[str, Any], columns: list[list[int | None]], signs: list[str], sheet: dict[str, Any]
) -> dict[str, Any]:
    if "wert" not in stand and set(stand) <= {"jahr", "stand", "bruch"}:  # its numbers are in a file of their own
        return stand
    above = [_level(level, columns, signs, sheet) for level in stand.get("darueber", [])]
    return {**_level(stand, columns, signs, sheet), "bruch": stand.get("bruch"), "darueber": above}


def _level(
    stand: dict[str, Any], columns: list[list[int | None]], signs: list[str], sheet: dict[str, Any]
) -> dict[str, Any]:
    """What the areas of a level have at a Stand."""
    values = columns[stand["wert"]]
    shown = sorted(value for value in values if value is not None)
    ranks: list[int | None] = [
        None if value is None else 1 + len(shown) - bisect_right(shown, value) for value in values
    ]
    if "rang" in stand:
        ranks = _plus(columns[stand["rang"]], ranks, 1)
    full = _cells(stand, columns, signs, int(sheet["stellen"]))
    full["rang"] = [rank or 0 for rank in ranks]
    full["klasse"] = "".join(
        "." if isinstance(value, str) else str(bisect_right(sheet["grenzen"], value)) for value in full["wert"]
    )
    for name, sign in (("von", -1), ("bis", 1)):
        if name in stand:
            full[name] = [entry or 0 for entry in _plus(columns[stand[name]], ranks, sign)]
    return full


def _cells(
    packed: dict[str, Any], columns: list[list[int | None]], signs: list[str], decimals: int
) -> dict[str, Any]:
    """Values or signs, bounds and counts of areas; what else the part says stays."""
    full = dict(packed)
    missing, values = iter(full.pop("zeichen", "")), columns[packed["wert"]]
    full["wert"] = [signs[int(next(missing))] if value is None else _scaled(value, decimals) for value in values]
    for name, sign in (("unten", -1), ("oben", 1)):
        if name in packed:
            bounds = _plus(columns[packed[name]], values, sign)
            full[name] = [None if bound is None else _scaled(bound, decimals) for bound in bounds]
    for name in ("fall", "bezug"):
        if name in packed:
            full[name] = columns[packed[name]]
    return full


def _scaled(value: int, decimals: int) -> float:
    scaled = value / 10**decimals
    return int(scaled) if scaled == int(scaled) else scaled


def _plus(entries: list[int | None], others: list[int | None], sign: int) -> list[int | None]:
    """Differences added to what they differ from. A difference from nothing is told as it stands: it says something."""
    pairs = zip(entries, others, strict=True)
    return [None if entry is None else sign * entry + (other or 0) for entry, other in pairs]
