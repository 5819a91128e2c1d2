"""Rules: what is decided about each Merkmal, and which Merkmale are parts of others.

By default a count under three is small, as in the German statistical offices; a zero is shown; a withheld value must
stay uncertain by as much as the smallest count that is shown. A catalogue may say otherwise for a Merkmal in the
columns ``mindestzahl``, ``null_geheim`` and ``schutzbreite``, none of which it must have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from sozialbericht.data.partitions import Partition, stored
from sozialbericht.data.reading import parsing
from sozialbericht.data.reading.parsing import is_count
from sozialbericht.data.sums import terms

#: The smallest count of a sensitive Merkmal that is shown.
MINIMUM = 3
#: How uncertain a withheld amount (Euro, m²) must stay, as a share of what is usual for it.
SHARE = 0.1


@dataclass(frozen=True)
class Rule:
    """What holds for one Merkmal: from which count on it is shown, whether zero is, how wide an interval must be.

    ``width`` is 0 where none is set: for an amount it follows from its usual size. ``rounded``: the counts follow from
    shares that were delivered, to within half of their last digit.
    """

    sensitive: bool = False
    minimum: int = MINIMUM
    zero: bool = True
    width: float = MINIMUM
    count: bool = True
    rounded: bool = False


@dataclass(frozen=True)
class Rules:
    """The rules of all Merkmale, the partitions, and pairs of a part and its whole that are in none of them."""

    of: dict[str, Rule]
    partitions: Sequence[Partition] = ()
    pairs: list[tuple[str, str]] = field(default_factory=list)


def read(features: pd.DataFrame, partitions: Sequence[Partition], indicators: pd.DataFrame | None = None) -> Rules:
    """The rules of a catalogue: ``features`` indexed by merkmal with sensibel and teil_von.

    Parts of wholes are the Merkmale with ``teil_von``, and numerators of shares whose denominator is counted on the
    same day; where such a numerator is a sum, its terms and what is left of the denominator make a partition.
    """
    found = list(partitions)
    rules = {str(name): _rule(row) for name, row in features.iterrows()}
    pairs = [(str(name), str(whole)) for name, whole in features["teil_von"].items() if whole in rules]
    if indicators is not None:
        same = indicators["art"].eq("anteil") & indicators["nenner_stand"].isin(["", "gleich"])
        for name, above, below in indicators.loc[same, ["zaehler", "nenner"]].itertuples():
            parts, wholes = stored(above, partitions), terms(below)
            if len(wholes) == 1 and len(parts) == 1:
                pairs.append((parts[0], wholes[0]))
            elif (
                len(wholes) == 1
                and parts
                and not any(q.whole == wholes[0] and set(q.parts) == set(parts) for q in found)
            ):
                found.append(Partition(str(name), wholes[0], tuple(parts), complete=False))
    return Rules(rules, found, [pair for pair in dict.fromkeys(pairs) if rules[pair[0]].sensitive])


def _rule(row: pd.Series) -> Rule:
    """The rule of one row of the catalogue."""
    given = {name: row[name] for name in ("mindestzahl", "schutzbreite", "null_geheim") if name in row.index}
    minimum = given.get("mindestzahl")
    minimum = MINIMUM if minimum is None or pd.isna(minimum) else int(minimum)
    unit = str(row.get("einheit", ""))
    count = is_count(unit) or unit == parsing.SHARE
    width = given.get("schutzbreite")
    width = float(minimum if count else 0) if width is None or pd.isna(width) else float(width)
    hide = given.get("null_geheim")
    zero = hide is None or pd.isna(hide) or not bool(hide)
    return Rule(bool(row["sensibel"]), minimum, zero, width, count, unit == parsing.SHARE)
