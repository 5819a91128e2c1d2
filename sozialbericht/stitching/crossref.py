"""Cross references: numbers of chapters, sections, figures and tables, and what refers to them.

The rules are those of Quarto's books, so that both stitchers print the same numbers: chapters 1, 2, …, the
annex A, B, …, sections 2.1, figures and tables by chapter (2.1, A.1), each kind counted on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sozialbericht.faults import Fault
from sozialbericht.stitching.pandoc import Element, attributes, elements, plain_text
from sozialbericht.wording.references import section_word

FLOATS = {"fig": "Abbildung", "tbl": "Tabelle"}
REFERENCE = re.compile(r"(fig|tbl|sec)-[\w-]+")


@dataclass(frozen=True)
class Target:
    """Something that can be referred to: its label, kind (fig, tbl, sec), number, page and title."""

    label: str
    kind: str
    number: str
    page: str
    title: str

    @property
    def word(self) -> str:
        """„Abbildung“, „Tabelle“, „Kapitel“, „Anhang“ or „Abschnitt“."""
        return FLOATS.get(self.kind) or section_word(self.number)


@dataclass(frozen=True)
class Heading:
    """A heading: level, label ("" without one), whether it is numbered, its words."""

    level: int
    label: str
    numbered: bool
    title: str


@dataclass(frozen=True)
class Float:
    """A figure or table: label and bold title ("" without one)."""

    label: str
    title: str


@dataclass(frozen=True)
class Outline:
    """What a chapter has to be known for: headings, floats and references in reading order,
    whether it says anything.
    """

    headings: tuple[Heading, ...] = ()
    floats: tuple[Float, ...] = ()
    references: tuple[str, ...] = ()
    empty: bool = False


@dataclass
class Document:
    """One chapter: its page, its outline, its number ("" for an unnumbered one)."""

    page: str
    annex: bool
    outline: Outline
    number: str = ""
    title: str = ""
    sections: dict[int, str] = field(default_factory=dict)


def outline(blocks: list[Element]) -> Outline:
    """The outline of a chapter's blocks."""
    headings, floats, references = [], [], []
    for element in elements(blocks):
        kind = element["t"]
        if kind == "Header":
            label, classes, _ = attributes(element)
            headings.append(Heading(element["c"][0], label, "unnumbered" not in classes, plain_text(element["c"][2])))
        elif kind == "Div" and REFERENCE.fullmatch(label := attributes(element)[0]):
            floats.append(Float(label, plain_text([e for e in caption(element) if e["t"] == "Strong"][:1])))
        elif kind == "Cite":
            references += [c["citationId"] for c in element["c"][0] if REFERENCE.fullmatch(c["citationId"])]
    empty = all(block["t"] == "Header" for block in blocks)
    return Outline(tuple(headings), tuple(floats), tuple(references), empty)


def number_chapters(documents: Iterable[Document]) -> None:
    """Give every document its chapter number and title, and its headings their section numbers.

    ``sections`` maps the position of a heading among the document's headings to its number.
    """
    main = annex = 0
    for document in documents:
        counters = [0, 0, 0, 0, 0, 0]
        for position, heading in enumerate(document.outline.headings):
            level = heading.level
            if level == 1 and not document.title:
                document.title = heading.title
            if not heading.numbered:
                continue
            if level == 1:
                if document.annex:
                    annex += 1
                    document.number = chr(64 + annex)
                else:
                    main += 1
                    document.number = str(main)
            elif not document.number:
                continue
            else:
                counters[level - 1] += 1
                counters[level:] = [0] * (6 - level)
            parts = [document.number, *map(str, counters[1:level])]
            document.sections[position] = ".".join(parts)


def headings(blocks: list[Element]) -> list[Element]:
    """The headings of a document in reading order."""
    return [e for e in elements(blocks) if e["t"] == "Header"]


def caption(div: Element) -> list[Element]:
    """Inlines of a float's caption, its last paragraph; empty where there is none."""
    last = div["c"][1][-1] if div["c"][1] else {}
    return list(last["c"]) if last.get("t") == "Para" else []


def targets(documents: Iterable[Document]) -> tuple[dict[str, Target], list[Fault]]:
    """Everything that can be referred to, by label, and the faults: labels used twice, floats without caption."""
    found: dict[str, Target] = {}
    faults: list[Fault] = []

    def add(target: Target) -> None:
        if target.label in found:
            faults.append(
                Fault(
                    target.page,
                    f"Die Marke „{target.label}“ kommt zweimal vor (auch in {found[target.label].page}).",
                    "Einer der beiden Stellen mit id=… eine eigene Marke geben.",
                )
            )
        found.setdefault(target.label, target)

    for document in documents:
        for position, heading in enumerate(document.outline.headings):
            if heading.label.startswith("sec-"):
                number = document.sections.get(position, "")
                add(Target(heading.label, "sec", number, document.page, heading.title))
        counts = {"fig": 0, "tbl": 0}
        for label, title in ((f.label, f.title) for f in document.outline.floats):
            kind = label[:3]
            if kind not in counts:
                continue
            counts[kind] += 1
            if not title:
                faults.append(
                    Fault(
                        document.page,
                        f"„{label}“ hat keine Beschriftung mit fettem Titel.",
                        "Der letzte Absatz lautet: **Titel** Einheit und Bezug.",
                    )
                )
            if not document.number:
                faults.append(
                    Fault(
                        document.page,
                        f"„{label}“ steht in einem Kapitel ohne Nummer.",
                        "Abbildungen und Tabellen gehören in nummerierte Kapitel.",
                    )
                )
            number = f"{document.number}.{counts[kind]}"
            add(Target(label, kind, number, document.page, title))
    return found, faults


def unresolved(documents: Iterable[Document], known: dict[str, Target]) -> list[Fault]:
    """A fault for each reference to a label that does not exist, and for @sec-… to an unnumbered section."""
    faults = []
    for document in documents:
        for label in document.outline.references:
            if label not in known:
                faults.append(
                    Fault(
                        document.page,
                        f"Der Verweis @{label} führt ins Leere.",
                        "Die Marke der Abbildung, der Tabelle oder des Abschnitts prüfen.",
                    )
                )
            elif not known[label].number:
                faults.append(
                    Fault(
                        document.page,
                        f"@{label} verweist auf ein Kapitel ohne Nummer.",
                        f"Stattdessen einen Link schreiben: [Text](#{label}).",
                    )
                )
    return faults


def cited(element: Element, known: dict[str, Target]) -> list[Target]:
    """What a citation refers to."""
    return [known[c["citationId"]] for c in element["c"][0] if c["citationId"] in known]
