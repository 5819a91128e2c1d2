"""Fences and footnotes of a text: the lines of blocks that are not closed, and of notes without a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_OPEN = re.compile(r"^\s{0,3}(?:>\s?)*:{3,}\s*(\{.*|[^\s:{}][^\s]*)\s*:*\s*$")
_CLOSE = re.compile(r"^\s{0,3}(?:>\s?)*:{3,}\s*$")
_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_REFERENCE = re.compile(r"\[\^([^\]\[\s^]{1,80})\]")
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\[\s^]{1,80})\]:[ \t]*(.*)$")
_OPEN_ENDS = 30
_NESTED = re.compile(r"(?:[>\[({*_~^`!][ \t]*){40}|^[ \t]*(?:[-+*>][ \t]+){25}", re.MULTILINE)
_DEEPEST = 40


def text_lines(text: str) -> list[str]:
    """The lines of a text with those of code emptied, so that numbers stay."""
    lines = re.split(r"\r\n|\r|\n", text)
    at = 0
    while at < len(lines):
        fence = _CODE.match(lines[at])
        end = _end_of_code(lines, at, fence[1]) if fence else None
        if end is None:
            lines[at] = _SPAN.sub("", lines[at])
            at += 1
            continue
        lines[at : end + 1] = [""] * (end + 1 - at)
        at = end + 1
    return lines


def _end_of_code(lines: list[str], start: int, fence: str) -> int | None:
    """The line that closes a code block; without one it is none."""
    for at in range(start + 1, len(lines)):
        if re.fullmatch(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}\s*", lines[at]):
            return at
    return None


@dataclass
class Blocks:
    """The numbers of lines with ``:::``: blocks that are not closed, ends without a block."""

    unclosed: list[int] = field(default_factory=list)
    stray: list[int] = field(default_factory=list)
    depth: int = 0
    """How many blocks lie in each other at most, and the line of the innermost one."""
    deepest: int = 0


def blocks(text: str) -> Blocks:
    """Which lines with ``:::`` have no counterpart."""
    found = Blocks()
    for number, line in enumerate(text_lines(text), start=1):
        if _CLOSE.match(line):
            if found.unclosed:
                found.unclosed.pop()
            else:
                found.stray.append(number)
        elif _OPEN.match(line):
            found.unclosed.append(number)
            if len(found.unclosed) > found.depth:
                found.depth, found.deepest = len(found.unclosed), number
    return found


def nested(text: str) -> int | None:
    """The line in which a text is nested so deeply, or so much is left open in it, that pandoc would not come to an
    end; None if there is none."""
    if found := _NESTED.search(text):
        return text[: found.start()].count("\n") + 1
    first, words = 1, ""
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            first, words = (first, words + "\n" + line) if words else (number, line)
            continue
        pairs = (("[", "]"), ("](", ")"), ("<", ">"))
        if any(words.count(start) - words.count(end) > _OPEN_ENDS for start, end in pairs):
            return first
        words = ""
    found_blocks = blocks(text)
    return found_blocks.deepest if found_blocks.depth > _DEEPEST else None


@dataclass
class Notes:
    """The footnotes of a chapter: where each is referred to, where it stands, where it has no text."""

    references: dict[str, tuple[str, int]] = field(default_factory=dict)
    texts: dict[str, tuple[str, int]] = field(default_factory=dict)
    twice: list[tuple[str, str, int]] = field(default_factory=list)
    empty: list[tuple[str, str, int]] = field(default_factory=list)

    def add(self, place: str, text: str) -> None:
        """Take up the footnotes of a text."""
        lines = text_lines(text)
        for number, line in enumerate(lines, start=1):
            note = _NOTE.match(line)
            if note:
                if note[1] in self.texts:
                    self.twice.append((note[1], place, number))
                elif not note[2].strip() and not (number < len(lines) and re.match(r"(?: {4}|\t)\S", lines[number])):
                    self.empty.append((note[1], place, number))
                self.texts.setdefault(note[1], (place, number))
            rest = note[2] if note else line
            for name in _REFERENCE.findall(rest):
                self.references.setdefault(name, (place, number))

    def completed(self, text: str) -> str:
        """A text of the chapter with a stand-in for every footnote whose other half stands elsewhere."""
        own = Notes()
        own.add("", text)
        texts = [f"[^{name}]: x" for name in own.references if name not in own.texts]
        references = [f"x[^{name}]" for name in own.texts if name not in own.references]
        return "\n\n".join([text, *references, *texts]) if texts or references else text

    def faults(self, elsewhere: str) -> Iterator[tuple[str, int, str, str]]:
        """Place, line, fault and remedy of footnotes that lack a half; ``elsewhere`` is what else may hold it."""
        for name, (place, row) in self.references.items():
            if name not in self.texts and f"[^{name}]:" not in elsewhere:
                yield place, row, f"Die Fußnote [^{name}] hat keinen Text.", f"Eine Zeile „[^{name}]: …“ ergänzen."
        for name, (place, row) in self.texts.items():
            if name not in self.references and not re.search(rf"\[\^{re.escape(name)}\](?!:)", elsewhere):
                remedy = f"[^{name}] im Text setzen oder die Fußnote löschen."
                yield place, row, f"Auf die Fußnote [^{name}] verweist nichts.", remedy
        for name, place, row in self.twice:
            yield place, row, f"Die Fußnote [^{name}] hat zwei Texte.", "Einem davon eine eigene Marke geben."
        for name, place, row in self.empty:
            yield place, row, f"Die Fußnote [^{name}] hat keinen Text.", "Den Text hinter den Doppelpunkt schreiben."
