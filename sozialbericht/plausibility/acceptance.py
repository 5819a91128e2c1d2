"""Acceptance: oddities that somebody has looked into and found to be right, with the reason (``hinweise.csv``).

A row holds for the value that was looked at (column ``wert``, where it is filled): with another value the oddity is
back. Initials and values stay in the data folder; the report names rule, area, Merkmal, Stand and reason.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import pandas as pd

from sozialbericht.data.reading.parsing import german
from sozialbericht.plausibility.oddity import Oddity, key

NAME = "hinweise"
"""The table of the contract; it may be absent."""
COLUMNS = ("regel", "raum_id", "merkmal", "stichtag", "wert", "grund", "kuerzel")

Place = tuple[str, str, dt.date | None]
"""Area, Merkmal and Stichtag."""


@dataclass(frozen=True)
class Acceptance:
    """One row of ``hinweise.csv``: what is accepted, at which value, why, by whom."""

    rule: str
    area: str
    feature: str
    date: dt.date | None
    value: float | None
    reason: str
    initials: str

    def covers(self, oddity: Oddity, values: Mapping[Place, float]) -> bool:
        """Whether an oddity is the one that was accepted: any of its values may lead, and it still is what it was.

        What the row leaves open (area, Merkmal, Stichtag) the oddity leaves open, too: no row accepts several.

        ``values`` are the numbers of the data by area, Merkmal and Stichtag.
        """
        if self.rule != oddity.rule:
            return False
        own = (self.area, self.feature, self.date)
        if [bool(part) for part in own] != [bool(part) for part in (oddity.area, oddity.feature, oddity.date)]:
            return False
        known = {
            (cell.area if self.area else "", cell.feature if self.feature else "", cell.date if self.date else None)
            for cell in oddity.cells
        }
        if own not in known | {(oddity.area, oddity.feature, oddity.date)}:
            return False
        now = values.get(own, oddity.observed)
        return self.value is None or (now is not None and abs(now - self.value) <= 1e-6 * max(1.0, abs(now)))

    @property
    def key(self) -> str:
        """The key of the oddity that was accepted."""
        return key(self.rule, self.area, self.feature, self.date)

    def told(self) -> dict[str, Any]:
        """All of it as plain values that JSON can hold."""
        return {**dataclasses.asdict(self), "date": self.date.isoformat() if self.date else None}

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        """What :meth:`told` has told."""
        return cls(**{**told, "date": dt.date.fromisoformat(told["date"]) if told["date"] else None})


def of(table: pd.DataFrame | None) -> list[Acceptance]:
    """The acceptances of a checked table; none without one."""
    if table is None or table.empty:
        return []
    rows: Any = table[list(COLUMNS)].to_dict("records")
    return [
        Acceptance(
            row["regel"], row["raum_id"], row["merkmal"], None if pd.isna(row["stichtag"]) else row["stichtag"].date(),
            None if pd.isna(row["wert"]) else float(row["wert"]), row["grund"], row["kuerzel"],
        )
        for row in rows
    ]  # fmt: skip


def fields(oddity: Oddity, reason: str, initials: str) -> list[str]:
    """The fields of a row that accepts an oddity, in the order of :data:`COLUMNS`."""
    single = oddity.observed is not None and oddity.area and oddity.feature
    return [
        oddity.rule, oddity.area, oddity.feature, f"{oddity.date:%d.%m.%Y}" if oddity.date else "",
        german(oddity.observed) if single and oddity.observed is not None else "", reason, initials,
    ]  # fmt: skip
