"""Orders: what ranks, class bounds and the counts of a legend give away about a withheld value.

A rank that skips a place, a class that counts one area more than are shown, a bound that no shown value explains: each
tells where the withheld one lies. All of them must follow from what may be printed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from sozialbericht.audit.cells import Shown, is_number
from sozialbericht.audit.evidence import Statement, nearest
from sozialbericht.audit.mentions import Topic, Vocabulary, normal
from sozialbericht.audit.readers.readings import Passage
from sozialbericht.numbers import rounded

_RANK = re.compile(r"\bRang (\d+)\b")
_AMOUNT = r"[−+-]?\d[\d.]*(?:,\d+)?"
_CLASS = re.compile(
    rf"(?:(?P<low>{_AMOUNT}) (?:und mehr|bis unter (?P<high>{_AMOUNT}))|^unter (?P<top>{_AMOUNT}))"
    r"(?: (?P<count>\d+)\b)?"
)
_SPLIT = re.compile(r"(?<=[.!?;])\s+")


class Orders:
    """Judges ranks and legends by what may be printed."""

    def __init__(self, vocabulary: Vocabulary, shown: Shown) -> None:
        self.vocabulary, self.shown = vocabulary, shown
        withheld = [key for key, row in shown.rows.items() if key[1] == shown.year and row.status == "withheld"]
        self._secretive = {(indicator, shown.tables.areas.at[area, "ebene"]) for indicator, _, area in withheld}

    def statements(self, file: str, passages: Iterable[Passage]) -> Iterator[Statement]:
        """Ranks and classes that what is shown does not explain."""
        for passage in passages:
            text = passage.text
            if "Rang " in text:
                yield from self._ranks(file, passage)
            if "unter " in text or "und mehr" in text:
                yield from self._classes(file, passage)

    def _values(self, indicator: str, level: str, *, printed: bool) -> list[float]:
        """The shown values of the report year of one level."""
        levels = self.shown.tables.areas["ebene"]
        areas = map(str, levels.index[levels == level])
        decimals = self.shown.decimals[indicator]
        numbers = (self.shown.rows[indicator, self.shown.year, area].number for area in areas)
        return [rounded(number, decimals) if printed else number for number in numbers if is_number(number)]

    def _ranks(self, file: str, passage: Passage) -> Iterator[Statement]:
        """A rank is the place among the shown values of the level, in either order."""
        area = nearest([normal(head) for head in passage.heads], self.vocabulary.areas)
        for clause in map(normal, _SPLIT.split(passage.text)):
            topics = self.vocabulary.topics(clause)
            own = [mention.areas for mention in self.vocabulary.mentions(clause) if mention.areas]
            areas = area or (own[0] if own else frozenset())
            for match in _RANK.finditer(clause):
                rank = int(match[1])
                pairs = [(name, one) for kind, name in topics if kind == "indikator" for one in areas]
                judged = [self._place(name, one) for name, one in pairs]
                places = [place for place in judged if place]
                if places and not any(low <= rank <= high for low, high in places):
                    yield Statement(file, "Rang", pairs[0][1], frozenset(topics), match[0], clause[:160], certain=True)

    def _place(self, indicator: str, area: str) -> tuple[int, int] | None:
        """The ranks that a shown value can have; None where nothing of the level is withheld, or no value shown."""
        row = self.shown.rows.get((indicator, self.shown.year, area))
        level = str(self.shown.tables.areas.at[area, "ebene"])
        if row is None or not is_number(row.number) or (indicator, level) not in self._secretive:
            return None
        decimals = self.shown.decimals[indicator]
        own, values = rounded(row.number, decimals), self._values(indicator, level, printed=True)
        return 1 + sum(value > own for value in values), sum(value >= own for value in values)

    def _classes(self, file: str, passage: Passage) -> Iterator[Statement]:
        """The classes of a map count the shown areas, and their bounds are declared or explained by shown values."""
        text = normal(passage.text)
        match = _CLASS.search(text)
        if match is None:
            return
        topics = nearest([normal(head) for head in passage.heads], self.vocabulary.topics)
        lowest = self.shown.tables.levels[-1]
        names = [name for kind, name in topics if kind == "indikator" and (name, lowest) in self._secretive]
        if not names or passage.kind not in ("Bild", "Text"):
            return
        low = _amount(match["low"], -math.inf)
        high = _amount(match["high"] or match["top"], math.inf)
        about: frozenset[Topic] = frozenset(("indikator", name) for name in names)
        if match["count"] and not any(self._counted(name, low, high, int(match["count"])) for name in names):
            yield Statement(file, "Legende", "", about, match["count"], text[:160], certain=True)
        for bound in (low, high):
            if math.isfinite(bound) and not any(self._declared(name, bound) for name in names):
                yield Statement(file, "Klassengrenze", "", about, f"{bound:g}", text[:160], certain=True)

    def _counted(self, indicator: str, low: float, high: float, count: int) -> bool:
        """Whether that many shown values lie in a class; one at a bound may lie on either side of it."""
        lowest = self.shown.tables.levels[-1]
        both = [
            sum(low <= value < high for value in self._values(indicator, lowest, printed=printed))
            for printed in (False, True)
        ]
        return min(both) <= count <= max(both)

    def _declared(self, indicator: str, bound: float) -> bool:
        declared = str(self.shown.tables.indicators.at[indicator, "klassengrenzen"] or "")
        if declared.strip():
            return any(math.isclose(_amount(part, math.nan), bound) for part in declared.split())
        values = [row.number for key, row in self.shown.rows.items() if key[0] == indicator and is_number(row.number)]
        if not values or max(values) == min(values):
            return True
        step = 10 ** math.floor(math.log10((max(values) - min(values)) / 5)) / 2
        decimals = self.shown.decimals[indicator]
        printed = {rounded(value, decimals) for value in values}
        return bound in printed or math.isclose(bound / step, round(bound / step), abs_tol=1e-6)


def _amount(text: str | None, absent: float) -> float:
    return absent if not text else float(text.replace(".", "").replace(",", ".").replace("−", "-"))
