"""Indicators: rates, shares, indices and changes, computed at every level from the protected counts.

A rate is always numerator / denominator of the area itself, never a mean of rates. Every value has its interval or the
reason why there is none, and its position beside the city (``intervals/``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht.data import sums
from sozialbericht.data.catalogue import CLUSTERING, clustering
from sozialbericht.data.sums import terms
from sozialbericht.data.tableset import Tables
from sozialbericht.data.timeline import definitions
from sozialbericht.disclosure.rules import MINIMUM
from sozialbericht.statistics import certainty
from sozialbericht.statistics.certainty import Certainty, Smallness
from sozialbericht.statistics.intervals import design_effect
from sozialbericht.status import PRECEDENCE, Status

COLUMNS = [
    "raum_id", "ebene", "indikator", "jahr", "wert", "zaehler", "nenner", "stand_zaehler", "stand_nenner",
    "status", "klammer", *certainty.COLUMNS, "segment",
]  # fmt: skip
RANK = {status: place for place, status in enumerate(PRECEDENCE)}
STATUS = np.asarray(PRECEDENCE, dtype=object)


@dataclass(frozen=True)
class Rules:
    """What holds for all indicators of a report: ``people``, the Merkmal of all inhabitants ("": not known), and
    ``least``, how many of them an area must have so that its values are ranked; ``definitions`` that held earlier."""

    people: str = ""
    least: int = 0
    definitions: pd.DataFrame | None = None

    @classmethod
    def of(cls, tables: Tables) -> Rules:
        """The rules of a data folder."""
        return cls(
            sums.inhabitants(tables), tables.settings.mindestnenner, tables.others.get(definitions.NAME)
        )


NO_RULES = Rules()


class Counts:
    """The protected cube as matrices: one row per area, one column per feature and Stichtag."""

    def __init__(self, cube: pd.DataFrame, areas: pd.DataFrame) -> None:
        self.areas = areas.index
        keys = {"index": "raum_id", "columns": ["merkmal", "stichtag"]}
        values = cube.pivot(**keys, values="wert").reindex(self.areas)
        ranks = cube.assign(rank=cube["status"].map(RANK)).pivot(**keys, values="rank").reindex(self.areas)
        self._values = values.to_numpy(dtype=float)
        self._ranks = ranks.fillna(RANK[Status.MISSING]).to_numpy(dtype=int)
        keys_in_order: list[tuple[str, pd.Timestamp]] = list(
            zip(*map(values.columns.get_level_values, (0, 1)), strict=True)
        )
        self._column = {key: place for place, key in enumerate(keys_in_order)}
        dates: dict[str, list[pd.Timestamp]] = {}
        for feature, date in sorted(self._column):
            dates.setdefault(feature, []).append(date)
        self.dates = dates

    def total(self, features: list[str], date: pd.Timestamp | None) -> tuple[np.ndarray, np.ndarray]:
        """Sum of features on a date for all areas, and the rank of its status."""
        columns = [] if date is None else [self._column[f, date] for f in features if (f, date) in self._column]
        if len(columns) < len(features):
            return np.full(len(self.areas), np.nan), np.full(len(self.areas), RANK[Status.MISSING])
        ranks = self._ranks[:, columns].max(axis=1)
        values = self._values[:, columns].sum(axis=1)
        return np.where(ranks <= RANK[Status.UNRELIABLE], values, np.nan), ranks

    def stand(self, features: list[str], month: int, latest_year: int) -> pd.Timestamp | None:
        """Newest date of the given month, not after ``latest_year``, on which all the features were counted."""
        dates = [set(self.dates.get(f, [])) for f in features]
        common = set.intersection(*dates) if dates else set()
        fitting = [d for d in common if d.month == month and d.year <= latest_year]
        return max(fitting, default=None)

    def nearest(self, features: list[str], date: pd.Timestamp) -> pd.Timestamp | None:
        """The date nearest to ``date``, not of a later year, on which all the features were counted."""
        common = set.intersection(*(set(self.dates.get(f, [])) for f in features))
        return min((d for d in common if d.year <= date.year), key=lambda d: (abs(d - date), d), default=None)

    def year_end(self, features: list[str], year: int) -> pd.Timestamp | None:
        """The last date of a year on which all the features were counted."""
        dates = [set(self.dates.get(f, [])) for f in features]
        common = set.intersection(*dates) if dates else set()
        return max((d for d in common if d.year == year), default=None)


def denominator_date(
    counts: Counts, features: list[str], rule: str, numerator: pd.Timestamp | None
) -> pd.Timestamp | None:
    """The Stand of the denominator by the catalogue's rule: gleich, jahresende, vorjahresende."""
    if numerator is None:
        return None
    if rule in ("", "gleich"):
        return numerator
    return counts.year_end(features, numerator.year - (rule == "vorjahresende"))


def compute(
    cube: pd.DataFrame, areas: pd.DataFrame, indicators: pd.DataFrame, breaks: pd.DataFrame, years: list[int],
    *, features: pd.DataFrame | None = None, rules: Rules = NO_RULES,
) -> pd.DataFrame:  # fmt: skip
    """Every indicator for every area and report year; columns :data:`COLUMNS`, one row per combination.

    ``cube`` must have passed :func:`sozialbericht.disclosure.protection.protect`. A value that depends on a withheld
    count is withheld; a share is also withheld when the rest of its whole is 1 or 2. A change across a declared break
    and a division by zero are *not meaningful*; what cannot be relied on is *unreliable* or, in the column ``klammer``
    instead of ``wert``, *limited* (:meth:`Certainty.judged`). ``features`` (with the column einheit) says which
    Merkmale are no cases but amounts; without it all are cases.
    """
    counts = Counts(cube, areas)
    city = areas.index[~areas["teil_von"].astype(bool)][0]
    sure = Certainty.of(areas, features)
    shared = {"raum_id": counts.areas.to_numpy(), "ebene": areas["ebene"].to_numpy()}
    columns: dict[str, list[np.ndarray]] = {name: [] for name in COLUMNS}
    for name, today in indicators.iterrows():
        for year in years:
            row = _defined(counts, today, rules.definitions, year)
            made = _one(counts, row, definitions.with_breaks(breaks, row, rules.definitions), year, city)
            factors = _clustering(counts, row, made["stand_zaehler"], sure.city)
            made |= sure.columns(row, made, factors)
            before = made["status"]
            made |= sure.judged(row, made, _smallness(counts, rules, made["stand_nenner"]))
            if (made["status"] != before).any():
                made |= sure.columns(row, made, factors)
            for column, values in {**shared, "indikator": name, "jahr": year, **made}.items():
                columns[column].append(
                    values if isinstance(values, np.ndarray) else np.repeat(values, len(counts.areas))
                )
    joined = {name: np.concatenate(parts) for name, parts in columns.items() if parts}
    return pd.DataFrame(joined, columns=COLUMNS)


def _defined(counts: Counts, row: pd.Series, table: pd.DataFrame | None, year: int) -> pd.Series:
    """An indicator's row of the catalogue as it held for the Stand that a report year has."""
    latest = year - int(row["verzug_jahre"])
    then = definitions.row_at(row, table, latest)
    date = None if table is None else counts.stand(terms(then["zaehler"]), int(row["bezug_monat"]), latest)
    return then if date is None else definitions.row_at(row, table, date.year)


def _one(counts: Counts, row: pd.Series, breaks: pd.DataFrame, year: int, city: str) -> dict[str, Any]:
    """One indicator of one report year for all areas: arrays by column, single values where all areas share them."""
    numerators, denominators = terms(row["zaehler"]), terms(row["nenner"])
    change = row["art"] == "veraenderung"
    date = counts.stand(numerators, int(row["bezug_monat"]), year - int(row["verzug_jahre"]))
    if change:
        base = int(row["basisjahr"])
        denominators = numerators
        other = None if date is None or base >= date.year else _same_month(counts, numerators, date, base)
    else:
        other = denominator_date(counts, denominators, str(row["nenner_stand"] or ""), date)
    top, top_rank = counts.total(numerators, date)
    bottom, bottom_rank = counts.total(denominators, other)
    rank = np.maximum(top_rank, bottom_rank)
    segment = _segment(breaks, [*numerators, *denominators], date)

    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = top / bottom
        if change:
            value = (quotient - 1) * row["faktor"]
        elif row["art"] == "index":
            value = quotient / quotient[counts.areas.get_loc(city)] * row["faktor"]
        else:
            value = quotient * row["faktor"]
    usable = rank <= RANK[Status.UNRELIABLE]
    undefined = usable & ~np.isfinite(value) & np.isfinite(top) & np.isfinite(bottom)
    rank = np.where(undefined, RANK[Status.NOT_MEANINGFUL], rank)
    if change and date is not None and (other is None or segment != _segment(breaks, numerators, other)):
        rank = np.where(rank == RANK[Status.WITHHELD], rank, RANK[Status.NOT_MEANINGFUL])
    if row["art"] == "anteil":
        rest = np.isin(bottom - top, range(1, MINIMUM))
        rank = np.where(usable & rest, RANK[Status.WITHHELD], rank)
    shown = (rank <= RANK[Status.UNRELIABLE]) & np.isfinite(value)
    hide = rank == RANK[Status.WITHHELD]
    return {
        "wert": np.where(shown, value, np.nan),
        "zaehler": np.where(hide, np.nan, top),
        "nenner": np.where(hide & change, np.nan, bottom),
        "stand_zaehler": np.datetime64(date if date is not None else "NaT", "ns"),
        "stand_nenner": np.datetime64(other if other is not None else "NaT", "ns"),
        "status": STATUS[rank.astype(int)],
        "segment": segment,
    }


def _smallness(counts: Counts, rules: Rules, stand: np.datetime64) -> Smallness:
    """How many people live in each area at a Stand, by the nearest count of them."""
    date = None if np.isnat(stand) or not rules.people else counts.nearest([rules.people], pd.Timestamp(stand))
    return Smallness(counts.total([rules.people], date)[0], rules.least)


def _clustering(counts: Counts, row: pd.Series, stand: np.datetime64, city: int) -> np.ndarray:
    """How many people stand behind each independent case, in each area; NaN where it cannot be computed."""
    given = clustering(row.get(CLUSTERING, ""))
    if not given.units:
        return np.full(len(counts.areas), given.factor)
    date = None if np.isnat(stand) else counts.nearest([given.people, given.units], pd.Timestamp(stand))
    people, units = (counts.total([name], date)[0] for name in (given.people, given.units))
    return design_effect.mean_size(people, units, city)


def _same_month(counts: Counts, features: list[str], date: pd.Timestamp, year: int) -> pd.Timestamp | None:
    found = counts.stand(features, date.month, year)
    return found if found is not None and found.year == year else None


def _segment(breaks: pd.DataFrame, features: list[str], date: pd.Timestamp | None) -> int:
    """How many breaks of these features lie on or before a date."""
    if date is None or breaks.empty:
        return 0
    relevant = breaks[breaks["merkmal"].isin(features) & (breaks["ab"] <= date)]
    return int(relevant["ab"].nunique())


def breaks_between(breaks: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """The declared breaks that concern an indicator, by date, each date once: columns merkmal, ab, grund."""
    features = terms(row["zaehler"]) + terms(row["nenner"])
    return breaks[breaks["merkmal"].isin(features)].drop_duplicates("ab").sort_values("ab")


__all__ = ["COLUMNS", "Counts", "Rules", "breaks_between", "compute", "denominator_date"]
