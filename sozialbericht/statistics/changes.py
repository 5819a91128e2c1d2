"""Changes over some years, never across a break: what the dynamics of areas are computed from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialbericht.statistics.matrix import matrix

#: Why an indicator has no change: no value at the earlier date, another segment, no newer count, another distance in
#: time.
NO_VALUE, BREAK, UNCHANGED, OTHER_SPAN = "kein Wert", "Bruch", "kein neuer Stand", "anderer Abstand"


@dataclass(frozen=True)
class Changes:
    """``table``: areas × indicators, value minus value some years before; ``missing``:
    indicator → why it has no change.
    """

    table: pd.DataFrame
    missing: dict[str, str]

    @property
    def preventing(self) -> dict[str, str]:
        """The indicators that have newer counts, but none to compare with:
        without them dynamics would mean something else.
        """
        return {name: why for name, why in self.missing.items() if why != UNCHANGED}


def over_years(values: pd.DataFrame, year: int, level: str, span: int) -> Changes:
    """The change of every indicator of a long table (columns of :data:`indicators.COLUMNS`) between year − ``span``
    and year.

    An indicator is compared if both dates exist, lie ``span`` years apart and belong to the same segment of the series.
    """
    now, before = matrix(values, year, level), matrix(values, year - span, level)
    missing: dict[str, str] = {}
    for name in now.columns:
        rows = values[(values["indikator"] == name) & (values["ebene"] == level)].set_index("jahr")
        reason = _reason(rows.loc[[year]], rows.loc[[year - span]], span)
        if reason:
            missing[str(name)] = reason
    kept = [name for name in now.columns if name not in missing]
    return Changes(now[kept] - before.reindex(index=now.index)[kept], missing)


def _reason(new: pd.DataFrame, old: pd.DataFrame, span: int) -> str:
    here, there = new["stand_zaehler"].iloc[0], old["stand_zaehler"].iloc[0]
    if pd.isna(here) or pd.isna(there) or old["wert"].isna().all():
        return NO_VALUE
    if here == there:
        return UNCHANGED
    if new["segment"].iloc[0] != old["segment"].iloc[0]:
        return BREAK
    return "" if here.year - there.year == span else OTHER_SPAN


def chance_share(
    values: pd.DataFrame, year: int, catalogue: pd.DataFrame, level: str, span: int
) -> pd.Series:
    """Which part of the areas' different changes chance alone would make: index indikator, 0 to 1, NaN where unknown.

    The expected variance of the difference of two counts' rates (binomial for shares, p(1 − p)/n; Poisson for rates,
    x/n²), mean over the areas, divided by the observed variance of the changes. Sums over n > span years share n − span
    of them, which leaves span / n of the variance. People share households and fates, so chance does more
    than this; where the same people are counted in both years it does less.
    """
    shares = {}
    for name in values["indikator"].unique():
        row = catalogue.loc[name]
        part = values[values["indikator"] == name]
        now, before = (matrix(part, y, level)[name] for y in (year, year - span))
        if row["art"] not in ("anteil", "rate"):
            shares[name] = np.nan
            continue
        parts = [
            _variance(matrix(part, y, level, "zaehler")[name], matrix(part, y, level, "nenner")[name], str(row["art"]))
            for y in (year, year - span)
        ]
        pooled = max(span, int(part["gepoolt"].max())) if "gepoolt" in part else span
        expected = float((parts[0] + parts[1]).mean()) * span / pooled * float(row["faktor"]) ** 2
        observed = float((now - before).var(ddof=0))
        shares[name] = min(1.0, expected / observed) if observed > 0 else np.nan
    return pd.Series(shares, dtype=float)


def _variance(count: pd.Series, total: pd.Series, kind: str) -> pd.Series:
    rate = count / total
    return rate * (1 - rate) / total if kind == "anteil" else rate / total
