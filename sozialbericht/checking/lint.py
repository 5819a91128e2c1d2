"""Checks before anything runs: notebooks and texts against the rules that both stitchers rely on.

What can be seen without running stands in :mod:`sozialbericht.rendering.checking`; here it is called by chapters.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from sozialbericht.activity import doing
from sozialbericht.cache.store import Cache
from sozialbericht.checking import labels, names, numerals, parameters, readers, texts, usage
from sozialbericht.checking.code.inference import Inference
from sozialbericht.checking.code.interface import Interface
from sozialbericht.checking.code.program import program
from sozialbericht.checking.fields import UNKNOWN, spoken
from sozialbericht.checking.keeping import Checked, Kept
from sozialbericht.checking.labels import Found, Label
from sozialbericht.checking.parameters import PARAMETERS, PROFILE_PARAMETERS
from sozialbericht.checking.texts import Text, check_text
from sozialbericht.checking.vocabulary import Vocabulary, slug
from sozialbericht.digests import digest
from sozialbericht.execution import notebookform
from sozialbericht.execution.chapters import read_notebook, read_text, source
from sozialbericht.faults import Fault, InputError
from sozialbericht.order.project import Chapter, Project

__all__ = ["check", "check_text"]

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
    kept: tuple[Cache, str] | None = None,
) -> list[Fault]:
    """All faults of the notebooks and texts of a report, or of some of its chapters, found without running anything.

    ``data`` is the folder whose keys they may name. ``kept`` is the cache in which lies what an earlier run has found,
    and the digest of the program.
    """
    vocabulary = Vocabulary(data or project.root / "data")
    memory = Kept(kept[0], digest(kept[1], json.dumps(vocabulary.keys))) if kept else None
    checker = _Checker(vocabulary, memory)
    profiles = [Chapter(f"profil-{level}", path, False) for level, path in project.profiles.items()]
    everything = [*project.chapters, *profiles]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        waiting = [_known_or_begun(checker, chapter, chapter in profiles, memory, threads) for chapter in everything]
        checked = [found() for found in waiting]
    checker.end()
    made = [slug("raum", area) for area in vocabulary.keys["raum"]] or [UNKNOWN]
    pages = Found([Label(f"sec-profil-{area}", "", numbered=False, exact=False) for area in made if profiles])
    chosen = [one for chapter, one in zip(everything, checked, strict=True) if chapters is None or chapter in chapters]
    faults = [fault for one in chosen for fault in one.faults]
    faults += labels.twice(one.found for one in chosen)
    faults += labels.dead((one.found for one in chosen), [pages, *(one.found for one in checked)])
    order = {_place(chapter): number for number, chapter in enumerate(everything)}
    return sorted(dict.fromkeys(faults), key=lambda fault: _in_order(fault, order)) + _brand(project)


def _place(chapter: Chapter) -> str:
    return f"{chapter.source.parent.name}/{chapter.source.name}"


def _in_order(fault: Fault, order: dict[str, int]) -> tuple[int, int, int]:
    """Where a fault stands: chapter, cell, line."""
    chapter, _, cell = fault.place.partition(", Zelle ")
    return order.get(chapter, 0), int(cell) if cell.isdigit() else 0, fault.row or 0


def _known_or_begun(
    checker: _Checker, chapter: Chapter, is_profile: bool, memory: Kept | None, threads: Executor
) -> Callable[[], Checked]:
    """What is known of a chapter, or begin with it; pandoc reads its texts while the next one is begun."""
    place = _place(chapter)
    key = memory.key(chapter.source, place) if memory else ""
    if memory and (known := memory.get(key)):
        return lambda: known
    try:
        with doing(f"beim Lesen von {place}"):
            begun, own, code = checker.begin(chapter, place, PROFILE_PARAMETERS if is_profile else PARAMETERS)
    except InputError as error:
        faults = error.faults
        return lambda: Checked(faults)
    told = threads.submit(texts.check, own, code)

    def finished() -> Checked:
        with doing(f"beim Lesen von {place}"):
            made = Checked(list(dict.fromkeys([*begun.faults, *told.result()])), begun.found)
        if memory:
            memory.put(key, made)
        return made

    return finished


class _Checker:
    """Reads chapters against the interface of the package and the keys of the data."""

    def __init__(self, vocabulary: Vocabulary, memory: Kept | None = None) -> None:
        self.vocabulary, self._memory = vocabulary, memory

    @cached_property
    def interface(self) -> Interface:
        """What the package offers."""
        return self._memory.interface() if self._memory else Interface()

    def end(self) -> None:
        """Keep what was read for later runs."""
        if self._memory and "interface" in self.__dict__:
            self._memory.interface(self.interface)

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
        checked.found = reading.found
        templates = []
        for prose in reading.prose:
            where, row = made.where(prose.line)
            found = numerals.typed(prose.text, template=True)
            checked.faults += [_typed(where, row, words) for _, words in found]
            if prose.template and prose.text.strip():
                templates.append(Text(where, spoken(prose.text, "x").replace(UNKNOWN, "x"), row))
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
