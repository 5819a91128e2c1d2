"""Series: the positions of marks by area, from the rows of a chart and from like pictures of many areas."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sozialbericht.audit.cells import Shown
from sozialbericht.audit.mentions import Vocabulary, normal
from sozialbericht.audit.readers.readings import Dot, Mark, Picture, Reading

#: So many areas make a chart with rows, and at least half of their level: in other pictures names stand as labels.
ROWS = 5
Rows = Sequence[tuple[str, float, float]]
"""The rows of a page that belong to areas, from above to below; on a page an area may have several."""


@dataclass(frozen=True)
class Series:
    """Positions of marks by area, and the picture they are in (the first of several)."""

    file: str
    name: str
    places: Mapping[str, float]


def in_rows(file: str, picture: Picture, rows: Rows) -> Iterator[Series]:
    """The series of a chart with rows, one for each look of its marks."""
    for places in _by_look(rows, picture.marks):
        yield Series(file, picture.name, places)


def dots(file: str, picture: Picture, shown: Shown, vocabulary: Vocabulary) -> Iterator[Dot]:
    """The dots of a picture of one area, which make series with those of like pictures."""
    areas = vocabulary.areas(normal(picture.name))
    if len(areas) == 1:
        (area,) = areas
        kind = re.sub(r"\d+", "", picture.name.replace(area.replace("_", "-"), "*"))
        level = str(shown.tables.areas.at[area, "ebene"])
        for height, place in _heights(picture.marks):
            yield Dot(file, picture.name, kind, level, height, area, place)


def across(found: Iterable[Dot]) -> Iterator[Series]:
    """The series of dots at one height in all pictures of one kind."""
    families: dict[tuple[str, str, float], list[Dot]] = defaultdict(list)
    for dot in found:
        families[dot.kind, dot.level, dot.height].append(dot)
    for family in families.values():
        yield Series(family[0].file, family[0].name, {dot.area: dot.place for dot in family})


def series(readings: Mapping[str, Reading], shown: Shown, vocabulary: Vocabulary) -> Iterator[Series]:
    """All series of a publication."""
    single: list[Dot] = []
    for file, reading in readings.items():
        for picture in reading.pictures:
            if rows := rows_of(picture, vocabulary, shown):
                yield from in_rows(file, picture, rows)
            else:
                single += dots(file, picture, shown, vocabulary)
    yield from across(single)


def rows_of(picture: Picture, vocabulary: Vocabulary, shown: Shown) -> Rows:
    """The rows of a chart: its unpainted fields that belong to areas, else the lines that name one area each."""
    rows = []
    for mark in picture.marks:
        if not mark.area or mark.fill != "none":
            continue
        heights = {round(y, 2) for _, y in mark.points}
        if len(heights) == 2:
            rows.append((mark.area, min(heights), max(heights)))
    if rows or not picture.marks:
        return rows
    lowest = shown.tables.levels[-1]
    for word in picture.words:
        areas = vocabulary.areas(normal(word.text))
        small = {area for area in areas if shown.tables.areas.at[area, "ebene"] == lowest} or areas
        if len(small) == 1:
            (area,) = small
            rows.append((area, word.top, word.bottom))
    levels = shown.tables.areas["ebene"]
    named = Counter(str(levels.at[area]) for area in {area for area, _, _ in rows})
    whole = levels.value_counts()
    return rows if any(count >= max(ROWS, whole[level] / 2) for level, count in named.items()) else []


def _by_look(rows: Rows, marks: Iterable[Mark]) -> Iterator[dict[str, float]]:
    """Series of dots, and of the ends of bars: one for each look."""
    found: dict[tuple[str, str, int], dict[str, float]] = defaultdict(dict)
    for mark in marks if rows else ():
        if mark.fill == "none" or (mark.kind == "shape" and len(mark.points) > 6):
            continue
        x, y = mark.middle
        owner = next((area for area, top, bottom in rows if top < y < bottom), "")
        if not owner:
            continue
        ends = [x] if mark.kind == "dot" else sorted({min(p[0] for p in mark.points), max(p[0] for p in mark.points)})
        for place, end in enumerate(ends):
            look = "" if mark.kind == "dot" else mark.fill
            found[mark.kind, look, place].setdefault(owner, end)
    yield from found.values()


def _heights(marks: Iterable[Mark]) -> Iterator[tuple[float, float]]:
    """The dots of a picture of one area: how high they stand, and where."""
    seen: set[float] = set()
    for mark in marks:
        x, y = mark.middle
        height = round(y, 0)
        if mark.kind == "dot" and height not in seen:
            seen.add(height)
            yield height, x
