"""Hints: the nearest of the names there are."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

#: How alike two names are (of 1) if one is meant without doubt.
SURE = 0.85


def nearest(name: str, names: Iterable[str]) -> str:
    """„Meinten Sie „x“?“, or "" where no name is near."""
    known = {n.casefold(): n for n in names}
    close = get_close_matches(name.casefold(), known, 2, 0.7)
    if close and SequenceMatcher(None, close[0], name.casefold()).ratio() >= SURE:
        close = close[:1]
    near = [known[n] for n in close]
    return f"Meinten Sie {' oder '.join(f'„{n}“' for n in near)}?" if near else ""


def listed(names: Iterable[str], most: int = 8) -> str:
    """The names in order, the first ones of many."""
    there = sorted(names)
    return ", ".join(there[:most]) + (" …" if len(there) > most else "")
