"""Movement: how an indicator's values have changed between two years, in all areas of a level at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht.statistics.intervals.comparison import compare
from sozialbericht.statistics.intervals.estimate import Estimate
from sozialbericht.statistics.kind import Kind

_NO_CASES = frozenset(kind for kind in Kind if not kind.counts_cases)


def rows_of(values: pd.DataFrame, name: Hashable) -> pd.DataFrame:
    """The rows of one indicator among those of all (sorted index indikator, jahr, raum_id), without a copy of them."""
    place: Any = values.index.get_loc(name)
    found: pd.DataFrame = values.iloc[place]
    return found


def estimate(table: pd.DataFrame | Mapping[str, np.ndarray], row: pd.Series) -> Estimate:
    """The counts behind the values of one indicator and year, columns of :data:`indicators.COLUMNS`; ``row`` is its row
    of the catalogue. What is not shown is not known.
    """
    shown = ~np.isnan(np.asarray(table["wert"], dtype=float))
    parts = (np.asarray(table[name], dtype=float) for name in ("zaehler", "nenner", "haeufung"))
    count, total, clustering = (np.where(shown, part, np.nan) for part in parts)
    cases = _NO_CASES.isdisjoint(table["intervall"].tolist())
    return Estimate(str(row["art"]), count, total, float(row["faktor"]), clustering, cases)


def may_compare(new: pd.DataFrame, old: pd.DataFrame) -> np.ndarray:
    """Which areas' values of two years may be compared: both shown, no break between them, different Stände.

    Both tables have the columns of :data:`indicators.COLUMNS` and the same areas in the same order.
    """
    comparable: np.ndarray = new["wert"].notna().to_numpy() & old["wert"].notna().to_numpy()
    comparable &= new["segment"].to_numpy() == old["segment"].to_numpy()
    comparable &= new["stand_zaehler"].to_numpy() != old["stand_zaehler"].to_numpy()
    return comparable


def newest_comparable(values: pd.DataFrame, name: str, year: int, candidates: Iterable[int]) -> int | None:
    """The first of ``candidates`` whose values of an indicator may be compared with those of ``year`` in any area.

    ``values`` as in :func:`movements`; None where no candidate has such values.
    """
    own = rows_of(values, name).droplevel("indikator")
    years = own.index.get_level_values("jahr")
    new = own[years == year].droplevel("jahr")
    for candidate in candidates:
        if may_compare(new, own[years == candidate].droplevel("jahr").reindex(new.index)).any():
            return candidate
    return None


def movements(values: pd.DataFrame, row: pd.Series, level: str, years: tuple[int, int]) -> pd.DataFrame:
    """How an indicator has changed in the areas of a level from the second to the first of ``years``.

    ``values``: those of all indicators, index indikator, jahr, raum_id, and the other columns of
    :data:`indicators.COLUMNS`; ``row``: the indicator's row of the catalogue. Index raum_id; columns differenz
    (unrounded, NaN where both values may not be compared: not shown, a break between them, the same Stand), unten, oben
    (its 95 % interval) and lage (a :class:`Position`: *über* for risen), corrected over the areas.
    """
    own = rows_of(values, row.name)
    own = own[(own["ebene"] == level).to_numpy()]
    areas, of_year = own.index.unique("raum_id"), own.index.get_level_values("jahr").to_numpy()
    own = own.droplevel(["indikator", "jahr"])
    new, old = (part if (part := own[of_year == year]).index.equals(areas) else part.reindex(areas) for year in years)
    comparable = may_compare(new, old)
    found = compare(estimate(new, row), estimate(old, row), comparable)
    difference = np.where(comparable, new["wert"].to_numpy() - old["wert"].to_numpy(), np.nan)
    columns = {"differenz": difference, "unten": found.lower, "oben": found.upper, "lage": found.position}
    return pd.DataFrame(columns, index=areas)
