"""Review: all rules applied to checked tables, what explains what, what was accepted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht.data.tableset import Tables
from sozialbericht.plausibility import acceptance
from sozialbericht.plausibility.acceptance import Acceptance, Place
from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.oddity import Oddity
from sozialbericht.plausibility.rules import (
    heaping,
    identities,
    jumps,
    magnitudes,
    outliers,
    remainders,
    repeats,
    rhythm,
    shapes,
    swaps,
)

#: From the rule that explains most to the one that only sees what is odd: what is explained is not told again.
ORDER = (repeats, magnitudes, swaps, identities, remainders, jumps, outliers, heaping, rhythm, shapes)


@dataclass(frozen=True)
class Review:
    """What is unusual in a data folder: ``open`` the oddities that nobody has accepted, the most unusual first;
    ``accepted`` those with the reason; ``stale`` the acceptances that no oddity belongs to (any more)."""

    open: tuple[Oddity, ...] = ()
    accepted: tuple[tuple[Oddity, Acceptance], ...] = ()
    stale: tuple[Acceptance, ...] = ()

    def of(self, years: Iterable[int]) -> Review:
        """What is about some years or about all of them; everything where none is named."""
        chosen = set(years)
        if not chosen:
            return self

        def meant(oddity: Oddity) -> bool:
            return not oddity.years or bool(oddity.years & chosen)

        return Review(
            tuple(oddity for oddity in self.open if meant(oddity)),
            tuple((oddity, row) for oddity, row in self.accepted if meant(oddity)),
            tuple(row for row in self.stale if row.date is None or row.date.year in chosen),
        )

    def written(self) -> str:
        """All of it as text."""
        rows = list(dict.fromkeys([*(row for _, row in self.accepted), *self.stale]))
        return json.dumps(
            {
                "rows": [row.told() for row in rows],
                "open": [oddity.told() for oddity in self.open],
                "accepted": [[oddity.told(), rows.index(row)] for oddity, row in self.accepted],
                "stale": [rows.index(row) for row in self.stale],
            }
        )

    @classmethod
    def read(cls, text: str) -> Review:
        """What :meth:`written` has written."""
        told = json.loads(text)
        rows = [Acceptance.of(row) for row in told["rows"]]
        return cls(
            tuple(map(Oddity.of, told["open"])),
            tuple((Oddity.of(oddity), rows[at]) for oddity, at in told["accepted"]),
            tuple(rows[at] for at in told["stale"]),
        )


def review(tables: Tables) -> Review:
    """Everything that is unusual in checked tables."""
    return sorted_out(oddities(Material(tables)), tables)


def oddities(material: Material) -> list[Oddity]:
    """What the rules find, without what another finding explains, the most unusual first."""
    found: list[Oddity] = []
    explained: set[object] = set()
    with np.errstate(all="ignore"):  # numbers of any size
        for rule in ORDER:
            new = [oddity for oddity in rule.find(material) if not _explained(oddity, explained)]
            explained.update(cell for oddity in new for cell in oddity.cells)
            found += new
    return sorted(found, key=lambda oddity: (-oddity.unusual, oddity.key))


def _explained(oddity: Oddity, explained: set[object]) -> bool:
    """Whether an earlier rule tells why this is so: the leading value, or half of all, are among its own."""
    if not oddity.cells:
        return False
    share = sum(cell in explained for cell in oddity.cells) / len(oddity.cells)
    return oddity.cells[0] in explained or share >= 0.5


def sorted_out(found: Iterable[Oddity], tables: Tables) -> Review:
    """Oddities parted by what ``hinweise.csv`` accepts."""
    rows = acceptance.of(tables.others.get(acceptance.NAME))
    values = _values(tables, rows)
    left, accepted, used = [], [], set()
    for oddity in found:
        fitting = [at for at, row in enumerate(rows) if row.covers(oddity, values)]
        used.update(fitting)
        if fitting:
            accepted.append((oddity, rows[fitting[0]]))
        else:
            left.append(oddity)
    stale = tuple(row for at, row in enumerate(rows) if at not in used)
    return Review(tuple(left), tuple(accepted), stale)


def unusual(tables: Tables) -> pd.Series:
    """How far every number is from what its past and the change of all areas let expect, in usual deviations.

    Index raum_id, merkmal, stichtag; without the values that have neither past nor future. For whoever has to put
    numbers in the order of how odd they are, as the preview of a delivery does.
    """
    material = Material(tables)
    parts = [
        pd.DataFrame(np.abs(panel.unusual), index=list(panel.areas), columns=pd.DatetimeIndex(panel.dates))
        .stack()
        .dropna()
        for panel in material.panels.values()
    ]
    if not parts:
        return pd.Series(dtype=float)
    joined: Any = pd.concat(parts, keys=list(material.panels), names=["merkmal", "raum_id", "stichtag"])
    found: pd.Series = joined.reorder_levels(["raum_id", "merkmal", "stichtag"]).rename("auffaelligkeit")
    return found


def _values(tables: Tables, rows: Iterable[Acceptance]) -> dict[Place, float]:
    """The numbers that acceptances are about."""
    wanted = {(row.area, row.feature) for row in rows if row.area and row.feature}
    if not wanted:
        return {}
    values = tables.values
    chosen = values[pd.MultiIndex.from_frame(values[["raum_id", "merkmal"]]).isin(wanted)]
    keys = zip(chosen["raum_id"], chosen["merkmal"], chosen["stichtag"].dt.date, strict=True)
    return {key: float(value) for key, value in zip(keys, chosen["wert"], strict=True) if pd.notna(value)}
