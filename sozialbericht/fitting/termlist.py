"""Termlist: glossary and abbreviations of one report: the general terms that its chapters use, and the city's own.

A text whose heading has the class ``nur-vorkommende`` is such a list: a term, below it its definition. Terms that no
other text of the report uses are left out. What ``bericht.yml`` defines under the name of the text (``glossar``,
``abkuerzungen``) is always listed, and holds where the list has the same term.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sozialbericht.blocklanguage import ONLY_USED
from sozialbericht.escaping import Markup, escape

#: The lists that a city adds its own terms to, by the names of the texts and of the settings.
OWN = ("glossar", "abkuerzungen")
MARK = f".{ONLY_USED}"
_HEADING = re.compile(rf"^(# .*?) {re.escape(MARK)}\}}$", re.MULTILINE)
_REFERENCE = re.compile(r"(@(?:fig|tbl|sec)-[\w-]*\w)")
_MARKED = re.compile(r"\[([^\]]*)\]\{[^}]*\}")
#: Endings that a German noun or adjective may lose or change where it is bent.
_ENDINGS = re.compile(r"(?:innen|in|en|er|es|e|n|s)$")
#: Signs among which those are that combine with the letter before them.
_NO_LATIN = re.compile(r"[^\0-\u02ff]")
#: So many letters of a word are looked for at least.
_LEAST = 4


class Termlist:
    """The entries of one text: what stands before them, and the definition of each term."""

    def __init__(self, text: str) -> None:
        self._before: list[str] = []
        self.entries: dict[str, str] = {}
        for block in re.split(r"\n{2,}", text.strip()):
            term, mark, told = block.partition("\n:   ")
            if mark:
                self.entries[term] = told
            else:
                self._before.append(block)

    def of(self, told: str, own: Mapping[str, str]) -> Termlist:
        """The list of a report that says ``told`` for a city that defines its ``own`` terms."""
        found = Termlist("")
        found._before = self._before
        used = {
            term: words
            for term, words in self.entries.items()
            if mentions(told, plain := _unmarked(term)) and plain not in own
        }
        found.entries = used | {str(escape(term)): _definition(words) for term, words in own.items()}
        return found

    def __str__(self) -> str:
        """The text, its terms in order."""
        listed = (f"{term}\n:   {self.entries[term]}" for term in sorted(self.entries, key=_order))
        return "\n\n".join([*self._before, *listed]) + "\n"


def settle(stage: Path, own: Mapping[str, Mapping[str, str]], *, whole: bool = True) -> None:
    """Rewrite the lists of an assembled project; ``own`` has the city's terms by the name of the text. A report that is
    not the ``whole`` one keeps all terms.
    """
    lists = [path for path in sorted(stage.glob("*.qmd")) if MARK in path.read_text(encoding="utf-8")]
    if not lists:
        return
    others = (path for path in sorted(stage.iterdir()) if path.suffix in (".qmd", ".ipynb") and path not in lists)
    told = "\n".join(_words(path) for path in others)
    for path in lists:
        listed = Termlist(_HEADING.sub(r"\1}", path.read_text(encoding="utf-8")))
        everything = told if whole else "\n".join([told, *map(_unmarked, listed.entries)])
        path.write_text(str(listed.of(everything, own.get(path.stem, {}))), encoding="utf-8")


def mentions(text: str, term: str) -> bool:
    """Whether a text uses a term or, of several with commas between, one of them: bent or in a compound; what is no
    word but an abbreviation stands as it is.
    """
    return any(_pattern(part).search(_folded(part, text)) for part in term.split(", "))


def _unmarked(term: str) -> str:
    """A term without what marks its language."""
    return _MARKED.sub(r"\1", term)


def _pattern(term: str) -> re.Pattern[str]:
    if _abbreviated(term):
        words = re.escape(term)
        return re.compile(rf"{words}(?<!\w{words})(?!\w)")  # what begins with letters is found at once
    stems = [_stem(word) for word in _bare(term).split()]
    return re.compile(r"\w*[\s\u00a0]+".join(re.escape(stem) for stem in stems))


def _folded(term: str, text: str) -> str:
    return text if _abbreviated(term) else _bare_report(text)


@lru_cache(maxsize=2)
def _bare_report(text: str) -> str:
    """A whole report, for all terms once."""
    return _bare(text)


def _abbreviated(term: str) -> bool:
    """Whether a term has a capital or a digit behind its first letter, as no German noun has, or is very short."""
    return bool(re.search(r"\w[A-ZÄÖÜ\d]", term)) or len(term) < _LEAST


def _stem(word: str) -> str:
    stem = _ENDINGS.sub("", word)
    return stem if len(stem) >= _LEAST else word


def _bare(text: str) -> str:
    """Text without capitals and dots over vowels: „Räume“ and „Raum“ begin alike."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return _NO_LATIN.sub(lambda letter: "" if unicodedata.combining(letter[0]) else letter[0], parts)


def _order(term: str) -> tuple[bool, str]:
    letters = "".join(letter for letter in _bare(_unmarked(term)) if letter.isalnum() or letter == " ")
    return not letters[:1].isalpha(), letters


def _definition(words: str) -> str:
    """A city's own words: text, with references to what the report has."""
    parts = _REFERENCE.split(words)
    return str(Markup("").join(Markup(part) if at % 2 else escape(part) for at, part in enumerate(parts)))


def _words(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".qmd":
        return text
    cells = json.loads(text)["cells"]
    return "\n".join(_strings([cell["outputs"] if "outputs" in cell else cell["source"] for cell in cells]))


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _strings(inner)
