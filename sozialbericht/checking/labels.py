"""Labels and what refers to them: every label once, no reference into nothing, none to a section without a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sozialbericht.checking.fields import UNKNOWN
from sozialbericht.faults import Fault, nearest
from sozialbericht.stitching import fences

_LABEL = r"(?:fig|tbl|sec)-[\w\ue000-]*[\w\ue000]"
#: A label in the attributes of a heading or a block.
SET = re.compile(rf"\{{[^{{}}\n]*?#({_LABEL})([^{{}}\n]*)\}}")
#: A reference ``@fig-…`` or a link ``](#sec-…)``.
REFERRED = re.compile(rf"(?<![\w\\`.])-?@({_LABEL})(?![\w{{])|\]\([\w./-]*#({_LABEL})\)")
_CHAPTER = re.compile(r"^# [^\n]*\{[^{}\n]*\.unnumbered[^{}\n]*\}", re.MULTILINE)


@dataclass(frozen=True)
class Label:
    """A label where it is set; ``way`` are the branches of the code that lead there.

    ``exact``: the code says when and how often it is set; else it is one that may be set (by a loop, by a method).
    """

    name: str
    place: str
    row: int | None = None
    numbered: bool = True
    exact: bool = True
    way: tuple[tuple[int, int], ...] = ()

    def excludes(self, other: Label) -> bool:
        """Whether only one of the two can be set, because they stand in different branches."""
        branches = dict(self.way)
        return self.place.partition(",")[0] == other.place.partition(",")[0] and any(
            branches.get(fork, branch) != branch for fork, branch in other.way
        )


@dataclass(frozen=True)
class Reference:
    """A reference or a link to a label."""

    name: str
    place: str
    row: int | None
    link: bool


@dataclass
class Found:
    """The labels and references of a chapter."""

    labels: list[Label] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def take(self, text: str, place: str, row: int | None = None, way: tuple[tuple[int, int], ...] = ()) -> None:
        """Note what a text sets and refers to. ``row`` is its line where it stands in code, else lines are counted."""
        lines = fences.text_lines(text)
        for number, line in enumerate(lines, start=1):
            here = number if row is None else row
            for match in SET.finditer(line):
                numbered = ".unnumbered" not in match[0]
                self.labels.append(Label(match[1], place, here, numbered, UNKNOWN not in match[1], way))
            for match in REFERRED.finditer(line):
                self.references.append(Reference(match[1] or match[2], place, here, match[1] is None))

    def without_number(self, text: str) -> None:
        """Note that the chapter that begins with this text has no number, and so none of its sections has."""
        if _CHAPTER.search(text):
            self.labels = [
                Label(x.name, x.place, x.row, x.numbered and not x.name.startswith("sec-"), x.exact, x.way)
                for x in self.labels
            ]


def twice(found: Iterable[Found]) -> Iterator[Fault]:
    """A fault for every label that is set a second time."""
    first: dict[str, list[Label]] = {}
    for label in (label for one in found for label in one.labels if label.exact):
        before = next((x for x in first.get(label.name, []) if not x.excludes(label)), None)
        if before is not None:
            what = f"Die Marke „{label.name}“ kommt zweimal vor, zuerst in {before.place}."
            yield Fault(label.place, what, "Einer der beiden Stellen eine eigene Marke geben.", row=label.row)
        first.setdefault(label.name, []).append(label)


def dead(chosen: Iterable[Found], everywhere: Sequence[Found]) -> Iterator[Fault]:
    """A fault for every reference of the chosen chapters to what no chapter has, or to a section without a number."""
    labels = [label for one in everywhere for label in one.labels]
    names = {label.name for label in labels if UNKNOWN not in label.name}
    patterns = [_pattern(label.name) for label in labels if UNKNOWN in label.name]
    numbered = {label.name for label in labels if label.numbered}
    for reference in (reference for one in chosen for reference in one.references):
        name = reference.name
        if UNKNOWN in name:
            continue
        sign = f"#{name}" if reference.link else f"@{name}"
        if name in names:
            if name not in numbered and not reference.link:
                remedy = f"Stattdessen einen Link schreiben: [Text](#{name})."
                yield Fault(
                    reference.place, f"@{name} verweist auf ein Kapitel ohne Nummer.", remedy, row=reference.row
                )
        elif not any(pattern.fullmatch(name) for pattern in patterns):
            kind = [n for n in names if n[:3] == name[:3]]
            remedy = nearest(name, kind) or "Die Marke der Abbildung, der Tabelle oder des Abschnitts prüfen."
            yield Fault(reference.place, f"Der Verweis {sign} führt ins Leere.", remedy, row=reference.row)


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(r"[\w-]+".join(map(re.escape, name.split(UNKNOWN))))
