"""Settlement: each value once: statistische Bezirke added up, repeated rows joined, totals held against their parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialbericht import numbers
from sozialbericht.data import lookup
from sozialbericht.data.tableset import Tables
from sozialbericht.delivery.assignment.assigning import Assigned
from sozialbericht.delivery.intake.valuefiles import cell
from sozialbericht.faults import Fault, InputError

KEYS = ["raum_id", "merkmal", "stichtag"]
#: From the sign that says least of a sum to the one that decides.
_STRONGEST = ("-", "x", "…", "/", ".", "*")


@dataclass(frozen=True)
class Total:
    """A total that was delivered beside its parts: what it says, what the parts add up to, how many have no number."""

    place: str
    row: int
    area: str
    merkmal: str
    stichtag: pd.Timestamp
    said: float
    added: float
    without: int

    @property
    def day(self) -> dt.date:
        """The day as a date."""
        return self.stichtag.date()

    @property
    def fits(self) -> bool:
        """Whether total and parts agree as far as numbers are there."""
        short = self.said - self.added
        return abs(short) < 0.5 if not self.without else short > -0.5


@dataclass(frozen=True)
class Settled:
    """The values by :data:`KEYS` (columns value, sign, bracketed, place, row, column), totals, and German remarks."""

    values: pd.DataFrame
    totals: tuple[Total, ...]
    remarks: tuple[str, ...]


def settled(given: Assigned, data: Tables) -> Settled:
    """The delivery's values, each once; raises :class:`InputError` where two cells contradict each other."""
    lowest = data.levels[-1]
    frame = given.values.assign(ebene=given.values["raum_id"].map(data.areas["ebene"]))
    below = frame[frame["ebene"] == lowest]
    parted = set(zip(below["merkmal"], below["stichtag"], strict=True))
    kept = data.values.merge(data.areas[["ebene"]], left_on="raum_id", right_index=True)
    in_parts = set(kept.loc[kept["ebene"] == lowest, "merkmal"])
    above = frame["ebene"] != lowest
    is_total = above & np.array(
        [(m, d) in parted or m in in_parts for m, d in zip(frame["merkmal"], frame["stichtag"], strict=True)],
        dtype=bool,
    )
    own, totals = frame[~is_total], frame[is_total]
    faults: list[Fault] = []
    remarks: list[str] = []
    values = _once(own, data, faults, remarks)
    if faults:
        raise InputError(faults)
    if len(totals):
        remarks.append(f"{numbers.number(len(totals))} Summen von Gebieten werden geprüft und nicht eingetragen.")
    return Settled(values, tuple(_totals(totals, values, data)), tuple(remarks))


def _once(own: pd.DataFrame, data: Tables, faults: list[Fault], remarks: list[str]) -> pd.DataFrame:
    """Each value once."""
    again = own.duplicated(KEYS, keep=False)
    districts = (
        {str(a): lookup.districts(str(c)) for a, c in data.areas["umfasst"].items()} if "umfasst" in data.areas else {}
    )
    partial = own["part"] != ""
    simple = own[~again & ~partial]
    rows = [simple]
    summed = repeated = 0
    short: dict[str, tuple[int, int]] = {}
    for _, group in own[again | partial].groupby(KEYS, sort=False):
        first = group.iloc[0]
        area = str(first["raum_id"])
        parts = group[group["part"] != ""]
        if len(parts):
            wanted, there = len(districts[area]), parts["part"].nunique()
            if len(parts) < len(group) or there != len(parts):
                faults.append(_twice(group, data, "Summe und Teile oder ein Teil mehrmals"))
            elif there < wanted:
                short.setdefault(area, (there, wanted))
            else:
                rows.append(_sum(group))
                summed += 1
        elif len(set(zip(group["value"].fillna(-1), group["sign"], strict=True))) > 1:
            faults.append(_twice(group, data, "verschiedene Zahlen"))
        else:
            rows.append(group.head(1))
            repeated += len(group) - 1
    if summed:
        remarks.append(
            f"{numbers.number(summed)} Werte sind Summen kleinerer Gebiete (Spalte „umfasst“ in raeume.csv)."
        )
    for area, (there, wanted) in short.items():
        name = str(data.areas.at[area, "kurzname"])
        remarks.append(f"{name}: nur {there} von {wanted} Teilen (Spalte „umfasst“) geliefert, darum kein Wert.")
    if repeated:
        remarks.append(f"{numbers.number(repeated)} Zellen wiederholen einen Wert und zählen einmal.")
    return pd.concat(rows).sort_values(["table", "row"], kind="stable").reset_index(drop=True)


def _sum(group: pd.DataFrame) -> pd.DataFrame:
    """The sum of parts; a sign where one of them has one that leaves it open."""
    signs = [sign for sign in group["sign"] if sign and sign != "-"]
    row = group.head(1).copy()
    row["value"] = np.nan if signs else float(group["value"].fillna(0).sum())
    row["sign"] = max(signs, key=_STRONGEST.index) if signs else ""
    row["bracketed"] = bool(group["bracketed"].any())
    return row


def _twice(group: pd.DataFrame, data: Tables, what: str) -> Fault:
    first = group.iloc[0]
    cells = ", ".join(
        f"{c}{r}: {cell(v, s)}"
        for c, r, v, s in zip(group["column"], group["row"], group["value"], group["sign"], strict=True)
    )
    area, feature = (
        str(data.areas.at[first["raum_id"], "kurzname"]),
        str(data.features.at[first["merkmal"], "bezeichnung"]),
    )
    told = f"Zu {area}, {feature}, {first['stichtag']:%d.%m.%Y} stehen {what} ({cells})."
    remedy = 'Die falsche Zelle in der Lieferung löschen, oder die Überschrift mit --set "ÜBERSCHRIFT=ohne" weglassen.'
    return Fault(str(first["place"]), told, remedy, int(first["row"]), str(first["column"]))


def _totals(totals: pd.DataFrame, values: pd.DataFrame, data: Tables) -> Iterator[Total]:
    """Totals beside the sum of their parts in the delivery."""
    parts = {area: _below(area, data) for area in map(str, totals["raum_id"].unique())}
    by_key = {key: own.set_index("raum_id") for key, own in values.groupby(["merkmal", "stichtag"])}
    for _, row in totals.drop_duplicates([*KEYS, "value"]).iterrows():
        own = by_key.get((row["merkmal"], row["stichtag"]))
        if own is None or pd.isna(row["value"]):
            continue
        found = own[own.index.isin(parts[str(row["raum_id"])])]
        if found.empty:
            continue
        without = int(found["value"].isna().sum()) + len(parts[str(row["raum_id"])] - set(found.index))
        yield Total(
            str(row["place"]), int(row["row"]), str(row["raum_id"]), str(row["merkmal"]), row["stichtag"],
            float(row["value"]), float(found["value"].sum()), without,
        )  # fmt: skip


def _below(area: str, data: Tables) -> set[str]:
    """The smallest areas in an area."""
    own = set(map(str, data.areas.index[data.areas["teil_von"] == area]))
    lowest = {a for a in own if data.areas.at[a, "ebene"] == data.levels[-1]}
    return lowest.union(*(_below(a, data) for a in own - lowest)) if own - lowest else lowest
