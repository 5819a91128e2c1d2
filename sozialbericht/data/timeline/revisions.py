"""Revisions: values that were counted anew after they had been published, and which version a report takes.

A row of ``werte`` with a ``fassung`` (a year) holds for reports of that year and later ones; without one it is what was
published first. So the report of an earlier year stays what it was.

Where a whole Stand of a Merkmal was counted anew, in every area, by the definition that a break brought in, it lies
behind that break: the break begins with the first Stand from which on all are counted so.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

COLUMN = "fassung"
#: The key of a value without its version.
KEYS = ["raum_id", "merkmal", "stichtag"]
#: The columns of what was counted anew.
REVISED = [*KEYS, COLUMN]


class Resolved(NamedTuple):
    """The values that hold, each once; the breaks as they lie for these; which values are revisions (columns
    :data:`REVISED`); the years in which revisions came, up to whenever."""

    values: pd.DataFrame
    breaks: pd.DataFrame
    revised: pd.DataFrame
    versions: list[int]


def resolve(values: pd.DataFrame, breaks: pd.DataFrame, year: int | None = None) -> Resolved:
    """The values as a report of a year takes them; without a year the newest."""
    if COLUMN not in values:
        return Resolved(values, breaks, pd.DataFrame(columns=REVISED), [])
    version = values[COLUMN].astype("Int64").fillna(0).astype(int)
    versions = sorted(int(v) for v in version.unique() if v)
    known = values.assign(**{COLUMN: version})
    if year is not None:
        known = known[version <= year]
    newest = known.sort_values(COLUMN, kind="stable").drop_duplicates(KEYS, keep="last").sort_index()
    revised = newest.loc[newest[COLUMN] > 0, REVISED]
    return Resolved(newest.drop(columns=COLUMN), _moved(breaks, newest), revised, versions)


def _moved(breaks: pd.DataFrame, newest: pd.DataFrame) -> pd.DataFrame:
    """The breaks, each at the first Stand from which on its Merkmal is counted in the new way."""
    since = newest.groupby(["merkmal", "stichtag"])[COLUMN].min()  # of the area that was revised least
    moved = breaks.copy()
    for place, cut in breaks.iterrows():
        name, begin = cut["merkmal"], cut["ab"]
        own = since[since.index.get_level_values(0) == name].droplevel(0)
        for day, version in own[own.index < begin].sort_index(ascending=False).items():
            if version < begin.year:
                break
            begin = day
        if begin != cut["ab"]:
            moved.loc[place, "ab"] = begin
            told = str(cut["grund"]).rstrip(".")
            moved.loc[place, "grund"] = f"{told}; von da an sind die Werte in der neuen Weise berechnet."
    return moved
