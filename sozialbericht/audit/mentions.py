"""Vocabulary: which areas, indicators, merkmale and years a text mentions, and which numbers stand in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Any

from sozialbericht.audit.readers.readings import clean
from sozialbericht.data import lookup
from sozialbericht.data.tableset import Tables

Topic = tuple[str, str]
"""What a number is about: ("indikator", key) or ("merkmal", key)."""

_NUMBER = re.compile(
    r"(?<![\w.,])(?P<sign>[−+]|(?<![\w-])-)?(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)(?![\w]|[.,]\d)"
)
_JOINED = re.compile(r"\d-")
_SLUG = re.compile(r"(?<![^\W_])[a-z][a-z0-9_]*(?:-[a-z0-9_]+)+(?![^\W_])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Mention:
    """A stretch of a text: from, to, and what it stands for."""

    start: int
    end: int
    areas: frozenset[str] = frozenset()
    topics: frozenset[Topic] = frozenset()


@dataclass(frozen=True)
class Figure:
    """A number in a text: its place, its words, and what it can mean (1.343 may be a thousand or a decimal)."""

    start: int
    text: str
    values: frozenset[float]


class Vocabulary:
    """The names of a data folder, as they are found in a text.

    Names are found by their longest form, without regard to case, hyphens and word breaks: „Nord I/Nordstadt“ is
    not Nord, „Arbeitslosenrate der Frauen“ not „Arbeitslosenrate“. What an area comprises is a name of it where that
    has numbers, „Ost 1 - Seestraße“: they are none of its values.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._areas: dict[str, set[Any]] = {}
        self._topics: dict[str, set[Any]] = {}
        for area, row in tables.areas.iterrows():
            names = {str(area), str(row["name"]), str(row["kurzname"])}
            names |= {name.split(" (")[0] for name in names}
            if isinstance(row["umfasst"], str):
                names.update(lookup.numbered(row["umfasst"]))
            _add(self._areas, names, str(area))
        for name, row in tables.indicators.iterrows():
            short = str(row["kurzname"]).replace("|", "")
            names = {str(name), str(row["bezeichnung"]), short, short.removesuffix(" in %")}
            _add(self._topics, names, ("indikator", str(name)))
        for name, row in tables.features.iterrows():
            _add(self._topics, {str(name), str(row["bezeichnung"])}, ("merkmal", str(name)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![^\W_]){_longest_of({*self._areas, *self._topics})}(?![^\W_])")

    @lru_cache(maxsize=100_000)  # noqa: B019 – lives as long as one audit
    def mentions(self, text: str) -> tuple[Mention, ...]:
        """What a text (as :func:`normal` gives it) names, from left to right; one name may stand for several things."""
        found = []
        for match in self._pattern.finditer(text.lower()):
            form = match[0]
            areas, topics = self._areas.get(form, set()), self._topics.get(form, set())
            found.append(Mention(match.start(), match.end(), frozenset(areas), frozenset(topics)))
        return tuple(found)

    @lru_cache(maxsize=100_000)  # noqa: B019 – likewise
    def areas(self, text: str) -> frozenset[str]:
        """The areas that a text names."""
        return frozenset().union(*(mention.areas for mention in self.mentions(text)))

    @lru_cache(maxsize=100_000)  # noqa: B019 – likewise
    def topics(self, text: str) -> frozenset[Topic]:
        """What a text is about: the topics of its longest mentions."""
        found = [mention for mention in self.mentions(text) if mention.topics]
        return frozenset().union(*(mention.topics for mention in found))


def _longest_of(forms: Collection[str]) -> str:
    """A pattern for the longest of these forms that can follow, by what their beginnings have in common: all side by
    side take three times as long, for every one of hundreds is tried at each word."""
    beginning: dict[str, list[str]] = {}
    for form in filter(None, forms):
        beginning.setdefault(form[0], []).append(form)
    ways = []
    for _, same in sorted(beginning.items()):
        pairs = zip(min(same), max(same), strict=False)
        common = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        rests = {form[len(common) :] for form in same}
        ways.append(re.escape(common) + (_longest_of(rests) if rests != {""} else ""))
    return f"(?:{'|'.join(ways)}){'?' if '' in forms else ''}"


def _add(forms: dict[str, set[Any]], names: Iterable[str], key: object) -> None:
    for name in names:
        plain = normal(name).lower()
        if len(plain) > 1:
            forms.setdefault(plain, set()).add(key)


@lru_cache(maxsize=50_000)
def normal(text: str) -> str:
    """A text as names are looked for in it: without hyphens between letters and blanks after a slash.

    Slugs such as fig-al-rate-rang are told by their letters and get underscores.
    """
    text = _SLUG.sub(lambda match: match[0].replace("-", "_"), clean(text))
    text = re.sub(r"(?<=\d)- (?=[A-ZÄÖÜ])", "-", text)
    text = re.sub(r"(?<=[^\W\d_])-\s?(?=[^\W\d_])", "", text)
    return re.sub(r"(?<=/) ", "", text)


def figures(text: str, taken: Iterable[Mention] = ()) -> Iterator[Figure]:
    """The numbers in a text outside names and years; „15- bis“, „95-%-Bereich“ and „A.5“ are none."""
    spans = [(mention.start, mention.end) for mention in taken]
    for match in _NUMBER.finditer(text):
        start, end = match.span("number")
        if any(a <= start < b for a, b in spans) or (not match["sign"] and _YEAR.fullmatch(match["number"])):
            continue
        if match["number"] in ("100", "1.000") and text[:start].endswith(("je ", "von ")):
            continue
        if _JOINED.match(text, end - 1) or text[start - 2 : start].strip("0123456789 ").endswith(("Nr.", "§")):
            continue
        yield Figure(start, match[0], _values(match["number"], match["sign"] or ""))


@lru_cache(maxsize=100_000)
def years(text: str) -> frozenset[int]:
    """The years that a text names."""
    return frozenset(int(year) for year in _YEAR.findall(text))


@lru_cache(maxsize=100_000)
def _values(number: str, sign: str) -> frozenset[float]:
    german = number.replace(".", "").replace(",", ".") if "," in number or re.search(r"\.\d{3}\b", number) else number
    factor = -1.0 if sign in ("-", "−") else 1.0
    found = {factor * float(german)}
    if "," not in number and number.count(".") == 1:
        found.add(factor * float(number))
    return frozenset(found)
