"""Chapterset: which chapters a report has with these data. The one place that decides it.

A chapter of one's own runs where the data have what it needs: the keys that it names, the tables, enough areas. Where
one is left out or was never written, the general notebook of its name stands in (``notebooks/allgemein/``), for each
dimension of the catalogue the one of dimensions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from sozialbericht.cache.textstore import TextStore
from sozialbericht.checking import lint
from sozialbericht.checking.lint import Linted
from sozialbericht.escaping import slugged
from sozialbericht.execution.chapters import read_notebook, source
from sozialbericht.faults import Fault, InputError
from sozialbericht.fitting import requirement
from sozialbericht.order.offer import Offer
from sozialbericht.order.project import DIMENSION, GENERAL, NOTEBOOK, Chapter, LeftOut, Project

_HEADING = re.compile(r"# ([^\n]+?)(?: \{[^{}\n]*#[^{}\n]*\})?$", re.MULTILINE)


@dataclass(frozen=True)
class Chapterset:
    """A project with the chapters that fit, in order, and those that do not; and the faults of its sources."""

    project: Project
    faults: list[Fault]

    @property
    def told(self) -> list[str]:
        """What is said of the chapters that are left out: a line for each; nothing where all run or others stand in."""
        return told(self.project)


def told(project: Project) -> list[str]:
    """A line for each chapter that is left out, with the reason, and one before them."""
    names: dict[str, list[str]] = {}
    for one in project.left_out:
        if one.reason and not one.quiet:
            names.setdefault(one.reason, []).append(one.name)
    number = sum(map(len, names.values()))
    head = f"{number} Kapitel entfallen, weil sie nicht zu den Daten passen:"
    if number == 1:
        head = "Ein Kapitel entfällt, weil es nicht zu den Daten passt:"
    return [head, *(f"  {', '.join(own)}: {reason}" for reason, own in names.items())] if names else []


def fitted(project: Project, offer: Offer) -> Project:
    """The project with the chapters that fit, as far as their metadata say, quickly, without reading code."""
    return _Choice(project, offer, {c.name: why for c in _notebooks(project) if (why := _unmet(c, offer))}).project({})


def of(project: Project, offer: Offer | None, folder: Path, store: TextStore | None = None) -> Chapterset:
    """The chapters of a project that fit the data in a folder, and the faults of those that are to run.

    Without an ``offer``, because the data are faulty, all are taken to fit, and of those that name keys which are not
    there nothing is said.
    """
    if offer is None:
        read = lint.read(project, folder, store)
        return Chapterset(project, read.faults([c for c in (*project.chapters, *read.profiles) if not read.missing(c)]))
    linted = lint.read(_Choice(project, offer, {}).everything(), folder, store)
    left: dict[str, Unfit] = {}
    for chapter in _notebooks(project):
        if why := _unmet(chapter, offer) or _missing(linted, chapter):
            left[chapter.name] = why._replace(title=_title(chapter))
    chosen = _Choice(project, offer, left).project({c.name: tuple(linted.labels(c)) for c in project.chapters})
    unfit = {p: why for p in linted.profiles if (why := _unmet(p, offer) or _missing(linted, p))}
    profiles = [p for p in linted.profiles if p not in unfit]
    names = [LeftOut(p.source.stem, "", why.reason, foreign=why.foreign) for p, why in unfit.items()]
    chosen = replace(chosen, unfit_profiles=tuple(names))
    sources = {c.source for c in (*project.chapters, *chosen.chapters, *profiles)}
    running = replace(linted, checked={path: one for path, one in linted.checked.items() if path in sources})
    optional = tuple(dict.fromkeys(label for chapter in _notebooks(chosen) for label in _optional(chapter)))
    chosen = replace(chosen, left_out=(*chosen.left_out, LeftOut("", "", "", optional)))
    return Chapterset(chosen, running.faults([*chosen.chapters, *profiles], optional))


class Unfit(NamedTuple):
    """Why a chapter does not fit, whether it is because it is another city's, its heading; ``quiet``: nobody has to
    know, because it only prints what somebody may write.
    """

    reason: str
    foreign: bool = False
    title: str = ""
    quiet: bool = False


def _notebooks(project: Project) -> Iterator[Chapter]:
    return (chapter for chapter in project.chapters if chapter.is_notebook)


def _unmet(chapter: Chapter, offer: Offer) -> Unfit | None:
    """Why a notebook does not fit by what it says it needs; None where it cannot be read, which is told elsewhere."""
    try:
        notebook = read_notebook(chapter.source)
    except InputError:
        return None
    if city := requirement.foreign(notebook, offer):
        return Unfit(f"gehört zum Bericht für {city}", foreign=True)
    if missing := requirement.unwritten(notebook, offer):
        return Unfit(missing, quiet=True)
    why = requirement.unmet(notebook, offer)
    return Unfit(why) if why else None


def _optional(chapter: Chapter) -> list[str]:
    """The labels that a notebook refers to and that need not be there."""
    try:
        return requirement.optional(read_notebook(chapter.source))
    except InputError:
        return []


def _title(chapter: Chapter) -> str:
    """The heading of a notebook, else what it says it is called, or its name."""
    notebook = read_notebook(chapter.source)
    cells = notebook["cells"]
    found = (_HEADING.match(source(cell)) for cell in cells if cell["cell_type"] == "markdown")
    return next((match[1] for match in found if match), requirement.title(notebook) or chapter.name)


def _missing(linted: Linted, chapter: Chapter) -> Unfit | None:
    """The first key that a chapter names and the data do not have."""
    if not (found := linted.missing(chapter)):
        return None
    return Unfit(f"nennt einen Schlüssel, den die Daten nicht haben: {found[0].what}".removesuffix("."))


@dataclass(frozen=True)
class _Choice:
    """What is ``left`` of the chapters of a project (name → why), and the general notebooks that stand in."""

    given: Project
    offer: Offer
    left: dict[str, Unfit]

    def project(self, labels: dict[str, tuple[str, ...]]) -> Project:
        """The project with the chapters that run; ``labels`` are those that its own chapters set."""
        chapters: list[Chapter] = []
        for chapter in self.given.chapters:
            general = self.given.general(chapter.name)
            if chapter.name not in self.left:
                chapters.append(chapter)
            elif general and general != chapter.source:
                chapters.append(replace(chapter, source=general))
        for name, dimension, notebook in self._dimensions():
            if name not in {chapter.name for chapter in chapters}:
                chapters.insert(self._place(chapters, name), Chapter(name, notebook, False, dimension))
        running = {chapter.name for chapter in chapters}
        gone = [
            LeftOut(name, w.title, "" if name in running else w.reason, labels.get(name, ()), w.foreign, w.quiet)
            for name, w in self.left.items()
        ]
        return replace(self.given, chapters=tuple(chapters), left_out=tuple(gone))

    def everything(self) -> Project:
        """The project with its chapters and all general notebooks, to be read."""
        stand_in = [
            replace(chapter, source=general)
            for chapter in self.given.chapters
            if (general := self.given.general(chapter.name)) and general != chapter.source
        ]
        dimensions = [Chapter(name, notebook, False, dimension) for name, dimension, notebook in self._dimensions()]
        return replace(self.given, chapters=(*self.given.chapters, *stand_in, *dimensions[:1]))

    def _dimensions(self) -> list[tuple[str, str, Path]]:
        """Name of the chapter, dimension and notebook for each dimension of the catalogue."""
        general = self.given.general(DIMENSION)
        return [(slugged(d).replace("-", "_"), d, general) for d in self.offer.dimensions] if general else []

    def _place(self, chapters: list[Chapter], name: str) -> int:
        """Where the chapter of a dimension belongs: behind that of the dimension before it; else before the first of a
        later dimension, the first numbered chapter or the annex.
        """
        names = [one for one, _, _ in self._dimensions()]
        behind = [at for at, c in enumerate(chapters) if c.name in names[: names.index(name)]]
        if behind:
            return behind[-1] + 1
        later = (at for at, c in enumerate(chapters) if c.annex or c.name in names or _number(c) > 0)
        return next(later, len(chapters))


def _number(chapter: Chapter) -> int:
    """The number of a notebook; 0 for texts and general notebooks."""
    match = NOTEBOOK.fullmatch(chapter.source.name)
    return int(match[1]) if match and chapter.source.parent.name != GENERAL else 0
