"""Knowledge: what readers of released reports know of the counts of a cube, whatever is withheld now."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sozialbericht.data.releases import showncells


@dataclass(frozen=True)
class Knowledge:
    """For each row of a cube: ``known`` says that today's number has been shown, or may be known as the report that was
    released had leave to show it; ``printed`` that it has been shown for certain; ``told`` is the number that was shown
    of a count that has none here now (NaN: none)."""

    known: np.ndarray
    printed: np.ndarray
    told: np.ndarray

    @classmethod
    def of(cls, cube: pd.DataFrame, shown: pd.DataFrame | None) -> Knowledge:
        """What the ``shown`` counts of released reports say of a cube before disclosure control."""
        found = cls(np.zeros(len(cube), dtype=bool), np.zeros(len(cube), dtype=bool), np.full(len(cube), np.nan))
        if shown is None or shown.empty:
            return found
        rows = showncells.holding(shown, cube)
        place, unseen = rows["place"].to_numpy(dtype=int), rows["unseen"].to_numpy(dtype=bool)
        printed = rows["gedruckt"].to_numpy(dtype=bool)
        found.known[place[~unseen]] = True
        found.printed[place[~unseen & printed]] = True
        found.told[place[unseen]] = rows["wert"].to_numpy(dtype=float)[unseen]
        return found
