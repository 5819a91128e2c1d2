"""Multitude: how many areas a method needs, and from how many on a report shows them otherwise. All ask here.

With few areas everything has its name at its place. With many, maps have no numbers and no key below them, charts show
both ends, sentences name the first ones, and the annex has everybody.
"""

from __future__ import annotations

from collections.abc import Sequence

#: The fewest areas that can be parted into classes by their spread, and those among which a pattern in space shows.
LEAST_CLASSED, LEAST_IN_SPACE = 10, 10
#: So many areas a typology needs for each of its clusters, and so many indicators of the burden an index.
FOR_EACH, LEAST_MEASURES = 4, 2
#: From so many areas of the lowest level on they are many.
MANY = 60
#: So many names a sentence has before it counts the rest.
NAMED = 5


def fewest(k: int) -> int:
    """How many areas a typology with k clusters needs at least."""
    return FOR_EACH * k


def many(areas: int) -> bool:
    """Whether so many areas are many."""
    return areas >= MANY


def told(names: Sequence[str], areas: int) -> list[str]:
    """The names as a sentence has them: of many ``areas`` the first and how many others there are, “34 weitere”.

    All, where that would spare no more than one.
    """
    rest = len(names) - NAMED
    return [*names[:NAMED], f"{rest}\u00a0weitere"] if many(areas) and rest > 1 else list(names)
