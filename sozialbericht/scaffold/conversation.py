"""Conversation: the questions to the maker of a project about what the command line leaves open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sozialbericht.data.faultlist import listed
from sozialbericht.faults import InputError
from sozialbericht.scaffold.given import arealist
from sozialbericht.scaffold.given import brief as briefs
from sozialbericht.scaffold.given.arealist import KEYS, NAMES, Arealist
from sozialbericht.scaffold.given.brief import SMALLEST, Brief, Level


class Conversation:
    """Asks in German, with a proposal in brackets that Enter takes; an answer that does not fit is asked again."""

    def __init__(self, ask: Callable[[str], str], say: Callable[[str], None]) -> None:
        self._ask, self._say = ask, say

    def areas(self) -> Path:
        """The file with the areas."""
        self._say("Ein neues Projekt. Enter übernimmt, was in Klammern steht; Strg-C bricht ab.")
        return self._path("Datei mit den Gebieten (.geojson, .gpkg, .shp, oder eine Liste .csv, .xlsx)")

    def completed(self, brief: Brief) -> Brief:
        """The brief with an answer to everything that it leaves open."""
        areas = self._read(brief)
        self._say(f"{len(areas)} Gebiete. Spalten: {listed(map(self._shown(areas), areas.columns), 25)}")
        key = brief.key or self._column("Spalte mit den amtlichen Schlüsseln", areas, areas.guess(KEYS))
        name = brief.name or self._column("Spalte mit den Namen", areas, areas.guess(NAMES))
        brief = replace(brief, key=key, name=name, city=brief.city or self._words("Name der Stadt"))
        brief = replace(brief, levels=brief.levels or self._levels())
        if not brief.values:
            brief = replace(brief, values=self._values())
        if brief.values and not brief.source:
            brief = replace(brief, source=self._ask("Quelle der Werte, wie sie gedruckt wird [Dateiname]: ").strip())
        return brief

    def _read(self, brief: Brief) -> Arealist:
        """The areas; what their file leaves open is said with its options."""
        return arealist.read(brief.areas, layer=brief.layer, crs=brief.crs)

    def _shown(self, areas: Arealist) -> Callable[[str], str]:
        return lambda name: f"{name} (z. B. {next((cell for cell in areas.columns[name] if cell), 'leer')})"

    def _levels(self) -> tuple[Level, ...]:
        found = [self._level(f"Wie heißen die Gebiete? (z. B. stadtteil, oder Kiez/Kieze/m) [{SMALLEST}]", SMALLEST)]
        while True:
            question = "Ebene darüber mit Spalte oder Liste, z. B. bezirk:BEZ oder bezirk:bezirke.csv [keine]"
            level = self._level(question, "")
            if level is None:
                return tuple(level for level in found if level)
            found.append(level)

    def _level(self, question: str, otherwise: str) -> Level | None:
        while True:
            answer = self._ask(f"{question}: ").strip() or otherwise
            if not answer:
                return None
            try:
                return briefs.level(answer)
            except InputError as error:
                self._say(str(error))

    def _values(self) -> tuple[Path, ...]:
        found: list[Path] = []
        while answer := self._ask("Tabelle mit Werten, eine je Frage [keine weitere]: ").strip().strip("\"'"):
            if Path(answer).is_file():
                found.append(Path(answer))
            else:
                self._say(f"Die Datei {answer} gibt es nicht.")
        return tuple(found)

    def _column(self, question: str, areas: Arealist, proposal: str) -> str:
        while True:
            answer = self._ask(f"{question}{f' [{proposal}]' if proposal else ''}: ").strip() or proposal
            if answer in areas.columns:
                return answer
            self._say(f"Eine Spalte „{answer}“ gibt es nicht: {listed(areas.columns, 25)}.")

    def _words(self, question: str) -> str:
        while not (answer := " ".join(self._ask(f"{question}: ").split())):
            self._say("Der Name darf nicht leer sein.")
        return answer

    def _path(self, question: str) -> Path:
        while True:
            answer = self._ask(f"{question}: ").strip().strip("\"'")
            if answer and Path(answer).is_file():
                return Path(answer)
            self._say(f"Die Datei {answer or '(leer)'} gibt es nicht.")
