"""Difference: what a delivery brings beside what the data have: new, changed, the same, no longer there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sozialbericht.data.tableset import Tables, lives
from sozialbericht.delivery.intake.settlement import KEYS
from sozialbericht.status import Status

#: The sign of a status, for values that the data have.
SIGNS = {
    Status.OK: "", Status.LIMITED: "", Status.WITHHELD: ".", Status.UNRELIABLE: "/", Status.MISSING: "…",
    Status.NOT_MEANINGFUL: "x",
}  # fmt: skip
_HIDDEN = (".", "*")


@dataclass(frozen=True)
class Difference:
    """Values by :data:`KEYS`: ``new``; ``changed`` with before and before_sign, datei, zeile; ``same``, how many;
    ``gone``: what the data have of the delivered merkmale and days and the delivery has not (it stays)."""

    new: pd.DataFrame
    changed: pd.DataFrame
    same: int
    gone: pd.DataFrame

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return self.new.empty and self.changed.empty


def undelivered(values: pd.DataFrame, data: Tables) -> pd.DataFrame:
    """The rows that a delivery lacks: smallest areas that exist on a day and have no value of a delivered merkmal,
    neither here nor in the data. The contract wants a row for each, with the sign for „fehlt“."""
    lowest = data.areas[data.areas["ebene"] == data.levels[-1]]
    below = values[values["raum_id"].isin(lowest.index)]
    there = set(zip(*(below[k] for k in KEYS), strict=True)) | set(zip(*(data.values[k] for k in KEYS), strict=True))
    rows = []
    groups: Iterable[Any] = below.groupby(["merkmal", "stichtag"], sort=False)
    for (feature, day), own in groups:
        alive = lives(data.areas, [day])[day]
        first = own.iloc[0]
        for area in lowest.index[alive[lowest.index]]:
            if (area, feature, day) not in there:
                rows.append(
                    {**first.to_dict(), "raum_id": str(area), "value": float("nan"), "sign": "…", "bracketed": False}
                )
    return pd.DataFrame(rows, columns=values.columns)


def difference(values: pd.DataFrame, data: Tables) -> Difference:
    """Compare settled values with the data of a folder.

    What the data have as „fehlt“ and the delivery has as a number is changed; a sign for withheld counts as the same,
    whichever of the two it is, and *nichts* as 0.
    """
    old = data.values[[*KEYS, "wert", "status", "datei", "zeile"]].copy()
    old["before_sign"] = old["status"].map(SIGNS).fillna("")
    old = old.rename(columns={"wert": "before"}).drop(columns="status")
    joined = values.merge(old, on=KEYS, how="left", indicator=True)
    known = joined["_merge"] == "both"
    now = joined["value"].where(joined["sign"] != "-", 0.0)
    signs = joined["sign"].replace("-", "")
    hidden = signs.isin(_HIDDEN) & joined["before_sign"].isin(_HIDDEN)
    numbers = (signs == "") & (joined["before_sign"] == "") & ((now - joined["before"]).abs() <= 1e-9 * (1 + now.abs()))
    same = known & (hidden | numbers | ((signs == joined["before_sign"]) & (signs != "")))
    joined = joined.drop(columns="_merge")
    pairs = pd.MultiIndex.from_frame(values[["merkmal", "stichtag"]].drop_duplicates())
    asked = old[pd.MultiIndex.from_frame(old[["merkmal", "stichtag"]]).isin(pairs)]
    levels = set(data.areas.loc[values["raum_id"].unique(), "ebene"])
    asked = asked[asked["raum_id"].map(data.areas["ebene"]).isin(levels)]
    there = pd.MultiIndex.from_frame(values[KEYS])
    gone = asked[~pd.MultiIndex.from_frame(asked[KEYS]).isin(there) & (asked["before_sign"] != "…")]
    return Difference(joined[~known], joined[known & ~same], int(same.sum()), gone)
