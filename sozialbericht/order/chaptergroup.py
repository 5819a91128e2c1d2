"""Chaptergroup: the headings under which chapters stand in the contents and in the web's list of chapters.

``gruppen`` of ``bericht.yml`` names for each heading dimensions, or chapters by their names. Chapters keep their order:
a heading stands where the first of its chapters does, and once more where others have come between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sozialbericht.escaping import slugged
from sozialbericht.order.project import Chapter

#: The heading of the annex, which every report has itself.
ANNEX = "Anhang"


def beginning(chapters: Iterable[Chapter], groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The chapters (by name) with which a group begins, and its heading; "" where one ends and no other begins.

    The annex has the heading that it has anyway, and is in no group.
    """
    named = {slugged(member).replace("-", "_"): heading for heading, members in groups.items() for member in members}
    found: dict[str, str] = {}
    current = ""
    for chapter in chapters:
        heading = "" if chapter.annex else named.get(chapter.name, "")
        if heading != current and not chapter.annex:
            found[chapter.name] = heading
        current = heading
    return found
