"""Protection: the whole count cube without what must not be seen.

What depends on a withheld count is withheld by :mod:`sozialbericht.statistics.indicators`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sozialbericht.data import partitions
from sozialbericht.data.partitions import Partition
from sozialbericht.data.releases import showncells
from sozialbericht.data.tableset import Tables, lives
from sozialbericht.disclosure import costs, rules, system
from sozialbericht.disclosure.knowledge import Knowledge
from sozialbericht.disclosure.primary import KEYS, primary, small
from sozialbericht.disclosure.suppression import Reason, Suppression
from sozialbericht.status import Status


class Protection:
    """A cube before disclosure control and what of it is withheld.

    ``cube`` as :func:`sozialbericht.statistics.cube.aggregate` returns it; ``features`` indexed by merkmal with the
    columns sensibel and teil_von (and those of :mod:`sozialbericht.disclosure.rules`); ``areas`` indexed by raum_id
    with teil_von; ``indicators`` are those of the report (with the column leit, if one is the most important);
    ``released`` are counts that released reports have shown (:mod:`sozialbericht.data.releases.showncells`).
    """

    def __init__(
        self, cube: pd.DataFrame, features: pd.DataFrame, areas: pd.DataFrame | None = None,
        declared: Sequence[Partition] = (), indicators: pd.DataFrame | None = None,
        released: pd.DataFrame | None = None,
    ) -> None:  # fmt: skip
        self._open = cube.reset_index(drop=True)
        self._features = features
        self._rules = rules.read(features, declared, indicators)
        parents = pd.Series(dtype=str) if areas is None else areas["teil_von"].fillna("")
        there = None if areas is None else lives(areas, self._open["stichtag"].unique())
        self._knowledge = Knowledge.of(self._open, released)
        found = system.build(self._open, parents, self._rules, self._knowledge, there)
        added = {}
        if indicators is not None:
            added = costs.weights(indicators, declared)
        self.suppression = Suppression(found, costs.costs(found, parents, added))

    @classmethod
    def of(cls, cube: pd.DataFrame, tables: Tables) -> Protection:
        """The protection of the cube of a data folder."""
        declared = partitions.of(tables.others.get(partitions.NAME))
        indicators = tables.indicators.assign(leit=tables.indicators.index == tables.settings.leitindikator)
        released = tables.others.get(showncells.NAME)
        return cls(cube, tables.features, tables.areas, declared, indicators, released)

    def cube(self) -> pd.DataFrame:
        """The cube with withheld counts emptied: ``wert`` and ``rest`` NaN, ``status`` withheld."""
        out = self._open.copy()
        withheld = self.suppression.withheld()
        hidden = withheld.index[withheld]
        out.loc[hidden, ["wert", "rest"]] = np.nan
        out.loc[hidden, "status"] = Status.WITHHELD
        out.loc[out["status"] == Status.WITHHELD, ["wert", "rest"]] = np.nan
        sensitive = out["merkmal"].map({n: r.sensitive for n, r in self._rules.of.items()}).to_numpy(dtype=bool)
        minimum = out["merkmal"].map({n: r.minimum for n, r in self._rules.of.items()}).to_numpy(dtype=float)
        out.loc[sensitive & small(out["rest"].to_numpy(dtype=float), minimum), "rest"] = np.nan
        return out

    def why(self, area: str, feature: str, date: pd.Timestamp) -> Reason | None:
        """Why a count is withheld; None if it is not."""
        cells = self.suppression.system.cells
        found = (cells["raum_id"] == area) & (cells["merkmal"] == feature) & (cells["stichtag"] == date)
        places = np.flatnonzero(found.to_numpy())
        return self.suppression.reason(int(places[0])) if len(places) else None

    def public(self) -> pd.DataFrame:
        """The counts that the rules would withhold and that released reports have shown: raum_id, merkmal, stichtag.

        They are not protected; all others are, from readers who know them.
        """
        small_ones = primary(self._open, self._rules).to_numpy() & self._knowledge.printed
        found: pd.DataFrame = self._open.loc[small_ones | ~np.isnan(self._knowledge.told), KEYS]
        return found

    def withheld(self) -> pd.DataFrame:
        """All withheld counts: raum_id, merkmal, stichtag, grund, and the interval (unten, oben) that can be concluded.

        The interval ends where a value lies as far from the true one as the rules demand of any; it is wide enough when
        ``oben`` − ``unten`` is at least ``breite``.
        """
        found = self.suppression
        kinds = found.kinds()
        places = np.flatnonzero(found.hidden)
        bounds = found.intervals()[places]
        table = found.system.cells.loc[kinds.index, KEYS].assign(grund=kinds)
        return table.assign(unten=bounds[:, 0], oben=bounds[:, 1], breite=found.system.width[places])


def protect(
    cube: pd.DataFrame, features: pd.DataFrame, areas: pd.DataFrame | None = None,
    declared: Sequence[Partition] = (), indicators: pd.DataFrame | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The cube with withheld counts emptied (see :class:`Protection`)."""
    return Protection(cube, features, areas, declared, indicators).cube()
