"""Lifetimes: on which days an area exists, and so of which areas one above it consists on a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd


def lives(areas: pd.DataFrame, days: Iterable[pd.Timestamp]) -> pd.DataFrame:
    """Whether each area (row) exists on each day (column): by ``gueltig_von`` and ``gueltig_bis``, where there are
    such columns, and an area with parts only as long as one of them does.
    """
    columns = {}
    inner = [a for a in _upwards(areas) if (areas["teil_von"] == a).any()]
    for day in dict.fromkeys(days):
        there: Any = pd.Series(True, index=areas.index)
        if "gueltig_von" in areas:
            there &= ~(areas["gueltig_von"] > day)
        if "gueltig_bis" in areas:
            there &= ~(areas["gueltig_bis"] < day)
        if not there.all():
            for area in inner:
                there[area] &= there[areas["teil_von"] == area].any()
        columns[day] = there
    return pd.DataFrame(columns, index=areas.index, dtype=bool)


def _upwards(areas: pd.DataFrame) -> list[str]:
    """The areas, each behind all of its parts."""
    above = {str(area): str(whole) for area, whole in areas["teil_von"].items()}

    def depth(area: str) -> int:
        seen: set[str] = set()
        while area in above and area not in seen:
            seen.add(area)
            area = above[area]
        return len(seen)

    return sorted(above, key=depth, reverse=True)
