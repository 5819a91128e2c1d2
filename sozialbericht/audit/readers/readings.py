"""Readings: what can be learnt from a published file, in one form for all formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

#: What is invisible in print and stands between letters all the same.
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]|\x02\\s*")

#: A digit of any kind, raised ones, too.
_DIGIT = re.compile(f"[\\d{''.join(chr(code) for code in range(0x3000) if chr(code).isdigit())}]")

#: Bytes of the mark by which a passage or picture is known that was found harmless.
MARK = 16


@dataclass(frozen=True)
class Passage:
    """A piece of text and what it stands under.

    ``kind`` says where it stood (Text, Tabelle, Alternativtext, Attribut, verborgen, Metadaten, Bild …), ``place`` in
    which file, ``heads`` what it is about, from the widest to the nearest: page, headings, caption, heading of the
    column and of the row.
    """

    kind: str
    place: str
    text: str
    heads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """Something drawn: a ``dot`` at a place, or a ``shape`` with its corners, in the units of the picture."""

    kind: str
    points: tuple[tuple[float, float], ...]
    area: str = ""
    fill: str = ""

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its extent."""
        xs, ys = zip(*self.points, strict=True)
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


@dataclass(frozen=True)
class Dot:
    """A dot in a picture of one area: where it stands, and the kind of picture, the level of the area and the height
    that make it one of a series."""

    file: str
    name: str
    kind: str
    level: str
    height: float
    area: str
    place: float


@dataclass(frozen=True)
class Word:
    """Words on one line of a picture, with their edges from above and below."""

    text: str
    top: float
    bottom: float


@dataclass(frozen=True)
class Picture:
    """What is drawn in a file or on a page. ``name`` is what the file's name or the captions say."""

    name: str
    marks: tuple[Mark, ...] = ()
    words: tuple[Word, ...] = ()


class Record(NamedTuple):
    """A row that names what its numbers are about: the ``kind`` of its subject (indikator, merkmal), its key, the area,
    the Stand (ISO; "": that of the year), the report year (0: that of the report), the numbers by column."""

    kind: str
    subject: str
    area: str
    date: str
    year: int
    numbers: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Reading:
    """All that one file says. ``unreadable`` says why where it could not be read."""

    passages: tuple[Passage, ...] = ()
    pictures: tuple[Picture, ...] = ()
    unreadable: str = ""
    records: tuple[Record, ...] = ()


@dataclass
class Node:
    """An element of a document: a tag as in HTML, attributes, and texts and elements inside."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def words(self) -> str:
        """All text inside."""
        return "".join(child if isinstance(child, str) else child.words() for child in self.children)


def counts(text: str) -> bool:
    """Whether there is a digit in a text."""
    return _DIGIT.search(text) is not None


@lru_cache(maxsize=50_000)
def clean(text: str) -> str:
    """Text as it is read: without soft hyphens (U+0002 is one at the end of a line of a PDF), with single spaces."""
    return " ".join(_INVISIBLE.sub("", text).split())


def json_lines(content: object, heads: tuple[str, ...] = ()) -> Iterator[str]:
    """The entries of JSON as lines: each with the keys above it; a flat object or list is one line."""
    if isinstance(content, dict):
        flat = {key: entry for key, entry in content.items() if not isinstance(entry, dict | list)}
        if flat:
            yield clean(" ".join((*heads, *(f"{key}: {entry};" for key, entry in flat.items()))))
        for key, entry in content.items():
            if key not in flat:
                yield from json_lines(entry, (*heads, str(key)))
    elif isinstance(content, list):
        plain = [str(entry) for entry in content if not isinstance(entry, dict | list)]
        if plain:
            yield clean(" ".join((*heads, *plain)))
        for entry in content:
            if isinstance(entry, dict | list):
                yield from json_lines(entry, heads)
    else:
        yield clean(" ".join((*heads, str(content))))
