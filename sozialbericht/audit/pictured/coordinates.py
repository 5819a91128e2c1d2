"""Coordinates: pictures read back. No picture knows more than its table, and none draws what is withheld.

Marks that belong to areas are series of positions. The indicator whose values, as printed, a straight line carries onto
the positions is the one that is drawn; where only the unrounded values fit, the picture tells more decimals than are
printed. A mark of a withheld value, or one that no value explains, is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sozialbericht.audit.cells import Shown, is_number
from sozialbericht.audit.mentions import Vocabulary, normal
from sozialbericht.audit.pictured.fits import Fitting, Position
from sozialbericht.audit.pictured.positions import Rows, Series, across, dots, in_rows, rows_of, series
from sozialbericht.audit.readers.readings import Dot, Mark, Picture, Reading
from sozialbericht.status import Status

#: How far a mark may reach beyond the letters of its row.
REACH = 1.0


@dataclass(frozen=True)
class Drawn:
    """What marks show: ``kind`` is ungerundet, geheim, unerklärt or Klasse."""

    file: str
    kind: str
    indicator: str
    area: str = ""
    decimals: float = 0.0
    """How many decimals more than printed the positions tell."""


class Coordinates:
    """Reads pictures back, one by one, and then what those of single areas show together."""

    def __init__(self, shown: Shown, vocabulary: Vocabulary) -> None:
        self._shown, self._vocabulary = shown, vocabulary
        self._fitting = Fitting(shown)
        self._secrets = [
            (indicator, area)
            for (indicator, year, area), row in shown.rows.items()
            if year == shown.year and row.status == Status.WITHHELD
        ]

    def read(self, file: str, picture: Picture) -> tuple[list[Drawn], list[Dot]]:
        """What one picture tells beyond its table; and the dots of one of a single area, to be judged with all others
        of its kind."""
        rows = rows_of(picture, self._vocabulary, self._shown)
        found: list[Drawn] = []
        named = _named(picture.name, self._vocabulary)
        if withheld := [(indicator, area) for indicator, area in self._secrets if indicator in named]:
            found += _classes(file, picture, self._shown, withheld)
            found += _rows(file, picture, rows, withheld)
        for one in in_rows(file, picture, rows):
            found += self._series(one)
        single = [] if rows else list(dots(file, picture, self._shown, self._vocabulary))
        return list(dict.fromkeys(found)), single

    def together(self, found: Iterable[Dot]) -> list[Drawn]:
        """What pictures of single areas tell together."""
        return list(dict.fromkeys(entry for one in across(found) for entry in self._series(one)))

    def _series(self, one: Series) -> Iterator[Drawn]:
        fit = self._fitting.best(one.places, _named(one.name, self._vocabulary))
        if fit is None:
            return
        indicator = fit.values.indicator
        for area in one.places:
            row = self._shown.rows.get((indicator, self._shown.year, area))
            if row is not None and row.status == Status.WITHHELD:
                yield Drawn(one.file, "geheim", indicator, area)
        yield from (Drawn(one.file, "unerklärt", indicator, area) for area in fit.strange)
        if fit.finer:
            yield Drawn(one.file, "ungerundet", indicator, decimals=fit.finer)


def positions(readings: Mapping[str, Reading], shown: Shown, vocabulary: Vocabulary) -> list[Position]:
    """The values that can be read off the pictures, as closely as their coordinates tell."""
    fitting = Fitting(shown)
    found: list[Position] = []
    for one in series(readings, shown, vocabulary):
        if fit := fitting.best(one.places, _named(one.name, vocabulary)):
            found += fit.positions(one.places)
    return found


def _classes(file: str, picture: Picture, shown: Shown, withheld: list[tuple[str, str]]) -> Iterator[Drawn]:
    """The class of a withheld area on a map: the fill that areas with values have."""
    fills: dict[str, set[str]] = defaultdict(set)
    for mark in picture.marks:
        if mark.area and mark.fill not in ("", "none") and len(mark.points) > 6:
            fills[mark.area].add(mark.fill)
    for indicator, area in withheld:
        rows = {other: shown.rows.get((indicator, shown.year, other)) for other in fills}
        open_fills = [fills[other] for other, row in rows.items() if row is not None and is_number(row.number)]
        classes: set[str] = set().union(*open_fills)
        if len(classes) > 1 and fills.get(area, set()) & classes:
            yield Drawn(file, "Klasse", indicator, area)


def _rows(file: str, picture: Picture, rows: Rows, withheld: list[tuple[str, str]]) -> Iterator[Drawn]:
    """Anything painted in the row of a withheld value that does not run through the whole chart."""
    for indicator, area in withheld:
        own = [(top, bottom) for other, top, bottom in rows if other == area]
        if any(_inside(mark, top, bottom) for top, bottom in own for mark in picture.marks):
            yield Drawn(file, "geheim", indicator, area)


def _inside(mark: Mark, top: float, bottom: float) -> bool:
    heights = [y for _, y in mark.points]
    painted = mark.fill not in ("none", "stroke") and not mark.area
    return painted and top - REACH < min(heights) and max(heights) < bottom + REACH


def _named(name: str, vocabulary: Vocabulary) -> list[str]:
    return sorted(key for kind, key in vocabulary.topics(normal(name)) if kind == "indikator")
