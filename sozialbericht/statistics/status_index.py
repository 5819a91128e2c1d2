"""Status and dynamics: how burdened each area is, and whether its burden grows faster or slower than elsewhere.

The index adds up standardised burdens: z = Σ (x − x̄) / s over the indicators, and the sum is standardised once more
(unweighted over the areas, population standard deviation). A high index means a high burden, hence a low status.
The dynamics are the same with the indicators' change over two years. The rules are those of Berlin's Monitoring Soziale
Stadtentwicklung (Senatsverwaltung für Stadtentwicklung, Bauen und Wohnen: Bericht 2021); with the indicators published
there they give the published classes of all 536 areas.

Nothing here knows the project's tables: any table of areas × burdens will do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sozialbericht.statistics.standard import standardise

STATUS = ("hoch", "mittel", "niedrig", "sehr niedrig")
DYNAMICS = ("positiv", "stabil", "negativ")
STATUS_BOUNDS = (-1.0, 1.0, 1.5)
"""hoch: up to −1; mittel: above −1 up to 1; niedrig: above 1 up to 1.5; sehr niedrig: above 1.5.

A bound belongs below.
"""

DYNAMICS_BOUNDS = (-1.0, 1.0)
"""positiv: up to −1; stabil: above −1 up to 1; negativ: above 1."""

LEAST_INHABITANTS = 300
TOO_SMALL = "unter {n} Einwohnerinnen und Einwohner"
INCOMPLETE = "nicht alle Werte liegen vor"

#: Differences of the tenth decimal place are the computer's, not the areas'.
PLACES = 9


@dataclass(frozen=True)
class StatusIndex:
    """The index and the class of every area; areas left out have none.

    ``index``, ``status``: index raum_id in the order of the table given. ``dynamics_index``, ``dynamics``: the same, or
    None where no changes were given. ``excluded``: area → reason (German).
    """

    index: pd.Series
    status: pd.Series
    dynamics_index: pd.Series | None = None
    dynamics: pd.Series | None = None
    excluded: dict[str, str] = field(default_factory=dict)

    def groups(self) -> pd.DataFrame:
        """How many areas have which status (rows, highest burden first) and which dynamics (columns)."""
        status = pd.Categorical(self.status.dropna(), STATUS[::-1])
        kept = self.status.dropna().index
        dynamics = pd.Series("", index=kept) if self.dynamics is None else self.dynamics.reindex(kept)
        columns = [""] if self.dynamics is None else list(DYNAMICS)
        table = pd.crosstab(status, pd.Categorical(dynamics, columns), dropna=False)
        return table.reindex(index=list(STATUS[::-1]), columns=columns, fill_value=0)


def summed_index(burdens: pd.DataFrame) -> pd.Series:
    """The standardised sum of the standardised columns; NaN where an area lacks a value.

    ``burdens``: one row per area, one column per indicator, high = burden.
    """
    total = standardise(burdens).sum(axis=1, skipna=False).round(PLACES)  # burdens that cancel out leave nothing
    return standardise(total.to_frame("index"))["index"]


def classified(index: pd.Series, bounds: Sequence[float], names: Sequence[str]) -> pd.Series:
    """The names of the classes of an index, NaN where there is none; an upper bound belongs to the class it closes."""
    place = np.searchsorted(np.asarray(bounds), index.round(PLACES).to_numpy(dtype=float), side="left")
    words = np.asarray([*names, names[-1]], dtype=object)[place]
    return pd.Series(words, index=index.index, dtype=object).where(index.notna())


def left_out(
    burdens: pd.DataFrame,
    inhabitants: pd.Series | None = None,
    exceptions: Mapping[str, str] | None = None,
    least: int = LEAST_INHABITANTS,
) -> dict[str, str]:
    """The areas that take no part, with the reason: declared, too small, or without a value for every indicator."""
    reasons = {}
    for area in burdens.index:
        if exceptions and area in exceptions:
            reasons[str(area)] = str(exceptions[area])
        elif inhabitants is not None and not inhabitants.get(area, np.nan) >= least:
            reasons[str(area)] = TOO_SMALL.format(n=least)
        elif burdens.loc[area].isna().any():
            reasons[str(area)] = INCOMPLETE
    return reasons


def status_dynamics(
    burdens: pd.DataFrame,
    changes: pd.DataFrame | None = None,
    *,
    inhabitants: pd.Series | None = None,
    exceptions: Mapping[str, str] | None = None,
    least: int = LEAST_INHABITANTS,
) -> StatusIndex:
    """Status and, with ``changes``, dynamics of every area; those left out are so before anything is standardised.

    ``burdens``: areas × indicators, high = burden. ``changes``: the same areas × the change of indicators, high = the
    burden has grown. ``inhabitants``: areas with fewer than ``least`` (or without a number) are left out.
    Raises ValueError where fewer than two areas remain or ``changes`` has other areas.
    """
    if changes is not None and set(changes.index) != set(burdens.index):
        raise ValueError("status and changes must have the same areas")
    excluded = left_out(burdens, inhabitants, exceptions, least)
    kept = [area for area in burdens.index if str(area) not in excluded]
    if len(kept) < 2:
        raise ValueError(f"at least two areas are needed, not {len(kept)}")
    index = summed_index(burdens.loc[kept]).reindex(burdens.index)
    status = classified(index, STATUS_BOUNDS, STATUS)
    if changes is None:
        return StatusIndex(index, status, excluded=excluded)
    moved = summed_index(changes.loc[kept]).reindex(burdens.index)
    return StatusIndex(index, status, moved, classified(moved, DYNAMICS_BOUNDS, DYNAMICS), excluded)
