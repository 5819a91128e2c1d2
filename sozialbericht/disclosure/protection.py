"""Disclosure control (*Geheimhaltung*): what must not be seen is taken out of the whole count cube at once.

The rule today is the primary one of the German statistical offices (minimum count three): counts 1 and 2 of
sensitive features are withheld, and so is a part of a whole when the rest of the whole is 1 or 2. What depends on a
withheld count is withheld by :mod:`sozialbericht.statistics.indicators`. Complementary suppression will replace
the inside of :func:`protect`; its input and output stay.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sozialbericht.status import Status

#: Counts that could single out persons.
SMALL = (1, 2)


def protect(cube: pd.DataFrame, features: pd.DataFrame) -> pd.DataFrame:
    """The cube with withheld counts emptied: ``wert`` and ``rest`` NaN, ``status`` withheld.

    ``cube`` as :func:`sozialbericht.statistics.cube.aggregate` returns it; ``features`` indexed by merkmal with
    the columns sensibel (bool) and teil_von (merkmal or "").
    """
    out = cube.copy()
    sensitive = out["merkmal"].map(features["sensibel"]).astype(bool)
    shown = out["status"] == Status.OK
    small = out["wert"].isin(SMALL)

    whole = out["merkmal"].map(features["teil_von"]).fillna("")
    key = pd.MultiIndex.from_frame(out[["raum_id", "merkmal", "stichtag"]])
    wanted = pd.MultiIndex.from_arrays([out["raum_id"], whole, out["stichtag"]])
    total = pd.Series(out["wert"].to_numpy(), index=key).reindex(wanted).to_numpy()
    complement = np.isin(total - out["wert"].to_numpy(), SMALL)

    hidden = sensitive & shown & (small | complement)
    out.loc[hidden, ["wert", "rest"]] = np.nan
    out.loc[hidden, "status"] = Status.WITHHELD
    out.loc[out["status"] == Status.WITHHELD, ["wert", "rest"]] = np.nan
    out.loc[sensitive & out["rest"].isin(SMALL), "rest"] = np.nan
    return out
