"""References: what they call a chapter or section; sentences without references to what is not in the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Set

#: What a chapter is called in a reference, what a chapter of the annex, what a section of either.
CHAPTER, ANNEX, SECTION = "Kapitel", "Anhang", "Abschnitt"
_LABEL = r"(?:fig|tbl|sec)-[\w-]*\w"
_ONE = rf"@{_LABEL}"
#: References one after the other: „@sec-a, @sec-b und @sec-c“.
_SEVERAL = re.compile(rf"{_ONE}(?:(?:, | und | oder ){_ONE})*")
_REFERENCE = re.compile(rf"(?<![\w\\`.])@({_LABEL})")
_LINK = re.compile(rf"\[([^\[\]\n]*)\]\(#({_LABEL})\)")
_BRACKETS = re.compile(r"[ \u00a0]?\([^()\n]*\)")
#: Between two sentences: behind the stop, which is none of a date or an abbreviation, before a capital or a mark.
_BETWEEN = re.compile(r"(?:(?<=[^\W\d]{2}[.!?])|(?<=[)\]“%\u202f}][.!?])|(?<=\.\*\*))[ \n]+(?=[A-ZÄÖÜ„*\[\d@])")
#: What a line begins with that is no word of its first sentence.
_BEGINNING = re.compile(r"^(?:[-*] +|\d+\. +|: +)?")


def section_word(number: str) -> str:
    """What a reference calls the chapter or section of a number: „Kapitel“ („3“), „Anhang“ („F“), „Abschnitt“ („3.2“,
    „F.2“).
    """
    if "." in number:
        return SECTION
    return ANNEX if number.isalpha() else CHAPTER


def without(text: str, dead: Set[str]) -> str:
    """A text (Markdown) without what refers to the labels ``dead``: the remark in brackets, the part of an enumeration,
    else the whole sentence. Links become plain words; a paragraph of which nothing is left goes.
    """
    if not any(match[1] in dead for match in _REFERENCE.finditer(text)):
        return _unlinked(text, dead)
    kept = (_line(line, dead) for line in _unlinked(text, dead).split("\n"))
    return "\n".join(line for line in kept if line is not None)


def _unlinked(text: str, dead: Set[str]) -> str:
    return _LINK.sub(lambda link: link[1] if link[2] in dead else link[0], text)


def _line(line: str, dead: Set[str]) -> str | None:
    """A line without what is dead; None where nothing is left of it."""
    if not _is_dead(line, dead):
        return line
    if line.startswith("|"):
        return _SEVERAL.sub(_fewer(dead, ""), line)
    line = _BRACKETS.sub(lambda part: _bracket(part[0], dead), _SEVERAL.sub(_fewer(dead), line))
    if not _is_dead(line, dead):
        return line
    begins = _BEGINNING.match(line)
    head = begins[0] if begins else ""
    sentences = [_shorter(sentence, dead) for sentence in _BETWEEN.split(line[len(head) :])]
    sentences = [sentence for sentence in sentences if not _is_dead(sentence, dead)]
    return head + " ".join(sentences) if sentences else None


def _shorter(sentence: str, dead: Set[str]) -> str:
    """A sentence without the clauses behind a comma that lead from a reference to a dead one: „steht in @sec-a, wie
    sicher das ist, in @sec-b“.
    """
    kept, at = "", 0
    for match in _REFERENCE.finditer(sentence):
        clause = sentence[at : match.end()]
        if not (match[1] in dead and at and clause.startswith(", ")):
            kept += clause
        at = match.end()
    return kept + sentence[at:]


def _is_dead(text: str, dead: Set[str]) -> bool:
    return any(match[1] in dead for match in _REFERENCE.finditer(text))


def _fewer(dead: Set[str], otherwise: str | None = None) -> Callable[[re.Match[str]], str]:
    """An enumeration with the references that live; as it was (or ``otherwise``) where none does."""

    def rewrite(several: re.Match[str]) -> str:
        alive = [label for label in _REFERENCE.findall(several[0]) if label not in dead]
        if not alive:
            return several[0] if otherwise is None else otherwise
        if len(alive) == len(_REFERENCE.findall(several[0])):
            return several[0]
        marks = [f"@{label}" for label in alive]
        joint = " oder " if " oder " in several[0] else " und "
        return ", ".join(marks[:-1]) + (joint if marks[1:] else "") + marks[-1]

    return rewrite


def _bracket(words: str, dead: Set[str]) -> str:
    """A remark in brackets with its parts that live, nothing where none does."""
    if not _is_dead(words, dead):
        return words
    before, _, inside = words.partition("(")
    alive = [part for part in inside.removesuffix(")").split(";") if not _is_dead(part, dead)]
    return f"{before}({';'.join(alive).strip()})" if alive else ""
