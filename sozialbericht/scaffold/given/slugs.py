"""Slugs: keys of the data made from what people call a thing, in small ASCII letters, digits and underscores."""

from __future__ import annotations

import re
import unicodedata

_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
#: The usual beginnings of the keys of areas, by level.
PREFIXES = {
    "stadt": "st", "stadtbezirk": "sb", "sozialraum": "sr", "planungsraum": "pr", "bezirk": "bz", "bezirksregion": "br",
    "prognoseraum": "pg", "stadtteil": "sl", "ortsteil": "ot", "quartier": "qu", "viertel": "vi", "gemeinde": "gm",
    "gebiet": "gb",
}  # fmt: skip


def slug(text: str, longest: int = 70) -> str:
    """A text as a key: ``Bad Höhe (Süd)`` → ``bad_hoehe_sued``; "" where nothing is left of it."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("ß", "ss").translate(_SPELT)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:longest].rstrip("_")


def column(text: str) -> str:
    """A heading as the key of a merkmal, which begins with a letter: ``18 bis 25`` → ``m_18_bis_25``."""
    found = slug(text)
    return found if found[:1].isalpha() else f"m_{found}" if found else ""


def prefixes(levels: list[str]) -> dict[str, str]:
    """The beginning of the keys of each level's areas: two letters, each once."""
    found: dict[str, str] = {}
    for level in levels:
        letters = [c for c in level if c.isalpha()] or ["x"]
        pairs = [PREFIXES.get(level, ""), *(letters[0] + c for c in [*letters[1:], *"abcdefghijklmnopqrstuvwxyz"])]
        found[level] = next(pair for pair in pairs if len(pair) == 2 and pair not in found.values())
    return found


def unique(keys: list[str]) -> list[str]:
    """The keys, those that repeat an earlier one with a number: ``a``, ``a_2``."""
    seen: set[str] = set()
    result = []
    for key in keys:
        number, chosen = 1, key
        while chosen in seen:
            number += 1
            chosen = f"{key}_{number}"
        seen.add(chosen)
        result.append(chosen)
    return result
