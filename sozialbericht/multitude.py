"""Multitude: from how many areas on a report shows them otherwise. Maps, tables and sentences all ask here.

With few areas everything has its name at its place. With many, maps have no numbers and no key below them, charts show
both ends, sentences name the first ones, and the annex has everybody.
"""

from __future__ import annotations

from collections.abc import Sequence

#: From so many areas of the lowest level on they are many.
MANY = 60
#: So many names a sentence has before it counts the rest.
NAMED = 5


def many(areas: int) -> bool:
    """Whether so many areas are many."""
    return areas >= MANY


def told(names: Sequence[str], areas: int) -> list[str]:
    """The names as a sentence has them: of many ``areas`` the first and how many others there are, “34 weitere”.

    All, where that would spare no more than one.
    """
    rest = len(names) - NAMED
    return [*names[:NAMED], f"{rest}\u00a0weitere"] if many(areas) and rest > 1 else list(names)
