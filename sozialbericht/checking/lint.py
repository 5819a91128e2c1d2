"""Checks before anything runs: notebooks and texts against the rules that both stitchers rely on.

What can be seen without running stands in the other modules of this folder; here it is called by chapters.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sozialbericht.activity import doing
from sozialbericht.cache.textstore import Entry, TextStore
from sozialbericht.checking import labels, names, numerals, parameters, readers, texts, usage
from sozialbericht.checking.checked import Checked
from sozialbericht.checking.code.inference import Inference
from sozialbericht.checking.code.interface import Interface
from sozialbericht.checking.code.program import program
from sozialbericht.checking.fields import UNKNOWN, spoken
from sozialbericht.checking.labels import Found, Label
from sozialbericht.checking.parameters import DIMENSION_PARAMETERS, PARAMETERS, PROFILE_PARAMETERS
from sozialbericht.checking.texts import Text, check_text
from sozialbericht.checking.vocabulary import Vocabulary, slug
from sozialbericht.digests import digest
from sozialbericht.execution import notebookform
from sozialbericht.execution.chapters import read_notebook, read_text, source
from sozialbericht.faults import Fault, InputError
from sozialbericht.order.project import PICTURES, Chapter, Project

__all__ = ["Linted", "check", "check_text", "read"]

_TYPED = (
    "Den Wert aus den Daten holen, etwa {r} mit r=b.wert(…); "
    "eine Angabe aus fremder Quelle nennt sie im selben Absatz: (Quelle: …)."
)


#: A chapter before its texts are read: its faults, labels and references so far, its texts, the code of its cells.
Begun = tuple[Checked, list[Text], str]


def check(
    project: Project,
    chapters: tuple[Chapter, ...] | None = None,
    data: Path | None = None,
    store: TextStore | None = None,
) -> list[Fault]:
    """All faults of the notebooks and texts of a report, or of some of its chapters, found without running anything.

    ``data`` is the folder whose keys they may name. In the ``store`` lies what an earlier run has found.
    """
    return read(project, data, store).faults(chapters)


def read(project: Project, data: Path | None = None, store: TextStore | None = None) -> Linted:
    """Read all notebooks and texts of a project; see :func:`check`."""
    vocabulary = Vocabulary(data or project.root / "data", project.root / PICTURES)
    names = digest(json.dumps(vocabulary.keys))
    checker = _Checker(vocabulary, Entry(store, store.keys.interface(names) if store else ""))
    profiles = [Chapter(f"profil-{level}", path, False) for level, path in project.profiles.items()]
    everything = list({chapter.source: chapter for chapter in (*project.chapters, *profiles)}.values())
    stored: dict[Path, Checked] = {}
    begun: dict[Path, tuple[str, Entry, Begun]] = {}
    for chapter in everything:
        place = _place(chapter)
        needed = DIMENSION_PARAMETERS if chapter.dimension else PARAMETERS
        needed = PROFILE_PARAMETERS if chapter in profiles else needed
        entry = Entry(store, store.keys.chapter(chapter.source, place, names) if store else "")
        if (known := entry.get()) is not None:
            stored[chapter.source] = Checked.read(known)
            continue
        try:
            with doing(f"beim Lesen von {place}"):
                begun[chapter.source] = place, entry, checker.begin(chapter, place, needed)
        except InputError as error:
            stored[chapter.source] = Checked(error.faults)
    texts.read_ahead(own for _, _, (_, own, _) in begun.values())
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        told = list(threads.map(lambda one: _finished(*one), begun.values()))
    stored |= dict(zip(begun, told, strict=True))
    checked = {chapter.source: stored[chapter.source] for chapter in everything}
    checker.end()
    made = [slug("raum", area) for area in vocabulary.keys["raum"]] or [UNKNOWN]
    return Linted(project, tuple(profiles), checked, made if profiles else [])


@dataclass(frozen=True)
class Linted:
    """What was read in a project, by the file of each chapter; ``areas``: those that have a profile, as in labels."""

    project: Project
    profiles: tuple[Chapter, ...]
    checked: dict[Path, Checked]
    areas: list[str]

    def missing(self, chapter: Chapter) -> list[Fault]:
        """A fault for each key that a chapter names and the data do not have, nor any like it."""
        return self.checked[chapter.source].missing

    def labels(self, chapter: Chapter) -> list[str]:
        """The labels that a chapter sets, as far as its source says them."""
        found = (label.name for label in self.checked[chapter.source].found.labels)
        return list(dict.fromkeys(name for name in found if UNKNOWN not in name))

    def faults(self, chapters: Sequence[Chapter] | None = None, optional: Sequence[str] = ()) -> list[Fault]:
        """The faults of all chapters, or of some; what these refer to may stand in any, or be ``optional``."""
        chosen = list(chapters) if chapters is not None else [*self.project.chapters, *self.profiles]
        checked = [self.checked[source] for source in dict.fromkeys(chapter.source for chapter in chosen)]
        faults = [fault for one in checked for fault in (*one.faults, *one.missing)]
        pages = Found([Label(f"sec-profil-{area}", "", numbered=False, exact=False) for area in self.areas])
        pages.labels += [Label(name, "", exact=False) for name in optional]
        faults += labels.twice(one.found for one in checked)
        faults += labels.dead((one.found for one in checked), [pages, *(one.found for one in self.checked.values())])
        order = {_place(chapter): number for number, chapter in enumerate((*self.project.chapters, *self.profiles))}
        return sorted(dict.fromkeys(faults), key=lambda fault: _in_order(fault, order)) + _brand(self.project)


def _place(chapter: Chapter) -> str:
    return f"{chapter.source.parent.name}/{chapter.source.name}"


def _in_order(fault: Fault, order: dict[str, int]) -> tuple[int, int, int]:
    """Where a fault stands: chapter, cell, line."""
    chapter, _, cell = fault.place.partition(", Zelle ")
    return order.get(chapter, 0), int(cell) if cell.isdigit() else 0, fault.row or 0


def _finished(place: str, entry: Entry, begun: Begun) -> Checked:
    """A chapter whose texts have been read, too."""
    checked, own, code = begun
    with doing(f"beim Lesen von {place}"):
        made = replace(checked, faults=list(dict.fromkeys([*checked.faults, *texts.check(own, code)])))
    entry.put(made.written())
    return made


class _Checker:
    """Reads chapters against the interface of the package and the keys of the data."""

    def __init__(self, vocabulary: Vocabulary, entry: Entry) -> None:
        self.vocabulary, self._entry = vocabulary, entry

    @cached_property
    def interface(self) -> Interface:
        """What the package offers."""
        return Interface(self._entry.get() or "")

    def end(self) -> None:
        """Store what was read for later runs."""
        if "interface" in self.__dict__ and (new := self.interface.written()):
            self._entry.put(new)

    def begin(self, chapter: Chapter, place: str, needed: Sequence[str]) -> Begun:
        """All that needs no pandoc; raises :class:`InputError` for a file that cannot be read."""
        if not chapter.is_notebook:
            return self._texts(Checked(), [Text(place, read_text(chapter.source))], "")
        notebook = read_notebook(chapter.source)
        checked = Checked(notebookform.check_metadata(place, notebook))
        if not checked.faults:
            checked.faults += parameters.check(place, notebook, needed)
        cells = [(n, cell["cell_type"] == "code", source(cell)) for n, cell in enumerate(notebook["cells"], start=1)]
        if broken := texts.unprintable([Text(f"{place}, Zelle {n}", text) for n, _, text in cells]):
            checked.faults += broken
            return checked, [], ""
        own = [Text(f"{place}, Zelle {n}", text) for n, is_code, text in cells if not is_code]
        codes = [(n, text) for n, is_code, text in cells if is_code]
        own += self._code(place, codes, checked)
        return self._texts(checked, own, "\n".join(text for _, text in codes))

    def _code(self, place: str, cells: list[tuple[int, str]], checked: Checked) -> list[Text]:
        """Read the code of a notebook; returns its templates as texts."""
        made = program(place, cells)
        reading = usage.read(made, Inference(self.interface), self.vocabulary)
        checked.faults += [*made.faults, *readers.check(made), *names.check(made, reading.scope), *reading.faults]
        checked.found, checked.missing = reading.found, reading.missing
        templates = []
        for prose in reading.prose:
            where, row = made.where(prose.line)
            found = numerals.typed(prose.text, template=not prose.formula)
            checked.faults += [_typed(where, row, words) for _, words in found]
            if prose.formula or (prose.template and prose.text.strip()):
                text = prose.text if prose.formula else spoken(prose.text, "x")
                templates.append(Text(where, text.replace(UNKNOWN, "x"), row))
        return templates

    def _texts(self, checked: Checked, given: list[Text], code: str) -> Begun:
        """Note labels, references and typed numbers of the texts of a chapter."""
        if broken := texts.unprintable(given):
            checked.faults += broken
            return checked, [], ""
        for one in (one for one in given if one.row is None):
            checked.found.take(one.text, one.place)
            checked.faults += [_typed(one.place, row, words) for row, words in numerals.typed(one.text)]
        if given and given[0].row is None:
            checked.found.without_number(given[0].text)
        return checked, given, code


def _typed(place: str, row: int, words: str) -> Fault:
    return Fault(place, f"Hier steht eine getippte Zahl: „{words}“.", _TYPED, row=row)


def _brand(project: Project) -> list[Fault]:
    """What is wrong with the file of colours."""
    path = project.report / "_brand.yml"
    if not path.is_file():
        return []
    from sozialbericht.drawing.canvas import brand

    try:
        brand.tokens(path)
    except InputError as error:
        return error.faults
    except Exception as error:  # PyYAML raises its own kinds, and wrong types fail anywhere
        row = getattr(getattr(error, "problem_mark", None), "line", None)
        what = "Die Datei mit den Farben des Berichts ist nicht lesbar."
        remedy = 'Unter color › palette steht je Zeile ein Name und eine Farbe: tinte: "#1A2024".'
        return [Fault("report/_brand.yml", what, remedy, row=None if row is None else row + 1)]
    return []
