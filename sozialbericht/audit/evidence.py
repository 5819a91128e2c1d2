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

from sozialbericht.audit.mentions import Figure, Mention, Topic, Vocabulary, figures, normal, years
from sozialbericht.audit.permitted import Permitted
from sozialbericht.audit.readers.readings import Passage, counts
from sozialbericht.data.levels import Ebene

_Name = TypeVar("_Name")
#: A clause that names more topics than this is a list, such as the headings of a table: what follows is not certain.
MANY = 2
_BRACKET = re.compile(r"[^\d()]{0,20}(?:je 1\.000 )?\(")
#: Between a number and a name in the key of a map: a blank, in its source with marks of fields.
_BETWEEN = re.compile(r"(?: |\]\{\} \[+)")
#: How a list of areas that names the first of them ends: before the number of the others, and behind it.
_NAMED_FIRST, _OTHERS = re.compile(r"\s*(?:\([^()]*\)\s*)?und\s+"), re.compile(r"\s+weitere\b(?!\s+[A-ZÄÖÜ])")
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
    years: frozenset[int]
    certain: bool


class Evidence:
    """Judges passages by what may be printed."""

    def __init__(self, vocabulary: Vocabulary, permitted: Permitted) -> None:
        self.vocabulary, self.permitted = vocabulary, permitted
        self._city = permitted.shown.tables.city
        levels, areas = permitted.shown.tables.ebenen, permitted.shown.tables.areas["ebene"]
        self._levels = [
            (_counted(level), int((areas == level.schluessel).sum())) for level in levels if level != levels.stadt
        ]
        self._numbers_of_areas = {
            str(area): str(number) for area, number in permitted.shown.tables.areas["nummer"].items() if str(number)
        }
        self._keys = frozenset(self._numbers_of_areas.values())
        self._secretive: dict[Topic, set[str]] = {}
        for topic, area in permitted.secrets:
            self._secretive.setdefault(topic, set()).add(area)

    def statements(self, file: str, passages: Iterable[Passage]) -> Iterator[Statement]:
        """The numbers in these passages that stand where a withheld one belongs and that nothing explains."""
        for passage in passages:
            if counts(passage.text):
                yield from self._passage(file, passage)

    def _passage(self, file: str, passage: Passage) -> Iterator[Statement]:
        heads = [normal(head) for head in passage.heads]
        text = normal(passage.text)
        areas = nearest(heads, self.vocabulary.areas)
        if not areas and not any(mention.areas for mention in self.vocabulary.mentions(text)):
            return
        topics = nearest(heads, self.vocabulary.topics)
        near = passage.kind == "Tabelle"
        year, many = nearest(heads, years), False
        for clause in _CLAUSE.split(text):
            mentions = self.vocabulary.mentions(clause)
            named_topics: frozenset[Topic] = frozenset().union(*(mention.topics for mention in mentions))
            beside: frozenset[str] = frozenset().union(*(mention.areas for mention in mentions))
            if named_topics:
                many = len({mention.topics for mention in mentions if mention.topics}) > MANY
                topics = named_topics
            for figure in figures(clause, mentions) if self._touches_secrets(topics, areas | beside) else ():
                own, after = _beside(mentions, figure, clause)
                certain = near or (not many and bool(own or after or named_topics))
                if self._is_key(figure, mentions, clause) or self._counts_areas(figure, mentions, clause):
                    continue
                about = _Named(own or areas | after, topics, years(clause) or year, certain)
                yield from self._judge(file, passage, clause, figure, about, beside)
            last = [mention.areas for mention in mentions if mention.areas]
            if last and passage.kind != "Tabelle":
                areas = last[-1]

    def _touches_secrets(self, topics: frozenset[Topic], areas: frozenset[str]) -> bool:
        """Whether a number of one of these areas is withheld."""
        return any(not areas.isdisjoint(self._secretive.get(topic, ())) for topic in topics)

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

    def _is_key(self, figure: Figure, mentions: Iterable[Mention], clause: str) -> bool:
        """Whether a figure is the number of the area that is named right after it, as in the key of a map."""
        if figure.text not in self._keys:
            return False
        end = figure.start + len(figure.text)
        named = (mention.areas for mention in mentions if _BETWEEN.fullmatch(clause, end, mention.start))
        return any(figure.text == self._numbers_of_areas.get(area) for areas in named for area in areas)

    def _counts_areas(self, figure: Figure, mentions: Iterable[Mention], clause: str) -> bool:
        """Whether a figure says how many areas of a level are meant, by the word of the level right behind it and by
        being no more than there are, or by ending a list of them: „der 5 Ortsteile“, „Nord, Mitte und 6 weitere“.
        """
        behind = clause[figure.start + len(figure.text.lstrip("+-−")) :]
        others = _OTHERS.match(behind) and any(
            _NAMED_FIRST.fullmatch(clause, mention.end, figure.start) for mention in mentions if mention.areas
        )
        return any((others or word.match(behind)) and max(figure.values) <= count for word, count in self._levels)

    def _explained(self, clause: str, figure: Figure, about: _Named, beside: frozenset[str]) -> bool:
        """Whether a number may stand there: beside its topic a value of these areas, far from it any number of them."""
        permitted, around = self.permitted, about.areas | beside | {self._city}
        if figure.start <= 1 and any(figure.text == self._numbers_of_areas.get(area) for area in around):
            return True
        if about.certain:
            known = (permitted.values(topic, area, about.years) for area in around for topic in about.topics)
        else:
            known = (permitted.all_numbers(area) for area in around)
        return any(not figure.values.isdisjoint(numbers) for numbers in known)


def _counted(level: Ebene) -> re.Pattern[str]:
    """The words of a level behind a number of its areas."""
    forms = {normal(form) for form in (level.mehrzahl, level.mehrzahl_bestimmt, level.dativ, level.kurz)}
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE)


def nearest(heads: Sequence[str], names: Callable[[str], frozenset[_Name]]) -> frozenset[_Name]:
    """What the nearest heading names that names anything."""
    return next((found for head in reversed(heads) if (found := names(head))), frozenset())


def _beside(mentions: Iterable[Mention], figure: Figure, clause: str) -> tuple[frozenset[str], frozenset[str]]:
    """The area a number belongs to: in brackets after it, or named last before it in its clause.

    Where there is none, second, the one named first after it.
    """
    named = [mention for mention in mentions if mention.areas]
    later = [mention for mention in named if mention.start > figure.start]
    between = clause[figure.start + len(figure.text.lstrip("+-−")) : later[0].start] if later else ""
    if _BRACKET.fullmatch(between):
        return later[0].areas, frozenset()
    earlier = [mention for mention in named if mention.end <= figure.start]
    if earlier:
        return earlier[-1].areas, frozenset()
    return frozenset(), named[0].areas if named else frozenset()
