"""Attack: what a reader with the finished publication alone can conclude about the counts behind it.

The reader knows what is no secret (the population register), every value of a sensitive indicator that is printed, to
its last decimal, and what positions in pictures tell beyond it. Each is a relation between the counts that the
indicator is made of, and the contract's sums tie them together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sozialbericht.audit.bounds import System
from sozialbericht.audit.cells import Cell, Shown, is_number
from sozialbericht.audit.evidence import nearest
from sozialbericht.audit.mentions import Vocabulary, figures, normal
from sozialbericht.audit.pictured.coordinates import positions
from sozialbericht.audit.readers.channels import Publication
from sozialbericht.audit.relations import Contract, relate
from sozialbericht.numbers import rounded

Key = tuple[str, int, str]
"""An indicator, a report year and an area."""


@dataclass
class Read:
    """What stands in the tables of a publication: values with the bounds that their decimals leave, and counts."""

    values: dict[Key, tuple[float, float]] = field(default_factory=dict)
    counts: dict[Cell, float] = field(default_factory=dict)


def printed(publication: Publication, shown: Shown, vocabulary: Vocabulary) -> Read:
    """The values and counts of indicators that stand in tables of a publication."""
    found = Read()
    for reading in publication.different().values():
        for passage in reading.passages:
            if passage.kind != "Tabelle" or len(passage.heads) < 2:
                continue
            text = normal(passage.text)
            values = [value for figure in figures(text) for value in figure.values]
            if not values:
                continue
            heads = [normal(head) for head in passage.heads]
            areas, topics = nearest(heads, vocabulary.areas), nearest(heads, vocabulary.topics)
            for name in (name for kind, name in topics if kind == "indikator"):
                for area in areas:
                    _note(found, shown, (name, shown.year, area), values)
            for name in (name for kind, name in topics if kind == "merkmal"):
                for area in areas:
                    cells = shown.counted.get((name, area), {})
                    found.counts.update({cell: count for cell, count in cells.items() if count in values})
    return found


def _note(found: Read, shown: Shown, key: Key, values: Iterable[float]) -> None:
    """Note what of an indicator stands in a table: its value, its numerator, its denominator."""
    row = shown.rows.get(key)
    if row is None or not is_number(row.number):
        return
    decimals = shown.decimals[key[0]]
    number = rounded(row.number, decimals)
    if number in values:
        half = 0.5 * 10**-decimals
        found.values[key] = (number - half, number + half)
    for cells, count in zip(shown.summands(*key), (row.numerator, row.denominator), strict=True):
        if len(cells) == 1 and count in values:
            found.counts[cells[0]] = count


def system(publication: Publication, shown: Shown, vocabulary: Vocabulary, *, pictures: bool = True) -> System:
    """All that the publication says about sensitive counts, as relations between them."""
    read = printed(publication, shown, vocabulary)
    values = read.values
    if pictures:
        for position in positions(publication.different(), shown, vocabulary):
            key = (position.indicator, shown.year, position.area)
            low, high = values.get(key, (-math.inf, math.inf))
            low, high = max(low, position.low), min(high, position.high)
            if low <= high:
                values[key] = (low, high)
    sensitive = shown.tables.features["sensibel"]
    known = {cell: count for cell, count in shown.known.items() if not sensitive[cell.feature]}
    known |= read.counts
    linked = {key: shown.summands(*key) for key in values}
    pairs = [(cell.feature, cell.date) for cells in linked.values() for part in cells for cell in part]
    pairs += [(cell.feature, cell.date) for cell in shown.withheld if cell.date[:4] == str(shown.year)]
    built = Contract(shown, known).over(pair for pair in pairs if sensitive[pair[0]])
    for key, (low, high) in values.items():
        _rate(built, shown, known, (key, *linked[key]), (low, high))
    return built


def _rate(
    built: System,
    shown: Shown,
    known: Mapping[Cell, float],
    what: tuple[Key, list[Cell], list[Cell]],
    ends: tuple[float, float],
) -> None:
    """A printed value as two relations between its numerator and its denominator."""
    (indicator, _, area), above, below = what
    entry: Any = shown.tables.indicators.loc[indicator]
    if entry["art"] == "index" or not below or not (set(above) | set(below)) - set(known):
        return
    factor, start = float(entry["faktor"]), 100.0 if entry["art"] == "veraenderung" else 0.0
    name, place = str(entry["bezeichnung"]), str(shown.tables.areas.at[area, "kurzname"])
    why = f"gedruckter Wert: {name}, {place}"
    for bound, least, most in ((ends[0], 0.0, math.inf), (ends[1], -math.inf, 0.0)):
        terms: dict[Cell, float] = dict.fromkeys(above, 1.0)
        for cell in below:
            terms[cell] = terms.get(cell, 0.0) - (bound + start) / factor
        slack = 1e-7
        relate(built, known, terms, (least - slack, most + slack), why)
