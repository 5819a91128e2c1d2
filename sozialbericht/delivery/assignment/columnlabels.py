"""Columnlabels: what a column or a group of rows is called, without the dates that change from year to year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

BETWEEN = " | "
_MONTHS = (
    "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|"
    "Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez"
)
_DATE = re.compile(
    r"\b\d{1,2}\. ?(?:\d{1,2}\.|(?:" + _MONTHS + r")\b\.?) ?\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b(?:" + _MONTHS + r")\b\.? ?(?:19|20)?\d{2}\b|\b(?:19|20)\d{2} ?/ ?(?:19|20)?\d{2}\b|\b(?:19|20)\d{2}\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?<=\S)\s*(?:\d\)|[¹²³⁴⁵⁶⁷⁸⁹]+|\*\))+$")
#: Heads that say no more than that numbers stand below.
PLAIN = frozenset("wert werte anzahl zahl value zahlenwert betrag menge".split())


@lru_cache(maxsize=4096)
def stable(text: str) -> str:
    """A head or title without dates, marks of footnotes and doubled blanks: the same in the next year's file."""
    bare = _DATE.sub(" ", _MARK.sub("", " ".join(str(text).split())))
    bare = re.sub(
        r"\b(?:am|zum|Stand|Stichtag|im|Schuljahr|Jahr|Ende)\s*:?\s*$", "", " ".join(bare.split()), flags=re.I
    )
    return bare.strip(" :,;–-")


def joined(parts: Iterable[str]) -> str:
    """Several parts of a name as one label; empty and repeated ones are left out."""
    return BETWEEN.join(dict.fromkeys(filter(None, (stable(part) for part in parts))))


def plain(part: str) -> bool:
    """Whether a head says nothing but that these are numbers."""
    words = re.sub(r"[^a-zäöüß ]", " ", part.casefold()).split()
    return not words or all(word in PLAIN for word in words)
