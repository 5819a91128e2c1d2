"""Evidence: what a publication says about areas whose numbers are withheld, and whether it may say so.

A number is attributed to the area and the topic that its clause names, or else the nearest heading above it. Where
that number is withheld, everything printed there must be explained by what may be printed: a withheld value is not
looked for by its truth, which the audit does not know, but by standing where nothing may stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sozialbericht.disclosure.permitted import Permitted
from sozialbericht.disclosure.readings import Passage
from sozialbericht.disclosure.vocabulary import Figure, Mention, Topic, Vocabulary, figures, normal

_Name = TypeVar("_Name")
_CLAUSE = re.compile(r"(?<=[.!?;])\s+|\s+\|\s+")


@dataclass(frozen=True)
class Statement:
    """A number that stands where a withheld one belongs."""

    file: str
    kind: str
    area: str
    topics: frozenset[Topic]
    number: str
    words: str
    certain: bool
    """Whether area and topic are named beside the number, or in the heading of its row and column."""


@dataclass(frozen=True)
class _Named:
    """What a clause is about, and how near that stands."""

    areas: frozenset[str]
    topics: frozenset[Topic]
    certain: bool


class Evidence:
    """Judges passages by what may be printed."""

    def __init__(self, vocabulary: Vocabulary, permitted: Permitted) -> None:
        self.vocabulary, self.permitted = vocabulary, permitted
        self._city = permitted.shown.tables.city
        self._numbers_of_areas = {
            str(area): str(number) for area, number in permitted.shown.tables.areas["nummer"].items() if str(number)
        }

    def statements(self, file: str, passages: Iterable[Passage]) -> Iterator[Statement]:
        """The numbers in these passages that stand where a withheld one belongs and that nothing explains."""
        for passage in passages:
            if any(letter.isdigit() for letter in passage.text):
                yield from self._passage(file, passage)

    def _passage(self, file: str, passage: Passage) -> Iterator[Statement]:
        heads = [normal(head) for head in passage.heads]
        text = normal(passage.text)
        areas = nearest(heads, self.vocabulary.areas)
        topics = nearest(heads, self.vocabulary.topics)
        near = passage.kind == "Tabelle"
        if not areas and not any(mention.areas for mention in self.vocabulary.mentions(text)):
            return
        for clause in _CLAUSE.split(text):
            mentions = self.vocabulary.mentions(clause)
            found = list(figures(clause, mentions))
            named_topics = frozenset().union(*(mention.topics for mention in mentions))
            topics = named_topics or topics
            for figure in found:
                own, after = _beside(mentions, figure)
                certain = bool(own or after or near) and bool(named_topics or near)
                about = _Named(own or areas | after, topics, certain)
                beside = frozenset().union(*(mention.areas for mention in mentions))
                yield from self._judge(file, passage, clause, figure, about, beside)
            last = [mention.areas for mention in mentions if mention.areas]
            if last and passage.kind != "Tabelle":
                areas = last[-1]

    def _judge(
        self, file: str, passage: Passage, clause: str, figure: Figure, about: _Named, beside: frozenset[str]
    ) -> Iterator[Statement]:
        """Report a number that belongs to a withheld one unless it is explained."""
        secrets = self.permitted.secrets
        hit = [(topic, area) for area in about.areas for topic in about.topics if (topic, area) in secrets]
        if not hit or self._explained(clause, figure, about, beside):
            return
        topics = frozenset(topic for topic, _ in hit)
        words = clause if len(clause) <= 160 else clause[:157] + "…"
        yield Statement(file, passage.kind, hit[0][1], topics, figure.text, words, about.certain)

    def _explained(self, clause: str, figure: Figure, about: _Named, beside: frozenset[str]) -> bool:
        permitted = self.permitted
        around = (about.areas | beside | {self._city}) if about.certain else about.areas | beside
        for area in around:
            if any(not figure.values.isdisjoint(permitted.numbers(topic, area)) for topic in about.topics):
                return True
            if figure.text == self._numbers_of_areas.get(area) and figure.start <= 1:
                return True
        return not about.certain and any(
            not figure.values.isdisjoint(permitted.all_numbers(area)) for area in around | {self._city}
        )


def nearest(heads: Sequence[str], names: Callable[[str], frozenset[_Name]]) -> frozenset[_Name]:
    """What the nearest heading names that names anything."""
    return next((found for head in reversed(heads) if (found := names(head))), frozenset())


def _beside(mentions: Iterable[Mention], figure: Figure) -> tuple[frozenset[str], frozenset[str]]:
    """The area named last before a number in its clause, and where there is none the one named first after it."""
    named = [mention for mention in mentions if mention.areas]
    earlier = [mention for mention in named if mention.end <= figure.start]
    if earlier:
        return earlier[-1].areas, frozenset()
    return frozenset(), named[0].areas if named else frozenset()
