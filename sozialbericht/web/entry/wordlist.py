"""Wordlist: texts as short ones, each word of them once, so that what the scripts read stays small.

A text is told by the places of its words in a list, in 91 letters: one letter for the most frequent words, up to four
for the rarest. Between two words stands a blank, which is not told; what parts them else is told as a word of its own.
``report/web/seite.js`` reads it, and so does, on its own account, the audit.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

#: The letters of packed numbers and texts, without those that JSON would write in two.
ALPHABET = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
#: What parts words; the first places of every list.
BETWEEN = " \n\t\u00a0–"
#: With how many of the letters a place of one, two, three, four letters begins.
FIRST = (54, 30, 5, 2)
_PARTS = re.compile(rf"([{BETWEEN}])")


class Wordlist:
    """The words of some texts, the most frequent first."""

    def __init__(self, texts: Iterable[str]) -> None:
        counted = Counter(part for text in texts for part in _told(text) if part not in BETWEEN)
        self._words = [word for word, _ in counted.most_common()]
        self._codes = dict(zip((*BETWEEN, *self._words), codes(), strict=False))

    @property
    def words(self) -> str:
        """The list without what parts words."""
        return " ".join(self._words)

    def told(self, text: str) -> str:
        """A text by the places of its words."""
        return "".join(self._codes[part] for part in _told(text))


def codes() -> Iterator[str]:
    """The letters of the places, from the first."""
    start = 0
    for more, count in enumerate(FIRST):
        heads = ALPHABET[start : start + count]
        yield from map("".join, itertools.product(heads, *[ALPHABET] * more))
        start += count


def _told(text: str) -> Iterator[str]:
    """The words of a text and what parts them, but for single blanks between words."""
    parts = [part for part in _PARTS.split(text) if part]
    for before, part, after in zip(("", *parts), parts, (*parts[1:], ""), strict=False):
        if part != " " or not before or not after or before in BETWEEN or after in BETWEEN:
            yield part
